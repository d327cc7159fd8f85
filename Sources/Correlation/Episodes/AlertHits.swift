import Events

/// What an alert is to the correlations that refer to it: hits, each with the events that it brings.
///
/// The first one is at the alert's time. What joins the alert later is a hit at its own time, for those who ask when
/// something happened: a sign-in three hours into a flood of failures comes after the last failure, not after the fifth.
/// Of the later hits of one second, the first and the last are kept: with them one can tell whether there is a hit
/// before an event and within a time span of it, and a flood is not kept twice.
struct AlertHits: Sendable {
  struct Hit: Sendable {
    let time: Int64
    /// The first ones.
    fileprivate(set) var events: [GroupFact] = []
    /// The last one, if it is not among them.
    fileprivate var last: GroupFact?

    /// In the order in which they were found.
    var all: [GroupFact] { events + (last.map { [$0] } ?? []) }

    fileprivate mutating func add(_ event: GroupFact) {
      if events.contains(where: { $0.fact.isSameEvent(as: event.fact) }) { return }
      if events.count < Hit.eventsMax { events.append(event) } else { last = event }
    }

    // As many as an alert cites at either end.
    private static let eventsMax = Episode.citedMax
  }

  private static let thinnedMilliseconds: Int64 = 1000

  private(set) var all: [Hit]

  init(at time: Int64) { all = [Hit(time: time)] }

  /// An event of the hit at a time that is no earlier than the last.
  mutating func add(_ event: GroupFact, at time: Int64) {
    if all[all.count - 1].time != time { begin(at: time) }
    all[all.count - 1].add(event)
  }

  private mutating func begin(at time: Int64) {
    func isOfSecond(_ place: Int) -> Bool {
      // The one at the alert's time always stays.
      place > 0 && all[place].time / AlertHits.thinnedMilliseconds == time / AlertHits.thinnedMilliseconds
    }
    if isOfSecond(all.count - 1), isOfSecond(all.count - 2) { all.removeLast() }
    all.append(Hit(time: time))
  }
}

/// Which hit of which alert a fact is.
struct AlertHitKey: Hashable, Sendable {
  let alert: Hash128
  let time: Int64
}

/// For whom a detection's alerts are hits.
enum Feeding: Sendable {
  case nobody
  /// Those that count alerts: one hit for each.
  case counting
  /// Those that ask in what order things happened.
  case ordering
}

extension DetectionPlan {
  func feeding(_ detection: Int) -> Feeding {
    let feeds = feeds[detection]
    if feeds.isEmpty { return .nobody }
    return feeds.contains { detections[$0.detection].ordersHits } ? .ordering : .counting
  }
}

extension Detection {
  /// Whether each moment of an alert counts, not the alert alone.
  var ordersHits: Bool {
    guard case .correlation(let correlation) = kind else { return false }
    return correlation.kind == .temporal || correlation.kind == .temporalOrdered
  }

  /// Whether alerts are among its hits.
  var isChained: Bool {
    guard case .correlation(let correlation) = kind else { return false }
    return correlation.members.contains { if case .correlation = $0.target { true } else { false } }
  }
}
