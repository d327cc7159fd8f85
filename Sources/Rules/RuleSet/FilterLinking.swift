// Joins filters to the rules they name. A filter that names what is not there is rejected as a whole: it was written to
// silence something, and nobody would notice that it does not.

extension RuleLinker {
  mutating func applyFilters() {
    let scopes = FilterScopes(
      rules: result.rules, correlations: drafts.map(\.attributes), rejected: rejected, waiting: waiting)
    var kept: [RuleFilter] = []
    for filter in result.filters {
      guard check(filter, scopes) else {
        reject(filter.attributes, isSilent: true)
        continue
      }
      kept.append(filter)
      var isUsed = false
      for position in result.rules.indices where filter.applies(to: result.rules[position]) {
        isUsed = true
        result.rules[position].apply(filter)
      }
      guard !isUsed, !scopes.waits(filter) else { continue }
      report(.warning, .filterUnused, "the filter applies to no loaded rule", filter.attributes)
    }
    result.filters = kept
  }

  /// Whether all names of the filter mean rules.
  private mutating func check(_ filter: RuleFilter, _ scopes: FilterScopes) -> Bool {
    guard case .rules(let names) = filter.scope else { return true }
    var isSound = true
    for (name, line) in zip(names, filter.scopeLines) {
      switch scopes.meaning(of: name) {
      case .rule: continue
      case .waiting:
        let message =
          "rule \(Quoted(name)) waits for a list of the configuration, so the filter has nothing to do with it"
        report(.note, .waitsForList, message, filter.attributes, line: line)
      case .rejected:
        let message = "rule \(Quoted(name)) was rejected, so the filter has nothing to do with it"
        report(.warning, .rejectedReference, message, filter.attributes, line: line)
      case .correlation:
        let message = "\(Quoted(name)) is a correlation; a filter reaches it through the rules that feed it: name those"
        report(.error, .unknownReference, message, filter.attributes, line: line)
        isSound = false
      case .unknown:
        let message = "no rule has the id or name \(Quoted(name))\(hint(name, scopes))"
        report(.error, .unknownReference, message, filter.attributes, line: line)
        isSound = false
      }
    }
    return isSound
  }

  private func hint(_ name: String, _ scopes: FilterScopes) -> String {
    byTitle[name] == nil ? Suggestion.hint(for: name, among: scopes.names.sorted()) : "; it is a title"
  }
}

/// What a name in a filter's `rules` can mean: ids in any letter case, and names. Titles do not count.
private struct FilterScopes {
  enum Meaning { case rule, correlation, rejected, waiting, unknown }

  private(set) var names: Set<String> = []
  private var ids: Set<String> = []
  private var correlations: Set<String> = []
  private let rejected: Set<String>
  private let waiting: Set<String>

  init(rules: [Rule], correlations: [RuleAttributes], rejected: Set<String>, waiting: Set<String>) {
    for rule in rules {
      if let name = rule.attributes.name { names.insert(name) }
      if let id = rule.attributes.id { ids.insert(id) }
    }
    for attributes in correlations {
      if let name = attributes.name { self.correlations.insert(name) }
      if let id = attributes.id { self.correlations.insert(id) }
    }
    self.rejected = Set(rejected.flatMap { [$0, $0.lowercased()] })
    self.waiting = Set(waiting.flatMap { [$0, $0.lowercased()] })
  }

  /// Whether a filter is about a rule that waits.
  func waits(_ filter: RuleFilter) -> Bool {
    guard case .rules(let names) = filter.scope else { return false }
    return names.contains { meaning(of: $0) == .waiting }
  }

  func meaning(of name: String) -> Meaning {
    let id = name.lowercased()
    if names.contains(name) || ids.contains(id) { return .rule }
    if correlations.contains(name) || correlations.contains(id) { return .correlation }
    if waiting.contains(name) || waiting.contains(id) { return .waiting }
    return rejected.contains(name) || rejected.contains(id) ? .rejected : .unknown
  }
}

extension RuleFilter {
  /// By scope and log source. Titles do not count.
  func applies(to rule: Rule) -> Bool {
    guard logsource.contains(rule.logsource) else { return false }
    switch scope {
    case .any: return true
    case .rules(let names):
      return names.contains { name in name == rule.attributes.name || name.lowercased() == rule.attributes.id }
    }
  }
}

extension Rule {
  mutating func apply(_ filter: RuleFilter) {
    for index in conditions.indices {
      conditions[index].predicate = .all([conditions[index].predicate, filter.predicate])
    }
    filters.append(filter.attributes.label)
  }
}
