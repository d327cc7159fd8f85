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
