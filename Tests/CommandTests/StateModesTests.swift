import Foundation
import Testing

/// What a sweep with a state does when it is told to learn, to try, or to read again, and when its rules have changed.
@Suite struct StateModesTests {
  typealias Desk = StateRunsTests.Desk

  private static func rule(_ title: String, _ action: String) -> String {
    """
    title: \(title)
    name: \(title.lowercased())
    status: test
    logsource: {product: aws, service: cloudtrail}
    detection: {one: {eventName: \(action)}, condition: one}

    """
  }

  private static func event(_ number: Int, _ time: String = "2026-01-05T10:00:00Z") -> String {
    Sample.event(number, action: "StopLogging", time: time) + "\n"
  }

  private static func summary(_ desk: Desk, _ flags: String...) throws -> [String: Any] {
    let out = "\(desk.folder.path)/out"
    let run = ["sweep", desk.logs, "--state", desk.state, "--out", out, "-q", "--format", "jsonl"]
    let result = try Harrier.run(run + desk.rules + flags)
    #expect(result.code == 0, "\(result.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(out)/summary.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  private static func titles(_ desk: Desk) throws -> [String] {
    try desk.alerts().rows.compactMap { $0["title"] as? String }
  }

  // MARK: --dry-run

  @Test func trialLeavesNothingBehind() throws {
    let desk = try Desk()
    try desk.write("a.json", StateModesTests.event(1))
    let before = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
    #expect(try desk.sweep("--dry-run", "--out", "\(desk.folder.path)/out").rows.count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder.path) == before)
  }

