// A detection rule, checked and ready to be compiled.

/// One entry of a rule's `condition`.
public struct RuleCondition: Equatable, Sendable {
  /// As written.
  public var text: String
  /// With the rule's filters applied.
  public var predicate: Predicate
}

/// A single-event rule. It matches an event if any of its conditions does.
@dynamicMemberLookup
public struct Rule: Equatable, Sendable {
  public var attributes: RuleAttributes
  public var logsource: LogSource
  public var selections: [Selection]
  /// At least one.
  public var conditions: [RuleCondition]
  /// The labels of the filters that were applied.
  public var filters: [String] = []
  /// False if the rule only feeds correlations and raises no alert itself.
  public var raisesAlerts = true
  /// True if the rule is the first half of a translated pipe aggregation; the other half, a correlation, has its id.
  public var isAggregated = false

  public subscript<Value>(dynamicMember path: KeyPath<RuleAttributes, Value>) -> Value { attributes[keyPath: path] }

  /// Any of the conditions.
  public var predicate: Predicate { Predicate.any(conditions.map(\.predicate)) }

  /// The names of the fields that the rule reads, sorted.
  public var fields: [String] {
    var names: Set<String> = []
    for condition in conditions { condition.predicate.collectFields(into: &names) }
    return names.sorted()
  }
}

/// A document that narrows other rules.
@dynamicMemberLookup
public struct RuleFilter: Equatable, Sendable {
  public enum Scope: Equatable, Sendable {
    /// Every rule whose log source fits.
    case any
    /// Ids or names.
    case rules([String])
  }

  public var attributes: RuleAttributes
  public var logsource: LogSource
  public var scope: Scope
  /// Where each name of the scope stands.
  var scopeLines: [Int] = []
  /// Joined to a rule's conditions by `and`, as written.
  public var predicate: Predicate

  public subscript<Value>(dynamicMember path: KeyPath<RuleAttributes, Value>) -> Value { attributes[keyPath: path] }
}
