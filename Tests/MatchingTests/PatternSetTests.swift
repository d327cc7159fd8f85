// Many patterns asked together say what each of them says alone.

import Rules
import TestSupport
import Testing

@testable import Matching

@Suite struct PatternSetTests {
  private static func word(_ random: inout SeededGenerator, _ letters: String, _ lengths: ClosedRange<Int>) -> String {
    let letters = Array(letters)
    return String((0..<Int.random(in: lengths, using: &random)).map { _ in random.pick(letters) })
  }

  private static func pattern(_ random: inout SeededGenerator, _ letters: String, isCased: Bool) -> TextPattern {
    var parts: [TextPattern.Part] = []
    while TextPattern(parts).hasWildcard == false || TextPattern(parts).shape == .anything {
      parts = (0..<Int.random(in: 2...5, using: &random)).map { _ in
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 1: .any
        case 2: .one
        default: .literal(Array(word(&random, letters, 1...4).utf8))
        }
      }
    }
    return TextPattern(parts, isCased: isCased)
  }

  // Two letters make every literal a part of others.
  @Test(arguments: ["ab", "abC\u{E9}\u{C9}", "aA"], [false, true])
  func setSaysWhatEachPatternSays(_ letters: String, _ isCased: Bool) {
    var random = SeededGenerator(UInt64(letters.utf8.count))
    for count in [1, 8, 9, 40, 200] {
      let patterns = (0..<count).map { _ in Self.pattern(&random, letters, isCased: isCased) }
      let set = PatternSet(patterns)
      let globs = patterns.map { Glob($0) }
      for _ in 0..<200 {
        let written = Array(Self.word(&random, letters, 0...12).utf8)
        let text = isCased ? written : CaseFolding.folded(written)
        text.withUnsafeBytes { text in
          var found: [Int] = []
          set.forEachMatch(text) { found.append($0) }
          #expect(found.sorted() == globs.indices.filter { globs[$0].matches(text) })
          #expect(set.matches(text) == !found.isEmpty)
        }
      }
    }
  }

  @Test func automatonFindsLiteralsInsideLiterals() {
    let automaton = LiteralAutomaton(["he", "she", "hers", "his", "e"].map { Array($0.utf8) })
    func found(_ text: String) -> [Int] {
      var list: [Int] = []
      Array(text.utf8).withUnsafeBytes { bytes in
        _ = automaton.anyOccurring(in: bytes) { number in
          list.append(number)
          return false
        }
      }
      return list
    }
    #expect(found("ushers") == [1, 0, 4, 2])
    #expect(found("hhishe") == [3, 1, 0, 4])
    #expect(found("") == [] && found("xyz") == [])
    #expect(found("hehehe") == [0, 4])
  }

  /// What all patterns share tells nothing of any: they are recognised by what is their own.
  @Test func sharedLiteralsDoNotMakeAllPatternsTried() {
    let patterns = (1_000..<6_000).map { TextPattern(sigma: "*amazon?\($0)*") }
    let set = PatternSet(patterns)
    let texts = (0..<500).map { Array("arn amazon/\($0) amazon amazon".utf8) } + [Array("x amazon-4321".utf8)]
    var found = 0
    let time = processorTime {
      for text in texts { text.withUnsafeBytes { if set.matches($0) { found += 1 } } }
    }
    #expect(found == 1)
    // Trying each on each takes half a minute without optimisation.
    #expect(time < .seconds(3))
  }

  /// Literals that are each a part of the next, in a text that holds them at every place.
  @Test func nestedLiteralsCostLinearTime() throws {
    let values = (1...1_500).map {
      Predicate.field("f", .text(TextPattern(sigma: "*" + String(repeating: "a", count: $0) + "b*")))
    }
    let rules = values.map { Predicate.all([$0, .field("g", .exists)]) }
    let text = String(repeating: "a", count: 100_000)
    var found: [[Int]] = []
    let time = try processorTime {
      let program = MatchProgram(predicates: rules + [.any(values)])
      found = try matches(program, ["{\"f\":\"\(text)\"}", "{\"f\":\"\(text)b\"}"])
    }
    #expect(found == [[], [1_500]])
    // Most of it is building the automaton without optimisation.
    #expect(time < .seconds(20))
  }
}
