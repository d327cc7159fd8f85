import Archive
import Correlation

/// What a look at everything in a state has shown.
public struct StateCheck: Sendable {
  /// Empty if it is sound.
  public var problems: [String] = []
  public var version: Int64 = 0
  public var bytes: Int64 = 0
  public var runs: Int64 = 0
  public var files: Int64 = 0
  public var parts: Int64 = 0
  public var alerts: Int64 = 0
  public var decisions: Int64 = 0
  /// Reports that are promised and not yet delivered.
  public var promised: Int64 = 0

  public init() {}
}

extension State {
  // More of the same say no more.
  private static let problemsMax = 20

  // What refers to something that is not there, and in which words it is told.
  private static let links: [(sql: String, words: String)] = [
    ("SELECT count(*) FROM decision WHERE alert NOT IN (SELECT id FROM alert)", "decisions about unknown alerts"),
    ("SELECT count(*) FROM change WHERE alert NOT IN (SELECT id FROM alert)", "changes of unknown alerts"),
    ("SELECT count(*) FROM change WHERE run NOT IN (SELECT id FROM run)", "changes of unknown runs"),
    (
      "SELECT count(*) FROM alert WHERE status = 2 AND replaced_by NOT IN (SELECT id FROM alert)",
      "alerts whose successor is unknown"
    ),
    ("SELECT count(*) FROM page WHERE publication NOT IN (SELECT id FROM publication)", "pages of no report"),
    ("SELECT count(*) FROM piece WHERE part NOT IN (SELECT id FROM part)", "pieces of no part"),
    ("SELECT count(*) - count(DISTINCT path) FROM file WHERE current = 1", "files that are there twice"),
  ]

  // Looking at so much takes some tenths of a second, once it is in memory. Of more only what a run reads is checked.
  private static let checkedBytesMax: Int64 = 128 << 20

  /// Looks at the structure of every page, if that does not take long. An empty file has none.
  func checkPages() throws(StateError) {
    let bytes =
      try (database.number("PRAGMA page_count") ?? 0) * (database.number("PRAGMA page_size") ?? 0)
    guard bytes > 0, bytes <= State.checkedBytesMax else { return }
    let rows = try database.prepare("PRAGMA quick_check(1)")
    defer { rows.reset() }
    while try rows.step() {
      if rows.text(0) != "ok" { throw damaged(rows.text(0)) }
    }
  }

  private func count(_ table: String) throws(StateError) -> Int64 {
    try database.number("SELECT count(*) FROM \(table)") ?? 0
  }

  /// Looks at every page and every row.
  ///
  /// - Parameter memory: beyond this, the bytes of parts are put into a temporary file.
  public func check(memory: Int, temporaryDirectory: String) throws(StateError) -> StateCheck {
    var check = StateCheck()
    attempt(&check) { (check) throws(StateError) in
      let rows = try database.prepare("PRAGMA integrity_check(\(State.problemsMax))")
      defer { rows.reset() }
      while try rows.step() {
        if rows.text(0) != "ok" { check.problems.append(StateError.oneLine(rows.text(0))) }
      }
    }
    attempt(&check) { (check) throws(StateError) in
      check.version = try database.number("PRAGMA user_version") ?? 0
      check.bytes = try (database.number("PRAGMA page_count") ?? 0) * (database.number("PRAGMA page_size") ?? 0)
      check.runs = try count("run")
      check.files = try count("file WHERE current = 1")
      check.parts = try count("part")
      check.alerts = try count("alert WHERE status = 0")
      check.decisions = try count("decision")
      check.promised = try count("publication")
    }
    for link in State.links {
      attempt(&check) { (check) throws(StateError) in
        let count = try database.number(link.sql) ?? 0
        if count > 0 { check.problems.append("\(count) \(link.words)") }
      }
    }
    attempt(&check) { (_) throws(StateError) in
      _ = try parts(try files(), memory: memory, temporaryDirectory: temporaryDirectory)
    }
    attempt(&check) { (_) throws(StateError) in _ = try alerts() }
    attempt(&check) { (_) throws(StateError) in _ = try decisions() }
    attempt(&check) { (_) throws(StateError) in _ = try hashKey() }
    attempt(&check) { (_) throws(StateError) in _ = try detections() }
    return check
  }

  /// Damage is a result; anything else is not.
  private func attempt(
    _ check: inout StateCheck, _ body: (inout StateCheck) throws(StateError) -> Void
  ) {
    do throws(StateError) { try body(&check) } catch {
      if !check.problems.contains(error.message), check.problems.count < State.problemsMax {
        check.problems.append(error.message)
      }
    }
  }
}
