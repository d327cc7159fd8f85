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
