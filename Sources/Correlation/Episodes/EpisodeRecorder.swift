import Archive
import Events
import Matching
import Rules

/// Puts together the episodes of one group after another, as an evaluator finds them.
///
/// Errors of reading segments are kept until the end of the group: evaluators need not know of them.
public final class EpisodeRecorder {
  var texts: TextIntake
  /// Of the detection in hand, in the order of groups and time.
  private var episodes: EpisodeIntake
  /// Of its alerts, if they are hits of others.
  private var hits: [Hash128: AlertHits] = [:]
  private(set) var failure: SegmentError?
  private var detection = 0
  private var identity: AlertIdentity
  private var current: Episode?
  private var currentHits: AlertHits?
  private var last: Fact?
  /// The time of the first event of the finding that joined last.
  private var lastFinding: Int64 = 0
  /// The dimensions that were looked at last: most events have those of the one before.
  private var lastDimensions: (source: UInt32, tuple: UInt32)?
  private var tieReader = TieReader()
  /// Of the detection in hand.
  private var feeding = Feeding.nobody
  private var isChained = false
  private var explained: (@Sendable (Hash128) -> Bool)?

  /// Of the configuration; nil if there are none.
  let suppressor: Suppressor?

  private let lowering: Lowering?

  init(
    _ texts: TextIntake, _ log: EpisodeLog, suppressor: Suppressor? = nil, lowering: Lowering? = nil
  ) throws(SegmentError) {
    self.texts = texts
    episodes = EpisodeIntake(log)
    self.suppressor = suppressor
    self.lowering = lowering
    guard let identity = AlertIdentity() else { throw SegmentError(message: "out of memory") }
    self.identity = identity
  }

  func begin(
    _ detection: Int, _ attributes: RuleAttributes, feeding: Feeding, isChained: Bool,
    explained: (@Sendable (Hash128) -> Bool)?
  ) {
    self.detection = detection
    self.feeding = feeding
    self.isChained = isChained
    self.explained = explained
    identity.begin(rule: Array(attributes.label.utf8))
    suppressor?.begin(attributes)
    lowering?.begin(attributes)
  }

  /// The alerts of the detection in hand, and what others make of them.
  func finish() throws(SegmentError) -> (episodes: Episodes, hits: [Hash128: AlertHits]) {
    defer { hits = [:] }
    return (try episodes.finish(), hits)
  }

  func begin(group key: [UInt8]) { identity.begin(group: key) }

  /// What could not be read; the first fault ends the walk.
  func note(_ error: SegmentError) { failure = failure ?? error }

  public var isOpen: Bool { current != nil }

  // MARK: Conditions that hold and cease to hold

  /// Begins an episode with some events, in their order.
  ///
  /// - Parameter identity: the event key that tells it from others, if not that of the first event.
  public func open(
    at time: Int64, _ facts: some Sequence<GroupFact>, identity: Hash128? = nil, trigger: GroupFact, note: Note
  ) {
    guard !isChained else { return openChained(at: time, Array(facts), identity, trigger, note) }
    for fact in facts {
      if current == nil { start(fact, at: time, key: identity ?? fact.fact.key, trigger: trigger, note: note) }
      add(fact, hit: time)
    }
  }

  /// Events of a moment that join the open episode.
  ///
  /// - Parameter time: when it is known that they do.
  public func extend(_ facts: some Sequence<GroupFact>, at time: Int64) {
    guard current != nil else { return }
    guard isChained else {
      for fact in facts { add(fact, hit: time) }
      return
    }
    join(Array(facts), at: time)
  }

  /// What is not later than what is cited is not cited again.
  private func join(_ found: [GroupFact], evidence: [GroupFact] = [], at time: Int64) {
    for fact in brought(evidence + found) where isLater(fact) { add(fact, hit: nil) }
    if isChained { link(evidence + found) }
    // Who counts alerts gets one hit for each, at its time: with all that was found at that moment.
    guard feeding == .ordering || feeding == .counting && time == current?.time else { return }
    for fact in brought(found) { currentHits?.add(fact, at: time) }
  }

  private func openChained(
    at time: Int64, _ facts: [GroupFact], _ identity: Hash128?, _ trigger: GroupFact, _ note: Note
  ) {
    guard let first = facts.first else { return }
    let events = brought(facts)
    start(
      first, at: time, key: identity ?? first.fact.key, trigger: brought([trigger]).last ?? trigger, note: note,
      firstTime: events.first?.fact.time)
    link(facts)
    for fact in events { add(fact, hit: time) }
  }

