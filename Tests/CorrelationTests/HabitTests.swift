/// What is usual where an alert of a single event was raised: counted like the definition says, however the events are cut.

import Events
import ReadingSupport
import Rules
import Testing

@testable import Correlation
@testable import Reports

@Suite struct HabitTests {
  /// Rules B and C raise alerts by themselves; hits of a user within an hour are one alert. The correlation compares nothing
  /// with what was before, or something, and stands beside alerts of the same events.
  private static let plans = [
    historyRules("event_count", "group-by: [userIdentity.userName]\ntimespan: 10m\ncondition: {gte: 1}"),
    historyRules("after", "group-by: [userIdentity.userName]\ndates: {user1: 2026-01-01, user2: 2026-01-01}"),
  ]

  private static func events(_ dice: inout Dice) -> [HistoryEvent] {
    (0..<dice.within(5...120)).map { number in
      var event = HistoryEvent(
        "e\(number)", dice.pick(["B", "AB", "C", "X", "Y"]), Int64(dice.below(400)) * minute, "203.0.113.1",
        group: "user\(dice.below(30))")
      event.account = dice.pick(["111122223333", "444455556666"])
      return event
    }
  }

  /// The definition: a walk over all events for each alert.
  private static func habit(_ alert: Alert, _ events: [HistoryEvent]) -> Habits.Habit? {
    // Of several accounts nothing is said.
    guard alert.kind != "after", let account = alert.account.map(text) else { return nil }
    let actor = alert.actor.map(text)
    let there = events.filter { $0.account == account }
    let own = there.filter { $0.group == actor }
    guard alert.actions.count == 1, let action = alert.actions.first.map(text) else {
      return Habits.Habit(events: own.count)
    }
    let others = Set(there.filter { $0.group != actor && $0.name == action }.map(\.group))
    return Habits.Habit(
      events: own.count,
      action: .init(own: own.count { $0.name == action }, others: min(others.count, Habits.othersMax)))
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: 1...12) func habitsAreWhatTheEventsSay(_ seed: Int) throws {
    var dice = Dice(UInt64(seed))
    let events = HabitTests.events(&dice)
    var parts = [[HistoryEvent]](repeating: [], count: dice.within(1...3))
    for event in dice.shuffled(events) { parts[dice.below(parts.count)].append(event) }
    // What is delivered twice counts once.
    let plan = HabitTests.plans[seed % 2]
    for cut in [[events], parts, parts + [dice.some(events)]] {
      let findings = Findings(plan, try reduce(try cut.map { try mapped([$0], plan, now: 1000 * day) }, plan: plan))
      let alerts = findings.reduction.episodes.indices.map { Alert(findings.alert($0)) }
      #expect(!alerts.isEmpty)
      let isBoth = events.contains { $0.name == "AB" && ($0.group == "user1" || $0.group == "user2") }
      if isBoth { #expect(alerts.contains { $0.kind != "single" }) }
      for alert in alerts { #expect(alert.habit == HabitTests.habit(alert, events), "seed \(seed), \(alert.id)") }
    }
  }

  struct Case: Sendable {
    var habit: Habits.Habit
    var count = 1
    var account = true
    var sentence: String
    var chinese: String
  }

  static let cases = [
    Case(
      habit: .init(events: 1, action: .init(own: 1, others: 0)),
      sentence: "Usual: bob called nothing else in this account; nobody else called PutBucketAcl.",
      chinese: "平时：bob 在此账户没有其他调用；没有其他主体调用过 PutBucketAcl。"),
    Case(
      habit: .init(events: 2311, action: .init(own: 1, others: 3)),
      sentence: "Usual: bob made 2,310 other calls in this account, none of them PutBucketAcl; 3 others called it.",
      chinese: "平时：bob 在此账户另有 2,310 次调用，均不是 PutBucketAcl；另有 3 个主体调用过该操作。"),
    Case(
      habit: .init(events: 2, action: .init(own: 2, others: 1)), account: false,
      sentence: "Usual: bob made 1 other call, also PutBucketAcl; 1 other called it.",
      chinese: "平时：bob 另有 1 次调用，其中 1 次是 PutBucketAcl；另有 1 个主体调用过该操作。"),
    Case(
      habit: .init(events: 1500, action: .init(own: 1202, others: 20)), count: 2,
      sentence: "Usual: bob made 1,498 other calls in this account, 1,200 of them PutBucketAcl; "
        + "20 others or more called it.",
      chinese: "平时：bob 在此账户另有 1,498 次调用，其中 1,200 次是 PutBucketAcl；至少另有 20 个主体调用过该操作。"),
    Case(
      habit: .init(events: 12), count: 3, sentence: "Usual: bob made 9 other calls in this account.",
      chinese: "平时：bob 在此账户另有 9 次调用。"),
    Case(
      habit: .init(events: 3), count: 3, sentence: "Usual: bob called nothing else in this account.",
      chinese: "平时：bob 在此账户没有其他调用。"),
  ]

  @Test(arguments: cases) func aSentenceSaysIt(_ one: Case) {
    var alert = Alert(id: "0")
    alert.actor = Array("bob".utf8)
    alert.account = one.account ? Array("111122223333".utf8) : nil
    alert.actions = [Array("PutBucketAcl".utf8)]
    alert.count = one.count
    alert.habit = one.habit
    #expect(HabitTests.text(HabitSentence.text(alert)) == one.sentence)
    #expect(HabitTests.text(HabitSentence.text(alert, .chinese)) == one.chinese)
    alert.habit = nil
    #expect(HabitSentence.text(alert).isEmpty && HabitSentence.text(alert, .chinese).isEmpty)
  }
}
