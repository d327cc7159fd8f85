import Rules

/// What is usual in a bucket, and what it was taken from.
struct UsualRate {
  // Fewer of one hour of the week, or of strangers, say nothing of it.
  static let bucketsMin = 4

  var median: Int
  var deviation: Int
  /// Of how many buckets.
  var buckets: Int
  var usual: Note.Usual

  init(_ rate: (median: Int, deviation: Int, count: Int), _ usual: Note.Usual) {
    median = rate.median
    deviation = rate.deviation
    buckets = rate.count
    self.usual = usual
  }

  var sum: Int { median + deviation }
}

/// The buckets of one key so far.
struct KeyRates {
  private let buckets: Buckets
  /// Whether a bucket without events counts as 0; otherwise it is not there.
  private let countsEmpty: Bool
  private var trees = CountTrees()
  private var all = CountTrees.Tree()
  private var hours = [CountTrees.Tree](repeating: CountTrees.Tree(), count: Buckets.hoursOfWeek)
  private var first: Int64?
  private(set) var learning: Learning

  init(_ buckets: Buckets, learning: Int64, countsEmpty: Bool) {
    self.buckets = buckets
    self.countsEmpty = countsEmpty
    self.learning = Learning(learning)
  }

  mutating func reset() {
    if first == nil { return }
    trees.removeAll()
    all = CountTrees.Tree()
    for i in hours.indices { hours[i] = CountTrees.Tree() }
    first = nil
    learning.reset()
  }

  mutating func noteHit(at time: Int64) {
    guard first == nil else { return }
    first = buckets.number(at: time)
    learning.note(time)
  }

  mutating func add(_ number: Int, bucket: Int64) {
    trees.add(number, to: &all)
    trees.add(number, to: &hours[buckets.hourOfWeek(bucket)])
  }

  /// What is usual at a bucket, all before which have been added.
  func usual(at bucket: Int64) -> UsualRate? {
    guard let first, learning.isLearned(at: buckets.start(bucket)) else { return nil }
    let hour = buckets.hourOfWeek(bucket)
    let zeros = countsEmpty ? buckets.count(first..<bucket, hourOfWeek: hour) - trees.count(hours[hour]) : 0
    if let rate = trees.usual(hours[hour], zeros: zeros), rate.count >= UsualRate.bucketsMin {
      return UsualRate(rate, .sameHour)
    }
    let empty = countsEmpty ? Int(bucket - first) - trees.count(all) : 0
    return trees.usual(all, zeros: empty).map { UsualRate($0, .own) }
  }
}

/// The buckets of all keys, for those that have no history of their own.
struct CommonRates {
  // 16 bytes each, and as much again for what is usual at them. What is left out is counted.
  private static let countMax = 1 << 21

  private struct Entry {
    var bucket: Int64
    var number: UInt32
    /// Whether anything may be asked about this bucket.
    var isAsked: Bool
  }

  private let buckets: Buckets
  private var entries: [Entry] = []
  private(set) var population: KnownTime
  private var answers: [(bucket: Int64, rate: UsualRate)] = []

  init(_ buckets: Buckets, learning: Int64) {
    self.buckets = buckets
    population = KnownTime(learning)
  }

  mutating func noteHit(at time: Int64, _ context: GroupContext) { population.note(time, context) }

  mutating func add(_ number: Int, bucket: Int64, isAsked: Bool, _ context: GroupContext) {
    guard entries.count < CommonRates.countMax else {
      context.counters.evicted += 1
      return
    }
    entries.append(Entry(bucket: bucket, number: UInt32(clamping: number), isAsked: isAsked))
  }

  mutating func seal(_ context: GroupContext) {
    population.seal(context)
    entries.sort { $0.bucket < $1.bucket }
    var trees = CountTrees()
    var tree = CountTrees.Tree()
    var start = 0
    while start < entries.count {
      let bucket = entries[start].bucket
      var end = start
      var isAsked = false
      while end < entries.count, entries[end].bucket == bucket {
        isAsked = isAsked || entries[end].isAsked
        end += 1
      }
      if isAsked, isLearned(at: bucket), let rate = trees.usual(tree, zeros: 0), rate.count >= UsualRate.bucketsMin {
        answers.append((bucket, UsualRate(rate, .everyone)))
      }
      for entry in entries[start..<end] { trees.add(Int(entry.number), to: &tree) }
      start = end
    }
    entries = []
  }

  /// Whether enough is known when a bucket begins.
  func isLearned(at bucket: Int64) -> Bool { population.isLearned(at: buckets.start(bucket)) }

  func usual(at bucket: Int64) -> UsualRate? {
    var low = 0
    var high = answers.count
    while low < high {
      let middle = (low + high) / 2
      if answers[middle].bucket < bucket { low = middle + 1 } else { high = middle }
    }
    return low < answers.count && answers[low].bucket == bucket ? answers[low].rate : nil
  }
}

/// What a rate is compared with, by volume or by share: the key's own history, and that of all keys.
struct RateBasis {
  let buckets: Buckets
  let floor: Int
  let ratio: Ratio
  var common: CommonRates
  var key: KeyRates

  init(_ settings: HistorySettings, span: Int64, countsEmpty: Bool) {
    buckets = Buckets(span: span)
    floor = settings.floor
    ratio = Ratio(settings.ratio)
    common = CommonRates(buckets, learning: settings.learning)
    key = KeyRates(buckets, learning: settings.learning, countsEmpty: countsEmpty)
  }

  func usual(at bucket: Int64) -> UsualRate? {
    guard common.isLearned(at: bucket) else { return nil }
    return key.usual(at: bucket) ?? common.usual(at: bucket)
  }

  mutating func endSurvey(_ context: GroupContext) { common.seal(context) }
}
