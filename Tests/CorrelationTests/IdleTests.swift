/// What waits for the configuration costs nothing until it is there.

import Matching
import Pipeline
import Rules
import Testing

@testable import Correlation

@Suite struct Idle {
  private static let rules = """
    title: Asked for by a detection that waits
    name: waiting
    logsource: {product: cloud}
    detection: {selection: {rw: write}, condition: selection}
    ---
    title: Asked for by two
    name: shared
    logsource: {product: cloud}
    detection: {selection: {rw: read}, condition: selection}
    ---
    title: In a freeze
    correlation: {type: unexpected, check: change_freeze, rules: [waiting, shared], group-by: [account]}
    ---
    title: Often
    correlation: {type: event_count, rules: [shared], group-by: [account], timespan: 1h, condition: {gte: 10}}
    """

  @Test func looksOnlyForWhatIsAskedForNow() throws {
    let set = RuleSet.parse(Array(Idle.rules.utf8), file: "idle.yml")
    try #require(!set.hasErrors, "\(set.diagnostics)")
    let plan = DetectionPlan(set)
    #expect(plan.idle.map(\.message) == ["the configuration has no change_freeze"])
    let program = try SweepMap(plan, SweepOptions()).program
    #expect(program.entries.map { String(decoding: $0.label, as: UTF8.self) } == ["Asked for by two"])
  }
}
