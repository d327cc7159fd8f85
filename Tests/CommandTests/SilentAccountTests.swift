import Foundation
import TestSupport
import Testing

/// An account that the configuration names and of which no event was ever read is an alert: without events and time, told
/// once, and withdrawn when its logs come.
@Suite struct SilentAccountTests {
  private static let rule = """
    title: Silent account
    id: 00000000-0000-4000-8000-000000000001
    name: silent
    correlation: {type: unexpected, check: silent_account, group-by: [account]}
    level: high
    ---
    title: Log stopped
    name: stopped
    logsource: {product: cloud}
    detection: {s: {action: StopLogging}, condition: s}
    level: low

    """

  private static let accounts = ["111122223333", "222233334444", "333344445555", "444455556666"]
  private static let config = """
    version: 1
    accounts:
      - {id: '111122223333', name: shop}
      - {id: '222233334444', name: vault, environment: prod, provider: aws}
      - {id: '333344445555'}
    environments: {prod: {}}

    """

  private static func event(_ number: Int, hour: Int, account: Int = 0, action: String = "GetUser") -> String {
    let time = Date(timeIntervalSince1970: 1_767_571_200 + Double(hour) * 3600).ISO8601Format()
    return Sample.event(number, action: action, time: time).replacing(
      "\"recipientAccountId\":\"111122223333\"", with: "\"recipientAccountId\":\"\(accounts[account])\"") + "\n"
  }

  private struct Desk {
    let folder: Folder
    let flags: [String]
    var logs: String { "\(folder.path)/logs" }
    var state: [String] { ["--state", "\(folder.path)/state"] }

    init(_ config: String = SilentAccountTests.config, isBuiltIn: Bool = false) throws {
      folder = try Folder()
      try FileManager.default.createDirectory(atPath: "\(folder.path)/logs", withIntermediateDirectories: true)
      let rules = ["--no-builtin", "--rules", try folder.write("rules.yml", SilentAccountTests.rule)]
      flags = (isBuiltIn ? [] : rules) + ["--config", try folder.write("harrier.yaml", config)]
    }

    func write(_ name: String, _ events: String...) throws { try folder.write("logs/\(name)", events.joined()) }

    func sweep(_ more: [String] = [], code: Int32 = 0) throws -> Harrier.Result {
      let result = try Harrier.run(["sweep", logs, "--format", "jsonl"] + flags + more)
      #expect(result.code == code, "\(result.errors)")
      return result
    }

    func silent(_ out: String) throws -> [String]? {
      let data = try Data(contentsOf: folder.url.appendingPathComponent("\(out)/summary.json"))
      let summary = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      return summary?["accounts_without_events"] as? [String]
    }
  }

  private static func told(_ result: Harrier.Result) -> [String] {
    result.rows.filter { $0["title"] as? String == "Silent account" }.map { row in
      "\(row["change"] as? String ?? "found") \(row["account"] as? String ?? "-")"
    }.sorted()
  }

  // MARK: One sweep

