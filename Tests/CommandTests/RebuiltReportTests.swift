import Foundation
import Testing

/// A report that is made again from a state tells of everything that was ever read, and of what was lost.
@Suite struct RebuiltReportTests {
  typealias Desk = StateRunsTests.Desk

  private static func summary(_ path: String) throws -> [String: Any] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/summary.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  /// Three runs, of which one reads a file that is cut off.
  private static func desk() throws -> (Desk, config: String) {
    let desk = try Desk()
    let config = try desk.folder.write(
      "harrier.yaml",
      "accounts: [{id: '111122223333', name: known}, {id: '999999999999', name: silent, provider: aws}]\n")
    for day in 5...7 {
      let lines = (1...3).map {
        Sample.event($0 + day * 10, action: "StopLogging", time: "2026-01-0\(day)T1\($0):00:00Z")
      }
      try desk.write("\(day).json", lines.joined(separator: "\n") + (day == 6 ? "\n{\"eventVersion\":" : "\n"))
      try desk.sweep("--config", config, code: day == 6 ? 3 : 0)
    }
    return (desk, config)
  }

  @Test func everythingThatWasReadIsTold() throws {
    let (desk, config) = try RebuiltReportTests.desk()
    let again = "\(desk.folder.path)/again"
    #expect(try Harrier.run("alerts", "--state", desk.state, "--out", again).code == 0)
    let once = "\(desk.folder.path)/once"
    _ = try Harrier.run(["sweep", desk.logs, "--out", once, "--config", config, "-q"] + desk.rules)
    let (rebuilt, whole) = (try RebuiltReportTests.summary(again), try RebuiltReportTests.summary(once))
    for name in [
      "events", "distinct", "skipped", "files", "bytes", "first_time", "last_time", "providers", "accounts", "regions",
      "actors", "actions", "outcomes", "denied_actions", "coverage", "accounts_without_events", "complete",
    ] {
      #expect(rebuilt[name] as? NSObject == whole[name] as? NSObject, "\(name): \(rebuilt[name] ?? "nothing")")
    }
    #expect(rebuilt["complete"] as? Bool == false)
    #expect(rebuilt["accounts_without_events"] as? [String] == ["999999999999"])
    let titles = { (summary: [String: Any]) in
      (summary["detections"] as? [[String: Any]] ?? []).map { "\($0["rule_id"] ?? "") \($0["evaluated"] ?? "")" }
    }
    #expect(titles(rebuilt) == titles(whole) && !titles(rebuilt).isEmpty)
    #expect((rebuilt["left_out"] as? [String])?.first?.contains("made again from the state") == true)
    let page = try String(contentsOfFile: "\(again)/report.html", encoding: .utf8)
    #expect(page.contains("Not everything could be read") && page.contains("2026-01-05"))
    #expect(try Harrier.run("verify", again).code == 0)
  }

  @Test func listOfAlertsKnowsNothingOfWhatWasRead() throws {
    let (desk, _) = try RebuiltReportTests.desk()
    let list = try desk.folder.write("alerts.jsonl", try desk.alerts().output)
    let again = "\(desk.folder.path)/again"
    #expect(try Harrier.run("alerts", list, "--out", again).code == 0)
    #expect(try RebuiltReportTests.summary(again)["complete"] as? Bool == false)
    // Nor of what was decided.
    #expect(try !Harrier.run("alerts", list, "--format", "csv").output.contains("open"))
    #expect(try Harrier.run("alerts", list, "--status", "open").code == 2)
  }

  @Test func oneAlertIsShownWithItsStory() throws {
    let (desk, _) = try RebuiltReportTests.desk()
    let id = try #require(try desk.alerts().rows.first?["id"] as? String)
    _ = try Harrier.run("alerts", "ack", id, "--by", "dana", "--note", "mine", "--state", desk.state)
    let shown = try Harrier.run("alerts", "show", String(id.prefix(6)), "--state", desk.state, "--format", "jsonl")
    let row = try #require(shown.rows.first)
    #expect(shown.lines.count == 1 && row["id"] as? String == id && row["status"] as? String == "acknowledged")
    #expect((row["history"] as? [[String: Any]])?.map { $0["change"] as? String } == ["new"])
    #expect((row["decisions"] as? [[String: Any]])?.map { $0["by"] as? String } == ["dana"])
    let short = try Harrier.run("alerts", "show", String(id.prefix(3)), "--state", desk.state)
    #expect(short.code == 2 && short.errors.contains("at least the first 4 digits"), "\(short.errors)")
  }
}
