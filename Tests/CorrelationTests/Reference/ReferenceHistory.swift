/// Harrier's own types, read literally. Values, peers and answers stand here; rates and travel in files of their own.

import Rules

/// A hit with one value.
struct ReferenceValue {
  var hit: ReferenceHit
  var value: String

  var time: Int64 { hit.time }
}

/// Some events that are found for one reason.
struct ReferenceMatch {
  var time: Int64
  var hits: [ReferenceHit]
  /// Earlier hits that it rests on.
  var evidence: [ReferenceHit] = []
  /// Hits that join it, each when it happens.
  var later: [ReferenceHit] = []
}

extension ReferenceRun {
  var settings: HistorySettings { correlation.history! }

  func history() -> ReferenceResult {
    var result = ReferenceResult()
    for (group, hits) in groups {
      var matches = matches(group, hits, &result)
      matches.removeAll { $0.hits.isEmpty }
      result.found += joined(matches, group)
    }
    result.withoutValue = withoutValue()
    result.learningUntil = learningUntil()
    return result
  }

  /// Findings join while their first events are close enough; of what a finding that joins rests on, only what is later
  /// than all that is cited already is cited.
  private func joined(_ matches: [ReferenceMatch], _ group: ReferenceGroup) -> [ReferenceFinding] {
    let isLong = [.outsideHours, .after].contains(correlation.kind) || isOneRuleOverstay
    let gap = isLong ? span : 3_600_000
    var result: [ReferenceFinding] = []
    var last: Int64 = 0
    for match in matches.sorted(by: { $0.time < $1.time }) {
      let found = ReferenceRun.events(match.hits)
      let first = match.hits.map(\.time).min()!
      let isJoined = correlation.kind != .interval && !result.isEmpty && first - last <= gap
      last = first
      let all = ReferenceRun.events(match.evidence + match.hits)
      if isJoined {
        result[result.count - 1].join(found, at: match.time, restingOn: all)
      } else {
        result.append(ReferenceFinding(group: group, time: match.time, hits: all, identity: found[0].key))
      }
      for event in ReferenceRun.events(match.later) { result[result.count - 1].join([event], at: event.time!) }
    }
    return result
  }

  private func matches(
    _ group: ReferenceGroup, _ hits: [ReferenceHit], _ result: inout ReferenceResult
  ) -> [ReferenceMatch] {
    switch correlation.kind {
    case .firstSeen: firstSeen(group, ReferenceRun.values(hits))
    case .rare: rare(group, ReferenceRun.values(hits))
    case .overlap: overlap(ReferenceRun.values(hits))
    case .sameActor: sameActor(ReferenceRun.values(hits))
    case .dormant: dormant(hits)
    case .neverUsed: unanswered(hits, before: 0, &result)
    case .unmatched: unanswered(hits, before: span, &result)
    case .overstay where correlation.members.count == 2: unanswered(hits, before: 0, &result)
    case .overstay: isOneRuleOverstay ? longUse(hits) : overstay(hits)
    case .outsideHours: at(hits) { !isWithinHours($0) }
    case .after: after(group, hits)
    case .gap: gaps(hits, &result)
    case .interval: intervals(hits, &result)
    case .rate: settings.measure == .volume ? volume(hits) : share(hits, &result)
    case .travel: places == nil ? networks(hits) : travel(hits, places!)
    default: []
    }
  }

  /// Events without a value that counts, of all groups.
  private func withoutValue() -> Int {
    let all = groups.values.flatMap { $0 }
    let with: [ReferenceHit]
    switch correlation.kind {
    case .firstSeen, .rare, .overlap, .sameActor: with = all.filter { !$0.values.isEmpty }
    case .travel:
      with = all.filter { hit in
        hit.values.contains { value in
          guard let address = ReferenceAddress.of(value[0]) else { return false }
          let isPassedOver = !settings.exclude.isEmpty && address.isExcludable
          return isPassedOver || places == nil || places?[address.text] != nil
        }
      }
    default: return 0
    }
    return ReferenceRun.events(all).count - ReferenceRun.events(with).count
  }

  static func values(_ hits: [ReferenceHit]) -> [ReferenceValue] {
    hits.flatMap { hit in hit.values.map { ReferenceValue(hit: hit, value: withoutCase($0[0])) } }
  }

