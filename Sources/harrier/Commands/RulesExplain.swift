import Matching
import Reports
import Rules

/// `harrier rules explain ID`: what a rule, a correlation or a filter does, or why it was rejected.
struct RulesExplain {
  private let console: Console
  private let rules: LoadedRules
  private let wanted: String
  private let alert: AlertExplanation?

  init(_ invocation: Invocation, _ console: Console, operands: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    if let id = invocation.value("alert") {
      alert = try AlertExplanation(invocation, console, id: id, paths: operands)
      wanted = ""
      rules = try LoadedRules(invocation)
      return
    }
    alert = nil
    guard let first = operands.first else {
      throw UsageError("explain needs the id, name or title of a rule", remedy: "harrier rules explain ID --rules DIR")
    }
    wanted = String(decoding: first, as: UTF8.self)
    rules = try LoadedRules(invocation, also: operands.dropFirst().map { String(decoding: $0, as: UTF8.self) })
  }

  func run() throws(UsageError) -> ExitCode {
    guard let alert else { return try explain(wanted) }
    let (code, rule) = try alert.run()
    if let rule { _ = try explain(rule) }
    return code
  }

  private func explain(_ wanted: String) throws(UsageError) -> ExitCode {
    func isWanted(_ attributes: RuleAttributes) -> Bool {
      attributes.id == wanted.lowercased() || attributes.name == wanted || attributes.title == wanted
    }
    func isWanted(_ document: RejectedDocument) -> Bool {
      document.id?.lowercased() == wanted.lowercased() || document.name == wanted || document.title == wanted
    }
    let set = rules.set
    let program = MatchProgram(rules: set.rules)
    var texts: [String] = []
    for (position, rule) in set.rules.enumerated() where isWanted(rule.attributes) {
      texts.append(RuleExplanation(rule, program.entries.first { $0.position == position }).text)
    }
    for correlation in set.correlations where isWanted(correlation.attributes) {
      texts.append(CorrelationExplanation(correlation, set).text)
    }
    for filter in set.filters where isWanted(filter.attributes) {
      texts.append(RulesExplain.text(filter, appliedTo: set.rules))
    }
    let rejected = set.rejected.filter(isWanted).map(text)
    guard !texts.isEmpty || !rejected.isEmpty else {
      throw UsageError("no rule has the id, name or title \(wanted)", remedy: "harrier rules list shows all")
    }
    let lines = (texts + rejected).joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    console.results.write(Array(lines.map { Escape.terminal(String($0)) }.joined(separator: "\n").utf8))
    return set.rejected.contains { isWanted($0) && !$0.waits } ? .incomplete : .done
  }

  private func text(_ document: RejectedDocument) -> String {
    let place = document.place
    let errors = (rules.set.diagnostics.filter { $0.severity == .error } + rules.idle).filter {
      $0.file == place.file && $0.rule.lowercased() == document.label.lowercased()
    }
    let title = document.waits ? "Not run: the configuration lacks a list" : "Rejected"
    return "\(document.title ?? document.label)\n  file: \(place.file):\(place.line)\n\n\(title)\n"
      + errors.map { "  \($0)\n" }.joined()
  }

  // MARK: Filters

  private static func text(_ filter: RuleFilter, appliedTo rules: [Rule]) -> String {
    let reached = rules.filter { $0.filters.contains(filter.attributes.label) }.map(\.title)
    let scope =
      switch filter.scope {
      case .any: "every rule of its log source"
      case .rules(let names): "the rules \(names.joined(separator: ", "))"
      }
    var text = RuleHead(filter.attributes).text
    text += "\nA filter for \(scope) (log source \(filter.logsource.words))\n"
    text += reached.isEmpty ? "  it reaches no loaded rule\n" : reached.map { "  \($0)\n" }.joined()
    text += "\nThey match only if also\n" + RuleWords.lines(of: filter.predicate).map { "  \($0)\n" }.joined()
    text += "\nAs a tree\n" + RuleWords.tree(of: filter.predicate).map { "  \($0)\n" }.joined()
    return text
  }
}

extension LogSource {
  /// `aws/cloudtrail`.
  var words: String { [product, service, category].compactMap { $0 }.joined(separator: "/") }
}

/// What explanations begin with: title, id, place and the like.
struct RuleHead {
  let text: String

  init(_ attributes: RuleAttributes) {
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
    self.text = text
  }
}
