import Foundation
import Testing

/// Coverage by account, region and day, and its gaps: in `summary.json`, on the terminal and in the page.
@Suite struct CoverageTests {
  private static func report(_ folder: Folder, days: [Int], _ flags: [String] = []) throws -> (
    text: String, page: String
  ) {
    let lines = days.enumerated().map { number, day in
      Sample.event(number, time: "2026-01-\(day < 10 ? "0" : "")\(day)T10:00:00Z")
    }
    let log = try folder.write("a.json", lines.joined(separator: "\n") + "\n")
    let sweep = ["sweep", log, "--out", "\(folder.path)/out", "--now", "2026-02-01"] + SweepTests.rules + flags
    let result = try Harrier.run(sweep)
    #expect(result.code == 0)
    return (result.output, try String(contentsOfFile: "\(folder.path)/out/report.html", encoding: .utf8))
  }

  @Test func silentDaysAreGapsEverywhere() throws {
    let folder = try Folder()
    let (text, page) = try CoverageTests.report(folder, days: [5, 6, 7, 7, 10, 11, 12, 14])
    let rows = try #require(try ReportTests.object(folder, "summary.json")["coverage"] as? [[String: Any]])
    #expect(rows.count == 1)
    #expect(rows[0]["account"] as? String == "111122223333" && rows[0]["region"] as? String == "us-east-1")
    #expect(rows[0]["events_by_day"] as? [Int] == [1, 1, 2, 0, 0, 1, 1, 1, 0, 1])
    #expect(rows[0]["silent_days"] as? [String] == ["2026-01-08..2026-01-09", "2026-01-13"])
    #expect(text.contains("Events by day, 2026-01-05 to 2026-01-14"))
    #expect(text.contains(/aws 111122223333 us-east-1 +▄▄█··▄▄▄·▄\n/))
    #expect(text.contains("silent on 2026-01-08..2026-01-09, 2026-01-13"))
    #expect(page.contains("2026-01-08..2026-01-09"))
  }

  @Test func aRegionThatIsUsedNowAndThenHasNoGaps() throws {
    let folder = try Folder()
    let (text, _) = try CoverageTests.report(folder, days: [1, 15, 28])
    let rows = try #require(try ReportTests.object(folder, "summary.json")["coverage"] as? [[String: Any]])
    #expect(rows[0]["silent_days"] as? [String] == [])
    #expect(!text.contains("silent on"))
  }

  /// One date that cannot be, or is far from all others, hides nothing: it is counted apart.
  @Test(arguments: [
    ("2099-06-01T00:00:00Z", "events_after_coverage", "1 event dated in the future", "1 events dated in the future"),
    ("1971-06-01T00:00:00Z", "events_before_coverage", "1 event before these days", "1 events before these days"),
  ])
  func aFarDateIsCountedApart(time: String, field: String, told: String, page: String) throws {
    let folder = try Folder()
    let days = (5...14).flatMap { day in [Int](repeating: day, count: 3) }
    let lines = days.enumerated().map { number, day in
      Sample.event(number, action: "StopLogging", time: "2026-01-\(day < 10 ? "0" : "")\(day)T10:00:00Z")
    }
    let report = ["--out", "\(folder.path)/out", "--now", "2026-02-01", "--report", "markdown"] + SweepTests.rules
    func sweep(_ lines: [String]) throws -> (rows: [[String: Any]], text: String, curve: String?) {
      let log = try folder.write("a.json", lines.joined(separator: "\n") + "\n")
      let run = try Harrier.run(["sweep", log] + report)
      #expect(run.code == 0, "\(run.errors)")
      let rows = try #require(try ReportTests.object(folder, "summary.json")["coverage"] as? [[String: Any]])
      return (rows, run.output, run.lines.first(where: { $0.hasPrefix("  high") }))
    }
    let plain = try sweep(lines)
    let far = try sweep(lines + [Sample.event(99, action: "StopLogging", time: time)])
    #expect(far.rows.count == 1)
    for name in ["events", "days"] { #expect(far.rows[0][name] as? Int == plain.rows[0][name] as? Int) }
    #expect(far.rows[0]["events_by_day"] as? [Int] == [Int](repeating: 3, count: 10))
    #expect(far.rows[0]["first_day"] as? String == "2026-01-05")
    #expect(far.text.contains("Events by day, 2026-01-05 to 2026-01-14"), "\(far.text)")
    #expect(far.text.contains("left out: \(told)"), "\(far.text)")
    // The curve of the alerts is as wide as without it: only the number before it differs.
    #expect(far.curve?.drop { !"▁▂▃▄▅▆▇█".contains($0) } == plain.curve?.drop { !"▁▂▃▄▅▆▇█".contains($0) })
    let summary = try ReportTests.object(folder, "summary.json")
    #expect(summary[field] as? Int == 1)
    #expect(try String(contentsOfFile: "\(folder.path)/out/report.html", encoding: .utf8).contains(page))
    #expect(try String(contentsOfFile: "\(folder.path)/out/report.md", encoding: .utf8).contains("left out: \(told)"))
  }

  @Test func aConfiguredAccountWithoutLogsIsToldOfEverywhere() throws {
    let folder = try Folder()
    let config = try folder.write("harrier.yaml", "version: 1\naccounts: [{id: '999988887777', name: vault}]\n")
    let (text, page) = try CoverageTests.report(folder, days: [5], ["--config", config])
    #expect(text.contains("no events of configured accounts: 999988887777 (vault)"))
    #expect(page.contains("999988887777 · vault"))
    let summary = try ReportTests.object(folder, "summary.json")
    #expect(summary["accounts_without_events"] as? [String] == ["999988887777"])
  }
}
