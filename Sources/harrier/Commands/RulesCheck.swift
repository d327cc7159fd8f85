import Correlation
import Matching
import Reports
import Rules

/// `harrier rules check DIR...`: what is wrong with rules, or unusual, and on request what they cost.
struct RulesCheck {
  private static let names = ["file", "line", "severity", "code", "rule", "message"]

  private let console: Console
  private let rules: LoadedRules
  private let failLevel: FailLevel
  private let showsCost: Bool
  private let sample: RulesSample?
  /// Nil: a line of text for each finding.
  private let format: Format?

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    rules = try LoadedRules(
      invocation, also: Invocation.texts(operands), onlyNamed: true)
    failLevel = try invocation.choice("fail-level", FailLevel.self) ?? .error
    showsCost = invocation.has("cost")
    sample = try RulesSample(invocation, console)
    format = try invocation.choice("format", Format.self)
  }

  func run() throws(UsageError) -> ExitCode {
    let set = rules.set
    let program = MatchProgram(rules: set.rules)
    // What a sweep would refuse is an error here as well.
    var findings = set.diagnostics + rules.idle + program.rejections.map(\.diagnostic) + DetectionPlan(set).rejections
    var code = ExitCode.done
    if let sample {
      guard let (found, sampleCode) = try sample.findings(set.rules) else { return .failed }
      findings += found
      code = sampleCode
    }
    show(findings, costs: showsCost ? costs(program) : [])
    console.note(summary(program, findings))
    if set.rules.isEmpty && set.correlations.isEmpty && set.filters.isEmpty && findings.isEmpty {
      console.fail("no rule in \(rules.paths.joined(separator: ", "))")
      return .usage
    }
    guard code == .done else { return code }
    let worst = findings.map(\.severity).max()
    return worst.map { $0 >= failLevel.ofRules } ?? false ? .nothing : .done
  }

  // MARK: Findings

  private struct Cost {
    let attributes: RuleAttributes
    let text: String
  }

  private func costs(_ program: MatchProgram) -> [Cost] {
    program.entries.sorted { $0.position < $1.position }.map { entry in
      Cost(attributes: rules.set.rules[entry.position].attributes, text: RuleCost(entry).text)
    }
  }

  private func show(_ findings: [RuleDiagnostic], costs: [Cost]) {
    guard let format else {
      let lines =
        findings.map(\.description)
        + costs.map {
          "\($0.attributes.place.file):\($0.attributes.place.line): cost: \($0.text) [\($0.attributes.title)]"
        }
      return console.results.write(Array(lines.map { Escape.terminal($0) + "\n" }.joined().utf8))
    }
    let rows =
      findings.map { RulesCheck.row($0.file, $0.line, $0.severity.name, $0.code.rawValue, $0.rule, $0.message) }
      + costs.map {
        RulesCheck.row($0.attributes.place.file, $0.attributes.place.line, "note", "cost", $0.attributes.label, $0.text)
      }
    var out: [UInt8] = []
    RowWriter.writeAll(
      rows, names: RulesCheck.names, format: format, rightAligned: RulesCheck.names.map { $0 == "line" },
      terminalWidth: Console.width, to: &out)
    console.results.write(out)
  }

  private static func row(
    _ file: String, _ line: Int, _ severity: String, _ code: String, _ rule: String, _ message: String
  ) -> [Cell] {
    [
      .string(file), line > 0 ? .count(UInt64(line)) : .missing, .string(severity), .string(code),
      rule.isEmpty ? .missing : .string(rule), .string(message),
    ]
  }

  private func summary(_ program: MatchProgram, _ findings: [RuleDiagnostic]) -> String {
    let set = rules.set
    let counts = RuleDiagnostic.Severity.allCases.reversed().map { severity in
      Amount.of(findings.count { $0.severity == severity }, severity.name)
    }
    let always = program.entries.count { $0.callsPerMille == nil && !$0.providers.isEmpty }
    var text = "\(Amount.of(set.rules.count, "rule")), \(Amount.of(set.correlations.count, "correlation")), "
    text += "\(Amount.of(set.filters.count, "filter")): \(counts.joined(separator: ", "))"
    if always > 0 {
      text +=
        "; \(Amount.of(always, "rule")) \(always == 1 ? "is" : "are") tried on every event of \(always == 1 ? "its" : "their") source"
    }
    if let idle = IdleRules(program, set.rules).sentence { text += "; \(idle)" }
    return text
  }
}

/// What a rule costs, in words.
struct RuleCost {
  // The guesses are added up over alternatives: beyond this they say no more than "often".
  private static let almostAll = 500.0

  let text: String

  init(_ entry: MatchProgram.Entry) {
    guard !entry.providers.isEmpty else {
      text = "none, it is about a log that is not read"
      return
    }
    guard let calls = entry.callsPerMille else {
      text = "every event, no value that it needs is known"
      return
    }
    let fields = entry.keyFields.joined(separator: ", ")
    guard calls < RuleCost.almostAll else {
      text = "high, filed under \(fields), but nearly every event may call it up"
      return
    }
    let kind = calls <= 10 ? "low" : calls <= 200 ? "medium" : "high"
    let guess = "\(Int(calls.rounded(.up))) of 1000 events"
    text = "\(kind), filed under \(fields), called up by perhaps \(guess) (guessed from names and tests, not measured)"
  }
}
