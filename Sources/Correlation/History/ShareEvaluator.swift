import Rules

/// `rate` by share: of a bucket's events, many times more than usual are of one kind.
struct ShareEvaluator: Evaluator {
  static var surveys: Bool { true }

  private static let million = ShareLimits.whole
  private static let usualMin = ShareLimits.usualMin

  private var basis: RateBasis
  /// The bucket in hand; nil before a group's first hit.
  private var bucket: Int64?
  private var part = 0
  private var whole = 0
  /// The bucket's hits of the first rule.
  private var window = WindowQueue()

  init(_ settings: HistorySettings, span: Int64) {
    basis = RateBasis(settings, span: span, countsEmpty: false)
  }

  /// In millionths; nil without a whole. What the second rule does not match is no more than all of it.
  private var share: Int? {
    guard whole > 0 else { return nil }
    return part >= whole ? ShareEvaluator.million : part * ShareEvaluator.million / whole
  }

  private mutating func clear() {
    part = 0
    whole = 0
    window.removeAll()
  }

  // MARK: What others do

  mutating func survey(_ fact: GroupFact, _ context: GroupContext) {
    basis.common.noteHit(at: fact.fact.time, context)
    let number = basis.buckets.number(at: fact.fact.time)
    if bucket != number {
      surveyBucket(context)
      bucket = number
    }
    if fact.fact.member == 0 { part += 1 } else { whole += 1 }
  }

  private mutating func surveyBucket(_ context: GroupContext) {
    if let bucket, let share { basis.common.add(share, bucket: bucket, isAsked: part >= basis.floor, context) }
    clear()
  }

  mutating func endGroupOfSurvey(_ context: GroupContext) {
    surveyBucket(context)
    bucket = nil
  }

  mutating func endSurvey(_ context: GroupContext) { basis.endSurvey(context) }

  // MARK: One key

  mutating func begin(_ context: GroupContext) {
    basis.key.reset()
    clear()
    bucket = nil
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    basis.key.noteHit(at: fact.fact.time)
    let number = basis.buckets.number(at: fact.fact.time)
    if bucket != number {
      finish(context)
      bucket = number
    }
    guard fact.fact.member == 0 else {
      whole += 1
      return
    }
    part += 1
    window.append(fact, context)
  }

  /// Judges the bucket in hand, and makes it part of the history.
  private mutating func finish(_ context: GroupContext) {
    guard let bucket, let share else { return clear() }
    if part >= basis.floor, let usual = basis.usual(at: bucket),
      share >= min(basis.ratio.times(max(ShareEvaluator.usualMin, usual.sum)), ShareEvaluator.million)
    {
      find(usual, bucket, context)
    }
    basis.key.add(share, bucket: bucket)
    clear()
  }

  private func find(_ usual: UsualRate, _ bucket: Int64, _ context: GroupContext) {
    let end = basis.buckets.start(bucket + 1)
    guard context.highWater >= end else {
      context.counters.undecided += 1
      return
    }
    let note = Note.share(
      part: part, whole: whole, median: usual.median, deviation: usual.deviation, buckets: usual.buckets,
      usual: usual.usual, bucket: basis.buckets.start(bucket))
    context.recorder.find(at: end, window.all, gap: Joining.gap, note: note)
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {}
  mutating func end(_ context: GroupContext) { finish(context) }
}

/// Parts of a whole, in millionths.
public enum ShareLimits {
  public static let whole = 1_000_000
  // A share that is usually nothing becomes ten times as much by chance.
  public static let usualMin = 10_000
}
