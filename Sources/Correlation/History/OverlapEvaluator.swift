/// `overlap`: a value comes back after another one was there in between.
///
/// A hit with `v` at `t` needs hits `a < b < t`, at `a` with `v` and at `b` with another value. The latest `b` leaves most
/// room for `a`, and the latest `a` before it is the one that is still within the span if any is. So three hits for
/// each value are enough, and two values with the hits at which they were last there.
struct OverlapEvaluator: Evaluator {
  /// Of the hits with one value.
  private struct Visits {
    var last: GroupFact
    /// The one before the last.
    var previous: GroupFact?
    /// The last one before the last hit with another value, as it was when the value was last there.
    var anchor: GroupFact?
  }

  private let span: Int64
  private var memory: ValueMemory<Visits>
  /// The last hit, and the last one with a value that is different from its.
  private var latest: GroupFact?
  private var second: GroupFact?
  private var moment = Moment()

  init(span: Int64) {
    self.span = span
    memory = ValueMemory(span: span)
  }

  mutating func begin(_ context: GroupContext) {
    memory.reset()
    latest = nil
    second = nil
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.appendValued(fact, context) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    let found = moment.facts.filter { fact in
      anchor(of: fact.value, at: time).map { time - $0.fact.time <= span } ?? false
    }
    if let value = found.first?.value, let first = anchor(of: value, at: time), let other = other(than: value) {
      let note = Note.overlap(
        value: context.shown(first), other: context.shown(other), first: first.fact.time,
        between: other.fact.time)
      context.recorder.find(at: time, evidence: [first, other], found, gap: Joining.gap, note: note)
    }
    remember(at: time, context)
    moment.clear()
  }

  private func other(than value: ValueNumber) -> GroupFact? {
    guard let latest, latest.value == value else { return latest }
    return second
  }

  /// The last hit with the value before the last one with another; both before the moment in hand.
  private func anchor(of value: ValueNumber, at time: Int64) -> GroupFact? {
    guard let visits = memory.recall(value, at: time)?.entry, let other = other(than: value) else { return nil }
    if visits.last.fact.time < other.fact.time { return visits.last }
    return visits.last.fact.time == other.fact.time ? visits.previous : visits.anchor
  }

  private mutating func remember(at time: Int64, _ context: GroupContext) {
    var anchors: [GroupFact?] = []
    for fact in moment.facts { anchors.append(anchor(of: fact.value, at: time)) }
    for (fact, anchor) in zip(moment.facts, anchors) {
      let known = memory.recall(fact.value, at: time)
      // A value may occur several times in one moment.
      if known?.last != time {
        let visits = Visits(last: fact, previous: known?.entry.last, anchor: anchor)
        memory.remember(fact.value, visits, at: time, context)
      }
      if let latest, latest.value != fact.value { second = latest }
      latest = fact
    }
  }

  mutating func end(_ context: GroupContext) {}
}
