import Correlation
import Events
import Rules

/// The reasons of Harrier's own types: what is usual for the group, and what happened now.
struct HistorySentence {
  private let alert: AlertView
  private let settings: HistorySettings
  private let members: [String]
  private let field: String
  private let span: Int64

  init(_ alert: AlertView, _ correlation: Correlation) {
    self.alert = alert
    settings = correlation.history ?? HistorySettings()
    members = alert.detection.memberTitles
    field = settings.field ?? "value"
    span = correlation.timespanMilliseconds
  }

  private var spanWords: String { SpanWords.of(span) }
  private var kind: CorrelationKind? {
    guard case .correlation(let correlation) = alert.detection.kind else { return nil }
    return correlation.kind
  }

  func say(_ words: inout Words) {
    switch alert.episode.note {
    case .newValue, .newKey, .rare: newness(&words)
    case .rate, .share: rate(&words)
    case .networks, .travel: places(&words)
    case .overlap, .sameActor: twoThings(&words)
    case .quiet, .unanswered, .overstay, .silence: silence(&words)
    case .interval(let value, let since, let until, let begun, let ended):
      interval(value, since, until, begun, ended, &words)
    case .after, .outsideHours: dates(&words)
    case .none, .held, .matched, .absent, .unexpected: break
    }
  }

  private func value(_ id: UInt32) -> [UInt8] { alert.shown(id, under: settings.field ?? "") }

  // MARK: Values

  private func newness(_ words: inout Words) {
    switch alert.episode.note {
    case .newValue(let new, let usual, let distinct, let peers, let known):
      words.say("The \(field) ")
      words.say(value(new))
      words.say(" was not seen")
      words.key(alert, " for ")
      // Records that do not go back so far say nothing of the whole span.
      let isShort = known > alert.episode.time - span
      words.say(isShort ? " before, in records since \(Stamp.of(known))" : " in the \(spanWords) before")
      usualValues(usual, distinct, isAlways: distinct == 1 && isShort, &words)
      words.say(peers == 0 ? "; nobody else had it then." : "; \(Amount.of(peers, "other")) had it then.")
    case .newKey(let values, let known):
      words.say("It is the first of its kind")
      words.key(alert, " for ")
      if known < alert.episode.time { words.say(" (others of the kind are known since \(Stamp.of(known)))") }
      words.say(", and came with \(field) ")
      words.list(values.prefix(5).map(value), of: values.count)
      words.say(".")
    case .rare(let new, let having, let peers):
      words.say("The \(field) ")
      words.say(value(new))
      words.say(" was not seen")
      words.key(alert, " for ")
      words.say(" in the \(spanWords) before, and ")
      switch (having, peers) {
      case (0, 1): words.say("the only other one active then did not have it")
      case (_, 1): words.say("the only other one active then had it")
      default: words.say("\(having == 0 ? "none" : "\(having)") of the \(peers) others active then had it")
      }
      words.say("; the rule asks for fewer than \(settings.fewerThan).")
    default: break
    }
  }

  /// - Parameter isAlways: whether the key had no other value, in all that is known of it.
  private func usualValues(_ usual: [UInt32], _ distinct: Int, isAlways: Bool, _ words: inout Words) {
    guard !usual.isEmpty else { return }
    if isAlways {
      words.say("; until then it was always ")
      words.say(value(usual[0]))
      return
    }
    words.say(usual.count == 1 ? "; the usual one is " : "; the usual ones are ")
    words.list(usual.map(value))
    if usual.count > 1, distinct > usual.count { words.say(", of \(distinct)") }
  }

  private func twoThings(_ words: inout Words) {
    switch alert.episode.note {
    case .overlap(let one, let other, let first, let between):
      words.say("The \(field) was ")
      words.say(value(one))
      words.say(" at \(Stamp.of(first)), ")
      words.say(value(other))
      words.say(" at \(Stamp.of(between)), then ")
      words.say(value(one))
      words.say(" again at \(Stamp.of(alert.episode.time))")
      words.key(alert, " for ")
      words.say(": there and back within \(spanWords).")
    case .sameActor(let one, let other, let event):
      words.say("The \(field) ")
      words.say(value(one))
      words.say(" did both ")
      words.titles(members)
      words.say(" within \(spanWords)")
      words.key(alert, " for ")
      words.say("; the other half was at \(Stamp.of(other))")
      if event != 0 {
        words.say(", event ")
        words.say(value(event))
      }
      words.say(".")
    default: break
    }
  }

