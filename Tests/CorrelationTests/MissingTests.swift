/// What detections cannot know: fields that no event has, places that no database knows, numbers that mean nothing.

import Archive
import Events
import ReadingSupport
import TestSupport
import Testing

@testable import Correlation
@testable import Reports
@testable import Rules

@Suite struct MissingTests {
  private static func status(
    _ plan: DetectionPlan, _ events: [HistoryEvent], places: (any PlaceLocator)? = nil
  ) throws -> (reason: String?, counters: DetectionCounters) {
    var options = ReduceOptions()
    options.places = places
    let reduction = try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan, options: options)
    let providers = [Set<String>](repeating: ["aws"], count: plan.rules.count)
    let ledger = SummaryLedger(reduction, plan, providers: providers, idle: [])
    let last = plan.detections.count - 1
    return (ledger.statuses(Findings(plan, reduction))[last], reduction.counters[last])
  }

  private static let events = (0..<40).map { HistoryEvent("e\($0)", "A", Int64($0) * day) }

  @Test(arguments: [
    ("value_count", "timespan: 1h\ncondition: {field: nowhere, gte: 2}"),
    ("value_sum", "timespan: 1h\ncondition: {field: nowhere, gte: 2}"),
    ("first_seen", "timespan: 30d\nlearning: 1d\nfield: nowhere"),
    ("overlap", "timespan: 1h\nfield: nowhere"),
  ])
  func detectionWhoseFieldNoEventHasIsNotEvaluated(type: String, body: String) throws {
    let plan = historyRules(type, "group-by: [userIdentity.userName]\n" + body)
    let found = try MissingTests.status(plan, MissingTests.events)
    #expect(found.reason == "events of this kind lack nowhere")
    #expect(found.counters.withoutValue == 40)
  }

  @Test func oneEventWithTheFieldIsEnough() throws {
    let plan = historyRules(
      "value_count", "group-by: [userIdentity.userName]\ntimespan: 1h\ncondition: {field: sourceIPAddress, gte: 2}")
    let some = MissingTests.events + [HistoryEvent("with", "A", 0, "203.0.113.1")]
    let found = try MissingTests.status(plan, some)
    #expect(found.reason == nil)
    #expect(found.counters.withoutValue == 40)
  }

  /// Ten levels, the most there may be, of some correlations each that are fed by all those below.
  private static func levels(width: Int) -> RuleSet {
    var text = """
      title: a
      name: a
      logsource: {product: aws, service: cloudtrail}
      detection: {one: {eventName: A}, condition: one}

      """
    for level in 0..<SigmaLimits.correlationDepthMax {
      let rules = level == 0 ? "a" : (0..<width).map { "l\(level - 1)n\($0)" }.joined(separator: ", ")
      let body =
        level == 0
        ? "type: value_sum, condition: {field: nowhere, gte: 2}" : "type: event_count, condition: {gte: 1}"
      for number in 0..<width {
        text += """
          ---
          title: c
          name: l\(level)n\(number)
          correlation: {rules: [\(rules)], group-by: actor, timespan: 90d, \(body)}

          """
      }
    }
    return RuleSet.parse(Array(text.utf8), file: "chain.yml")
  }

  /// A million ways from top to bottom.
  @Test func whatManyWaysLeadToIsToldOfOnce() throws {
    let set = MissingTests.levels(width: 4)
    #expect(set.correlations.count == 4 * SigmaLimits.correlationDepthMax, "\(set.diagnostics)")
    let plan = DetectionPlan(set)
    let reduction = try reduce([try mapped([MissingTests.events], plan, now: 1000 * day)], plan: plan)
    let ledger = SummaryLedger(
      reduction, plan, providers: [Set<String>](repeating: ["aws"], count: plan.rules.count), idle: [])
    let findings = Findings(plan, reduction)
    var statuses: [String?] = []
    let time = processorTime { statuses = ledger.statuses(findings) }
    #expect(statuses.allSatisfy { $0 == "events of this kind lack nowhere" })
    #expect(time < .seconds(1), "\(time)")
  }

  /// Ten billion ways: no text is as long as all of them, and no time.
  @Test func manyWaysHaveIdentitiesAndReaches() {
    let plan = DetectionPlan(MissingTests.levels(width: 10))
    var identities: [SHA256Value] = []
    let time = processorTime { identities = plan.identities(everyMatch: false, configuration: "") }
    // Those of one level say the same.
    #expect(Set(identities.map(\.hex)).count == SigmaLimits.correlationDepthMax)
    #expect(time < .seconds(5), "\(time)")
    let reaches = plan.reaches()
    #expect(reaches == reaches.sorted() && reaches.allSatisfy { $0 >= 90 * day })
  }

  private struct NoPlaces: PlaceLocator {
    func place(of address: IPAddress) -> Place? { nil }
  }

  @Test func addressesWhosePlaceNobodyKnowsAreCounted() throws {
    let plan = historyRules("travel", "group-by: [userIdentity.userName]\ntimespan: 1d\nfield: sourceIPAddress")
    let visits = (0..<3).map { HistoryEvent("v\($0)", "A", Int64($0) * hour, "203.0.113.\($0)") }
    let found = try MissingTests.status(plan, visits, places: NoPlaces())
    #expect(found.counters.withoutValue == 3)
    #expect(found.reason == "events of this kind have no address in sourceIPAddress whose place is known")
  }

  @Test(arguments: [
    ("temporal", "timespan: 1h\n  condition: {gte: 5}", "more rules than the 1"),
    ("temporal", "timespan: 1h\n  condition: not a", "no window with a hit"),
    ("temporal", "timespan: 1h\n  condition: a and not a", "no window with a hit"),
    ("gap", "timespan: 1d\n  learning: 1d", "learning should be several times as long"),
  ])
  func numbersThatMeanNothingAreToldOf(type: String, body: String, words: String) {
    let text = """
      title: a
      name: a
      logsource: {product: aws, service: cloudtrail}
      detection: {one: {eventName: A}, condition: one}
      ---
      title: c
      correlation:
        type: \(type)
        rules: [a]
        group-by: actor
        \(body)
      """
    let set = RuleSet.parse(Array(text.utf8), file: "c.yml")
    #expect(set.correlations.count == 1, "\(set.diagnostics)")
    #expect(
      set.diagnostics.contains { $0.severity == .warning && $0.code == .neverTrue && $0.message.contains(words) })
  }

  @Test(arguments: [
    ("value_avg", "lte: 0.3333333334", "more than 9 decimals"), ("value_sum", "gte: 1.0e-10", "more than 9 decimals"),
    ("value_sum", "gte: 1234567890.123456789", "more digits than are compared exactly"),
    ("value_sum", "gte: 1" + String(repeating: "0", count: 30), "'gte' has more than 17 digits"),
    ("value_sum", "lt: 100000000000000000", "'lt' has more than 17 digits"),
    ("value_percentile", "gte: 5, percentile: 99.00000000001", "'percentile' has more than 9 decimals"),
    ("event_count", "gte: .inf", "must be a finite number"), ("event_count", "gte: many", "not a string"),
  ])
  func thresholdThatIsNotComparedExactlyIsRejected(type: String, condition: String, words: String) {
    let field = type == "event_count" ? "" : "field: n, "
    let set = Self.parse(type, "condition: {\(field)\(condition)}")
    #expect(set.correlations.isEmpty)
    #expect(set.diagnostics.contains { $0.severity == .error && $0.message.contains(words) }, "\(set.diagnostics)")
  }

  @Test(arguments: [
    "0.333333333", "-0.5", "0.10", "99999999999999999", "1234567.12345678", "1.0e-9", "1_000.5", "010",
  ])
  func thresholdThatIsComparedExactlyIsAccepted(number: String) {
    let set = Self.parse("value_avg", "condition: {field: n, gte: \(number)}")
    #expect(set.correlations.count == 1, "\(set.diagnostics)")
  }

  @Test func ratioThatIsNotExactIsRejected() {
    let set = Self.parse("rate", "condition: {ratio: 1.0000000001, floor: 5}")
    #expect(set.correlations.isEmpty && set.diagnostics.contains { $0.message.contains("'ratio' has more than 9") })
  }

  @Test(arguments: ["not a and not b", "a and not (a or b)"]) func conditionThatNothingFulfilsIsToldOf(text: String) {
    let set = Self.parse("temporal", "condition: \(text)", rules: "a, b")
    #expect(set.diagnostics.contains { $0.code == .neverTrue })
    #expect(
      !Self.parse("temporal", "condition: b and not a", rules: "a, b").diagnostics.contains { $0.code == .neverTrue })
  }

  private static func parse(_ type: String, _ body: String, rules: String = "a") -> RuleSet {
    let bases = ["a", "b"].map { name in
      "title: \(name)\nname: \(name)\nlogsource: {product: aws, service: cloudtrail}\n"
        + "detection: {one: {eventName: A}, condition: one}\n---\n"
    }
    let text =
      bases.joined() + "title: c\ncorrelation:\n  type: \(type)\n  rules: [\(rules)]\n  group-by: actor\n"
      + "  timespan: 1h\n  \(body)\n"
    return RuleSet.parse(Array(text.utf8), file: "c.yml")
  }

  @Test func meanIsToldOnTheSideOfTheLimitThatItIsOn() {
    var mean = ValueTotal(
      Bounds([CorrelationBound(comparison: .greater, number: .double(0.333333333))]), isAverage: true)
    let fact = GroupFact(
      fact: Fact(
        time: 0, key: Hash128(0, 0), file: 0, record: 0, dimensions: 0, scene: 0, id: 0), source: 0, value: .none)
    for number in [1, 0, 0] { mean.add(fact, Decimal(number)) }
    #expect(mean.holds(at: 0))
    #expect(mean.note == .held(Decimal(units: 333_333_334)))
  }
}
