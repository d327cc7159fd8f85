import Rules

/// What a detection needs of the hits of settled time to decide as it would with all of them.
///
/// Nothing that can still come touches settled time, so that a hit there matters in two ways only: for an alert that it
/// belongs to, and for what a later hit is compared with.
enum HitNeed: Equatable {
  /// Every hit may matter.
  case everything
  /// Those around alerts: fewer hits elsewhere raise none.
  case alerts
  /// Besides, of each value of a group, hits no further apart than this, and the last one: what was known at any time, and
  /// who had which value within the time span, is then the same.
  case links(Int64)
  /// Besides, of each group, the first and the last hit of each piece of time so long: longer silences are the same.
  case pieces(Int64)
  /// Besides, of each group, its first hit.
  case first

  init(_ detection: Detection) {
    guard case .correlation(let correlation) = detection.kind else {
      self = .everything
      return
    }
    let span = correlation.timespanMilliseconds
    switch correlation.kind {
    case .eventCount, .valueCount, .temporal, .temporalOrdered:
      self = correlation.condition.growsWithHits ? .alerts : .everything
    case .overlap, .sameActor, .outsideHours, .after, .unexpected: self = .alerts
    case .firstSeen, .rare:
      self = correlation.history.map { .links(FirstSeenEvaluator.gap($0, span: span)) } ?? .everything
    case .dormant: self = .links(span)
    case .gap:
      self = .pieces(GapEvaluator.grain(span: span, learning: correlation.history?.learning ?? 0))
    case .overstay where correlation.members.count == 1: self = .first
    case .overstay, .neverUsed, .unmatched, .interval, .travel, .rate: self = .everything
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian: self = .everything
    }
  }
}

extension CorrelationCondition {
  /// Whether what holds of some hits holds of more as well.
  fileprivate var growsWithHits: Bool {
    switch self {
    case .allMembers: true
    case .expression(let expression): !expression.hasNot
    case .threshold(let bounds, _, _):
      bounds.allSatisfy { $0.comparison == .greater || $0.comparison == .greaterOrEqual }
    }
  }
}
