import Foundation
import TestSupport
import Testing

/// `docs/STORY-INVICTUS.md` tells of a recorded attack. Each of its lines has to be an alert of a sweep of those records.
@Suite struct StoryTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let shared = URL(fileURLWithPath: Shared.root)

  private static var recorded: URL { shared.appendingPathComponent("data/cloudtrail/invictus/files") }
  private static var stratus: URL { shared.appendingPathComponent("data/cloudtrail/stratus") }
  static var isThere: Bool { FileManager.default.fileExists(atPath: recorded.path) }

  @Test(.enabled(if: isThere)) func eachLineOfTheStoryIsAnAlert() throws {
    let page = try String(
      contentsOf: Self.root.appendingPathComponent("docs/STORY-INVICTUS.md"), encoding: .utf8)
    let told = page.split(separator: "\n").compactMap { line -> [String]? in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return cells.count == 4 && cells[0].contains(":") ? Array(cells[0..<3]) : nil
    }
    #expect(told.count >= 20)
    let run = try Harrier.run("sweep", Self.recorded.path, "--format", "jsonl", "-q")
    let found = run.rows.map { alert -> [String] in
      let time = (alert["time"] as? String ?? "").split(separator: "T").last.map { String($0.prefix(8)) } ?? ""
      return [time, alert["level"] as? String ?? "", alert["title"] as? String ?? ""]
    }
    for line in told { #expect(found.contains(line), "\(line)") }
    // Nothing of high level is left out of the story.
    for alert in found where alert[1] == "high" || alert[1] == "critical" { #expect(told.contains(alert), "\(alert)") }
  }

  @Test(.enabled(if: isThere)) func atLeastThirtyOfTheRecordedTechniquesAlert() throws {
    var techniques: [Int: String] = [:]
    let index = try String(contentsOf: Self.stratus.appendingPathComponent("stratus.index.tsv"), encoding: .utf8)
    for line in index.split(separator: "\n") {
      let cells = line.split(separator: "\t")
      techniques[Int(cells[0]) ?? 0] = String(cells[1])
    }
    #expect(Set(techniques.values).count == 35)
    let run = try Harrier.run(
      "sweep", Self.stratus.appendingPathComponent("stratus.ndjson").path, "--format", "jsonl", "-q")
    var alerted: Set<String> = []
    for alert in run.rows where ["medium", "high", "critical"].contains(alert["level"] as? String ?? "") {
      for event in alert["events"] as? [[String: Any]] ?? [] {
        if let name = techniques[event["record"] as? Int ?? 0] { alerted.insert(name) }
      }
    }
    #expect(alerted.count >= 30, "\(Set(techniques.values).subtracting(alerted).sorted())")
  }
}