  /// What holds for the hits of a moment.
  private func at(_ hits: [ReferenceHit], _ holds: (Int64) -> Bool) -> [ReferenceMatch] {
    ReferenceRun.moments(hits).filter(holds).map { t in ReferenceMatch(time: t, hits: hits.filter { $0.time == t }) }
  }

  // MARK: Values

  /// The groups besides one that have a hit in a range, with a value or with any.
  private func others(_ group: ReferenceGroup, _ range: Range<Int64>, _ value: String?) -> Int {
    groups.count { other, hits in
      other != group
        && ReferenceRun.values(hits).contains { range.contains($0.time) && (value == nil || $0.value == value) }
    }
  }

  private func firstSeen(_ group: ReferenceGroup, _ hits: [ReferenceValue]) -> [ReferenceMatch] {
    guard let first = hits.map(\.time).min() else { return [] }
    var found: [ReferenceMatch] = []
    if isPopulationLearned(at: first) {
      found.append(ReferenceMatch(time: first, hits: hits.filter { $0.time == first }.map(\.hit)))
    }
    let new = hits.filter { hit in
      guard hit.time > first, hit.time - first >= settings.learning, isPopulationLearned(at: hit.time) else {
        return false
      }
      let range = hit.time - span..<hit.time
      if hits.contains(where: { $0.value == hit.value && range.contains($0.time) }) { return false }
      return settings.unlessPeers.map { others(group, range, hit.value) < $0 } ?? true
    }
    found += byMoment(new) { _ in [] }
    return found
  }

  private func rare(_ group: ReferenceGroup, _ hits: [ReferenceValue]) -> [ReferenceMatch] {
    let found = hits.filter { hit in
      let range = hit.time - span..<hit.time
      return isPopulationLearned(at: hit.time)
        && !hits.contains { $0.value == hit.value && range.contains($0.time) }
        && others(group, range, nil) >= settings.peersMin
        && others(group, range, hit.value) < settings.fewerThan
    }
    return byMoment(found) { _ in [] }
  }

  private func overlap(_ hits: [ReferenceValue]) -> [ReferenceMatch] {
    let found = hits.filter { hit in
      hits.contains { a in
        a.value == hit.value && a.time >= hit.time - span
          && hits.contains { b in b.value != hit.value && a.time < b.time && b.time < hit.time }
      }
    }
    return byMoment(found) { first in
      let b = hits.last { $0.value != first.value && $0.time < first.time }!
      let times = hits.filter { $0.value == first.value && $0.time < b.time }.map(\.time)
      return [hits.first { $0.value == first.value && $0.time == times.max()! }!.hit, b.hit]
    }
  }

  /// One finding for each moment; the first of its hits says what it rests on.
  private func byMoment(
    _ found: [ReferenceValue], _ evidence: (ReferenceValue) -> [ReferenceHit]
  ) -> [ReferenceMatch] {
    ReferenceRun.moments(found.map(\.hit)).map { t in
      let own = found.filter { $0.time == t }
      return ReferenceMatch(time: t, hits: own.map(\.hit), evidence: evidence(own[0]))
    }
  }

  private func sameActor(_ hits: [ReferenceValue]) -> [ReferenceMatch] {
    func others(_ hit: ReferenceValue) -> [ReferenceValue] {
      hits.filter { other in
        other.hit.member != hit.hit.member && other.value == hit.value
          && other.hit.event.identity != hit.hit.event.identity && other.time >= hit.time - span
          && other.time <= hit.time
      }
    }
    return byMoment(hits.filter { !others($0).isEmpty }) { first in
      // One of the moment is found itself.
      let others = others(first)
      return others.contains { $0.time == first.time } ? [] : [others.last!.hit]
    }
  }

  // MARK: What comes before and after

  private func dormant(_ hits: [ReferenceHit]) -> [ReferenceMatch] {
    at(hits) { t in hits.map(\.time).filter { $0 < t }.max().map { t - $0 > span } ?? false }
  }

