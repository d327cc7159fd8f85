/// One correlation over the hits of its groups: what all types have in common, and Sigma's own.

import Rules

struct ReferenceFinding {
  var group: ReferenceGroup
  var time: Int64
  var events: [ReferenceEvent]
  var identity: ReferenceKey
  var hits: [ReferenceAlertHit] = []

  /// It begins with some hits.
  init(group: ReferenceGroup, time: Int64, hits: [ReferenceEvent], identity: ReferenceKey) {
    self.group = group
    self.time = time
    self.identity = identity
    events = ReferenceRun.brought(hits)
    self.hits = [ReferenceAlertHit(time: time, events: events)]
  }

  /// Some more hits join; what is not later than what is cited is not cited again.
  mutating func join(_ more: [ReferenceEvent], at time: Int64, restingOn evidence: [ReferenceEvent] = []) {
    hits.append(ReferenceAlertHit(time: time, events: ReferenceRun.brought(more)))
    let last = events[events.count - 1]
    events += ReferenceRun.brought(evidence + more).filter { isOrdered(last, $0) }
  }
}

struct ReferenceResult {
  var found: [ReferenceFinding] = []
  var undecided = 0
  var withoutValue = 0
  var withoutNumber = 0
  var tooLarge = 0
  var learningUntil: Int64?
}

struct ReferenceRun {
  let correlation: Correlation
  let groups: [ReferenceGroup: [ReferenceHit]]
  /// Nil if no event makes time pass.
  let highWater: Int64?
  let everyMatch: Bool
  let places: [String: ReferenceLocation]?

  var span: Int64 { correlation.timespanMilliseconds }

  /// Whether time is beyond a moment.
  func isPast(_ time: Int64) -> Bool { highWater.map { $0 > time } ?? false }

  /// The events of some hits, each once, in order.
  static func events(_ hits: [ReferenceHit]) -> [ReferenceEvent] {
    var seen: Set<ReferenceEvent.ID> = []
    return hits.sorted { isOrdered($0.event, $1.event) }.map(\.event).filter { seen.insert($0.identity).inserted }
  }

  /// The events that some hits bring, each once, in order.
  static func brought(_ hits: [ReferenceEvent]) -> [ReferenceEvent] {
    var seen: Set<ReferenceEvent.ID> = []
    return hits.flatMap { $0.brings.isEmpty ? [$0] : $0.brings }.sorted(by: isOrdered).filter {
      seen.insert($0.identity).inserted
    }
  }

  static func moments(_ hits: [ReferenceHit]) -> [Int64] { Set(hits.map(\.time)).sorted() }

  // MARK: Sigma

  func sigma() -> ReferenceResult {
    var result = ReferenceResult()
    for (group, hits) in groups {
      if case .expression(let expression) = correlation.condition, ReferenceRun.hasNot(expression) {
        absence(group, hits, expression, &result)
      } else {
        windows(group, hits, &result)
      }
    }
    if correlation.kind.isOfNumbers { countNumbers(&result) }
    if correlation.kind == .valueCount {
      let all = groups.values.flatMap { $0 }
      result.withoutValue = Set(all.filter(\.values.isEmpty).map(\.event.identity)).count
    }
    return result
  }

  /// What a calculation leaves out: of each event once, in however many groups it is.
  private func countNumbers(_ result: inout ReferenceResult) {
    var seen: Set<ReferenceEvent.ID> = []
    for hit in groups.values.joined() where seen.insert(hit.event.identity).inserted {
      if hit.values.isEmpty { result.withoutValue += 1 }
      for value in Set(hit.values.map { withoutCase($0[0]) }) {
        guard let number = billionths(value) else {
          result.withoutNumber += 1
          continue
        }
        if isTooLarge(number) { result.tooLarge += 1 }
      }
    }
  }

  /// Looks at every moment at which a window can change: where a hit comes, and where one leaves.
  private func windows(_ group: ReferenceGroup, _ hits: [ReferenceHit], _ result: inout ReferenceResult) {
    let changes = Set(hits.map(\.time) + hits.map { $0.time + span + 1 }).sorted()
    var episode: ReferenceFinding?
    for t in changes {
      let window = hits.filter { $0.time >= t - span && $0.time <= t }
      let now = ReferenceRun.events(hits.filter { $0.time == t })
      let holds = !window.isEmpty && holds(window)
      if everyMatch {
        for event in now where holds {
          result.found.append(
            ReferenceFinding(group: group, time: t, hits: ReferenceRun.events(window), identity: event.key))
        }
      } else if episode != nil {
        if holds {
          if !now.isEmpty { episode?.join(now, at: t) }
        } else {
          result.found.append(episode!)
          episode = nil
        }
      } else if holds, !now.isEmpty {
        let all = ReferenceRun.events(window)
        episode = ReferenceFinding(group: group, time: t, hits: all, identity: all[0].key)
      }
    }
    if let episode { result.found.append(episode) }
  }

