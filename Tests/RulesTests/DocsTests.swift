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
