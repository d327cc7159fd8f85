import Rules

/// How many groups have had a value within a time span, asked at any time: what peers do.
///
/// A *run* is a series of a group's hits with a value of which no two that follow each other are more than the span
/// apart. A group has had the value in `[t - span, t)` if one of its runs begins before `t` and ends at or after
/// `t - span`; since runs of one group are further apart than that, it is one run at most. So
///
///     groups = runs that begin before t - runs that end before t - span
///
/// which are two places in two sorted lists. The missing value stands for any value.
struct PeerRuns {
  // 48 bytes each. More are more peers than anyone compares with; what is left out makes values rarer, not commoner.
  private static let countMax = 1 << 21

  private struct Point {
    var value: ValueNumber
    var time: Int64

    static func isOrdered(_ a: Point, _ b: Point) -> Bool {
      a.value == b.value ? a.time < b.time : a.value < b.value
    }
  }

  private let span: Int64
  private var starts: [Point] = []
  private var ends: [Point] = []
  /// Of the group in hand: the run that each value is in.
  private var open: [ValueNumber: Int] = [:]

  init(span: Int64) { self.span = span }

  mutating func note(_ value: ValueNumber, at time: Int64, _ context: GroupContext) {
    if let run = open[value], time - ends[run].time <= span {
      ends[run].time = time
    } else if starts.count < PeerRuns.countMax {
      open[value] = starts.count
      starts.append(Point(value: value, time: time))
      ends.append(Point(value: value, time: time))
    } else {
      context.counters.evicted += 1
    }
  }

  mutating func endGroup() { open = [:] }

  mutating func seal() {
    starts.sort(by: Point.isOrdered)
    ends.sort(by: Point.isOrdered)
  }

  /// The groups that have a hit with the value in `[time - span, time)`.
  func groups(_ value: ValueNumber, before time: Int64) -> Int {
    PeerRuns.count(starts, before: Point(value: value, time: time))
      - PeerRuns.count(ends, before: Point(value: value, time: time - span))
  }

  private static func count(_ points: [Point], before point: Point) -> Int {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if Point.isOrdered(points[middle], point) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// What the peers of a key do, seen before the first key is judged: how much time is known, and who had which
/// value.
struct PeerSurvey {
  private var population: KnownTime
  private var peers: PeerRuns

  init(_ settings: HistorySettings, span: Int64) {
    population = KnownTime(settings.learning)
    peers = PeerRuns(span: span)
  }

  mutating func note(_ value: ValueNumber, at time: Int64, _ context: GroupContext) {
    population.note(time, context)
    peers.note(value, at: time, context)
  }

  mutating func endGroup() { peers.endGroup() }

  /// Since when anybody is known.
  var first: Int64? { population.first }

  func isLearned(at time: Int64) -> Bool { population.isLearned(at: time) }

  /// How many keys had a value within the time span.
  func groups(_ value: ValueNumber, before time: Int64) -> Int { peers.groups(value, before: time) }

  mutating func end(_ context: GroupContext) {
    peers.seal()
    population.seal(context)
  }
}
