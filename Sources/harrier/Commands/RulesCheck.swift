import Matching
import Reports
import Rules

/// `harrier rules check DIR...`: what is wrong with rules, or unusual, and on request what they cost.
struct RulesCheck {
  private enum FailLevel: String, CaseIterable {
    case note, warning, error

    var severity: RuleDiagnostic.Severity {
      switch self {
      case .note: .note
      case .warning: .warning
      case .error: .error
      }
    }
  }

  private let console: Console
  private let rules: LoadedRules
  private let failLevel: FailLevel
  private let showsCost: Bool

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    rules = try LoadedRules(invocation, also: operands.map { String(decoding: $0, as: UTF8.self) })
    failLevel = try invocation.choice("fail-level", FailLevel.self) ?? .error
    showsCost = invocation.has("cost")
  }

  func run() -> ExitCode {
    let set = rules.set
    let program = MatchProgram(rules: set.rules)
    var lines = set.diagnostics.map(\.description) + program.rejections.map(\.description)
    if showsCost { lines += costs(program) }
    let text = lines.map { Escape.terminal($0) + "\n" }.joined()
    console.results.write(Array(text.utf8))
    console.note(summary(program))
    let worst = set.diagnostics.map(\.severity).max()
    let isFailed = worst.map { $0 >= failLevel.severity } ?? false
    if set.rules.isEmpty && set.correlations.isEmpty && set.filters.isEmpty && set.diagnostics.isEmpty {
      console.fail("no rule in \(rules.paths.joined(separator: ", "))")
      return .usage
    }
    return isFailed || !program.rejections.isEmpty ? .nothing : .done
  }

  private func summary(_ program: MatchProgram) -> String {
    let set = rules.set
    let counts = RuleDiagnostic.Severity.allCases.reversed().map { severity in
      "\(set.diagnostics.count { $0.severity == severity }) \(severity.name)s"
    }
    let always = program.entries.count { $0.callsPerMille == nil && !$0.providers.isEmpty }
    let idle = program.entries.count { $0.providers.isEmpty }
    var text = "\(set.rules.count) rules, \(set.correlations.count) correlations, \(set.filters.count) filters: "
    text += counts.joined(separator: ", ")
    if !program.rejections.isEmpty { text += ", \(program.rejections.count) regular expressions refused" }
    if always > 0 { text += "; \(always) rules are tried on every event of their source" }
    if idle > 0 { text += "; \(idle) rules are about logs that are not read" }
    return text
  }

  private func costs(_ program: MatchProgram) -> [String] {
    program.entries.sorted { $0.position < $1.position }.map { entry in
      let place = rules.set.rules[entry.position].attributes.place
      return "\(place.file):\(place.line): cost: \(RuleCost(entry).text) [\(rules.set.rules[entry.position].title)]"
    }
  }
}

/// What a rule costs, in words.
struct RuleCost {
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
    let kind = calls <= 10 ? "low" : calls <= 200 ? "medium" : "high"
    text =
      "\(kind), filed under \(entry.keyFields.joined(separator: ", ")), called up by about \(Int(calls.rounded(.up))) of 1000 events"
  }
}
