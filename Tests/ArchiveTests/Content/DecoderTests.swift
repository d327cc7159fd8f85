/// ISA-L and zlib read the same from every file, good or bad; zstd and gzip give the same whatever the room.

import ReadingSupport
import Testing

@testable import Archive

private struct Reading: Equatable {
  var content: [UInt8] = []
  var members: UInt32 = 0
  var badChecksums: UInt32 = 0
  var trailingBytes: UInt64 = 0
  var trouble = ContentTrouble.none

  /// Without what depends on how far a decoder got before it met damage.
  var isBroken: Bool { trouble != .none }
}

@Suite struct DecoderTests {
  /// Some content that does not only repeat itself.
  static let content: [UInt8] = {
    var random = SeededGenerator(3)
    var content: [UInt8] = []
    for number in 0..<4000 {
      content += Array("{\"eventName\":\"A\(UInt16.random(in: 0...999, using: &random))\",\"n\":\(number)}\n".utf8)
    }
    return content
  }()

  static let good: [[UInt8]] = [
    gzipMember(content), gzipMember([]), gzipMember([0x61]), gzipMember(content, name: "a.json"),
    gzipMember(content, name: "b", hasHeaderChecksum: true), gzipMember(content) + gzipMember([]) + gzipMember(content),
    gzipMember(content) + [0, 0, 0], gzipMember(content) + Array("rest".utf8), gzipMember(content) + [0x1F, 0x8B],
    gzipMember(content) + [0x1F, 0x8B, 9, 0, 0, 0],
  ]

  @Test func theyAgreeOnGoodFiles() throws {
    for (number, file) in Self.good.enumerated() {
      let isal = try read(file, usesZlib: false)
      #expect(isal == (try read(file, usesZlib: true)), "\(number)")
      #expect(isal.trouble == .none && isal.badChecksums == 0)
    }
  }

  @Test func theyAgreeOnBadFiles() throws {
    var random = SeededGenerator(5)
    var broken = 0
    for round in 0..<(isTorture ? 5000 : 250) {
      var file = Self.good.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&file, &random) }
      let isal = try read(file, usesZlib: false)
      let zlib = try read(file, usesZlib: true)
      guard isal.isBroken || zlib.isBroken else {
        #expect(isal == zlib, "\(round)")
        continue
      }
      // One may find damage where the other still waits for input that would show it, and have given some bytes more.
      broken += 1
      #expect(isal.isBroken && zlib.isBroken, "\(round): \(isal.trouble) \(zlib.trouble)")
      #expect(isal.members == zlib.members && isal.badChecksums == zlib.badChecksums, "\(round)")
      #expect(isal.content.starts(with: zlib.content) || zlib.content.starts(with: isal.content), "\(round)")
      #expect(
        abs(isal.content.count - zlib.content.count) < 1024, "\(round): \(isal.content.count) \(zlib.content.count)")
    }
    #expect(broken > 20)
  }

  @Test func theRoomDoesNotShow() throws {
    var random = SeededGenerator(6)
    let frames = [zstdFrame(Self.content), zstdFrame(Self.content) + zstdFrame([]) + zstdFrame(Self.content)]
    for round in 0..<(isTorture ? 2000 : 100) {
      var file = (Self.good + frames).randomElement(using: &random) ?? []
      if round % 3 > 0 { damage(&file, &random) }
      let expected = try read(file, usesZlib: false)
      for room in [1, 7, 64, 1000, 65536] where room > 1 || round % 10 == 0 {
        let found = try read(file, usesZlib: false, room: room)
        // A corrupt zstd block may come in part or not at all.
        if expected.isBroken && file.withUnsafeBytes({ Sniff.compression($0) }) == .zstd {
          #expect(found.trouble == expected.trouble && found.members == expected.members, "\(round) \(room)")
        } else {
          #expect(
            found.withoutDamagedEnd == expected.withoutDamagedEnd,
            "\(round) \(room): \(found.content.count) \(expected.content.count) \(expected.trouble)")
        }
      }
    }
  }

  /// A member whose header lies across the end of what is read at once.
  @Test func headersAcrossReads() throws {
    let member = gzipMember(Array("second".utf8), name: "name.json", hasHeaderChecksum: true)
    let buffer = 256 * 1024
    for cut in 1..<(member.count) {
      // An extra member of stored size fills up to the place.
      let first = filling(buffer - cut)
      for usesZlib in [false, true] {
        let found = try read(first + member, usesZlib: usesZlib)
        #expect(found.content.suffix(6) == Array("second".utf8)[...], "\(cut)")
        #expect(found.members == 2 && found.trouble == .none && found.badChecksums == 0, "\(cut): \(found.trouble)")
      }
      let garbage = try read(first + [0x1F, 0x8B, 0x33, 1, 2, 3], usesZlib: false)
      #expect(garbage.members == 1 && garbage.trouble == .none && garbage.trailingBytes == 6, "\(cut)")
    }
  }

  @Test func regressions() throws {
    let folder = fixture("bad")
    for name in names(in: folder) where name.hasSuffix(".gz") {
      let file = contents(of: folder + "/" + name)
      let isal = try read(file, usesZlib: false)
      #expect(isal.isBroken == (try read(file, usesZlib: true).isBroken), "\(name)")
      for room in [1, 3, 64] { #expect(try read(file, usesZlib: false, room: room) == isal, "\(name) \(room)") }
    }
  }

  /// A gzip member of exactly `size` bytes: its name is as long as needed.
  private func filling(_ size: Int) -> [UInt8] {
    let bare = gzipMember([0x0A], name: "")
    return gzipMember([0x0A], name: String(repeating: "n", count: size - bare.count))
  }

  private func damage(_ file: inout [UInt8], _ random: inout SeededGenerator) {
    guard !file.isEmpty else { return }
    let at = Int.random(in: min(3, file.count - 1)..<file.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: file[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: file.removeSubrange(at...)
    case 2: file.remove(at: at)
    default: for i in at..<min(at + 30, file.count) { file[i] = .random(in: 0...255, using: &random) }
    }
  }

  private func read(_ bytes: [UInt8], usesZlib: Bool, room: Int = 256 * 1024) throws -> Reading {
    let file = TemporaryFile(bytes)
    guard var reader = ContentReader(limits: Limits(), usesZlib: usesZlib) else { throw Failure() }
    guard reader.open(file.found) == 0 else { throw Failure() }
    var reading = Reading()
    var out = [UInt8](repeating: 0, count: room)
    while true {
      let count = out.withUnsafeMutableBytes { reader.read(into: $0) }
      reading.content += out[..<count]
      if count < room { break }
    }
    reader.close()
    reading.members = reader.report.members
    reading.badChecksums = reader.report.badChecksums
    reading.trailingBytes = reader.report.trailingBytes
    reading.trouble = reader.report.trouble
    #expect(reader.report.bytesOut == UInt64(reading.content.count) && reader.report.bytesIn == UInt64(bytes.count))
    return reading
  }

  private struct Failure: Error {}
}

extension Reading {
  // ISA-L writes eight bytes at a time. Of its last step before it meets damage nothing is promised: what the bytes are
  // may depend on what the memory held. They end a record that is cut short there.
  private static let stepBytes = 8

  fileprivate var withoutDamagedEnd: Reading {
    guard trouble == .corrupt else { return self }
    var result = self
    for i in content.indices.suffix(Reading.stepBytes) { result.content[i] = 0 }
    return result
  }
}
