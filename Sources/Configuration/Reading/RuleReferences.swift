// What a configuration says of rules, compared with the rules that there are: names that none has, and suppressions that
// would hide most of them. Which rules there are is the caller's to know.

import Rules

extension Configuration {
  /// Suppressions of more than one rule in this many are about no rule in particular.
  private static let suppressedShare = 5

  /// References to rules that do not exist.
  ///
  /// - Parameter known: ids, names and titles.
  public func unknownRules(known: [String]) -> [ConfigFinding] {
    let names = Set(known)
    let patterns = suppressions.filter { entry in
      let pattern = Glob(entry.rule)
      return pattern.literal == nil && !known.contains { pattern.matches($0) }
    }.map { Listed(text: $0.rule, origin: $0.origin) }
    let unknown = ruleReferences.filter { !names.contains($0.text) } + patterns
    return unknown.map { reference in
      let hint = Suggestion.hint(for: reference.text, among: known)
      return ConfigFinding(
        .warning, .unknownReference, "no rule has the id, name or title \(Quoted(reference.text))\(hint)",
        at: reference.origin)
    }
  }

  /// Suppressions that hide a large part of the rules from everybody.
  ///
  /// - Parameter rules: the names that each rule goes by.
  public func broadSuppressions(of rules: [[String]]) -> [ConfigFinding] {
    suppressions.filter { !$0.isNarrowed }.compactMap { entry in
      let pattern = Glob(entry.rule)
      guard pattern.literal == nil else { return nil }
      let count = rules.count { $0.contains { pattern.matches($0) } }
      guard count > rules.count / Self.suppressedShare else { return nil }
      let message =
        "\(Quoted(entry.rule)) suppresses \(count) of \(rules.count) built-in rules; name the rule, or add an 'actor', "
        + "'person' or 'network'"
      return ConfigFinding(.error, .broad, message, at: entry.origin)
    }
  }
}

extension Suppression {
  /// With fewer characters between its wildcards a pattern is in almost every name.
  private static let literalsMin = 3

  /// Whether its pattern tells no rule from others.
  var isForMost: Bool {
    let pattern = Glob(rule)
    return pattern.literal == nil && pattern.literalCount < Self.literalsMin
  }

  /// Whether it says whose or from where: an actor of wildcards is everybody, and a network without a prefix everywhere.
  var isNarrowed: Bool {
    if !person.isEmpty { return true }
    if let actor, actor.account != nil || Glob(actor.text).literalCount > 0 { return true }
    guard let networks else { return false }
    return !networks.entries.contains { (try? AddressRange($0.text))?.prefixLength == 0 }
  }
}
