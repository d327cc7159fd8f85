import Events
import Rules

/// Leads an evaluator through some groups of one detection.
struct DetectionWalk {
  let detection: Int
  let shard: GroupShard
  let sources: [FactSource]
  let files: FileIndex
  let distinct: DistinctEvents
  let context: GroupContext
  /// Single rules take hits without a group or a time as well.
  let takesAnything: Bool
  /// Types that calculate with values.
  let calculates: Bool
  /// Types that only ask which values there are.
  var countsValues = false

  func run(_ definition: Detection) throws(SegmentError) {
    switch definition.kind {
    case .single(let gap): try run(SingleEvaluator(gap: gap))
    case .correlation(let correlation):
      if correlation.kind.isHistory {
        try runHistory(correlation)
      } else {
        try runWindow(correlation)
      }
    }
  }

  private func runWindow(_ correlation: Correlation) throws(SegmentError) {
    let span = correlation.timespanMilliseconds
    let members = correlation.members.count
    var bounds = Bounds([])
    var percent = 50.0
    if case .threshold(let limits, _, let percentile) = correlation.condition {
      bounds = Bounds(limits)
      percent = percentile ?? percent
    }
    switch correlation.kind {
    case .eventCount: try run(WindowEvaluator(EventCount(bounds), span: span))
    case .valueCount: try run(WindowEvaluator(ValueCount(bounds), span: span))
    case .valueSum: try run(WindowEvaluator(ValueTotal(bounds, isAverage: false), span: span))
    case .valueAverage: try run(WindowEvaluator(ValueTotal(bounds, isAverage: true), span: span))
    case .valuePercentile, .valueMedian: try run(WindowEvaluator(Percentile(bounds, percent: percent), span: span))
    case .temporalOrdered where !correlation.orderedSequences.isEmpty:
      try run(WindowEvaluator(OrderedMeasure(correlation.orderedSequences, span: span), span: span))
    case .temporalOrdered:
      try run(WindowEvaluator(OrderedLength(bounds, members: members, span: span), span: span))
    default:
      let condition = MemberCondition(correlation.condition)
      if case .expression(let expression) = correlation.condition, expression.hasNot {
        try run(AbsenceEvaluator(condition, members: members, span: span))
      } else {
        try run(WindowEvaluator(TemporalMeasure(condition, members: members), span: span))
      }
    }
  }

  func run<E: Evaluator>(_ initial: E) throws(SegmentError) {
    var evaluator = initial
    // What is known of all groups is known once: one thread judges them all.
    guard !E.surveys || shard.isFirst else { return }
    if E.surveys { try survey(&evaluator) }
    var walk = try GroupWalk(detection, E.surveys ? .whole : shard, sources, files, distinct)
    while try walk.nextGroup() {
      guard takesAnything || !walk.key.isEmpty else {
        try count(&walk, as: \.withoutGroup)
        continue
      }
      context.recorder.begin(group: walk.key)
      context.groupTexts = GroupWalk.texts(walk.key)
      evaluator.begin(context)
      try follow(&walk, &evaluator)
      evaluator.end(context)
      context.recorder.close()
      if let failure = context.recorder.failure { throw failure }
    }
  }

  private func follow<E: Evaluator>(_ walk: inout GroupWalk, _ evaluator: inout E) throws(SegmentError) {
    var moment: Int64?
    var event = EventFacts(distinguishesMembers: evaluator.distinguishesMembers)
    while var fact = try walk.next() {
      try number(&fact)
      let isNew = event.isOther(than: fact.fact)
      if fact.fact.isCut { context.counters.valuesCut += 1 }
      guard event.add(fact) else { continue }
      if isNew, !fact.fact.isRepeated { context.counters.hits += 1 }
      guard takesAnything || fact.fact.time != Timestamp.missing else {
        if isNew, !fact.fact.isRepeated { context.counters.untimed += 1 }
        continue
      }
      if let moment, moment != fact.fact.time { evaluator.settle(moment, context) }
      if moment == nil { context.counters.groups += 1 }
      moment = fact.fact.time
      if calculates, !fact.fact.isRepeated { tellNumber(fact) }
      if countsValues, !fact.fact.isRepeated, fact.value == .none { context.counters.withoutValue += 1 }
      evaluator.add(fact, context)
    }
    if let moment { evaluator.settle(moment, context) }
  }

  private func number(_ fact: inout GroupFact) throws(SegmentError) {
    let source = Int(fact.source)
    fact.value = try context.values.number(of: fact.fact.value, source, sources[source].segment)
  }

  /// What is left out of a sum.
  private func tellNumber(_ fact: GroupFact) {
    guard fact.value != .none else {
      context.counters.withoutValue += 1
      return
    }
    switch context.values.reading {
    case .number: break
    case .noNumber: context.counters.withoutNumber += 1
    case .tooLarge: context.counters.numbersTooLarge += 1
    }
  }

  private func count(
    _ walk: inout GroupWalk, as counter: WritableKeyPath<DetectionCounters, Int>
  ) throws(SegmentError) {
    var last: Fact?
    while let fact = try walk.next() {
      if let last, last.isSameEvent(as: fact.fact) { continue }
      last = fact.fact
      context.counters[keyPath: counter] += 1
    }
  }

  private func survey<E: Evaluator>(_ evaluator: inout E) throws(SegmentError) {
    var walk = try GroupWalk(detection, .whole, sources, files, distinct)
    while try walk.nextGroup() {
      var event = EventFacts(distinguishesMembers: evaluator.distinguishesMembers)
      while var fact = try walk.next() {
        guard !walk.key.isEmpty, fact.fact.time != Timestamp.missing else { continue }
        try number(&fact)
        guard event.add(fact) else { continue }
        evaluator.survey(fact, context)
      }
      evaluator.endGroupOfSurvey(context)
    }
    evaluator.endSurvey(context)
  }
}

/// The facts of one event within a group: values that differ in case alone are one value, and say it once.
private struct EventFacts {
  let distinguishesMembers: Bool
  private var event: Fact?
  private var seen: [(member: UInt32, value: ValueNumber)] = []

  init(distinguishesMembers: Bool) { self.distinguishesMembers = distinguishesMembers }

  func isOther(than fact: Fact) -> Bool { event.map { !$0.isSameEvent(as: fact) } ?? true }

  /// False if the event has said the same before.
  mutating func add(_ fact: GroupFact) -> Bool {
    let member = distinguishesMembers ? fact.fact.member : 0
    if isOther(than: fact.fact) {
      event = fact.fact
      seen.removeAll(keepingCapacity: true)
    } else if seen.contains(where: { $0 == (member, fact.value) }) {
      return false
    }
    seen.append((member, fact.value))
    return true
  }
}

extension Correlation {
  // More ways to fulfil an expression than anyone would write down.
  static let alternativesMax = 1024

  /// `temporal_ordered`: each sequence of members that is enough; empty if it is the length that counts.
  var orderedSequences: [[Int]] {
    switch condition {
    case .allMembers: [Array(members.indices)]
    case .threshold: []
    case .expression(let expression):
      (expression.alternatives(max: Correlation.alternativesMax) ?? []).map { $0.sorted() }.sorted {
        $0.lexicographicallyPrecedes($1)
      }
    }
  }
}
