/// What people are to be told: written in the transaction that found the news, taken to them by another process, and kept
/// until that has happened.
///
///     outbox         one row for each alert's change and each target
///     outbox_target  targets that could not be reached, and when to try them again
///     outbox_sent    when messages went out lately: for the rate
enum Outbox {
  static let tables = """
    CREATE TABLE IF NOT EXISTS outbox (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL, target TEXT NOT NULL, run INTEGER NOT NULL, level INTEGER NOT NULL,
      created INTEGER NOT NULL, status INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL, done INTEGER,
      error TEXT, payload BLOB NOT NULL, UNIQUE (key, target));
    CREATE INDEX IF NOT EXISTS outbox_status ON outbox (status, target, id);
    CREATE TABLE IF NOT EXISTS outbox_target (
      target TEXT PRIMARY KEY, failures INTEGER NOT NULL, due INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS outbox_sent (target TEXT NOT NULL, time INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS outbox_sent_target ON outbox_sent (target, time);
    """
}

/// A row of the outbox, without what is to be sent.
public struct OutboxRow: Sendable {
  public enum Status: Int64, Sendable, CaseIterable {
    case waiting, sent, dead

    public var name: String { String(describing: self) }
  }

  public var id: Int64
  /// The same for every try: the alert's id and what is told of it.
  public var key: String
  public var target: String
  public var run: Int64
  /// The place of the alert's level among all levels; -1 where there is none.
  public var level: Int
  /// Milliseconds since 1970, as are the others.
  public var created: Int64
  public var status: Status
  public var attempts: Int
  public var due: Int64
  public var done: Int64?
  public var error: String?
}

/// When a target that could not be reached is tried again.
public struct OutboxPause: Sendable {
  public var failures: Int
  public var due: Int64

  public init(failures: Int, due: Int64) {
    self.failures = failures
    self.due = due
  }
}

/// How rows are named.
public enum OutboxKey {
  public static let restSuffix = "-rest"

  /// Of all alerts of a run that were too many to be filed.
  public static func rest(run: Int64) -> String { "run-\(run)\(restSuffix)" }

  /// - Parameter change: `new`, `updated`, `withdrawn`. An alert may be updated by many runs.
  public static func alert(_ id: String, _ change: String, run: Int64) -> String { "\(id)-\(change)-\(run)" }

  public static func digest(_ ids: [Int64]) -> String { "digest-\(ids.min() ?? 0)-\(ids.max() ?? 0)-\(ids.count)" }
}

extension State {
  // A sent row is kept for whoever asks what was told.
  private static let sentKeptMillis: Int64 = 7 * 86_400_000

  // MARK: Writing, in the transaction of a sweep

  /// Files what one target is to be told. What is filed already stays as it is.
  public func file(
    _ key: String, target: String, run: Int64, level: Int, created: Int64, payload: [UInt8]
  ) throws(StateError) {
    try database.run(
      """
      INSERT OR IGNORE INTO outbox (key, target, run, level, created, status, attempts, due, payload)
      VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?)
      """,
      .text(key), .text(target), .number(run), .number(Int64(level)), .number(created), .bytes(payload))
  }

  /// Files a sign of life, in the place of one that is still there.
  public func fileSign(_ key: String, target: String, run: Int64, created: Int64) throws(StateError) {
    try database.run("DELETE FROM outbox WHERE target = ?", .text(target))
    try database.run("DELETE FROM outbox_target WHERE target = ?", .text(target))
    try file(key, target: target, run: run, level: -1, created: created, payload: [])
  }

  // MARK: Reading

  private static let columns = "id, key, target, run, level, created, status, attempts, due, done, error"

  /// Rows in the order in which they were filed.
  public func outbox(_ status: OutboxRow.Status? = nil, target: String? = nil) throws(StateError) -> [OutboxRow] {
    let rows = try database.prepare(
      """
      SELECT \(State.columns) FROM outbox WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR target = ?2)
      ORDER BY id
      """)
    try rows.bind([status.map { .number($0.rawValue) } ?? .null, .text(orNull: target)])
    defer { rows.reset() }
    var all: [OutboxRow] = []
    while try rows.step() {
      guard let status = OutboxRow.Status(rawValue: rows.number(6)) else {
        throw damaged("a row of the outbox cannot be read")
      }
      all.append(
        OutboxRow(
          id: rows.number(0), key: rows.text(1), target: rows.text(2), run: rows.number(3),
          level: Int(clamping: rows.number(4)), created: rows.number(5), status: status,
          attempts: Int(clamping: rows.number(7)), due: rows.number(8), done: rows.isNull(9) ? nil : rows.number(9),
          error: rows.optionalText(10)))
    }
    return all
  }