  private func link(_ facts: [GroupFact]) {
    for fact in facts where texts.isAlert(fact) { current?.link(fact.fact.key) }
  }

  /// The events that hits bring, in their order: of an alert what it found, of an event itself.
  private func brought(_ facts: [GroupFact]) -> [GroupFact] {
    guard isChained else { return facts }
    var events: [GroupFact] = []
    for fact in facts {
      let key = AlertHitKey(alert: fact.fact.key, time: fact.fact.time)
      guard let own = texts.sources[Int(fact.source)].brought[key] else {
        events.append(fact)
        continue
      }
      for var event in facts.count > EpisodeRecorder.hitsWithAll ? own.suffix(1) : own[...] {
        event.fact.member = fact.fact.member
        events.append(event)
      }
    }
    return events.sorted { Fact.isOrdered($0.fact, $1.fact) }
  }

  // Of a window of more alerts each brings its last event alone: what is cited of them is 50 at either end.
  private static let hitsWithAll = 4096

  private func isLater(_ fact: GroupFact) -> Bool { last.map { Fact.isOrdered($0, fact.fact) } ?? true }

  public func close() {
    if let current {
      hits[current.id] = currentHits
      do throws(SegmentError) { try episodes.append(current) } catch { note(error) }
    }
    current = nil
    currentHits = nil
    last = nil
  }

  // MARK: Silence

  /// An alert of no event at all: nothing tells when it began, and its group alone tells it from others.
  func raise(account: [UInt8], provider: [UInt8], note: Note) throws(SegmentError) {
    let id = texts.text(account)
    identity.begin(group: GroupKey.folded([id]) { id, folded in folded = CaseFolding.folded(texts.text(id)) })
    var episode = Episode(
      detection: detection, time: Timestamp.missing, group: texts.tuple([id]), id: identity.id(Hash128(0, 0)),
      note: note, firstTime: Timestamp.missing, lastTime: Timestamp.missing, scene: 0)
    episode.shared = Array(repeating: 0, count: Dimension.allCases.count)
    episode.shared[Dimension.account.rawValue] = id
    if !provider.isEmpty { episode.shared[Dimension.provider.rawValue] = texts.text(provider) }
    if let explained, explained(episode.id) { episode.evidence = Evidence(trigger: nil) }
    if let suppressor, suppressor.isNeeded { episode.coverings = suppressor.places(ofSilent: account) }
    try episodes.append(episode)
  }

  // MARK: Findings

  /// A finding joins the open episode if its first event is at most `gap` after that of the finding before.
  ///
  /// Events that are not later than the last one that is cited already are not cited again.
  ///
  /// - Parameter evidence: earlier events that a finding rests on. They are cited, but are not what was found.
  public func find(
    at time: Int64, evidence: [GroupFact] = [], _ found: some Collection<GroupFact>, gap: Int64, note: Note
  ) {
    guard !found.isEmpty, let trigger = found.dropFirst(found.count - 1).first else { return }
    find(at: time, evidence: evidence, found, trigger: trigger, findings: 1, gap: gap, note: note)
  }

  /// Several findings of one moment, each a value with its events; `note` is about the first one's.
  public func findValues(at time: Int64, _ found: [GroupFact], gap: Int64, note: Note) {
    guard let first = found.first, let trigger = found.last(where: { $0.value == first.value }) else { return }
    let values = Set(found.map(\.value)).count
    find(at: time, evidence: [], found, trigger: trigger, findings: values, gap: gap, note: note)
  }

  private func find(
    at time: Int64, evidence: [GroupFact], _ found: some Collection<GroupFact>, trigger: GroupFact, findings: Int,
    gap: Int64, note: Note
  ) {
    guard let first = found.first else { return }
    if current != nil, first.fact.time - lastFinding > gap { close() }
    lastFinding = first.fact.time
    if current != nil {
      current?.findings += findings
      join(Array(found), evidence: evidence, at: time)
    } else {
      open(at: time, evidence + Array(found), identity: first.fact.key, trigger: trigger, note: note)
      current?.findings = findings
    }
  }

  /// A text of a segment, for a note.
  func text(_ id: UInt32, _ source: UInt32) -> UInt32 {
    do throws(SegmentError) {
      return try texts.text(id, Int(source))
    } catch {
      failure = error
      return 0
    }
  }

  // MARK: Events

