import Correlation
import Events
import Rules

/// Why an alert was raised: what is normal for its group, and what happened instead.
enum NoteSentence {
  static func text(_ alert: AlertView) -> [UInt8] {
    var words = Words()
    guard case .correlation(let correlation) = alert.detection.kind else { return [] }
    switch alert.episode.note {
    case .none: break
    case .unexpected(let sentence): words.say(alert.shown(sentence))
    case .held(let number): held(number, correlation, alert, &words)
    case .matched(let members): matched(members, correlation, alert, &words)
    case .absent(let since, let present): absent(since, present, correlation, alert, &words)
    default: HistorySentence(alert, correlation).say(&words)
    }
    return words.bytes
  }

  private static func held(
    _ number: Decimal, _ correlation: Correlation, _ alert: AlertView, _ words: inout Words
  ) {
    guard case .threshold(let bounds, let fields, let percentile) = correlation.condition else { return }
    let field = fields.joined(separator: ", ")
    words.say("Within \(SpanWords.of(correlation.timespanMilliseconds)) ")
    switch correlation.kind {
    case .eventCount:
      words.say("there \(number == Decimal(1) ? "was" : "were") ")
      counted(number, correlation, alert, &words)
      words.key(alert, " for ")
    case .valueCount:
      words.say(
        "\(number) different \(number == Decimal(1) ? "value" : "values") of \(field) \(number == Decimal(1) ? "was" : "were") seen"
      )
      words.key(alert, " for ")
    case .temporalOrdered:
      words.say("\(number) of these rules matched in their order")
      words.key(alert, " for ")
      words.say(": ")
      words.titles(alert.detection.memberTitles)
    default:
      words.say("the values of \(field)")
      words.key(alert, " for ")
      words.say(" \(measure(correlation.kind, percentile)) \(number)")
    }
    words.say("; the rule asks for \(limits(bounds)).")
  }

  /// What is counted: events, alerts of other correlations, or both.
  private static func counted(
    _ number: Decimal, _ correlation: Correlation, _ alert: AlertView, _ words: inout Words
  ) {
    let isOne = number == Decimal(1)
    let inner = correlation.members.indices.filter {
      if case .correlation = correlation.members[$0].target { true } else { false }
    }
    let hasEvents = inner.count < correlation.members.count
    words.say("\(number) ")
    if hasEvents { words.say(isOne ? "such event" : "such events") }
    guard !inner.isEmpty else { return }
    if hasEvents { words.say(" or ") }
    words.say(isOne ? "alert of " : "alerts of ")
    words.titles(inner.map { alert.detection.memberTitles[$0] }, last: " or ")
  }

  private static func measure(_ kind: CorrelationKind, _ percentile: Double?) -> String {
    switch kind {
    case .valueAverage: "have an average of"
    case .valueMedian: "have a median of"
    case .valuePercentile: "have a percentile \(Decimal(.double(percentile ?? 50))?.description ?? "") of"
    default: "add up to"
    }
  }

  private static func limits(_ bounds: [CorrelationBound]) -> String {
    bounds.map { "\(symbol($0.comparison)) \(Decimal($0.number)?.description ?? "\($0.number)")" }
      .joined(separator: " and ")
  }

  private static func symbol(_ comparison: CorrelationBound.Operator) -> String {
    switch comparison {
    case .greater: "more than"
    case .greaterOrEqual: "at least"
    case .less: "less than"
    case .lessOrEqual: "at most"
    case .equal: "exactly"
    case .notEqual: "anything but"
    }
  }

  private static func matched(
    _ members: [Int], _ correlation: Correlation, _ alert: AlertView, _ words: inout Words
  ) {
    let isOrdered = correlation.kind == .temporalOrdered
    words.say("Within \(SpanWords.of(correlation.timespanMilliseconds)) ")
    words.titles(members.map { alert.detection.memberTitles[$0] }, then: isOrdered)
    words.say(" matched")
    words.key(alert, " for ")
    if isOrdered, members.count > 1 { words.say(", in this order") }
    if case .threshold(let bounds, _, _) = correlation.condition {
      words.say("; the rule asks for \(limits(bounds)) of \(correlation.members.count)")
    }
    words.say(".")
  }

  private static func absent(
    _ since: Int64, _ present: [Int], _ correlation: Correlation, _ alert: AlertView, _ words: inout Words
  ) {
    let titles = alert.detection.memberTitles
    let missing = titles.indices.filter { !present.contains($0) }
    words.say("In the \(SpanWords.of(correlation.timespanMilliseconds)) from \(Stamp.of(since)) on ")
    words.titles(present.map { titles[$0] })
    words.say(" matched")
    words.key(alert, " for ")
    if !missing.isEmpty {
      words.say(", and ")
      words.titles(missing.map { titles[$0] })
      words.say(" did not")
    }
    words.say(".")
  }
}