  /// Targets for which something waits.
  public func waitingTargets() throws(StateError) -> [String] {
    let rows = try database.prepare("SELECT DISTINCT target FROM outbox WHERE status = 0 ORDER BY target")
    defer { rows.reset() }
    var all: [String] = []
    while try rows.step() { all.append(rows.text(0)) }
    return all
  }

  public func outboxCount(_ status: OutboxRow.Status) throws(StateError) -> Int {
    Int(clamping: try database.number("SELECT count(*) FROM outbox WHERE status = ?", .number(status.rawValue)) ?? 0)
  }

  public func payload(of row: Int64) throws(StateError) -> [UInt8] {
    let rows = try database.prepare("SELECT payload FROM outbox WHERE id = ?")
    try rows.bind([.number(row)])
    defer { rows.reset() }
    return try rows.step() ? rows.bytes(0) : []
  }

  public func pause(of target: String) throws(StateError) -> OutboxPause? {
    let rows = try database.prepare("SELECT failures, due FROM outbox_target WHERE target = ?")
    try rows.bind([.text(target)])
    defer { rows.reset() }
    return try rows.step() ? OutboxPause(failures: Int(clamping: rows.number(0)), due: rows.number(1)) : nil
  }

  /// When messages went to a target since a moment, the first first.
  public func sentTimes(_ target: String, since: Int64) throws(StateError) -> [Int64] {
    let rows = try database.prepare("SELECT time FROM outbox_sent WHERE target = ? AND time > ? ORDER BY time")
    try rows.bind([.text(target), .number(since)])
    defer { rows.reset() }
    var times: [Int64] = []
    while try rows.step() { times.append(rows.number(0)) }
    return times
  }
}

/// What became of rows.
extension State {
  /// One message told of all these rows.
  public func delivered(_ ids: [Int64], target: String, at time: Int64) throws(StateError) {
    try transaction { () throws(StateError) in
      for id in ids {
        try database.run(
          """
          UPDATE outbox SET status = 1, attempts = attempts + 1, done = ?, error = NULL, payload = x'' WHERE id = ?
          """, .number(time), .number(id))
      }
      try database.run("INSERT INTO outbox_sent VALUES (?, ?)", .text(target), .number(time))
      try database.run("DELETE FROM outbox_target WHERE target = ?", .text(target))
      try database.run("DELETE FROM outbox_sent WHERE time < ?", .number(time - State.sentKeptMillis))
      try database.run(
        "DELETE FROM outbox WHERE status = 1 AND done < ?", .number(time - State.sentKeptMillis))
    }
  }

  /// A try that failed.
  ///
  /// - Parameters:
  ///   - due: when these rows are tried again; nil makes dead letters of them.
  ///   - pause: of the whole target; nil if the target is well, and refused these rows alone.
  public func failed(
    _ ids: [Int64], target: String, error: String, due: [Int64?], pause: OutboxPause?
  ) throws(StateError) {
    try transaction { () throws(StateError) in
      for (id, due) in zip(ids, due) {
        try database.run(
          "UPDATE outbox SET status = ?, attempts = attempts + 1, error = ?, due = ? WHERE id = ?",
          .number(due == nil ? OutboxRow.Status.dead.rawValue : 0), .text(error), .number(due ?? 0), .number(id))
      }
      guard let pause else { return }
      try database.run(
        "INSERT OR REPLACE INTO outbox_target VALUES (?, ?, ?)", .text(target), .number(Int64(pause.failures)),
        .number(pause.due))
    }
  }

  /// Dead letters and those that wait are tried again at once, with all tries before them.
  public func retry(_ ids: [Int64]) throws(StateError) {
    try transaction { () throws(StateError) in
      for id in ids {
        try database.run(
          "DELETE FROM outbox_target WHERE target = (SELECT target FROM outbox WHERE id = ?)", .number(id))
        try database.run("UPDATE outbox SET status = 0, attempts = 0, due = 0 WHERE id = ?", .number(id))
      }
    }
  }

  public func drop(_ ids: [Int64]) throws(StateError) {
    try transaction { () throws(StateError) in
      for id in ids { try database.run("DELETE FROM outbox WHERE id = ?", .number(id)) }
    }
  }
}
