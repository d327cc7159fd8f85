// One small rule for each finding that is no error.

import Testing

@testable import Rules

struct LintTests {
  static let warnings: [(String, String, RuleDiagnostic.Code)] = [
    ("s: {f: [a, null]}\ncondition: s", "", .nullInList), ("s: {f: []}\ncondition: s", "", .emptyList),
    ("s: {f|all: a}\ncondition: s", "", .singleValueAll), ("s: {f: '*'}\ncondition: s", "", .wildcardOnly),
    ("s: {f|re: '^.*$'}\ncondition: s", "", .wildcardOnly), ("s: {f|re: '.+'}\ncondition: s", "", .wildcardOnly),
    ("s: '*'\ncondition: s", "", .wildcardOnly), ("s: {f|contains: ''}\ncondition: s", "", .wildcardOnly),
    ("s: {f: '?*'}\ncondition: s", "", .wildcardOnly), ("s: {f|hour: 24}\ncondition: s", "", .neverTrue),
    ("s: {f|expand: a}\ncondition: s", "", .noPlaceholder), ("s: x\nt: y\ncondition: s", "", .unusedSelection),
    ("s: x\ncondition: s AND s", "", .upperCaseOperator), ("s: x\ntimeframe: 5m\ncondition: s", "", .unusedTimeframe),
    ("s: x\ncondition: s", "status: deprecated\n", .retiredStatus),
    ("s: x\ncondition: s", "leve: high\n", .unknownKey), ("s: x\ncondition: s", "Tags: [a.b]\n", .unknownKey),
    ("s: x\ncondition: s", "tests: {positive: [{a: 1}], negativ: []}\n", .badTests),
    ("s: x\ncondition: s", "status: unsupported\n", .retiredStatus),
  ]

  @Test(arguments: warnings) func questionableRuleIsWarnedOf(body: String, head: String, code: RuleDiagnostic.Code) {
    let set = load(ruleText(body, head: head))
    #expect(set.codes(.warning) == [code])
    #expect(set.rules.count == 1)
  }

  @Test(arguments: [
    ("event_count", "lt: 1"), ("event_count", "lte: 0"), ("event_count", "eq: 0"), ("event_count", "eq: 2.5"),
    ("event_count", "gt: 2, lt: 3"), ("value_count", "lt: 0, field: f"), ("temporal", "lt: 1"),
  ]) func thresholdThatNoCountReachesIsWarnedOf(_ type: String, _ condition: String) {
    let rest = "type: \(type)\nrules: a\ngroup-by: u\ntimespan: 1m\ncondition: {\(condition)}"
    #expect(load(CorrelationTests.document(rest)).codes(.warning) == [.neverTrue])
  }

  @Test(arguments: [
    ("event_count", "lte: 1"), ("event_count", "gt: 2, lt: 4"), ("value_count", "lt: 1, field: f"),
    ("value_sum", "lt: -5, field: f"), ("event_count", "neq: 0"),
  ]) func thresholdThatSomeCountReachesIsNot(_ type: String, _ condition: String) {
    let rest = "type: \(type)\nrules: a\ngroup-by: u\ntimespan: 1m\ncondition: {\(condition)}"
    #expect(load(CorrelationTests.document(rest)).codes(.warning).isEmpty)
  }

  @Test func unknownLogSourceIsWarnedOfWhereASlipIsLikely() {
    func codes(_ logsource: String, _ severity: RuleDiagnostic.Severity = .warning) -> [RuleDiagnostic.Code] {
      load("title: T\nlogsource: \(logsource)\ndetection: {s: x, condition: s}").codes(severity)
    }
    #expect(codes("{product: aws, service: cloudtrial}") == [.unknownLogsource])
    #expect(codes("{product: azur}") == [.unknownLogsource])
    #expect(codes("{product: windows, service: sysmon}").isEmpty)
    #expect(codes("{product: alibaba, service: actiontrail}").isEmpty)
    #expect(codes("{product: cloud}").isEmpty)
    #expect(codes("{product: aws, category: foo}") == [.unknownLogsource])
    #expect(codes("{product: github, service: audit}", .note).isEmpty)
    for logsource in ["{product: windows}", "{product: foobar}", "{category: foo}", "{service: nope}"] {
      #expect(codes(logsource, .note) == [.unknownLogsource], "\(logsource)")
    }
  }

  @Test(arguments: ["{product: cloud, service: trail}", "{product: cloud, category: foo}"])
  func ruleForTheCloudNamesNoUnknownLog(_ logsource: String) {
    let set = load("title: T\nlogsource: \(logsource)\ndetection: {s: x, condition: s}")
    #expect(set.codes(.error) == [.unknownLogsource])
    #expect(set.rules.isEmpty)
    #expect(
      load("title: T\nlogsource: {product: cloud, service: CTS}\ndetection: {s: x, condition: s}").rules.count == 1)
  }

  @Test(arguments: ["a.*", "^$", "\\.*", ".", "(.*)x"]) func expressionThatAsksForSomethingIsNotWarnedOf(
    _ regex: String
  ) {
    #expect(load(ruleText("s: {f|re: '\(regex)'}\ncondition: s")).diagnostics.isEmpty)
  }

  @Test func remarkOnWildcardsKnowsThatExistsTakesNull() {
    let message = load(ruleText("s: {f: '*'}\ncondition: s")).diagnostics[0].message
    #expect(message.contains("any value will do but null") && message.contains("'exists: true'"))
  }

  @Test func duplicatesAreWarnedOf() {
    let id = "id: 11111111-1111-4111-8111-111111111111\n"
    let rule = ruleText("s: x\ncondition: s", head: id) + "---\n"
    let set = load(rule + rule)
    #expect(set.codes(.warning) == [.duplicateID, .duplicateTitle])
    #expect(set.diagnostics[0].message == "id '11111111-1111-4111-8111-111111111111' is used already at t.yml:1")
    #expect(set.rules.count == 2)
  }

  @Test func aCleanRuleHasNoFindings() {
    let head = "id: 11111111-1111-4111-8111-111111111111\nlevel: low\nstatus: test\ntags: [attack.t1078]\n"
    #expect(
      load(ruleText("s: {f: x}\nfilter: {g|contains|all: [a, b]}\ncondition: s and not filter", head: head)).diagnostics
        .isEmpty)
  }
}
