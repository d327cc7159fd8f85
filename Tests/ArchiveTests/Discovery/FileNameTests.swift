import Testing

@testable import Archive

@Suite struct FileNameTests {
  @Test(arguments: [
    ("plain/a-b_c.json.gz", "plain/a-b_c.json.gz"),
    ("日志/é 😀", "日志/é 😀"),
    ("a\nb\t\u{1B}[31m\u{7F}", "a\\x0Ab\\x09\\x1B[31m\\x7F"),
    ("c1 \u{9B}2J", "c1 \\xC2\\x9B2J"),
    ("gz.\u{202E}nosj", "gz.\\xE2\\x80\\xAEnosj"),
    ("line\u{2028}end\u{200B}", "line\\xE2\\x80\\xA8end\\xE2\\x80\\x8B"),
    ("back\\x0A", "back\\x5Cx0A"),
  ])
  func controlsAndHidingMarksAreEscaped(name: String, shown: String) {
    #expect(FileName(name).description == shown)
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\\xFFb"),
      ([0xC3], "\\xC3"),
      ([0xC3, 0x41], "\\xC3A"),
      ([0xE2, 0x82, 0x41], "\\xE2\\x82A"),
      ([0xC0, 0xAF], "\\xC0\\xAF"),
      ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
      ([0xF4, 0x90, 0x80, 0x80, 0x7A], "\\xF4\\x90\\x80\\x80z"),
      ([0x00], "\\x00"),
    ] as [([UInt8], String)])
  func brokenEncodingIsEscapedByteByByte(bytes: [UInt8], shown: String) {
    #expect(FileName(bytes).description == shown)
  }

  @Test func orderIsThatOfUnsignedBytes() {
    let sorted: [[UInt8]] = [
      [], [0x01], [0x41], [0x41, 0x00], [0x41, 0x2E], [0x41, 0x2F], [0x42], [0x7F], [0x80], [0xFF],
    ]
    #expect(sorted.reversed().map(FileName.init).sorted().map(\.bytes) == sorted)
    #expect(!(FileName("a") < FileName("a")))
  }

  @Test func equalNamesHashAlike() {
    #expect(Set([FileName("a"), FileName([0x61]), FileName("b")]).count == 2)
  }
}