  // MARK: Numbers

  private func rate(_ words: inout Words) {
    switch alert.episode.note {
    case .rate(let number, let median, let deviation, let buckets, let usual, let bucket):
      words.say("\(Amount.of(number, "event")) were reached")
      words.key(alert, " for ")
      words.say(" in the \(spanWords) from \(Stamp.of(bucket)) on; usual is \(Amount.grouped(UInt64(median))), ")
      words.say("give or take \(Amount.grouped(UInt64(deviation))), \(whose(usual, buckets)).")
    case .share(let part, let whole, let median, let deviation, let buckets, let usual, let bucket):
      let share = whole == 0 ? 0 : part * 1_000_000 / whole
      words.say("\(part) of \(Amount.of(whole, "event")) (\(percent(share)))")
      words.key(alert, " for ")
      words.say(" were of this kind in the \(spanWords) from \(Stamp.of(bucket)) on; usual is \(percent(median)), ")
      words.say("give or take \(percent(deviation)), \(whose(usual, buckets)).")
    default: break
    }
    words.say(" The rule asks for \(Decimal(settings.ratio)?.description ?? "\(settings.ratio)") times the upper end ")
    words.say("of that, and at least \(settings.floor): here \(threshold).")
  }

  /// What had to be reached.
  private var threshold: String {
    let ratio = Ratio(settings.ratio)
    switch alert.episode.note {
    case .rate(_, let median, let deviation, _, _, _):
      return Amount.grouped(UInt64(max(settings.floor, ratio.times(max(1, median + deviation)))))
    case .share(_, _, let median, let deviation, _, _, _):
      return percent(min(ratio.times(max(ShareLimits.usualMin, median + deviation)), ShareLimits.whole))
    default: return ""
    }
  }

  private func whose(_ usual: Note.Usual, _ buckets: Int) -> String {
    switch usual {
    case .sameHour: "at this hour of the week in \(Amount.of(buckets, "week")) before"
    case .own: "in \(Amount.of(buckets, "such period")) before"
    case .everyone: "for everyone, in \(Amount.of(buckets, "period")) before, since there is too little history here"
    }
  }

  /// Of millionths.
  private func percent(_ share: Int) -> String { "\(share / 10_000).\(share / 1_000 % 10) %" }

  // MARK: Places

  private func places(_ words: inout Words) {
    switch alert.episode.note {
    case .networks(let networks, let count):
      words.say("\(Amount.of(count, "network")) within \(SpanWords.of(settings.within))")
      words.key(alert, " for ")
      words.say(": ")
      words.list(networks.map(value), of: count)
      words.say("; the rule asks for \(settings.networks).")
    case .travel(let from, let fromPlace, let to, let toPlace, let kilometres, let since):
      let duration = alert.episode.time - since
      visit(from, fromPlace, since, &words)
      words.say(", then ")
      visit(to, toPlace, alert.episode.time, &words)
      words.say(": \(Amount.grouped(UInt64(kilometres))) km ")
      if duration > 0 {
        let speed = Int64(kilometres) * 3_600_000 / duration
        words.say("in \(SpanWords.elapsed(duration)), which takes \(Amount.grouped(UInt64(speed))) km/h")
      } else {
        words.say("at the same moment")
      }
      words.say("; the rule allows \(settings.speed) km/h.")
    default: break
    }
  }

  private func visit(_ address: UInt32, _ place: UInt32, _ time: Int64, _ words: inout Words) {
    words.say(value(address))
    words.say(" (")
    words.say(value(place))
    words.say(") at \(Stamp.of(time))")
  }

  // MARK: What did not happen

