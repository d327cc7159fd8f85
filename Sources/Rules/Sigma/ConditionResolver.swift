// Looks up the names of a condition and builds the predicate. A selector is written out here, so the size of the
// result is counted while it grows: a short condition can name a long selection thousands of times.

/// A named part of a rule's detection.
public struct Selection: Equatable, Sendable {
  public var name: String
  public var predicate: Predicate
  public var line: Int
}

struct ConditionResolver {
  private let selections: [Selection]
  private let positions: [String: Int]
  private let sizes: [Int]
  private let names: [[UInt8]]
  /// Which selections some condition uses.
  private(set) var isUsed: [Bool]
  private var size = 0

  init(_ selections: [Selection]) {
    self.selections = selections
    positions = Dictionary(selections.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    sizes = selections.map(\.predicate.nodeCount)
    names = selections.map { Array($0.name.utf8) }
    isUsed = Array(repeating: false, count: selections.count)
  }

  var unused: [Selection] { zip(selections, isUsed).filter { !$1 }.map(\.0) }

  mutating func resolve(_ syntax: ConditionSyntax) throws(RuleFault) -> Predicate {
    switch syntax {
    case .and(let members): return Predicate.all(try resolve(members))
    case .or(let members): return Predicate.any(try resolve(members))
    case .not(let inner): return .not(try resolve(inner))
    case .name(let name, let offset):
      guard let position = positions[name] else { throw undefined(name, offset) }
      return try use(position)
    case .selector(let isAll, let target, let offset):
      var members: [Predicate] = []
      for position in try matches(target, offset) { members.append(try use(position)) }
      return isAll ? Predicate.all(members) : Predicate.any(members)
    }
  }

  private mutating func resolve(_ list: [ConditionSyntax]) throws(RuleFault) -> [Predicate] {
    var members: [Predicate] = []
    members.reserveCapacity(list.count)
    for syntax in list { members.append(try resolve(syntax)) }
    return members
  }

  private mutating func use(_ position: Int) throws(RuleFault) -> Predicate {
    isUsed[position] = true
    size += sizes[position]
    guard size <= SigmaLimits.predicateNodesMax else {
      throw RuleFault(
        .tooManyTests, "the condition comes to more than \(SigmaLimits.predicateNodesMax) tests; split the rule")
    }
    return selections[position].predicate
  }

  private func undefined(_ name: String, _ offset: Int) -> RuleFault {
    let hint =
      name == "them"
      ? " (write '1 of them' or 'all of them')" : Suggestion.hint(for: name, among: selections.map(\.name))
    return RuleFault(.undefinedSelection, "condition, column \(offset + 1): no selection \(Quoted(name))\(hint)")
  }

  /// Names that start with `_` are taken only by patterns that start with it too.
  private func matches(_ target: String, _ offset: Int) throws(RuleFault) -> [Int] {
    let isThem = target.lowercased() == "them" && positions[target] == nil
    let pattern = isThem ? [UInt8(ascii: "*")] : Array(target.utf8)
    let takesHidden = pattern.first == UInt8(ascii: "_")
    let found = selections.indices.filter { position in
      let name = names[position]
      return (takesHidden || name.first != UInt8(ascii: "_")) && Self.glob(pattern, name)
    }
    guard !found.isEmpty else {
      throw RuleFault(
        .unmatchedSelector, "condition, column \(offset + 1): no selection matches \(Quoted(target))")
    }
    return found
  }

  /// Matches `*` only; the usual two-pointer walk, linear but for the last star's retries.
  private static func glob(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var (p, n) = (0, 0)
    var retry: (p: Int, n: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        retry = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == name[n] {
        (p, n) = (p + 1, n + 1)
      } else if let last = retry {
        retry = (last.p, last.n + 1)
        (p, n) = (last.p + 1, last.n + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
