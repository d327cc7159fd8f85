import Correlation

/// What is usual for the actor of an alert that compares nothing by itself: how much else they do, and who else does this.
///
///     Usual: bob made 2,310 other calls in this account, none of them AttachUserPolicy; 3 others called it.
public enum HabitSentence {
  /// Empty where nothing is known, as of alerts that were kept.
  public static func text(_ alert: Alert, _ language: Language = .english) -> [UInt8] {
    guard let habit = alert.habit, let actor = alert.actor else { return [] }
    let action = habit.action.flatMap { of in
      alert.actions.first.map { Action(name: $0, besides: of.own - alert.count, others: of.others) }
    }
    let told = Told(
      actor: actor, isInAccount: alert.account != nil, calls: habit.events - alert.count, action: action)
    return language == .english ? english(told) : chinese(told)
  }

  private struct Told {
    let actor: [UInt8]
    let isInAccount: Bool
    /// How many calls are not of the alert.
    let calls: Int
    let action: Action?
  }

  private struct Action {
    let name: [UInt8]
    /// How many of the other calls are the same.
    let besides: Int
    let others: Int
  }

  private static func english(_ told: Told) -> [UInt8] {
    var words = Words()
    let place = told.isInAccount ? " in this account" : ""
    words.say("Usual: ")
    words.say(told.actor)
    words.say(told.calls <= 0 ? " called nothing else\(place)" : " made \(Amount.of(told.calls, "other call"))\(place)")
    if let action = told.action {
      if told.calls > 0 {
        let same = action.besides
        let part = same <= 0 ? "none" : same == told.calls ? "all" : Amount.grouped(UInt64(same))
        words.say(told.calls == 1 ? same <= 0 ? ", not " : ", also " : ", \(part) of them ")
        words.say(action.name)
      }
      switch action.others {
      case 0: words.say("; nobody else")
      case Habits.othersMax...: words.say("; \(Habits.othersMax) others or more")
      default: words.say("; \(Amount.of(action.others, "other"))")
      }
      words.say(" called ")
      words.say(told.calls > 0 ? Array("it".utf8) : action.name)
    }
    words.say(".")
    return words.bytes
  }

  private static func chinese(_ told: Told) -> [UInt8] {
    var words = Words(.chinese)
    words.say("平时：")
    words.say(told.actor)
    words.say(told.isInAccount ? "在此账户" : "")
    words.say(told.calls <= 0 ? "没有其他调用" : "另有 \(Amount.grouped(UInt64(told.calls))) 次调用")
    if let action = told.action {
      if told.calls > 0 {
        words.say(action.besides <= 0 ? "，均不是" : "，其中 \(Amount.grouped(UInt64(action.besides))) 次是")
        words.say(action.name)
      }
      switch action.others {
      case 0: words.say("；没有其他主体调用过")
      case Habits.othersMax...: words.say("；至少另有 \(Habits.othersMax) 个主体调用过")
      default: words.say("；另有 \(action.others) 个主体调用过")
      }
      words.say(told.calls > 0 ? Array("该操作".utf8) : action.name)
    }
    words.say("。")
    return words.bytes
  }
}
