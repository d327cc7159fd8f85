import Reports
import Rules

/// A correlation in words: what it counts, for whom, how far apart, and when that is enough.
struct CorrelationExplanation {
  let text: String

  init(_ correlation: Correlation, _ set: RuleSet) {
    var text = RuleHead(correlation.attributes).text
    if correlation.looksAtEvents {
      text += "\nA correlation (\(correlation.kind.rawValue)) of\n"
      for member in correlation.members { text += "  \(CorrelationExplanation.words(member, set))\n" }
      text += "\nWithin\n  \(SpanWords.of(correlation.timespanMilliseconds))\n"
    } else {
      text += "\nA correlation (\(correlation.kind.rawValue)) of no rule\n  it is about what never happened\n"
    }
    text += "\nFor each\n  \(CorrelationExplanation.groups(correlation))\n"
    for alias in correlation.aliases { text += "  \(CorrelationExplanation.words(alias, correlation.members))\n" }
    let conditions = correlation.history.map { HistoryWords.of($0, correlation.kind) } ?? []
    text += "\nFound if\n" + (CorrelationExplanation.condition(correlation) + conditions).map { "  \($0)\n" }.joined()
    text += "\nFields\n" + correlation.fields.map { "  \($0)\n" }.joined()
    text += "\nAlerts\n  \(CorrelationExplanation.alerts(correlation))\n"
    self.text = text
  }

  private static func words(_ member: CorrelationMember, _ set: RuleSet) -> String {
    switch member.target {
    case .rule(let position): "\(member.reference): \(set.rules[position].title)"
    case .correlation(let position): "\(member.reference): \(set.correlations[position].title) (a correlation)"
    }
  }

  private static func groups(_ correlation: Correlation) -> String {
    correlation.groupBy.isEmpty ? "(all events together)" : correlation.groupBy.joined(separator: ", ")
  }

  private static func words(_ alias: CorrelationAlias, _ members: [CorrelationMember]) -> String {
    let fields = members.enumerated().map { "\(alias.fields[$0.offset] ?? alias.name) in \($0.element.reference)" }
    return "where \(alias.name) is \(fields.joined(separator: ", "))"
  }

  private static func alerts(_ correlation: Correlation) -> String {
    let own = correlation.raisesAlerts ? "it raises alerts" : "it only feeds other correlations"
    guard correlation.looksAtEvents else { return own }
    return own + (correlation.generate ? "; so do the rules above (generate)" : "; the rules above stay silent")
  }

  // MARK: Conditions

  private static func condition(_ correlation: Correlation) -> [String] {
    switch correlation.condition {
    case .threshold(let bounds, let fields, let percentile):
      let limits = bounds.map { "\(symbol($0.comparison)) \($0.number)" }.joined(separator: " and ")
      return ["\(measured(correlation.kind, fields, percentile)) \(limits)"]
    case .allMembers:
      guard correlation.kind.isTemporal else { return [] }
      return [correlation.kind == .temporalOrdered ? "all of them match, in this order" : "all of them match"]
    case .expression(let expression):
      let order = correlation.kind == .temporalOrdered ? ", in this order" : ""
      return [words(expression, correlation.members, isInner: false) + order]
    }
  }

  private static func measured(_ kind: CorrelationKind, _ fields: [String], _ percentile: Double?) -> String {
    let names = fields.joined(separator: ", ")
    return switch kind {
    case .valueCount: "the number of distinct values of \(names) is"
    case .valueSum: "the sum of \(names) is"
    case .valueAverage: "the average of \(names) is"
    case .valuePercentile: "the percentile \(percentile.map { "\($0)" } ?? "") of \(names) is"
    case .valueMedian: "the median of \(names) is"
    case .temporal, .temporalOrdered: "the number of these rules that match is"
    default: "the number of events is"
    }
  }

  private static func symbol(_ comparison: CorrelationBound.Operator) -> String {
    switch comparison {
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .less: "<"
    case .lessOrEqual: "<="
    case .equal: "="
    case .notEqual: "!="
    }
  }

  private static func words(_ expression: MemberExpression, _ members: [CorrelationMember], isInner: Bool) -> String {
    func joined(_ parts: [MemberExpression], _ word: String) -> String {
      let text = parts.map { words($0, members, isInner: true) }.joined(separator: " \(word) ")
      return isInner ? "(\(text))" : text
    }
    switch expression {
    case .and(let parts): return joined(parts, "and")
    case .or(let parts): return joined(parts, "or")
    case .not(let inner): return "not " + words(inner, members, isInner: true)
    case .member(let position): return members[position].reference
    }
  }
}