  /// `temporal` with `not`: about what follows each moment.
  private func absence(
    _ group: ReferenceGroup, _ hits: [ReferenceHit], _ expression: MemberExpression, _ result: inout ReferenceResult
  ) {
    var episode: ReferenceFinding?
    var lastHeld: Int64 = 0
    for t in ReferenceRun.moments(hits) {
      guard isPast(t + span) else {
        result.undecided += 1
        continue
      }
      let window = hits.filter { $0.time >= t && $0.time <= t + span }
      let now = ReferenceRun.events(hits.filter { $0.time == t })
      let isHeld = ReferenceRun.holds(expression, Set(window.map(\.member)))
      if let open = episode, !isHeld || everyMatch || t - lastHeld > span {
        result.found.append(open)
        episode = nil
      }
      guard isHeld else { continue }
      lastHeld = t
      if episode == nil {
        episode = ReferenceFinding(group: group, time: t + span, hits: now, identity: now[0].key)
      } else {
        episode?.join(now, at: t + span)
      }
    }
    if let episode { result.found.append(episode) }
  }

  // MARK: Conditions

  private func holds(_ window: [ReferenceHit]) -> Bool {
    switch correlation.kind {
    case .eventCount: compare(Int128(ReferenceRun.events(window).count))
    case .valueCount: compare(Int128(Set(window.flatMap(\.values).map { $0.map(withoutCase) }).count))
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian: holdsNumbers(numbers(window))
    case .temporal: holdsMembers(Set(window.map(\.member)))
    case .temporalOrdered: holdsOrder(window)
    default: false
    }
  }

  /// A count against the bounds.
  private func compare(_ count: Int128) -> Bool { compare(count * 1_000_000_000, of: 1) }

  /// `value / divisor`, in billionths, against the bounds.
  private func compare(_ value: Int128, of divisor: Int128) -> Bool {
    guard case .threshold(let bounds, _, _) = correlation.condition else { return false }
    return bounds.allSatisfy { bound in
      let limit = ReferenceRun.units(bound.number) * divisor
      return switch bound.comparison {
      case .greater: value > limit
      case .greaterOrEqual: value >= limit
      case .less: value < limit
      case .lessOrEqual: value <= limit
      case .equal: value == limit
      case .notEqual: value != limit
      }
    }
  }

  private static func units(_ number: Number) -> Int128 {
    switch number {
    case .int(let value): Int128(value) * 1_000_000_000
    case .uint(let value): Int128(value) * 1_000_000_000
    case .double(let value): billionths("\(value)")!
    }
  }

  /// The numbers of each event, once for each event.
  private func numbers(_ window: [ReferenceHit]) -> [Int128] {
    var seen: Set<ReferenceEvent.ID> = []
    return window.filter { seen.insert($0.event.identity).inserted }.flatMap { hit in
      var own: Set<String> = []
      return hit.values.filter { own.insert(withoutCase($0[0])).inserted }.compactMap { billionths($0[0]) }.filter {
        !isTooLarge($0)
      }
    }
  }

  private func holdsNumbers(_ numbers: [Int128]) -> Bool {
    guard !numbers.isEmpty else { return false }
    let sum = numbers.reduce(0, +)
    switch correlation.kind {
    case .valueSum: return compare(sum, of: 1)
    case .valueAverage: return compare(sum, of: Int128(numbers.count))
    default:
      var percent: Int128 = 50_000_000_000
      if case .threshold(_, _, let given?) = correlation.condition { percent = billionths("\(given)")! }
      let whole: Int128 = 100_000_000_000
      let sorted = numbers.sorted()
      let place = Int128(numbers.count - 1) * percent
      let below = sorted[Int(place / whole)]
      let above = sorted[min(Int(place / whole) + 1, sorted.count - 1)]
      return compare(below * whole + (above - below) * (place % whole), of: whole)
    }
  }

  private func holdsMembers(_ members: Set<Int>) -> Bool {
    switch correlation.condition {
    case .allMembers: members.count == correlation.members.count
    case .threshold: compare(Int128(members.count))
    case .expression(let expression): ReferenceRun.holds(expression, members)
    }
  }

  /// Tries every part of the list of rules.
  private func holdsOrder(_ window: [ReferenceHit]) -> Bool {
    let count = correlation.members.count
    var longest = 0
    for bits in 1..<(1 << count) {
      let part = (0..<count).filter { bits >> $0 & 1 == 1 }
      guard standsInOrder(part, window) else { continue }
      longest = max(longest, part.count)
      switch correlation.condition {
      case .allMembers: if part.count == count { return true }
      case .expression(let expression): if ReferenceRun.holds(expression, Set(part)) { return true }
      case .threshold: break
      }
    }
    if case .threshold = correlation.condition { return compare(Int128(longest)) }
    return false
  }

  /// Whether hits of these rules stand in strictly increasing time: the earliest that is late enough is never worse.
  private func standsInOrder(_ members: [Int], _ window: [ReferenceHit]) -> Bool {
    var last = Int64.min
    for member in members {
      guard let next = window.filter({ $0.member == member && $0.time > last }).map(\.time).min() else { return false }
      last = next
    }
    return true
  }

  private static func hasNot(_ expression: MemberExpression) -> Bool { "\(expression)".contains("not(") }

  private static func holds(_ expression: MemberExpression, _ members: Set<Int>) -> Bool {
    switch expression {
    case .and(let parts): parts.allSatisfy { holds($0, members) }
    case .or(let parts): parts.contains { holds($0, members) }
    case .not(let part): !holds(part, members)
    case .member(let member): members.contains(member)
    }
  }
}

extension CorrelationKind {
  fileprivate var isOfNumbers: Bool { [.valueSum, .valueAverage, .valuePercentile, .valueMedian].contains(self) }
}
