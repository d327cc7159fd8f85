// The comparisons of text: folding, wildcards, numbers.

import Rules
import Testing

@testable import Matching

@Suite struct TextTests {
  /// Folding by the properties of characters, which the table was not made from.
  private static func byProperties(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let upper = scalar.properties.uppercaseMapping.unicodeScalars
    let base = upper.count == 1 ? upper.first! : scalar
    let lower = base.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first! : base
  }

  @Test func foldingAgreesWithTheLettersOfLivingScripts() {
    // Latin, Greek, Cyrillic, Armenian, Georgian, and full-width letters. The dotless i is no case of another letter.
    for range in [0x41...0x17F, 0x370...0x58F, 0x1E00...0x1EFF, 0xFF21...0xFF5A] {
      for value in range where value != 0x131 && value != 0x130 {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
        let expected = Self.byProperties(scalar).value
        let found =
          value < 0x80
          ? UInt32(Character(scalar).lowercased().unicodeScalars.first!.value) : CaseFolding.fold(UInt32(value))
        #expect(found == expected, "U+\(String(value, radix: 16))")
      }
    }
  }

  @Test func bytesThatAreNoTextStayAsTheyAre() {
    let bytes: [UInt8] = [0x41, 0xFF, 0xC3, 0x41, 0xE2, 0x82, 0xF0, 0x9F, 0x98, 0x80, 0xC3]
    #expect(CaseFolding.folded(bytes) == [0x61, 0xFF, 0xC3, 0x61, 0xE2, 0x82, 0xF0, 0x9F, 0x98, 0x80, 0xC3])
  }

  @Test(arguments: [
    ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXcYb", false), ("*a?b*", "xxaabb", true), ("?", "", false),
    ("??", "é", false),
    ("?*?", "ab", true), ("?*?", "a", false), ("*aa?aa*", "aaxaaxaa", true), ("a*a", "a", false), ("*?b", "ab", true),
    ("*ab?", "abab日", true), ("a?*", "a", false), ("*x*x*x*", "xx", false),
  ]) func wildcardsStandForWhatTheySay(_ pattern: String, _ text: String, _ isMatch: Bool) {
    let found = Array(text.utf8).withUnsafeBytes { Glob(TextPattern(sigma: pattern)).matches($0) }
    #expect(found == isMatch)
  }

  @Test(
    arguments: [
      ("0", Number.int(0)), ("-0", .int(0)), ("10", .int(10)), ("-9223372036854775808", .int(.min)),
      ("18446744073709551615", .uint(.max)), ("1e2", .int(100)), ("1.5", .double(1.5)), ("5.0", .int(5)),
      ("01", nil), ("+1", nil), ("1.", nil), (".5", nil), ("1e", nil), ("", nil), ("-", nil), ("1 ", nil), ("0x1", nil),
      ("NaN", nil), ("1e400", .double(.infinity)),
    ] as [(String, Number?)]) func numberIsReadByJSONsGrammar(_ text: String, _ expected: Number?)
  {
    #expect(Array(text.utf8).withUnsafeBytes { NumberText.parse($0) } == expected)
  }

  @Test(arguments: [
    (Number.int(.max), Number.double(9.223372036854775807e18), -1), (.double(0.5), .int(0), 1),
    (.double(-0.5), .int(0), -1),
    (.uint(.max), .int(.max), 1), (.int(-1), .uint(.max), -1), (.double(.infinity), .uint(.max), 1),
    (.int(3), .int(3), 0),
  ]) func numbersCompareByValue(_ left: Number, _ right: Number, _ order: Int) {
    #expect(NumberOrder.of(left, right) == order)
    #expect(NumberOrder.of(right, left) == -order)
  }
}
