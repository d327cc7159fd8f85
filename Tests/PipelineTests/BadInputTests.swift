/// What becomes of input that is broken, hostile or no log at all: what is good is kept, what is not is counted.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct BadInputTests {
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
    ("<html></html>", "markup"), ("PAR1....", "Parquet"), ("hello world\n", "text"),
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
      #expect("\(outcome.look)".contains(look), "\(outcome.look)")
      #expect(outcome.isComplete)
    }
  }

  /// Two bytes are all that is left of a file that was gzip.
  @Test func theFirstTwoBytesOfGzipAreDamagedGzip() throws {
    let outcome = try scanBytes([0x1F, 0x8B])
    #expect(outcome.status == .damaged && outcome.trouble == .truncated && outcome.report.compression == .gzip)
  }

  /// What begins as a log and holds nothing but bad records is a log that was lost.
  @Test(arguments: [
    "{\"Records\":[{\"a\":tru},{\"a\":01}]}", "{\"a\":tru}\n{\"a\":01}\n", "[{\"a\":\"\\q\"},{\"b\" 1}]",
    " \n[ {\"a\": tru}]",
  ])
  func aLogOfBadRecordsIsDamaged(text: String) throws {
    let outcome = try scanBytes(bytes(text))
    #expect(outcome.status == .damaged && outcome.events.isEmpty && outcome.isComplete, "\(outcome)")
  }

  @Test func recordsThatDoNotParseCostNothingElse() throws {
    let bad = [
      "{\"x\":tru}", "{\"x\":01}", "{\"x\" 1}", "{x:1}", "{\"x\":\"\\q\"}", "{\"x\":\"\t\"}", "{\"x\":1,}", "{]",
      "{\"x\":[1 2]}",
      "{\"x\":'a'}", "{\"x\":\"a\"\"b\"}", "{\"x\":\"\u{0}\"}", "{\"x\":\"\\ud8\"}",
    ]
    for text in bad {
      let array = try scanBytes(bytes("[\(event("a")),\(text),\(event("b"))]"))
      #expect(array.events == ["a", "b"] && array.skips == [.badRecord: 1], "\(text): \(array)")
      #expect(array.firstLoss == UInt64(event("a").utf8.count + 2))
      #expect(array.status == .ok && array.isComplete)
      let lines = try scanBytes(bytes("\(event("a"))\n\(text)\n\(event("b"))\n\(text)\n\(text)\n\(event("c"))"))
      #expect(lines.events == ["a", "b", "c"] && lines.status == .ok && lines.isComplete, "\(text): \(lines)")
      // Two bad lines after one another are two losses.
      #expect(lines.skips == [.badRecord: 3], "\(text): \(lines)")
    }
  }

  @Test func badUTF8InARecord() throws {
    let bad = bytes("{\"x\":\"") + [0xC3, 0x28] + bytes("\"}")
    for size in [64, 256 * 1024] {
      let outcome = try scanBytes(bytes("[\(event("a")),") + bad + bytes(",\(event("b"))]"), .cut(size))
      #expect(outcome.events == ["a", "b"] && outcome.skips == [.badRecord: 1], "\(outcome)")
    }
  }

  /// A bad record that leaves quotes or brackets open: the next ones are found by what they look like.
  @Test(arguments: ["{\"x\":\"open,\"y\":1}", "{\"x\":[1,\"y\":{}", "{\"x\":{\"y\":1", "{\"x\":\"a\"b\"}"])
  func recordsBehindOneThatIsLeftOpen(text: String) throws {
    let array = try scanBytes(bytes("{\"Records\":[\(event("a")),\(text),\(event("b")),\(event("c"))]}"))
    #expect(array.events == ["a", "b", "c"] && array.skips == [.badRecord: 1], "\(array)")
    let lines = try scanBytes(bytes("\(event("a"))\n\(text)\n\(event("b"))\n\(event("c"))\n"))
    #expect(lines.events == ["a", "b", "c"] && lines.skips == [.badRecord: 1], "\(lines)")
  }

  /// What an envelope holds is not decided before an element that could be a record was seen.
  @Test func aBadFirstElementHidesNothing() throws {
    for bad in ["tru", "null", "[1,{\"x\":2}]", "\"\\q\"", "{\"x\":tru}"] {
      for head in ["{\"x\":[],\"Records\":[", "{\"Response\":{\"x\":1,\"Events\":["] {
        let tail = head.contains("Response") ? "]}}" : "]}"
        // A block that is not used up is doubled: some of these are cut just in front of the good one.
        for blanks in 60...130 {
          let text = head + bad + String(repeating: " ", count: blanks) + ",\(event("a")),\(event("b"))" + tail
          let outcome = try scanBytes(bytes(text), .cut(1))
          #expect(outcome.events == ["a", "b"] && outcome.skips.count == 1 && outcome.isComplete, "\(text)")
        }
      }
    }
  }

  /// An event may hold an array under a key that opens envelopes elsewhere; what marks it as an event stands before.
  @Test func anEventWithAnEnvelopesKeyStaysOne() throws {
    let text = event("a", ",\"Events\":[{\"x\":1}],\"items\":[]")
    for tail in [[], [0x0A, 0xFF]] as [[UInt8]] {
      for size in [1, 64, 256 * 1024] {
        let outcome = try scanBytes(bytes(text) + tail, .cut(size))
        #expect(outcome.events == ["a"] && outcome.container == .lines, "\(tail) \(size): \(outcome)")
      }
    }
  }

  @Test func limitsOnRecordsAreExact() throws {
    let size = event("a").utf8.count
    for (over, isKept) in [(-1, true), (0, true), (1, false)] {
      let filler = String(repeating: "x", count: 1000 + over)
      let record = event("big", ",\"x\":\"\(filler)\"")
      for text in [
        "\(event("a"))\n\(record)\n\(event("b"))", "[\(event("a")),\(record),\(event("b"))]",
        "{\"Records\":[\(event("a")),\(record),\(event("b"))]}",
      ] {
        for blockBytes in [64, 1000, 256 * 1024] {
          let outcome = try scanBytes(
            bytes(text), .cut(blockBytes) { $0.limits.recordBytesMax = record.utf8.count - over })
          #expect(outcome.events == (isKept ? ["a", "big", "b"] : ["a", "b"]), "\(over) \(blockBytes): \(outcome)")
          #expect(outcome.skips == (isKept ? [:] : [.tooLarge: 1]))
          #expect(outcome.isComplete && outcome.status == .ok)
          #expect(size < record.utf8.count)
        }
      }
    }
  }

  @Test func limitsOnNestingAreExact() throws {
    for (levels, isKept) in [(7, true), (8, false), (5000, false)] {
      let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
      let record = event("deep", ",\"x\":\(nested)")
      for text in ["\(event("a"))\n\(record)\n\(event("b"))", "[\(event("a")),\(record),\(event("b"))]"] {
        let outcome = try scanBytes(bytes(text), .cut(100) { $0.limits.nestingMax = 8 })
        #expect(outcome.events == (isKept ? ["a", "deep", "b"] : ["a", "b"]), "\(levels): \(outcome)")
        #expect(outcome.skips == (isKept ? [:] : [.tooDeep: 1]))
        #expect(outcome.isComplete && outcome.status == .ok)
      }
    }
  }

  /// A limit beyond what offsets can count is brought down, not taken at its word.
  @Test func absurdLimitsAreBroughtDown() throws {
    let outcome = try scanBytes(
      bytes(event("a")),
      .cut(.max) {
        $0.limits.recordBytesMax = .max
        $0.limits.nestingMax = .max
      })
    #expect(outcome.events == ["a"])
    #expect(try scanBytes(bytes(event("a")), .cut(-5) { $0.limits.recordBytesMax = -1 }).events == [])
  }

  @Test func elementsThatAreNoObjects() throws {
    let outcome = try scanBytes(bytes("[1, \"two, {\" ,[3,[]], null, \(event("a")), true]"))
    #expect(outcome.events == ["a"] && outcome.skips == [.notAnObject: 5], "\(outcome)")
    #expect(outcome.records.first?.hasPrefix("5 ") == true)
  }

  @Test func contentThatEndsInsideARecord() throws {
    for text in ["\(event("a"))\n{\"x\":1,\"y", "[\(event("a")),{\"x\":", "{\"Records\":[\(event("a")),{\"x\":{}"] {
      let outcome = try scanBytes(bytes(text))
      #expect(outcome.events == ["a"] && outcome.skips == [.cutShort: 1], "\(outcome)")
      #expect(outcome.status == .damaged && outcome.isComplete)
    }
    let single = try scanBytes(bytes("{\"Records\":[{\"eventName\":\"x"))
    #expect(single.status == .damaged)
  }

  @Test func contentThatEndsInsideAContainer() throws {
    for text in ["[\(event("a"))", "{\"Records\":[\(event("a"))", "{\"Records\":[\(event("a"))]", "[\(event("a")),"] {
      let outcome = try scanBytes(bytes(text))
      #expect(outcome.events == ["a"] && outcome.isUnclosed && outcome.status == .damaged, "\(text)")
    }
  }

  /// A file that was cut and appended to: the documents behind the cut are read.
  @Test func documentsBehindOneThatIsCutShort() throws {
    let whole = "{\"Records\":[\(event("b")),\(event("c"))]}"
    for cut in [
      "{\"Records\":[\(event("a"))]", "{\"Records\":[\(event("a"))", "{\"Records\":[\(event("a")),{\"x\":\"y",
    ] {
      let outcome = try scanBytes(bytes("\(cut)\n\(whole)\n\(whole)"))
      #expect(outcome.events == ["a", "b", "c", "b", "c"], "\(cut): \(outcome)")
      #expect(outcome.skips.count == 1 && outcome.isComplete)
    }
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

  @Test func duplicateKeysAreCountedAndTheLastWins() throws {
    let text = "{\"awsRegion\":\"r\",\"eventName\":\"x\",\"eventID\":\"first\",\"eventID\":\"last\"}"
    let outcome = try scanBytes(bytes(text))
    #expect(outcome.events == ["last"] && outcome.duplicateKeys == 1)
  }

  /// Inputs that once broke something: none may crash or lose count.
  @Test func regressions() throws {
    let folder = fixture("bad")
    let found = names(in: folder)
    #expect(!found.isEmpty)
    for name in found where !name.hasSuffix(".md") {
      let whole = try scanFiles([folder + "/" + name])
      #expect(whole[0].isComplete, "\(name)")
      for size in [1, 64, 1000] {
        #expect(try scanFiles([folder + "/" + name], .cut(size)) == whole, "\(name) \(size)")
      }
    }
  }
}
