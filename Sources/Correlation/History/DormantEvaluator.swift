/// `dormant`: a hit after a long silence.
struct DormantEvaluator: Evaluator {
  private let span: Int64
  /// The key's last hit before the moment in hand.
  private var before: Int64?
  private var moment = Moment()

  init(span: Int64) { self.span = span }

  mutating func begin(_ context: GroupContext) {
    before = nil
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.append(fact, context) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    if let before, time - before > span {
      context.recorder.find(at: time, moment.facts, gap: Joining.gap, note: .quiet(since: before))
    }
    before = time
    moment.clear()
  }

  mutating func end(_ context: GroupContext) {}
}