  @Test func eachAccountWithoutEventsIsOneAlertWithoutEvents() throws {
    let desk = try Desk(isBuiltIn: true)
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 30))
    let rows = try desk.sweep(["--fail-on", "medium"], code: 1).rows
    #expect(rows.compactMap { $0["account"] as? String }.sorted() == ["222233334444", "333344445555"])
    let vault = try #require(rows.first { $0["account"] as? String == "222233334444" })
    #expect(vault["title"] as? String == "Account of the configuration without any logs")
    #expect(vault["level"] as? String == "medium" && vault["environment"] as? String == "prod")
    #expect(vault["provider"] as? String == "aws" && vault["kind"] as? String == "unexpected")
    for name in ["time", "first_time", "last_time", "actor"] { #expect(vault[name] is NSNull) }
    #expect(vault["count"] as? Int == 0 && (vault["events"] as? [Any])?.isEmpty == true)
    #expect(
      vault["why"] as? String
        == "The configuration names account 222233334444 (vault), and no event of it was ever read.")
    #expect(vault["next"] as? String == "harrier sources PATH...")
    let id = try #require(vault["id"] as? String)
    // It is the same alert whatever else was read, by any number of threads.
    try desk.write("b.json", SilentAccountTests.event(3, hour: 900, account: 2))
    for jobs in ["1", "3"] {
      #expect(try desk.sweep(["--jobs", jobs]).rows.compactMap { $0["id"] as? String } == [id])
    }
  }

  /// Logs come within hours, and what is read first may be those of one account.
  @Test func recordsOfADaySayNothing() throws {
    let desk = try Desk()
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 24))
    // Neither does a date that is forged: one in the future, or one of long ago.
    try desk.write("b.json", SilentAccountTests.event(3, hour: 24 * 365 * 80))
    try desk.write("c.json", SilentAccountTests.event(4, hour: -24 * 500))
    let out = "\(desk.folder.path)/out"
    #expect(try desk.sweep(["--out", out, "--now", "2026-02-01"]).output.isEmpty)
    let detections = try #require(
      try ReportTests.object(desk.folder, "summary.json")["detections"] as? [[String: Any]])
    let silent = try #require(detections.first { $0["title"] as? String == "Silent account" })
    #expect(silent["reason"] as? String == "the records are no longer than the 1 day that it looks for")
    // The list says which they are all the same.
    #expect(try desk.silent("out") == ["222233334444", "333344445555"])
    try desk.write("d.json", SilentAccountTests.event(5, hour: 25))
    #expect(try desk.sweep(["--now", "2026-02-01"]).rows.count == 2)
  }

  @Test func withoutAccountsThereIsNothingToCompareWith() throws {
    let desk = try Desk("version: 1\n")
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 30))
    #expect(try desk.sweep(["--out", "\(desk.folder.path)/out"]).output.isEmpty)
    let summary = try String(contentsOfFile: "\(desk.folder.path)/out/summary.json", encoding: .utf8)
    #expect(summary.contains("the configuration has no accounts"))
  }

  @Test func aSuppressionOfTheRuleHidesItUntilItsDate() throws {
    for (until, count) in [("2026-02-01", 0), ("2026-01-06", 2)] {
      let desk = try Desk(
        SilentAccountTests.config + "suppressions: [{rule: silent, reason: known, until: \(until)}]\n")
      try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 30))
      #expect(try desk.sweep().rows.count == count, "\(until)")
    }
  }

  @Test func everyReportTellsIt() throws {
    let desk = try Desk()
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0, account: 2), SilentAccountTests.event(2, hour: 30))
    let out = "\(desk.folder.path)/out"
    let reports = ["markdown", "timesketch", "navigator"].flatMap { ["--report", $0] }
    _ = try desk.sweep(["--out", out, "--lang", "zh"] + reports)
    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(out)/\(name)", encoding: .utf8) }
    let sentence = "The configuration names account 222233334444 (vault), and no event of it was ever read."
    for name in ["alerts.jsonl", "alerts.csv", "report.md"] { #expect(try text(name).contains(sentence), "\(name)") }
    #expect(try text("report.html").contains("配置中列有账户 222233334444（vault），但从未读取到它的任何事件。"))
    // What has no time is on no timeline.
    #expect(try text("timesketch.jsonl").isEmpty)
    let ocsf = try desk.sweep(["--alert-format", "ocsf"]).rows
    #expect(ocsf.count == 1 && ocsf[0]["message"] as? String == sentence)
    #expect((ocsf[0]["unmapped"] as? [String: Any])?["time_is_unknown"] as? Bool == true)
    let key = try desk.folder.write("key", String(repeating: "k", count: 32))
    let hidden = try desk.sweep(["--pseudonymise", key]).output
    #expect(hidden.contains("no event of it was ever read"))
    #expect(!hidden.contains("222233334444") && !hidden.contains("vault"))
  }

  @Test func partialsGiveWhatOneSweepGives() throws {
    let desk = try Desk()
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 3, account: 2))
    try desk.write("b.json", SilentAccountTests.event(3, hour: 30))
    var parts: [String] = []
    for name in ["a", "b"] {
      parts.append("\(desk.folder.path)/\(name).part")
      let map = try Harrier.run(["map", "\(desk.logs)/\(name).json", "-o", parts.last ?? ""] + desk.flags)
      #expect(map.code == 0, "\(map.errors)")
    }
    let reduced = try Harrier.run(["reduce", "--format", "jsonl"] + parts.reversed() + desk.flags)
    #expect(SilentAccountTests.told(reduced) == ["found 222233334444"], "\(reduced.errors)")
    #expect(reduced.output == (try desk.sweep().output))
  }

  // MARK: Runs with a state

  @Test func runsTellItOnceAndWithdrawItWhenItsLogsCome() throws {
    let desk = try Desk()
    func run(_ name: String, _ events: String..., more: [String] = [], code: Int32 = 0) throws -> [String] {
      try desk.folder.write("logs/\(name)", events.joined())
      return SilentAccountTests.told(
        try desk.sweep(desk.state + ["--out", "\(desk.folder.path)/out"] + more, code: code))
    }
    #expect(try run("a.json", SilentAccountTests.event(1, hour: 0)) == [])
    #expect(
      try run("b.json", SilentAccountTests.event(2, hour: 26), more: ["--fail-on", "high"], code: 1)
        == ["new 222233334444", "new 333344445555"])
    #expect(try run("c.json", SilentAccountTests.event(3, hour: 27), more: ["--fail-on", "low"]) == [])
    #expect(try desk.silent("out") == ["222233334444", "333344445555"])
    // Also where all events are long forgotten, and where nothing new is there.
    #expect(try run("d.json", SilentAccountTests.event(4, hour: 9000)) == [])
    #expect(try run("d.json", SilentAccountTests.event(4, hour: 9000)) == [])
    #expect(try desk.silent("out") == ["222233334444", "333344445555"])
    #expect(try run("e.json", SilentAccountTests.event(5, hour: 9001, account: 1)) == ["withdrawn 222233334444"])
    // One that is late is heard of all the same.
    #expect(try run("f.json", SilentAccountTests.event(6, hour: 10, account: 2)) == ["withdrawn 333344445555"])
    #expect(try run("g.json", SilentAccountTests.event(7, hour: 18_000)) == [])
    #expect(try desk.silent("out") == [])
    #expect(try Harrier.run(["alerts", "--format", "jsonl"] + desk.state).output.isEmpty)
    #expect(try Harrier.run("verify", "\(desk.folder.path)/out").code == 0)
  }

  /// Whatever is changed in the configuration beside it: it is the same alert, and is still withdrawn.
  @Test func aChangedConfigurationKeepsIt() throws {
    let desk = try Desk()
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 26))
    #expect(try desk.sweep(desk.state).rows.count == 2)
    try desk.folder.write(
      "harrier.yaml",
      SilentAccountTests.config.replacing("  - {id: '333344445555'}\n", with: "")
        + "people: {ann: {identities: [u1]}}\n")
    // It is seen by the next run that reads something.
    #expect(try desk.sweep(desk.state).output.isEmpty)
    try desk.write("b.json", SilentAccountTests.event(3, hour: 27))
    #expect(SilentAccountTests.told(try desk.sweep(desk.state)) == ["withdrawn 333344445555"])
    try desk.write("c.json", SilentAccountTests.event(4, hour: 28, account: 1))
    #expect(SilentAccountTests.told(try desk.sweep(desk.state)) == ["withdrawn 222233334444"])
  }

  @Test func reportsThatAreMadeAgainSayTheSame() throws {
    let desk = try Desk()
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 26))
    _ = try desk.sweep(desk.state)
    // Those of which only the counts are left.
    try desk.write("b.json", SilentAccountTests.event(3, hour: 3000, account: 2))
    _ = try desk.sweep(desk.state)
    try desk.write("c.json", SilentAccountTests.event(4, hour: 20_000))
    _ = try desk.sweep(desk.state + ["--out", "\(desk.folder.path)/run"])
    let again = try Harrier.run(["alerts", "--out", "\(desk.folder.path)/again"] + desk.state)
    #expect(again.code == 0, "\(again.errors)")
    #expect(try desk.silent("run") == ["222233334444"])
    #expect(try desk.silent("again") == ["222233334444"])
    let lines = try String(contentsOfFile: "\(desk.folder.path)/again/alerts.jsonl", encoding: .utf8)
    #expect(lines.split(separator: "\n").count == 1 && lines.contains("222233334444"))
  }

  /// Any order and any cut into runs: afterwards the state has what one sweep over all files finds, and whoever read what
  /// the runs told knows the same.
  @Test(arguments: 0..<6) func anyCutIntoRunsGivesTheAlertsOfOneSweep(seed: Int) throws {
    var random = SeededNumbers(UInt64(seed))
    let desk = try Desk()
    var reader = StateRunsTests.Reader()
    let files = (0..<8).map { number in
      // Of the last account but one only some archives have anything, and that late.
      let hour = random.below(2) == 0 ? random.below(40) : random.below(24 * 60)
      let account = random.below(6) == 0 ? 1 + random.below(3) : 0
      let action = number % 2 == 0 ? "GetUser" : "StopLogging"
      return SilentAccountTests.event(number, hour: hour, account: account, action: action)
    }
    var left = Array(files.indices)
    // Files may be later than the horizon of late events; what they bring to this is the same.
    while !left.isEmpty {
      for _ in 0..<min(left.count, 1 + random.below(3)) {
        let number = left.remove(at: random.below(left.count))
        try desk.write("\(number).json", files[number])
      }
      reader.read(try desk.sweep(desk.state))
      let whole = try desk.sweep(["--out", "\(desk.folder.path)/whole"]).rows.filter { $0["time"] is NSNull }
      let known = try Harrier.run(["alerts", "--format", "jsonl"] + desk.state).rows.filter { $0["time"] is NSNull }
      let ids = whole.compactMap { $0["id"] as? String }
      #expect(known.compactMap { $0["id"] as? String } == ids)
      #expect(Set(ids).isSubset(of: reader.known))
      _ = try Harrier.run(["alerts", "--out", "\(desk.folder.path)/again"] + desk.state)
      #expect(try desk.silent("again") == (try desk.silent("whole")))
    }
  }

  /// An older version has kept no counts: nobody knows which accounts it has read.
  @Test func aStateThatCountsTooLittleAccusesNobody() throws {
    let desk = try Desk()
    let state = "\(desk.folder.path)/state"
    let old = DocumentedTests.root.appendingPathComponent("fixtures/state/version-3.db.gz").path
    #expect(try Shell.run("gzip -dc '\(old)' > '\(state)'").code == 0)
    try desk.write("a.json", SilentAccountTests.event(1, hour: 0), SilentAccountTests.event(2, hour: 40))
    let result = try desk.sweep(desk.state + ["--out", "\(desk.folder.path)/out"])
    #expect(SilentAccountTests.told(result) == [])
    let summary = try String(contentsOfFile: "\(desk.folder.path)/out/summary.json", encoding: .utf8)
    #expect(summary.contains("an older version did not count what it read"))
  }

  // MARK: The rule

  @Test func itTakesNoRulesAndFeedsNone() throws {
    let folder = try Folder()
    let rules = try folder.write(
      "rules.yml",
      """
      title: A
      name: a
      correlation: {type: unexpected, check: silent_account, group-by: [account]}
      ---
      title: B
      correlation: {type: unexpected, check: silent_account, rules: [a], group-by: [account]}
      ---
      title: C
      correlation: {type: unexpected, check: silent_account, group-by: [account, actor]}
      ---
      title: E
      correlation: {type: unexpected, check: silent_account, group-by: [account], timespan: 7d}
      ---
      title: D
      correlation: {type: event_count, rules: [a], group-by: [account], timespan: 1h, condition: {gte: 1}}
      """)
    let result = try Harrier.run("rules", "check", rules)
    let text = result.output + result.errors
    #expect(text.contains("takes no 'rules'"))
    #expect(text.contains("needs 'group-by: [account]'"))
    #expect(text.contains("rule 'a' looks at no events, so it cannot feed this"))
    #expect(text.contains("check silent_account takes no 'timespan'"))
    #expect(text.contains("4 errors"))
  }
}
