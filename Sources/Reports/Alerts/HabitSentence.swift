import Correlation

/// What is usual for the actor of an alert that compares nothing by itself: how much else they do, and who else does this.
///
///     Usual: bob made 2,310 other calls in this account, none of them AttachUserPolicy; 3 others called it.
public enum HabitSentence {
  /// Empty where nothing is known, as of alerts that were kept.
  public static func text(_ alert: Alert) -> [UInt8] {
    guard let habit = alert.habit, let actor = alert.actor else { return [] }
    var words = Words()
    let place = alert.account == nil ? "" : " in this account"
    let others = habit.events - alert.count
    words.say("Usual: ")
    words.say(actor)
    words.say(others <= 0 ? " called nothing else\(place)" : " made \(Amount.of(others, "other call"))\(place)")
    if let action = habit.action, let name = alert.actions.first {
      self.action(action, name, besides: action.own - alert.count, of: others, &words)
    }
    words.say(".")
    return words.bytes
  }

  /// How many of the other calls were the same, and who else makes them.
  private static func action(
    _ action: Habits.OfAction, _ name: [UInt8], besides same: Int, of others: Int, _ words: inout Words
  ) {
    if others > 0 {
      let part = same <= 0 ? "none" : same == others ? "all" : Amount.grouped(UInt64(same))
      words.say(others == 1 ? same <= 0 ? ", not " : ", also " : ", \(part) of them ")
      words.say(name)
    }
    switch action.others {
    case 0: words.say("; nobody else")
    case Habits.othersMax...: words.say("; \(Habits.othersMax) others or more")
    default: words.say("; \(Amount.of(action.others, "other"))")
    }
    words.say(" called ")
    words.say(others > 0 ? Array("it".utf8) : name)
  }
}
