/// Which alerts are one incident, what an alert of several actors says of them, and what an incident is worth.

import Events
import Reports
import Rules
import Testing

@testable import Correlation

@Suite struct IncidentTests {
  /// Somebody, as a record names them.
  struct Caller: Sendable {
    var name: String
    var account = "111122223333"
    var key = ""
    var issuer = ""
    var address = "203.0.113.1"

    init(_ name: String, _ account: String = "111122223333", key: String = "", issuer: String = "") {
      self.name = name
      self.account = account
      self.key = key
      self.issuer = issuer
    }

    func did(_ name: String, _ time: Int64) -> HistoryEvent {
      var identity = self.name
      if !key.isEmpty { identity += #"","accessKeyId":"\#(key)"# }
      if !issuer.isEmpty { identity += #"","sessionContext":{"sessionIssuer":{"arn":"\#(issuer)"}},"x":""# }
      var event = HistoryEvent("\(time)", name, time, address, group: identity)
      event.account = account
      return event
    }
  }

  private static let one = "111122223333"
  private static let two = "444455556666"

  /// Rules `b` and `c` raise alerts of their own; two hits of `a` of one group are one of the correlation.
  private static func found(
    _ events: [HistoryEvent], by group: String = "userIdentity.userName", atLeast count: Int = 2
  ) throws -> (findings: Findings, reduction: Reduction) {
    let plan = historyRules("event_count", "group-by: [\(group)]\ntimespan: 10m\ncondition: {gte: \(count)}")
    let reduction = try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan)
    let even = events.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let odd = events.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    let parts = try [mapped([odd], plan, now: 1000 * day), mapped([even], plan, now: 1000 * day)]
    let cut = Findings(plan, try reduce(parts, plan: plan))
    let findings = Findings(plan, reduction)
    for place in reduction.episodes.indices {
      #expect(findings.incidents.of(place)?.id == cut.incidents.of(place)?.id)
    }
    #expect(findings.incidents.all.map(\.id) == cut.incidents.all.map(\.id))
    return (findings, reduction)
  }

  /// How many incidents there are of two alerts, a minute apart.
  private static func count(_ a: Caller, _ b: Caller) throws -> Int {
    try found([a.did("B", 0), b.did("C", minute)]).findings.incidents.all.count
  }

  // MARK: People

  @Test func anAlertOverTwoAccountsJoinsWhatItsActorDidInEach() throws {
    let (ann, there) = (Caller("ann", one), Caller("ann", two))
    let all = [ann.did("A", 0), there.did("A", minute), ann.did("B", 2 * minute), there.did("B", 3 * minute)]
    #expect(try IncidentTests.found(all).findings.incidents.all.map(\.count) == [3])
    // Without it nobody knows that these are not two people.
    #expect(try IncidentTests.found(Array(all.dropFirst(2))).findings.incidents.all.map(\.count) == [1, 1])
  }

  private var one: String { IncidentTests.one }
  private var two: String { IncidentTests.two }

  @Test(arguments: ["admin", "root", "deploy", "Admin/ann@example.com", "ann@host", "@example.com"])
  func aNameMeansSomebodyInAnAccount(name: String) throws {
    #expect(try IncidentTests.count(Caller(name, one), Caller(name, two)) == 2)
    #expect(try IncidentTests.count(Caller(name, one), Caller(name, one)) == 1)
  }

  @Test(arguments: ["ann@example.com", "arn:aws:iam::111122223333:user/ann"])
  func aNameThatIsMadeForAllAccountsMeansOneInThem(name: String) throws {
    #expect(try IncidentTests.count(Caller(name, one), Caller(name, two)) == 1)
  }

  @Test func whoStandsBehindARoleJoinsItsSessions() throws {
    let role = "arn:aws:iam::111122223333:role/Admin"
    #expect(try IncidentTests.count(Caller("Admin/x", one, issuer: role), Caller("Admin/y", two, issuer: role)) == 1)
    #expect(try IncidentTests.count(Caller("Admin/x", one, issuer: "x"), Caller("Admin/y", two, issuer: "x")) == 2)
  }

  @Test func caseTellsNobodyApart() throws {
    #expect(try IncidentTests.count(Caller("Ann@example.com"), Caller("ANN@EXAMPLE.com")) == 1)
    #expect(try IncidentTests.count(Caller("Ärger"), Caller("ärger")) == 1)
    #expect(try IncidentTests.count(Caller("x", key: "AKIA1"), Caller("y", key: "akia1")) == 1)
    #expect(try IncidentTests.count(Caller("x"), Caller("y")) == 2)
    // As it is in the group of the correlation, so it is in the incident of its alert.
    let names = ["Ann@x.com", "ann@x.com", "ANN@x.com"].map { Caller($0) }
    let events = [names[0].did("A", 0), names[1].did("A", minute), names[2].did("B", 2 * minute)]
    #expect(try IncidentTests.found(events).findings.incidents.all.map(\.count) == [2])
  }

