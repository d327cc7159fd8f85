// What a rule is filed under, and that a wrong guess costs time only.

import Rules
import Testing

@testable import Matching

@Suite struct KeyChoiceTests {
  private static func keys(_ filter: String) throws -> [String]? {
    KeyChoice(try Filter.parse(filter)).map { Array(Set($0.keys.map(\.field))).sorted() }
  }

  @Test(
    arguments: [
      ("eventSource = x and eventName = y", ["eventName"]), ("eventName = y or f = z", ["eventName", "f"]),
      ("not eventName = y", nil), ("f is null", nil), ("exists f", nil), ("word", nil), ("f = x and not g = y", ["f"]),
      ("f = x or not g = y", nil), ("f|fieldref = g", nil), ("(f = a or f = b) and readOnly = true", ["f"]),
    ] as [(String, [String]?)]) func ruleIsFiledUnderWhatItNeeds(_ filter: String, _ expected: [String]?) throws
  {
    #expect(try Self.keys(filter) == expected)
  }

  @Test func guessesAreCappedAndKnowLongLiterals() throws {
    let letters = "abcdefghijklmnopqrstu".map { Predicate.field("userAgent", .text(TextPattern(sigma: "*\($0)*"))) }
    #expect(MatchProgram(predicates: [.any(letters)]).entries[0].callsPerMille == 1000)
    func guess(_ regex: String) throws -> Double? { KeyChoice(try Filter.parse("f ~ '\(regex)'"))?.callsPerMille }
    for regex in [".+:assumed-role/aws:.+", "^arn:aws:iam::"] { #expect(try guess(regex) == 50, "\(regex)") }
    for regex in ["a|assumed-role", "(assumed-role)?", "(assumed-role)*x", "role", "[assumed-role]"] {
      #expect(try guess(regex) == 100, "\(regex)")
    }
  }

  /// Rules that share a further test are skipped together, those that do not are not.
  @Test func sharedTestsSkipOnlyRulesThatNeedThem() throws {
    let filters = (0..<60).map { number -> String in
      let service = "eventSource = s\(number % 3)"
      switch number % 5 {
      case 0: return "eventName = a and \(service)"
      case 1: return "eventName = a and \(service) and f = \(number)"
      case 2: return "eventName = a and not \(service)"
      case 3: return "eventName = a or eventName = b and \(service)"
      default: return "eventName in (a, b) and \(service) and f exists".replacing("f exists", with: "exists f")
      }
    }
    let predicates = try filters.map { try Filter.parse($0) }
    let program = MatchProgram(predicates: predicates)
    #expect(Set(program.guards).count > 2)
    let events = ["a", "b", "c"].flatMap { name in
      ["s0", "s1", "s2", "s9"].flatMap { source in
        ["", ",\"f\":6", ",\"f\":[11,16]"].map { "{\"eventName\":\"\(name)\",\"eventSource\":\"\(source)\"\($0)}" }
      }
    }
    let expected = try events.map { event in
      let naive = try NaiveEvaluator(event)
      return predicates.indices.filter { naive.holds(predicates[$0]) }
    }
    #expect(try matches(program, events + events) == expected + expected)
  }

  @Test func rulesBeyondTheLastIndexStillMatch() throws {
    let predicates = (0..<200).map { Predicate.field("field\($0)", .text(TextPattern(literal: "x"))) }
    let program = MatchProgram(predicates: predicates)
    #expect(program.indexes.count == ProgramBuilder.indexesMax)
    let events = (0..<200).map { "{\"field\($0)\":\"X\"}" }
    #expect(try matches(program, events) == (0..<200).map { [$0] })
  }

  @Test func equalTestsOfManyRulesAreOneLeaf() throws {
    let one = try Filter.parse("eventSource = iam.amazonaws.com and userAgent contains kali")
    #expect(MatchProgram(predicates: [Predicate](repeating: one, count: 500)).leaves.count == 2)
  }
}
