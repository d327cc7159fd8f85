import Events
import Rules

/// `interval`: how long something lasted that one rule begins and another one ends, and who did both.
///
/// What ends and begins at one moment begins anew: nothing that is open is told as closed.
struct IntervalEvaluator: Evaluator {
  private let span: Int64
  /// The beginnings of the interval in hand, and when it began.
  private var open = Moment()
  private var since: Int64 = 0
  /// The beginnings and ends of the moment in hand.
  private var beginnings = Moment()
  private var ends = Moment()

  init(span: Int64) { self.span = span }

  mutating func begin(_ context: GroupContext) {
    open.reset()
    beginnings.reset()
    ends.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    if fact.fact.member == 0 { beginnings.append(fact, context) } else { ends.append(fact, context) }
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    if !ends.isEmpty, !open.isEmpty {
      if time - since > span { tell(until: time, context) }
      open.clear()
    }
    if !beginnings.isEmpty {
      if open.isEmpty { since = time }
      for fact in beginnings.facts { open.append(fact, context) }
    }
    beginnings.clear()
    ends.clear()
  }

  mutating func end(_ context: GroupContext) {
    guard !open.isEmpty else { return }
    if span == 0 || context.isPast(since + span) { tell(until: nil, context) } else { context.counters.undecided += 1 }
    open.clear()
  }

  private func tell(until: Int64?, _ context: GroupContext) {
    guard let first = open.facts.first else { return }
    let note = Note.interval(
      since: since, until: until, begun: context.deed(first),
      ended: until == nil ? nil : ends.facts.first.map(context.deed))
    context.recorder.open(
      at: since, open.facts + (until == nil ? [] : ends.facts), identity: first.fact.key, trigger: first, note: note)
    context.recorder.close()
  }
}

/// Who did something, and by which event. Texts are numbers in the reduce's table.
public struct Deed: Sendable, Equatable {
  public var event: UInt32 = 0
  public var actor: UInt32 = 0
  /// The role that the actor's session is of.
  public var issuer: UInt32 = 0
  /// As the configuration names the person; 0 if it knows nobody.
  public var person: UInt32 = 0
}

extension GroupContext {
  /// A fault of reading is remembered by the recorder; then the deed says less.
  func deed(_ fact: GroupFact) -> Deed {
    var deed = Deed(event: recorder.text(fact.fact.id, fact.source))
    do throws(SegmentError) {
      let dimensions = try recorder.texts.parts(ofTuple: fact.fact.dimensions, Int(fact.source))
      let scene = try recorder.texts.parts(ofTuple: fact.fact.scene, Int(fact.source))
      func own(_ ids: [UInt32], _ place: Int) -> UInt32 {
        place < ids.count ? recorder.text(ids[place], fact.source) : 0
      }
      deed.actor = own(dimensions, Dimension.actor.rawValue)
      deed.issuer = own(scene, SceneField.actorIssuer.rawValue)
      let account = recorder.texts.text(own(dimensions, Dimension.account.rawValue))
      let person = recorder.texts.text(deed.actor).withUnsafeBytes { name in
        account.withUnsafeBytes { estate.configuration.person(of: name, account: $0) }
      }
      if let person { deed.person = recorder.texts.text(Array(estate.configuration.people[person].name.utf8)) }
    } catch {
      recorder.note(error)
    }
    return deed
  }
}
