import Events
import Rules

/// What a notice says to a person: a title and lines, without markup, and without anything that a chat, a mail or a terminal
/// would obey.
public struct NoticeText {
  public let title: String
  /// `Who: alice`
  public let lines: [(name: String, text: String)]

  // A sentence about an event may quote what an attacker wrote.
  private static let textBytesMax = 600
  // Slack takes no longer one, and a message with a longer one not at all.
  private static let titleBytesMax = 150

  public init(_ notice: Notice) {
    if notice.isDigest {
      title = NoticeText.clipped("[harrier] \(NoticeText.counted(notice.counts))", NoticeText.titleBytesMax)
      lines = NoticeText.digest(notice)
    } else {
      let alert = notice.alerts[0]
      let change = notice.change == "new" ? "" : " (\(notice.change))"
      let words = "[harrier] \(alert.level.name.uppercased()): \(NoticeText.clean(alert.title))"
      title = NoticeText.clipped(words, NoticeText.titleBytesMax - change.utf8.count) + change
      lines = NoticeText.lines(alert)
    }
  }

  public var body: String { lines.map { $0.name.isEmpty ? $0.text : "\($0.name): \($0.text)" }.joined(separator: "\n") }

  private static func lines(_ alert: Alert) -> [(name: String, text: String)] {
    var lines: [(name: String, text: String)] = []
    func add(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { lines.append((name, clipped(text, textBytesMax))) }
    }
    if alert.change?.name == "withdrawn" { add("", "Later events show that this was none.") }
    add("What", clean(alert.why))
    add("Who", alert.person.map(clean))
    add(
      "Where", [alert.account, alert.environment, alert.region].compactMap { $0.map(clean) }.joined(separator: " / "))
    add("From", alert.sourceIP.map(clean))
    add("When", times(alert))
    if alert.count > 0 { add("Events", "\(alert.count)") }
    add("Rule", clean(alert.ruleID))
    add("Next", clean(alert.next))
    add("Runbook", alert.runbook.map(clean))
    add("Alert", alert.id)
    return lines
  }

  private static func times(_ alert: Alert) -> String? {
    guard alert.hasTimes else { return alert.time == Timestamp.missing ? nil : Timestamp.string(alert.time) }
    let first = Timestamp.string(alert.firstTime)
    return alert.firstTime == alert.lastTime ? first : "\(first) to \(Timestamp.string(alert.lastTime))"
  }

  private static func digest(_ notice: Notice) -> [(name: String, text: String)] {
    var lines = notice.alerts.map { alert in
      let parts = [alert.person, alert.account].compactMap { $0.map(clean) }
      let who = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
      return ("", clipped("\(alert.level.name.uppercased()) \(clean(alert.title))\(who)", textBytesMax))
    }
    let more = notice.total - notice.alerts.count
    if more > 0 { lines.append(("", "and \(more) more; harrier alerts --state FILE lists them all")) }
    return lines
  }

  /// `37 alerts: 2 critical, 35 high`
  static func counted(_ counts: [Int]) -> String {
    let parts = Level.allCases.reversed().filter { counts[$0.rawValue] > 0 }.map { "\(counts[$0.rawValue]) \($0.name)" }
    let total = counts.reduce(0, +)
    return "\(total) alert\(total == 1 ? "" : "s"): \(parts.joined(separator: ", "))"
  }

  // MARK: Bytes

  static func clean(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    bytes.withUnsafeBytes { Escape.forEachShown($0, keepingNewlines: false) { out.append(contentsOf: $0) } }
    return String(decoding: out, as: UTF8.self)
  }

  static func clean(_ text: String) -> String { clean(Array(text.utf8)) }

  /// At most so many bytes, and at most so many between the quotes of a JSON string.
  static func clipped(_ text: String, _ bytesMax: Int, asJSON jsonMax: Int) -> String {
    var limit = bytesMax
    while true {
      let cut = clipped(text, limit)
      var json: [UInt8] = []
      Array(cut.utf8).withUnsafeBytes { Escape.json($0, to: &json) }
      guard json.count > jsonMax, limit > 1 else { return cut }
      // Some bytes become several: less of the text by the share that is too much.
      limit = max(1, min(limit - 1, cut.utf8.count * jsonMax / json.count))
    }
  }

  /// At most so many bytes, cut between characters.
  static func clipped(_ text: String, _ bytesMax: Int) -> String {
    guard text.utf8.count > bytesMax else { return text }
    var count = 3
    let kept = text.prefix { character in
      count += character.utf8.count
      return count <= bytesMax
    }
    return kept + "…"
  }
}
