import Correlation
import Events
import Rules

/// What an alert says in a sentence, and the command that shows more.
public enum AlertSentence {
  /// Who did what to what, from where; what is normal for them, and what happened now.
  public static func why(_ alert: AlertView) -> [UInt8] {
    var words = Words()
    words.say(who(alert))
    words.say(" called ")
    words.say(what(alert))
    if let target = alert.scene(.target) {
      words.say(alert.episode.count == 1 ? " on " : ", last on ")
      words.say(target)
    }
    if let address = alert.scene(.sourceIP) {
      words.say(alert.episode.count == 1 ? " from " : ", last from ")
      words.say(address)
    }
    if let account = alert.shared(.account) {
      words.say(" in account ")
      words.say(account)
    }
    if let outcome = alert.shared(.outcome) {
      words.say(" (")
      words.say(outcome)
      words.say(")")
    }
    if alert.episode.count > 1 {
      words.say(", \(Amount.grouped(UInt64(alert.episode.count))) events")
      if alert.episode.firstTime != Timestamp.missing, alert.episode.firstTime < alert.episode.lastTime {
        words.say(" in \(span(alert.episode.lastTime - alert.episode.firstTime))")
      }
    }
    words.say(".")
    let reason = NoteSentence.text(alert)
    if !reason.isEmpty {
      words.say(" ")
      words.say(reason)
    }
    if alert.episode.findings > 1 { words.say(" \(alert.episode.findings - 1) further findings joined this one.") }
    return words.bytes
  }

  private static func who(_ alert: AlertView) -> [UInt8] {
    if alert.isMixed(.actor) { return Array("Several actors".utf8) }
    guard let actor = alert.shared(.actor) else { return Array("An unknown actor".utf8) }
    var words = Words()
    words.say(actor)
    if let issuer = alert.scene(.actorIssuer), issuer != actor {
      words.say(" (of ")
      words.say(issuer)
      words.say(")")
    }
    return words.bytes
  }

  private static func what(_ alert: AlertView) -> [UInt8] {
    let actions = alert.actions
    guard !actions.isEmpty else { return Array("something without a name".utf8) }
    let shown = actions.count <= 3 ? actions : Array(actions.prefix(2))
    var words = Words()
    for (place, action) in shown.enumerated() {
      let isLast = place == shown.count - 1 && actions.count <= 3
      if place > 0 { words.say(isLast ? " and " : ", ") }
      words.say(action)
    }
    if actions.count > shown.count {
      let rest = actions.count - shown.count
      words.say(" and \(alert.episode.hasMoreActions ? "more than " : "")\(rest) other actions")
    }
    return words.bytes
  }

  /// `3m10s`, `2h05m`, `12 days`.
  static func span(_ milliseconds: Int64) -> String {
    let days = milliseconds / 86_400_000
    if days >= 2 { return "\(days) days" }
    return milliseconds < 1000 ? "\(milliseconds) ms" : Amount.duration(milliseconds / 1000)
  }

  /// The command that lists what the group did around the alert.
  public static func next(_ alert: AlertView) -> [UInt8] {
    let filter = alert.filter { AlertSentence.filter(alert) }
    var command = "harrier search \(filter)"
    if alert.episode.firstTime != Timestamp.missing {
      let since = Timestamp.string(alert.episode.firstTime - 3_600_000)
      let until = Timestamp.string(alert.episode.lastTime + 3_600_000)
      command += " --since \(since) --until \(until)"
    }
    return Array((command + " PATH...").utf8)
  }

  private static func filter(_ alert: AlertView) -> String {
    var parts: [Predicate] = []
    for dimension in [Dimension.account, .actor] {
      guard let value = alert.shared(dimension) else { continue }
      parts.append(equals(dimension.name, value))
    }
    if parts.isEmpty, let address = alert.scene(.sourceIP) { parts.append(equals(Column.sourceIP.name, address)) }
    return shellQuoted(parts.isEmpty ? "*" : Filter.text(of: Predicate.all(parts)))
  }

  private static func equals(_ name: String, _ value: [UInt8]) -> Predicate {
    .field(name, .text(TextPattern(literal: String(decoding: value, as: UTF8.self))))
  }

  /// For a shell that someone pastes it into: in double quotes if that is easier to read and as safe.
  private static func shellQuoted(_ text: String) -> String {
    let isPlain = !text.contains { "\"$`\\!".contains($0) }
    return text.contains("'") && isPlain ? "\"\(text)\"" : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}

/// A sentence that grows; some of its parts are bytes of events.
struct Words {
  private(set) var bytes: [UInt8] = []

  mutating func say(_ text: String) { bytes += text.utf8 }
  mutating func say(_ text: [UInt8]) { bytes += text }

  /// `a`, `a and b`, `a, b and c`.
  mutating func list(_ items: [[UInt8]]) {
    for (place, item) in items.enumerated() {
      if place > 0 { say(place == items.count - 1 ? " and " : ", ") }
      say(item)
    }
  }
}