  @Test func eachKeyOfAnAlertJoins() throws {
    let keys = [Caller("p", key: "AKIA1"), Caller("p", key: "AKIA2")]
    for key in ["AKIA1", "AKIA2"] {
      let events = [keys[0].did("A", 0), keys[1].did("A", minute), Caller("q", key: key).did("B", 2 * minute)]
      #expect(try IncidentTests.found(events).findings.incidents.all.map(\.count) == [2])
    }
  }

  // MARK: Alerts of several actors

  private static func spray(_ names: [String], then last: String) throws -> (findings: Findings, place: Int) {
    var events = names.enumerated().map { Caller($1, key: "AK\($1)").did("A", Int64($0) * second) }
    events.append(Caller(last, key: "AK\(last)").did("B", minute))
    let findings = try found(events, by: "sourceIPAddress", atLeast: names.count).findings
    let place = try #require(
      findings.reduction.episodes.indices.first { findings.alert($0).attributes.name == "history" })
    return (findings, place)
  }

  @Test(arguments: [["ann", "bob", "cy"], ["cy", "ann", "bob"], ["bob", "cy", "ann"]])
  func anAlertOfSeveralActorsIsNoneOfThemsAndJoinsAll(names: [String]) throws {
    for last in ["ann", "bob", "cy"] {
      let (findings, place) = try IncidentTests.spray(names, then: last)
      #expect(findings.incidents.all.map(\.count) == [2], "\(names) \(last)")
      let alert = Alert(findings.alert(place))
      #expect(alert.actor == nil && alert.actorKey == nil)
      #expect(alert.sourceIP == Array("203.0.113.1".utf8))
    }
  }

  @Test func anAlertOfManyActorsJoinsNone() throws {
    #expect(try IncidentTests.spray(["a", "b", "c", "d"], then: "a").findings.incidents.all.count == 1)
    for last in ["a", "e"] {
      #expect(try IncidentTests.spray(["a", "b", "c", "d", "e"], then: last).findings.incidents.all.count == 2)
    }
    // Spellings of a name are not many actors.
    #expect(try IncidentTests.spray(["a", "A", "b", "B", "c", "C"], then: "a").findings.incidents.all.count == 1)
    // What all share still links.
    let events = (0..<5).map { Caller("u\($0)", key: "AKIA1").did("A", Int64($0) * second) }
    let shared = events + [Caller("z", key: "AKIA1").did("B", minute)]
    #expect(try IncidentTests.found(shared, by: "sourceIPAddress", atLeast: 5).findings.incidents.all.count == 1)
  }

  @Test func anAlertTellsWhatItsEventsShare() throws {
    var events = [Caller("ann", key: "AKIA1").did("A", 0), Caller("ann", key: "akia1").did("A", second)]
    func alert() throws -> Alert { Alert(try IncidentTests.found(events).findings.alert(0)) }
    #expect(try alert().actorKey == Array("akia1".utf8))
    #expect(try alert().sourceIP == Array("203.0.113.1".utf8))
    var elsewhere = Caller("ann")
    elsewhere.address = "203.0.113.2"
    events = [elsewhere.did("A", 0), Caller("ann", key: "AKIA1").did("A", second)]
    let mixed = try alert()
    #expect(mixed.actor == Array("ann".utf8) && mixed.actorKey == nil && mixed.sourceIP == nil)
    // The sentence tells of one event, and says of which.
    #expect(String(decoding: mixed.why, as: UTF8.self).contains("the one that raised the alert was from 203.0.113.1"))
  }

  // MARK: Scores

  @Test(arguments: [
    (["attack.persistence", "attack.ta0003"], 6), (["attack.persistence", "attack.ta0004"], 12),
    (["attack.privilege_escalation", "attack.TA0004"], 6), (["attack.t1098", "attack.c0027"], 6),
  ])
  func aTacticCountsOnceUnderWhateverName(tags: [String], score: Int) throws {
    let rules = zip(["b", "c"], tags).map { name, tag in
      """
      title: Rule \(name)
      level: low
      tags: [\(tag)]
      logsource: {product: aws, service: cloudtrail}
      detection: {one: {eventName: \(name.uppercased())}, condition: one}

      """
    }
    let set = RuleSet.parse(Array(rules.joined(separator: "---\n").utf8), file: "tags.yml")
    #expect(!set.hasErrors, "\(set.diagnostics)")
    let plan = DetectionPlan(set)
    let events = [Caller("ann").did("B", 0), Caller("ann").did("C", minute)]
    let incidents = Incidents(try reduce([try mapped([events], plan, now: 1000 * day)], plan: plan), plan)
    #expect(incidents.all.map(\.score) == [score])
  }
}
