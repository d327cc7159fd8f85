import Rules

/// Something that can be said of a window, kept up to date while facts come and go.
protocol WindowMeasure {
  /// Whether it is about which of the rules match; otherwise an event counts once, however many do.
  static var isOfMembers: Bool { get }
  mutating func reset()
  mutating func add(_ fact: GroupFact, _ values: ValueTable)
  mutating func remove(_ fact: GroupFact, _ values: ValueTable)
  /// Whether the condition holds; never asked of an empty window.
  func holds(at time: Int64) -> Bool
  /// What the condition is about, for the alert; asked for at the moment at which it holds.
  var note: Note { get }
}

extension WindowMeasure {
  static var isOfMembers: Bool { false }
}

/// Sigma's types: a condition over the window `[t - timespan, t]`, looked at whenever the window changes.
struct WindowEvaluator<Measure: WindowMeasure>: Evaluator {
  private let span: Int64
  private var measure: Measure
  private var window = WindowQueue()
  /// How many facts at the window's end belong to the moment in hand.
  private var fresh = 0

  var distinguishesMembers: Bool { Measure.isOfMembers }

  init(_ measure: Measure, span: Int64) {
    self.measure = measure
    self.span = span
  }

  mutating func begin(_ context: GroupContext) {
    window.removeAll()
    measure.reset()
    fresh = 0
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    if fresh == 0 { advance(to: fact.fact.time, context) }
    if window.isFull {
      context.counters.evicted += 1
      fresh = min(fresh, window.count - 1)
      removeFirst(context)
    }
    window.append(fact)
    measure.add(fact, context.values)
    fresh += 1
  }

  private mutating func removeFirst(_ context: GroupContext) {
    let fact = window.removeFirst()
    measure.remove(fact, context.values)
  }

  /// Lets what is too old leave, moment by moment: an open episode ends at the first at which the condition fails.
  private mutating func advance(to time: Int64, _ context: GroupContext) {
    while let first = window.first, time - first.fact.time > span {
      let leaving = first.fact.time
      while let next = window.first, next.fact.time == leaving { removeFirst(context) }
      // At the moment itself the new facts count as well: `settle` decides it.
      guard context.recorder.isOpen, leaving + span + 1 < time else { continue }
      if window.isEmpty || !measure.holds(at: leaving + span + 1) { context.recorder.close() }
    }
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    let new = window.suffix(fresh)
    fresh = 0
    guard measure.holds(at: time), let trigger = new.last else { return context.recorder.close() }
    if context.everyMatch {
      var last: Fact?
      for fact in new {
        if let last, last.isSameEvent(as: fact.fact) { continue }
        last = fact.fact
        context.recorder.open(
          at: time, window.all, identity: fact.fact.key, trigger: fact, note: measure.note)
        context.recorder.close()
      }
    } else if context.recorder.isOpen {
      for fact in new { context.recorder.extend(fact) }
    } else {
      context.recorder.open(at: time, window.all, trigger: trigger, note: measure.note)
    }
  }

  mutating func end(_ context: GroupContext) {}
}

/// The facts of a window, oldest first.
struct WindowQueue {
  // One attacker must not fill the memory with one window; thresholds are far below.
  static let countMax = 1 << 19
  private static let slackMin = 1024

  private var facts: [GroupFact] = []
  private var start = 0

  var count: Int { facts.count - start }
  var isEmpty: Bool { count == 0 }
  var isFull: Bool { count >= WindowQueue.countMax }
  var first: GroupFact? { start < facts.count ? facts[start] : nil }
  var all: ArraySlice<GroupFact> { facts[start...] }

  func suffix(_ count: Int) -> ArraySlice<GroupFact> { facts[start...].suffix(count) }

  mutating func append(_ fact: GroupFact) { facts.append(fact) }

  /// If it is full, without the oldest, which is counted.
  mutating func append(_ fact: GroupFact, _ context: GroupContext) {
    if isFull {
      context.counters.evicted += 1
      _ = removeFirst()
    }
    append(fact)
  }

  mutating func removeFirst() -> GroupFact {
    let fact = facts[start]
    start += 1
    if start == facts.count {
      removeAll()
    } else if start > WindowQueue.slackMin && start * 2 > facts.count {
      facts.removeFirst(start)
      start = 0
    }
    return fact
  }

  mutating func removeAll() {
    facts.removeAll(keepingCapacity: true)
    start = 0
  }
}
