// Agreement with the reference parser's recorded answers, case by case.

import TestSupport
import Testing

@testable import Rules

struct ReferenceTests {
  /// Where we differ on purpose; the reasons are in docs/RULES.md.
  static let deviations: [String: String] = [
    "sel: null": "nothing can be looked for; the reference fails later, when it converts",
    "sel:⏎  f: 1⏎  f: 2": "a key given twice is an error, not the last one",
    "sel:⏎  f|utf16le|base64: a": "the specification has utf16le",
    "a AND b": "operators in any case are taken, with a warning",
    "a Or b": "operators in any case are taken, with a warning",
    "1 of selection-*": "a pattern may contain a dash, as names do",
    "sel:⏎  f|re|expand: 'a%x%'": "the record shows the placeholder, our tree its value",
    "1": "a selection may be named by a number",
  ]

  struct Case {
    var title: String
    var text: String
    var expected: String
  }

  static func cases() -> [Case] {
    Shared.lines("data/sigma/reference/parse-trees.txt").compactMap { line in
      guard let arrow = line.range(of: "   =>   ") else { return nil }
      let left = String(line[..<arrow.lowerBound])
      let expected = String(line[arrow.upperBound...])
      guard left.hasPrefix("['"), let close = left.range(of: "'] ") else {
        let selection = left.replacing("⏎", with: "\n")
        return Case(title: left, text: ruleText(selection + "\ncondition: sel"), expected: expected)
      }
      let selections = left[left.index(left.startIndex, offsetBy: 2)..<close.lowerBound]
      let condition = String(left[close.upperBound...])
      let body = selections.split(separator: " ; ").joined(separator: "\n") + "\ncondition: " + condition
      return Case(title: condition, text: ruleText(body), expected: expected)
    }
  }

  static func ours(_ text: String) -> Result<ReferenceTree, RuleDiagnostic> {
    let set = load(text, placeholders: ["x": ["x"], "y": ["y"]])
    if let error = set.diagnostics.first(where: { $0.severity == .error }) { return .failure(error) }
    return .success(ReferenceTree(set.rules[0].predicate))
  }

  @Test(.enabled(if: Shared.isPresent)) func parseTreesAgree() {
    let cases = Self.cases()
    #expect(cases.count > 150)
    var seen: Set<String> = []
    for one in cases {
      var agrees: Bool
      switch Self.ours(one.text) {
      case .failure(let error):
        agrees = one.expected.hasPrefix("ERR")
        if !agrees, Self.deviations[one.title] == nil { Issue.record("\(one.title): \(error)") }
      case .success(let tree):
        agrees = !one.expected.hasPrefix("ERR") && tree == ReferenceTree(recorded: one.expected)
        if !agrees, Self.deviations[one.title] == nil {
          Issue.record("\(one.title): \(tree), expected \(one.expected)")
        }
      }
      if !agrees { seen.insert(one.title) }
    }
    #expect(seen == Set(Self.deviations.keys), "a listed deviation has gone, or a new one has come")
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
