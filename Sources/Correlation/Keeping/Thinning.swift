import Events
import Matching

/// Leaves out what no later decision needs of the hits of settled time (`HitNeed`).
///
/// The hits of each segment are thinned by themselves. What is kept of one segment serves all: links that hold within it
/// hold among more hits, too.
public struct Thinning: Sendable {
  private struct Group: Hashable {
    var detection: Int
    var key: [UInt8]
  }

  private let needs: [HitNeed]
  private let reaches: [Int64]
  /// By detection: hits before this may be left out.
  private let since: [Int64]
  /// When alerts were, the earlier ones first; those that touch are one.
  private var alerts: [Group: [ClosedRange<Int64>]] = [:]

  /// - Parameter settled: no event before this can come any more that correlations look at.
  public init(_ plan: DetectionPlan, _ reduction: Reduction, settled: Int64) {
    needs = plan.detections.map(HitNeed.init)
    reaches = plan.reaches()
    since = zip(needs, reaches).map { need, reach in
      // What an event finds may reach back to what was found within its reach, and that to hits within it.
      settled > Int64.min / 2 ? settled - 2 * (need == .alerts ? reach : Joining.gap) : .min
    }
    for episodes in [reduction.episodes, reduction.suppressed, reduction.unraised] {
      for place in episodes.indices where needs[episodes.detection(place)] != .everything {
        note(episodes[place], reduction.texts)
      }
    }
    for group in alerts.keys { alerts[group] = Thinning.joined(alerts[group] ?? []) }
  }

  private mutating func note(_ episode: Episode, _ texts: ReduceTexts) {
    guard episode.firstTime != Timestamp.missing else { return }
    let reach = needs[episode.detection] == .alerts ? reaches[episode.detection] : 0
    let from = min(episode.firstTime, episode.time)
    let until = max(episode.lastTime, episode.time)
    let key = GroupKey.folded(texts.tuple(episode.group)) { id, folded in
      texts.text(id).withUnsafeBytes { CaseFolding.fold($0, into: &folded) }
    }
    alerts[Group(detection: episode.detection, key: key), default: []].append(
      (from - reach)...(until + reach))
  }

  private static func joined(_ ranges: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    var joined: [ClosedRange<Int64>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }

  func isNeeded(detection: Int) -> Bool {
    detection < needs.count && needs[detection] != .everything
  }

  /// - Parameters:
  ///   - facts: those of a group in one segment, in order.
  ///   - key: the group's texts, as segments have them.
  func thin(_ facts: inout [Fact], detection: Int, key: [UInt8]) {
    let since = since[detection]
    // Those without a time stand first; they are in no window, and few.
    guard let first = facts.first(where: { $0.time != Timestamp.missing }), first.time < since else { return }
    var keeps = needs[detection].keeps(facts, since: since)
    let own = alerts[Group(detection: detection, key: key)] ?? []
    var next = 0
    for (place, fact) in facts.enumerated() where !keeps[place] {
      while next < own.count, own[next].upperBound < fact.time { next += 1 }
      if next < own.count, own[next].contains(fact.time) { keeps[place] = true }
    }
    var place = 0
    facts.removeAll { _ in
      defer { place += 1 }
      return !keeps[place]
    }
  }
}

extension HitNeed {
  /// By place: whether a hit is needed, whatever the alerts.
  fileprivate func keeps(_ facts: [Fact], since: Int64) -> [Bool] {
    var keeps = facts.map { $0.time == Timestamp.missing || $0.time >= since }
    switch self {
    case .everything, .alerts: break
    case .links(let gap): HitNeed.link(facts, gap, &keeps)
    case .pieces(let grain): HitNeed.frame(facts, grain, &keeps)
    case .first: if let first = facts.firstIndex(where: { $0.time != Timestamp.missing }) { keeps[first] = true }
    }
    return keeps
  }

  private static func link(_ facts: [Fact], _ gap: Int64, _ keeps: inout [Bool]) {
    // By value: the last hit that is kept, and the last one at all.
    var links: [UInt32: (kept: Int, last: Int)] = [:]
    for (place, fact) in facts.enumerated() where fact.time != Timestamp.missing {
      guard let link = links[fact.value] else {
        keeps[place] = true
        links[fact.value] = (place, place)
        continue
      }
      var kept = link.kept
      if fact.time - facts[kept].time > gap {
        keeps[link.last] = true
        kept = link.last
      }
      links[fact.value] = (keeps[place] ? place : kept, place)
    }
    for link in links.values { keeps[link.last] = true }
  }

  private static func frame(_ facts: [Fact], _ grain: Int64, _ keeps: inout [Bool]) {
    var last: Int?
    for (place, fact) in facts.enumerated() where fact.time != Timestamp.missing {
      if let before = last, piece(facts[before], grain) == piece(fact, grain) {
        last = place
        continue
      }
      if let last { keeps[last] = true }
      keeps[place] = true
      last = place
    }
    if let last { keeps[last] = true }
  }

  private static func piece(_ fact: Fact, _ grain: Int64) -> Int64 { fact.time.flooredDivision(by: grain).quotient }
}
