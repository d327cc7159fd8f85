import Events
import Rules

/// Runs the tests that are written inside a rule, with the matcher that runs the rule itself:
///
///     tests:
///       positive:                       # events that must match
///         - eventName: DeleteTrail      # as in the log, ...
///         - '{"eventName": "x"}'        # ... also as JSON text
///       negative:                       # events that must not
///         - {action: ListTrails}        # or normalised: columns only, for rules with `product: cloud`
///
/// A test of a rule for one product says what it is about by its keys, so the event needs none of the marks by which a
/// provider is recognised. For `product: cloud` it does, unless it is normalised: columns are made by the provider.
public enum RuleTests {
  public struct Outcome: Sendable {
    public enum Result: Equatable, Sendable {
      case passed
      case failed(String)
      /// It speaks of something that is not configured.
      case waiting(String)
    }

    public let isPositive: Bool
    /// Within its list, from 1; 0 if the fault is not of one test.
    public let number: Int
    public let line: Int
    public let result: Result

    public var failure: String? {
      if case .failed(let why) = result { return why }
      return nil
    }
  }

  /// The outcomes of a rule's tests, in written order. Empty if it has none.
  ///
  /// - Parameter sequence: what runs the tests of a rule that counts events: that takes more than a matcher.
  public static func run(
    _ rule: Rule, sequence: (RuleTestCase) -> Outcome.Result = { _ in .failed("the rule counts events") }
  ) -> [Outcome] {
    guard let tests = rule.attributes.tests(isCorrelation: rule.isAggregated) else { return [] }
    return outcomes(tests) { test in
      if rule.isAggregated { return sequence(test) }
      guard let event = test.events.first else { return .failed("the test has no event") }
      return RuleTrial.outcome(rule, event, isPositive: test.isPositive)
    }
  }

  /// The same for a correlation. A translated pipe aggregation has the tests of its rule, which tells of them.
  public static func run(_ correlation: Correlation, sequence: (RuleTestCase) -> Outcome.Result) -> [Outcome] {
    guard let tests = correlation.attributes.tests(isCorrelation: true) else { return [] }
    return outcomes(tests, sequence)
  }

  private static func outcomes(_ tests: RuleTestList, _ run: (RuleTestCase) -> Outcome.Result) -> [Outcome] {
    let faults = tests.faults.map {
      Outcome(isPositive: true, number: 0, line: $0.line, result: .failed($0.message))
    }
    let outcomes = tests.cases.map {
      Outcome(isPositive: $0.isPositive, number: $0.number, line: $0.line, result: run($0))
    }
    return (faults + outcomes).sorted { $0.line < $1.line }
  }
}
