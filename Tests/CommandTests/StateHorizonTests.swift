import CSQLite
import Foundation
import Testing

/// How far back a state remembers, each thing by its own horizon, and how long a command waits for it.
@Suite struct StateHorizonTests {
  typealias Desk = StateRunsTests.Desk

  private static let counted = StateRules.all(
    StateRules.each("Counted", "counted"), StateRules.several("Two", "two", of: "counted", atLeast: 2))

  private static let firstSeen =
    StateRules.each("Counted", "counted") + """
      ---
      title: New address
      name: new_address
      status: test
      correlation:
        type: first_seen
        rules: [counted]
        group-by: [recipientAccountId]
        field: sourceIPAddress
        timespan: 30d
        learning: 1d

      """

  private static func event(_ number: Int, _ time: String) -> String {
    Sample.event(number, action: "StopLogging", time: "2026-\(time):00Z") + "\n"
  }

  private static func summary(_ desk: Desk, _ flags: [String]) throws -> [String: Any] {
    let out = "\(desk.folder.path)/out"
    let result = try Harrier.run(["sweep", desk.logs, "--state", desk.state, "--out", out, "-q"] + desk.rules + flags)
    #expect(result.code == 0, "\(result.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(out)/summary.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  @Test(arguments: [([], 1, 0), (["--late", "1d", "--keep-events", "1d"], 0, 1)])
  func copiesAreRecognisedForAsLongAsToldTo(flags: [String], copies: Int, events: Int) throws {
    let desk = try Desk(rules: StateHorizonTests.counted)
    try desk.write("a.json", StateHorizonTests.event(1, "01-05T10:00"))
    _ = try StateHorizonTests.summary(desk, flags)
    try desk.write("b.json", StateHorizonTests.event(2, "01-09T10:00"))
    _ = try StateHorizonTests.summary(desk, flags)
    try desk.write("c.json", StateHorizonTests.event(1, "01-05T10:00"))
    let summary = try StateHorizonTests.summary(desk, flags)
    #expect(summary["duplicates"] as? Int == copies)
    #expect(summary["distinct"] as? Int == events)
  }

  /// A file that is replaced by one that begins otherwise and holds older events again.
  @Test(arguments: [("01-09", [], 1, 0), ("01-20", [], 2, 1), ("01-20", ["--keep-events", "30d"], 1, 1)])
  func contentOfAReplacedFileCountsAgainOnlyBehindTheHorizonOfCopies(
    day: String, flags: [String], count: Int, tooLate: Int
  ) throws {
    let desk = try Desk(rules: StateRules.each("One", "one"))
    let old = StateHorizonTests.event(1, "01-05T10:00")
    try desk.write("a.json", old + StateHorizonTests.event(2, "\(day)T10:00"))
    _ = try StateHorizonTests.summary(desk, flags)
    try desk.write("a.json", StateHorizonTests.event(3, "\(day)T11:00") + old)
    let summary = try StateHorizonTests.summary(desk, flags)
    #expect(summary["distinct"] as? Int == count)
    #expect(summary["already_seen"] as? Int == 2 - count)
    #expect(summary["too_late"] as? Int == tooLate)
    let known = try desk.alerts().rows.first { $0["first_time"] as? String == "2026-01-05T10:00:00.000Z" }
    #expect(known?["count"] as? Int == count)
  }

  @Test(arguments: [("7d", 2, 0), ("30d", 0, 1)])
  func lateEventsMeetAllRulesForAsLongAsToldTo(late: String, tooLate: Int, alerts: Int) throws {
    let desk = try Desk(rules: StateHorizonTests.counted)
    try desk.write("a.json", StateHorizonTests.event(1, "02-01T10:00"))
    _ = try StateHorizonTests.summary(desk, ["--late", late])
    try desk.write("b.json", StateHorizonTests.event(2, "01-15T10:00") + StateHorizonTests.event(3, "01-15T10:20"))
    #expect(try StateHorizonTests.summary(desk, ["--late", late])["too_late"] as? Int == tooLate)
    #expect(try desk.alerts().rows.count == alerts)
  }

  /// However late an event is: rules of single events look at it, and it is told once.
  @Test func whatComesBehindEveryHorizonIsToldOnce() throws {
    let desk = try Desk(rules: StateRules.each("One", "one"))
    try desk.write("a.json", StateHorizonTests.event(1, "11-20T10:00"))
    _ = try StateHorizonTests.summary(desk, [])
    try desk.write("b.json", StateHorizonTests.event(2, "01-15T10:00") + StateHorizonTests.event(3, "01-15T10:20"))
    let late = try StateHorizonTests.summary(desk, [])
    #expect(late["too_late"] as? Int == 2)
    #expect((late["alerts"] as? [String: Any])?["total"] as? Int == 2)
    #expect(try desk.alerts().rows.count == 3)
    // Neither another run, nor a copy of the file, nor more behind it tells it again.
    try desk.write("c.json", StateHorizonTests.event(4, "11-20T12:00"))
    #expect((try StateHorizonTests.summary(desk, [])["alerts"] as? [String: Any])?["total"] as? Int == 1)
    try desk.write("d.json", StateHorizonTests.event(2, "01-15T10:00") + StateHorizonTests.event(3, "01-15T10:20"))
    #expect((try StateHorizonTests.summary(desk, [])["alerts"] as? [String: Any])?["total"] as? Int == 0)
    try desk.write("b.json", StateHorizonTests.event(2, "01-15T10:00") + StateHorizonTests.event(5, "01-16T10:00"))
    #expect((try StateHorizonTests.summary(desk, [])["alerts"] as? [String: Any])?["total"] as? Int == 1)
    #expect(try desk.alerts().rows.count == 5)
    #expect(try StateDump.rows("SELECT count(*) FROM alert WHERE status <> 0", at: desk.state) == ["0"])
  }

  /// Hits that a run was told to forget do not come back; nor do those of a rule that was away for a while.
  @Test func alertsWhoseHitsAreGoneAreNotWithdrawn() throws {
    let desk = try Desk(rules: StateRules.each("One", "one"))
    try desk.write("a.json", StateHorizonTests.event(1, "01-05T10:00"))
    _ = try StateHorizonTests.summary(desk, [])
    try desk.write("b.json", StateHorizonTests.event(2, "11-05T10:00"))
    _ = try StateHorizonTests.summary(desk, [])
    try desk.write("c.json", StateHorizonTests.event(3, "11-05T12:00"))
    _ = try StateHorizonTests.summary(desk, ["--keep-hits", "400d"])
    #expect(try desk.alerts().rows.count == 3)
    try desk.folder.write("rules.yml", StateRules.each("Two", "two"))
    try desk.write("d.json", StateHorizonTests.event(4, "11-05T13:00"))
    _ = try StateHorizonTests.summary(desk, [])
    try desk.folder.write("rules.yml", StateRules.each("One", "one"))
    try desk.write("e.json", StateHorizonTests.event(5, "11-05T14:00"))
    _ = try StateHorizonTests.summary(desk, [])
    let rules = try desk.alerts().rows.compactMap { $0["rule_id"] as? String }
    #expect(rules == ["One", "One", "One", "Two", "One"])
  }

  @Test(arguments: [([], 1), (["--keep-baselines", "70d"], 0)])
  func whatIsUsualIsKnownForAsLongAsToldTo(flags: [String], alerts: Int) throws {
    let desk = try Desk(rules: StateHorizonTests.firstSeen)
    try desk.write("a.json", (5...8).map { StateHorizonTests.event(1, "01-0\($0)T10:00") }.joined())
    _ = try StateHorizonTests.summary(desk, flags)
    // Time passes without a hit; whose first one is forgotten begins to learn anew.
    try desk.write("b.json", Sample.event(2, time: "2026-06-01T10:00:00Z") + "\n")
    _ = try StateHorizonTests.summary(desk, flags)
    try desk.write("c.json", StateHorizonTests.event(3, "06-02T10:00"))
    _ = try StateHorizonTests.summary(desk, flags)
    #expect(try desk.alerts().rows.count == alerts)
  }

  @Test func learningFillsWhatIsUsualWithoutAnAlert() throws {
    let desk = try Desk(rules: StateHorizonTests.firstSeen)
    let days = (1...9).map { StateHorizonTests.event(1, "01-0\($0)T10:00") }.joined()
    try desk.write("a.json", days + StateHorizonTests.event(2, "01-09T11:00"))
    #expect(try StateHorizonTests.summary(desk, ["--learn"])["distinct"] as? Int == 10)
    #expect(try desk.alerts().rows.isEmpty)
    try desk.write("b.json", StateHorizonTests.event(1, "01-10T10:00") + StateHorizonTests.event(2, "01-10T10:10"))
    _ = try StateHorizonTests.summary(desk, [])
    #expect(try desk.alerts().rows.isEmpty)
    try desk.write("c.json", StateHorizonTests.event(3, "01-10T12:00"))
    _ = try StateHorizonTests.summary(desk, [])
    #expect(try desk.alerts().rows.map { $0["src_ip"] as? String } == ["203.0.113.3"])
  }

  @Test func hashesOfRulesAndConfigurationAreKnown() throws {
    let desk = try Desk(rules: StateHorizonTests.counted)
    let configuration = try desk.folder.write("harrier.yaml", "accounts:\n  - {id: '111122223333', name: one}\n")
    try desk.write("a.json", StateHorizonTests.event(1, "01-05T10:00"))
    _ = try StateHorizonTests.summary(desk, [])
    try desk.write("b.json", StateHorizonTests.event(2, "01-05T11:00"))
    _ = try StateHorizonTests.summary(desk, [])
    try desk.folder.write(
      "rules.yml", StateHorizonTests.counted.replacingOccurrences(of: "gte: 2", with: "gte: 3"))
    try desk.write("c.json", StateHorizonTests.event(3, "01-05T12:00"))
    _ = try StateHorizonTests.summary(desk, ["--config", configuration])
    let runs = try Harrier.run("state", "export", "--state", desk.state).rows.filter { $0["kind"] as? String == "run" }
    let rules = runs.map { $0["rules"] as? String ?? "" }
    #expect(rules.count == 3 && rules[0] == rules[1] && rules[1] != rules[2])
    let configurations = runs.map { $0["configuration"] as? String ?? "" }
    #expect(configurations[0] == configurations[1] && configurations[1] != configurations[2])
  }

  @Test func stateHasARollbackJournalAndNoOther() throws {
    let desk = try Desk()
    try desk.sweep()
    #expect(try StateDump.rows("PRAGMA journal_mode", at: desk.state) == ["delete"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).sorted() == ["logs", "state", "state.lock"])
  }

  @Test func waitingForAnotherCommandHasAnEnd() throws {
    let desk = try Desk(rules: StateHorizonTests.counted)
    try desk.sweep()
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    #expect(sqlite3_open_v2(desk.state, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
    #expect(sqlite3_exec(handle, "BEGIN EXCLUSIVE", nil, nil, nil) == SQLITE_OK)
    let began = Date()
    let result = try desk.alerts()
    #expect(result.code == 75)
    #expect(result.errors.contains("\(desk.state) is in use"))
    #expect((4.5...60).contains(Date().timeIntervalSince(began)))
  }
}
