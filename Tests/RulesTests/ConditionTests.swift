// Conditions: structure, names, and the old pipe part.

import Testing

@testable import Rules

struct ConditionTests {
  private func outcome(_ condition: String, selections: String = "a: x\nb: y\nc: z") -> String {
    let set = load(ruleText(selections + "\ncondition: " + condition))
    if let error = set.diagnostics.first(where: { $0.severity == .error }) { return "ERROR \(error.message)" }
    return set.rules[0].predicate.description
  }

  static let accepted: [(String, String)] = [
    ("a or b and c", "or(keyword '*x*', and(keyword '*y*', keyword '*z*'))"),
    ("not a and b", "and(not(keyword '*x*'), keyword '*y*')"), ("a and(b)", "and(keyword '*x*', keyword '*y*')"),
    ("(a)and(b)", "and(keyword '*x*', keyword '*y*')"),
    ("ALL OF them", "and(keyword '*x*', keyword '*y*', keyword '*z*')"),
    ("NOT a", "not(keyword '*x*')"),
    ("1 of [ab]*", "ERROR condition, column 6: expected 'them' or a name pattern, found '[ab]*'"),
    ("[a, not b]", "or(keyword '*x*', not(keyword '*y*'))"),
  ]

  @Test(arguments: accepted) func conditionBecomesATree(condition: String, expected: String) {
    #expect(outcome(condition) == expected)
  }

  static let refused: [(String, String)] = [
    ("a and", "condition, column 6: a selection is missing at the end"),
    ("a or or a", "condition, column 6: expected a selection, found 'or a'"),
    ("a and and a", "condition, column 7: expected a selection, found 'and a'"),
    ("a b", "condition, column 3: expected 'and' or 'or', found 'b'"),
    ("(a", "condition, column 1: '(' is not closed"), ("a)", "condition, column 2: ')' without '('"),
    ("a*", "condition, column 1: 'a*' needs '1 of' or 'all of' before it"),
    ("2 of them", "condition, column 1: '2 of': only '1 of', 'any of' and 'all of' exist"),
    ("them", "condition, column 1: no selection 'them' (write '1 of them' or 'all of them')"),
    ("a or d", "condition, column 6: no selection 'd' (did you mean 'a'?)"),
    ("all of x*", "condition, column 1: no selection matches 'x*'"),
    ("{a: b}", "a condition must be a string, not a mapping"),
  ]

  @Test(arguments: refused) func brokenConditionIsExplained(condition: String, message: String) {
    #expect(outcome(condition) == "ERROR " + message)
  }

  @Test func hiddenSelectionsAreTakenByName() {
    let selections = "_a: x\nb: y\n_c: z"
    #expect(outcome("1 of *", selections: selections) == "keyword '*y*'")
    #expect(outcome("1 of _*", selections: selections) == "or(keyword '*x*', keyword '*z*')")
    #expect(outcome("b and _a", selections: selections) == "and(keyword '*y*', keyword '*x*')")
  }

  // MARK: Pipe aggregations

  private func translated(_ pipe: String, timeframe: String = "timeframe: 5m\n") -> RuleSet {
    load(ruleText("s: {f: 1}\n\(timeframe)condition: s | \(pipe)", head: "id: 11111111-1111-4111-8111-111111111111\n"))
  }

  @Test func countBecomesAnEventCount() throws {
    let set = translated("count() by user, src > 5")
    #expect(set.codes(.warning) == [.pipeAggregation])
    let correlation = try #require(set.correlations.first)
    #expect(correlation.kind == .eventCount)
    #expect(correlation.groupBy == ["user", "src"])
    #expect(correlation.timespanMilliseconds == 300_000)
    #expect(
      correlation.condition
        == .threshold([CorrelationBound(comparison: .greater, number: .int(5))], fields: [], percentile: nil))
    #expect(correlation.members.map(\.target) == [.rule(0)])
    #expect(correlation.id == "11111111-1111-4111-8111-111111111111")
    #expect(set.rules.map(\.raisesAlerts) == [false])
    #expect(set.rules[0].predicate.description == "f=1")
  }

  @Test func countOfAFieldBecomesAValueCount() throws {
    let correlation = try #require(translated("count(ip) by user >= 3").correlations.first)
    #expect(correlation.kind == .valueCount)
    #expect(correlation.fields == ["ip", "user"])
    #expect(translated("sum(bytes) > 1000").correlations.first?.kind == .valueSum)
    #expect(translated("avg(bytes) > 1000").correlations.first?.kind == .valueAverage)
  }

  @Test(arguments: [
    "near b", "min(f) > 1", "max(f) > 1", "count() by x", "count( > 5", "count() > x", "count() by > 5", "sum() > 1",
    "",
    "count() > 5 and s", "foo() > 5",
  ]) func aggregationWithoutCounterpartIsRefused(pipe: String) {
    let set = translated(pipe)
    #expect(set.codes(.error) == [.pipeAggregation])
    #expect(set.rules.isEmpty && set.correlations.isEmpty)
  }

  @Test func aggregationNeedsATimeframe() {
    #expect(translated("count() > 5", timeframe: "").codes(.error) == [.pipeAggregation])
    #expect(translated("count() > 5", timeframe: "timeframe: soon\n").codes(.error) == [.badTimespan])
  }
}
