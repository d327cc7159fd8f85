import Foundation
import Testing

/// `harrier state`, and states that are damaged, lost, old or new: none is begun anew in silence, and every refusal names
/// the file and what to do.
@Suite struct StateCommandTests {
  typealias Desk = StateRunsTests.Desk

  private static func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write("a.json", Sample.event(1, action: "StopLogging") + "\n" + Sample.event(2, action: "StopLogging"))
    try desk.sweep()
    return desk
  }

  private static func task(_ name: String, _ desk: Desk, _ flags: String...) throws -> Harrier.Result {
    try Harrier.run(["state", name, "--state", desk.state] + flags)
  }

  private static func bytes(_ desk: Desk) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: desk.state)) }

  /// Overwrites the middle of the table of alerts.
  private static func damage(_ desk: Desk, table: String) throws {
    let page = try #require(
      try StateDump.rows("SELECT rootpage FROM sqlite_schema WHERE name = '\(table)'", at: desk.state).first.flatMap {
        Int($0)
      })
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: desk.state))
    try handle.seek(toOffset: UInt64((page - 1) * 8192))
    try handle.write(contentsOf: Data(repeating: 0x5A, count: 8192))
    try handle.close()
  }

  @Test func stateThatIsGoneIsNotBegunAnewNorItsFileMade() throws {
    let desk = try StateCommandTests.desk()
    try FileManager.default.removeItem(atPath: desk.state)
    let refused = try desk.sweep(code: 4)
    #expect(refused.errors.contains("is empty or gone, and there was a state"), "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: desk.state))
    #expect(try StateCommandTests.task("reset", desk).code == 0)
    try desk.sweep()
  }

  /// Nobody is sent to a sweep that would refuse.
  @Test(arguments: [true, false]) func stateThatWasLostIsToldOfInTheSameWords(isEmpty: Bool) throws {
    let desk = try StateCommandTests.desk()
    try FileManager.default.removeItem(atPath: desk.state)
    if isEmpty { try Data().write(to: URL(fileURLWithPath: desk.state)) }
    let commands = [
      ["sweep", desk.logs], ["sweep", desk.logs, "--dry-run"], ["alerts"], ["state", "check"], ["state", "export"],
      ["outbox"], ["verify", desk.folder.path],
    ]
    for command in commands {
      let result = try Harrier.run(command + ["--state", desk.state])
      #expect(result.code == (command == ["state", "check"] ? 1 : 4), "\(command)")
      #expect(result.errors.contains("\(desk.state) is empty or gone, and there was a state"), "\(result.errors)")
      #expect(result.errors.contains("begin anew: harrier state reset --state \(desk.state)"), "\(result.errors)")
      #expect(!result.errors.contains("harrier sweep") && !result.errors.contains("state export"), "\(result.errors)")
    }
  }

  /// An empty file in the place of a state that never was is begun by a sweep, and by nobody else.
  @Test func emptyFileIsNoLostState() throws {
    let desk = try Desk()
    try Data().write(to: URL(fileURLWithPath: desk.state))
    for command in [["alerts"], ["state", "check"], ["outbox"]] {
      let result = try Harrier.run(command + ["--state", desk.state])
      #expect(result.code == 4 && result.errors.contains("a sweep with --state \(desk.state) begins it"))
    }
    try desk.sweep("--dry-run")
    #expect(try StateCommandTests.bytes(desk).isEmpty)
    try desk.sweep()
  }

  /// SQLite tells of a page that is damaged in two lines.
  @Test func messageOfDamageIsOneLine() throws {
    let desk = try StateCommandTests.desk()
    try StateCommandTests.damage(desk, table: "alert")
    for command in [["alerts"], ["state", "check"], ["sweep", desk.logs]] {
      let result = try Harrier.run(command + ["--state", desk.state])
      #expect(!result.errors.contains("\\n") && !result.output.contains("\\n"), "\(result.errors)\(result.output)")
      #expect(result.errors.contains("is damaged"), "\(result.errors)")
    }
  }

  @Test func soundStateIsSaidToBe() throws {
    let desk = try StateCommandTests.desk()
    let result = try StateCommandTests.task("check", desk)
    #expect(result.code == 0, "\(result.errors)")
    let row = try #require(result.rows.first)
    #expect(row["sound"] as? Bool == true)
    #expect(row["alerts"] as? Int == 2)
    #expect(row["files"] as? Int == 1)
    #expect(row["undelivered"] as? Int == 0)
    #expect((row["problems"] as? [String])?.isEmpty == true)
    let text = try StateCommandTests.task("check", desk, "--format", "table").output
    #expect(text.contains("sound") && text.contains("1 run, 1 file, 2 alerts, 0 decisions"))
  }

  @Test(arguments: [
    ("piece", "UPDATE piece SET bytes = x'00'"), ("file", "DELETE FROM file"),
    ("decision", "INSERT INTO decision VALUES (1, 'x', 'x', 1, 'ack', NULL, 'dana', NULL)"),
    ("change", "UPDATE change SET run = 99"), ("alert", "UPDATE alert SET line = 'x'"),
    ("setting", "DELETE FROM setting"), ("current", "UPDATE alert SET status = 9"),
    ("page", "INSERT INTO page VALUES (77, 0, 'x', 0, x'00')"),
  ])
  func everyKindOfDamageIsFound(kind: String, sql: String) throws {
    let desk = try StateCommandTests.desk()
    _ = try StateDump.rows(sql, at: desk.state)
    let result = try StateCommandTests.task("check", desk)
    #expect(result.code == 1, "\(kind): \(result.output)")
    #expect((result.rows.first?["problems"] as? [String])?.isEmpty == false)
    #expect(result.errors.contains(desk.state) && result.errors.contains("harrier state export"))
  }

  @Test(arguments: ["alert", "piece", "file"])
  func damagedStateIsRefusedAndLeftAlone(table: String) throws {
    let desk = try StateCommandTests.desk()
    try StateCommandTests.damage(desk, table: table)
    let before = try StateCommandTests.bytes(desk)
    try desk.write("b.json", Sample.event(3, action: "StopLogging"))
    let sweep = try desk.sweep(code: 4)
    #expect(sweep.output.isEmpty)
    #expect(sweep.errors.contains(desk.state) && sweep.errors.contains("harrier state reset --state \(desk.state)"))
    #expect(try StateCommandTests.bytes(desk) == before)
    #expect(try StateCommandTests.task("check", desk).code == 1)
  }

  @Test func resetPutsAsideAndTheNextSweepBeginsAnew() throws {
    let desk = try StateCommandTests.desk()
    try StateCommandTests.damage(desk, table: "alert")
    let before = try StateCommandTests.bytes(desk)
    let reset = try StateCommandTests.task("reset", desk)
    #expect(reset.code == 0, "\(reset.errors)")
    #expect(reset.errors.contains("\(desk.state).aside-1"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: "\(desk.state).aside-1")) == before)
    #expect(!FileManager.default.fileExists(atPath: desk.state))
    #expect(try desk.sweep().rows.count == 2)
    #expect(try StateCommandTests.task("reset", desk).errors.contains("aside-2"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: "\(desk.state).aside-1")) == before)
  }

  @Test func stateThatIsGoneIsNotBegunInSilence() throws {
    let desk = try StateCommandTests.desk()
    try FileManager.default.removeItem(atPath: desk.state)
    for flags in [[], ["--dry-run"]] {
      let lost = try Harrier.run(["sweep", desk.logs, "--state", desk.state] + desk.rules + flags)
      #expect(lost.code == 4)
      #expect(lost.errors.contains("there was a state") && lost.errors.contains(desk.state))
    }
    #expect(try StateCommandTests.task("reset", desk).code == 0)
    #expect(try desk.sweep().rows.count == 2)
  }

  @Test func exportHoldsWhatIsKnown() throws {
    let desk = try StateCommandTests.desk()
    let alert = try #require(try desk.alerts().rows.first)
    let id = try #require(alert["id"] as? String)
    _ = try Harrier.run("alerts", "ack", id, "--by", "dana", "--state", desk.state)
    let rows = try StateCommandTests.task("export", desk).rows
    let kinds = Dictionary(rows.map { ($0["kind"] as? String ?? "", 1) }, uniquingKeysWith: +)
    #expect(kinds == ["run": 1, "file": 1, "alert": 2, "change": 2, "decision": 1])
    let exported = rows.first { $0["kind"] as? String == "alert" && $0["id"] as? String == id }
    #expect((exported?["alert"] as? [String: Any])?["why"] as? String == alert["why"] as? String)
    #expect(rows.first { $0["kind"] as? String == "decision" }?["name"] as? String == "dana")
  }

  @Test func exportOfADamagedStateGivesTheRest() throws {
    let desk = try StateCommandTests.desk()
    try StateCommandTests.damage(desk, table: "alert")
    let result = try StateCommandTests.task("export", desk)
    #expect(result.code == 3)
    #expect(result.errors.contains("not every alert can be read"))
    let kinds = Set(result.rows.compactMap { $0["kind"] as? String })
    #expect(kinds == ["run", "file", "change"])
  }

  @Test(arguments: [["check"], ["chek", "--state", "x"], [], ["check", "--state", "x", "more"]])
  func mistakesAreRefused(arguments: [String]) throws {
    #expect(try Harrier.run(["state"] + arguments).code == 2)
  }

  @Test func whatIsNotThereIsNotChecked() throws {
    let folder = try Folder()
    for task in ["check", "reset", "export"] {
      let result = try Harrier.run("state", task, "--state", "\(folder.path)/none")
      #expect(result.code == 4)
      #expect(result.errors.contains("there is no state \(folder.path)/none"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func stateOfANewerHarrierIsRefusedAndLeftAlone() throws {
    let desk = try StateCommandTests.desk()
    _ = try StateDump.rows("PRAGMA user_version = 999", at: desk.state)
    let before = try StateCommandTests.bytes(desk)
    let result = try desk.sweep(code: 4)
    #expect(result.errors.contains("\(desk.state) was written by a newer Harrier (version 999"))
    #expect(result.errors.contains("update harrier"))
    #expect(try desk.alerts().code == 4)
    #expect(try StateCommandTests.bytes(desk) == before)
  }

  /// Garbage in the middle, where an idle run reads nothing: nobody is told that all is well.
  @Test func damageInTheMiddleIsNoticedByWhoeverComesFirst() throws {
    let desk = try StateRunsTests.Desk(rules: StateRules.each("One", "one"))
    let lines = (1...300).map { Sample.event($0, action: "StopLogging", time: "2026-01-05T10:00:00Z") }
    try desk.write("a.json", lines.joined(separator: "\n") + "\n")
    try desk.sweep()
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: desk.state))
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: size / 2)
    try handle.write(contentsOf: Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ 7) }))
    try handle.close()
    let idle = try desk.sweep(code: 4)
    #expect(idle.errors.contains("is damaged"), "\(idle.errors)")
    #expect(try desk.alerts().code == 4)
    #expect(try Harrier.run("state", "check", "--state", desk.state).code == 1)
  }

  /// What a run decides by is checked byte by byte: a structure that is sound says nothing of what it holds.
  @Test func oneWrongByteInAPartIsNoticed() throws {
    let desk = try StateRunsTests.Desk(rules: StateRules.each("One", "one"))
    try desk.write("a.json", Sample.event(1, action: "StopLogging") + "\n")
    try desk.sweep()
    _ = try StateDump.rows(
      "UPDATE piece SET bytes = CAST(substr(bytes, 1, 199) || x'FE' || substr(bytes, 201) AS BLOB)", at: desk.state)
    try desk.write("b.json", Sample.event(2, action: "StopLogging") + "\n")
    #expect(try desk.sweep(code: 4).errors.contains("a part is not what was written"))
    #expect(try Harrier.run("state", "check", "--state", desk.state).code == 1)
  }

  @Test func symbolicLinkToAStateIsRefusedAsOne() throws {
    let desk = try StateRunsTests.Desk()
    try desk.sweep()
    let link = "\(desk.folder.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: desk.state)
    let result = try Harrier.run(["sweep", desk.logs, "--state", link] + desk.rules)
    #expect(result.code == 2 && result.errors.contains("is a symbolic link"), "\(result.errors)")
  }
}
