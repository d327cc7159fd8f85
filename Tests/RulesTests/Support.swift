// What the tests of this target share: where test data lies, and short ways to load a rule.

import Foundation

@testable import Rules

/// A rule around a detection; the text is indented as the body of `detection:`.
func ruleText(_ detection: String, head: String = "") -> String {
  let body = detection.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
  return "title: T\n\(head)logsource: {product: aws}\ndetection:\n" + body.joined(separator: "\n") + "\n"
}

func load(_ text: String, placeholders: [String: [String]] = [:]) -> RuleSet {
  RuleSet.parse(Array(text.utf8), file: "t.yml", options: RuleOptions(placeholders: Placeholders(placeholders)))
}

/// The predicate of a rule with one selection named `sel`, or the first error.
func outcome(selection: String, placeholders: [String: [String]] = [:]) -> String {
  let set = load(ruleText(selection + "\ncondition: sel"), placeholders: placeholders)
  if let error = set.diagnostics.first(where: { $0.severity == .error }) { return "ERROR \(error.message)" }
  return set.rules[0].predicate.description
}

extension RuleSet {
  func codes(_ severity: RuleDiagnostic.Severity) -> [RuleDiagnostic.Code] {
    diagnostics.filter { $0.severity == severity }.map(\.code)
  }

  var errors: [String] { diagnostics.filter { $0.severity == .error }.map(\.message) }
}
