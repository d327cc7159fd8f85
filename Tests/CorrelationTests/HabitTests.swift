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
        "e\(number)", dice.pick(["B", "AB", "C", "X", "Y"]), Int64(dice.below(400)) * dice.pick([1, 15]) * minute,
        "203.0.113.1",
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
    func beginning(_ events: [HistoryEvent]) -> Int64 { (events.map(\.time).min() ?? 0) / hour * hour + monday }
    let since = Habits.Beginning(actor: beginning(own), records: beginning(there))
    guard alert.actions.count == 1, let action = alert.actions.first.map(text) else {
      return Habits.Habit(events: own.count, beginning: since)
    }
    let others = Set(there.filter { $0.group != actor && $0.name == action }.map(\.group))
    return Habits.Habit(
      events: own.count,
      action: .init(own: own.count { $0.name == action }, others: min(others.count, Habits.othersMax)),
      beginning: since)
  }

  /// A forged date is no beginning of the records: who has written one event of 1980 makes nobody new.
  @Test func recordsBeginWhereTheirEventsDo() throws {
    let plan = HabitTests.plans[0]
    let usual = (0..<5).map { HistoryEvent("u\($0)", "X", Int64($0) * hour, group: "ann") }
    let deed = HistoryEvent("b", "B", 4 * hour + 7 * minute, group: "eve")
    let forged = HistoryEvent("f", "X", -46 * 365 * day, group: "ann")
    for events in [usual + [deed], usual + [deed, forged], [forged, deed] + usual.reversed()] {
      let findings = Findings(plan, try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan))
      let alert = Alert(findings.alert(try #require(findings.reduction.episodes.indices.first)))
      #expect(alert.habit?.beginning == .init(actor: monday + 4 * hour, records: monday))
    }
  }

  /// Of our own types, those that know nothing usual.
  @Test(arguments: [
    ("same_actor", "a, b", "group-by: [account]\nfield: userIdentity.userName\ntimespan: 1d"),
    ("unmatched", "a, c", "group-by: [userIdentity.userName]\ntimespan: 10m"),
  ])
  func whatKnowsNothingUsualSaysWhatIs(type: String, rules: String, body: String) throws {
    let plan = historyRules(type, rules: rules.components(separatedBy: ", "), body)
    let events = [HistoryEvent("1", "A", 0), HistoryEvent("2", "B", minute), .clock(3 * day)]
    let findings = Findings(plan, try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan))
    let alerts = findings.reduction.episodes.indices.map { Alert(findings.alert($0)) }
    let alert = try #require(alerts.first { $0.kind == type })
    #expect(alert.habit?.events == 2)
  }

  /// What is told of a key is when it was made, where that was near; those of sessions are always new.
  @Test(arguments: [
    ("AKIA2", 12 * minute, true), ("AKIA2", 0, true), ("AKIA2", 3 * day, false), ("ASIA2", minute, false),
  ])
  func aKeyIsAsOldAsItsMaking(key: String, age: Int64, isTold: Bool) throws {
    let plan = HabitTests.plans[0]
    func event(_ name: String, _ time: Int64, _ key: String, made: String? = nil) -> HistoryEvent {
      let reply = made.map { #","responseElements":{"accessKey":{"accessKeyId":"\#($0)"}}"# } ?? ""
      return HistoryEvent("\(name)\(time)", name, time, group: #"eve","accessKeyId":"\#(key)"#, more: reply)
    }
    let making = event("Make", day, "AKIA1", made: key)
    let events = [event("X", 0, "AKIA1"), making, event("B", day + age, key), event("B", day + age + minute, key)]
    for parts in [
      [events], [Array(events.reversed())], [[events[2], events[0]], [events[3], making]], [events, events],
    ] {
      let findings = Findings(plan, try reduce(try parts.map { try mapped([$0], plan, now: 1000 * day) }, plan: plan))
      let alerts = findings.reduction.episodes.indices.map { Alert(findings.alert($0)) }
      #expect(!alerts.isEmpty && alerts.allSatisfy { $0.habit?.keyMade == (isTold ? monday + day : nil) })
    }
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

  private static let noon = monday + 12 * hour

  /// Of a user who is seen with an action that nobody else calls: since when there are records, before the alert in hours;
  /// when the user came, and when the key was made, before it in minutes.
  @Test(
    arguments: [
      (
        calls: 4, records: 96, came: 59, made: nil, type: "user",
        english: "; first seen here less than 1 hour before, in records since 2026-01-01T12:00:00Z.",
        chinese: "；在始于 2026-01-01T12:00:00Z 的记录中，首次在此出现距此不到 1 小时。"
      ),
      (
        calls: 4, records: 96, came: 60, made: nil, type: "user",
        english: "; first seen here less than 2 hours before, in records since 2026-01-01T12:00:00Z.",
        chinese: "；在始于 2026-01-01T12:00:00Z 的记录中，首次在此出现距此不到 2 小时。"
      ),
      (
        calls: 1, records: 96, came: 0, made: 12, type: "user",
        english:
          "; never seen here before, in records since 2026-01-01T12:00:00Z; the access key was made 12 minutes before.",
        chinese: "；在始于 2026-01-01T12:00:00Z 的记录中，此前从未在此出现；所用访问密钥在此前 12 分钟创建。"
      ),
      (
        calls: 4, records: 96, came: 24 * 60, made: 0, type: "user",
        english: "; the access key was made at the same time.",
        chinese: "；所用访问密钥于同一时刻创建。"
      ),
      // Nobody knows who was there before the records, names of sessions come and go, and an old key is no news.
      (calls: 4, records: 24, came: 59, made: nil, type: "user", english: ".", chinese: "。"),
      (calls: 4, records: 96, came: 59, made: 12, type: "role", english: ".", chinese: "。"),
      (calls: 4, records: 96, came: 24 * 60, made: 24 * 60, type: "user", english: ".", chinese: "。"),
      (calls: 4, records: 96, came: 24 * 60, made: -1, type: "user", english: ".", chinese: "。"),
    ] as [(calls: Int, records: Int64, came: Int64, made: Int64?, type: String, english: String, chinese: String)])
  func whoIsNewIsSaidToBe(
    calls: Int, records: Int64, came: Int64, made: Int64?, type: String, english: String, chinese: String
  ) {
    var alert = Alert(id: "0")
    alert.actor = Array("eve".utf8)
    alert.actorType = Array(type.utf8)
    alert.account = Array("111122223333".utf8)
    alert.actions = [Array("DeleteTrail".utf8)]
    alert.count = 1
    alert.firstTime = HabitTests.noon
    alert.habit = Habits.Habit(
      events: calls, action: .init(own: 1, others: 0),
      beginning: .init(actor: HabitTests.noon - came * minute, records: HabitTests.noon - records * hour),
      keyMade: made.map { HabitTests.noon - $0 * minute })
    let action = calls == 1 ? "DeleteTrail" : "it"
    #expect(HabitTests.text(HabitSentence.text(alert)).hasSuffix("; nobody else called \(action)\(english)"))
    let chineseAction = calls == 1 ? " DeleteTrail" : "该操作"
    #expect(HabitTests.text(HabitSentence.text(alert, .chinese)).hasSuffix("没有其他主体调用过\(chineseAction)\(chinese)"))
  }

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
