import Correlation

/// What is usual for the actor of an alert that compares nothing by itself: how much else they do, and who else does this.
///
///     Usual: bob made 2,310 other calls in this account, none of them AttachUserPolicy; 3 others called it.
public enum HabitSentence {
  /// Empty where nothing is known, as of alerts that were kept.
  public static func text(_ alert: Alert) -> [UInt8] {
    guard let habit = alert.habit, let actor = alert.actor, let action = alert.actions.first else { return [] }
    var words = Words()
    let place = alert.account == nil ? "" : " in this account"
    words.say("Usual: ")
    words.say(actor)
    var it = Array("it".utf8)
    switch habit.events - alert.count {
    case ...0:
      words.say(" called nothing else\(place)")
      it = action
    case let others:
      words.say(" made \(Amount.of(others, "other call"))\(place), ")
      let same = habit.ofAction - alert.count
      let part = same <= 0 ? "none" : same == others ? "all" : Amount.grouped(UInt64(same))
      words.say(others == 1 ? same <= 0 ? "not " : "also " : "\(part) of them ")
      words.say(action)
    }
    words.say("; ")
    switch habit.others {
    case 0: words.say("nobody else")
    case Habits.othersMax...: words.say("\(Habits.othersMax) others or more")
    default: words.say(Amount.of(habit.others, "other"))
    }
    words.say(" called ")
    words.say(it)
    words.say(".")
    return words.bytes
  }
}
