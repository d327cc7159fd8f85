/// The hits of the moment in hand: nothing is decided before all of them are there.
struct Moment {
  private(set) var facts: [GroupFact] = []
  /// The last event, and whether it has had no value so far.
  private var last: Fact?
  private var lastIsWithout = false

  var isEmpty: Bool { facts.isEmpty }

  /// Between groups.
  mutating func reset() {
    clear()
    last = nil
  }

  /// Between moments.
  mutating func clear() { facts.removeAll(keepingCapacity: true) }

  mutating func append(_ fact: GroupFact, _ context: GroupContext) {
    // A flood of one moment is as long as a window may be.
    guard facts.count < WindowQueue.countMax else {
      context.counters.evicted += 1
      return
    }
    facts.append(fact)
  }

  /// Only if it has a value. An event none of whose facts has one is counted.
  mutating func appendValued(_ fact: GroupFact, _ context: GroupContext) {
    if noteValue(fact, isUsable: fact.value != .none, context) { append(fact, context) }
  }

  /// Counts an event without a usable value, unless another of its facts has one.
  mutating func noteValue(_ fact: GroupFact, isUsable: Bool, _ context: GroupContext) -> Bool {
    let isKnown = last.map { $0.isSameEvent(as: fact.fact) } ?? false
    last = fact.fact
    // Another group counts it.
    if fact.fact.isRepeated { return isUsable }
    if !isUsable, !isKnown { context.counters.withoutValue += 1 }
    if isUsable, isKnown, lastIsWithout { context.counters.withoutValue -= 1 }
    lastIsWithout = !isUsable && (!isKnown || lastIsWithout)
    return isUsable
  }
}
