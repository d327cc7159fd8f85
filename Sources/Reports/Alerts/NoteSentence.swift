import Correlation
import Events
import Rules

/// Why an alert was raised: what is normal for its group, and what happened instead.
enum NoteSentence {
  static func text(_ alert: AlertView) -> [UInt8] {
    var words = Words()
    switch alert.episode.note {
    case .none: break
    case .held(let number): held(number, alert, &words)
    case .absent(let since):
      words.say("What should have come with it had not by then: looked for since \(time(since)).")
    case .newValue(let value, let usual, let distinct, let peers, let known):
      words.say(alert.shown(value))
      words.say(" is new here: not seen in the \(span(alert)) before. Since \(time(known)) ")
      usualValues(usual, distinct, alert, &words)
      words.say(peers == 0 ? "; nobody else has used it." : "; \(count(peers, "other", "others")) used it.")
    case .newKey(let values, let known):
      words.say("Never seen before, in records since \(time(known)); it came with ")
      words.list(values.prefix(5).map(alert.shown))
      if values.count > 5 { words.say(" and \(values.count - 5) more") }
      words.say(".")
    case .rare(let value, let having, let peers):
      words.say(alert.shown(value))
      words.say(" is used by \(having) of \(count(peers, "other", "others")) active at the time.")
    case .rate, .share: rate(alert, &words)
    case .networks(let networks):
      words.say("Came from \(networks.count) networks at once: ")
      words.list(networks.map(alert.shown))
      words.say(".")
    case .travel: travel(alert, &words)
    case .quiet, .unanswered, .overstay, .after, .silence, .outsideHours: moments(alert, &words)
    case .overlap(let value, let other, let first, let between):
      words.say(alert.shown(value))
      words.say(" at \(time(first)), ")
      words.say(alert.shown(other))
      words.say(" at \(time(between)), and the first one again: two places at once.")
    case .sameActor(let value, let other, let event):
      words.say(alert.shown(value))
      words.say(" did both halves; the other one at \(time(other))")
      if event != 0 {
        words.say(", event ")
        words.say(alert.shown(event))
      }
      words.say(".")
    }
    return words.bytes
  }

  private static func span(_ alert: AlertView) -> String {
    guard case .correlation(let correlation) = alert.detection.kind else { return "time" }
    return AlertSentence.span(correlation.timespanMilliseconds)
  }

  private static func held(_ number: Decimal?, _ alert: AlertView, _ words: inout Words) {
    guard case .correlation(let correlation) = alert.detection.kind else { return }
    let span = AlertSentence.span(correlation.timespanMilliseconds)
    guard let number, case .threshold(let bounds, let fields, _) = correlation.condition else {
      return words.say("The rules that belong together matched within \(span).")
    }
    let limits = bounds.map { "\(symbol($0.comparison)) \(Decimal($0.number)?.description ?? "")" }
    let subject =
      switch correlation.kind {
      case .eventCount: "\(number) events"
      case .valueCount: "\(number) different values of \(fields.joined(separator: ", "))"
      case .temporal, .temporalOrdered: "\(number) of the rules"
      default: "\(correlation.kind.rawValue) \(number) of \(fields.joined(separator: ", "))"
      }
    words.say("\(subject) within \(span); the limit is \(limits.joined(separator: " and ")).")
  }

  private static func symbol(_ comparison: CorrelationBound.Operator) -> String {
    switch comparison {
    case .greater: "more than"
    case .greaterOrEqual: "at least"
    case .less: "less than"
    case .lessOrEqual: "at most"
    case .equal: "exactly"
    case .notEqual: "other than"
    }
  }

  private static func usualValues(_ usual: [UInt32], _ distinct: Int, _ alert: AlertView, _ words: inout Words) {
    guard !usual.isEmpty else { return words.say("there was no other") }
    words.say(distinct == 1 ? "it was always " : "mostly ")
    words.list(usual.map(alert.shown))
    if distinct > usual.count { words.say(" (\(distinct) different ones)") }
  }

  private static func rate(_ alert: AlertView, _ words: inout Words) {
    switch alert.episode.note {
    case .rate(let number, let median, let deviation, let buckets, let usual, let bucket):
      words.say("\(count(number, "event", "events")) from \(time(bucket)) on; usual is \(median), give or take ")
      words.say("\(deviation), \(whose(usual, buckets)).")
    case .share(let part, let whole, let median, let deviation, let buckets, let usual, let bucket):
      let share = whole == 0 ? 0 : part * 1_000_000 / whole
      words.say("\(part) of \(whole) (\(percent(share))) from \(time(bucket)) on; usual is \(percent(median)), ")
      words.say("give or take \(percent(deviation)), \(whose(usual, buckets)).")
    default: break
    }
  }

  private static func whose(_ usual: Note.Usual, _ buckets: Int) -> String {
    switch usual {
    case .sameHour: "at this hour of the week in \(buckets) weeks"
    case .own: "in its \(buckets) periods before"
    case .everyone: "for all, in \(buckets) periods before"
    }
  }

  private static func travel(_ alert: AlertView, _ words: inout Words) {
    guard case .travel(let from, let fromPlace, let to, let toPlace, let kilometres, let since) = alert.episode.note
    else { return }
    words.say(alert.shown(from))
    words.say(" (")
    words.say(alert.shown(fromPlace))
    words.say(") at \(time(since)), then ")
    words.say(alert.shown(to))
    words.say(" (")
    words.say(alert.shown(toPlace))
    words.say("): \(kilometres) km in \(AlertSentence.span(alert.episode.firstTime - since)).")
  }

  private static func moments(_ alert: AlertView, _ words: inout Words) {
    switch alert.episode.note {
    case .quiet(let since):
      words.say("Nothing since \(time(since)): quiet for \(AlertSentence.span(alert.episode.firstTime - since)).")
    case .unanswered(let at): words.say("What should answer \(time(at)) never came.")
    case .overstay(let since): words.say("Begun at \(time(since)) and not ended in time.")
    case .after(let date): words.say("It should have ended on \(time(date)).")
    case .outsideHours(let at): words.say("Working hours do not include \(time(at)).")
    case .silence(let from, let until, let longest, let since):
      words.say("Nothing from \(time(from)) to \(until.map(time) ?? "the end of the records"); since \(time(since)) ")
      words.say("it was never silent for more than \(AlertSentence.span(longest)).")
    default: break
    }
  }

  private static func time(_ time: Int64) -> String { Timestamp.string(time) }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  /// Of millionths.
  private static func percent(_ share: Int) -> String { "\(share / 10_000).\(share / 1_000 % 10) %" }
}
