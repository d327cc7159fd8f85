// Sorts correlations so that each comes after those it refers to, and finds those that cannot be sorted.

struct CorrelationOrder {
  /// Positions of drafts, referenced before referencing.
  private(set) var accepted: [Int] = []
  private(set) var cyclic: [Int] = []
  private(set) var tooDeep: [Int] = []
  /// Those that depend on a rejected one.
  private(set) var orphaned: [Int] = []

  /// - Parameter members: what each draft refers to; nil for a draft that is rejected already.
  /// - Complexity: O(*n* + *m*) for *n* correlations with *m* references, plus sorting.
  init(_ members: [[RuleLinker.Entity]?]) {
    let needs = members.map { list in (list ?? []).compactMap(\.correlationPosition) }
    var waiting = needs.map(\.count)
    var dependents = [[Int]](repeating: [], count: needs.count)
    for (position, list) in needs.enumerated() {
      for need in list { dependents[need].append(position) }
    }
    var level = [Int](repeating: 1, count: needs.count)
    var isLost = members.map { $0 == nil }
    var isSorted = [Bool](repeating: false, count: needs.count)
    var queue = needs.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < queue.count {
      let position = queue[next]
      next += 1
      isSorted[position] = true
      for need in needs[position] { level[position] = max(level[position], level[need] + 1) }
      if needs[position].contains(where: { isLost[$0] }) {
        isLost[position] = true
        orphaned.append(position)
      } else if level[position] > SigmaLimits.correlationDepthMax {
        isLost[position] = true
        tooDeep.append(position)
      }
      if !isLost[position] { accepted.append(position) }
      for dependent in dependents[position] {
        waiting[dependent] -= 1
        if waiting[dependent] == 0 { queue.append(dependent) }
      }
    }
    cyclic = needs.indices.filter { !isSorted[$0] }
    accepted.sort { (level[$0], $0) < (level[$1], $1) }
  }
}

extension RuleLinker.Entity {
  var correlationPosition: Int? {
    if case .correlation(let position) = self { return position }
    return nil
  }
}

extension CorrelationDraft {
  /// The finished correlation; `places` maps drafts to their positions in the rule set.
  func linked(to entities: [RuleLinker.Entity], _ places: [Int: Int]) -> Correlation {
    let members = zip(references, entities).map { reference, entity in
      switch entity {
      case .rule(let position): CorrelationMember(reference: reference, target: .rule(position))
      case .correlation(let draft):
        CorrelationMember(reference: reference, target: .correlation(places[draft, default: draft]))
      }
    }
    let positions = Dictionary(references.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let finalAliases = aliases.map { alias in
      let fields = alias.fields.compactMap { entry in positions[entry.reference].map { ($0, entry.field) } }
      return CorrelationAlias(name: alias.name, fields: Dictionary(fields, uniquingKeysWith: { first, _ in first }))
    }
    return Correlation(
      attributes: attributes, kind: kind, members: members, groupBy: groupBy, aliases: finalAliases,
      timespanMilliseconds: timespanMilliseconds, condition: linked(positions), generate: generate,
      history: history)
  }

  private func linked(_ positions: [String: Int]) -> CorrelationCondition {
    switch condition {
    case .threshold(let bounds, let fields, let percentile):
      .threshold(bounds, fields: fields, percentile: percentile)
    case .allMembers: .allMembers
    case .expression(let syntax): .expression(MemberExpression(syntax, positions))
    }
  }
}

extension MemberExpression {
  /// - Precondition: the reader has checked that the syntax holds names only and that each is among the positions.
  fileprivate init(_ syntax: ConditionSyntax, _ positions: [String: Int]) {
    switch syntax {
    case .and(let members): self = .and(members.map { MemberExpression($0, positions) })
    case .or(let members): self = .or(members.map { MemberExpression($0, positions) })
    case .not(let inner): self = .not(MemberExpression(inner, positions))
    case .name(let name, _), .selector(_, let name, _):
      guard let position = positions[name] else { preconditionFailure("a checked name has a position") }
      self = .member(position)
    }
  }
}
