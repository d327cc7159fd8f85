// Agreement with the reference's recorded answers about filters, collections and attributes: every line of the record.

import TestSupport
import Testing

@testable import Rules

struct ReferenceDocumentTests {
  /// Where we differ on purpose; the reasons are in docs/RULES.md.
  static let deviations: Set<String> = [
    // A filter that names no loaded rule is an error, not a filter that does nothing.
    "[R] not sel", "[nosuch] not sel",
    // A key given twice is an error, not the last one.
    "dup keys",
  ]

  struct Case {
    /// What the line begins with.
    var line: String
    var text: String
    /// Of the rules that load.
    var predicates: [String]
    var isRefused = false
  }

  static func rule(_ head: String, source: String = "logsource: {product: x}\n") -> String {
    "\(head)\(source)detection:\n  s: {a: 1}\n  condition: s\n"
  }

  static let collection = """
    action: global
    title: x
    logsource: {product: x}
    detection: {s: {a: 1}, condition: s}
    ---
    detection: {s: {b: 2}}
    ---
    detection: {s: {b: 3}}
    ---
    action: repeat
    detection: {s: {d: 4}}
    ---
    action: reset
    ---
    title: y
    logsource: {product: x}
    detection: {s: {b: 9}, condition: s}
    """

  static let both = "and(a='x', not(u='adm'))"

  static let cases: [Case] = [
    Case(
      line: "[11111111-1111-4111-8111-111111111111] sel",
      text: DocumentTests.filter(rules: "[11111111-1111-4111-8111-111111111111]", condition: "sel"),
      predicates: ["and(a='x', u='adm')"]),
    Case(line: "[r] not sel", text: DocumentTests.filter(rules: "[r]"), predicates: [both]),
    Case(line: "any not sel", text: DocumentTests.filter(rules: "any"), predicates: [both]),
    Case(line: "[] not sel", text: DocumentTests.filter(rules: "[]"), predicates: [both]),
    Case(line: "[R] not sel", text: DocumentTests.filter(rules: "[R]"), predicates: ["a='x'"], isRefused: true),
    Case(
      line: "[nosuch] not sel", text: DocumentTests.filter(rules: "[nosuch]"), predicates: ["a='x'"], isRefused: true),
    Case(
      line: "logsource narrower filter",
      text: DocumentTests.filter(rules: "any", logsource: "{product: p, service: s, category: c}"),
      predicates: ["a='x'"]),
    Case(line: "no rules key", text: DocumentTests.filter(rules: ""), predicates: ["a='x'"], isRefused: true),
    Case(
      line: "collection", text: collection, predicates: ["and(b=2, a=1)", "and(b=3, a=1)", "and(b=3, d=4, a=1)", "b=9"]),
    Case(line: "unknown action", text: "action: foo\n" + rule("title: x\n"), predicates: [], isRefused: true),
    Case(
      line: "dup keys", text: rule("title: x\n").replacing("{a: 1}", with: "{a: 1, a: 2}"), predicates: [],
      isRefused: true),
    Case(line: "trailing ---", text: DocumentTests.ruleOfFilters, predicates: ["a='x'"]),
    Case(
      line: #"'title: x\nlogsource: {}\n"#, text: rule("title: x\n", source: "logsource: {}\n"), predicates: [],
      isRefused: true),
    Case(line: #"'title: x\ndetection:"#, text: rule("title: x\n", source: ""), predicates: [], isRefused: true),
    Case(line: #"'title: x\nid: nope\n"#, text: rule("title: x\nid: nope\n"), predicates: [], isRefused: true),
    Case(line: #"'title: x\nlevel: HIGH\n"#, text: rule("title: x\nlevel: HIGH\n"), predicates: ["a=1"]),
    Case(line: #"'title: x\ndate: 2024/1/2\n"#, text: rule("title: x\ndate: 2024/1/2\n"), predicates: ["a=1"]),
    Case(line: #"'title: x\ntags: [foo]\n"#, text: rule("title: x\ntags: [foo]\n"), predicates: [], isRefused: true),
    Case(
      line: #"'title: x\nfalsepositives: none\n"#, text: rule("title: x\nfalsepositives: none\n"), predicates: [],
      isRefused: true),
    Case(line: #"'logsource: {product: x}\n"#, text: rule(""), predicates: [], isRefused: true),
    Case(line: #"'title: x\nfoo: bar\n"#, text: rule("title: x\nfoo: bar\n"), predicates: ["a=1"]),
  ]

  @Test func everyDocumentIsReadAsExpected() {
    for one in Self.cases {
      let set = load(one.text)
      #expect(set.rules.map(\.predicate.description) == one.predicates, "\(one.line)")
      #expect(set.hasErrors == one.isRefused, "\(one.line): \(set.errors)")
    }
  }

  @Test(.enabled(if: Shared.isPresent)) func theRecordAgreesButForTheListedDeviations() {
    let lines = Shared.lines("data/sigma/reference/filters-and-documents.txt")
    #expect(lines.count == Self.cases.count)
    for line in lines {
      let found = Self.cases.filter { line.hasPrefix($0.line) }
      guard let one = found.max(by: { $0.line.count < $1.line.count }) else {
        Issue.record("no case for \(line)")
        continue
      }
      let agrees = line.contains("Error: ") == one.isRefused
      #expect(agrees != Self.deviations.contains(one.line), "\(line)")
      // The record leaves out some names of fields, so the number of tests has to do.
      guard agrees, !one.isRefused, let list = line.split(separator: "[").last else { continue }
      let recorded = list.split(separator: ", '").map { text in text.count { $0 == "=" } }
      let ours = one.predicates.map { text in text.count { $0 == "=" } }
      #expect(recorded == ours, "\(line)")
    }
  }
}
