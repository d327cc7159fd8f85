import Rules

extension DetectionWalk {
  /// Runs one of Harrier's own types.
  func runHistory(_ correlation: Correlation) throws(SegmentError) {
    guard let settings = correlation.history else { return }
    let span = correlation.timespanMilliseconds
    switch correlation.kind {
    case .dormant: try run(DormantEvaluator(span: span))
    case .after: try run(AfterEvaluator(settings.dates, span: span))
    default: break
    }
  }
}

/// How the findings of one group join.
enum Joining {
  // As single hits do: see the contract.
  static let gap: Int64 = 3_600_000
}
