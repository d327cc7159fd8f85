import Rules

/// `temporal` with `not`: a condition over the window `[t, t + timespan]` of each moment with a hit, known only when time
/// has passed its end.
struct AbsenceEvaluator: Evaluator {
  private let condition: MemberCondition
  private let span: Int64
  private var window = WindowQueue()
  private var counts: [Int]
  /// The moment at which the condition held last.
  private var lastHeld: Int64?

  init(_ condition: MemberCondition, members: Int, span: Int64) {
    self.condition = condition
    self.span = span
    counts = Array(repeating: 0, count: members)
  }

  mutating func begin(_ context: GroupContext) {
    window.removeAll()
    for i in counts.indices { counts[i] = 0 }
    lastHeld = nil
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    while let first = window.first, fact.fact.time - first.fact.time > span { decide(context) }
    if window.isFull {
      context.counters.evicted += 1
      removeFirst()
    }
    window.append(fact)
    counts[Int(fact.fact.member)] += 1
  }

  private mutating func removeFirst() {
    let fact = window.removeFirst()
    counts[Int(fact.fact.member)] -= 1
  }

  /// Decides the first moment of the window, which then leaves.
  private mutating func decide(_ context: GroupContext) {
    guard let time = window.first?.fact.time else { return }
    let moment = Array(window.all.prefix { $0.fact.time == time })
    let holds = condition.holds(counts)
    let present = holds ? counts.indices.filter { counts[$0] > 0 } : []
    for _ in moment { removeFirst() }
    // What comes after the high-water mark has a forged date: it does not make time pass.
    guard context.isPast(time + span) else {
      context.counters.undecided += 1
      return
    }
    guard holds, let trigger = moment.last else {
      context.recorder.close()
      lastHeld = nil
      return
    }
    if let lastHeld, time - lastHeld > span || context.everyMatch { context.recorder.close() }
    lastHeld = time
    if context.recorder.isOpen {
      context.recorder.extend(moment, at: time + span)
    } else {
      context.recorder.open(at: time + span, moment, trigger: trigger, note: .absent(since: time, present: present))
    }
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {}

  mutating func end(_ context: GroupContext) {
    while window.first != nil { decide(context) }
  }
}
