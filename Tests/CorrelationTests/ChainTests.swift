/// Correlations of correlations: when an alert is a hit, and what it brings.

import Events
import ReadingSupport
import Reports
import Rules
import Testing

@testable import Correlation

@Suite struct ChainTests {
  /// Five hits of rule `a` within ten minutes, and a correlation over that and rule `b`.
  private static func plan(_ type: String, _ body: String, rules: String = "brute, b") -> DetectionPlan {
    let singles = ["a", "b"].map { name in
      """
      title: Rule \(name)
      name: \(name)
      status: test
      logsource: {product: aws, service: cloudtrail}
      detection: {one: {eventName: \(name.uppercased())}, condition: one}
      ---

      """
    }
    let text =
      singles.joined() + """
        title: Brute
        name: brute
        status: test
        correlation: {type: event_count, rules: [a], group-by: actor, timespan: 10m, condition: {gte: 5}}
        ---
        title: Chain
        name: chain
        status: test
        correlation: {type: \(type), rules: [\(rules)], group-by: actor, \(body)}
        """
    let set = RuleSet.parse(Array(text.utf8), file: "chain.yml")
    precondition(set.correlations.count == 2 && !set.hasErrors, "\(set.diagnostics)")
    return DetectionPlan(set)
  }

  private struct Alert: Equatable {
    var time: Int64
    /// With their own times.
    var events: [String]
    var count: Int
  }

  private static func alerts(_ events: [HistoryEvent], _ plan: DetectionPlan) throws -> [Alert] {
    let parts = [events, events.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)]
    let reduction = try reduce(try parts.map { try mapped([$0], plan, now: 1000 * day) }, plan: plan)
    return try reduction.episodes.filter { plan.detections[$0.detection].attributes.name == "chain" }.map { episode in
      let times = Dictionary(uniqueKeysWithValues: events.map { ($0.id, $0.time) })
      let cited = try episode.cited.map { event in
        let id = String(decoding: try reduction.texts.id(of: event), as: UTF8.self)
        #expect(event.time == monday + (times[id] ?? -1), "\(id)")
        return id
      }
      #expect(episode.firstTime == episode.cited[0].time)
      return Alert(time: episode.time - monday, events: cited, count: episode.count)
    }
  }

  private static func failures(_ count: Int, every step: Int64) -> [HistoryEvent] {
    (0..<count).map { HistoryEvent("f\($0)", "A", Int64($0) * step) }
  }

  @Test func signInAtTheEndOfALongFloodFollowsIt() throws {
    let plan = ChainTests.plan("temporal_ordered", "timespan: 10m")
    let events = ChainTests.failures(180, every: minute) + [HistoryEvent("in", "B", 180 * minute)]
    let found = try ChainTests.alerts(events, plan)
    // Of the last ten minutes, each with its own time.
    #expect(
      found == [
        Alert(time: 180 * minute, events: (170..<180).map { "f\($0)" } + ["in"], count: 11)
      ])
  }

  @Test func signInInTheMiddleOfAFloodIsFound() throws {
    let plan = ChainTests.plan("temporal_ordered", "timespan: 1m")
    let events = ChainTests.failures(100, every: 30 * second) + [HistoryEvent("in", "B", 1000 * second)]
    #expect(try ChainTests.alerts(events, plan).map(\.time) == [1000 * second])
  }

  @Test func firstHitBringsAllEventsThatTheAlertBeganWith() throws {
    let plan = ChainTests.plan("temporal_ordered", "timespan: 10m")
    let events = ChainTests.failures(5, every: minute) + [HistoryEvent("in", "B", 5 * minute)]
    #expect(
      try ChainTests.alerts(events, plan) == [
        Alert(time: 5 * minute, events: ["f0", "f1", "f2", "f3", "f4", "in"], count: 6)
      ])
  }

  @Test func replayLeadsToAllEventsOfTheLinks() throws {
    let plan = ChainTests.plan("temporal_ordered", "timespan: 10m")
    let events = ChainTests.failures(5, every: minute) + [HistoryEvent("in", "B", 5 * minute)]
    var options = ReduceOptions()
    options.explained = { _ in true }
    let reduction = try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan, options: options)
    let place = try #require(
      reduction.episodes.firstIndex { plan.detections[$0.detection].attributes.name == "chain" })
    let text = String(decoding: AlertReplay.bytes(Findings(plan, reduction), place), as: UTF8.self)
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines[1].hasSuffix("event f0: matched 'Brute'"))
    #expect(lines[6].hasSuffix("event in: matched 'Rule b'  <- here the condition held"))
    #expect(lines[7].hasPrefix("from the alert ") && lines[7].contains("of 'Brute', raised at 2026-01-05T00:04:00"))
    #expect(lines[12].hasSuffix("event f4: matched 'Rule a'  <- here the condition held"))
    #expect(lines.count == 13)
  }

  @Test func signInLongAfterTheFloodIsNone() throws {
    let plan = ChainTests.plan("temporal_ordered", "timespan: 10m")
    let last = 179 * minute
    for (after, count) in [(10 * minute, 1), (10 * minute + 1, 0)] {
      let events = ChainTests.failures(180, every: minute) + [HistoryEvent("in", "B", last + after)]
      #expect(try ChainTests.alerts(events, plan).count == count)
    }
  }

  @Test func floodCountsOnceForThoseThatCountAlerts() throws {
    let plan = ChainTests.plan("event_count", "timespan: 1d, condition: {gte: 2}", rules: "brute")
    #expect(try ChainTests.alerts(ChainTests.failures(300, every: minute), plan).isEmpty)
    let twice =
      ChainTests.failures(10, every: minute)
      + (0..<10).map { HistoryEvent("g\($0)", "A", 5 * hour + Int64($0) * minute) }
    #expect(
      try ChainTests.alerts(twice, plan) == [
        Alert(
          time: 5 * hour + 4 * minute, events: (0..<5).map { "f\($0)" } + (0..<5).map { "g\($0)" }, count: 10)
      ])
  }

  @Test func windowThatFillsAtOnceBringsTheFirstFiftyAndTheLast() throws {
    let plan = ChainTests.plan("temporal", "timespan: 10m")
    let flood = (0..<80).map { HistoryEvent("f\($0)", "A", 0) }
    let found = try ChainTests.alerts(flood + [HistoryEvent("in", "B", minute)], plan)
    #expect(found.map(\.count) == [52])
  }

  @Test func ofOneSecondTheFirstAndTheLastHitCount() throws {
    let plan = ChainTests.plan("temporal", "timespan: 10m")
    let flood = (0..<2000).map { HistoryEvent("f\($0)", "A", Int64($0)) }
    let found = try ChainTests.alerts(flood + [HistoryEvent("in", "B", minute)], plan)
    // The five that began it, the first and the last of what joined in each of two seconds, the sign-in.
    let expected = [0, 1, 2, 3, 4, 5, 999, 1000, 1999].map { "f\($0)" } + ["in"]
    #expect(found.map(\.events) == [expected])
  }
}
