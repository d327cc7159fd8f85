import Matching
import Reports
import Rules

/// `harrier rules explain ID`: what a rule does, in words, as a tree and as a filter, and what it needs and costs.
struct RulesExplain {
  private let console: Console
  private let rules: LoadedRules
  private let wanted: String

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    guard let first = operands.first else {
      throw UsageError("explain needs the id, name or title of a rule", remedy: "harrier rules explain ID --rules DIR")
    }
    wanted = String(decoding: first, as: UTF8.self)
    self.console = console
    rules = try LoadedRules(invocation, also: operands.dropFirst().map { String(decoding: $0, as: UTF8.self) })
  }

  func run() throws(UsageError) -> ExitCode {
    let found = rules.set.rules.indices.filter { names(rules.set.rules[$0].attributes, wanted) }
    let correlations = rules.set.correlations.filter { names($0.attributes, wanted) }
    guard !found.isEmpty || !correlations.isEmpty else {
      throw UsageError("no rule has the id, name or title \(wanted)", remedy: "harrier rules list shows all")
    }
    let program = MatchProgram(rules: rules.set.rules)
    var text = ""
    for position in found {
      text += explain(rules.set.rules[position], program.entries.first { $0.position == position })
    }
    for correlation in correlations { text += explain(correlation) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Escape.terminal(String($0)) }
    console.results.write(Array(lines.joined(separator: "\n").utf8))
    return .done
  }

  private func names(_ attributes: RuleAttributes, _ wanted: String) -> Bool {
    attributes.id == wanted.lowercased() || attributes.name == wanted || attributes.title == wanted
  }

  private func head(_ attributes: RuleAttributes) -> String {
    var text = "\(attributes.title)\n"
    func line(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      text += "  \(name): \(value)\n"
    }
    line("id", attributes.id)
    line("name", attributes.name)
    line("file", "\(attributes.place.file):\(attributes.place.line)")
    line("level", attributes.level?.name)
    line("status", attributes.status?.rawValue)
    line("tags", attributes.tags.map(\.description).joined(separator: ", "))
    if let summary = attributes.summary {
      text += "\n" + summary.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n") + "\n"
    }
    return text
  }

  private func explain(_ rule: Rule, _ entry: MatchProgram.Entry?) -> String {
    var text = head(rule.attributes)
    let source = [rule.logsource.product, rule.logsource.service, rule.logsource.category].compactMap { $0 }
    let providers = entry?.providers.map(\.name) ?? []
    let runsOn = providers.isEmpty ? "no log that is read" : "events of " + providers.joined(separator: ", ")
    text += "\nRuns on\n  \(runsOn) (log source \(source.joined(separator: "/")))\n"
    text += "\nAn event matches if\n" + RuleWords.lines(of: rule.predicate).map { "  \($0)\n" }.joined()
    text += "\nAs a tree\n" + RuleWords.tree(of: rule.predicate).map { "  \($0)\n" }.joined()
    text += "\nFields\n" + rule.fields.map { "  \($0)\n" }.joined()
    if rule.predicate.hasKeyword { text += "  (every value of the record)\n" }
    text += "\nCost\n  \(entry.map { RuleCost($0).text } ?? "none, the rule cannot be run")\n"
    text += "\nAs a filter\n  \(Filter.text(of: rule.predicate))\n\n"
    return text
  }

  private func explain(_ correlation: Correlation) -> String {
    var text = head(correlation.attributes)
    text +=
      "\nA correlation (\(correlation.kind.rawValue)) within \(Amount.duration(correlation.timespanMilliseconds / 1000))"
    text += " of\n" + correlation.members.map { "  \($0.reference)\n" }.joined()
    if !correlation.groupBy.isEmpty { text += "for each \(correlation.groupBy.joined(separator: ", "))\n" }
    return text + "\n"
  }
}
