/// A rule by itself: its hits by one actor are one episode while no gap is too long.
struct SingleEvaluator: Evaluator {
  let gap: Int64
  private var last: Int64?

  init(gap: Int64) { self.gap = gap }

  mutating func begin(_ context: GroupContext) { last = nil }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    let time = fact.fact.time
    if context.everyMatch {
      context.recorder.close()
    } else if let last, last != time, SingleEvaluator.isApart(last, time, gap) {
      context.recorder.close()
    }
    last = time
    if context.recorder.isOpen {
      context.recorder.extend(CollectionOfOne(fact), at: time)
    } else {
      context.recorder.open(at: time, CollectionOfOne(fact), trigger: fact, note: .none)
    }
  }

  /// Untimed events come first, under the smallest number there is, and are apart from all others.
  private static func isApart(_ a: Int64, _ b: Int64, _ gap: Int64) -> Bool {
    let (distance, overflow) = b.subtractingReportingOverflow(a)
    return overflow || distance > gap
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {}
  mutating func end(_ context: GroupContext) {}
}
