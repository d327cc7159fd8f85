import Correlation
import Events
import Rules

/// What an alert says in a sentence or two.
enum AlertSentence {
  // What fits a sentence.
  private static let actionsMax = 3

  /// Why it was raised, and what is usual for its actor.
  static func whole(_ alert: Alert) -> [UInt8] {
    let habit = HabitSentence.text(alert)
    return habit.isEmpty ? alert.why : alert.why + [UInt8(ascii: " ")] + habit
  }

  /// Who did what to what, from where; what is normal for them, and what happened now.
  static func why(_ alert: AlertView, _ reasons: [Reason]) -> [UInt8] {
    var words = Words()
    // What did not happen was done by nobody.
    if !alert.episode.note.isOfSilence, alert.episode.count > 0 { opening(alert, &words) }
    if reasons.isEmpty { return words.bytes }
    let setting = ReasonTeller.Setting(
      time: alert.episode.time, group: alert.group, account: alert.shared(.account), actor: alert.shared(.actor))
    let reason = ReasonTeller.text(reasons, setting, .english)
    if !words.bytes.isEmpty, !reason.isEmpty { words.say(" ") }
    words.say(reason)
    return words.bytes
  }

  private static func opening(_ alert: AlertView, _ words: inout Words) {
    let isOne = alert.episode.count == 1
    words.say(who(alert))
    words.say(" called ")
    words.say(what(alert))
    if isOne { scene(alert, &words) }
    if let account = alert.shared(.account) {
      words.say(" in account ")
      words.say(account)
    }
    if let outcome = alert.shared(.outcome) {
      words.say(" (")
      words.say(outcome)
      words.say(")")
    }
    if !isOne {
      words.say(", \(Amount.of(alert.episode.count, "event"))")
      let span = alert.episode.lastTime - max(alert.episode.firstTime, 0)
      if alert.episode.firstTime != Timestamp.missing, span > 0 { words.say(" in \(SpanWords.elapsed(span))") }
      if alert.raising(.target) != nil || alert.raising(.sourceIP) != nil {
        words.say("; the one that raised the alert was")
        scene(alert, &words)
      }
    }
    words.say(".")
  }

  /// ` on TARGET from ADDRESS`: of one event.
  private static func scene(_ alert: AlertView, _ words: inout Words) {
    if let target = alert.raising(.target) {
      words.say(" on ")
      words.say(target)
    }
    if let address = alert.raising(.sourceIP) {
      words.say(" from ")
      words.say(address)
      if let origin = alert.origin(of: address) { words.say(" (\(origin.words))") }
    }
  }

  private static func who(_ alert: AlertView) -> [UInt8] {
    if alert.isMixed(.actor) { return Array("Several actors".utf8) }
    guard let actor = alert.shared(.actor) else { return Array("An unknown actor".utf8) }
    var words = Words()
    words.say(actor)
    if let issuer = alert.scene(.actorIssuer), letters(issuer) != letters(actor) {
      words.say(" (of ")
      words.say(issuer)
      words.say(")")
    }
    return words.bytes
  }

  /// Without what separates them: `role:session` and `role/session` are one name.
  private static func letters(_ name: [UInt8]) -> [UInt8] {
    name.filter { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
  }

  private static func what(_ alert: AlertView) -> [UInt8] {
    let actions = alert.actions
    guard !actions.isEmpty else { return Array("something without a name".utf8) }
    let shown = actions.count <= actionsMax ? actions : Array(actions.prefix(actionsMax - 1))
    var words = Words()
    let rest = actions.count - shown.count
    if rest == 0 {
      words.list(shown)
    } else {
      for (place, action) in shown.enumerated() {
        if place > 0 { words.say(", ") }
        words.say(action)
      }
      words.say(" and \(alert.episode.hasMoreActions ? "more than " : "")\(rest) other actions")
    }
    return words.bytes
  }
}
