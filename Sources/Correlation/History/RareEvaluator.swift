import Rules

/// `rare`: a value that is new for the key and that hardly any other key has.
struct RareEvaluator: Evaluator {
  static var surveys: Bool { true }

  private let span: Int64
  private let fewerThan: Int
  private let peersMin: Int
  private var others: PeerSurvey
  private var memory: ValueMemory<Void>
  /// The key's last hit before the moment in hand.
  private var before: Int64?
  private var moment = Moment()
  // The missing value is never asked for.
  private static var anyValue: ValueNumber { .none }

  init(_ settings: HistorySettings, span: Int64) {
    self.span = span
    fewerThan = settings.fewerThan
    peersMin = settings.peersMin
    others = PeerSurvey(settings, span: span)
    memory = ValueMemory(span: span)
  }

  // MARK: What others do

  mutating func survey(_ fact: GroupFact, _ context: GroupContext) {
    guard fact.value != .none else { return }
    others.note(fact.value, at: fact.fact.time, context)
    others.note(RareEvaluator.anyValue, at: fact.fact.time, context)
  }

  mutating func endGroupOfSurvey(_ context: GroupContext) { others.endGroup() }

  mutating func endSurvey(_ context: GroupContext) { others.end(context) }

  // MARK: One key

  mutating func begin(_ context: GroupContext) {
    before = nil
    memory.reset()
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.appendValued(fact, context) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    guard !moment.isEmpty else { return }
    if others.isLearned(at: time) { find(at: time, context) }
    for fact in moment.facts { memory.remember(fact.value, (), at: time, context) }
    before = time
    moment.clear()
  }

  private func find(at time: Int64, _ context: GroupContext) {
    let isPeerOfItself = before.map { time - $0 <= span } ?? false
    let peers = others.groups(RareEvaluator.anyValue, before: time) - (isPeerOfItself ? 1 : 0)
    guard peers >= peersMin else { return }
    // The key itself has not had the value: those that have are others.
    let rare = moment.facts.filter { fact in
      memory.recall(fact.value, at: time) == nil && others.groups(fact.value, before: time) < fewerThan
    }
    guard let first = rare.first else { return }
    let note = Note.rare(value: context.shown(first), having: others.groups(first.value, before: time), peers: peers)
    context.recorder.findValues(at: time, rare, gap: Joining.gap, note: note)
  }

  mutating func end(_ context: GroupContext) {}
}