  private func silence(_ words: inout Words) {
    switch alert.episode.note {
    case .quiet(let since):
      words.say("The last such event")
      words.key(alert, " of ")
      words.say(
        " was at \(Stamp.of(since)), \(SpanWords.elapsed(alert.episode.time - since)) before; the rule asks for ")
      words.say("more than \(spanWords) of silence.")
    case .unanswered(let at, let values):
      answer(at, kind == .unmatched ? " before or after " : " after ", values, &words)
    case .overstay(let since) where members.count == 1:
      words.titles(members)
      words.say(" has matched since \(Stamp.of(since))")
      words.key(alert, " for ")
      words.say(", and still did \(SpanWords.elapsed(alert.episode.time - since)) later; the rule allows \(spanWords).")
    case .overstay(let since) where members.count == 2: answer(since, " after ", [], &words)
    case .overstay(let since):
      words.say("It began at \(Stamp.of(since)), ")
      words.titles([members[1]])
      words.say(" has not ended it")
      words.key(alert, " for ")
      words.say(", and \(SpanWords.elapsed(alert.episode.time - since)) later ")
      words.titles([members[2]])
      words.say(" still matched; the rule allows \(spanWords).")
    case .silence(let from, let until, let longest, let since):
      words.say("No ")
      words.titles(members)
      words.key(alert, " for ", isNamed: false)
      if let until {
        words.say(" from \(Stamp.of(from)) to \(Stamp.of(until)), \(SpanWords.elapsed(until - from))")
      } else {
        words.say(" from \(Stamp.of(from)) to the end of the records, more than \(spanWords)")
      }
      words.say("; since \(Stamp.of(since)) the longest silence was \(SpanWords.elapsed(longest)).")
    default: break
    }
  }

  /// - Parameter values: those that the answer had to have, if any would not do.
  private func answer(_ time: Int64, _ side: String, _ values: [UInt32], _ words: inout Words) {
    words.titles([members.dropFirst().first ?? ""])
    words.say(" did not match")
    if !values.isEmpty {
      words.say(" with \(field) ")
      words.list(values.map(value))
    }
    words.key(alert, " for ")
    words.say(" within \(spanWords)\(side)\(Stamp.of(time))")
    if members.count > 2 {
      words.say(", nor did ")
      words.titles([members[2]])
    }
    words.say(".")
  }

  private func interval(
    _ value: UInt32, _ since: Int64, _ until: Int64?, _ begun: Deed, _ ended: Deed?, _ words: inout Words
  ) {
    if value == 0 {
      words.say("It")
    } else {
      words.say("The \(field) ")
      words.say(self.value(value))
    }
    words.say(" lasted from \(Stamp.of(since))")
    if let until {
      words.say(" to \(Stamp.of(until)), \(SpanWords.elapsed(until - since))")
    } else {
      words.say(" to the end of the records")
    }
    words.key(alert, " for ")
    words.say("; begun by ")
    deed(begun, &words)
    if let ended {
      words.say(", ended by ")
      deed(ended, &words)
    } else {
      words.say(", and not ended")
    }
    words.say(".")
  }

  private func deed(_ deed: Deed, _ words: inout Words) {
    if deed.person != 0 {
      words.say(value(deed.person))
      words.say(" as ")
    }
    words.say(deed.actor == 0 ? Array("an unknown actor".utf8) : value(deed.actor))
    if deed.issuer != 0 {
      words.say(" (of ")
      words.say(value(deed.issuer))
      words.say(")")
    }
    guard deed.event != 0 else { return }
    words.say(", event ")
    words.say(value(deed.event))
  }

  // MARK: Dates

  private func dates(_ words: inout Words) {
    switch alert.episode.note {
    case .after(let date):
      let late = alert.episode.time - date
      words.say("By \(Stamp.of(date)) there should be nothing more")
      words.key(alert, " of ")
      words.say(late > 0 ? "; this is \(SpanWords.elapsed(late)) later." : "; this is at that moment.")
    case .outsideHours(let at):
      guard let hours = settings.hours else { return }
      words.say("\(Stamp.of(at)) is \(HoursWords.local(at, hours)) there; working hours are \(HoursWords.of(hours)).")
    default: break
    }
  }
}
