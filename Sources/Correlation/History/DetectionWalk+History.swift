import Rules

extension DetectionWalk {
  /// Runs one of Harrier's own types.
  func runHistory(_ correlation: Correlation) throws(SegmentError) {
    guard let settings = correlation.history else { return }
    let span = correlation.timespanMilliseconds
    switch correlation.kind {
    case .firstSeen: try run(FirstSeenEvaluator(settings, span: span))
    case .rare: try run(RareEvaluator(settings, span: span))
    case .rate where settings.measure == .share: try run(ShareEvaluator(settings, span: span))
    case .rate: try run(RateEvaluator(settings, span: span))
    case .travel:
      if let places = context.places {
        try run(TravelEvaluator(settings, span: span, locator: places))
      } else {
        try run(NetworksEvaluator(settings))
      }
    case .dormant: try run(DormantEvaluator(span: span))
    case .neverUsed: try run(AnswerEvaluator(.neverUsed, span: span, Stops.Comparison(field: settings.field)))
    case .unmatched: try run(AnswerEvaluator(.unmatched, span: span))
    case .overstay where correlation.members.count == 2: try run(AnswerEvaluator(.overstay, span: span))
    case .overstay: try run(OverstayEvaluator(span: span, isOneRule: correlation.members.count == 1))
    case .overlap: try run(OverlapEvaluator(span: span))
    case .sameActor: try run(SameActorEvaluator(span: span))
    case .outsideHours:
      if let hours = settings.hours { try run(OutsideHoursEvaluator(hours, span: span)) }
    case .after: try run(AfterEvaluator(settings.dates, span: span))
    case .unexpected:
      guard let check = settings.check else { return }
      if check.looksAtEvents { try run(UnexpectedEvaluator(check, span: span)) } else { try tellSilence() }
    case .interval: try run(IntervalEvaluator(span: span, Stops.Comparison(field: settings.field)))
    case .gap: try run(GapEvaluator(settings, span: span))
    case .eventCount, .valueCount, .temporal, .temporalOrdered, .valueSum, .valueAverage, .valuePercentile,
      .valueMedian:
      preconditionFailure("Sigma's types are no history")
    }
  }
}

/// How the findings of one group join.
enum Joining {
  // As single hits do: see the contract.
  static let gap: Int64 = 3_600_000
}
