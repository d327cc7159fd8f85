// What rules, correlations and filters have in common: the attributes around the detection.

/// The severity of what a rule finds.
public enum Level: Int, Sendable, Comparable, CaseIterable {
  case informational, low, medium, high, critical

  public var name: String { "\(self)" }

  public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}

/// How mature a rule is.
public enum RuleStatus: String, Sendable, CaseIterable {
  case stable, test, experimental, deprecated, unsupported
}

/// A tag such as `attack.t1078.004`.
public struct RuleTag: Hashable, Sendable, CustomStringConvertible {
  /// The part before the first dot, in lower case.
  public var namespace: String
  /// The rest in lower case, with dashes where old rules have underscores.
  public var name: String

  /// The normal form.
  public var description: String { "\(namespace).\(name)" }
}

/// A link to another rule.
public struct RelatedRule: Equatable, Sendable {
  public enum Relation: String, Sendable, CaseIterable {
    case derived, obsolete, merged, renamed, similar, correlation
  }

  public var id: String
  public var relation: Relation
}

/// An attribute that Sigma does not define, kept as it is: `tests`, `runbook` and the like.
public struct CustomAttribute: Equatable, Sendable {
  public var key: String
  public var value: YAMLNode
}

/// Where a rule stands.
public struct RulePlace: Hashable, Sendable {
  public var file: String
  /// Counted from 1.
  public var line: Int
}

/// The attributes of a document.
public struct RuleAttributes: Equatable, Sendable {
  /// A UUID in lower case.
  public var id: String?
  public var name: String?
  public var title = ""
  public var summary: String?
  public var status: RuleStatus?
  public var level: Level?
  public var tags: [RuleTag] = []
  public var author: String?
  /// `YYYY-MM-DD`.
  public var date: String?
  /// `YYYY-MM-DD`.
  public var modified: String?
  public var references: [String] = []
  public var falsePositives: [String] = []
  public var related: [RelatedRule] = []
  public var license: String?
  public var scope: [String] = []
  /// The fields that the author wants shown.
  public var shownFields: [String] = []
  public var custom: [CustomAttribute] = []
  public var place: RulePlace

  init(place: RulePlace) { self.place = place }

  /// A custom attribute's value.
  public func custom(_ key: String) -> YAMLNode? { custom.first { $0.key == key }?.value }

  /// What to call the rule in messages: its id, else its title.
  public var label: String { id ?? title }
}