  /// Hits of the first rule without one of the second in `(t, t + span]`, or with `before` in `[t - before, t + span]`.
  private func unanswered(
    _ hits: [ReferenceHit], before: Int64, _ result: inout ReferenceResult
  ) -> [ReferenceMatch] {
    var found: [ReferenceMatch] = []
    let first = hits.filter { $0.member == 0 }
    for t in ReferenceRun.moments(first) {
      let isAnswered = hits.contains { other in
        other.member == 1 && other.time <= t + span
          && (correlation.kind == .unmatched ? other.time >= t - before : other.time > t)
      }
      if isAnswered { continue }
      if isPast(t + span) {
        found.append(ReferenceMatch(time: t + span, hits: first.filter { $0.time == t }))
      } else {
        result.undecided += 1
      }
    }
    return found
  }

  private var isOneRuleOverstay: Bool { correlation.kind == .overstay && correlation.members.count == 1 }

  /// Use of what was used too long ago already.
  private func longUse(_ hits: [ReferenceHit]) -> [ReferenceMatch] {
    at(hits) { $0 - hits[0].time > span }.map { ReferenceMatch(time: $0.time, hits: $0.hits, evidence: [hits[0]]) }
  }

  /// Use of what should have ended.
  private func overstay(_ hits: [ReferenceHit]) -> [ReferenceMatch] {
    func begin(_ u: Int64) -> ReferenceHit? { hits.last { $0.member == 0 && $0.time < u } }
    var found = at(hits.filter { $0.member == 2 }) { u in
      guard let s = begin(u)?.time, u - s > span else { return false }
      return !hits.contains { $0.member == 1 && $0.time > s && $0.time <= u }
    }
    for place in found.indices { found[place].evidence = [begin(found[place].time)!] }
    return found
  }

  private func gaps(_ hits: [ReferenceHit], _ result: inout ReferenceResult) -> [ReferenceMatch] {
    var found: [ReferenceMatch] = []
    let moments = ReferenceRun.moments(hits)
    for (i, p) in moments.enumerated() {
      guard p - beginnings(moments).last(where: { $0 <= p })! >= settings.learning else { continue }
      let next = i + 1 < moments.count ? moments[i + 1] : nil
      if let next, next - p <= span { continue }
      let start = p - settings.learning
      let wasSilent = (0..<i).contains { moments[$0 + 1] - max(moments[$0], start) > span }
      if wasSilent { continue }
      if isPast(p + span) {
        let after = hits.first { $0.time == next }
        found.append(ReferenceMatch(time: p + span, hits: hits.filter { $0.time == p } + (after.map { [$0] } ?? [])))
      } else {
        result.undecided += 1
      }
    }
    return found
  }

  private func intervals(_ hits: [ReferenceHit], _ result: inout ReferenceResult) -> [ReferenceMatch] {
    var found: [ReferenceMatch] = []
    var free: Int64 = .min
    for t in ReferenceRun.moments(hits.filter { $0.member == 0 }) where t >= free {
      let end = hits.filter { $0.member == 1 && $0.time > t }.map(\.time).min()
      free = end ?? .max
      if let end, end - t <= span { continue }
      let begun = hits.filter { $0.member == 0 && $0.time >= t && $0.time < free }
      let ended = hits.filter { $0.member == 1 && $0.time == end }
      if end != nil || span == 0 || isPast(t + span) {
        found.append(ReferenceMatch(time: t, hits: begun + ended))
      } else {
        result.undecided += 1
      }
    }
    return found
  }

  // MARK: Times

  private func after(_ group: ReferenceGroup, _ hits: [ReferenceHit]) -> [ReferenceMatch] {
    guard let date = settings.dates.first(where: { withoutCase($0.key) == group[0] })?.value else { return [] }
    return at(hits) { $0 >= date }
  }

  private func isWithinHours(_ time: Int64) -> Bool {
    let hours = settings.hours!
    // A number of weeks later, so that nothing is negative; 1970-01-01 was a Thursday.
    let local = time + Int64(hours.offsetSeconds) * 1000 + 4 * 7 * 86_400_000
    let weekday = Int((local / 86_400_000 + 3) % 7)
    let minute = Int(local % 86_400_000 / 60_000)
    func works(_ day: Int) -> Bool { hours.days >> UInt8((day + 7) % 7) & 1 == 1 }
    if hours.startMinute < hours.endMinute {
      return works(weekday) && minute >= hours.startMinute && minute < hours.endMinute
    }
    return works(weekday) && minute >= hours.startMinute || works(weekday - 1) && minute < hours.endMinute
  }
}
