// Attributes, collections, and filters, with the reference's recorded answers where there are some.

import TestSupport
import Testing

@testable import Rules

struct DocumentTests {
  static let base = "title: T\nlogsource: {product: aws}\ndetection:\n  s: {a: 1}\n  condition: s\n"

  @Test func everyAttributeIsRead() throws {
    let head = """
      id: 11111111-1111-4111-8111-11111111111A
      name: n
      status: Test
      level: HIGH
      description: what it finds
      author: A
      date: 2024/1/2
      modified: 2024-02-29
      license: MIT
      references: [https://example.org]
      falsepositives: [none, 5]
      fields: [a]
      scope: [server]
      tags: [attack.privilege_escalation, Attack.T1078.004]
      related: [{id: 22222222-2222-4222-8222-222222222222, type: obsoletes}]
      runbook: [{event: {a: 1}, match: true}]

      """
    let set = load(head + Self.base)
    #expect(set.diagnostics.isEmpty)
    let rule = try #require(set.rules.first)
    #expect(rule.id == "11111111-1111-4111-8111-11111111111a")
    #expect(rule.name == "n" && rule.title == "T" && rule.author == "A" && rule.license == "MIT")
    #expect(rule.status == .test && rule.level == .high)
    #expect(rule.date == "2024-01-02" && rule.modified == "2024-02-29")
    #expect(rule.summary == "what it finds" && rule.falsePositives == ["none", "5"])
    #expect(rule.tags.map(\.description) == ["attack.privilege-escalation", "attack.t1078.004"])
    #expect(rule.related == [RelatedRule(id: "22222222-2222-4222-8222-222222222222", relation: .obsolete)])
    #expect(rule.attributes.custom("runbook")?.sequence?.first?["match"]?.scalar?.value == .bool(true))
    #expect(rule.place == RulePlace(file: "t.yml", line: 1))
    #expect(rule.fields == ["a"] && rule.shownFields == ["a"] && rule.scope == ["server"])
    #expect(rule.conditions.map(\.text) == ["s"])
    #expect(Level.high > .medium)
  }

  static let refused: [(String, RuleDiagnostic.Code)] = [
    ("logsource: {}\n", .badAttribute), ("logsource: {product: ''}\n", .badAttribute), ("", .missingAttribute),
    ("logsource: {product: aws}\nid: nope\n", .badAttribute),
    ("logsource: {product: aws}\ntags: [foo]\n", .badAttribute),
    ("logsource: {product: aws}\nfalsepositives: none\n", .badAttribute),
    ("logsource: {product: aws}\nlevel: hihg\n", .badAttribute),
    ("logsource: {product: aws}\nstatus: testing\n", .badAttribute),
    ("logsource: {product: aws}\ndate: 2024-02-30\n", .badAttribute),
    ("logsource: {product: aws}\ndate: soon\n", .badAttribute),
    ("logsource: {product: aws}\ntaxonomy: other\n", .unknownTaxonomy),
    ("logsource: {product: aws}\ntitle: T\n", .duplicateKey),
    ("logsource: {product: aws}\nrelated: [{id: 5, type: similar}]\n", .badAttribute),
    ("logsource: {product: aws}\nname: {a: 1}\n", .badAttribute), ("logsource: [x]\n", .badAttribute),
    ("logsource: {product: aws}\ndescription: " + String(repeating: "a", count: 65_536) + "\n", .badAttribute),
  ]

  @Test(arguments: refused) func badAttributeRejectsTheRule(head: String, code: RuleDiagnostic.Code) {
    let set = load("title: T\n" + head + "detection:\n  s: {a: 1}\n  condition: s\n")
    #expect(set.codes(.error) == [code])
    #expect(set.rules.isEmpty)
  }

  static let accepted = [
    "level: HIGH\n", "date: 2024/1/2\n", "foo: bar\n", "taxonomy: Sigma\n", "tags: []\n", "tags:\n", "references:\n",
  ]

  @Test(arguments: accepted) func laxAttributeIsAccepted(head: String) {
    #expect(load(head + Self.base).errors.isEmpty)
  }

  @Test func aBadRuleDoesNotStopTheOthers() {
    let set = load(Self.base + "---\ntitle: broken\n---\n" + Self.base + "---\nfoo: bar\n---\n- 1\n---\n")
    #expect(set.rules.count == 2)
    #expect(set.codes(.error) == [.missingAttribute, .missingAttribute, .notARule, .notARule])
    #expect(set.diagnostics.filter { $0.severity == .error }.map(\.line) == [7, 7, 15, 17])
  }

  @Test func everyFaultOfARuleIsReported() {
    let set = load(ruleText("s:\n  f|foo: 1\n  g|bar: 2\nt: {}\ncondition: s and", head: "level: x\n"))
    #expect(set.codes(.error) == [.badAttribute, .unknownModifier, .unknownModifier, .badSelection, .badCondition])
  }

  // MARK: Collections

