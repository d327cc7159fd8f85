import Foundation
import Testing

/// `sweep --out` and `verify` from outside: the files of the contract, the reports that are asked for, the chain.
@Suite struct ReportTests {
  static let standard = ["alerts.csv", "alerts.jsonl", "manifest.json", "report.html", "summary.json"]

  static func sweep(_ folder: Folder, _ arguments: [String]) throws -> Harrier.Result {
    try Harrier.run(["sweep", "--out", "\(folder.path)/out", "-q"] + SweepTests.rules + arguments)
  }

  static func object(_ folder: Folder, _ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.url.appendingPathComponent("out/\(name)"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  static func log(_ folder: Folder) throws -> String {
    try folder.write("logs/a.json", Sample.event(1, action: "StopLogging") + "\n")
    return "\(folder.path)/logs"
  }

  @Test func theFilesOfTheContractAreWrittenForTheOwnerOnly() throws {
    let folder = try Folder()
    let kinds = ["navigator", "timesketch", "markdown", "html", "csv"].flatMap { ["--report", $0] }
    #expect(try ReportTests.sweep(folder, [try ReportTests.log(folder)] + kinds).code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out").sorted()
    #expect(names == (ReportTests.standard + ["navigator.json", "report.md", "timesketch.jsonl"]).sorted())
    for name in names {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/out/\(name)")
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
  }

  @Test func nothingButTheRunHeaderDependsOnTheClock() throws {
    let folder = try Folder()
    let log = try ReportTests.log(folder)
    func all() throws -> [String: String] {
      try FileManager.default.removeItem(atPath: "\(folder.path)/out")
      _ = try ReportTests.sweep(folder, [log, "--jobs", "\(Int.random(in: 1...3))", "--report", "markdown"])
      var texts: [String: String] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out") {
        texts[name] = try String(contentsOfFile: "\(folder.path)/out/\(name)", encoding: .utf8)
      }
      texts["manifest.json"]?.replace(/"finished":"[^"]*"/, with: "")
      return texts
    }
    try FileManager.default.createDirectory(atPath: "\(folder.path)/out", withIntermediateDirectories: true)
    let first = try all()
    usleep(1_100_000)
    #expect(try all() == first)
  }

  @Test func theManifestNamesEveryInputAndEveryFile() throws {
    let folder = try Folder()
    #expect(try ReportTests.sweep(folder, [try ReportTests.log(folder)]).code == 0)
    let manifest = try ReportTests.object(folder, "manifest.json")
    let inputs = try #require(manifest["inputs"] as? [[String: Any]])
    #expect(inputs.count == 1)
    #expect((inputs[0]["file"] as? String)?.hasSuffix("logs/a.json") == true)
    #expect((inputs[0]["sha256"] as? String)?.count == 64)
    #expect(inputs[0]["records"] as? Int == 1)
    let files = try #require(manifest["files"] as? [[String: Any]]).compactMap { $0["name"] as? String }
    #expect(files.sorted() == ReportTests.standard.filter { $0 != "manifest.json" })
    #expect((manifest["rules"] as? String)?.count == 64)
    #expect((manifest["config"] as? String)?.count == 64)
    #expect(manifest["previous"] is NSNull)
    #expect(manifest["sequence"] as? Int == 1)
  }

  @Test func verifyFollowsTheChainAndNoticesChanges() throws {
    let folder = try Folder()
    let log = try ReportTests.log(folder)
    for _ in 0..<3 { #expect(try ReportTests.sweep(folder, [log]).code == 0) }
    let out = "\(folder.path)/out"
    func verify() throws -> (code: Int32, bad: [String]) {
      let result = try Harrier.run("verify", out, "--format", "jsonl", "-q")
      let bad = result.rows.filter { !["ok", "grown"].contains($0["state"] as? String) }
      return (result.code, bad.compactMap { $0["file"] as? String })
    }
    #expect(try verify() == (0, []))
    #expect(try ReportTests.object(folder, "manifest.json")["sequence"] as? Int == 3)
    let changes: [(String, (inout Data) -> Void)] = [
      ("out/alerts.jsonl", { $0[0] = 0x20 }), ("out/summary.json", { $0.append(0x0A) }),
      ("out/manifests/000001.json", { $0.append(0x0A) }), ("logs/a.json", { $0[10] ^= 1 }),
      ("logs/a.json", { $0.removeLast() }),
    ]
    for (name, change) in changes {
      let url = folder.url.appendingPathComponent(name)
      let before = try Data(contentsOf: url)
      var after = before
      change(&after)
      try after.write(to: url)
      let found = try verify()
      #expect(found.code == 1)
      #expect(found.bad.count == 1 && found.bad[0].hasSuffix(name.replacing("out/", with: "")), "\(name): \(found.bad)")
      try before.write(to: url)
    }
    try FileManager.default.removeItem(atPath: "\(out)/manifests/000002.json")
    #expect(try verify().code == 1)
  }

  @Test func aLogThatHasGrownIsNotChanged() throws {
    let folder = try Folder()
    let log = try ReportTests.log(folder)
    #expect(try ReportTests.sweep(folder, [log]).code == 0)
    let handle = try FileHandle(forWritingTo: folder.url.appendingPathComponent("logs/a.json"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((Sample.event(2) + "\n").utf8))
    try handle.close()
    let result = try Harrier.run("verify", "\(folder.path)/out", "--format", "jsonl")
    #expect(result.code == 0)
    #expect(result.rows.contains { $0["state"] as? String == "grown" })
  }

  @Test func mistakesAreNamed() throws {
    let folder = try Folder()
    let log = try ReportTests.log(folder)
    #expect(try Harrier.run(["sweep", log, "--report", "csv"]).errors.contains("--out DIR"))
    for command in [["sweep", log], ["alerts", try folder.write("none.jsonl", "")]] {
      let refused = try Harrier.run(command + ["--lang", "zh"])
      #expect(refused.code == 2 && refused.errors.contains("--out DIR"), "\(refused.errors)")
    }
    #expect(try ReportTests.sweep(folder, [log, "--report", "navgator"]).errors.contains("did you mean 'navigator'"))
    #expect(try ReportTests.sweep(folder, [log, "--alert-format", "xml"]).code == 2)
    #expect(try Harrier.run("verify").code == 2)
    #expect(try Harrier.run("verify", log).code == 2)
    try folder.write("other/manifest.json", "{\"manifest\":99}")
    #expect(try Harrier.run("verify", "\(folder.path)/other").code == 2)
  }

  @Test func pseudonymsAreInEveryFile() throws {
    let folder = try Folder()
    let file = try folder.write("logs/111122223333/a.json", Sample.event(1, action: "StopLogging") + "\n")
    let key = try folder.write("key", String(repeating: "k", count: 32))
    let kinds = ["navigator", "timesketch", "markdown"].flatMap { ["--report", $0] }
    let result = try ReportTests.sweep(folder, [file, "--pseudonymise", key] + kinds)
    #expect(result.code == 0)
    var all = result.output + result.errors
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out") {
      all += try String(contentsOfFile: "\(folder.path)/out/\(name)", encoding: .utf8)
    }
    for name in ["111122223333", "203.0.113.1\"", "user/u1", "\"u1\""] { #expect(!all.contains(name), "\(name)") }
    #expect(all.contains("actor-") && all.contains("account-") && all.contains("ip-"))
    let short = try folder.write("short", "k")
    #expect(try ReportTests.sweep(folder, [file, "--pseudonymise", short]).code == 2)
  }

  @Test func theDemoIsWhatItsScriptMakes() throws {
    let folder = try Folder()
    let root = DocumentedTests.root.path
    let made = try Shell.run(
      "'\(root)/scripts/make-demo-archive' '\(folder.path)/demo' && diff -r '\(folder.path)/demo' '\(root)/fixtures/demo'"
    )
    #expect(made.code == 0, "\(made.output) \(made.errors)")
  }

  @Test func theDemoTellsItsStory() throws {
    let demo = DocumentedTests.root.appendingPathComponent("fixtures/demo").path
    let result = try Harrier.run("sweep", demo, "--format", "jsonl", "--now", "2026-01-17")
    #expect(result.code == 3)
    let grave = result.rows.filter { ["high", "critical"].contains($0["level"] as? String) }
    #expect(Set(grave.compactMap { $0["provider"] as? String }) == ["alibaba", "aws"])
    // Who did it is told from those who only work there, of whom there is no alert at all.
    #expect(result.rows.allSatisfy { $0["src_ip"] as? String == "203.0.113.66" })
    // They tried passwords; nobody was asked for a second factor.
    #expect(!result.rows.contains { ($0["title"] as? String)?.contains("Second factor") == true })
    #expect(Set(grave.compactMap { $0["actor"] as? String }).isSuperset(of: ["lin.mei", "etl-sync", "support-ops"]))
  }

  /// What happens in three usual days of seven accounts is worth few lines: a handful of low ones, nothing above.
  @Test func theArchiveIsQuietApartFromItsIncidents() throws {
    let truth = try Data(contentsOf: URL(fileURLWithPath: "\(SweepTests.archive)/truth.json"))
    let all = try JSONSerialization.jsonObject(with: truth) as? [String: Any]
    let planted = Set((all?["incidents"] as? [[String: Any]] ?? []).flatMap { $0["events"] as? [String] ?? [] })
    #expect(planted.count > 200)
    let alerts = try Harrier.run("sweep", SweepTests.archive, "--format", "jsonl").rows
    let usual = alerts.filter { alert in
      (alert["events"] as? [[String: Any]] ?? []).allSatisfy { !planted.contains($0["id"] as? String ?? "") }
    }
    let levels = usual.compactMap { $0["level"] as? String }
    #expect(levels.count { $0 == "low" } < 10)
    #expect(Set(levels).isSubset(of: ["informational", "low"]))

  }

  @Test func alertsCanBeFindingsOfOCSF() throws {
    let folder = try Folder()
    #expect(try ReportTests.sweep(folder, [try ReportTests.log(folder), "--alert-format", "ocsf"]).code == 0)
    let text = try String(contentsOfFile: "\(folder.path)/out/alerts.jsonl", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["class_uid"] as? Int == 2004)
  }

  @Test func anAccountOfTheConfigurationWithoutLogsIsNamed() throws {
    let folder = try Folder()
    let log = try ReportTests.log(folder)
    let config = try folder.write(
      "harrier.yaml", "version: 1\naccounts: [{id: '999988887777', name: vault}, {id: '111122223333'}]\n")
    #expect(try ReportTests.sweep(folder, [log, "--config", config]).code == 0)
    let summary = try ReportTests.object(folder, "summary.json")
    #expect(summary["accounts_without_events"] as? [String] == ["999988887777"])
    let coverage = try #require(summary["coverage"] as? [[String: Any]])
    #expect(coverage.count == 1)
    #expect(coverage[0]["events"] as? Int == 1)
  }
}
