// Rules and events that are made to cost much: each ends within a second, rejected or matched.

import Rules
import TestSupport
import Testing

@testable import Matching

@Suite struct HostileRuleTests {
  @Test func nestedRepetitionIsRejectedOrRunsInLinearTime() throws {
    let time = try processorTime {
      for pattern in [
        "((a{0,100}){0,100}){0,100}", "(a*)*b", "(.*a){25}", "(x+x+)+y",
        String(repeating: "(a|b|", count: 200) + String(repeating: ")", count: 200),
      ] {
        let program = MatchProgram(predicates: [.field("f", .regex(RegexPattern(pattern)))])
        guard program.rejections.isEmpty else { continue }
        _ = try matches(program, ["{\"f\":\"\(String(repeating: "a", count: 100_000))\"}"])
      }
    }
    #expect(time < .seconds(1))
  }

  @Test func refusedExpressionNamesItsPlaceAndLeavesTheOthers() {
    let program = MatchProgram(predicates: [
      .field("f", .regex(RegexPattern("a(b"))), .field("f", .text(TextPattern(literal: "x"))),
    ])
    #expect(program.rejections.count == 1)
    #expect(program.rejections[0].message.contains("missing"))
    #expect(program.entries.map(\.position) == [1])
  }

  @Test func manyStarsCostLittle() throws {
    let pattern = TextPattern(sigma: String(repeating: "*a", count: 2_000) + "*b")
    let program = MatchProgram(predicates: [.field("f", .text(pattern))])
    var found: [[Int]] = []
    let time = try processorTime {
      found = try matches(program, ["{\"f\":\"\(String(repeating: "a", count: 100_000))\"}"])
    }
    #expect(found == [[]])
    #expect(time < .seconds(1))
  }

  @Test func tenThousandIndicatorsAreOneLookUp() throws {
    let values = (0..<10_000).map { Predicate.field("f", .text(TextPattern(literal: "indicator-\($0)"))) }
    var leaves = 0
    var found: [[Int]] = []
    let time = try processorTime {
      let program = MatchProgram(predicates: [.any(values), .all([.any(values), .field("g", .exists)])])
      leaves = program.leaves.count
      found = try matches(program, (0..<1_000).map { "{\"f\":\"Indicator-\($0 * 14)\"}" })
    }
    #expect(leaves == 2)
    #expect(found.filter { !$0.isEmpty }.count == 715)
    #expect(time < .seconds(2))
  }

  @Test func deepConditionsAndDeepEventsAreRead() throws {
    var predicate = Predicate.field("f", .text(TextPattern(literal: "x")))
    for level in 0..<90 { predicate = .not(.any([predicate, .field("g\(level)", .exists)])) }
    func event(_ depth: Int, _ leaf: String = "\"needle\"") -> String {
      String(repeating: "{\"a\":", count: depth) + leaf + String(repeating: "}", count: depth)
    }
    let keyword = Predicate.keyword(.text(TextPattern(sigma: "*needle*")))
    let program = MatchProgram(predicates: [predicate, keyword])
    // Nothing below 64 levels is looked at.
    let found = try matches(program, [event(64), event(65), event(120), event(64, "[1,{\"b\":2}]")])
    #expect(found.map { $0.contains(1) } == [true, false, false, false])
  }

  @Test func textInsideTextInsideTextIsOpenedToALimitOnly() throws {
    var event = JSONValue.object([("deep", .string("needle"))])
    for _ in 0..<7 { event = .object([("t", .string(event.text))]) }
    let program = MatchProgram(predicates: [.keyword(.regex(RegexPattern("^needle$")))])
    var found: [[Int]] = []
    let time = try processorTime { found = try matches(program, [event.text]) }
    #expect(found == [[]])
    #expect(time < .seconds(1))
  }

  @Test func valuesWithoutEndDoNotGrowTheTables() throws {
    let program = MatchProgram(predicates: (0..<200).map { .field("f", .text(TextPattern(sigma: "*\($0)*"))) })
    let events = (0..<5_000).map { "{\"f\":\"value \($0)\"}" }
    let found = try matches(program, events)
    #expect(found[177] == [1, 7, 17, 77, 177])
  }
}
