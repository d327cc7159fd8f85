import Rules

/// What one message tells: of an alert, or of many at once.
public struct Notice: Sendable {
  // What a person reads of many alerts; the others are counted.
  public static let shownMax = 20

  /// The same for every try to deliver it.
  public let key: String
  /// Of one alert, or the gravest of many.
  public let alerts: [Alert]
  /// How many there are, by level.
  public let counts: [Int]
  public let isDigest: Bool
  /// The alert as it stands in `alerts.jsonl`.
  let line: [UInt8]

  /// Nil for a line that is no alert.
  public init?(key: String, line: [UInt8]) {
    guard let alert = Alert(line: line) else { return nil }
    var counts = [Int](repeating: 0, count: Level.allCases.count)
    counts[alert.level.rawValue] = 1
    self.key = key
    alerts = [alert]
    self.counts = counts
    isDigest = false
    self.line = line.last == 0x0A ? line.dropLast() : line
  }

  /// - Parameter lines: of the gravest.
  public init(digest key: String, counts: [Int], lines: [[UInt8]]) {
    self.key = key
    alerts = lines.prefix(Notice.shownMax).compactMap { Alert(line: $0) }
    self.counts = counts
    isDigest = true
    line = []
  }

  /// A message that shows that messages arrive.
  public static func trial(key: String) -> Notice {
    var alert = Alert(id: String(repeating: "0", count: 32))
    alert.level = .informational
    alert.title = "Harrier can reach you"
    alert.ruleID = "trial"
    alert.kind = "trial"
    alert.why = Array("somebody tried this target with harrier-notify --try".utf8)
    var json = AlertJSON()
    let line = json.line(alert)
    return Notice(key: key, line: line) ?? Notice(digest: key, counts: [1, 0, 0, 0, 0], lines: [])
  }

  public var total: Int { counts.reduce(0, +) }

  /// The level of the gravest.
  public var level: Level {
    Level.allCases.last { counts[$0.rawValue] > 0 } ?? .informational
  }

  /// `new`, `updated`, `withdrawn`.
  var change: String { isDigest ? "digest" : alerts.first?.change?.name ?? "new" }
}

/// How many of a run's alerts were left out of the outbox, by level: kept in the place of the alerts.
public enum NoticeRest {
  public static func text(_ counts: [Int]) -> [UInt8] {
    var json = JSONText()
    json.begin()
    json.key("rest")
    json.begin(UInt8(ascii: "["))
    for count in counts { json.word(count) }
    json.end(UInt8(ascii: "]"))
    json.end()
    return json.bytes
  }

  /// Nil for what is no such text.
  public static func counts(_ text: [UInt8]) -> [Int]? {
    guard let list = JSONValue(text)?["rest"]?.list, list.count == Level.allCases.count else { return nil }
    return list.map { max(0, $0.integer ?? 0) }
  }
}
