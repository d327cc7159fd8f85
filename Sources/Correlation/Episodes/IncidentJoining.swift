import Events
import Rules

/// Finds which alerts are one incident, in the order of their first times.
///
/// Alerts above informational join what they are linked with and at most a day away. An informational one is a line in the
/// record of changes: it joins the incident that it begins within an hour of, and neither carries it on nor begins it, or
/// a month of ordinary work would be the beginning of a night's attack. What is informational because the configuration calls
/// it usual joins its like alone.
struct IncidentJoining {
  // Attacks that take a night are one story; a month of one administrator is not.
  static let gap: Int64 = 86_400_000
  // What somebody changed in the same sitting.
  private static let sittingGap: Int64 = 3_600_000

  private enum Weight { case told, informational, usual }

  private let reduction: Reduction
  private let plan: DetectionPlan
  private var links: IncidentLinks
  private var sets: DisjointSets
  /// The alerts that have a time, by the first.
  private let order: [UInt32]
  /// By handover: whether it leads to a key of an alert above informational.
  private var leadsOn: [Bool]
  /// By alert, then by handover: whether it is of an incident of alerts above informational.
  private var isJoined: [Bool]
  private var handed = 0

  private init(_ reduction: Reduction, _ plan: DetectionPlan) {
    self.reduction = reduction
    self.plan = plan
    let rows = reduction.episodes.rows
    let handovers = reduction.handovers.count
    links = IncidentLinks(reduction.texts, plan)
    sets = DisjointSets(count: rows.count + handovers)
    order = rows.indices.filter { rows[$0].firstTime != Timestamp.missing }.map { UInt32($0) }
      .sorted { (rows[Int($0)].firstTime, $0) < (rows[Int($1)].firstTime, $1) }
    leadsOn = Array(repeating: false, count: handovers)
    isJoined = Array(repeating: false, count: rows.count + handovers)
  }

  static func joined(_ reduction: Reduction, _ plan: DetectionPlan) -> DisjointSets {
    var joining = IncidentJoining(reduction, plan)
    joining.followHandovers()
    joining.joinTold()
    joining.joinRest(.informational)
    joining.joinRest(.usual)
    return joining.sets
  }

  private func weight(_ alert: UInt32) -> Weight {
    if reduction.episodes.rows[Int(alert)].isUsual { return .usual }
    return plan.level(of: reduction.episodes, Int(alert)) == .informational ? .informational : .told
  }

  /// Goes back from the keys of alerts above informational.
  private mutating func followHandovers() {
    guard !reduction.handovers.isEmpty else { return }
    var keys: Set<UInt64> = []
    for alert in order where weight(alert) == .told {
      for link in links.all(reduction.episodes[Int(alert)]) where link.kind == .key { keys.insert(link.number) }
    }
    for (place, handover) in reduction.handovers.enumerated().reversed() where keys.contains(handover.minted) {
      leadsOn[place] = true
      keys.insert(handover.maker)
    }
  }

  // MARK: Above informational

  private mutating func joinTold() {
    var open = OpenLinks()
    var waiting = WaitingAlerts()
    handed = 0
    for alert in order {
      let weight = weight(alert)
      guard weight != .usual else { continue }
      let episode = reduction.episodes[Int(alert)]
      joinHandovers(until: episode.firstTime, &open)
      for link in links.all(episode) {
        if weight == .told {
          join(alert, open.join(link, alert, from: episode.firstTime, until: episode.lastTime))
          for early in waiting.take(link, since: episode.firstTime - IncidentJoining.sittingGap) { join(early, alert) }
        } else {
          join(alert, open.find(link, at: episode.firstTime, within: IncidentJoining.sittingGap))
          waiting.add(alert, link, at: episode.firstTime, forgetting: episode.firstTime - IncidentJoining.sittingGap)
        }
      }
    }
    joinHandovers(until: .max, &open)
  }

  private mutating func join(_ place: UInt32, _ other: UInt32?) {
    guard let other else { return }
    sets.join(Int(other), Int(place))
    isJoined[Int(place)] = true
    isJoined[Int(other)] = true
  }

  /// A handover has a place in the order as if it were an alert of both keys; one that leads to informational alerts alone,
  /// as if it were informational.
  private mutating func joinHandovers(until time: Int64, _ open: inout OpenLinks) {
    while handed < reduction.handovers.count, reduction.handovers[handed].time <= time {
      let handover = reduction.handovers[handed]
      let place = UInt32(reduction.episodes.rows.count + handed)
      let (maker, minted) = IncidentJoining.keys(handover)
      if leadsOn[handed] {
        join(place, open.join(maker, place, from: handover.time, until: handover.time))
        join(place, open.join(minted, place, from: handover.time, until: handover.time))
      } else if let other = open.find(maker, at: handover.time, within: IncidentJoining.sittingGap) {
        join(place, other)
        join(place, open.join(minted, place, from: handover.time, until: handover.time))
      }
      handed += 1
    }
  }

