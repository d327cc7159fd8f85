/// What detections cannot know: fields that no event has, places that no database knows, numbers that mean nothing.

import Events
import ReadingSupport
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
    return (ledger.status(of: last, Findings(plan, reduction)), reduction.counters[last])
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
