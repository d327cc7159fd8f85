import Rules

/// `rate` by volume: a bucket has many times more events than is usual.
struct RateEvaluator: Evaluator {
  static var surveys: Bool { true }

  private let buckets: Buckets
  private let floor: Int
  private let ratio: Ratio
  private var common: CommonRates
  private var key: KeyRates
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
    buckets = Buckets(span: span)
    floor = settings.floor
    ratio = Ratio(settings.ratio)
    common = CommonRates(buckets, learning: settings.learning)
    key = KeyRates(buckets, learning: settings.learning, countsEmpty: true)
  }

  // MARK: What others do

  mutating func survey(_ fact: GroupFact, _ context: GroupContext) {
    if let last, last.isSameEvent(as: fact.fact) { return }
    last = fact.fact
    common.noteHit(at: fact.fact.time)
    let number = buckets.number(at: fact.fact.time)
    if bucket != number {
      surveyBucket(context)
      bucket = number
    }
    count += 1
  }

  private mutating func surveyBucket(_ context: GroupContext) {
    if let bucket { common.add(count, bucket: bucket, isAsked: count >= floor, context) }
    count = 0
  }

  mutating func endGroupOfSurvey(_ context: GroupContext) {
    surveyBucket(context)
    bucket = nil
    last = nil
  }

  mutating func endSurvey(_ context: GroupContext) {
    common.seal()
    common.population.report(context)
  }

  // MARK: One key

  mutating func begin(_ context: GroupContext) {
    key.reset()
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
    key.noteHit(at: fact.fact.time)
    let number = buckets.number(at: fact.fact.time)
    if let bucket, bucket != number {
      key.add(count, bucket: bucket)
      clear()
    }
    bucket = number
    count += 1
    if isFound { return context.recorder.extend(CollectionOfOne(fact), at: fact.fact.time) }
    window.append(fact, context)
    if count == floor { limit = limit(at: number) }
    if let limit, count >= limit.count { find(limit.usual, at: fact.fact.time, number, context) }
  }

  private func limit(at bucket: Int64) -> (count: Int, usual: UsualRate)? {
    guard let usual = key.usual(at: bucket) ?? common.usual(at: bucket) else { return nil }
    return (max(floor, ratio.times(max(1, usual.sum))), usual)
  }

  private mutating func find(_ usual: UsualRate, at time: Int64, _ bucket: Int64, _ context: GroupContext) {
    let note = Note.rate(
      count: count, median: usual.median, deviation: usual.deviation, buckets: usual.buckets, usual: usual.usual,
      bucket: buckets.start(bucket))
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
