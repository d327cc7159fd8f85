// The tests written inside rules.

import Rules
import Testing

@testable import Matching

@Suite struct RuleTestsTests {
  private static func failures(
    _ tests: String, source: String = "{product: aws}", selection: String = "eventName: DeleteTrail"
  ) -> [String] {
    let body = tests.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
    let text = "title: T\nlogsource: \(source)\ndetection:\n  s: {\(selection)}\n  condition: s\ntests:\n\(body)\n"
    let set = RuleSet.parse(Array(text.utf8), file: "t.yml")
    return RuleTests.run(set.rules[0]).compactMap(\.failure)
  }

  @Test func mappingsAndJSONTextAreEvents() {
    let tests =
      "positive:\n  - eventName: deletetrail\n  - '{\"eventName\":\"DeleteTrail\"}'\nnegative:\n  - {eventName: x}"
    #expect(Self.failures(tests).isEmpty)
  }

  @Test func wrongExpectationsFail() {
    #expect(Self.failures("positive:\n  - {eventName: x}") == ["does not match, but must"])
    #expect(Self.failures("negative:\n  - {eventName: DeleteTrail}") == ["matches, but must not"])
  }

  @Test func typesOfYAMLStayTypes() {
    let tests = "positive:\n  - {f: true, g: [1, null, {h: 010}]}"
    #expect(Self.failures(tests, selection: "f: true, g.h: 8").isEmpty)
  }

  @Test func columnsAreGivenAsSuch() {
    let tests = "positive:\n  - {action: ConsoleLogin, outcome: failure, src_ip: 10.1.1.1}"
    let selection = "action: consolelogin, outcome: failure, src_ip|cidr: 10.0.0.0/8"
    #expect(Self.failures(tests, source: "{product: cloud}", selection: selection).isEmpty)
  }

  @Test(arguments: [
    "positive: x", "other: []", "positive:\n  - 5", "positive:\n  - '{\"a\":'", "positive:\n  - '{}{}'",
  ])
  func whatIsNoTestIsSaid(_ tests: String) { #expect(Self.failures(tests).count == 1) }
}
