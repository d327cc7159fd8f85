// The page on rules and the code must not drift apart.

import Foundation
import Testing

@testable import Rules

struct DocsTests {
  private static let page: String = {
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = FileManager.default.contents(atPath: checkout.appendingPathComponent("docs/RULES.md").path)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }()

  @Test(arguments: RuleDiagnostic.Code.allCases) func everyFindingIsDocumented(code: RuleDiagnostic.Code) {
    #expect(Self.page.contains("`\(code.rawValue)`"))
  }

  @Test(arguments: Modifier.allCases.map(\.rawValue)) func everyModifierIsDocumented(name: String) {
    #expect(Self.page.contains("`\(name)`"))
  }

  @Test(arguments: CorrelationKind.allCases) func everyCorrelationTypeIsDocumented(kind: CorrelationKind) {
    #expect(Self.page.contains("`\(kind.rawValue)`"))
  }

  /// What Harrier's own types do without the keys that may be left out, as the page has it.
  @Test(arguments: [
    ("first_seen", "rules: a\nfield: v", "90d", "90d: a value that was not seen"),
    ("rare", "rules: a\nfield: v\nfewer-than: 2", "90d", "| `peers-min` | `rare` | 5 |"),
    ("travel", "rules: a", "1d", "900, `{networks: 3, within: 1h}`, no network"),
    ("outside_hours", "rules: a\nhours: '08:00-19:00'", "1d", "| `outside_hours` | `mon-fri`, `UTC` |"),
    ("after", "rules: a\ndates: {ann: 2026-01-31}", "1d", "| | `travel`, `outside_hours`, `after` | 1d |"),
    ("unexpected", "rules: a\ncheck: working_hours", "1h", "| | `unexpected` | 1h |"),
    ("interval", "rules: [a, b]", "0s", "| | `interval` | 0: however short"),
    ("rate", "rules: a\ntimespan: 1h\ncondition: {ratio: 5, floor: 50}", "1h", "| `measure` | `rate` | `volume` |"),
    ("gap", "rules: a\ntimespan: 1h", "1h", "`gap` | 14d |"),
  ])
  func whatIsLeftOutIsAsTheTableSays(type: String, keys: String, timespan: String, row: String) throws {
    let set = load(CorrelationTests.document("type: \(type)\ngroup-by: [u]\n\(keys)"))
    let correlation = try #require(set.correlations.first, "\(set.diagnostics)")
    let history = try #require(correlation.history)
    #expect(correlation.timespanMilliseconds == (timespan == "0s" ? 0 : Timespan.span(timespan)))
    #expect(history.learning == Timespan.span("14d") && history.unlessPeers == nil && history.measure == .volume)
    #expect(type != "rare" || history.peersMin == 5)
    #expect(type != "travel" || history.speed == 900 && history.networks == 3 && history.within == 3_600_000)
    #expect(type != "travel" || history.field == "src_ip" && history.exclude.isEmpty)
    #expect(type != "outside_hours" || history.hours?.days == 0x1F && history.hours?.offsetSeconds == 0)
    #expect(Self.page.contains(row))
  }

  @Test func theLimitsAreThoseOfTheCode() {
    for number in ["500,000 values", "64 levels, 10,000 values added by aliases", "500 selections, 100,000 tests"] {
      #expect(Self.page.contains(number))
    }
    #expect(YAMLLimits.nodesMax == 500_000 && YAMLLimits.depthMax == 64 && YAMLLimits.aliasNodesMax == 10_000)
    for number in ["1,000 fields", "20,000 fields", "8 letter cases", "512 bytes"] {
      #expect(Self.page.contains(number))
    }
    #expect(SigmaLimits.fieldsMax == 1_000 && SigmaLimits.fieldsOfAllMax == 20_000)
    #expect(SigmaLimits.letterCasesMax == 8 && SigmaLimits.fieldBytesMax == 512)
    #expect(SigmaLimits.selectionsMax == 500 && SigmaLimits.predicateNodesMax == 100_000)
    #expect(SigmaLimits.conditionBytesMax == 64 << 10 && YAMLLimits.streamBytesMax == 8 << 20)
  }
}
