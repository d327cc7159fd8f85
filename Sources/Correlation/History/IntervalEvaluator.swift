import Events
import Matching
import Rules

/// `interval`: how long something lasted that one rule begins and another one ends, and who did both.
///
/// With a `field` each of its values lasts by itself: what is opened at two ports and closed at one is still open at the
/// other. An end without a value ends everything, since nobody can say what it spares; so does a third rule's hit.
/// What ends and begins at one moment begins anew: nothing that is open is told as closed.
struct IntervalEvaluator: Evaluator {
  /// What has begun with one value, and when.
  private struct Stretch {
    let since: Int64
    var facts: [GroupFact]
  }

  private let span: Int64
  /// By value; without a field the one without a value.
  private var open: [ValueNumber: Stretch] = [:]
  /// How many beginnings `open` holds.
  private var openCount = 0
  /// The beginnings and ends of the moment in hand.
  private var beginnings = Moment()
  private var ends = Moment()
  private var stops: Stops

  init(span: Int64, _ comparison: Stops.Comparison) {
    self.span = span
    stops = Stops(comparison)
  }

  mutating func begin(_ context: GroupContext) {
    clear()
    beginnings.reset()
    ends.reset()
    stops.reset()
  }

  private mutating func clear() {
    open.removeAll(keepingCapacity: true)
    openCount = 0
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    if fact.fact.member == 0 { beginnings.append(fact, context) } else { ends.append(fact, context) }
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    if !ends.isEmpty, !open.isEmpty { close(at: time, context) }
    for fact in beginnings.facts { begin(fact, at: time, context) }
    beginnings.clear()
    ends.clear()
  }

  private mutating func begin(_ fact: GroupFact, at time: Int64, _ context: GroupContext) {
    // As many as a window may hold.
    guard openCount < WindowQueue.countMax else {
      context.counters.evicted += 1
      return
    }
    stops.learn(fact, context)
    open[fact.value, default: Stretch(since: time, facts: [])].facts.append(fact)
    openCount += 1
  }

  private mutating func close(at time: Int64, _ context: GroupContext) {
    for fact in ends.facts { stops.add(fact, context) }
    defer { stops.clear() }
    let closed = open.filter { stops.ends($0.key) }
    for (value, stretch) in closed {
      open[value] = nil
      openCount -= stretch.facts.count
    }
    for (value, stretch) in told(closed.filter { time - $0.value.since > span }, context) {
      let own = ends.facts.filter { stops.isAnEnd($0, of: value) }
      tell(stretch, value, ended: own, at: time, context)
    }
  }

  mutating func end(_ context: GroupContext) {
    for (value, stretch) in told(open, context) {
      if span == 0 || context.isPast(stretch.since + span) {
        tell(stretch, value, ended: [], at: nil, context)
      } else {
        context.counters.undecided += 1
      }
    }
    clear()
  }

  /// In an order that depends on nothing but the events.
  private func told(_ stretches: [ValueNumber: Stretch], _ context: GroupContext) -> [(ValueNumber, Stretch)] {
    guard stretches.count > 1 else { return stretches.map { ($0.key, $0.value) } }
    return stretches.map { (value: $0.key, stretch: $0.value, key: identity($0.value, $0.key, context)) }
      .sorted { ($0.stretch.since, $0.key) < ($1.stretch.since, $1.key) }
      .map { ($0.value, $0.stretch) }
  }

  /// The key of the first event, mixed with the value: what one event begins with several values are several things.
  private func identity(_ stretch: Stretch, _ value: ValueNumber, _ context: GroupContext) -> Hash128 {
    guard let first = stretch.facts.first else { return Hash128(0, 0) }
    guard value != .none else { return first.fact.key }
    var folded: [UInt8] = []
    context.text(of: first).withUnsafeBytes { CaseFolding.fold($0, into: &folded) }
    // FNV-1a: which of an event's values it is, no secret.
    let mixed = folded.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return Hash128(first.fact.key.high ^ mixed, first.fact.key.low)
  }

  private func tell(
    _ stretch: Stretch, _ value: ValueNumber, ended: [GroupFact], at time: Int64?, _ context: GroupContext
  ) {
    guard let first = stretch.facts.first else { return }
    let note = Note.interval(
      value: value == .none ? 0 : context.shown(first), since: stretch.since, until: time, begun: context.deed(first),
      ended: ended.first.map(context.deed))
    context.recorder.open(
      at: stretch.since, stretch.facts + ended, identity: identity(stretch, value, context), trigger: first, note: note)
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
