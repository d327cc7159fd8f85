import Foundation
import Testing

/// States that earlier versions have left are brought up to date, with everything that is in them.
@Suite struct StateMigrationTests {
  private static let root = DocumentedTests.root.path
  private static let rules = "--no-builtin --rules fixtures/state/rules.yml"

  private static func run(_ arguments: String) throws -> Harrier.Result {
    try Shell.run("cd '\(root)' && '\(Harrier.path)' \(arguments)")
  }

  /// A state as a version has left it.
  private static func state(_ version: Int, _ folder: Folder) throws -> String {
    let path = "\(folder.path)/state"
    let unpacked = try Shell.run("gzip -dc '\(root)/fixtures/state/version-\(version).db.gz' > '\(path)'")
    #expect(unpacked.code == 0)
    return path
  }

  @Test(arguments: [1, 2, 3, 4, 5]) func oldStateIsTakenOver(version: Int) throws {
    let folder = try Folder()
    let state = try StateMigrationTests.state(version, folder)
    let known = try DocumentedTests.text("fixtures/state/version-\(version).jsonl")
    #expect(known.split(separator: "\n").count == 4)
    // Whoever comes first brings it up to date.
    #expect(try StateMigrationTests.run("alerts --state \(state) --format jsonl").output == known)
    #expect(
      try StateMigrationTests.run("alerts --state \(state) --status acknowledged --format jsonl").lines.count == 1)
    #expect(try StateMigrationTests.run("state check --state \(state)").code == 0)
    let nothing = try StateMigrationTests.run(
      "sweep fixtures/state/logs --state \(state) \(StateMigrationTests.rules) --format jsonl")
    #expect(nothing.code == 0 && nothing.output.isEmpty, "\(nothing.errors)")
    #expect(nothing.errors.contains("0 files read, 2 known"))
    // What was read by the old version is told of as far as it kept it, and the rest is said to be missing.
    _ = try StateMigrationTests.run("alerts --state \(state) --out \(folder.path)/again")
    let summary = try String(contentsOfFile: "\(folder.path)/again/summary.json", encoding: .utf8)
    #expect(summary.contains("of 0 events of 3: an older version kept none") == (version < 4), "\(summary)")
    let more = try folder.write(
      "more.json", Sample.event(3, action: "DeleteTrail", time: "2026-01-05T11:20:00Z") + "\n")
    let told = try StateMigrationTests.run(
      "sweep \(more) --state \(state) \(StateMigrationTests.rules) --format jsonl -q")
    #expect(told.output.contains(#""change":"updated","replaces":null"#))
    #expect(told.lines.count == 1)
  }

  @Test(arguments: [1, 2, 3, 4, 5]) func itsTablesAreThoseOfANewOne(version: Int) throws {
    let folder = try Folder()
    let old = try StateMigrationTests.state(version, folder)
    _ = try StateMigrationTests.run("sweep fixtures/state/logs --state \(old) \(StateMigrationTests.rules) -q")
    let new = "\(folder.path)/new"
    _ = try StateMigrationTests.run("sweep fixtures/state/logs --state \(new) \(StateMigrationTests.rules) -q")
    for sql in ["PRAGMA user_version", "PRAGMA application_id", "SELECT name, sql FROM sqlite_schema ORDER BY name"] {
      #expect(try StateDump.rows(sql, at: old) == StateDump.rows(sql, at: new))
    }
  }

  /// Also of versions that were never released: whoever has one loses nothing.
  @Test func everyVersionHasAFixture() throws {
    let folder = try Folder()
    let new = "\(folder.path)/new"
    _ = try StateMigrationTests.run("sweep fixtures/state/logs --state \(new) \(StateMigrationTests.rules) -q")
    let newest = try #require(Int(StateDump.rows("PRAGMA user_version", at: new).joined().filter(\.isNumber)))
    for version in 1...newest {
      let path = try StateMigrationTests.state(version, Folder())
      #expect(path.hasSuffix("state"))
    }
    #expect(newest >= 5)
  }

  /// A state of Harrier that says of no version, or of one that there is not yet, is refused and left as it is.
  @Test(arguments: [
    (0, "it has no version"), (-1, "it has no version"), (6, "newer Harrier"), (2_000_000_000, "newer"),
  ])
  func stateOfNoKnownVersionIsRefused(version: Int, words: String) throws {
    let folder = try Folder()
    let state = try StateMigrationTests.state(5, folder)
    _ = try StateDump.rows("PRAGMA user_version = \(version)", at: state)
    let before = try Data(contentsOf: URL(fileURLWithPath: state))
    for command in [
      "sweep fixtures/state/logs --state \(state) \(StateMigrationTests.rules)",
      "sweep fixtures/state/logs --state \(state) \(StateMigrationTests.rules) --dry-run", "alerts --state \(state)",
      "outbox --state \(state)",
    ] {
      let result = try StateMigrationTests.run(command)
      #expect(result.code == 4 && result.errors.contains(words), "\(command): \(result.code) \(result.errors)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: state)) == before)
  }

  /// A run of the version before was killed after its commit: which file was damaged stands in no line of its state but that.
  @Test func lossThatTheVersionBeforeCouldNotTellIsToldByName() throws {
    let folder = try Folder()
    let state = try StateMigrationTests.state(4, folder)
    _ = try StateDump.rows("UPDATE file SET losses = 2, status = 2 WHERE CAST(path AS TEXT) LIKE '%b.json'", at: state)
    _ = try StateDump.rows(
      "INSERT INTO publication (first_run, run, target, complete) SELECT max(id), max(id), x'', 0 FROM run", at: state)
    let sweep = "sweep fixtures/state/logs --state \(state) \(StateMigrationTests.rules) --summary-line -q"
    let told = try StateMigrationTests.run(sweep)
    #expect(told.code == 3 && told.rows.last?["complete"] as? Bool == false, "\(told.output)")
    let missing = told.rows.last?["missing"] as? [String]
    #expect(missing?.first?.contains("b.json: not all of it could be read by run 2") == true, "\(told.output)")
    #expect(try StateMigrationTests.run(sweep).code == 0)
  }

  @Test func trialBringsNothingUpToDate() throws {
    let folder = try Folder()
    let state = try StateMigrationTests.state(1, folder)
    let before = try Data(contentsOf: URL(fileURLWithPath: state))
    let told = try StateMigrationTests.run(
      "sweep fixtures/state/logs --state \(state) \(StateMigrationTests.rules) --dry-run -q")
    #expect(told.code == 0, "\(told.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: state)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["state"])
  }
}
