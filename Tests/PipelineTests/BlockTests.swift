/// Where blocks are cut, how many threads read and whether one reads ahead changes nothing of what is read.

import Archive
import Events
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct BlockTests {
  static let sizes = [1, 2, 3, 64, 65, 127, 500, 4096, 70_000]

  @Test(arguments: shapes)
  func cutsDoNotShow(shape: Shape) throws { try compare(bytes(shape.text)) }

  @Test(arguments: shapes)
  func cutsDoNotShowBesideDamage(shape: Shape) throws {
    var random = SeededGenerator(UInt64(shape.text.utf8.count))
    for _ in 0..<(isTorture ? 200 : 4) {
      var content = bytes(shape.text)
      for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&content, &random) }
      try compare(content, sizes: [1, 64, 127, 500])
    }
  }

  /// The limits on records and nesting are part of what is decided, and may not depend on blocks either.
  @Test func cutsDoNotShowAtLimits() throws {
    let filler = String(repeating: "x", count: 300)
    let deep = String(repeating: "[", count: 12) + String(repeating: "]", count: 12)
    let parts = [
      event("a"), event("b", ",\"x\":\"\(filler)\""), event("c"), event("d", ",\"x\":\(deep)"), event("e"),
      event("f", ",\"x\":\"\(filler)\",\"y\":tru"), "12345", "\"\(filler)\(filler)\"", event("g"), "[\"\(filler)\"]",
      event("h", ",\"x\":\"\(filler)"),
    ]
    for text in [
      "[" + parts.joined(separator: ",") + "]", parts.joined(separator: "\n"),
      "{\"\(filler)\":\"\(filler)\",\"Records\":[" + parts.joined(separator: " , ") + "],\"z\":\"\(filler)\(filler)\"}",
    ] {
      try compare(bytes(text)) {
        $0.limits.recordBytesMax = 400
        $0.limits.nestingMax = 8
      }
    }
  }

  /// How far the separator behind a text may be away is within the limit on records, too.
  @Test func cutsDoNotShowBehindATextFarFromItsSeparator() throws {
    for blanks in [1, 50, 90, 94, 95, 96, 97, 200] {
      let gap = String(repeating: " ", count: blanks)
      for text in ["[{\"a\":1},\"abc\"\(gap),{\"a\":2}]", "[{\"a\":1},{\"b\"\(gap)x},\"abc\"\(gap)]{\"a\":2}"] {
        try compare(bytes(text)) { $0.limits.recordBytesMax = 100 }
      }
    }
  }

  /// Of a block longer than a record may be something is always read; else blocks would grow with the content.
  @Test(arguments: [20, 64, 150])
  func ofAFullBlockSomeIsRead(limit: Int) throws {
    let plan = try FieldPlan(columns: [.action])
    var batch = EventReader.makeBatch(plan)
    for name in names(in: fixture("bad")) where name.hasSuffix(".json") {
      let content = contents(of: fixture("bad") + "/" + name)
      for piece in 1...24 {
        var reader = try EventReader(plan: plan, nestingMax: 4, recordBytesMax: limit)
        var tally = ReadTally()
        reader.begin()
        var carry: [UInt8] = []
        for from in stride(from: 0, to: content.count, by: piece) {
          let isLast = from + piece >= content.count
          carry += content[from..<min(from + piece, content.count)]
          let count = carry.count
          var block = carry + [UInt8](repeating: 0, count: EventReader.padding)
          let consumed = try block.withUnsafeMutableBufferPointer { bytes in
            reader.feed(try #require(bytes.baseAddress), count, last: isLast)
            while try reader.next(&batch, &tally) {}
            return reader.consumed
          }
          // A character that is cut has up to three bytes.
          #expect(consumed > 0 || count <= limit + 3, "\(name), \(piece) at a time, at \(from)")
          carry.removeFirst(consumed)
        }
        #expect(carry.isEmpty)
      }
    }
  }

  /// White space in front is framing, wherever blocks are cut: behind it stand a bad byte, text in front of records, a
  /// table, markup, a mark that counts at the start alone and a signature.
  @Test(arguments: [
    "", "x", "%{}", "Nov 3 host app: ", "event time,event id\n", "<html>", "\u{FEFF}", "\u{1E}", "\u{1E} x",
    "PK\u{3}\u{4}", "\u{0}",
  ])
  func cutsDoNotShowBehindBlanksInFront(front: String) throws {
    for blanks in [" ", " \n\t\r\n", "\u{1E}\n"] {
      for count in [1, 30, 700, 1100] {
        let text = String(repeating: blanks, count: count) + front + event("a") + "\n" + event("b") + "\n"
        try compare(bytes(text), sizes: [1, 64, 2048, 4096])
        try compare(bytes("\u{FEFF}" + text), sizes: [1, 64, 4096])
      }
    }
  }

  @Test func aCutCharacterAtEachByte() throws {
    let text = event("é€😀", ",\"x\":\"ééé€€€😀😀😀\"") + "\n" + event("b")
    for size in 1...40 {
      let outcome = try scanBytes(bytes(text), .cut(size))
      #expect(outcome.events == ["é€😀", "b"], "\(size)")
    }
  }

  @Test func threadsDoNotShow() throws {
    let files = shapes.map { TemporaryFile(Packing.gzip.pack(bytes($0.text))) }
    let paths = files.map(\.path)
    let alone = try scanFiles(paths)
    for jobs in [2, 5] {
      #expect(try scanFiles(paths, .cut(512) { $0.jobs = jobs }) == alone)
      #expect(
        try scanFiles(
          paths,
          .cut(100) {
            $0.jobs = jobs
            $0.readAheadBytesMin = 0
          }) == alone)
    }
  }

  @Test func readingAheadDoesNotShow() throws {
    let text = (0..<3000).map { event("\($0)", ",\"x\":\"é\"") }.joined(separator: "\n") + "\n{\"cut\":"
    for packing in [Packing.plain, .gzipMembers, .zstdFrames] {
      let whole = packing.pack(bytes(text))
      for content in [whole, Array(whole.dropLast(40))] {
        let expected = try scanBytes(content)
        for size in [64, 1000, 100_000, 4 << 20] {
          let ahead = try scanBytes(
            content,
            .cut(size) {
              $0.jobs = 2
              $0.readAheadBytesMin = 0
            })
          #expect(ahead == expected, "\(packing) \(size)")
        }
      }
    }
  }

  /// The first letters decide what a content is, even where a block holds only white space or less than they.
  @Test func whiteSpaceInFrontHidesNothing() throws {
    for blanks in [63, 64, 65, 3000, 300_000] {
      let text = String(repeating: " ", count: blanks) + event("a")
      for size in [64, 256 * 1024] {
        let outcome = try scanBytes(bytes(text), .cut(size))
        #expect(outcome.events == ["a"] && outcome.status == .ok && outcome.isComplete, "\(blanks) \(size)")
      }
    }
    let tar = [UInt8](repeating: UInt8(ascii: "{"), count: 257) + bytes("ustar\u{0}")
    #expect(try scanBytes(tar, .cut(64)).status == .skipped)
  }

  private func compare(
    _ content: [UInt8], sizes: [Int] = Self.sizes, _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws {
    let file = TemporaryFile(content)
    let whole = try scanFiles([file.path], .cut(max(content.count, 1) + 1, change))
    #expect(whole[0].isComplete, "\(whole)")
    for size in sizes {
      let cut = try scanFiles([file.path], .cut(size, change))
      #expect(cut == whole, "blocks of \(size): \(String(decoding: content.prefix(2000), as: UTF8.self))")
    }
  }

  private func damage(_ content: inout [UInt8], _ random: inout SeededGenerator) {
    let at = Int.random(in: 0..<content.count, using: &random)
    let bad: [UInt8] = [0xFF, 0, 0x22, 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x3A, 0x5C, 0x0A, 0xE2, 0x31]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: content[at] = bad.randomElement(using: &random)!
    case 1: content.insert(bad.randomElement(using: &random)!, at: at)
    case 2: content.remove(at: at)
    default: content.removeSubrange(at..<min(content.count, at + Int.random(in: 1...60, using: &random)))
    }
    if content.isEmpty { content = [0x7B] }
  }
}
