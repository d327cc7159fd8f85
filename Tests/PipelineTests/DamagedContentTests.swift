/// Compressed content that is cut, corrupt, a bomb or no log at all: what came before is kept, and the file says what it is.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct DamagedContentTests {
  static let text = (0..<2000).map { event("\($0)") }.joined(separator: "\n") + "\n"
  static let ids = (0..<2000).map(String.init)

  @Test(arguments: [Packing.gzip, .gzipMembers, .zstd])
  func truncatedStreamsKeepWhatCameBefore(packing: Packing) throws {
    let whole = packing.pack(bytes(Self.text))
    for tenths in 1..<10 {
      let outcome = try scanBytes(Array(whole[..<(whole.count * tenths / 10)]))
      #expect(outcome.status == .damaged && outcome.trouble == .truncated, "\(packing) \(tenths): \(outcome)")
      #expect(Self.ids.starts(with: outcome.events))
      #expect(outcome.report.troubleOffset == UInt64(whole.count * tenths / 10))
      #expect(outcome.isComplete)
    }
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func corruptStreamsKeepWhatCameBefore(packing: Packing) throws {
    let first = packing.pack(bytes(Self.text))
    var second = first
    // A block of the type that does not exist.
    if packing == .gzip { second[10] = 7 } else { for i in 0..<200 { second[second.count / 3 + i] = 0xFF } }
    let outcome = try scanBytes(first + second)
    #expect(outcome.status == .damaged, "\(outcome)")
    #expect(outcome.events.starts(with: Self.ids))
    #expect(outcome.report.members == 2)
    #expect(outcome.report.troubleOffset >= UInt64(first.count))
    #expect(outcome.report.troubleOffset <= UInt64(first.count + second.count))
    #expect(outcome.isComplete)
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func wrongChecksumsAreKeptUnverified(packing: Packing) throws {
    var first = packing.pack(bytes(Self.text))
    // The checksum: in gzip before the length, in zstd the last four bytes.
    first[first.count - (packing == .gzip ? 8 : 4)] ^= 1
    let second = packing.pack(bytes(event("last")))
    for size in [64, 1000, 256 * 1024] {
      let outcome = try scanBytes(first + second, .cut(size))
      #expect(outcome.events == Self.ids + ["last"], "\(size)")
      #expect(outcome.status == .unverified)
      #expect(outcome.report.badChecksums == 1 && outcome.report.members == 2)
      #expect(outcome.isComplete)
    }
  }

  @Test func aWrongLengthInTheTrailerIsUnverifiedToo() throws {
    var content = gzipMember(bytes(Self.text))
    content[content.count - 1] ^= 1
    #expect(try scanBytes(content).status == .unverified)
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func whatFollowsTheLastMember(packing: Packing) throws {
    let whole = packing.pack(bytes(Self.text))
    let zeros = [UInt8](repeating: 0, count: 300_000)
    let padded = try scanBytes(whole + zeros)
    #expect(padded.events == Self.ids && padded.status == .ok && padded.report.trailingBytes == 0)
    let between = try scanBytes(whole + zeros + whole)
    #expect(between.events.count == 4000 && between.status == .ok && between.report.members == 2)
    for garbage in [bytes("garbage"), [1], [0x1F], [0x1F, 0x8B], [0x28, 0xB5, 0x2F], bytes(event("hidden"))] {
      let outcome = try scanBytes(whole + garbage)
      #expect(outcome.events == Self.ids && outcome.status == .ok, "\(garbage)")
      #expect(outcome.report.trailingBytes == UInt64(garbage.count))
      #expect(outcome.report.sha256 != nil)
    }
    let behind = try scanBytes(whole + [0, 0] + bytes("x") + zeros + whole)
    #expect(behind.report.trailingBytes == UInt64(1 + zeros.count + whole.count))
  }

  @Test func emptyFiles() throws {
    let blank = bytes(" \n\t\r\n")
    for content in [
      [], blank, [0xEF, 0xBB, 0xBF], [0xEF, 0xBB, 0xBF] + blank, [UInt8](repeating: 0x20, count: 600_000),
    ] {
      for packing in Packing.allCases where !(packing == .plain && content.isEmpty) || content.isEmpty {
        let outcome = try scanBytes(packing.pack(content), .cut(64))
        #expect(outcome.status == .empty && outcome.isComplete && outcome.skips.isEmpty, "\(packing): \(outcome)")
      }
    }
  }

  @Test(arguments: [
    ("PK\u{3}\u{4}zip", "zip"), ("BZh91AY", "bzip2"), ("%PDF-1.4", "PDF"), ("SQLite format 3\u{0}", "SQLite"),
    ("<html></html>", "markup"), ("PAR1....", "Parquet"),
    ("a/b.json" + String(repeating: "\u{0}", count: 249) + "ustar\u{0}00{\"a\":1}", "tar"), ("hello world\n", "text"),
    ("Event name,User name,Event time\na,b,c\n", "CSV"), ("\u{1}\u{0}\u{2}", "binary"), ("\"text\"", "text"),
    ("<134>Jan  5 10:00:00 host app[7]: {\"a\":1}\n", "behind other text"),
    ("Jan  5 10:00:00 host app: {\"a\":1}\n", "behind other text"), ("var x = [{\"a\":1}]", "behind other text"),
    ("\u{0}{\u{0}\"\u{0}a\u{0}\"", "UTF-16"), ("[\u{0}{\u{0}", "UTF-16"),
    ("[settings]\nkey=value\n", "json"), ("[1,2,3]", "json"), ("{{ template }}\n", "json"),
  ])
  func whatIsNoLogIsSkipped(content: String, look: String) throws {
    for packing in Packing.allCases {
      let outcome = try scanBytes(packing.pack(bytes(content)))
      #expect(outcome.status == .skipped && outcome.events.isEmpty, "\(outcome)")
      let name = if case .other(let kind) = outcome.look { kind.name } else { "\(outcome.look)" }
      #expect(name.contains(look))
      #expect(outcome.isComplete)
    }
  }

  /// Two bytes are all that is left of a file that was gzip.
  @Test func theFirstTwoBytesOfGzipAreDamagedGzip() throws {
    let outcome = try scanBytes([0x1F, 0x8B])
    #expect(outcome.status == .damaged && outcome.trouble == .truncated && outcome.report.compression == .gzip)
  }

  @Test func bombsAreStoppedAtTheLimit() throws {
    let zeros = [UInt8](repeating: 0x20, count: 3 << 20)
    for packing in [Packing.gzip, .zstd] {
      let bomb = packing.pack(bytes(event("a")) + zeros)
      for size in [1000, 256 * 1024] {
        let ratio = try scanBytes(bomb, .cut(size) { $0.limits.expansionFreeBytes = 1 << 20 })
        #expect(ratio.events == ["a"] && ratio.trouble == .expansionRatio && ratio.status == .damaged)
        #expect(ratio.bytesOut >= 1 << 20 && ratio.bytesOut < 3 << 20 && ratio.isComplete)
        let total = try scanBytes(bomb, .cut(size) { $0.limits.expandedBytesMax = 100_000 })
        #expect(total.events == ["a"] && total.trouble == .expansionTotal && total.status == .damaged)
        #expect(total.bytesOut == 100_000 && total.isComplete)
      }
      let exact = try scanBytes(
        bomb, .cut(500) { $0.limits.expandedBytesMax = UInt64(zeros.count + event("a").utf8.count) })
      #expect(exact.trouble == .none)
    }
  }

  @Test func zstdWindowsAboveTheLimitAreRefused() throws {
    // A frame of one segment whose content size of 256 MiB is its window.
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xA0, 0, 0, 0, 0x10, 1, 0, 0]
    let outcome = try scanBytes(frame)
    #expect(outcome.status == .damaged && outcome.trouble == .windowTooLarge, "\(outcome)")
  }
}
