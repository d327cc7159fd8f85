// Numbers of rules that somebody replaces without touching the rules: the limit of a count, the time span, the level.
// What a rule has no number for is said, never ignored.

/// What is to be other than a rule says.
public struct RuleOverride: Equatable, Sendable {
  /// The id, name or title of the rule.
  public var rule: String
  /// Of what is counted: the bound of a condition, the floor of a rate, the speed of travel.
  public var count: Int?
  public var timespanMilliseconds: Int64?
  public var level: Level?

  public init(rule: String, count: Int? = nil, timespanMilliseconds: Int64? = nil, level: Level? = nil) {
    self.rule = rule
    self.count = count
    self.timespanMilliseconds = timespanMilliseconds
    self.level = level
  }
}

/// A number that several rules share under a name. A rule takes it with `threshold: {timespan: dormant_days}`.
public enum SharedNumber: Equatable, Sendable {
  case milliseconds(Int64)
  case plain(Int)
}

extension RuleAttributes {
  /// The names that others may use for the rule.
  public var names: [String] { [id, name, title].compactMap { $0 } }

  /// Which shared numbers the rule takes: from what they set to their names.
  public var sharedNumbers: [(target: String, name: String)] {
    (custom("threshold")?.mapping ?? []).compactMap { pair in pair.value.scalar.map { (pair.key, $0.text) } }
  }
}

extension RuleSet {
  /// Applies overrides; gives what could not be done, each in a sentence, with the place of the override. A rule that is
  /// not loaded is no fault: it may be one of another run.
  public mutating func apply(_ overrides: [RuleOverride]) -> [(place: Int, message: String)] {
    var faults: [(place: Int, message: String)] = []
    for (number, override) in overrides.enumerated() {
      // A rule with an aggregation is both: what compares is the correlation made of it.
      let isSingle = !correlations.contains { $0.attributes.names.contains(override.rule) }
      for place in rules.indices where rules[place].attributes.names.contains(override.rule) {
        if let level = override.level { rules[place].attributes.level = level }
        for (what, isAsked) in [("count", override.count != nil), ("timespan", override.timespanMilliseconds != nil)]
        where isAsked && isSingle {
          faults.append((number, "rule '\(override.rule)' looks at single events and has no \(what)"))
        }
      }
      for place in correlations.indices where correlations[place].attributes.names.contains(override.rule) {
        if let level = override.level { correlations[place].attributes.level = level }
        if let span = override.timespanMilliseconds { correlations[place].timespanMilliseconds = span }
        if let count = override.count, !correlations[place].setLimit(count) {
          faults.append((number, "rule '\(override.rule)' compares nothing with a number"))
        }
      }
    }
    return faults
  }

  /// Gives rules the numbers that they share.
  public mutating func apply(shared numbers: [String: SharedNumber]) {
    guard !numbers.isEmpty else { return }
    for place in correlations.indices {
      for (target, name) in correlations[place].attributes.sharedNumbers {
        guard let number = numbers[name] else { continue }
        correlations[place].set(target, number)
      }
    }
  }
}

extension Correlation {
  /// False if there is none, or more than one.
  fileprivate mutating func setLimit(_ count: Int) -> Bool {
    switch kind {
    case .rate: history?.floor = count
    case .travel: history?.speed = count
    default:
      guard case .threshold(var bounds, let fields, let percentile) = condition, bounds.count == 1 else { return false }
      bounds[0].number = .int(Int64(count))
      condition = .threshold(bounds, fields: fields, percentile: percentile)
    }
    return true
  }

  fileprivate mutating func set(_ target: String, _ number: SharedNumber) {
    switch (target, number) {
    case ("timespan", .milliseconds(let span)): timespanMilliseconds = span
    case ("learning", .milliseconds(let span)): history?.learning = span
    case ("speed", .plain(let speed)): history?.speed = speed
    default: break
    }
  }
}
