/// How much of the time before a moment is known: what was usual can only be told of time in which anything was seen.
///
/// Known is the time that is at most a quarter of the learning period after a hit, of any group. One old event, or an hour
/// of them, adds a quarter and no more, however long ago it was; weekends and holidays take little away. It is a union of
/// intervals, so that no order and no cut of the hits makes a difference:
///
///     hits     |  | |             |
///     known    [========]         [=====]
struct KnownTime {
  // One silence is told from a history by three more hits at least.
  static let hitsMin: Int64 = 4
  // 16 bytes each. So many silences of a quarter of the learning period are in no real history; what is left out for them
  // is counted, and makes learning longer.
  private static let countMax = 1 << 20
  // Sorting fewer saves nothing.
  private static let compactMin = 1 << 12

  private struct Interval {
    var start: Int64
    var end: Int64
    /// Known before it.
    var before: Int64 = 0
  }

  private let learning: Int64
  private var intervals: [Interval] = []
  /// The interval that the last hit lies in: most hits follow closely.
  private var open: Interval?
  private var compactAt = compactMin

  init(_ learning: Int64) { self.learning = learning }

  /// How much time behind a hit is known.
  static func reach(learning: Int64) -> Int64 { learning / hitsMin }

  mutating func note(_ time: Int64, _ context: GroupContext) {
    let end = time + KnownTime.reach(learning: learning)
    if let open, time >= open.start, time <= open.end {
      self.open?.end = max(open.end, end)
      return
    }
    close(context)
    open = Interval(start: time, end: end)
  }

  private mutating func close(_ context: GroupContext) {
    guard let open else { return }
    if intervals.count >= compactAt {
      compact()
      compactAt = max(KnownTime.compactMin, intervals.count * 2)
    }
    if intervals.count < KnownTime.countMax { intervals.append(open) } else { context.counters.evicted += 1 }
    self.open = nil
  }

  private mutating func compact() {
    intervals.sort { $0.start < $1.start }
    var last = 0
    for interval in intervals.dropFirst() {
      if interval.start <= intervals[last].end {
        intervals[last].end = max(intervals[last].end, interval.end)
      } else {
        last += 1
        intervals[last] = interval
      }
    }
    if !intervals.isEmpty { intervals.removeLast(intervals.count - last - 1) }
  }

  /// All hits are noted.
  mutating func seal(_ context: GroupContext) {
    close(context)
    compact()
    for place in intervals.indices.dropFirst() {
      let last = intervals[place - 1]
      intervals[place].before = last.before + last.end - last.start
    }
    report(context)
  }

  /// The first hit.
  var first: Int64? { intervals.first?.start }

  private func known(before time: Int64) -> Int64 {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].start <= time { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let last = intervals[low - 1]
    return last.before + min(time, last.end) - last.start
  }

  func isLearned(at time: Int64) -> Bool {
    guard let first, first <= time else { return false }
    return known(before: time) >= learning
  }

  /// Tells until when nothing can be judged, if hits go on: a forged date later than all time that has passed is none.
  private func report(_ context: GroupContext) {
    guard let first, !isLearned(at: context.highWater) else { return }
    context.counters.learningUntil =
      first > context.highWater
      ? first + learning : context.highWater + learning - known(before: context.highWater)
  }
}
