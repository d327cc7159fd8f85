/// `dormant`: a hit after a long silence.
struct DormantEvaluator: Evaluator {
  private let span: Int64
  /// The key's last hit before the moment in hand.
  private var before: Int64?
  private var moment: [GroupFact] = []

  init(span: Int64) { self.span = span }

  mutating func begin(_ context: GroupContext) {
    before = nil
    moment.removeAll(keepingCapacity: true)
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.append(fact) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    if let before, time - before > span {
      context.recorder.find(at: time, moment, gap: Joining.gap, note: .quiet(since: before))
    }
    before = time
    moment.removeAll(keepingCapacity: true)
  }

  mutating func end(_ context: GroupContext) {}
}
