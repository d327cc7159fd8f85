import Foundation
import Testing

/// The page on `generate` names the defaults that the help names, and those are what a run uses.
@Suite struct GenerateDefaultsTests {
  /// Flag and default of each row of the page's table.
  private static func documented() throws -> [String: String] {
    var defaults: [String: String] = [:]
    for line in try DocumentedTests.text("docs/GENERATE.md").split(separator: "\n") where line.hasPrefix("| `--") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let flag = cells[1].dropFirst().prefix { $0 != " " && $0 != "`" }
      // The first table; further down flags stand in tables of measurements.
      defaults[String(flag)] = defaults[String(flag)] ?? cells[2]
    }
    return defaults
  }

  @Test func thePageAndTheHelpNameTheSameDefaults() throws {
    let help = try Harrier.run("generate", "--help").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let documented = try Self.documented()
    for flag in [
      "--events", "--files", "--seed", "--provider", "--days", "--start", "--incidents", "--level", "--jobs",
    ] {
      let value = try #require(documented[flag], "\(flag)")
      let start = try #require(help.range(of: "\(flag) ", options: .backwards)).upperBound
      let text = help[start...]
      let end = text.range(of: " --")?.lowerBound ?? text.endIndex
      #expect(text[..<end].contains("default \(value)") || text[..<end].contains("default: \(value)"), "\(flag)")
    }
  }

  @Test func aRunWithoutFlagsUsesThem() throws {
    let folder = try Folder()
    let out = folder.path + "/a"
    #expect(try Harrier.run("generate", "--out", out).code == 0)
    let data = try Data(contentsOf: URL(fileURLWithPath: out + "/truth.json"))
    let truth = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let documented = try Self.documented()
    #expect(documented["--events"] == "\(truth["events"] as? Int ?? 0)")
    #expect(documented["--files"] == "\(truth["files"] as? Int ?? 0)")
    #expect(documented["--seed"] == "\(truth["seed"] as? Int ?? 0)")
    #expect(documented["--provider"] == (truth["providers"] as? [String])?.joined(separator: ","))
    let formatter = ISO8601DateFormatter()
    let start = try #require(formatter.date(from: truth["start"] as? String ?? ""))
    let end = try #require(formatter.date(from: truth["end"] as? String ?? ""))
    #expect(documented["--days"] == "\(Int(end.timeIntervalSince(start)) / 86_400)")
    #expect((truth["start"] as? String)?.prefix(10) == documented["--start"]?.prefix(10))
  }
}
