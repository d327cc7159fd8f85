import Foundation
import Testing

/// `--lang zh`: whatever found the alerts, and whenever, their reasons are told in Chinese.
@Suite struct ChinesePageTests {
  private static let kinds: Set<String> = [
    "event_count", "value_count", "matched", "matched_in_order", "unanswered", "unexpected",
  ]

  private static func page(_ folder: String) throws -> String {
    try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8)
      .replacing(/<style>[\s\S]*?<\/style>|<code>[\s\S]*?<\/code>|<script>[\s\S]*?<\/script>/, with: "")
      // The names of words are no words of the page.
      .replacing(/"[^"]*":/, with: "")
  }

  private static func english(_ page: String) -> [String] {
    let text = page.replacing(/<[^>]*>/, with: "\n")
    return text.matches(of: /(?:\b[A-Za-z][a-z'’]* ){3,}[A-Za-z]+/).map { String($0.0) }
  }

  @Test func alertsOfAnEnglishSweepAreToldInChinese() throws {
    let folder = try Folder()
    let (state, out, again) = ("\(folder.path)/state", "\(folder.path)/out", "\(folder.path)/again")
    let sweep = ["sweep", PseudonymReportTests.demo, "--state", state, "--out", out, "--now", "2026-01-17", "-q"]
    #expect(try Harrier.run(sweep).code == 3)
    let lines = try String(contentsOfFile: "\(out)/alerts.jsonl", encoding: .utf8).split(separator: "\n")
    let reasons = try lines.flatMap { line in
      let alert = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(alert?["reasons"] as? [[String: Any]])
    }
    let found = Set(reasons.compactMap { $0["kind"] as? String })
    #expect(ChinesePageTests.kinds.subtracting(found).sorted() == [], "\(found.sorted())")
    #expect(!ChinesePageTests.english(try ChinesePageTests.page(out)).isEmpty)
    for source in [["--state", state], ["\(out)/alerts.jsonl"]] {
      #expect(try Harrier.run(["alerts"] + source + ["--out", again, "--lang", "zh"]).code == 0)
      let page = try ChinesePageTests.page(again)
      #expect(page.contains("<html lang=\"zh-CN\">") && page.contains("规则要求") && page.contains("命中"))
      #expect(Set(ChinesePageTests.english(page)).sorted() == [])
    }
  }
}
