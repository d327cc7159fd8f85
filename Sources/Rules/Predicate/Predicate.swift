// What a rule's condition and a filter become: a tree of a few typed tests. Everything that Sigma's modifiers say has
// been worked out before (encodings, expansions, wildcards, placeholders), so that a matcher needs to know only this.
//
// Invariants, kept by the constructors below: `and` and `or` hold at least two members and none of their own kind;
// the one exception is `and([])`, which is `everything`.

/// A condition over one event. A test of a missing field is false, and `not` turns that into true.
public indirect enum Predicate: Hashable, Sendable {
  case and([Predicate])
  case or([Predicate])
  case not(Predicate)
  /// A test of one field. The name is as written: a column or a path.
  case field(String, ValueTest)
  /// A test that any value of the event may fulfil. Only `text`, `regex` and `network` occur here.
  case keyword(ValueTest)

  /// Matches every event.
  public static let everything = Predicate.and([])

  /// All of them: the only one itself, or flattened.
  public static func all(_ members: [Predicate]) -> Predicate {
    if members.count == 1 { return members[0] }
    var flat: [Predicate] = []
    flat.reserveCapacity(members.count)
    for member in members {
      if case .and(let inner) = member { flat += inner } else { flat.append(member) }
    }
    return flat.count == 1 ? flat[0] : .and(flat)
  }

  /// Any of them: the only one itself, or flattened.
  /// - Precondition: there is at least one.
  public static func any(_ members: [Predicate]) -> Predicate {
    precondition(!members.isEmpty, "an alternative of nothing has no meaning")
    if members.count == 1 { return members[0] }
    var flat: [Predicate] = []
    flat.reserveCapacity(members.count)
    for member in members {
      if case .or(let inner) = member { flat += inner } else { flat.append(member) }
    }
    return .or(flat)
  }
}

/// One test of one value.
public enum ValueTest: Hashable, Sendable {
  /// The whole value matches the pattern.
  case text(TextPattern)
  case number(Number)
  case bool(Bool)
  /// Missing, or present with a JSON null.
  case null
  /// The key is there, with any value, null included.
  case exists
  case regex(RegexPattern)
  case network(AddressRange)
  /// A whole list of networks.
  case networks(NetworkTable)
  case compare(Comparison, Number)
  /// A part of the timestamp in the field, as written, without conversion of its zone.
  case time(TimePart, Comparison, Int)
  /// Another field of the same event.
  case reference(FieldReference)
}

public enum Comparison: UInt8, Hashable, Sendable, CaseIterable {
  case equal, less, lessOrEqual, greater, greaterOrEqual

  /// Sigma's name of the operator.
  public var name: String {
    switch self {
    case .equal: "eq"
    case .less: "lt"
    case .lessOrEqual: "lte"
    case .greater: "gt"
    case .greaterOrEqual: "gte"
    }
  }

  public var symbol: String {
    switch self {
    case .equal: "="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}

/// Weeks are those of ISO 8601, 1 to 53.
public enum TimePart: String, Hashable, Sendable, CaseIterable {
  case minute, hour, day, week, month, year

  /// Values outside can never match.
  public var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .day: 1...31
    case .week: 1...53
    case .month: 1...12
    case .year: 0...9999
    }
  }
}

/// A regular expression, searched for anywhere in the value. Case matters unless a flag says otherwise.
public struct RegexPattern: Hashable, Sendable {
  public struct Flags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let ignoreCase = Flags(rawValue: 1)
    public static let multiline = Flags(rawValue: 2)
    public static let dotMatchesLineBreaks = Flags(rawValue: 4)
  }

  public var pattern: String
  public var flags: Flags

  public init(_ pattern: String, flags: Flags = []) {
    self.pattern = pattern
    self.flags = flags
  }
}

/// Compares a field's value with another field's value as text.
public struct FieldReference: Hashable, Sendable {
  public enum Relation: UInt8, Hashable, Sendable, CaseIterable {
    case equals, startsWith, endsWith, contains
  }

  public var field: String
  public var relation: Relation
  public var isCased: Bool

  public init(_ field: String, relation: Relation = .equals, isCased: Bool = false) {
    self.field = field
    self.relation = relation
    self.isCased = isCased
  }
}
