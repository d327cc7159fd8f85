import Foundation
import Testing

/// Rules about columns that the configuration fills: where it does not, they are told as not evaluated, never as silent.
@Suite struct LocationRulesTests {
  private static let database = DocumentedTests.root.appendingPathComponent("fixtures/mmdb/GeoLite2-City-Test.mmdb")
    .path

  /// One that needs the column, one that can do without, and a count of each.
  private static let rules =
    [("needs", "{src_country|exists: true}", ""), ("can", "{src_country: SE}", "\n  other: {action: GetUser}")]
    .map { name, one, more in
      """
      title: T \(name)
      name: \(name)
      status: test
      level: low
      logsource: {product: cloud}
      detection:
        one: \(one)\(more)
        condition: \(more.isEmpty ? "one" : "one or other")
      ---
      title: C \(name)
      name: count_\(name)
      status: test
      level: low
      correlation: {type: event_count, rules: [\(name)], generate: true, group-by: [account], timespan: 1h, condition: {gte: 1}}
      """
    }.joined(separator: "\n---\n") + "\n"

  private static func sweep(_ config: String) throws -> (unevaluated: [String: String], titles: Set<String>) {
    let folder = try Folder()
    let event = Sample.event(1).replacingOccurrences(
      of: #""sourceIPAddress":"[^"]*""#, with: #""sourceIPAddress":"89.160.20.129""#, options: .regularExpression)
    let events = try folder.write("e.ndjson", event + "\n")
    let out = folder.path + "/out"
    let run = try Harrier.run(
      "sweep", events, "--no-builtin", "--rules", try folder.write("r.yml", rules), "--config",
      try folder.write("c.yaml", config), "--out", out, "-q")
    #expect(run.code == 0, "\(run.errors)")
    let data = try Data(contentsOf: URL(fileURLWithPath: out + "/summary.json"))
    let summary = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let detections = try #require(summary["detections"] as? [[String: Any]])
    let lines = detections.filter { $0["evaluated"] as? Bool == false }.compactMap { line -> (String, String)? in
      guard let rule = line["rule_id"] as? String, let reason = line["reason"] as? String else { return nil }
      return (rule, reason)
    }
    let alerts = try String(contentsOfFile: out + "/alerts.jsonl", encoding: .utf8).split(separator: "\n")
    let titles = try alerts.compactMap {
      (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["title"] as? String
    }
    return (Dictionary(uniqueKeysWithValues: lines), Set(titles))
  }

  @Test func withoutADatabaseARuleAboutCountriesIsNotEvaluated() throws {
    let found = try Self.sweep("timezone: UTC\n")
    #expect(
      found.unevaluated == [
        "T needs": "the configuration has no geoip database of countries",
        "C needs": "refers to 'needs', which waits for the configuration",
      ])
    #expect(found.titles.isDisjoint(with: ["T needs", "C needs"]))
  }

  @Test func aDatabaseOfOtherThingsIsNoneOfCountries() throws {
    let networks = Self.database.replacingOccurrences(of: "City", with: "ASN")
    #expect(try Self.sweep("geoip: {asn: '\(networks)'}\n").unevaluated.keys.contains("T needs"))
  }

  @Test func withADatabaseItWorks() throws {
    let found = try Self.sweep("geoip: {city: '\(Self.database)'}\n")
    #expect(found.unevaluated.isEmpty)
    #expect(found.titles.isSuperset(of: ["T needs", "C needs", "T can"]))
  }

  /// Without places networks are counted, which finds less: whoever has named databases is told, and the summary says it.
  @Test(arguments: [("country", "City", true), ("city", "City", false), ("asn", "ASN", true)])
  func travelWithoutPlacesIsToldOf(kind: String, name: String, isLimited: Bool) throws {
    let folder = try Folder()
    let database = Self.database.replacingOccurrences(of: "City", with: name)
    let config = try folder.write("c.yaml", "timezone: UTC\ngeoip: {\(kind): '\(database)'}\n")
    let rules = try folder.write(
      "r.yml",
      """
      title: Call
      name: call
      status: test
      level: low
      logsource: {product: cloud}
      detection: {s: {action: GetUser}, condition: s}
      ---
      title: Journey
      name: journey
      status: test
      level: low
      correlation: {type: travel, rules: [call], group-by: [account, actor], timespan: 1d}
      """)
    let events = (1...3).map {
      Sample.event(3 * $0).replacing(/"sourceIPAddress":"[^"]*"/, with: #""sourceIPAddress":"89.160.20.129""#)
    }.joined(separator: "\n")
    let out = folder.path + "/out"
    let run = try Harrier.run(
      "sweep", try folder.write("e.ndjson", events + "\n"), "--no-builtin", "--rules", rules, "--config", config,
      "--out", out)
    #expect(run.code == 0 && run.errors.contains("c.yaml:2: note: there is no 'city' database") == isLimited)
    let data = try Data(contentsOf: URL(fileURLWithPath: out + "/summary.json"))
    let summary = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let lines = try #require(summary["detections"] as? [[String: Any]])
    let journey = try #require(lines.first { $0["rule_id"] as? String == "Journey" })
    #expect(journey["evaluated"] as? Bool == true)
    #expect((journey["limited"] as? String)?.contains("networks are counted") == (isLimited ? true : nil))
  }

  /// An address says little to people; a country does.
  @Test func alertsSayWhereAddressesAre() throws {
    let folder = try Folder()
    let event = Sample.event(1, action: "StopLogging").replacingOccurrences(
      of: #""sourceIPAddress":"[^"]*""#, with: #""sourceIPAddress":"89.160.20.129""#, options: .regularExpression)
    let log = try folder.write("e.ndjson", event + "\n")
    let config = try folder.write("c.yaml", "geoip: {city: \(LocationRulesTests.database)}\n")
    let rule = try folder.write(
      "r.yml", "title: x\nlogsource: {product: cloud}\ndetection: {s: {action: StopLogging}, condition: s}\n")
    func reasons(_ more: String...) throws -> [String] {
      try Harrier.run(["sweep", log, "--format", "jsonl", "--no-builtin", "--rules", rule] + more).rows.compactMap {
        $0["why"] as? String
      }
    }
    let (with, without) = (try reasons("--config", config), try reasons())
    #expect(!with.isEmpty && with.allSatisfy { $0.contains(" from 89.160.20.129 (SE) in ") }, "\(with)")
    #expect(without.count == with.count && !without.contains { $0.contains("SE") })
  }
}
