import Rules

/// Something that can be said of a window, kept up to date while facts come and go.
protocol WindowMeasure {
  /// Whether it is about which of the rules match; otherwise an event counts once, however many do.
  static var isOfMembers: Bool { get }
  mutating func reset()
  /// - Parameter number: what the fact's value says as a number, for types that calculate.
  mutating func add(_ fact: GroupFact, _ number: Decimal?)
  /// The window's oldest.
  mutating func remove(_ fact: GroupFact)
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
      removeFirst()
    }
    window.append(fact)
    measure.add(fact, context.values.decimal)
    fresh += 1
  }

  private mutating func removeFirst() { measure.remove(window.removeFirst()) }

  /// Lets what is too old leave, moment by moment: an open episode ends at the first at which the condition fails.
  private mutating func advance(to time: Int64, _ context: GroupContext) {
    while let first = window.first, time - first.fact.time > span {
      let leaving = first.fact.time
      while let next = window.first, next.fact.time == leaving { removeFirst() }
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
      context.recorder.extend(new, at: time)
    } else {
      context.recorder.open(at: time, window.all, trigger: trigger, note: measure.note)
    }
  }

  mutating func end(_ context: GroupContext) {}
}
