// Correlations: their attributes, their references, and which rules stay silent because of them.

import Testing

@testable import Rules

struct CorrelationTests {
  static let rules = """
    title: A
    id: aaaaaaaa-1111-4111-8111-111111111111
    name: a
    logsource: {product: aws}
    detection: {s: {f: 1}, condition: s}
    ---
    title: B
    name: b
    logsource: {product: aws}
    detection: {s: {f: 2}, condition: s}
    ---

    """

  /// Also used by the tests of lint.
  static func document(_ body: String, head: String = "") -> String {
    rules + "title: C\n\(head)correlation:\n" + body.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  private func outcome(_ body: String, head: String = "") -> String {
    let set = load(Self.document(body, head: head))
    if let error = set.diagnostics.first(where: { $0.severity == .error }) { return "ERROR \(error.message)" }
    return "\(set.correlations[0].condition)".replacing("Rules.", with: "")
  }

  /// A note about what would happen does not belong beside the error that keeps it from happening.
  @Test(arguments: [
    ("type: dormant\nrules: a\ntimespan: 1h", false), ("type: travel\nrules: a", false),
    ("type: event_count\nrules: a\ntimespan: 1h\ncondition: {gte: 2}", true),
    ("type: outside_hours\nrules: a\nhours: '08:00-19:00'", true),
  ])
  func withoutAGroupThereIsANoteOrAnError(body: String, isRun: Bool) {
    let set = load(Self.document(body))
    #expect(set.codes(.note) == (isRun ? [.noGroupBy] : []))
    #expect(set.codes(.error) == (isRun ? [] : [.badCorrelation]))
  }

  static let kinds = CorrelationKind.allCases.filter { !$0.isHistory }

  @Test(arguments: kinds) func everyTypeIsRead(kind: CorrelationKind) throws {
    var condition = "gte: 5"
    if kind.needsField { condition += ", field: v" }
    if kind == .valuePercentile { condition += ", percentile: 95" }
    let set = load(
      Self.document("type: \(kind.rawValue)\nrules: [a, b]\ngroup-by: [u]\ntimespan: 1m\ncondition: {\(condition)}"))
    #expect(set.errors.isEmpty)
    let correlation = try #require(set.correlations.first)
    #expect(correlation.kind == kind)
    #expect(correlation.members.map(\.target) == [.rule(0), .rule(1)])
    let bounds = [CorrelationBound(comparison: .greaterOrEqual, number: .int(5))]
    let fields = kind.needsField ? ["v"] : []
    #expect(
      correlation.condition == .threshold(bounds, fields: fields, percentile: kind == .valuePercentile ? 95 : nil))
    #expect(set.rules.map(\.raisesAlerts) == [false, false])
    #expect(correlation.raisesAlerts)
  }

  static let spans: [(String, Int64?)] = [
    ("1s", 1_000), ("90m", 5_400_000), ("1h", 3_600_000), ("2d", 172_800_000), ("1w", 604_800_000),
    ("1M", 2_629_746_000), ("1y", 31_556_952_000), ("1.5h", nil), ("60S", nil), ("0s", nil), ("-1s", nil), ("m", nil),
    ("5", nil), ("", nil), ("99999999999999999999s", nil), ("9999999999y", nil), ("1 m", nil),
  ]

  @Test(arguments: spans) func timespanIsAWholeNumberAndAUnit(text: String, expected: Int64?) {
    #expect((try? Timespan.milliseconds(text)) == expected)
  }

  static let head = "type: event_count\nrules: a\ntimespan: 1m\n"

  static let refused: [(String, String)] = [
    (
      "type: event_cuont\nrules: a\ntimespan: 1m",
      "unknown correlation type 'event_cuont' (did you mean 'event_count'?)"
    ),
    ("rules: a\ntimespan: 1m", "the correlation has no 'type'"),
    ("type: event_count\nrules: a", "the correlation has no 'timespan'"),
    (head, "type event_count needs a condition such as 'gte: 5'"),
    (
      head + "timeframe: 1m\ncondition: {gte: 1}", "unknown key 'timeframe' in 'correlation' (did you mean 'timespan'?)"
    ),
    (head + "condition: {gte: 1, field: f}", "type event_count takes no 'field' in its condition"),
    (head + "condition: {gte: '5'}", "'gte' must be a number, not a string"),
    (head + "condition: {get: 5}", "unknown key 'get' in the condition (did you mean 'gt'?)"),
    (head + "condition: {}", "the condition compares with nothing; add 'gte: N'"),
    (head + "condition: {gt: 1, gte: 2}", "a range is one of gt and gte with one of lt and lte"),
    (head + "condition: {gt: 5, lt: 5}", "the range of the condition is empty"),
    (head + "condition: a and b", "type event_count needs a condition such as 'gte: 5', not a string"),
    (
      "type: value_count\nrules: a\ntimespan: 1m\ncondition: {gte: 1}",
      "type value_count needs a 'field' in its condition"
    ),
    (
      "type: value_percentile\nrules: a\ntimespan: 1m\ncondition: {field: image, lte: 1}",
      "value_percentile needs 'percentile: N' with N from 0 to 100 beside the field and the comparison"
    ),
    (
      "type: value_sum\nrules: a\ntimespan: 1m\ncondition: {field: [a, b], lte: 1}",
      "only value_count can look at several fields together"
    ),
    ("type: temporal\nrules: [a, b]\ntimespan: 1m\ncondition: a", "the condition does not mention rule 'b'"),
    (
      "type: temporal\nrules: [a]\ntimespan: 1m\ncondition: a and b",
      "the condition mentions 'b', which 'rules' does not"
    ),
    ("type: temporal\ntimespan: 1m", "the correlation names no rules"),
    ("type: temporal\nrules: [a, a]\ntimespan: 1m", "'rules' names 'a' twice"),
    (
      "type: temporal\nrules: [a, aaaaaaaa-1111-4111-8111-111111111111]\ntimespan: 1m",
      "'rules' names one rule in two ways"
    ),
    ("type: temporal\nrules: [a, zz]\ntimespan: 1m", "no rule has the id or name 'zz'"),
    (
      "type: temporal\nrules: [a]\ntimespan: 1m\ncondition: 1 of a*",
      "a correlation's condition names its rules one by one"
    ),
    (
      "type: temporal\nrules: [a]\ntimespan: 1m\naliases: {x: {b: f}}",
      "alias 'x' speaks of 'b', which 'rules' does not"
    ),
    ("type: temporal\nrules: [a]\ntimespan: 1m\ngenerate: 5", "'generate' must be true or false"),
  ]

