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
  mutating func add(_ fact: GroupFact, _ values: ValueTable) { counts[Int(fact.fact.member)] += 1 }
  mutating func remove(_ fact: GroupFact, _ values: ValueTable) { counts[Int(fact.fact.member)] -= 1 }
  func holds(at time: Int64) -> Bool { condition.holds(counts) }
  var note: Note { .matched(counts.indices.filter { counts[$0] > 0 }) }
}

/// `temporal_ordered`: hits in strictly increasing time, in the order of the list.
///
/// For each sequence that is enough, and each of its steps, the latest time at which hits that reach the step began: the
/// condition holds while that of the last step is within the window. A hit of a moment follows only those of moments
/// before, so what the moment adds is kept apart until the next one.
struct OrderedMeasure: WindowMeasure {
  static let isOfMembers = true

  private static let never = Int64.min

  private let sequences: [[Int]]
  private let span: Int64
  private var settled: [[Int64]]
  private var begun: [[Int64]]
  private var now: Int64?

  init(_ sequences: [[Int]], span: Int64) {
    self.sequences = sequences
    self.span = span
    begun = sequences.map { Array(repeating: OrderedMeasure.never, count: $0.count) }
    settled = begun
  }

  mutating func reset() {
    for i in begun.indices {
      for j in begun[i].indices { begun[i][j] = OrderedMeasure.never }
    }
    settled = begun
    now = nil
  }

  mutating func add(_ fact: GroupFact, _ values: ValueTable) {
    let time = fact.fact.time
    if now != time { settled = begun }
    now = time
    for (i, sequence) in sequences.enumerated() {
      for (j, member) in sequence.enumerated() where member == Int(fact.fact.member) {
        begun[i][j] = max(begun[i][j], j == 0 ? time : settled[i][j - 1])
      }
    }
  }

  mutating func remove(_ fact: GroupFact, _ values: ValueTable) {}

  func holds(at time: Int64) -> Bool { held(at: time) != nil }

  /// The first sequence that stands in the window.
  private func held(at time: Int64) -> [Int]? {
    let place = begun.firstIndex { steps in
      guard let start = steps.last, start != OrderedMeasure.never else { return false }
      return start >= time - span
    }
    return place.map { sequences[$0] }
  }

  var note: Note { .matched(now.flatMap { held(at: $0) } ?? []) }
}

/// `temporal_ordered` with a number: the longest part of the list whose hits stand in order.
struct OrderedLength: WindowMeasure {
  static let isOfMembers = true

  private static let never = Int64.min

  private let bounds: Bounds
  private let span: Int64
  /// By length (less one) and last member: the latest time at which such hits began.
  private var settled: [[Int64]]
  private var begun: [[Int64]]
  private var now: Int64?

  init(_ bounds: Bounds, members: Int, span: Int64) {
    self.bounds = bounds
    self.span = span
    begun = Array(repeating: Array(repeating: OrderedLength.never, count: members), count: members)
    settled = begun
  }

  mutating func reset() {
    for i in begun.indices {
      for j in begun[i].indices { begun[i][j] = OrderedLength.never }
    }
    settled = begun
    now = nil
  }

  mutating func add(_ fact: GroupFact, _ values: ValueTable) {
    let time = fact.fact.time
    if now != time { settled = begun }
    now = time
    let member = Int(fact.fact.member)
    begun[0][member] = time
    for length in 1..<max(begun.count, 1) {
      guard let before = settled[length - 1][..<member].max(), before != OrderedLength.never else { break }
      begun[length][member] = max(begun[length][member], before)
    }
  }

  mutating func remove(_ fact: GroupFact, _ values: ValueTable) {}

  private func length(at time: Int64) -> Int {
    (begun.lastIndex { row in row.contains { $0 != OrderedLength.never && $0 >= time - span } } ?? -1) + 1
  }

  func holds(at time: Int64) -> Bool { bounds.hold(Decimal(length(at: time))) }
  var note: Note { .held(Decimal(now.map { length(at: $0) } ?? 0)) }
}