  private func start(
    _ first: GroupFact, at time: Int64, key: Hash128, trigger: GroupFact, note: Note, firstTime: Int64? = nil
  ) {
    let firstTime = firstTime ?? first.fact.time
    do throws(SegmentError) {
      lastDimensions = nil
      current = Episode(
        detection: detection, time: time, group: try texts.tuple(first.fact.group, Int(first.source)),
        id: identity.id(key), note: note, firstTime: firstTime, lastTime: firstTime,
        scene: try texts.scene(trigger.fact.scene, Int(trigger.source), isShown: feeding == .nobody))
      try tieReader.begin(trigger, &texts)
      if feeding != .nobody { currentHits = AlertHits(at: time) }
      if let explained, let id = current?.id, feeding != .nobody || explained(id) {
        current?.evidence = Evidence(trigger: note.isOfSilence ? nil : reference(trigger))
      }
    } catch {
      failure = error
    }
  }

  /// - Parameter time: that of the hit that the alert is by it for others, if it is one.
  private func add(_ fact: GroupFact, hit time: Int64?) {
    if let last, last.isSameEvent(as: fact.fact) {
      current?.citeAgain(EpisodeRecorder.bit(of: fact))
      return
    }
    last = fact.fact
    do throws(SegmentError) {
      current?.cite(reference(fact))
      current?.lastTime = fact.fact.time
      if let time, feeding == .ordering || time == current?.time { currentHits?.add(fact, at: time) }
      if current?.evidence != nil { try prove(fact) }
      try share(fact)
      if let sight = try tieReader.sight(of: fact, &texts) { current?.ties.add(sight, first: tieReader.first) }
      if let suppressor, suppressor.isNeeded { try cover(fact, suppressor) }
      if let lowering, lowering.isNeeded, let count = current?.count, count == 1 || current?.usual != nil {
        let usual = try lowering.usual(fact, texts)
        if count == 1 || usual == nil { current?.usual = usual }
      }
    } catch {
      failure = error
    }
  }

  private func reference(_ fact: GroupFact) -> EventReference {
    EventReference(
      time: fact.fact.time, record: fact.fact.record, file: fact.fact.file, members: EpisodeRecorder.bit(of: fact),
      id: fact.fact.id, source: fact.source)
  }

  private static func bit(of fact: GroupFact) -> UInt32 { fact.fact.member < 32 ? 1 << fact.fact.member : 0 }

  private func prove(_ fact: GroupFact) throws(SegmentError) {
    guard let count = current?.evidence?.events.count, count < Evidence.eventsMax else { return }
    let dimensions = texts.tuple(try texts.tuple(fact.fact.dimensions, Int(fact.source)))
    func dimension(_ one: Dimension) -> UInt32 {
      one.rawValue < dimensions.count ? dimensions[one.rawValue] : 0
    }
    let values = texts.tuple(try texts.tuple(fact.fact.value, Int(fact.source)))
    current?.evidence?.events.append(
      Evidence.Event(
        reference: reference(fact), action: dimension(.action), outcome: dimension(.outcome),
        actor: dimension(.actor), value: values.first ?? 0))
  }

  /// Leaves the suppressions that cover all events so far.
  private func cover(_ fact: GroupFact, _ suppressor: Suppressor) throws(SegmentError) {
    guard let count = current?.count, count == 1 || current?.coverings.isEmpty == false else { return }
    let places = try suppressor.places(of: fact, texts)
    if count == 1 { current?.coverings = places } else { current?.coverings.removeAll { !places.contains($0) } }
  }

  private func share(_ fact: GroupFact) throws(SegmentError) {
    if let known = lastDimensions, known.source == fact.source, known.tuple == fact.fact.dimensions { return }
    lastDimensions = (fact.source, fact.fact.dimensions)
    let dimensions = try texts.tuple(fact.fact.dimensions, Int(fact.source))
    let ids = texts.tuple(dimensions)
    current?.share(ids) { isSame($0, $1) }
  }

  /// Values are compared without case, as everywhere: the first spelling stays.
  private func isSame(_ shared: UInt32, _ id: UInt32) -> Bool {
    if shared == id { return true }
    if shared == Episode.mixed || shared == 0 || id == 0 { return false }
    return folded(shared) == folded(id)
  }

  private func folded(_ id: UInt32) -> [UInt8] {
    var room: [UInt8] = []
    texts.text(id).withUnsafeBytes { CaseFolding.fold($0, into: &room) }
    return room
  }
}