  @Test(arguments: refused) func brokenCorrelationIsExplained(body: String, message: String) {
    #expect(outcome(body) == "ERROR " + message)
  }

  @Test func rangesListsAndStatementsAreAccepted() {
    let range = load(Self.document(Self.head + "group-by: u\ncondition: {gt: 1, lte: 5}"))
    #expect(range.codes(.note) == [.rangeCondition])
    #expect(range.errors.isEmpty)
    let tuple = load(
      Self.document("type: value_count\nrules: a\ngroup-by: u\ntimespan: 1m\ncondition: {gte: 2, field: [v, w]}"))
    #expect(tuple.correlations.first?.fields == ["u", "v", "w"])
    let statement = load(Self.document("type: temporal\ngroup-by: u\ntimespan: 1m\ncondition: a and not b"))
    #expect(statement.correlations.first?.condition == .expression(.and([.member(0), .not(.member(1))])))
    let plain = load(Self.document("type: temporal_ordered\nrules: [b, a]\ngroup-by: u\ntimespan: 1m"))
    #expect(plain.correlations.first?.condition == .allMembers)
    #expect(plain.correlations.first?.members.map(\.target) == [.rule(1), .rule(0)])
  }

  @Test func aliasesNameAFieldForEachMember() {
    let body = "type: temporal\nrules: [a, b]\ntimespan: 1m\ngroup-by: [who]\naliases:\n  who: {a: user, b: actor}"
    let set = load(Self.document(body))
    #expect(set.correlations.first?.aliases == [CorrelationAlias(name: "who", fields: [0: "user", 1: "actor"])])
    #expect(set.correlations.first?.fields == ["actor", "user"])
  }

  @Test(arguments: ["generate: true", ""]) func generateIsReadAtEitherPlace(inside: String) {
    let body = Self.head + "group-by: u\ncondition: {gte: 2}\n" + inside
    let set = load(Self.document(body, head: inside.isEmpty ? "generate: true\n" : ""))
    #expect(set.correlations.map(\.generate) == [true])
    #expect(set.rules.map(\.raisesAlerts) == [true, true])
  }

  @Test func oneGeneratingCorrelationIsEnough() {
    let second =
      "---\ntitle: D\ngenerate: true\ncorrelation: {type: event_count, rules: a, group-by: u, timespan: 1m, condition: {gte: 2}}\n"
    let set = load(Self.document(Self.head + "group-by: u\ncondition: {gte: 2}") + second)
    #expect(set.rules.map(\.raisesAlerts) == [true, true])
  }

  @Test func referencesGoByIdThenNameThenTitle() {
    let byTitle = load(Self.document("type: temporal\nrules: [A, b]\ngroup-by: u\ntimespan: 1m"))
    #expect(byTitle.errors.isEmpty)
    #expect(byTitle.codes(.warning) == [.referenceByTitle])
    let byID = load(
      Self.document("type: temporal\nrules: [AAAAAAAA-1111-4111-8111-111111111111]\ngroup-by: u\ntimespan: 1m"))
    #expect(byID.errors.isEmpty)
  }

  private func chained(_ name: String, _ other: String) -> String {
    HostileInputTests.correlation(named: name, of: other) + "\n"
  }

  @Test func correlationsComeAfterThoseTheyReferTo() {
    let set = load(chained("z", "y") + chained("y", "x") + chained("x", "a") + Self.rules)
    #expect(set.correlations.map(\.title) == ["x", "y", "z"])
    #expect(set.correlations[2].members.map(\.target) == [.correlation(1)])
    #expect(set.correlations.map(\.raisesAlerts) == [false, false, true])
  }

  @Test func cyclesAreRejectedAndSpareTheRest() {
    let set = load(chained("x", "y") + chained("y", "x") + chained("on-x", "x") + chained("ok", "a") + Self.rules)
    #expect(set.correlations.map(\.title) == ["ok"])
    #expect(set.codes(.error) == [.cyclicReference, .cyclicReference, .cyclicReference])
  }

  @Test func whatRefersToARejectedRuleIsRejected() {
    let set = load(
      "title: bad\nname: bad\nlogsource: {}\ndetection: {}\n---\n" + chained("x", "bad") + chained("y", "x"))
    #expect(set.correlations.isEmpty)
    #expect(set.codes(.error).filter { $0 == .rejectedReference }.count == 2)
  }
}
