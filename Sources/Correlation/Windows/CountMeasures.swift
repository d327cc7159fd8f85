/// `event_count`: events, however many facts each of them has.
struct EventCount: WindowMeasure {
  private let bounds: Bounds
  private var count = 0
  private var added: Fact?
  private var removed: Fact?

  init(_ bounds: Bounds) { self.bounds = bounds }

  mutating func reset() {
    count = 0
    added = nil
    removed = nil
  }

  mutating func add(_ fact: GroupFact, _ number: Decimal?) {
    if let added, added.isSameEvent(as: fact.fact) { return }
    added = fact.fact
    count += 1
  }

  mutating func remove(_ fact: GroupFact) {
    if let removed, removed.isSameEvent(as: fact.fact) { return }
    removed = fact.fact
    count -= 1
  }

  func holds(at time: Int64) -> Bool { bounds.hold(Decimal(count)) }
  var note: Note { .held(Decimal(count)) }
}

/// `value_count`: distinct values.
struct ValueCount: WindowMeasure {
  private static let capacityKept = 64

  private let bounds: Bounds
  private var counts: [ValueNumber: Int] = [:]

  init(_ bounds: Bounds) { self.bounds = bounds }

  mutating func reset() {
    // Emptying a table takes as long as it is large: a flood's table must not be kept for the groups after it.
    if counts.capacity > ValueCount.capacityKept { counts = [:] } else { counts.removeAll(keepingCapacity: true) }
  }

  mutating func add(_ fact: GroupFact, _ number: Decimal?) {
    if fact.value != .none { counts[fact.value, default: 0] += 1 }
  }

  mutating func remove(_ fact: GroupFact) {
    guard fact.value != .none, let count = counts[fact.value] else { return }
    counts[fact.value] = count == 1 ? nil : count - 1
  }

  func holds(at time: Int64) -> Bool { bounds.hold(Decimal(counts.count)) }
  var note: Note { .held(Decimal(counts.count)) }
}

/// `value_sum` and `value_avg`.
struct ValueTotal: WindowMeasure {
  private let bounds: Bounds
  private let isAverage: Bool
  /// Of the window's facts.
  private var numbers = Queue<Decimal?>()
  private var sum: Int128 = 0
  private var count = 0

  init(_ bounds: Bounds, isAverage: Bool) {
    self.bounds = bounds
    self.isAverage = isAverage
  }

  mutating func reset() {
    numbers.removeAll()
    sum = 0
    count = 0
  }

  mutating func add(_ fact: GroupFact, _ number: Decimal?) {
    numbers.append(number)
    guard let number else { return }
    sum += number.units
    count += 1
  }

  mutating func remove(_ fact: GroupFact) {
    guard let number = numbers.removeFirst() else { return }
    sum -= number.units
    count -= 1
  }

  func holds(at time: Int64) -> Bool {
    guard count > 0 else { return false }
    return bounds.hold { sum - $0 * (isAverage ? Int128(count) : 1) }
  }

  /// The mean has as many decimals as are told: cut so that it still is on the side of the limit that it was found on.
  var note: Note {
    guard isAverage else { return .held(Decimal(units: sum)) }
    let mean = sum / Int128(max(count, 1))
    let near = [mean, mean + 1, mean - 1].map { Decimal(units: $0) }
    return .held(near.first { bounds.hold($0) } ?? near[0])
  }
}
