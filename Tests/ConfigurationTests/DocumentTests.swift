import Foundation
import Testing

@testable import Configuration

/// The page about the configuration says what the reader takes: its examples are read, and nothing is missing.
@Suite struct DocumentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let sample = root.appendingPathComponent("fixtures/config/harrier.yaml")

  private static func page() throws -> String {
    try String(contentsOf: root.appendingPathComponent("docs/CONFIGURATION.md"), encoding: .utf8)
  }

  private static func examples() throws -> [String] {
    try page().components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }

  @Test func everyExampleIsTaken() throws {
    let examples = try Self.examples()
    #expect(examples.count >= 18)
    for example in examples {
      // The files that it names lie beside the sample; databases are not among them.
      let errors = reading(example, file: Self.sample.path).errors.filter { $0.code != .badDatabase }
      #expect(errors.isEmpty, "\(example)\n\(errors.map(\.description))")
    }
  }

  @Test func everySectionHasItsOwnHeadingExampleAndDefault() throws {
    let parts = try Self.page().components(separatedBy: "\n### ").dropFirst()
    for key in ConfigurationReader.keys {
      let part = parts.first { $0.prefix { $0 != "\n" }.contains("`\(key)`") }
      #expect(part != nil, "\(key)")
      #expect(part?.lowercased().contains("default") == true, "\(key)")
      #expect(key == "version" || part?.contains("\n\(key):") == true, "\(key)")
    }
  }

  /// The keys inside sections, as the messages about unknown ones name them.
  @Test(arguments: [
    "accounts: [{'': x}]", "environments: {a: {'': x}}", "people: {a: {'': x}}", "break_glass: [{'': x}]",
    "break_glass: [{windows: [{'': x}]}]", "offboarded: [{'': x}]", "service: [{'': x}]",
    "approved_roles: [{'': x}]", "networks: {'': x}", "working_hours: {'': x}", "change_freeze: [{'': x}]",
    "tickets: {'': x}", "tickets: {columns: {'': x}}", "geoip: {'': x}", "thresholds: {'': x}",
    "suppressions: [{'': x}]", "notify: {'': x}", "notify: {targets: {a: {'': x}}}", "notify: {routes: [{'': x}]}",
    "notify: {ping: {'': x}}",
  ])
  func everyKeyOfASectionIsInItsExample(text: String) throws {
    let message = try #require(
      reading(text).errors.first { $0.code == .unknownKey && $0.message.contains("known are") })
    let section = text.prefix { $0 != ":" }
    let part = try #require(
      Self.page().components(separatedBy: "\n### ").first { $0.prefix { $0 != "\n" }.contains("`\(section)`") })
    let known = message.message.components(separatedBy: "known are ")[1].split(separator: "'").filter {
      !$0.contains(",")
    }
    #expect(known.count >= 2)
    for key in known { #expect(part.contains("\(key):") || part.contains("`\(key)`"), "\(section): \(key)") }
  }

  @Test func thresholdsAreListedWithTheirDefaults() throws {
    let page = try Self.page()
    for threshold in Threshold.allCases {
      #expect(page.contains("| `\(threshold.rawValue)` | \(threshold.standard) | \(threshold.meaning) |"))
    }
  }

  @Test func everyListForRulesIsNamed() throws {
    let page = try Self.page()
    for name in Configuration.placeholderNames + Configuration.presetLists.keys {
      #expect(page.contains("`\(name)`"), "\(name)")
    }
  }

  @Test func theSampleUsesEverySectionWithoutAFinding() throws {
    let result = Configuration.load(path: Self.sample.path)
    #expect(result.configuration != nil)
    #expect(result.findings.isEmpty, "\(result.findings.map(\.description))")
    let text = try String(contentsOf: Self.sample, encoding: .utf8)
    for key in ConfigurationReader.keys where key != "geoip" { #expect(text.contains("\n\(key):"), "\(key)") }
  }
}