  @Test func collectionActionsMergeAsTheReferenceDoes() {
    let text = """
      action: global
      title: T
      logsource: {product: aws}
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
      title: U
      logsource: {product: aws}
      detection: {s: {c: 9}, condition: s}
      """
    let set = load(text)
    #expect(set.errors.isEmpty)
    let trees = set.rules.map(\.predicate.description)
    #expect(trees == ["and(b=2, a=1)", "and(b=3, a=1)", "and(b=3, d=4, a=1)", "c=9"])
    #expect(load("action: foo\ntitle: x").codes(.error) == [.unknownAction])
    #expect(load("action: repeat\ntitle: x").codes(.error) == [.unknownAction])
  }

  // MARK: Filters

  static let ruleOfFilters = """
    title: R
    id: 11111111-1111-4111-8111-111111111111
    name: r
    logsource: {product: p, service: s}
    detection: {sel: {a: x}, condition: sel}
    ---

    """

  static func filter(rules: String, condition: String = "not sel", logsource: String = "{product: p}") -> String {
    let line = rules.isEmpty ? "" : "  rules: \(rules)\n"
    return ruleOfFilters
      + "title: F\nlogsource: \(logsource)\nfilter:\n\(line)  sel: {u: adm}\n  condition: \(condition)\n"
  }

  static let filters: [(rules: String, condition: String, expected: String, recorded: String)] = [
    ("[11111111-1111-4111-8111-111111111111]", "sel", "and(a='x', u='adm')", "='x' AND u='adm'"),
    ("[r]", "not sel", "and(a='x', not(u='adm'))", "='x' AND (NOT COALESCE((u='adm'), 0))"),
    ("any", "not sel", "and(a='x', not(u='adm'))", "='x' AND (NOT COALESCE((u='adm'), 0))"),
    ("[]", "not sel", "and(a='x', not(u='adm'))", "='x' AND (NOT COALESCE((u='adm'), 0))"),
    ("[R]", "not sel", "a='x'", "='x'"), ("[nosuch]", "not sel", "a='x'", "='x'"),
  ]

  @Test(arguments: filters)
  func filterAppliesByIdAndNameOnly(rules: String, condition: String, expected: String, recorded: String) {
    let set = load(Self.filter(rules: rules, condition: condition))
    // A name of no rule is an error here, nothing in the reference; neither applies the filter.
    #expect(set.codes(.error) == (expected == "a='x'" ? [.unknownReference] : []))
    #expect(set.rules.map(\.predicate.description) == [expected])
    #expect(set.rules[0].filters == (expected == "a='x'" ? [] : ["F"]))
    guard Shared.isPresent else { return }
    let line = "\(rules) \(condition) => [\"\(recorded)\"]"
    #expect(Shared.lines("data/sigma/reference/filters-and-documents.txt").contains(line))
  }

  @Test func filterFollowsTheLogSource() {
    let narrow = load(Self.filter(rules: "any", logsource: "{product: p, service: s, category: c}"))
    #expect(narrow.rules[0].filters.isEmpty)
    #expect(narrow.codes(.warning) == [.filterUnused])
    #expect(load(Self.filter(rules: "any", logsource: "{service: S}")).rules[0].filters == ["F"])
    #expect(load(Self.filter(rules: "")).codes(.error) == [.missingAttribute])
    #expect(load(Self.filter(rules: "any", condition: "sel")).codes(.warning) == [.filterWithoutNot])
  }

  @Test func filtersStackAndKeepTheirNamesApart() {
    let second =
      "---\ntitle: G\nlogsource: {product: p}\nfilter: {rules: any, x1: {k: 1}, x2: {k: 2}, condition: not 1 of x*}\n"
    let set = load(Self.filter(rules: "any") + second)
    #expect(set.rules[0].predicate.description == "and(a='x', not(u='adm'), not(or(k=1, k=2)))")
    #expect(set.rules[0].filters == ["F", "G"])
  }

  @Test func logSourceContainsWhatItDoesNotContradict() {
    let wide = LogSource(product: "aws")
    #expect(wide.contains(LogSource(product: "AWS", service: "cloudtrail")))
    #expect(!LogSource(product: "aws", service: "cloudtrail").contains(wide))
    #expect(LogSource().contains(wide))
  }

  // MARK: Files

  @Test func missingPathIsADiagnostic() {
    let set = RuleSet.load(paths: ["/nonexistent/rules"])
    #expect(set.codes(.error) == [.fileUnreadable])
    #expect(set.diagnostics[0].description.hasPrefix("/nonexistent/rules: error: cannot be read: "))
  }

  @Test func messageNamesPlaceReasonAndRemedy() {
    let set = load(ruleText("s:\n  f|startwith: a\ncondition: s"))
    #expect(
      set.diagnostics.map(\.description) == [
        "t.yml:5: error: unknown modifier 'startwith' (did you mean 'startswith'?) [unknown-modifier] in rule 'T'"
      ])
    #expect(set.diagnostics[0].rule == "T")
  }
}
