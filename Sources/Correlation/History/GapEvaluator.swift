import Rules

/// `gap`: what never was silent for long falls silent.
struct GapEvaluator: Evaluator {
  private let span: Int64
  private let learning: Int64
  /// Since the last silence that was longer than anything can be learned of.
  private var key: Learning
  /// The same of what no forged date comes before.
  private var known: Learning
  /// The hits of the last moment.
  private var last: [GroupFact] = []
  /// The last silence that was too long: it reaches furthest into any time before.
  private var lastSilence: (from: Int64, until: Int64)?
  /// The longest silence since then.
  private var longest: Int64 = 0
  private var moment = Moment()

  /// Shorter silences are not told apart: none of them ends what was learned.
  static func grain(span: Int64, learning: Int64) -> Int64 { max(min(span, learning) / 12, 1) }

  init(_ settings: HistorySettings, span: Int64) {
    self.span = span
    learning = settings.learning
    key = Learning(settings.learning)
    known = Learning(settings.learning)
  }

  mutating func begin(_ context: GroupContext) {
    key.reset()
    known.reset()
    last.removeAll(keepingCapacity: true)
    lastSilence = nil
    longest = 0
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.append(fact, context) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    if let before = last.first?.fact.time {
      if time - before > span {
        decide(before, context)
        lastSilence = (before, time)
        longest = 0
      } else {
        longest = max(longest, time - before)
      }
      if time - before > learning {
        key.reset()
        if time <= context.highWater { known.reset() }
      }
    }
    key.note(time)
    known.note(time)
    last = moment.facts
    moment.clear()
  }

  /// What follows the hits at a time is a silence that is too long; the moment in hand, if it has hits, ends it.
  private func decide(_ time: Int64, _ context: GroupContext) {
    guard key.isLearned(at: time), !wasSilent(before: time), let first = key.first else { return }
    guard context.isPast(time + span) else {
      context.counters.undecided += 1
      return
    }
    let note = Note.silence(
      from: time, until: moment.facts.first?.fact.time,
      longest: max(longest, GapEvaluator.grain(span: span, learning: learning)),
      since: lastSilence?.until ?? first)
    context.recorder.find(at: time + span, last + moment.facts.prefix(1), gap: Joining.gap, note: note)
  }

  private func wasSilent(before time: Int64) -> Bool {
    guard let silence = lastSilence else { return false }
    return silence.until - max(silence.from, time - learning) > span
  }

  mutating func end(_ context: GroupContext) {
    if let before = last.first?.fact.time { decide(before, context) }
    known.report(context)
  }
}
