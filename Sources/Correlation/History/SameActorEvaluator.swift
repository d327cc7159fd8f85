/// `same_actor`: one value in both halves of what should take two.
struct SameActorEvaluator: Evaluator {
  /// The first and the last hit of the moment with a value, by rule: if neither is of another event, none is.
  private struct Ends {
    var first: (Int?, Int?) = (nil, nil)
    var last: (Int?, Int?) = (nil, nil)
  }

  private let span: Int64
  /// The last hit of each rule with a value.
  private var memory: ValueMemory<(GroupFact?, GroupFact?)>
  private var moment = Moment()

  init(span: Int64) {
    self.span = span
    memory = ValueMemory(span: span)
  }

  mutating func begin(_ context: GroupContext) {
    memory.reset()
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.appendValued(fact, context) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    let ends = ends()
    var found: [GroupFact] = []
    var note = Note.none
    var evidence: [GroupFact] = []
    for fact in moment.facts {
      guard let other = half(now: fact, ends[fact.value]) ?? half(before: fact, at: time) else { continue }
      if found.isEmpty {
        let id = context.recorder.text(other.fact.id, other.source)
        note = .sameActor(value: context.shown(fact), other: other.fact.time, event: id)
        // One of this moment is found itself.
        if other.fact.time < time { evidence = [other] }
      }
      found.append(fact)
    }
    context.recorder.find(at: time, evidence: evidence, found, gap: Joining.gap, note: note)
    for fact in moment.facts {
      var halves = memory.recall(fact.value, at: time)?.entry ?? (nil, nil)
      if fact.fact.member == 0 { halves.0 = fact } else { halves.1 = fact }
      memory.remember(fact.value, halves, at: time, context)
    }
    moment.clear()
  }

  private func ends() -> [ValueNumber: Ends] {
    guard moment.facts.count > 1 else { return [:] }
    var ends: [ValueNumber: Ends] = [:]
    for (place, fact) in moment.facts.enumerated() {
      var own = ends[fact.value] ?? Ends()
      if fact.fact.member == 0 {
        own.first.0 = own.first.0 ?? place
        own.last.0 = place
      } else {
        own.first.1 = own.first.1 ?? place
        own.last.1 = place
      }
      ends[fact.value] = own
    }
    return ends
  }

  /// The other half, by another event of the same moment.
  private func half(now fact: GroupFact, _ ends: Ends?) -> GroupFact? {
    guard let ends else { return nil }
    let places = fact.fact.member == 0 ? [ends.first.1, ends.last.1] : [ends.first.0, ends.last.0]
    for place in places {
      guard let place else { continue }
      let other = moment.facts[place]
      if !other.fact.isSameEvent(as: fact.fact) { return other }
    }
    return nil
  }

  private func half(before fact: GroupFact, at time: Int64) -> GroupFact? {
    guard let known = memory.recall(fact.value, at: time)?.entry,
      let other = fact.fact.member == 0 ? known.1 : known.0, time - other.fact.time <= span
    else { return nil }
    return other
  }

  mutating func end(_ context: GroupContext) {}
}
