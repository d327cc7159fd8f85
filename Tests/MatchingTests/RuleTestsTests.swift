// The tests written inside rules.

import Rules
import Testing

@testable import Matching

@Suite struct RuleTestsTests {
  private static func set(
    _ tests: String, source: String = "{product: aws}", selection: String = "eventName: DeleteTrail",
    condition: String = "s"
  ) -> RuleSet {
    let body = tests.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
    let text =
      "title: T\nlogsource: \(source)\ndetection:\n  s: {\(selection)}\n  condition: \(condition)\n  timeframe: 5m\n"
      + "tests:\n\(body)\n"
    return RuleSet.parse(Array(text.utf8), file: "t.yml")
  }

  private static func failures(
    _ tests: String, source: String = "{product: aws}", selection: String = "eventName: DeleteTrail"
  ) -> [String] {
    RuleTests.run(set(tests, source: source, selection: selection).rules[0]).compactMap(\.failure)
  }

  @Test func mappingsAndJSONTextAreEvents() {
    let tests =
      "positive:\n  - eventName: deletetrail\n  - '{\"eventName\":\"DeleteTrail\"}'\nnegative:\n  - {eventName: x}"
    #expect(Self.failures(tests).isEmpty)
  }

  @Test func wrongExpectationsFailAndSayWhy() {
    #expect(
      Self.failures("positive:\n  - {eventName: x}")
        == ["does not match, but must: 'eventName = DeleteTrail' does not hold"])
    #expect(Self.failures("negative:\n  - {eventName: DeleteTrail}") == ["matches, but must not"])
    #expect(
      Self.failures("positive:\n  - {a: 1, b: 1}", selection: "a: 1, b|neq: 1, c: [x, y]")
        == ["does not match, but must: 'b = 1' holds; 'c in (x, y)' does not hold"])
  }

  @Test func typesOfYAMLStayTypes() {
    let tests = "positive:\n  - {f: true, g: [1, null, {h: 010}]}"
    #expect(Self.failures(tests, selection: "f: true, g.h: 8").isEmpty)
  }

  private static let cloud = "action: deletetrail, outcome: success, src_ip|cidr: 10.0.0.0/8"
  private static let record =
    "{eventVersion: '1.08', eventSource: cloudtrail.amazonaws.com, eventName: DeleteTrail, sourceIPAddress: 10.1.1.1,"
    + " eventTime: '2024-01-01T00:00:00Z', awsRegion: us-east-1, recipientAccountId: '1'}"

  @Test(arguments: [
    "{action: DeleteTrail, outcome: success, src_ip: 10.1.1.1}",
    #"'{"action": "DeleteTrail", "outcome": "success", "src_ip": "10.1.1.1"}'"#, record,
  ]) func ruleForTheCloudTakesColumnsOrAWholeRecord(_ event: String) {
    #expect(Self.failures("positive:\n  - \(event)", source: "{product: cloud}", selection: Self.cloud).isEmpty)
    #expect(
      Self.failures("negative:\n  - \(event)", source: "{product: cloud}", selection: Self.cloud)
        == ["matches, but must not"])
  }

  @Test(arguments: [
    ("{action: DeleteTrail, src_ip: 10.1.1.1, user: bob}", "'user' is no column"),
    ("{eventName: DeleteTrail, sourceIPAddress: 10.1.1.1}", "recognised as no provider's"), ("{}", "no provider's"),
  ]) func negativeTestOfTheCloudNeverPassesForWantOfColumns(_ event: String, _ reason: String) throws {
    let failures = Self.failures("negative:\n  - \(event)", source: "{product: cloud}", selection: Self.cloud)
    #expect(try #require(failures.first).contains(reason))
  }

  @Test(arguments: ["negative", "positive"], ["{action: DeleteTrail}", #"'{"action": "x", "src_ip": "10.1.1.1"}'"#])
  func columnsProveNothingOfARuleThatReadsKeys(_ kind: String, _ event: String) throws {
    let failures = Self.failures("\(kind):\n  - \(event)")
    #expect(
      failures == [
        "'action' is a column, and the rule reads keys of its log, such as 'eventName': give the event as in the log"
      ])
  }

  @Test func keysThatAreCalledLikeColumnsAreKeys() {
    let tests = "positive:\n  - {category: a, region: {x: 1}}\nnegative:\n  - {category: b}\n  - {eventName: x}"
    #expect(Self.failures(tests, selection: "category: a, region.x: 1, eventName: null").isEmpty)
  }

  @Test(arguments: [
    "positive: x", "other: []", "positive:\n  - 5", "positive:\n  - '{\"a\":'", "positive:\n  - '{}{}'",
    "positives:\n  - {a: 2}\nnegative: []", "positive:\n  - {eventName: DeleteTrail}\nnegativ: []", "negative: []",
    "negative:\n  - [a]",
  ])
  func whatIsNoTestIsSaid(_ tests: String) { #expect(Self.failures(tests).count == 1) }

  @Test func oddTestsAreWarnedOfWhenLoaded() {
    let found = Self.set("positives:\n  - {a: 2}").diagnostics.filter { $0.code == .badTests }
    #expect(found.map(\.message) == ["unknown key 'positives' in 'tests' (did you mean 'positive'?)"])
    #expect(found.map(\.line) == [8])
  }

  @Test func testsOfCorrelationsAreRunBySomeoneElseOrFail() {
    let tests = "positive:\n  - {events: [{eventName: DeleteTrail}], alerts: 1}\nnegative:\n  - {events: [{a: 1}]}"
    let counted = Self.set(tests, condition: "s | count() > 1")
    #expect(counted.errorMessages.isEmpty)
    #expect(RuleTests.run(counted.rules[0]).compactMap(\.failure).count == 2)
    let outcomes = RuleTests.run(counted.correlations[0]) { $0.alerts == 1 ? .passed : .failed("x") }
    #expect(outcomes.map(\.failure) == [nil, "x"])
    let wrong = Self.set("positive:\n  - {eventName: DeleteTrail}", condition: "s | count() > 1")
    #expect(RuleTests.run(wrong.rules[0]).compactMap(\.failure).count == 1)
  }
}

extension RuleSet {
  var errorMessages: [String] { diagnostics.filter { $0.severity == .error }.map(\.message) }
}
