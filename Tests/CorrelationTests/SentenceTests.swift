/// What alerts say: who did what, what is normal, what happened now, with the numbers of the rule; and the command that
/// shows more.

import Events
import Reports
import Rules
import Testing

@testable import Correlation
@testable import Reports

@Suite struct SentenceTests {
  private static func alerts(
    _ plan: DetectionPlan, _ events: [HistoryEvent], places: (any PlaceLocator)? = nil
  ) throws -> (findings: Findings, alerts: [AlertView]) {
    var options = ReduceOptions()
    options.places = places
    let reduction = try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan, options: options)
    let findings = Findings(plan, reduction)
    let own = reduction.episodes.indices.filter { reduction.episodes[$0].detection == plan.detections.count - 1 }
    return (findings, own.map(findings.alert))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var rules: [String]
    var body: String
    var events: [HistoryEvent]
    /// The reason, after who did what.
    var reason: String

    init(_ type: String, _ rules: String, _ body: String, _ events: [HistoryEvent], _ reason: String) {
      testDescription = type
      self.rules = rules.map(String.init)
      self.body = body
      self.events = events
      self.reason = reason
    }
  }

  static let user = "group-by: [userIdentity.userName]\n"
  static let clock = HistoryEvent.clock(40 * day)

  static func visits(_ values: String, every step: Int64 = day) -> [HistoryEvent] {
    values.enumerated().map { HistoryEvent("\($0)", "A", Int64($0) * step, "203.0.113.\($1.asciiValue ?? 0)") }
  }

  static let sigma: [Case] = [
    Case(
      "event_count", "a", user + "timespan: 15m\ncondition: {gte: 2}", visits("aaa", every: minute),
      "Within 15 minutes there were 2 such events for this actor; the rule asks for at least 2."),
    Case(
      "event_count", "a", "timespan: 1h\ncondition: {eq: 1}", visits("a"),
      "Within 1 hour there was 1 such event; the rule asks for exactly 1."),
    Case(
      "value_count", "a", user + "timespan: 1d\ncondition: {field: sourceIPAddress, gt: 1, lte: 5}",
      visits("ab", every: minute),
      "Within 1 day 2 different values of sourceIPAddress were seen for this actor; the rule asks for "
        + "more than 1 and at most 5."),
    Case(
      "value_sum", "a", user + "timespan: 1h\ncondition: {field: requestParameters.n, gt: 10}",
      [
        .init("1", "A", 0, more: #","requestParameters":{"n":7.5}"#),
        .init("2", "A", 1, more: #","requestParameters":{"n":5}"#),
      ],
      "Within 1 hour the values of requestParameters.n for this actor add up to 12.5; the rule asks for "
        + "more than 10."),
    Case(
      "temporal", "ab", user + "timespan: 10m", [.init("1", "A", 0), .init("2", "B", minute)],
      "Within 10 minutes 'Rule a' and 'Rule b' matched for this actor."),
    Case(
      "temporal", "abc", user + "timespan: 10m\ncondition: {gte: 2}", [.init("1", "A", 0), .init("2", "C", minute)],
      "Within 10 minutes 'Rule a' and 'Rule c' matched for this actor; the rule asks for at least 2 of 3."
    ),
    Case(
      "temporal", "ab", user + "timespan: 10m\ncondition: a and not b", [.init("1", "A", 0), clock],
      "In the 10 minutes from 2026-01-05T00:00:00Z on 'Rule a' matched for this actor, and 'Rule b' did "
        + "not."),
    Case(
      "temporal_ordered", "ab", user + "timespan: 10m", [.init("1", "A", 0), .init("2", "B", minute)],
      "Within 10 minutes 'Rule a', then 'Rule b' matched for this actor, in this order."),
  ]

  static let newness: [Case] = [
    Case(
      "first_seen", "a", user + "field: sourceIPAddress\nlearning: 3d\ntimespan: 90d", visits("aaaab"),
      "The sourceIPAddress 203.0.113.98 was not seen for this actor before, in records since "
        + "2026-01-05T00:00:00Z; until then it was always 203.0.113.97; nobody else had it then."),
    Case(
      "first_seen", "a", user + "field: sourceIPAddress\nlearning: 3d\ntimespan: 4d", visits("abaaaaab"),
      "The sourceIPAddress 203.0.113.98 was not seen for this actor in the 4 days before; the usual one is "
        + "203.0.113.97; nobody else had it then."),
    Case(
      "first_seen", "a", user + "field: sourceIPAddress\nlearning: 3d\ntimespan: 90d",
      visits("aaaa") + [.init("n", "A", 5 * day, "203.0.113.9", group: "new")],
      "It is the first of its kind for this actor (others of the kind are known since 2026-01-05T00:00:00Z), and came "
        + "with sourceIPAddress 203.0.113.9."),
    Case(
      "rare", "a", user + "field: sourceIPAddress\nlearning: 1d\ntimespan: 30d\nfewer-than: 1\npeers-min: 1",
      visits("aaaa") + [.init("n", "A", 4 * day, "203.0.113.9", group: "bob")],
      "The sourceIPAddress 203.0.113.9 was not seen for this actor in the 30 days before, and the only "
        + "other one active then did not have it; the rule asks for fewer than 1."),
    Case(
      "rate", "a", user + "learning: 1d\ntimespan: 1d\ncondition: {ratio: 2, floor: 3}",
      visits("aaaa") + (0..<4).map { .init("n\($0)", "A", 4 * day + Int64($0)) },
      "3 events were reached for this actor in the 1 day from 2026-01-09T00:00:00Z on; usual is 1, give "
        + "or take 0, in 4 such periods before. The rule asks for 2 times the upper end of that, and at least 3: "
        + "here 3."),
  ]

  static let others: [Case] = [
    Case(
      "travel", "a", user + "field: sourceIPAddress\ntimespan: 1d\nfallback: {networks: 2, within: 1h}",
      [.init("1", "A", 0, "203.0.113.1"), .init("2", "A", minute, "198.51.100.1")],
      "2 networks within 1 hour for this actor: 203.0.113.0/24 and 198.51.100.0/24; the rule asks for 2."
    ),
    Case(
      "overstay", "a", user + "timespan: 1h", [.init("1", "A", 0), .init("2", "A", 2 * hour)],
      "'Rule a' has matched since 2026-01-05T00:00:00Z for this actor, and still did 2 hours later; the rule allows "
        + "1 hour."),
    Case(
      "dormant", "a", user + "timespan: 30d", [.init("1", "A", 0), .init("2", "A", 35 * day + hour)],
      "The last such event of this actor was at 2026-01-05T00:00:00Z, 35 days before; the rule asks for "
        + "more than 30 days of silence."),
    Case(
      "never_used", "ab", user + "timespan: 1d", [.init("1", "A", 0), .init("2", "B", 2 * day), clock],
      "'Rule b' did not match for this actor within 1 day after 2026-01-05T00:00:00Z."),
    Case(
      "never_used", "abc", user + "field: sourceIPAddress\ntimespan: 10m",
      [
        .init("1", "A", 0, "203.0.113.1"), .init("2", "A", minute, "203.0.113.2"),
        .init("3", "B", 5 * minute, "203.0.113.1"), clock,
      ],
      "'Rule b' did not match with sourceIPAddress 203.0.113.2 for this actor within 10 minutes after "
        + "2026-01-05T00:01:00Z, nor did 'Rule c'."),
    Case(
      "interval", "ab", user + "field: sourceIPAddress",
      [.init("1", "A", 0, "203.0.113.1"), .init("2", "B", minute, "203.0.113.1"), clock],
      "The sourceIPAddress 203.0.113.1 lasted from 2026-01-05T00:00:00Z to 2026-01-05T00:01:00Z, 1 minute for this "
        + "actor; begun by alice, event 1, ended by alice, event 2."),
    Case(
      "unmatched", "ab", user + "timespan: 1m", [.init("1", "A", hour), .init("2", "B", 2 * hour), clock],
      "'Rule b' did not match for this actor within 1 minute before or after 2026-01-05T01:00:00Z."),
    Case(
      "overstay", "ab", user + "timespan: 1h", [.init("1", "A", 0), clock],
      "'Rule b' did not match for this actor within 1 hour after 2026-01-05T00:00:00Z."),
    Case(
      "overstay", "abc", user + "timespan: 1h", [.init("1", "A", 0), .init("2", "C", 3 * hour)],
      "It began at 2026-01-05T00:00:00Z, 'Rule b' has not ended it for this actor, and 3 hours later "
        + "'Rule c' still matched; the rule allows 1 hour."),
    Case(
      "overlap", "a", user + "field: sourceIPAddress\ntimespan: 1h", visits("aba", every: minute),
      "The sourceIPAddress was 203.0.113.97 at 2026-01-05T00:00:00Z, 203.0.113.98 at 2026-01-05T00:01:00Z, then "
        + "203.0.113.97 again at 2026-01-05T00:02:00Z for this actor: there and back within 1 hour."),
    Case(
      "same_actor", "ab", user + "field: sourceIPAddress\ntimespan: 2d",
      [.init("1", "A", 0, "203.0.113.1"), .init("2", "B", day, "203.0.113.1")],
      "The sourceIPAddress 203.0.113.1 did both 'Rule a' and 'Rule b' within 2 days for this actor; the "
        + "other half was at 2026-01-05T00:00:00Z, event 1."),
    Case(
      "outside_hours", "a", user + "hours: '08:00-19:00'\ndays: mon-fri\ntz: '+08:00'", [.init("1", "A", 19 * hour)],
      "2026-01-05T19:00:00Z is 03:00 on a Tuesday there; working hours are 08:00 to 19:00 on mon, tue, wed, thu, fri "
        + "(UTC+08:00)."),
    Case(
      "after", "a", user + "dates: {alice: 2026-01-06}", [.init("1", "A", 2 * day)],
      "By 2026-01-06T00:00:00Z there should be nothing more of this actor; this is 1 day later."),
  ]

  @Test(arguments: sigma + newness + others)
  func reasonSaysWhatIsNormalAndWhatHappened(one: Case) throws {
    let plan = historyRules(one.testDescription, rules: one.rules, one.body)
    let found = try SentenceTests.alerts(plan, one.events).alerts
    let why = String(decoding: try Alert(#require(found.first)).why, as: UTF8.self)
    #expect(why.hasSuffix(" " + one.reason) && why.contains(" called "), "\(why)")
  }

  /// Whole seconds bring events together: what is told is told of one of them, and the others are counted.
  @Test(arguments: ["first_seen", "rare"])
  func ofTwoNewValuesInOneMomentOneIsToldOf(type: String) throws {
    let settings = type == "rare" ? "\nfewer-than: 1\npeers-min: 1" : ""
    let plan = historyRules(type, SentenceTests.user + "field: sourceIPAddress\nlearning: 1d\ntimespan: 30d" + settings)
    let moment = 4 * day
    let peer = [HistoryEvent("p", "A", 3 * day, "203.0.113.97", group: "bob")]
    let two = ["8", "9"].map { HistoryEvent("n" + $0, "A", moment, "203.0.113." + $0) }
    let found = try SentenceTests.alerts(plan, SentenceTests.visits("aaaa") + peer + two)
    let alert = try #require(found.alerts.last)
    let why = String(decoding: Alert(alert).why, as: UTF8.self)
    let told = try #require(
      ["203.0.113.8", "203.0.113.9"].first { why.contains("The sourceIPAddress \($0) was not seen") })
    #expect(why.contains("; the one that raised the alert was from \(told)."), "\(why)")
    #expect(why.hasSuffix(" 1 further finding joined this one."), "\(why)")
  }

  @Test func silenceIsNobodysDeed() throws {
    let plan = historyRules("gap", "group-by: [account]\nlearning: 1d\ntimespan: 12h")
    let events = SentenceTests.visits("aaaaa", every: 6 * hour) + [.init("z", "A", 3 * day), SentenceTests.clock]
    let why = try Alert(#require(try SentenceTests.alerts(plan, events).alerts.first)).why
    #expect(
      String(decoding: why, as: UTF8.self) == "No 'Rule a' for account 111122223333 from 2026-01-06T00:00:00Z to "
        + "2026-01-08T00:00:00Z, 2 days; since 2026-01-05T00:00:00Z no silence was longer than 6 hours.")
  }

  /// The alert is raised when the silence has lasted long enough: with no event.
  @Test func noEventIsWhereASilenceWasFound() throws {
    let plan = historyRules("gap", "group-by: [account]\nlearning: 1d\ntimespan: 12h")
    let events = SentenceTests.visits("aaaaa", every: 6 * hour) + [.init("z", "A", 3 * day), SentenceTests.clock]
    var options = ReduceOptions()
    options.explained = { _ in true }
    let reduction = try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan, options: options)
    let place = try #require(reduction.episodes.indices.last)
    let text = String(decoding: AlertReplay.bytes(Findings(plan, reduction), place), as: UTF8.self)
    #expect(text.contains("event z") && !text.contains("<-"), "\(text)")
  }

  @Test func oneActorInSeveralCasesIsOne() throws {
    let plan = historyRules("event_count", SentenceTests.user + "timespan: 1h\ncondition: {gte: 3}")
    let events = ["Alice", "ALICE", "alice"].enumerated().map { HistoryEvent("\($0)", "A", Int64($0), group: $1) }
    let alert = try #require(try SentenceTests.alerts(plan, events).alerts.first)
    #expect(String(decoding: Alert(alert).why, as: UTF8.self).hasPrefix("Alice called A in account"))
    let mixed = try SentenceTests.alerts(
      historyRules("event_count", "timespan: 1h\ncondition: {gte: 2}"),
      [.init("1", "A", 0), .init("2", "A", 1, group: "bob")])
    #expect(
      String(decoding: try Alert(#require(mixed.alerts.first)).why, as: UTF8.self).hasPrefix("Several actors"))
  }

  @Test func openingTellsOfOneEventOrOfAll() throws {
    let plan = historyRules("event_count", SentenceTests.user + "timespan: 1h\ncondition: {gte: 1}")
    func opening(_ events: [HistoryEvent]) throws -> String {
      let why = try Alert(#require(try SentenceTests.alerts(plan, events).alerts.first)).why
      return String(decoding: why, as: UTF8.self).components(" Within")
    }
    #expect(
      try opening([.init("1", "A", 0, "203.0.113.1")])
        == "alice called A from 203.0.113.1 in account 111122223333 (success).")
    #expect(
      try opening([.init("1", "A", 0, "203.0.113.1"), .init("2", "AB", 90 * second, "203.0.113.2")])
        == "alice called A and AB in account 111122223333 (success), 2 events in 90 seconds; the one that raised the alert "
        + "was from 203.0.113.1.")
  }

  /// A correlation of alerts counts alerts; one of both says so.
  @Test(arguments: [
    ("flood", "there were 2 alerts of 'Flood' for this actor; the rule asks for at least 2."),
    ("flood, b", "there were 2 such events or alerts of 'Flood' for this actor; the rule asks for at least 2."),
    (
      "flood, storm",
      "there were 2 alerts of 'Flood' or 'Storm' for this actor; the rule asks for at least 2."
    ),
  ])
  func whatIsCountedHasItsName(rules: String, reason: String) throws {
    let singles = ["a", "b"].map { name in
      """
      title: Rule \(name)
      name: \(name)
      logsource: {product: aws, service: cloudtrail}
      detection: {one: {eventName: \(name.uppercased())}, condition: one}
      ---

      """
    }
    let inner = ["Flood", "Storm"].map { name in
      """
      title: \(name)
      name: \(name.lowercased())
      correlation: {type: event_count, rules: [\(name == "Flood" ? "a" : "b")], group-by: actor, timespan: 1m,
        condition: {gte: 2}}
      ---

      """
    }
    let outer = """
      title: Floods
      name: floods
      correlation: {type: event_count, rules: [\(rules)], group-by: actor, timespan: 1d, condition: {gte: 2}}
      """
    let set = RuleSet.parse(Array((singles + inner + [outer]).joined().utf8), file: "floods.yml")
    #expect(!set.hasErrors, "\(set.diagnostics)")
    let events = [0, 1, hour, hour + 1].enumerated().map { HistoryEvent("\($0)", "A", $1) }
    let alert = try #require(try SentenceTests.alerts(DetectionPlan(set), events).alerts.first)
    let why = String(decoding: Alert(alert).why, as: UTF8.self)
    #expect(why.hasSuffix("Within 1 day " + reason), "\(why)")
  }

  // MARK: The next command

  /// What was not swept is not read; of many files the folder is named, for a line that can be read.
  @Test(arguments: [1, 8, 9])
  func nextCommandNamesTheFilesThatAreCited(count: Int) throws {
    let plan = historyRules("event_count", SentenceTests.user + "timespan: 1h\ncondition: {gte: \(count)}")
    let files = (0..<count).map { [HistoryEvent("\($0)", "A", Int64($0))] }
    let reduction = try reduce([try mapped(files, plan, now: 1000 * day)], plan: plan)
    let place = try #require(reduction.episodes.indices.last)
    let next = String(decoding: NextCommand(Findings(plan, reduction).alert(place)).bytes, as: UTF8.self)
    let paths = next.split(separator: " ").filter { $0.hasPrefix("/") }.map { Array($0.utf8) }
    let cited = reduction.episodes[place].cited.map { reduction.files[Int($0.file)].path }
    #expect(paths == (count <= 8 ? cited : [Array("/tmp".utf8)]), "\(next)")
  }

  @Test(arguments: [
    ("group-by: [src_ip]", "src_ip = '203.0.113.97'"), ("group-by: [region, src_ip]", "region = us-east-1 and src_ip"),
    ("group-by: [account]", "account = '111122223333' and actor"),
    ("group-by: [src_network]", "src_ip in 203.0.113.0/24"),
    (
      "group-by: [who]\naliases: {who: {a: userIdentity.userName, b: sourceIPAddress}}",
      "(userIdentity.userName = alice or sourceIPAddress = alice)"
    ),
  ])
  func nextCommandAsksForTheGroup(body: String, filter: String) throws {
    let plan = historyRules("event_count", rules: ["a", "b"], body + "\ntimespan: 1h\ncondition: {gte: 1}")
    let (_, alerts) = try SentenceTests.alerts(plan, SentenceTests.visits("a"))
    let next = String(decoding: NextCommand(try #require(alerts.first)).bytes, as: UTF8.self)
    #expect(next.contains(filter), "\(next)")
    #expect(next.contains("--since 2026-01-04T23:00:00Z --until 2026-01-05T01:00:00Z"))
    #expect(!next.contains("PATH"))
  }

  @Test func summaryTellsWhatWasLeftOut() throws {
    let plan = historyRules("event_count", "group-by: [requestParameters.x]\ntimespan: 1h\ncondition: {gte: 2}")
    let (findings, _) = try SentenceTests.alerts(plan, SentenceTests.visits("a"))
    let providers = [Set<String>](repeating: ["aws"], count: plan.rules.count)
    let ledger = SummaryLedger(findings.reduction, plan, providers: providers, idle: [])
    let text = String(
      decoding: SweepText(AlertList(findings), Summary(findings, ledger), width: 120, zone: 0).bytes, as: UTF8.self)
    #expect(text.contains("Read 1 file ") && text.contains(", 1 event\n"), "\(text)")
    #expect(text.contains("Left out\n  1 hit without a field that the detection groups by (History)\n"), "\(text)")
  }
}

extension String {
  /// What comes before a text.
  fileprivate func components(_ end: String) -> String {
    ranges(of: end).first.map { String(self[..<$0.lowerBound]) } ?? self
  }
}
