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

  @Test func aPlanOfManyFieldsIsMadeInNoTime() throws {
    let predicates = (0..<200).map { rule in
      Predicate.all((0..<100).map { .field("requestParameters.r\(rule).f\($0)", .text(TextPattern(literal: "x"))) })
    }
    var found: [[Int]] = []
    let time = try processorTime {
      let program = MatchProgram(predicates: predicates)
      #expect(program.rejections.isEmpty)
      found = try matches(program, ["{\"f\":1}"])
    }
    #expect(found == [[]])
    #expect(time < .seconds(4))
  }

  @Test func rulesThatAPlanHasNoRoomForAreRefusedOneByOne() throws {
    let predicates = (0..<6).map { rule in
      Predicate.all((0..<10_000).map { .field("r\(rule)f\($0)", .exists) })
    }
    let small = Predicate.field("r0f1", .exists)
    let program = MatchProgram(predicates: predicates + [small])
    #expect(program.rejections.map(\.code) == [.tooManyFields])
    #expect(program.entries.map(\.position) == [0, 1, 2, 3, 4, 6])
  }

  @Test func keywordsOfManyRulesAreLookedForInOnePass() throws {
    let words = (0..<3_000).map { "needle\($0)x" }
    var predicates = words.map { Predicate.keyword(.text(TextPattern(sigma: "*\($0)*"))) }
    predicates.append(.all([.keyword(.text(TextPattern(sigma: "*value*"))), .not(.field("f", .exists))]))
    predicates.append(.not(.keyword(.text(TextPattern(sigma: "*needle7x*")))))
    let filler = String(repeating: "some value / other \\\" ", count: 20)
    let events = (0..<1_000).map { "{\"a\":\"\(filler)\",\"b\":[\"Needle\($0 * 5)X\",{\"needle3x\":1}]}" }
    var found: [[Int]] = []
    let time = try processorTime { found = try matches(MatchProgram(predicates: predicates), events) }
    for (number, rules) in found.enumerated() {
      let word = number * 5 < words.count ? [number * 5] : []
      #expect(rules == word + [3_000, 3_001])
    }
    #expect(time < .seconds(2))
  }

  @Test(arguments: ["*", "?*", "*a*", "*/etc/pass*", "*é*", "*x\"y*", "abc*", "*abc", "*a?c*"])
  func wordsThatNoQuickLookCanExcludeAreFound(pattern: String) throws {
    let word = Predicate.keyword(.text(TextPattern(sigma: pattern)))
    let plain = Predicate.keyword(.text(TextPattern(sigma: "*nowhere*")))
    let cased = Predicate.keyword(.text(TextPattern(sigma: "*ABC*", isCased: true)))
    let regex = Predicate.keyword(.regex(RegexPattern("^abc$")))
    let events = [#"{"f":"abc"}"#, #"{"f":["x\"y","\/etc\/passwd"]}"#, #"{"f":"\u00e9 ABC"}"#, #"{"a":{}}"#, "{}"]
    let alone = try matches(MatchProgram(predicates: [word]), events)
    let together = try matches(MatchProgram(predicates: [plain, word, cased, regex, .any([word, regex])]), events)
    for (one, all) in zip(alone, together) { #expect(all.contains(1) == !one.isEmpty) }
    #expect(together.map { $0.contains(2) } == [false, false, true, false, false])
    #expect(together.map { $0.contains(3) } == [true, false, false, false, false])
    for (number, all) in together.enumerated() {
      #expect(!all.contains(0) && all.contains(4) == (all.contains(1) || all.contains(3)), "\(number)")
    }
  }
}
