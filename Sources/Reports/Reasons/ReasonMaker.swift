import Correlation
import Events
import Rules

/// The facts of an alert's reasons: of its own note, then of those of the alerts that it is built on.
struct ReasonMaker {
  private let alert: AlertView
  private let correlation: Correlation
  private var titles: [String] { alert.detection.memberTitles }

  static func all(_ alert: AlertView) -> [Reason] {
    var reasons: [Reason] = []
    if let own = reason(alert) { reasons.append(own) }
    for basis in alert.basis {
      guard var reason = reason(basis) else { continue }
      reason.group = basis.group
      reason.facts.add(.time, basis.episode.time)
      reasons.append(reason)
    }
    switch alert.episode.usual {
    case .automation: reasons.append(Reason(.usualProgram))
    case .approvedWindow: reasons.append(Reason(.approvedWindow))
    case nil: break
    }
    let further = alert.episode.findings - 1
    if further > 0 { reasons.append(Reason(.furtherFindings, [Fact(name: .count, value: .number(Int64(further)))])) }
    if let raised = raised(alert) { reasons.append(raised) }
    return reasons
  }

  private static func reason(_ alert: AlertView) -> Reason? {
    guard case .correlation(let correlation) = alert.detection.kind else { return nil }
    if case .none = alert.episode.note { return nil }
    return ReasonMaker(alert: alert, correlation: correlation).reason
  }

  private static func raised(_ alert: AlertView) -> Reason? {
    if alert.episode.note.isOfSilence { return nil }
    var facts: [Fact] = []
    if alert.episode.ties.isMixed(.target) { facts.add(.target, alert.raising(.target)) }
    let address = alert.raising(.sourceIP)
    if alert.episode.ties.isMixed(.sourceIP) { facts.add(.sourceIP, address) }
    if let address, let origin = alert.origin(of: address) { facts.add(.origin, origin.words) }
    return facts.isEmpty ? nil : Reason(.raisedBy, facts)
  }

  /// Nil where there is nothing to say.
  private var reason: Reason? {
    switch alert.episode.note {
    case .none: nil
    case .held(let number): held(number)
    case .matched(let members): matched(members)
    case .absent(let since, let present):
      Reason(
        .absent,
        facts { facts in
          facts.add(.since, since)
          facts.add(.matched, present.map { titles[$0] })
          facts.add(.missing, titles.indices.filter { !present.contains($0) }.map { titles[$0] })
        })
    case .unexpected(let kind, let texts):
      HistoryReason(alert, correlation).violation(kind, texts)
    case .newValue, .newKey, .rare, .rate, .share, .networks, .travel, .quiet, .unanswered, .overlap, .overstay,
      .outsideHours, .after, .sameActor, .silence, .interval:
      HistoryReason(alert, correlation).reason
    }
  }

  private func facts(_ add: (inout [Fact]) -> Void) -> [Fact] {
    var facts: [Fact] = []
    facts.reserveCapacity(6)
    facts.add(.timespan, correlation.timespanMilliseconds)
    add(&facts)
    return facts
  }

  private func held(_ number: Decimal) -> Reason? {
    guard case .threshold(let bounds, let fields, let percentile) = correlation.condition else { return nil }
    let inner = correlation.members.indices.filter {
      if case .correlation = correlation.members[$0].target { true } else { false }
    }
    let kind = heldKind(inner.count)
    return Reason(
      kind,
      facts { facts in
        facts.add(.number, number.description)
        facts.add(.condition, .facts(ReasonMaker.condition(bounds)))
        switch kind {
        case .alertCount, .eventOrAlertCount: facts.add(.rules, inner.map { titles[$0] })
        case .rulesInOrder: facts.add(.rules, titles)
        case .eventCount: break
        default: facts.add(.field, fields.joined(separator: ", "))
        }
        if kind == .valuePercentile {
          facts.add(.percentile, Decimal(.double(percentile ?? 50))?.description ?? "")
        }
      })
  }

  /// - Parameter inner: how many of its members are correlations.
  private func heldKind(_ inner: Int) -> Reason.Kind {
    switch correlation.kind {
    case .eventCount: inner == 0 ? .eventCount : inner == correlation.members.count ? .alertCount : .eventOrAlertCount
    case .valueCount: .valueCount
    case .temporalOrdered: .rulesInOrder
    case .valueAverage: .valueAverage
    case .valueMedian: .valueMedian
    case .valuePercentile: .valuePercentile
    default: .valueSum
    }
  }

  private func matched(_ members: [Int]) -> Reason {
    Reason(
      correlation.kind == .temporalOrdered ? .matchedInOrder : .matched,
      facts { facts in
        facts.add(.matched, members.map { titles[$0] })
        guard case .threshold(let bounds, _, _) = correlation.condition else { return }
        facts.add(.condition, .facts(ReasonMaker.condition(bounds)))
        facts.add(.of, correlation.members.count)
      })
  }

  private static func condition(_ bounds: [CorrelationBound]) -> [Fact] {
    bounds.map { bound in
      let name: Fact.Name =
        switch bound.comparison {
        case .greater: .gt
        case .greaterOrEqual: .gte
        case .less: .lt
        case .lessOrEqual: .lte
        case .equal: .eq
        case .notEqual: .neq
        }
      let number = Decimal(bound.number)?.description ?? "\(bound.number)"
      return Fact(name: name, value: .text(Array(number.utf8)))
    }
  }
}
