/// `after`: anything at or after the date on which the group's value should have ended.
struct AfterEvaluator: Evaluator {
  private let dates: [String: Int64]
  private let span: Int64
  private var date: Int64?

  init(_ dates: [String: Int64], span: Int64) {
    self.dates = dates
    self.span = span
  }

  mutating func begin(_ context: GroupContext) {
    date = dates[String(decoding: context.groupTexts.first ?? [], as: UTF8.self)]
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    guard let date, fact.fact.time >= date else { return }
    context.recorder.find(at: fact.fact.time, CollectionOfOne(fact), gap: span, note: .after(date: date))
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {}
  mutating func end(_ context: GroupContext) {}
}
