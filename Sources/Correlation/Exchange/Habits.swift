import Events
import Rules

/// What is usual where alerts were raised by detections that compare nothing with what was before: how much their actors do,
/// since when, and who else calls the same.
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
    /// Where events of the account have times.
    public var beginning: Beginning?

    /// When the long-lived key was made that all events of the alert share, if that was near to them.
    public var keyMade: Int64?

    public init(events: Int, action: OfAction? = nil, beginning: Beginning? = nil, keyMade: Int64? = nil) {
      self.events = events
      self.action = action
      self.beginning = beginning
      self.keyMade = keyMade
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

  /// To the hour, in milliseconds: no more is kept of every event.
  public struct Beginning: Sendable, Equatable {
    /// When the hour began in which the actor was seen there first.
    public var actor: Int64
    /// The same of anybody: from then on there are records of the account.
    public var records: Int64

    public init(actor: Int64, records: Int64) {
      self.actor = actor
      self.records = records
    }
  }

  /// More of them are not told apart: the action is common.
  public static let othersMax = 20
  // As many alerts as the largest report shows; the gravest first.
  private static let alertsMax = 10_000
  // What lies further before an actor's first event is no beginning of an archive but a forged date.
  private static let recordsMax: Int64 = 400 * 24

  /// Numbers in the reduce's table.
  private struct Key: Hashable {
    var account: UInt32
    var actor: UInt32
    /// 0 if there are several.
    var action: UInt32
  }

  private var habits: [Key: Habit] = [:]
  /// By hash, as those of ties are.
  private let keysMade: [UInt64: Int64]
  /// By detection: the others say what is usual in their own terms.
  private let comparesNothing: [Bool]

  /// What is usual for an alert's actor; nil unless it tells of one.
  public func of(_ episode: Episode) -> Habit? {
    guard comparesNothing[episode.detection], let key = Habits.key(episode), var habit = habits[key] else { return nil }
    habit.keyMade = episode.ties.onlyKey.flatMap { keysMade[$0] }
    return habit
  }

  private static func key(_ episode: Episode) -> Key? {
    guard episode.shared.count == Dimension.allCases.count else { return nil }
    let (account, actor) = (episode.shared[Dimension.account.rawValue], episode.shared[Dimension.actor.rawValue])
    guard actor != 0, actor != Episode.mixed, account != Episode.mixed else { return nil }
    return Key(account: account, actor: actor, action: episode.actions.count == 1 ? episode.actions[0] : 0)
  }

  init(
    _ episodes: Episodes, _ plan: DetectionPlan, _ texts: ReduceTexts, _ parts: [Part], uncounted: [[UInt32: Int64]],
    activity: Activity, handovers: [Handover]
  ) throws(SegmentError) {
    keysMade = Dictionary(handovers.map { ($0.minted, $0.time) }, uniquingKeysWith: min)
    comparesNothing = plan.detections.map { detection in
      switch detection.kind {
      case .single: true
      case .correlation(let correlation):
        switch correlation.kind {
        // Types of our own, which look at nothing but the events that they bring together.
        case .sameActor, .unmatched: true
        default: !correlation.kind.isHistory
        }
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
    let hours = Habits.hours(activity)
    for key in keys {
      let account = texts.text(key.account)
      let actor = texts.text(key.actor)
      habits[key] = counter.habit(account: account, actor: actor, action: texts.text(key.action))
      guard let first = counter.firstHour(account: account, actor: actor),
        let records = hours[account]?.first(where: { $0 >= first - Habits.recordsMax })
      else { continue }
      habits[key]?.beginning = Beginning(actor: first * Activity.hour, records: records * Activity.hour)
    }
  }

  private func wanted(_ episodes: Episodes, _ plan: DetectionPlan) -> Set<Key> {
    var byLevel = [[Int]](repeating: [], count: Level.allCases.count)
    for place in episodes.indices where comparesNothing[episodes.detection(place)] {
      let level = plan.level(of: episodes, place).rawValue
      if byLevel[level].count < Habits.alertsMax { byLevel[level].append(place) }
    }
    return Set(byLevel.reversed().joined().prefix(Habits.alertsMax).compactMap { Habits.key(episodes[$0]) })
  }

  /// By account: the hours in which there are events, in their order.
  private static func hours(_ activity: Activity) -> [[UInt8]: [Int64]] {
    var hours: [[UInt8]: [Int64]] = [:]
    for cell in activity.cells where cell.hour > 0 {
      hours[activity.sites[cell.site].account, default: []].append(Int64(cell.hour))
    }
    return hours.mapValues { $0.sorted() }
  }
}

private struct Pair: Hashable {
  var account: Int32
  var other: Int32
}

/// The tuples of a segment under which somebody's events are counted who is asked for.
private struct WantedTuples {
  /// By tuple: a place among the pairs, or -1; empty as long as nobody is asked for.
  private var places: [Int32] = []
  private var pairs: [Pair] = []
  private let count: Int

  init(_ segment: Segment) { count = max(0, segment.count(.tupleStarts) - 1) }

  mutating func add(_ tuple: UInt32, _ pair: Pair) {
    guard tuple < count else { return }
    if places.isEmpty { places = Array(repeating: -1, count: count) }
    places[Int(tuple)] = Int32(pairs.count)
    pairs.append(pair)
  }

  /// In which hours events with them come first; a pair may be there more than once.
  func firstHours(_ segment: Segment) throws(SegmentError) -> [(pair: Pair, hour: Int64)] {
    guard !pairs.isEmpty else { return [] }
    var hours = [UInt64](repeating: .max, count: pairs.count)
    var rows = RowCursor<Skeleton>(segment, .skeletons)
    while let row = try rows.take() {
      guard row.dimensions < count else { continue }
      let place = Int(places[Int(row.dimensions)])
      if place >= 0, row.hour > 0 { hours[place] = min(hours[place], row.hour) }
    }
    return zip(pairs, hours).filter { $0.1 != .max }.map { ($0.0, Int64($0.1)) }
  }
}

/// Counts the events of some actors and actions, one segment after another.
private struct HabitCounter {
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
  /// When the actors that are asked for were seen first, in hours since 1970.
  private var firstHours: [Pair: Int64] = [:]
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
    var wanted = WantedTuples(segment)
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
      if events[pair] != nil { wanted.add(row.tuple, pair) }
      events[pair]? += count
      own[Triple(pair: pair, action: action)]? += count
      // The actor itself is among them.
      if let callers = callers[Pair(account: account, other: action)], callers.count <= Habits.othersMax {
        let caller = try text(ids[Dimension.actor.rawValue], segment, source)
        self.callers[Pair(account: account, other: action)]?.insert(caller)
      }
    }
    // Copies have the time of what they are copies of.
    for (pair, hour) in try wanted.firstHours(segment) { firstHours[pair] = min(firstHours[pair] ?? hour, hour) }
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

  func firstHour(account: [UInt8], actor: [UInt8]) -> Int64? {
    guard let account = accounts[account], let actor = actors[actor] else { return nil }
    return firstHours[Pair(account: account, other: actor)]
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
