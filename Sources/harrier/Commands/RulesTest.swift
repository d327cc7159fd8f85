import Matching
import Reports
import Rules

/// `harrier rules test DIR...`: runs the tests written inside rules.
struct RulesTest {
  private let console: Console
  private let rules: LoadedRules

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    rules = try LoadedRules(invocation, also: operands.map { String(decoding: $0, as: UTF8.self) })
  }

  func run() throws(UsageError) -> ExitCode {
    let errors = rules.set.diagnostics.filter { $0.severity == .error }
    for error in errors { console.warn(error.description) }
    guard !rules.set.rules.isEmpty else {
      throw UsageError("no usable rule in \(rules.paths.joined(separator: ", "))")
    }
    var tested = 0
    var passed = 0
    var failed = 0
    for rule in rules.set.rules {
      let outcomes = RuleTests.run(rule)
      if !outcomes.isEmpty { tested += 1 }
      for outcome in outcomes {
        guard let failure = outcome.failure else {
          passed += 1
          continue
        }
        failed += 1
        tell(rule, outcome, failure)
      }
    }
    console.note("\(tested) of \(rules.set.rules.count) rules have tests: \(passed) passed, \(failed) failed")
    if !errors.isEmpty { return .incomplete }
    return failed > 0 ? .nothing : .done
  }

  private func tell(_ rule: Rule, _ outcome: RuleTests.Outcome, _ failure: String) {
    let what = outcome.number == 0 ? "" : "\(outcome.isPositive ? "positive" : "negative") test \(outcome.number) "
    let line = "\(rule.attributes.place.file):\(outcome.line): error: \(what)\(failure) [\(rule.title)]"
    console.results.write(Array((Escape.terminal(line) + "\n").utf8))
  }
}
