/// `overstay` of three rules: use of what was begun too long ago and never ended. Of one rule: use of what was used too
/// long ago already.
struct OverstayEvaluator: Evaluator {
  private enum Member {
    static let start: UInt32 = 0
    static let end: UInt32 = 1
  }

  private let span: Int64
  private let isOneRule: Bool
  private var start: GroupFact?
  private var hasEnded = false
  private var startsNow: GroupFact?
  private var endsNow = false
  private var moment = Moment()

  init(span: Int64, isOneRule: Bool) {
    self.span = span
    self.isOneRule = isOneRule
  }

  mutating func begin(_ context: GroupContext) {
    start = nil
    hasEnded = false
    startsNow = nil
    endsNow = false
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    if isOneRule {
      if start == nil, startsNow == nil { startsNow = fact }
      return moment.append(fact, context)
    }
    switch fact.fact.member {
    case Member.start: startsNow = fact
    case Member.end: endsNow = true
    default: moment.append(fact, context)
    }
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    if endsNow { hasEnded = true }
    if let start, !hasEnded, time - start.fact.time > span {
      let note = Note.overstay(since: start.fact.time)
      // What is old stays old: one alert for as long as it is in use.
      let gap = isOneRule ? span : Joining.gap
      context.recorder.find(at: time, evidence: [start], moment.facts, gap: gap, note: note)
    }
    if let startsNow {
      start = startsNow
      hasEnded = false
    }
    startsNow = nil
    endsNow = false
    moment.clear()
  }

  mutating func end(_ context: GroupContext) {}
}
