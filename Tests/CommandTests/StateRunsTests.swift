import Foundation
import Testing

/// Sweeps with a state: any way of cutting an archive into runs gives the alerts of one run over the whole, each told once.
@Suite struct StateRunsTests {
  static let isTorture = ProcessInfo.processInfo.environment["HARRIER_TORTURE"] != nil

  /// A folder with logs, rules and a state.
  struct Desk {
    let folder: Folder
    var logs: String { "\(folder.path)/logs" }
    var state: String { "\(folder.path)/state" }
    var rules: [String]

    init(rules: String? = nil) throws {
      folder = try Folder()
      try FileManager.default.createDirectory(atPath: "\(folder.path)/logs", withIntermediateDirectories: true)
      self.rules = SweepTests.rules
      if let rules { self.rules = ["--no-builtin", "--rules", try folder.write("rules.yml", rules)] }
    }

    func write(_ name: String, _ content: String) throws { try folder.write("logs/\(name)", content) }

    /// What a run tells.
    @discardableResult
    func sweep(_ flags: String..., code: Int32 = 0) throws -> Harrier.Result {
      let run = ["sweep", logs, "--state", state, "--format", "jsonl"] + rules + flags
      let result = try Harrier.run(run)
      #expect(result.code == code, "\(result.errors)")
      return result
    }

    func oneShot() throws -> String {
      let result = try Harrier.run(["sweep", logs, "--format", "jsonl"] + rules)
      #expect(result.code == 0 || result.code == 3, "\(result.errors)")
      return result.output
    }

    func alerts(_ flags: String...) throws -> Harrier.Result {
      try Harrier.run(["alerts", "--state", state, "--format", "jsonl"] + flags)
    }
  }

  /// What somebody knows who reads all that runs tell.
  struct Reader {
    var known: Set<String> = []

    mutating func read(_ result: Harrier.Result) {
      for row in result.rows {
        guard let id = row["id"] as? String, let change = row["change"] as? String else {
          Issue.record("a line without a change")
          continue
        }
        if let replaced = row["replaces"] as? String {
          #expect(known.remove(replaced) != nil, "replaces what was never told")
        }
        switch change {
        case "new": #expect(known.insert(id).inserted, "told twice")
        case "updated": known.insert(id)
        case "withdrawn": #expect(known.remove(id) != nil, "withdraws what was never told")
        default: Issue.record("no such change: \(change)")
        }
      }
    }
  }

  @Test(arguments: 0..<(isTorture ? 200 : 10))
  func anyCutIntoRunsGivesTheAlertsOfOneRun(seed: Int) throws {
    let archive = RandomArchive(seed: UInt64(seed))
    let desk = try Desk(rules: archive.rules)
    var reader = Reader()
    for batch in archive.batches {
      for file in batch { try desk.write(archive.names[file], archive.files[file]) }
      reader.read(try desk.sweep())
    }
    let whole = try desk.oneShot()
    #expect(try desk.alerts().output == whole)
    let ids = whole.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String
    }
    #expect(reader.known == Set(ids))
    #expect(Set(ids).count == ids.count)
  }

  @Test func whatIsKnownIsNotReadAndNothingIsToldTwice() throws {
    let desk = try Desk()
    try desk.write("a.json", Sample.event(1, action: "StopLogging"))
    #expect(try desk.sweep("--fail-on", "high", code: 1).rows.count == 1)
    let again = try desk.sweep("--fail-on", "high")
    #expect(again.output.isEmpty)
    #expect(again.errors.contains("0 files read, 1 known"))
  }

  @Test func stateIsItsOwnersOnly() throws {
    let desk = try Desk()
    try desk.sweep()
    for path in [desk.state, desk.state + ".lock"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func secondSweepOnTheSameStateEndsAtOnce() throws {
    let desk = try Desk()
    try desk.sweep()
    let descriptor = open(desk.state + ".lock", O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let busy = try desk.sweep(code: 75)
    #expect(busy.output.isEmpty)
    // Whoever looks at alerts does not have to wait.
    #expect(try desk.alerts().code == 0)
  }

  @Test func newsOfARunStandInItsReport() throws {
    let desk = try Desk()
    let out = "\(desk.folder.path)/out"
    try desk.write("a.json", Sample.event(1, action: "StopLogging"))
    try desk.sweep("--out", out)
    let lines = { try String(contentsOfFile: "\(out)/alerts.jsonl", encoding: .utf8).split(separator: "\n") }
    #expect(try lines().count == 1)
    #expect(try lines().first?.contains(#""change":"new","replaces":null"#) == true)
    try desk.sweep("--out", out)
    #expect(try lines().isEmpty)
    try desk.write("b.json", Sample.event(1, action: "StopLogging", time: "2026-01-05T10:20:00Z"))
    try desk.sweep("--out", out)
    #expect(try lines().count == 1)
    #expect(try lines().first?.contains(#""change":"updated","replaces":null"#) == true)
    #expect(try Harrier.run("verify", out).code == 0)
  }

  @Test func earlierEventMakesAnotherAlertOfOne() throws {
    let desk = try Desk()
    try desk.write("a.json", Sample.event(1, action: "StopLogging"))
    let first = try #require(try desk.sweep().rows.first?["id"] as? String)
    try desk.write("b.json", Sample.event(4, action: "StopLogging", time: "2026-01-05T09:40:00Z"))
    let row = try #require(try desk.sweep().rows.first)
    #expect(row["change"] as? String == "updated")
    #expect(row["replaces"] as? String == first)
    #expect(try desk.alerts().rows.count == 1)
    #expect(try desk.alerts().output == desk.oneShot())
  }
}
