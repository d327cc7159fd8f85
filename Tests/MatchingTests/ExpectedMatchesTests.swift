// The published AWS rules on recorded events: exactly the matches of the reference evaluator.

import Foundation
import Rules
import TestSupport
import Testing

@testable import Matching

@Suite(.enabled(if: Shared.isPresent)) struct ExpectedMatchesTests {
  static let rules = RuleSet.load(paths: [Shared.path("data/sigma/rules/cloud/aws")]).rules

  @Test(arguments: ["invictus", "stratus", "traildiscover", "otrf"])
  func awsRulesMatchWhatTheReferenceMatches(_ name: String) throws {
    let base = Shared.path("data/cloudtrail/\(name)/\(name)")
    let ndjson = try #require(FileManager.default.contents(atPath: base + ".ndjson"))
    let tsv = try #require(FileManager.default.contents(atPath: base + ".sigma-aws.expected.tsv"))
    let expected = Set(String(decoding: tsv, as: UTF8.self).split(separator: "\n").map(String.init))
    for isLate in [true, false] {
      let found = try matches(MatchProgram(rules: Self.rules), ndjson: Array(ndjson), isLate: isLate)
      var lines: Set<String> = []
      for (row, rules) in found.enumerated() {
        for rule in rules { lines.insert("\(row + 1)\t\(Self.rules[rule].attributes.label)") }
      }
      #expect(lines == expected)
    }
  }
}
