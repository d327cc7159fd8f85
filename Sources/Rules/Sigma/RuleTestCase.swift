// The tests that are written inside a rule, as far as they can be read without running them. The form is in
// docs/RULES.md. A test that cannot be read must not count as passed, so every oddity is a fault.

/// One test of a rule: an event; or of a correlation: several events and what must come of them.
public struct RuleTestCase: Equatable, Sendable {
  public var isPositive: Bool
  /// Within its list, from 1.
  public var number: Int
  public var line: Int
  /// One for a rule. Mappings, or texts that hold JSON.
  public var events: [YAMLNode]
  /// How many alerts a correlation must raise; nil: at least one.
  public var alerts: Int?
}

/// What `tests` of a document holds.
public struct RuleTestList: Equatable, Sendable {
  public struct Fault: Equatable, Sendable {
    public var line: Int
    public var message: String
  }

  public private(set) var cases: [RuleTestCase] = []
  public private(set) var faults: [Fault] = []

  init(_ tests: YAMLNode, isCorrelation: Bool) {
    guard let pairs = tests.mapping else {
      refuse(tests.line, "'tests' must hold a list 'positive' or 'negative', not \(tests.kindName)")
      return
    }
    for pair in pairs {
      guard pair.key == "positive" || pair.key == "negative" else {
        let hint = Suggestion.hint(for: pair.key, among: ["positive", "negative"])
        refuse(pair.line, "unknown key \(Quoted(pair.key)) in 'tests'\(hint)")
        continue
      }
      guard let list = pair.value.sequence else {
        refuse(pair.line, "'\(pair.key)' must be a list of \(isCorrelation ? "mappings with 'events'" : "events")")
        continue
      }
      for (index, entry) in list.enumerated() {
        read(entry, isPositive: pair.key == "positive", number: index + 1, isCorrelation: isCorrelation)
      }
    }
    if cases.isEmpty, faults.isEmpty { refuse(tests.line, "'tests' holds no test") }
  }

  private mutating func refuse(_ line: Int, _ message: String) { faults.append(Fault(line: line, message: message)) }

  private mutating func read(_ entry: YAMLNode, isPositive: Bool, number: Int, isCorrelation: Bool) {
    var test = RuleTestCase(isPositive: isPositive, number: number, line: entry.line, events: [entry], alerts: nil)
    if isCorrelation {
      guard let pairs = entry.mapping, let events = entry["events"]?.sequence, !events.isEmpty else {
        return refuse(entry.line, "a test of a correlation must be a mapping with a list 'events'")
      }
      test.events = events
      for pair in pairs where pair.key != "events" {
        guard pair.key == "alerts", isPositive, case .number(.int(let count))? = pair.value.scalar?.value, count > 0,
          count <= Int64(Int32.max)
        else {
          return refuse(pair.line, "beside 'events' only 'alerts: N' may stand, and in 'positive' only")
        }
        test.alerts = Int(count)
      }
    }
    for event in test.events where !Self.isEvent(event) {
      return refuse(event.line, "a test must be an event: a mapping or JSON text, not \(event.kindName)")
    }
    cases.append(test)
  }

  private static func isEvent(_ node: YAMLNode) -> Bool {
    if node.mapping != nil { return true }
    if case .string? = node.scalar?.value { return true }
    return false
  }
}

extension RuleAttributes {
  /// Nil if the document has no `tests`.
  public func tests(isCorrelation: Bool) -> RuleTestList? {
    custom("tests").map { RuleTestList($0, isCorrelation: isCorrelation) }
  }

  func warnOfTests(isCorrelation: Bool, _ findings: inout Findings) {
    for fault in tests(isCorrelation: isCorrelation)?.faults ?? [] {
      findings.add(.warning, .badTests, fault.message, line: fault.line)
    }
  }
}
