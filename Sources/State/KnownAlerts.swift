import Archive
import Events

/// What became of an alert.
public enum AlertStatus: Int64, Sendable {
  case current, withdrawn, replaced
  /// Found while learning: told to nobody.
  case learned
}

/// The row of an alert, without its text.
public struct KnownAlert: Sendable {
  /// 32 hexadecimal digits.
  public var id: String
  public var rule: String
  /// Which form of the rule has found it.
  public var detection: SHA256Value
  public var groupKey: [UInt8]
  public var time: Int64
  public var firstTime: Int64
  public var lastTime: Int64
  public var level: Int
  public var essence: Hash128
  public var status = AlertStatus.current
  public var run: Int64 = 0

  public init(
    id: String, rule: String, detection: SHA256Value, groupKey: [UInt8], time: Int64, firstTime: Int64, lastTime: Int64,
    level: Int, essence: Hash128
  ) {
    self.id = id
    self.rule = rule
    self.detection = detection
    self.groupKey = groupKey
    self.time = time
    self.firstTime = firstTime
    self.lastTime = lastTime
    self.level = level
    self.essence = essence
  }
}

extension State {
  /// All alerts, by time, then id.
  public func alerts() throws(StateError) -> [KnownAlert] {
    var alerts: [KnownAlert] = []
    let rows = try database.prepare(
      """
      SELECT id, rule, detection, group_key, time, first_time, last_time, level, essence, status, run FROM alert
      ORDER BY time, id
      """)
    defer { rows.reset() }
    while try rows.step() {
      guard let detection = SHA256Value(bytes: rows.bytes(2)), let essence = Hash128(bytes: rows.bytes(8)),
        let status = AlertStatus(rawValue: rows.number(9))
      else { throw damaged("an alert cannot be read") }
      var alert = KnownAlert(
        id: rows.text(0), rule: rows.text(1), detection: detection, groupKey: rows.bytes(3), time: rows.number(4),
        firstTime: rows.number(5), lastTime: rows.number(6), level: Int(clamping: rows.number(7)), essence: essence)
      alert.status = status
      alert.run = rows.number(10)
      alerts.append(alert)
    }
    return alerts
  }

  /// The line of `alerts.jsonl` that an alert has now; nil for an unknown one.
  public func line(ofAlert id: String) throws(StateError) -> [UInt8]? {
    let rows = try database.prepare("SELECT line FROM alert WHERE id = ?")
    try rows.bind([.text(id)])
    defer { rows.reset() }
    return try rows.step() ? rows.bytes(0) : nil
  }

  /// Gives the current lines in the order of reports.
  public func currentLines(_ take: (_ id: String, _ line: [UInt8]) -> Void) throws(StateError) {
    let rows = try database.prepare("SELECT id, line FROM alert WHERE status = 0 ORDER BY time, id")
    defer { rows.reset() }
    while try rows.step() { take(rows.text(0), rows.bytes(1)) }
  }

  /// A new alert, or one that is known in another form.
  public func put(_ alert: KnownAlert, line: [UInt8]) throws(StateError) {
    try database.run(
      """
      INSERT INTO alert (id, rule, detection, group_key, time, first_time, last_time, level, essence, line, status, run)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET rule = excluded.rule, detection = excluded.detection,
        group_key = excluded.group_key, time = excluded.time, first_time = excluded.first_time,
        last_time = excluded.last_time, level = excluded.level, essence = excluded.essence, line = excluded.line,
        status = excluded.status, run = excluded.run, replaced_by = NULL
      """,
      .text(alert.id), .text(alert.rule), .bytes(alert.detection.bytes), .bytes(alert.groupKey), .number(alert.time),
      .number(alert.firstTime), .number(alert.lastTime), .number(Int64(alert.level)), .bytes(alert.essence.bytes),
      .bytes(line), .number(alert.status.rawValue), .number(alert.run))
  }

  /// Other words for the same news.
  public func reword(_ id: String, line: [UInt8]) throws(StateError) {
    try database.run("UPDATE alert SET line = ?1 WHERE id = ?2 AND line <> ?1", .bytes(line), .text(id))
  }

  /// Other words for all alerts, whatever has become of them, that `words` gives others for. The caller holds a transaction.
  public func reword(_ words: ([UInt8]) -> [UInt8]?) throws(StateError) {
    var changed: [(id: String, line: [UInt8])] = []
    let rows = try database.prepare("SELECT id, line FROM alert")
    while try rows.step() {
      if let line = words(rows.bytes(1)) { changed.append((rows.text(0), line)) }
    }
    for (id, line) in changed { try reword(id, line: line) }
  }

  /// An alert that is no longer one, or has become another; what was decided about it goes on with that.
  public func retire(_ id: String, replacedBy other: String?, run: Int64) throws(StateError) {
    let status = other == nil ? AlertStatus.withdrawn : .replaced
    try database.run(
      "UPDATE alert SET status = ?, run = ?, replaced_by = ? WHERE id = ?", .number(status.rawValue), .number(run),
      .text(orNull: other), .text(id))
    guard let other else { return }
    try database.run("UPDATE decision SET alert = ? WHERE alert = ?", .text(other), .text(id))
  }

  /// What some runs told, in their order.
  public func changes(of runs: ClosedRange<Int64>) throws(StateError) -> ChangeLog {
    var log = ChangeLog()
    let rows = try database.prepare(
      "SELECT alert, kind, replaces FROM change WHERE run BETWEEN ? AND ? ORDER BY run")
    try rows.bind([.number(runs.lowerBound), .number(runs.upperBound)])
    defer { rows.reset() }
    while try rows.step() {
      guard let kind = AlertChange.Kind(rawValue: rows.number(1)) else { throw damaged("a change cannot be read") }
      log.add(AlertChange(kind: kind, id: rows.text(0), replaces: rows.optionalText(2), place: nil))
    }
    return log
  }

  /// What a run told of an alert.
  public func note(_ change: AlertChange, run: Int64) throws(StateError) {
    try database.run(
      "INSERT OR REPLACE INTO change VALUES (?, ?, ?, ?)", .number(run), .text(change.id),
      .number(change.kind.rawValue),
      .text(orNull: change.replaces))
  }
}

extension Hash128 {
  init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for place in 0..<8 {
      words.0 |= UInt64(bytes[place]) << UInt64(place * 8)
      words.1 |= UInt64(bytes[place + 8]) << UInt64(place * 8)
    }
    self.init(words.0, words.1)
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for word in [high, low] { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
    return bytes
  }
}
