import Correlation
import Events

/// What is usual for the actor of an alert that compares nothing by itself: how much else they do, and who else does this.
///
///     Usual: bob made 2,310 other calls in this account, none of them AttachUserPolicy; 3 others called it.
///     Usual: eve made 4 other calls in this account, none of them DeleteTrail; nobody else called it; first seen here less
///     than 1 hour before, in records since 2026-01-12T00:00:00Z; the access key was made 30 seconds before.
public enum HabitSentence {
  // Who came longer before is no news, and what the records do not reach further back than that they cannot tell.
  private static let newness: Int64 = 24 * Activity.hour

  /// Empty where nothing is known, as of alerts that were kept.
  public static func text(_ alert: Alert, _ language: Language = .english) -> [UInt8] {
    guard let habit = alert.habit, let actor = alert.actor else { return [] }
    let action = habit.action.flatMap { of in
      alert.actions.first.map { Action(name: $0, besides: of.own - alert.count, others: of.others) }
    }
    let told = Told(
      actor: actor, isInAccount: alert.account != nil, calls: habit.events - alert.count, action: action,
      newcomer: newcomer(alert, habit), keyAge: keyAge(alert, habit))
    return language == .english ? english(told) : chinese(told)
  }

  private struct Told {
    let actor: [UInt8]
    let isInAccount: Bool
    /// How many calls are not of the alert.
    let calls: Int
    let action: Action?
    let newcomer: Newcomer?
    /// How long before the alert's first event its key was made, where the records tell.
    let keyAge: Int64?
  }

  /// Somebody of whom the records know nothing before the last day.
  private struct Newcomer {
    /// First seen less than so many hours before the alert.
    let hours: Int64
    let records: Int64
  }

  /// Of users alone: names of sessions are often new where nobody is.
  private static func newcomer(_ alert: Alert, _ habit: Habits.Habit) -> Newcomer? {
    guard isUser(alert), let beginning = habit.beginning, alert.firstTime != Timestamp.missing else { return nil }
    let before = alert.firstTime - beginning.actor
    guard before >= 0, before < newness, beginning.actor - beginning.records >= newness else { return nil }
    return Newcomer(hours: before / Activity.hour + 1, records: beginning.records)
  }

  private static func keyAge(_ alert: Alert, _ habit: Habits.Habit) -> Int64? {
    guard isUser(alert), let made = habit.keyMade, alert.firstTime != Timestamp.missing else { return nil }
    let age = alert.firstTime - made
    return age >= 0 && age < newness ? age : nil
  }

  private static func isUser(_ alert: Alert) -> Bool { alert.actorType.map { $0.elementsEqual("user".utf8) } ?? false }

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
    if let newcomer = told.newcomer {
      // Without other calls, the alert's first event is the actor's.
      let hours = Amount.of(Int(newcomer.hours), "hour")
      words.say(told.calls <= 0 ? "; never seen here before" : "; first seen here less than \(hours) before")
      words.say(", in records since ")
      words.say(Stamp.of(newcomer.records))
    }
    if let age = told.keyAge {
      words.say("; the access key was made \(age < 1000 ? "at the same time" : "\(SpanWords.elapsed(age)) before")")
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
    if let newcomer = told.newcomer {
      words.say("；在始于")
      words.say(Stamp.of(newcomer.records))
      words.say("的记录中，")
      words.say(told.calls <= 0 ? "此前从未在此出现" : "首次在此出现距此不到 \(newcomer.hours) 小时")
    }
    if let age = told.keyAge {
      words.say("；所用访问密钥\(age < 1000 ? "于同一时刻创建" : "在此前 \(SpanWords.chineseElapsed(age))创建")")
    }
    words.say("。")
    return words.bytes
  }
}
