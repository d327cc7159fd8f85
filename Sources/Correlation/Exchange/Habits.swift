import Events

/// What is usual where alerts were raised by rules that compare nothing with what was before: how much their actors do, and
/// who else calls the same.
///
/// Such an alert says with this whether its action stands out. Counted are all distinct events
/// that were read, so it does not depend on how they were cut into parts.
public struct Habits: Sendable {
  /// Of an actor in an account.
  public struct Habit: Sendable, Equatable {
    /// What the actor called there in all.
    public var events: Int
    /// Of the alert's action, if it tells of one alone.
    public var action: OfAction?

    public init(events: Int, action: OfAction? = nil) {
      self.events = events
      self.action = action
    }
  }

  public struct OfAction: Sendable, Equatable {
    /// How often the actor called it there.
    public var own: Int
    /// How many others did; at most `othersMax`.
    public var others: Int

    public init(own: Int, others: Int) {
      self.own = own
      self.others = others
    }
  }

  /// More of them are not told apart: the action is common.
  public static let othersMax = 20
  // As many alerts as the largest report shows; the gravest first.
  private static let alertsMax = 10_000

  /// Numbers in the reduce's table.
  private struct Key: Hashable {
    var account: UInt32
    var actor: UInt32
    /// 0 if there are several.
    var action: UInt32
  }

  private var habits: [Key: Habit] = [:]
  /// By detection: the others say what is usual in their own terms.
  private let comparesNothing: [Bool]

  /// What is usual for an alert's actor; nil unless it tells of one.
  public func of(_ episode: Episode) -> Habit? {
    comparesNothing[episode.detection] ? Habits.key(episode).flatMap { habits[$0] } : nil
  }

  private static func key(_ episode: Episode) -> Key? {
    guard episode.shared.count == Dimension.allCases.count else { return nil }
    let (account, actor) = (episode.shared[Dimension.account.rawValue], episode.shared[Dimension.actor.rawValue])
    guard actor != 0, actor != Episode.mixed, account != Episode.mixed else { return nil }
    return Key(account: account, actor: actor, action: episode.actions.count == 1 ? episode.actions[0] : 0)
  }

  init(
    _ episodes: Episodes, _ plan: DetectionPlan, _ texts: ReduceTexts, _ parts: [Part], uncounted: [[UInt32: Int64]]
  ) throws(SegmentError) {
    comparesNothing = plan.detections.map { detection in
      switch detection.kind {
      case .single: true
      case .correlation(let correlation): !correlation.kind.isHistory
      }
    }
    var counter = HabitCounter()
    let keys = wanted(episodes, plan)
    for key in keys {
      counter.want(account: texts.text(key.account), actor: texts.text(key.actor), action: texts.text(key.action))
    }
    guard !keys.isEmpty else { return }
    for (number, segment) in parts.flatMap(\.segments).enumerated() {
      try counter.add(segment, number, uncounted: uncounted[number])
    }
    for key in keys {
      habits[key] = counter.habit(
        account: texts.text(key.account), actor: texts.text(key.actor), action: texts.text(key.action))
    }
  }

  private func wanted(_ episodes: Episodes, _ plan: DetectionPlan) -> Set<Key> {
    let plain = episodes.indices.filter { comparesNothing[episodes.detection($0)] }
    let gravest = plain.sorted { a, b in
      let (first, second) = (plan.level(of: episodes, a), plan.level(of: episodes, b))
      return first == second ? a < b : first > second
    }
    return Set(gravest.prefix(Habits.alertsMax).compactMap { Habits.key(episodes[$0]) })
  }
}

/// Counts the events of some actors and actions, one segment after another.
private struct HabitCounter {
  private struct Pair: Hashable {
    var account: Int32
    var other: Int32
  }

  private struct Triple: Hashable {
    var pair: Pair
    var action: Int32
  }

  /// The texts that are asked for, under numbers of their own.
  private var accounts: [[UInt8]: Int32] = [:]
  private var actors: [[UInt8]: Int32] = [:]
  private var actions: [[UInt8]: Int32] = [:]
  private var events: [Pair: Int] = [:]
  private var own: [Triple: Int] = [:]
  /// By account and action: who called it, as far as one has to know.
  private var callers: [Pair: Set<[UInt8]>] = [:]
  private let pages = SegmentPages()

  /// - Parameter action: empty if no single one is asked for.
  mutating func want(account: [UInt8], actor: [UInt8], action: [UInt8]) {
    let account = HabitCounter.number(account, &accounts)
    let actor = HabitCounter.number(actor, &actors)
    let pair = Pair(account: account, other: actor)
    events[pair] = 0
    guard !action.isEmpty else { return }
    let action = HabitCounter.number(action, &actions)
    own[Triple(pair: pair, action: action)] = 0
    callers[Pair(account: account, other: action)] = []
  }

  private static func number(_ text: [UInt8], _ numbers: inout [[UInt8]: Int32]) -> Int32 {
    let number = numbers[text] ?? Int32(numbers.count)
    numbers[text] = number
    return number
  }

  mutating func add(_ segment: Segment, _ source: Int, uncounted: [UInt32: Int64]) throws(SegmentError) {
    var known: [[UInt32: Int32]] = [[:], [:], [:]]
    var tuples = TupleReader(segment)
    var rows = RowCursor<Segment.CountRow>(segment, .counts)
    while let row = try rows.take() {
      let count = Int(row.count - (uncounted[row.tuple] ?? 0))
      guard count > 0 else { continue }
      let ids = Array(try tuples.tuple(row.tuple))
      guard ids.count == Dimension.allCases.count else { continue }
      let account = try number(ids[Dimension.account.rawValue], accounts, &known[0], segment, source)
      guard account >= 0 else { continue }
      let actor = try number(ids[Dimension.actor.rawValue], actors, &known[1], segment, source)
      let action = try number(ids[Dimension.action.rawValue], actions, &known[2], segment, source)
      let pair = Pair(account: account, other: actor)
      if events[pair] != nil {
        events[pair, default: 0] += count
        let triple = Triple(pair: pair, action: action)
        if own[triple] != nil { own[triple, default: 0] += count }
      }
      // The actor itself is among them.
      if let callers = callers[Pair(account: account, other: action)], callers.count <= Habits.othersMax {
        let caller = try text(ids[Dimension.actor.rawValue], segment, source)
        self.callers[Pair(account: account, other: action)]?.insert(caller)
      }
    }
  }

  /// The number of a segment's text; -1 if nobody asks for it.
  private func number(
    _ id: UInt32, _ numbers: [[UInt8]: Int32], _ known: inout [UInt32: Int32], _ segment: Segment, _ source: Int
  ) throws(SegmentError) -> Int32 {
    if let number = known[id] { return number }
    let number = numbers[try text(id, segment, source)] ?? -1
    known[id] = number
    return number
  }

  private func text(_ id: UInt32, _ segment: Segment, _ source: Int) throws(SegmentError) -> [UInt8] {
    id == 0 ? [] : try pages.text(id, segment, source)
  }

  func habit(account: [UInt8], actor: [UInt8], action: [UInt8]) -> Habits.Habit? {
    guard let account = accounts[account], let number = actors[actor] else { return nil }
    let pair = Pair(account: account, other: number)
    var habit = Habits.Habit(events: events[pair] ?? 0)
    if let action = actions[action] {
      let callers = callers[Pair(account: account, other: action)] ?? []
      habit.action = Habits.OfAction(
        own: own[Triple(pair: pair, action: action)] ?? 0,
        others: min(callers.count - (callers.contains(actor) ? 1 : 0), Habits.othersMax))
    }
    return habit
  }
}
