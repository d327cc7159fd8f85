import Rules

/// `first_seen`: a value that the key has not had before, or a key that nobody has seen before.
struct FirstSeenEvaluator: Evaluator {
  static var surveys: Bool { true }

  private let unlessPeers: Int?
  private var key: Learning
  private var others: PeerSurvey
  /// For how long the key had each value, in milliseconds: while no two events with it were further apart than `gap`.
  private var memory: ValueMemory<Int64>
  private let gap: Int64
  private var usual = UsualValues()
  private var moment = Moment()

  init(_ settings: HistorySettings, span: Int64) {
    unlessPeers = settings.unlessPeers
    key = Learning(settings.learning)
    others = PeerSurvey(settings, span: span)
    memory = ValueMemory(span: span, keepsOld: true)
    gap = FirstSeenEvaluator.gap(settings, span: span)
  }

  /// Hits of a value that are no further apart than this say the same as more hits between them.
  static func gap(_ settings: HistorySettings, span: Int64) -> Int64 {
    min(span, KnownTime.reach(learning: settings.learning))
  }

  // MARK: What others do

  mutating func survey(_ fact: GroupFact, _ context: GroupContext) {
    guard fact.value != .none else { return }
    others.note(fact.value, at: fact.fact.time, context)
  }

  mutating func endGroupOfSurvey(_ context: GroupContext) { others.endGroup() }

  mutating func endSurvey(_ context: GroupContext) { others.end(context) }

  // MARK: One key

  mutating func begin(_ context: GroupContext) {
    key.reset()
    memory.reset()
    usual.reset()
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.appendValued(fact, context) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    guard !moment.isEmpty else { return }
    if let first = key.first {
      if key.isLearned(at: time), others.isLearned(at: time) { findNew(at: time, since: first, context) }
    } else if others.isLearned(at: time) {
      let note = Note.newKey(values: Told.values(of: moment.facts, context), known: others.first ?? time)
      context.recorder.find(at: time, moment.facts, gap: Joining.gap, note: note)
    }
    key.note(time)
    count(at: time, context)
    moment.clear()
  }

  private mutating func count(at time: Int64, _ context: GroupContext) {
    for fact in moment.facts {
      let known = memory.recall(fact.value)
      let duration = known.map { $0.entry + min(time - $0.last, gap) } ?? 0
      memory.remember(fact.value, duration, at: time, context)
      usual.note(fact, duration: duration)
    }
  }

  private func findNew(at time: Int64, since first: Int64, _ context: GroupContext) {
    let new = moment.facts.filter { fact in
      guard memory.recall(fact.value, at: time) == nil else { return false }
      guard let unlessPeers else { return true }
      return others.groups(fact.value, before: time) < unlessPeers
    }
    guard let found = new.first else { return }
    let note = Note.newValue(
      value: context.shown(found), usual: usual.facts(without: found.value).map { context.shown($0) },
      distinct: memory.count - (memory.recall(found.value) == nil ? 0 : 1),
      peers: others.groups(found.value, before: time), known: first)
    context.recorder.findValues(at: time, new, gap: Joining.gap, note: note)
  }

  mutating func end(_ context: GroupContext) {}
}

/// The few values that a key had for longest; of several it had for equally long, those that it had so long first.
private struct UsualValues {
  // A sentence names no more.
  private static let toldMax = 3
  // One of them may be the one that is told as new.
  private static let countMax = toldMax + 1

  /// Each with the hit that brought it in.
  private var entries: [(fact: GroupFact, duration: Int64)] = []

  mutating func reset() { entries.removeAll(keepingCapacity: true) }

  /// Durations only grow, so that a value that is not among them has to pass the last one.
  mutating func note(_ fact: GroupFact, duration: Int64) {
    var place = entries.firstIndex { $0.fact.value == fact.value } ?? entries.count
    if place < entries.count {
      entries[place].duration = max(entries[place].duration, duration)
    } else if entries.count < UsualValues.countMax {
      entries.append((fact, duration))
    } else {
      place = entries.count - 1
      guard duration > entries[place].duration else { return }
      entries[place] = (fact, duration)
    }
    while place > 0, entries[place].duration > entries[place - 1].duration {
      entries.swapAt(place, place - 1)
      place -= 1
    }
  }

  func facts(without value: ValueNumber) -> [GroupFact] {
    Array(entries.map(\.fact).filter { $0.value != value }.prefix(UsualValues.toldMax))
  }
}

/// What notes tell of many values.
enum Told {
  // A sentence names no more.
  static let valuesMax = 10

  /// The first distinct values.
  static func values(of facts: some Sequence<GroupFact>, _ context: GroupContext) -> [UInt32] {
    var told: [GroupFact] = []
    for fact in facts where !told.contains(where: { $0.value == fact.value }) {
      told.append(fact)
      if told.count == valuesMax { break }
    }
    return told.map { context.shown($0) }
  }
}
