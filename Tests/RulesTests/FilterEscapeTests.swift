// Printed filters hold no character that a terminal hides or obeys, and read back all the same.

import Testing

@testable import Rules

struct FilterEscapeTests {
  /// Characters that a terminal hides or obeys, among those that an escape of them is made of.
  @Test func hiddenCharactersArePrintedByTheirNumberAndReadBack() throws {
    let pieces = [
      "a", "\t", "\n", "\r", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{E0001}",
      "\\", "u", "{", "}", "9", "'", "\"", "*", "?", "é", " ",
    ]
    var state: UInt64 = 7
    func pick(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<5_000 {
      let text = (0...pick(8)).map { _ in pieces[pick(pieces.count)] }.joined()
      let literal = TextPattern(literal: text)
      let predicates: [Predicate] = [
        .field("f", .text(literal)), .field("x" + text, .exists),
        .keyword(.text(literal.startingWithAny().endingWithAny())),
        .field(
          "f",
          .regex(
            RegexPattern(text.unicodeScalars.filter { !"\\*?{".unicodeScalars.contains($0) }.map(String.init).joined()))
        ),
      ]
      for predicate in predicates {
        let filter = Filter.text(of: predicate)
        #expect(filter.unicodeScalars.allSatisfy { Quoted.printable($0).unicodeScalars.count == 1 }, "\(filter)")
        #expect(try Filter.parse(filter) == predicate, "\(filter)")
      }
    }
    // A backslash before a character that is written by its number does not join it.
    let regex = Predicate.field("f", .regex(RegexPattern("a\\\tb")))
    #expect(Filter.text(of: regex) == "f ~ 'a\\u{5c}\\u{9}b'")
    #expect(try Filter.parse(Filter.text(of: regex)) == regex)
  }
}
