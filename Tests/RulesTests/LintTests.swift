// One small rule for each finding that is no error.

import Testing

@testable import Rules

struct LintTests {
  static let warnings: [(String, String, RuleDiagnostic.Code)] = [
    ("s: {f: [a, null]}\ncondition: s", "", .nullInList), ("s: {f: []}\ncondition: s", "", .emptyList),
    ("s: {f|all: a}\ncondition: s", "", .singleValueAll), ("s: {f: '*'}\ncondition: s", "", .wildcardOnly),
    ("s: {f: '?*'}\ncondition: s", "", .wildcardOnly), ("s: {f|hour: 24}\ncondition: s", "", .neverTrue),
    ("s: {f|expand: a}\ncondition: s", "", .noPlaceholder), ("s: x\nt: y\ncondition: s", "", .unusedSelection),
    ("s: x\ncondition: s AND s", "", .upperCaseOperator), ("s: x\ntimeframe: 5m\ncondition: s", "", .unusedTimeframe),
    ("s: x\ncondition: s", "status: deprecated\n", .retiredStatus),
    ("s: x\ncondition: s", "status: unsupported\n", .retiredStatus),
  ]

  @Test(arguments: warnings) func questionableRuleIsWarnedOf(body: String, head: String, code: RuleDiagnostic.Code) {
    let set = load(ruleText(body, head: head))
    #expect(set.codes(.warning) == [code])
    #expect(set.rules.count == 1)
  }

  @Test func unknownLogSourceIsWarnedOfWhereASlipIsLikely() {
    func codes(_ logsource: String) -> [RuleDiagnostic.Code] {
      load("title: T\nlogsource: \(logsource)\ndetection: {s: x, condition: s}").codes(.warning)
    }
    #expect(codes("{product: aws, service: cloudtrial}") == [.unknownLogsource])
    #expect(codes("{product: azur}") == [.unknownLogsource])
    #expect(codes("{product: windows, service: sysmon}").isEmpty)
    #expect(codes("{product: alibaba, service: actiontrail}").isEmpty)
    #expect(codes("{product: cloud}").isEmpty)
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
