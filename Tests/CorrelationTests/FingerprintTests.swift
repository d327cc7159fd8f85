/// When partials may be reduced together: the rules must mean the same, wherever and however they are written.

import Foundation
import Rules
import Testing

@testable import Correlation

@Suite struct Fingerprints {
  private static let rules = """
    title: Console sign-in failed
    id: 2f4c3a5e-0c1b-4f7e-9d55-0a7f6a5f1c01
    name: failed
    level: low
    logsource: {product: cloud}
    detection: {selection: {action: ConsoleLogin, outcome: failure}, condition: selection}
    alert: {group-by: [actor], gap: 30m}
    tests:
      positive: [{action: ConsoleLogin, outcome: failure}]
    ---
    title: Many failed
    correlation: {type: event_count, rules: [failed], group-by: [actor], timespan: 1h, condition: {gte: 10}}

    """

  private static func fingerprint(_ rules: String) throws -> String {
    let set = RuleSet.parse(Array(rules.utf8), file: "rules.yml")
    try #require(!set.hasErrors, "\(set.diagnostics)")
    return DetectionPlan(set).fingerprint.hex
  }

  @Test(arguments: [
    ("title: Console", "# a comment\n\ntitle: Console"),
    ("{group-by: [actor], gap: 30m}", "\n  group-by: [actor]\n  gap: 30m"),
    ("outcome: failure}]", "outcome: failure}]\n  negative: [{action: StopLogging}]"),
  ])
  func staysTheSame(_ old: String, _ new: String) throws {
    let other = Fingerprints.rules.replacing(old, with: new)
    try #require(other != Fingerprints.rules)
    #expect(try Fingerprints.fingerprint(other) == Fingerprints.fingerprint(Fingerprints.rules))
  }

  @Test func theFormatThatIsDescribedIsTheOneThatIsWritten() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("docs/PARTIAL.md"), encoding: .utf8)
    #expect(text.contains("\n## Format, version \(Partial.version)\n"))
  }

  @Test(arguments: [
    ("gap: 30m", "gap: 31m"), ("level: low", "level: high"), ("Many", "Too many"), ("gte: 10", "gte: 11"),
    ("outcome: failure}, condition", "outcome: denied}, condition"), ("[failed], group-by: [actor]", "[failed]"),
  ])
  func tellsWhatFindsSomethingElse(_ old: String, _ new: String) throws {
    let other = Fingerprints.rules.replacing(old, with: new)
    try #require(other != Fingerprints.rules)
    #expect(try Fingerprints.fingerprint(other) != Fingerprints.fingerprint(Fingerprints.rules))
  }
}
