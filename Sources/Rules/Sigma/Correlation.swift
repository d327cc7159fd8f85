// A correlation: a statement about many events, checked and with its references resolved.

public enum CorrelationKind: String, Sendable, CaseIterable {
  case eventCount = "event_count"
  case valueCount = "value_count"
  case temporal
  case temporalOrdered = "temporal_ordered"
  case valueSum = "value_sum"
  case valueAverage = "value_avg"
  case valuePercentile = "value_percentile"
  case valueMedian = "value_median"
  // Harrier's own: see `HistorySettings`.
  case firstSeen = "first_seen"
  case rare
  case rate
  case travel
  case dormant
  case neverUsed = "never_used"
  case overlap
  case overstay
  case outsideHours = "outside_hours"
  case after
  case sameActor = "same_actor"
  case unmatched
  case gap
  case interval
  case unexpected

  public var isTemporal: Bool { self == .temporal || self == .temporalOrdered }
  /// These look at the value of a field.
  public var needsField: Bool { self != .eventCount && !isTemporal }
  /// Harrier's own types, which look at what came before or did not come after.
  public var isHistory: Bool {
    switch self {
    case .eventCount, .valueCount, .temporal, .temporalOrdered, .valueSum, .valueAverage, .valuePercentile,
      .valueMedian:
      false
    default: true
    }
  }
}

/// One limit of a threshold.
public struct CorrelationBound: Equatable, Sendable {
  public enum Operator: String, Sendable, CaseIterable {
    case greater = "gt"
    case greaterOrEqual = "gte"
    case less = "lt"
    case lessOrEqual = "lte"
    case equal = "eq"
    case notEqual = "neq"
  }

  public var comparison: Operator
  public var number: Number
}

/// When a group of events counts as found.
public enum CorrelationCondition: Equatable, Sendable {
  /// All bounds hold for the count, sum and so on. `fields` is empty for `event_count` and the temporal kinds, which
  /// count the listed rules that matched. `percentile` belongs to `value_percentile` only.
  case threshold([CorrelationBound], fields: [String], percentile: Double?)
  /// Every listed rule matched.
  case allMembers
  /// A statement about which of the listed rules matched.
  case expression(MemberExpression)
}

/// Members by their position in `Correlation.members`.
public indirect enum MemberExpression: Equatable, Sendable {
  case and([MemberExpression])
  case or([MemberExpression])
  case not(MemberExpression)
  case member(Int)
}

/// A rule or correlation that feeds a correlation.
public struct CorrelationMember: Equatable, Sendable {
  public enum Target: Equatable, Sendable {
    /// A position in `RuleSet.rules`.
    case rule(Int)
    /// A position in `RuleSet.correlations`, always before the correlation that refers to it.
    case correlation(Int)
  }

  /// As written: an id, a name, or a title.
  public var reference: String
  public var target: Target
}

/// A group-by field that has another name in each member.
public struct CorrelationAlias: Equatable, Sendable {
  public var name: String
  /// The field by position in `Correlation.members`; a member that is missing has a field of the alias's own name.
  public var fields: [Int: String]
}

@dynamicMemberLookup
public struct Correlation: Equatable, Sendable {
  public var attributes: RuleAttributes
  public var kind: CorrelationKind
  /// In the order of `rules`, which is the order that `temporal_ordered` asks for.
  public var members: [CorrelationMember]
  /// Field or alias names; empty: one group of everything.
  public var groupBy: [String]
  public var aliases: [CorrelationAlias]
  public var timespanMilliseconds: Int64
  public var condition: CorrelationCondition
  /// True: the members raise alerts of their own, too.
  public var generate: Bool
  /// What Harrier's own types need besides; nil for Sigma's.
  public var history: HistorySettings?
  /// False if the correlation only feeds others.
  public var raisesAlerts = true

  /// False if it is about what never happened: no rule finds that, and no other correlation can be built on it.
  public var looksAtEvents: Bool { history?.check?.looksAtEvents ?? true }

  public subscript<Value>(dynamicMember path: KeyPath<RuleAttributes, Value>) -> Value { attributes[keyPath: path] }

  /// The fields that members must deliver, sorted: group-by fields, alias targets and the condition's fields.
  public var fields: [String] {
    let aliasNames = Set(aliases.map(\.name))
    var names = Set(groupBy.filter { !aliasNames.contains($0) })
    for alias in aliases {
      names.formUnion(alias.fields.values)
      if alias.fields.count < members.count { names.insert(alias.name) }
    }
    names.formUnion(valueFields)
    return names.sorted()
  }

  /// The fields whose values are counted, added up or remembered.
  public var valueFields: [String] {
    if kind == .unexpected { return looksAtEvents ? ExpectationCheck.fields : [] }
    if case .threshold(_, let fields, _) = condition { return fields }
    return history?.field.map { [$0] } ?? []
  }
}

/// Reads `10s`, `5m`, `1h`, `1d`, and as the reference parser `1w`, `1M`, `1y`.
public enum Timespan {
  /// A year of sweeping is the longest window anyone can mean; beyond a century it is a slip.
  private static let yearsMax: Int64 = 100
  private static let secondsPerYear: Int64 = 31_556_952

  static func milliseconds(_ text: String) throws(RuleFault) -> Int64 {
    let units: [Character: Int64] = [
      "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "M": 2_629_746, "y": secondsPerYear,
    ]
    let digits = text.dropLast()
    guard let unit = text.last.flatMap({ units[$0] }), digits.utf8.allSatisfy(\.isASCIIDigit),
      let count = Int64(digits), count > 0
    else {
      throw RuleFault(.badTimespan, "timespan \(Quoted(text)) must be a whole number and one of s, m, h, d, w, M, y")
    }
    let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
    guard !overflow, seconds <= yearsMax * secondsPerYear else {
      throw RuleFault(.badTimespan, "timespan \(Quoted(text)) is longer than \(yearsMax) years")
    }
    return seconds * 1_000
  }
}
