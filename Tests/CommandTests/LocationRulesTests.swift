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

  /// Where the addresses of alerts are, since when they are known, and to whom they are new: in every summary.
  @Test func summariesSayWhereAddressesAreAndHowNew() throws {
    let desk = try StateRunsTests.Desk(
      rules: """
        title: Read
        name: read
        status: test
        level: informational
        logsource: {product: cloud}
        detection: {one: {action: GetSecretValue}, condition: one}
        ---
        title: New place
        status: test
        level: high
        correlation:
          {type: first_seen, rules: [read], group-by: [account, actor], timespan: 90d, field: src_ip, learning: 2d}
        ---
        title: Stopped
        status: test
        level: low
        logsource: {product: cloud}
        detection: {one: {action: StopLogging}, condition: one}
        """)
    func event(_ number: Int, _ address: String, _ time: String, action: String = "GetSecretValue") -> String {
      Sample.event(number, action: action, time: time).replacingOccurrences(
        of: #""sourceIPAddress":"[^"]*""#, with: #""sourceIPAddress":"\#(address)""#, options: .regularExpression
      )
      .replacing(/user\/u[0-9]+/, with: "user/ann") + "\n"
    }
    let usual = (1...20).map { event($0, "192.0.2.5", "2026-01-\($0 < 10 ? "0" : "")\($0)T10:00:00Z") }.joined()
    let stop = event(30, "89.160.20.129", "2026-01-02T09:00:00Z", action: "StopLogging")
    try desk.write("a.json", usual + stop)
    let config = try desk.folder.write("c.yaml", "geoip: {city: \(LocationRulesTests.database)}\n")
    try desk.sweep("--config", config)
    try desk.write("b.json", event(40, "89.160.20.129", "2026-01-21T10:00:00Z"))
    let out = "\(desk.folder.path)/out"
    let rows = try desk.sweep("--config", config, "--out", out, "--report", "markdown").rows
    let told = try #require(rows.first { $0["title"] as? String == "New place" }, "\(rows)")
    #expect(told["src_country"] as? String == "SE" && told["src_new"] as? Bool == true)
    func summary(_ path: String) throws -> [String: Any] {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(path)/summary.json"))
      let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      return try #require(
        (json["addresses"] as? [[String: Any]])?.first { $0["address"] as? String == "89.160.20.129" })
    }
    _ = try Harrier.run("alerts", "--state", desk.state, "--rule", "no such", "--out", "\(out)0")
    _ = try Harrier.run("alerts", "--state", desk.state, "--since", "2026-01-20", "--out", "\(out)2")
    for path in [out, "\(out)2"] {
      let line = try summary(path)
      #expect(line["country"] as? String == "SE" && line["new_to"] as? [String] == ["u1"], "\(line)")
      // An earlier run knew it.
      #expect(line["first_time"] as? String == "2026-01-02T09:00:00.000Z", "\(line)")
    }
    let markdown = try String(contentsOfFile: "\(out)/report.md", encoding: .utf8)
    #expect(markdown.contains("| 89.160.20.129 | 1 | SE | 2026-01-02T09:00:00.000Z | u1 |"), "\(markdown)")
    let page = try String(contentsOfFile: "\(out)/report.html", encoding: .utf8)
    #expect(page.contains("SE · since 2026-01-02 09:00 · new to u1</span>"))
    let text = try Harrier.run(
      ["sweep", desk.logs, "--config", config] + desk.rules, environment: ["COLUMNS": "100"]
    ).output
    #expect(text.contains("  89.160.20.129  2  SE; since 2026-01-02T09:00:00Z; new to u1\n"), "\(text)")
    let without = try Harrier.run(["sweep", desk.logs] + desk.rules, environment: ["COLUMNS": "100"]).output
    #expect(without.contains("  89.160.20.129  2  since 2026-01-02T09:00:00Z; new to u1\n"), "\(without)")
  }
}