  private static func keys(_ handover: Handover) -> (maker: IncidentLink, minted: IncidentLink) {
    (IncidentLink(kind: .key, number: handover.maker), IncidentLink(kind: .key, number: handover.minted))
  }

  // MARK: The rest

  /// What belongs to no incident above joins its like.
  private mutating func joinRest(_ kind: Weight) {
    var open = OpenLinks()
    handed = 0
    for alert in order where weight(alert) == kind && !isJoined[Int(alert)] {
      let episode = reduction.episodes[Int(alert)]
      if kind == .informational { joinRestOfHandovers(until: episode.firstTime, &open) }
      for link in links.all(episode) {
        if let other = open.join(link, alert, from: episode.firstTime, until: episode.lastTime) {
          sets.join(Int(other), Int(alert))
        }
      }
    }
    if kind == .informational { joinRestOfHandovers(until: .max, &open) }
  }

  private mutating func joinRestOfHandovers(until time: Int64, _ open: inout OpenLinks) {
    let rows = reduction.episodes.rows.count
    while handed < reduction.handovers.count, reduction.handovers[handed].time <= time {
      let handover = reduction.handovers[handed]
      let place = rows + handed
      handed += 1
      guard !leadsOn[place - rows], !isJoined[place] else { continue }
      let (maker, minted) = IncidentJoining.keys(handover)
      for link in [maker, minted] {
        if let other = open.join(link, UInt32(place), from: handover.time, until: handover.time) {
          sets.join(Int(other), place)
        }
      }
    }
  }
}

/// By link: the last alert, and when the last one of its alerts ended. What no alert can join any more is forgotten.
private struct OpenLinks {
  // Fewer are not worth the look.
  private static let countMin = 1 << 14

  private var open: [IncidentLink: (alert: UInt32, until: Int64)] = [:]
  private var countMax = countMin

  /// Alerts come in the order of their first times.
  ///
  /// - Returns: the alert that it joins.
  mutating func join(_ link: IncidentLink, _ alert: UInt32, from first: Int64, until last: Int64) -> UInt32? {
    if open.count >= countMax { forget(before: first) }
    let known = find(link, at: first, within: IncidentJoining.gap)
    open[link] = (alert, max(open[link]?.until ?? .min, last))
    return known
  }

  func find(_ link: IncidentLink, at first: Int64, within gap: Int64) -> UInt32? {
    guard let known = open[link], first - known.until <= gap else { return nil }
    return known.alert
  }

  private mutating func forget(before first: Int64) {
    open = open.filter { first - $0.value.until <= IncidentJoining.gap }
    countMax = max(open.count * 2, OpenLinks.countMin)
  }
}

/// By link: informational alerts that an incident may still begin after.
private struct WaitingAlerts {
  private static let countMin = 1 << 14

  private var alerts: [IncidentLink: [(alert: UInt32, first: Int64)]] = [:]
  private var count = 0
  private var countMax = countMin

  mutating func add(_ alert: UInt32, _ link: IncidentLink, at first: Int64, forgetting oldest: Int64) {
    if count >= countMax {
      alerts = alerts.compactMapValues { waiting in
        let kept = waiting.filter { $0.first >= oldest }
        return kept.isEmpty ? nil : kept
      }
      count = alerts.values.reduce(0) { $0 + $1.count }
      countMax = max(count * 2, WaitingAlerts.countMin)
    }
    alerts[link, default: []].append((alert, first))
    count += 1
  }

  /// Those of the link that are not too old; none of them waits any more.
  mutating func take(_ link: IncidentLink, since oldest: Int64) -> [UInt32] {
    guard let waiting = alerts.removeValue(forKey: link) else { return [] }
    count -= waiting.count
    return waiting.filter { $0.first >= oldest }.map(\.alert)
  }
}

/// Which things belong together, so far. The root of some is the first of them.
struct DisjointSets {
  private var parents: [UInt32]

  init(count: Int) { parents = (0..<count).map { UInt32($0) } }

  mutating func root(_ item: Int) -> Int {
    var item = item
    while parents[item] != item {
      parents[item] = parents[Int(parents[item])]
      item = Int(parents[item])
    }
    return item
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    parents[max(x, y)] = UInt32(min(x, y))
  }
}
