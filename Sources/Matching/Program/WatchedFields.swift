import Rules

/// The raw fields without which some rule can never match, numbered: who reads events notes which of them occur, and who
/// sums up tells which rules had nothing to look at.
///
/// Columns are not among them: tables fill them for every provider, and an empty one (no error, no target) says something
/// of the event. The numbers follow the order of the rules, so the same rules have the same ones everywhere.
public struct WatchedFields: Sendable {
  /// What a condition cannot do without. Negations, `null` and keywords need nothing: a missing field fulfils them.
  indirect enum Need: Equatable, Sendable {
    case nothing
    case field(Int)
    case all([Need])
    case any([Need])
  }

  /// By number: the paths that a field may mean, and the name that a rule has for it.
  private(set) var sources: [FieldGroup] = []
  private var names: [String] = []
  /// By rule.
  private(set) var needs: [Need] = []
  private var numbers: [FieldGroup: Int] = [:]

  public var count: Int { sources.count }

  public init() {}

  public init(_ rules: [Rule]) {
    for rule in rules {
      let route = Route(rule.logsource)
      needs.append(route.isNowhere ? .nothing : need(rule.predicate, isNegated: false, route.names))
    }
  }

  /// By columns, as filters are.
  init(predicates: [Predicate]) {
    for predicate in predicates { needs.append(need(predicate, isNegated: false, .columns)) }
  }

  private mutating func need(_ predicate: Predicate, isNegated: Bool, _ names: FieldNames) -> Need {
    switch predicate {
    case .not(let inner): return need(inner, isNegated: !isNegated, names)
    case .and(let members), .or(let members):
      let isEach = if case .and = predicate { !isNegated } else { isNegated }
      let needs = members.map { need($0, isNegated: isNegated, names) }
      return isEach ? WatchedFields.all(needs) : WatchedFields.any(needs)
    case .keyword: return .nothing
    case .field(let name, .null): return isNegated ? field(name, names) : .nothing
    case .field(let name, let test):
      if isNegated { return .nothing }
      guard case .reference(let other) = test else { return field(name, names) }
      return WatchedFields.all([field(name, names), field(other.field, names)])
    }
  }

  private mutating func field(_ name: String, _ names: FieldNames) -> Need {
    let group = names.sources(of: name)
    let isRaw = group.allSatisfy { if case .path = $0 { true } else { false } }
    guard isRaw else { return .nothing }
    if let known = numbers[group] { return .field(known) }
    numbers[group] = sources.count
    sources.append(group)
    self.names.append(name)
    return .field(sources.count - 1)
  }

  private static func all(_ needs: [Need]) -> Need {
    let rest = needs.filter { $0 != .nothing }
    return rest.isEmpty ? .nothing : rest.count == 1 ? rest[0] : .all(rest)
  }

  /// Alternatives one of which needs nothing need nothing.
  private static func any(_ needs: [Need]) -> Need {
    if needs.isEmpty || needs.contains(.nothing) { return .nothing }
    return needs.count == 1 ? needs[0] : .any(needs)
  }

  func name(_ field: Int) -> String { names[field] }

  /// The fields that a rule asks for, each once.
  func fields(ofRule rule: Int) -> [Int] { Set(WatchedFields.fields(needs[rule])).sorted() }

  private static func fields(_ need: Need) -> [Int] {
    switch need {
    case .nothing: []
    case .field(let number): [number]
    case .all(let members), .any(let members): members.flatMap(fields)
    }
  }

  /// The names of the fields for want of which a rule can never match; empty if it can.
  ///
  /// - Parameter isLacking: by number of a field.
  public func lacking(rule: Int, _ isLacking: (Int) -> Bool) -> [String] {
    guard rule < needs.count else { return [] }
    return WatchedFields.lacking(needs[rule], isLacking).map { names[$0] }
  }

  private static func lacking(_ need: Need, _ isLacking: (Int) -> Bool) -> [Int] {
    switch need {
    case .nothing: return []
    case .field(let number): return isLacking(number) ? [number] : []
    case .all(let members): return Set(members.flatMap { lacking($0, isLacking) }).sorted()
    case .any(let members):
      let all = members.map { lacking($0, isLacking) }
      return all.contains(where: \.isEmpty) ? [] : Set(all.joined()).sorted()
    }
  }
}
