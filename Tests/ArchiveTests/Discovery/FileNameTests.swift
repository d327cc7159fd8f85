import Testing

@testable import Archive

@Suite struct FileNameTests {
  @Test(arguments: [
    ("plain/a-b_c.json.gz", "plain/a-b_c.json.gz"),
    ("日志/é 😀", "日志/é 😀"),
    ("a\nb\t\u{1B}[31m\u{7F}", "a\\x0ab\\x09\\x1b[31m\\x7f"),
    ("c1 \u{9B}2J", "c1 \\xc2\\x9b2J"),
    ("gz.\u{202E}nosj", "gz.\\xe2\\x80\\xaenosj"),
    ("line\u{2028}end\u{200B}", "line\\xe2\\x80\\xa8end\\xe2\\x80\\x8b"),
    ("back\\x0A", "back\\x5cx0A"),
  ])
  func controlsAndHidingMarksAreEscaped(name: String, shown: String) {
    #expect(FileName(name).description == shown)
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\\xffb"),
      ([0xC3], "\\xc3"),
      ([0xC3, 0x41], "\\xc3A"),
      ([0xE2, 0x82, 0x41], "\\xe2\\x82A"),
      ([0xC0, 0xAF], "\\xc0\\xaf"),
      ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"),
      ([0xF4, 0x90, 0x80, 0x80, 0x7A], "\\xf4\\x90\\x80\\x80z"),
      ([0x00], "\\x00"),
    ] as [([UInt8], String)])
  func brokenEncodingIsEscapedByteByByte(bytes: [UInt8], shown: String) {
    #expect(FileName(bytes).description == shown)
  }

  @Test(
    arguments: [
      (Array("日志/é\n\u{202E}".utf8), "日志/é\n\u{202E}"),
      ([0x61, 0xFF, 0x62], "a\\xffb"),
      ([0x61, 0xFE, 0x62], "a\\xfeb"),
      (Array("a\\xffb".utf8), "a\\x5cxffb"),
      (Array("\\".utf8), "\\x5c"),
      ([0xE2, 0x82], "\\xe2\\x82"),
      ([0xED, 0xA0, 0x80, 0x5C, 0x5C, 0x80], "\\xed\\xa0\\x80\\x5c\\x5c\\x80"),
    ] as [([UInt8], String)])
  func theTextTellsNamesApartAndTurnsBack(bytes: [UInt8], text: String) {
    #expect(FileName(bytes).text == Array(text.utf8))
    #expect(FileName.named(FileName(bytes).text).bytes == bytes)
  }

  @Test func whatIsNoEscapeStands() {
    for text in ["\\", "a\\b", "\\x", "\\x5", "\\xg0", "\\x0g"] {
      #expect(FileName.named(Array(text.utf8)) == FileName(text))
    }
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
