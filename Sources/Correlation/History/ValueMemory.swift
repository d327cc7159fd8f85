/// What a key did with each of its values. What is older than the time span is as good as never seen, and forgotten.
struct ValueMemory<Entry> {
  // Nobody has used a million addresses within a quarter; who has is not told from others by one more. Where more is kept
  // of each than a few words there is room for fewer.
  private static var countMax: Int { 1 << (MemoryLayout<Entry>.size <= 64 ? 20 : 18) }
  // With fewer, forgetting saves nothing.
  private static var sweepMin: Int { 1 << 12 }
  // Emptying a table takes as long as it is large: a flood's table must not be kept for the groups after it.
  private static var capacityKept: Int { 64 }

  private var entries: [ValueNumber: (last: Int64, entry: Entry)] = [:]
  /// How many new values there may be before forgetting is worth its price again.
  private var untilSweep: Int
  private let sweepMin: Int
  private let span: Int64

  /// - Parameter keepsOld: whether what is older than the time span is kept for as long as there is room for it.
  init(span: Int64, keepsOld: Bool = false) {
    self.span = span
    sweepMin = keepsOld ? ValueMemory.countMax : ValueMemory.sweepMin
    untilSweep = sweepMin
  }

  var count: Int { entries.count }

  mutating func reset() {
    if entries.capacity > ValueMemory.capacityKept {
      entries = [:]
    } else {
      entries.removeAll(keepingCapacity: true)
    }
    untilSweep = sweepMin
  }

  /// What is remembered of a value, and when it was last heard of: at most a time span before.
  func recall(_ value: ValueNumber, at time: Int64) -> (last: Int64, entry: Entry)? {
    guard let known = entries[value], time - known.last <= span else { return nil }
    return known
  }

  /// What is remembered of a value, however long ago it was heard of.
  func recall(_ value: ValueNumber) -> (last: Int64, entry: Entry)? { entries[value] }

  mutating func remember(_ value: ValueNumber, _ entry: Entry, at time: Int64, _ context: GroupContext) {
    if entries[value] == nil {
      if untilSweep == 0 {
        entries = entries.filter { time - $0.value.last <= span }
        untilSweep = max(sweepMin, entries.count)
      }
      untilSweep -= 1
      guard entries.count < ValueMemory.countMax else {
        context.counters.evicted += 1
        return
      }
    }
    entries[value] = (time, entry)
  }
}
