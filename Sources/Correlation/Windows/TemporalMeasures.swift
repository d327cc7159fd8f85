import Rules

/// What a temporal correlation asks of the rules that matched.
struct MemberCondition {
  private let condition: CorrelationCondition
  private let bounds: Bounds?

  init(_ condition: CorrelationCondition) {
    self.condition = condition
    if case .threshold(let limits, _, _) = condition { bounds = Bounds(limits) } else { bounds = nil }
  }

  /// - Parameter counts: by member, how many hits there are.
  func holds(_ counts: [Int]) -> Bool {
    switch condition {
    case .allMembers: counts.allSatisfy { $0 > 0 }
    case .threshold: bounds?.hold(Decimal(counts.count { $0 > 0 })) ?? false
    case .expression(let expression): MemberCondition.holds(expression, counts)
    }
  }

  private static func holds(_ expression: MemberExpression, _ counts: [Int]) -> Bool {
    switch expression {
    case .and(let parts): parts.allSatisfy { holds($0, counts) }
    case .or(let parts): parts.contains { holds($0, counts) }
    case .not(let part): !holds(part, counts)
    case .member(let member): counts[member] > 0
    }
  }
}

extension MemberExpression {
  var hasNot: Bool {
    switch self {
    case .and(let parts), .or(let parts): parts.contains { $0.hasNot }
    case .not: true
    case .member: false
    }
  }

  /// The sets of members each of which is enough; nil if there are too many, or if some must not match.
  func alternatives(max: Int) -> Set<Set<Int>>? {
    switch self {
    case .not: return nil
    case .member(let member): return [[member]]
    case .or(let parts):
      var result: Set<Set<Int>> = []
      for part in parts {
        guard let more = part.alternatives(max: max) else { return nil }
        result.formUnion(more)
        if result.count > max { return nil }
      }
      return result
    case .and(let parts):
      var result: Set<Set<Int>> = [[]]
      for part in parts {
        guard let more = part.alternatives(max: max), result.count * more.count <= max * max else { return nil }
        result = Set(result.flatMap { left in more.map { left.union($0) } })
        if result.count > max { return nil }
      }
      return result
    }
  }
}

/// `temporal`: which of the rules have a hit in the window.
struct TemporalMeasure: WindowMeasure {
  static let isOfMembers = true

  private let condition: MemberCondition
  private var counts: [Int]

  init(_ condition: MemberCondition, members: Int) {
    self.condition = condition
    counts = Array(repeating: 0, count: members)
  }

  mutating func reset() { for i in counts.indices { counts[i] = 0 } }
  mutating func add(_ fact: GroupFact, _ number: Decimal?) { counts[Int(fact.fact.member)] += 1 }
  mutating func remove(_ fact: GroupFact) { counts[Int(fact.fact.member)] -= 1 }
  func holds(at time: Int64) -> Bool { condition.holds(counts) }
  var note: Note { .matched(counts.indices.filter { counts[$0] > 0 }) }
}

/// For rows of steps, the latest time at which hits that reach a step began.
///
/// A hit of a moment follows only those of moments before, so what the moment adds is kept apart until the next one.
private struct Beginnings {
  static let never = Int64.min

  private let span: Int64
  /// With the moment in hand, and without.
  private(set) var rows: [[Int64]]
  private(set) var settled: [[Int64]]
  private(set) var now: Int64?

  init(lengths: [Int], span: Int64) {
    self.span = span
    rows = lengths.map { Array(repeating: Beginnings.never, count: $0) }
    settled = rows
  }

  mutating func reset() {
    for i in rows.indices {
      for j in rows[i].indices { rows[i][j] = Beginnings.never }
    }
    settled = rows
    now = nil
  }

  mutating func advance(to time: Int64) {
    if now != time { settled = rows }
    now = time
  }

  mutating func reach(_ row: Int, _ step: Int, since time: Int64) { rows[row][step] = max(rows[row][step], time) }

  /// Whether what began then lies within the window at a time.
  func isWithin(_ start: Int64?, at time: Int64) -> Bool {
    guard let start, start != Beginnings.never else { return false }
    return start >= time - span
  }
}

/// `temporal_ordered`: hits in strictly increasing time, in the order of the list. A row for each sequence that is enough:
/// the condition holds while the beginning of some row's last step is within the window.
struct OrderedMeasure: WindowMeasure {
  static let isOfMembers = true

  private let sequences: [[Int]]
  private var begun: Beginnings

  init(_ sequences: [[Int]], span: Int64) {
    self.sequences = sequences
    begun = Beginnings(lengths: sequences.map(\.count), span: span)
  }

  mutating func reset() { begun.reset() }

  mutating func add(_ fact: GroupFact, _ number: Decimal?) {
    let time = fact.fact.time
    begun.advance(to: time)
    for (i, sequence) in sequences.enumerated() {
      for (j, member) in sequence.enumerated() where member == Int(fact.fact.member) {
        begun.reach(i, j, since: j == 0 ? time : begun.settled[i][j - 1])
      }
    }
  }

  mutating func remove(_ fact: GroupFact) {}

  func holds(at time: Int64) -> Bool { held(at: time) != nil }

  /// The first sequence that stands in the window.
  private func held(at time: Int64) -> [Int]? {
    begun.rows.firstIndex { begun.isWithin($0.last, at: time) }.map { sequences[$0] }
  }

  var note: Note { .matched(begun.now.flatMap { held(at: $0) } ?? []) }
}

/// `temporal_ordered` with a number: the longest part of the list whose hits stand in order. A row for each length (less
/// one), in it a step for each member that such a part can end with.
struct OrderedLength: WindowMeasure {
  static let isOfMembers = true

  private let bounds: Bounds
  private var begun: Beginnings

  init(_ bounds: Bounds, members: Int, span: Int64) {
    self.bounds = bounds
    begun = Beginnings(lengths: Array(repeating: members, count: members), span: span)
  }

  mutating func reset() { begun.reset() }

  mutating func add(_ fact: GroupFact, _ number: Decimal?) {
    begun.advance(to: fact.fact.time)
    let member = Int(fact.fact.member)
    begun.reach(0, member, since: fact.fact.time)
    for length in 1..<max(begun.rows.count, 1) {
      guard let before = begun.settled[length - 1][..<member].max(), before != Beginnings.never else { break }
      begun.reach(length, member, since: before)
    }
  }

  mutating func remove(_ fact: GroupFact) {}

  private func length(at time: Int64) -> Int {
    (begun.rows.lastIndex { row in row.contains { begun.isWithin($0, at: time) } } ?? -1) + 1
  }

  func holds(at time: Int64) -> Bool { bounds.hold(Decimal(length(at: time))) }
  var note: Note { .held(Decimal(begun.now.map { length(at: $0) } ?? 0)) }
}
