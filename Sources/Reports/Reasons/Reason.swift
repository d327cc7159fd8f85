/// Why an alert was raised, as facts: what is usual, what happened now, and what the rule asks for. A sentence in any
/// language is made of these (`ReasonTeller`), whenever a report is made.
///
///     {"kind":"new_value","field":"src_country","value":"NL","usual":["DE"],"distinct":1,"peers":0,...}
public struct Reason: Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case eventCount = "event_count"
    case alertCount = "alert_count"
    case eventOrAlertCount = "event_or_alert_count"
    case valueCount = "value_count"
    case rulesInOrder = "rules_in_order"
    case valueSum = "value_sum"
    case valueAverage = "value_avg"
    case valueMedian = "value_median"
    case valuePercentile = "value_percentile"
    case matched
    case matchedInOrder = "matched_in_order"
    case absent
    case newValue = "new_value"
    case newKey = "new_key"
    case rare, rate, share, networks, travel, quiet, unanswered, unmatched, overstay
    case notEnded = "not_ended"
    case overlap
    case sameActor = "same_actor"
    case silence, interval, after
    case outsideHours = "outside_hours"
    case unexpected
    /// All its events are usual, whatever the rule says.
    case usualProgram = "usual_program"
    case approvedWindow = "approved_window"
    case furtherFindings = "further_findings"
    /// What the event that raised the alert says and its other events do not; tells no sentence of its own.
    case raisedBy = "raised_by"
  }

  public var kind: Kind
  public var facts: [Fact]
  /// Of an alert that the told one is built on; nil for the group of the told one.
  public var group: [(name: String, value: [UInt8])]?

  init(_ kind: Kind, _ facts: [Fact] = []) {
    self.kind = kind
    self.facts = facts
  }

  func text(_ name: Fact.Name) -> [UInt8]? {
    if case .text(let text)? = facts[name] { return text }
    return nil
  }
}

/// One of the facts that a reason rests on.
public struct Fact: Sendable, Equatable {
  public enum Value: Sendable, Equatable {
    case text([UInt8])
    case texts([[UInt8]])
    case number(Int64)
    case facts([Fact])
  }

  /// What a value is, and so how it is written and told.
  enum Form {
    /// A text of an event, or a word of the rule.
    case text, texts
    /// What rules are called.
    case titles
    case number
    /// A text that is a number, exact.
    case decimal
    case time
    /// Milliseconds: of a rule, and as somebody measured them.
    case span, elapsed
    /// Millionths.
    case share
    case weekday, weekdays
    case condition, deed
    /// Whom or what the reason is about.
    case key
  }

  public let name: Name
  public var value: Value
}

extension [Fact] {
  subscript(_ name: Fact.Name) -> Fact.Value? { first { $0.name == name }?.value }

  func number(_ name: Fact.Name) -> Int64? {
    if case .number(let number)? = self[name] { return number }
    return nil
  }

  func texts(_ name: Fact.Name) -> [[UInt8]] {
    if case .texts(let texts)? = self[name] { return texts }
    return []
  }

  // MARK: Making

  mutating func add(_ name: Fact.Name, _ value: Fact.Value) { append(Fact(name: name, value: value)) }
  mutating func add(_ name: Fact.Name, _ number: Int64) { add(name, .number(number)) }
  mutating func add(_ name: Fact.Name, _ number: Int) { add(name, .number(Int64(number))) }
  mutating func add(_ name: Fact.Name, _ text: String) { add(name, .text([UInt8](text.utf8))) }
  mutating func add(_ name: Fact.Name, _ texts: [String]) { add(name, .texts(texts.map { [UInt8]($0.utf8) })) }
  mutating func add(_ name: Fact.Name, _ text: [UInt8]?) {
    if let text, !text.isEmpty { add(name, .text(text)) }
  }
}
