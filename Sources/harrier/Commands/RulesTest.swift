import Configuration
import Correlation
import Matching
import Pack
import Pipeline
import Reports
import Rules

/// `harrier rules test DIR...`: runs the tests written inside rules.
struct RulesTest {
  private static let names = ["file", "line", "rule", "title", "kind", "number", "result", "message"]

  private let console: Console
  private let rules: LoadedRules
  private let hasNoConfiguration: Bool
  /// Nil: a line for each test that did not pass.
  private let format: Format?

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    rules = try LoadedRules(
      invocation, also: Invocation.texts(operands), onlyNamed: true, samples: true)
    hasNoConfiguration = !invocation.has("config")
    format = try invocation.choice("format", Format.self)
  }

  /// What became of the tests of one rule or correlation.
  private struct Tested {
    let attributes: RuleAttributes
    let outcomes: [RuleTests.Outcome]
  }

  func run() throws(UsageError) -> ExitCode {
    let set = rules.set
    let errors = set.diagnostics.filter { $0.severity == .error }
    for error in errors { console.warn(error.description) }
    guard !set.rules.isEmpty || !set.correlations.isEmpty else {
      throw UsageError("no usable rule in \(rules.paths.joined(separator: ", "))")
    }
    // A translated pipe aggregation is listed once, as the rule that was written.
    let written = set.rules.filter(\.isAggregated).map(\.attributes.place)
    // Tests of built-in correlations speak of a company of their own, and say nothing about another one.
    let correlations = set.correlations.filter {
      !written.contains($0.attributes.place) && (hasNoConfiguration || !Pack.holds($0.attributes.place))
    }
    let trial = SequenceTrial(set, estate: Estate(try company()))
    let tested =
      (set.rules.map { rule in
        Tested(attributes: rule.attributes, outcomes: RuleTests.run(rule) { trial.outcome($0, rule.attributes.place) })
      }
      + correlations.map { correlation in
        let place = correlation.attributes.place
        return Tested(
          attributes: correlation.attributes, outcomes: RuleTests.run(correlation) { trial.outcome($0, place) })
      })
      .filter { !$0.outcomes.isEmpty }
    show(tested)
    return conclude(tested, ruleCount: set.rules.count + correlations.count, hasErrors: !errors.isEmpty)
  }

  /// The configuration that tests speak of: the user's, else the one that the built-in rules bring along.
  private func company() throws(UsageError) -> Configuration {
    guard hasNoConfiguration else { return rules.configuration }
    let reading = Configuration.read(
      Array(Pack.sampleConfiguration.utf8), file: Pack.prefix + "sample",
      beside: [Pack.sampleTicketsPath: Array(Pack.sampleTickets.utf8)])
    guard let sample = reading.configuration else {
      throw UsageError(reading.errors.first?.description ?? "the sample configuration cannot be read")
    }
    return sample
  }

  private func conclude(_ tested: [Tested], ruleCount: Int, hasErrors: Bool) -> ExitCode {
    let results = tested.flatMap(\.outcomes).map { RulesTest.word($0.result) }
    let failed = results.count { $0 == "failed" }
    var text = "\(tested.count) of \(Amount.of(ruleCount, "rule")) \(ruleCount == 1 ? "has" : "have") tests: "
    text += "\(results.count { $0 == "passed" }) passed, \(failed) failed"
    let waiting = results.count { $0 == "waiting" }
    if waiting > 0 { text += ", \(waiting) waiting for the configuration" }
    console.note(text)
    if let sentence = rules.idleSentence { console.note(sentence) }
    if hasErrors { return .incomplete }
    return failed > 0 ? .nothing : .done
  }

  private func show(_ tested: [Tested]) {
    if let format {
      var out: [UInt8] = []
      RowWriter.writeAll(
        tested.flatMap { one in one.outcomes.map { RulesTest.row(one.attributes, $0) } }, names: RulesTest.names,
        format: format, rightAligned: RulesTest.names.map { $0 == "line" || $0 == "number" },
        terminalWidth: Console.width, to: &out)
      return console.results.write(out)
    }
    for one in tested {
      for outcome in one.outcomes where outcome.result != .passed { tell(one.attributes, outcome) }
    }
  }

  private func tell(_ attributes: RuleAttributes, _ outcome: RuleTests.Outcome) {
    let what = outcome.number == 0 ? "" : "\(RulesTest.kind(outcome)) test \(outcome.number) "
    let place = "\(attributes.place.file):\(outcome.line)"
    let line =
      switch outcome.result {
      case .passed: ""
      case .failed(let why): "\(place): error: \(what)\(why) [\(attributes.title)]"
      case .waiting(let why): "\(place): note: \(what)waits: \(why) [\(attributes.title)]"
      }
    console.results.write(Array((Escape.terminal(line) + "\n").utf8))
  }

  private static func row(_ attributes: RuleAttributes, _ outcome: RuleTests.Outcome) -> [Cell] {
    let isOfOne = outcome.number > 0
    return [
      .string(attributes.place.file), .count(UInt64(outcome.line)), .string(attributes.label),
      .string(attributes.title), isOfOne ? .string(kind(outcome)) : .missing,
      isOfOne ? .count(UInt64(outcome.number)) : .missing, .string(word(outcome.result)), message(outcome.result),
    ]
  }

  private static func kind(_ outcome: RuleTests.Outcome) -> String { outcome.isPositive ? "positive" : "negative" }

  private static func word(_ result: RuleTests.Outcome.Result) -> String {
    switch result {
    case .passed: "passed"
    case .failed: "failed"
    case .waiting: "waiting"
    }
  }

  private static func message(_ result: RuleTests.Outcome.Result) -> Cell {
    switch result {
    case .passed: .missing
    case .failed(let why), .waiting(let why): .string(why)
    }
  }
}