  @Test func trialChangesNothingAndTellsWhatARunWouldTell() throws {
    let desk = try Desk()
    try desk.write("a.json", StateModesTests.event(1))
    try desk.sweep()
    try desk.write("b.json", StateModesTests.event(2))
    let before = try StateDump.of(desk.state)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: desk.state))
    let told = try desk.sweep("--dry-run").output
    #expect(try desk.sweep("--dry-run").output == told)
    #expect(try StateDump.of(desk.state) == before)
    #expect(try Data(contentsOf: URL(fileURLWithPath: desk.state)) == bytes)
    #expect(try desk.sweep().output == told)
    #expect(!told.isEmpty)
  }

  @Test func trialWaitsForNoSweep() throws {
    let desk = try Desk()
    try desk.sweep()
    let descriptor = open(desk.state + ".lock", O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    try desk.sweep("--dry-run", code: 75)
  }

  // MARK: --learn

  @Test func learningTellsNothingUntilThereIsMore() throws {
    let desk = try Desk()
    try desk.write("a.json", StateModesTests.event(1))
    #expect(try desk.sweep("--learn").output.isEmpty)
    #expect(try desk.alerts().rows.isEmpty)
    try desk.write("b.json", StateModesTests.event(2))
    let second = try desk.sweep()
    #expect(second.rows.count == 1)
    #expect(second.rows.first?["actor"] as? String == "u2")
    try desk.write("c.json", StateModesTests.event(1, "2026-01-05T10:20:00Z"))
    let third = try desk.sweep()
    #expect(third.rows.first?["change"] as? String == "new")
    #expect(third.rows.first?["count"] as? Int == 2)
    #expect(try desk.alerts().rows.count == 2)
  }

  // MARK: --backfill

  @Test func readingAgainTellsNothingTwiceAndCountsWhatItReads() throws {
    let desk = try Desk()
    // Over more days than keys of events are kept for.
    for day in 1...20 {
      let time = "2026-01-\(day < 10 ? "0" : "")\(day)T10:00:00Z"
      try desk.write("\(day).json", StateModesTests.event(day, time) + StateModesTests.event(100 + day, time))
      if day % 5 == 0 { _ = try StateModesTests.summary(desk) }
    }
    let before = try desk.alerts().output
    for _ in 1...2 {
      let again = try StateModesTests.summary(desk, "--backfill")
      #expect(again["events"] as? Int == 40)
      #expect(again["already_seen"] as? Int == 40)
      #expect(again["distinct"] as? Int == 0)
      #expect(try String(contentsOfFile: "\(desk.folder.path)/out/alerts.jsonl", encoding: .utf8).isEmpty)
      #expect(try desk.alerts().output == before)
    }
    #expect(before == (try desk.oneShot()))
    // What was read again is known once: a copy of it still is one.
    try desk.write("copy.json", StateModesTests.event(20, "2026-01-20T10:00:00Z"))
    #expect(try StateModesTests.summary(desk)["duplicates"] as? Int == 1)
    #expect(try Harrier.run("state", "check", "--state", desk.state).code == 0)
  }

  @Test func readingAgainSaysHowMuchItRead() throws {
    let desk = try Desk()
    try desk.write("a.json", StateModesTests.event(1) + StateModesTests.event(2))
    try desk.sweep()
    let text = try Harrier.run(["sweep", desk.logs, "--state", desk.state, "--backfill"] + desk.rules).output
    #expect(text.contains("2 events"))
    #expect(text.contains("2 of them were read before"))
  }

  // MARK: Rules

  @Test func newRuleStartsNowUnlessFilesAreReadAgain() throws {
    let desk = try Desk(rules: StateModesTests.rule("One", "StopLogging"))
    try desk.write("a.json", StateModesTests.event(1) + Sample.event(3, action: "DeleteTrail") + "\n")
    try desk.sweep()
    try desk.folder.write(
      "rules.yml", StateModesTests.rule("One", "StopLogging") + "---\n" + StateModesTests.rule("Two", "DeleteTrail"))
    try desk.sweep()
    #expect(try StateModesTests.titles(desk) == ["One"])
    try desk.write("b.json", Sample.event(4, action: "DeleteTrail", time: "2026-01-05T18:00:00Z"))
    #expect(try desk.sweep().rows.count == 1)
    #expect(try StateModesTests.titles(desk) == ["One", "Two"])
    #expect(try desk.sweep("--backfill").rows.count == 1)
    #expect(try StateModesTests.titles(desk).sorted() == ["One", "Two", "Two"])
    #expect(try desk.alerts().output == desk.oneShot())
  }

  @Test func alertsOfARuleThatIsGoneStay() throws {
    let both = StateModesTests.rule("One", "StopLogging") + "---\n" + StateModesTests.rule("Two", "DeleteTrail")
    let desk = try Desk(rules: both)
    try desk.write("a.json", StateModesTests.event(1) + Sample.event(3, action: "DeleteTrail") + "\n")
    try desk.sweep()
    let before = try desk.alerts().output
    try desk.folder.write("rules.yml", StateModesTests.rule("One", "StopLogging"))
    try desk.write("b.json", Sample.event(4, action: "DeleteTrail", time: "2026-01-05T10:10:00Z"))
    #expect(try desk.sweep().output.isEmpty)
    #expect(try desk.alerts().output == before)
  }

  @Test func changedRuleStartsNowAndItsOldAlertsStay() throws {
    let desk = try Desk(rules: StateModesTests.rule("One", "StopLogging"))
    try desk.write("a.json", StateModesTests.event(1))
    try desk.sweep()
    let before = try desk.alerts().rows.compactMap { $0["id"] as? String }
    try desk.folder.write("rules.yml", StateModesTests.rule("One", "DeleteTrail"))
    try desk.write("b.json", StateModesTests.event(4) + Sample.event(2, action: "DeleteTrail") + "\n")
    #expect(try desk.sweep().rows.count == 1)
    let after = try desk.alerts().rows.compactMap { $0["id"] as? String }
    #expect(after.count == 2 && Set(before).isSubset(of: after))
  }

  @Test func otherTitleIsNoOtherRule() throws {
    let rule = "id: 6c1b7a34-7b0f-4a52-9d3e-51f0c9a8e211\n" + StateModesTests.rule("One", "StopLogging")
    let desk = try Desk(rules: rule)
    try desk.write("a.json", StateModesTests.event(1))
    try desk.sweep()
    try desk.folder.write("rules.yml", rule.replacingOccurrences(of: "title: One", with: "title: Better"))
    try desk.write("b.json", StateModesTests.event(1, "2026-01-05T10:20:00Z"))
    let rows = try desk.sweep().rows
    #expect(rows.count == 1)
    #expect(rows.first?["change"] as? String == "updated")
  }
}
