/// `never_used`, `unmatched`, and `overstay` of two rules: a hit of the first rule that none of the second answers.
///
/// What is not there is known only when time has passed the end of the span. With a `field` a hit answers those of its
/// value alone.
struct AnswerEvaluator: Evaluator {
  enum Question {
    case neverUsed, unmatched, overstay
  }

  private let question: Question
  private let span: Int64
  /// The hits of the first rule that are not answered yet.
  private var open = WindowQueue()
  private var lastAnswer: Int64?
  private var moment = Moment()
  /// The answers of the moment in hand.
  private var answers: Stops

  init(_ question: Question, span: Int64, _ comparison: Stops.Comparison = .none) {
    self.question = question
    self.span = span
    answers = Stops(comparison)
  }

  mutating func begin(_ context: GroupContext) {
    open.removeAll()
    lastAnswer = nil
    moment.reset()
    answers.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    if fact.fact.member != 0 { return answers.add(fact, context) }
    moment.append(fact, context)
    answers.learn(fact, context)
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    while let first = open.first, time - first.fact.time > span { decide(first.fact.time, context) }
    if !answers.isEmpty {
      open.removeAll { answers.ends($0.value) }
      lastAnswer = time
    }
    // A counterpart may come first, or at the same moment; use and end come afterwards.
    let wasAnswered = question == .unmatched && lastAnswer.map { time - $0 <= span } ?? false
    if !wasAnswered {
      for fact in moment.facts { open.append(fact, context) }
    }
    answers.clear()
    moment.clear()
  }

  /// Nothing has answered the first moment that is open.
  private mutating func decide(_ time: Int64, _ context: GroupContext) {
    var facts: [GroupFact] = []
    while let first = open.first, first.fact.time == time { facts.append(open.removeFirst()) }
    if context.isPast(time + span) {
      let values = facts.filter { $0.value != .none }
      let note =
        question == .overstay
        ? Note.overstay(since: time) : .unanswered(at: time, values: Told.values(of: values, context))
      context.recorder.find(at: time + span, facts, gap: Joining.gap, note: note)
    } else {
      context.counters.undecided += 1
    }
  }

  mutating func end(_ context: GroupContext) {
    while let first = open.first { decide(first.fact.time, context) }
  }
}
