import Rules

/// `rate` by volume: a bucket has many times more events than is usual.
struct RateEvaluator: Evaluator {
  static var surveys: Bool { true }

  private var basis: RateBasis
  /// The bucket in hand; nil before a group's first hit.
  private var bucket: Int64?
  private var count = 0
  private var last: Fact?
  /// The bucket's hits, until they are found.
  private var window = WindowQueue()
  private var isFound = false
  /// What is unusual, once it has been asked for.
  private var limit: (count: Int, usual: UsualRate)?

  init(_ settings: HistorySettings, span: Int64) {
    basis = RateBasis(settings, span: span, countsEmpty: true)
  }

  // MARK: What others do

  mutating func survey(_ fact: GroupFact, _ context: GroupContext) {
    if let last, last.isSameEvent(as: fact.fact) { return }
    last = fact.fact
    basis.common.noteHit(at: fact.fact.time, context)
    let number = basis.buckets.number(at: fact.fact.time)
    if bucket != number {
      surveyBucket(context)
      bucket = number
    }
    count += 1
  }

  private mutating func surveyBucket(_ context: GroupContext) {
    if let bucket { basis.common.add(count, bucket: bucket, isAsked: count >= basis.floor, context) }
    count = 0
  }

  mutating func endGroupOfSurvey(_ context: GroupContext) {
    surveyBucket(context)
    bucket = nil
    last = nil
  }

  mutating func endSurvey(_ context: GroupContext) { basis.endSurvey(context) }

  // MARK: One key

  mutating func begin(_ context: GroupContext) {
    basis.key.reset()
    clear()
    bucket = nil
    last = nil
  }

  private mutating func clear() {
    count = 0
    window.removeAll()
    isFound = false
    limit = nil
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    if let last, last.isSameEvent(as: fact.fact) { return }
    last = fact.fact
    basis.key.noteHit(at: fact.fact.time)
    let number = basis.buckets.number(at: fact.fact.time)
    if let bucket, bucket != number {
      basis.key.add(count, bucket: bucket)
      clear()
    }
    bucket = number
    count += 1
    if isFound { return context.recorder.extend(CollectionOfOne(fact), at: fact.fact.time) }
    window.append(fact, context)
    if count == basis.floor { limit = limit(at: number) }
    if let limit, count >= limit.count { find(limit.usual, at: fact.fact.time, number, context) }
  }

  private func limit(at bucket: Int64) -> (count: Int, usual: UsualRate)? {
    guard let usual = basis.usual(at: bucket) else { return nil }
    return (max(basis.floor, basis.ratio.times(max(1, usual.sum))), usual)
  }

  private mutating func find(_ usual: UsualRate, at time: Int64, _ bucket: Int64, _ context: GroupContext) {
    let note = Note.rate(
      count: count, median: usual.median, deviation: usual.deviation, buckets: usual.buckets, usual: usual.usual,
      bucket: basis.buckets.start(bucket))
    context.recorder.find(at: time, window.all, gap: Joining.gap, note: note)
    isFound = true
    window.removeAll()
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {}
  mutating func end(_ context: GroupContext) {}
}

/// How many times the usual is unusual: exact.
public struct Ratio {
  private let units: Int128

  /// What cannot be told exactly is more than anything can be.
  public init(_ number: Number) { units = Decimal(number)?.units ?? Int128(Int64.max) * Decimal.one }

  /// The smallest whole number that is at least so many times another.
  public func times(_ number: Int) -> Int {
    let (product, overflow) = units.multipliedReportingOverflow(by: Int128(number))
    return overflow ? .max : Int(clamping: (product + Decimal.one - 1) / Decimal.one)
  }
}
