import Foundation
import Testing

/// What `--config` changes about a sweep: alerts that nobody wants to see, links, environments, numbers of rules, people.
@Suite struct SweepConfigurationTests {
  static let rules = """
    title: Log stopped
    name: log_stopped
    logsource: {product: cloud}
    detection: {s: {action: StopLogging}, condition: s}
    level: high
    ---
    title: Call
    name: call
    logsource: {product: cloud}
    detection: {s: {action: GetUser}, condition: s}
    ---
    title: Many calls
    name: many_calls
    correlation: {type: event_count, rules: [call], group-by: [account, actor], timespan: 10m, condition: {gte: 4}}
    level: medium
    """

  /// One event a minute, each by another of three users and from another address.
  static func archive(_ folder: Folder, _ name: String = "a.json") throws -> String {
    var lines: [String] = []
    for number in 0..<12 {
      lines.append(Sample.event(number, time: "2026-01-05T10:\(10 + number):00Z"))
    }
    lines.append(Sample.event(20, action: "StopLogging", time: "2026-01-05T10:40:00Z"))
    lines.append(Sample.event(23, action: "StopLogging", time: "2026-01-05T10:50:00Z"))
    return try folder.write(name, lines.joined(separator: "\n") + "\n")
  }

  struct Run {
    let alerts: [[String: Any]]
    let summary: [String: Any]
    let result: Harrier.Result

    func names() -> [String] { alerts.compactMap { $0["title"] as? String }.sorted() }
    var suppressions: [[String: Any]] { summary["suppressions"] as? [[String: Any]] ?? [] }
    var suppressed: Int? { (summary["suppressed"] as? [String: Any])?["total"] as? Int }
  }

  static func sweep(_ folder: Folder, _ config: String, _ more: [String] = []) throws -> Run {
    let rules = try folder.write("rules.yml", Self.rules)
    let file = try folder.write("harrier.yaml", config)
    let out = "\(folder.path)/out\(Int.random(in: 0..<1_000_000))"
    let result = try Harrier.run(
      ["sweep", try archive(folder), "--no-builtin", "--rules", rules, "--config", file, "--out", out] + more)
    let lines = try String(contentsOfFile: out + "/alerts.jsonl", encoding: .utf8).split(separator: "\n")
    let alerts = lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    let summary = try Data(contentsOf: URL(fileURLWithPath: out + "/summary.json"))
    return Run(
      alerts: alerts, summary: try #require(try JSONSerialization.jsonObject(with: summary) as? [String: Any]),
      result: result)
  }

  static func suppression(_ text: String) -> String {
    "suppressions: [{rule: log_stopped, \(text), reason: a test, until: 2026-02-01}]"
  }

  @Test func suppressedAlertIsCountedAndListedInsteadOfShown() throws {
    let folder = try Folder()
    let usual = try Self.sweep(folder, "timezone: UTC", ["--fail-on", "high"])
    #expect(usual.names() == ["Log stopped", "Many calls", "Many calls", "Many calls"])
    #expect(usual.result.code == 1)
    #expect(usual.suppressed == 0)
    let quiet = try Self.sweep(folder, Self.suppression("actor: u2"), ["--fail-on", "high"])
    #expect(quiet.result.code == 0)
    #expect(quiet.names() == ["Many calls", "Many calls", "Many calls"])
    #expect(quiet.suppressed == 1)
    let entry = try #require(quiet.suppressions.first)
    #expect(entry["alerts"] as? Int == 1)
    #expect((entry["by_rule"] as? [String: Int]) == ["Log stopped": 1])
    #expect(entry["ended"] as? Bool == false)
    let hidden = try #require(usual.alerts.first { $0["title"] as? String == "Log stopped" }?["id"] as? String)
    #expect(entry["ids"] as? [String] == [hidden])
    #expect(quiet.result.output.contains("1 alert suppressed: Log stopped until 2026-02-01"))
    #expect(quiet.result.output.contains("(a test)"))
    #expect(((quiet.summary["incidents"] as? [String: Any])?["high"] as? Int) == 0)
  }

  @Test(arguments: [
    ("network: 203.0.113.20/32", true), ("networks: [203.0.113.20/32, 203.0.113.23/32]", false),
    ("actor: u2", false), ("actor: u1", true), ("{actor: u2, account: '111122223333'}", false),
    ("{actor: u2, account: '9'}", true),
  ])
  func alertIsSuppressedOnlyIfAllItsEventsAre(about: String, isShown: Bool) throws {
    let text = about.hasPrefix("{") ? String(about.dropFirst().dropLast()) : about
    let run = try Self.sweep(try Folder(), Self.suppression(text))
    #expect(run.names().contains("Log stopped") == isShown)
    #expect(run.suppressed == (isShown ? 0 : 1))
  }

  @Test(arguments: [
    ("2026-01-05T10:50:00Z", true), ("2026-01-05T10:40:01Z", true), ("2026-01-05T10:50:00.001Z", false),
  ])
  func lastEventOfTheAlertDecidesWhetherTheDateHasPassed(until: String, isShown: Bool) throws {
    let run = try Self.sweep(
      try Folder(), "suppressions: [{rule: 'log*', actor: u2, reason: test, until: \(until)}]")
    #expect(run.names().contains("Log stopped") == isShown)
    let entry = try #require(run.suppressions.first)
    #expect(entry["ended"] as? Bool == isShown)
    #expect(entry["shown_again"] as? Int == (isShown ? 1 : 0))
    #expect(run.result.output.contains("suppression has ended") == isShown)
  }

  @Test func linksAndEnvironmentsStandInAlerts() throws {
    let config = """
      accounts: [{id: '111122223333', environment: live}]
      environments: {live: {}}
      runbooks: {log_stopped: 'https://wiki.example/log'}
      """
    let run = try Self.sweep(try Folder(), config)
    for alert in run.alerts {
      #expect(alert["environment"] as? String == "live")
      let isAbout = alert["title"] as? String == "Log stopped"
      #expect(alert["runbook"] as? String == (isAbout ? "https://wiki.example/log" : nil))
    }
  }

  @Test func printedSuppressionHidesItsAlertAndNoOther() throws {
    let folder = try Folder()
    let rules = ["--no-builtin", "--rules", try folder.write("rules.yml", Self.rules)]
    let file = try Self.archive(folder)
    let before = try Harrier.run(["sweep", file, "--format", "jsonl"] + rules)
    #expect(before.rows.count == 4)
    for alert in before.rows {
      let id = try #require(alert["id"] as? String)
      let printed = try Harrier.run(["rules", "explain", "--alert", id, "--suppress", file] + rules)
      #expect(printed.code == 0)
      #expect(printed.output.contains("until: 2026-02-04"))
      let config = try folder.write("\(id).yaml", printed.output)
      // An alert of several addresses is not hidden by one of them.
      let known = printed.output.split(separator: "\n").filter { !$0.contains("network:") }.joined(separator: "\n")
      #expect(try Harrier.run("config", "check", config).code == 0)
      let wide = try folder.write("wide.yaml", known + "\n")
      let after = try Harrier.run(["sweep", file, "--format", "jsonl", "--config", wide] + rules)
      let rest = before.rows.compactMap { $0["id"] as? String }.filter { $0 != id }
      #expect(after.rows.compactMap { $0["id"] as? String } == rest)
    }
  }

  @Test func replaySaysHowOftenRulesWouldHaveFiredAndOnWhom() throws {
    let folder = try Folder()
    let rules = try folder.write("rules.yml", Self.rules)
    let file = try Self.archive(folder)
    let text = try Harrier.run("rules", "test", rules, "--replay", file)
    #expect(text.code == 0, "\(text.errors)")
    #expect(text.lines.first == "would have fired 3 times: Many calls (medium)")
    #expect(text.output.contains("    u0 1, u1 1, u2 1"))
    #expect(text.output.contains("would have fired once: Log stopped (high)\n    u2 1"))
    #expect(!text.output.contains("Root"))
    let config = try folder.write("h.yaml", Self.suppression("actor: u2"))
    let rows = try Harrier.run(
      "rules", "test", rules, "--replay", file, "--config", config, "--format", "jsonl"
    ).rows
    let stopped = try #require(rows.first { $0["title"] as? String == "Log stopped" })
    #expect(stopped["alerts"] as? Int == 0)
    #expect(stopped["suppressed"] as? Int == 1)
    #expect(try Harrier.run("rules", "test", rules, "--jobs", "2").code == 2)
    // What had nothing to look at, and what waits for the configuration, did not stay silent because nothing happened.
    let builtIn = try Harrier.run("rules", "test", "--replay", file).lines
    #expect(builtIn.contains("would not have fired: Client names a tool that attackers like (medium)"), "\(builtIn)")
    #expect(
      builtIn.contains { $0.hasPrefix("could not fire: Administrator rights given (medium): no event of this kind") })
    #expect(
      builtIn.contains { $0.hasPrefix("could not fire: Change during a change freeze") && $0.contains("change_freeze") }
    )
    let reasons = try Harrier.run("rules", "test", "--replay", file, "--format", "jsonl").rows
    #expect(reasons.count { $0["reason"] is String } == builtIn.count { $0.hasPrefix("could not fire: ") })
  }

  /// Rules stand before the flag, and all that is behind it is read, however often it is said.
  @Test func replayTakesAllPathsBehindIt() throws {
    let folder = try Folder()
    let rules = try folder.write("rules/rules.yml", Self.rules)
    let file = try Self.archive(folder)
    let other = try folder.write("b.json", Sample.event(31, action: "StopLogging", time: "2026-01-06T10:00:00Z"))
    let twice = try Harrier.run("rules", "test", rules, "--replay", file, "--replay", other)
    #expect(twice.code == 0 && twice.output.contains("would have fired 2 times: Log stopped"), "\(twice.errors)")
    for arguments in [[rules, "--replay", file, other], [rules, "--replay", file, "-j", "1", other]] {
      let result = try Harrier.run(["rules", "test"] + arguments)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output == twice.output)
    }
    let builtIn = try Harrier.run("rules", "test", "--replay", file, other)
    #expect(builtIn.code == 0 && builtIn.errors.contains("15 events"), "\(builtIn.errors)")
    // Of rules in the place of events nothing would be run, and of others something else.
    for place in [rules, "\(folder.path)/rules"] {
      let misplaced = try Harrier.run("rules", "test", "--replay", file, place)
      #expect(misplaced.code == 2 && misplaced.errors.contains("holds rules"), "\(misplaced.errors)")
    }
  }

  @Test func environmentIsAColumnOfEvents() throws {
    let folder = try Folder()
    let config = try folder.write(
      "h.yaml", "accounts: [{id: '111122223333', environment: live}]\nenvironments: {live: {}}")
    let file = try Self.archive(folder)
    let found = try Harrier.run("search", "environment = live", file, "--config", config)
    #expect(found.rows.count == 14)
    #expect(found.rows.allSatisfy { $0["environment"] as? String == "live" })
    #expect(try Harrier.run("search", "exists environment", file).code == 1)
  }

  @Test func alertSaysWhatTheConfigurationExpects() throws {
    let folder = try Folder()
    let rules = try folder.write(
      "r.yml",
      """
      title: Stop
      name: stop
      logsource: {product: cloud}
      detection: {s: {action: StopLogging}, condition: s}
      ---
      title: Frozen
      correlation: {type: unexpected, check: change_freeze, rules: [stop], group-by: [account], generate: true}
      level: high
      """)
    let freeze = "change_freeze: [{from: '2026-01-05T10:45:00Z', to: 2026-01-06, reason: audit, ticket: C-7}]"
    let config = try folder.write("h.yaml", freeze)
    let sweep = ["sweep", try Self.archive(folder), "--no-builtin", "--rules", rules, "--format", "jsonl"]
    let found = try Harrier.run(sweep + ["--config", config])
    let frozen = found.rows.filter { $0["title"] as? String == "Frozen" }
    #expect(frozen.count == 1)
    let why = try #require(frozen.first?["why"] as? String)
    #expect(why.contains("frozen from 2026-01-05T10:45:00Z to 2026-01-06T00:00:00Z (audit, C-7)"))
    #expect(frozen.first?["time"] as? String == "2026-01-05T10:50:00.000Z")
    let silent = try Harrier.run(sweep.dropLast(2))
    #expect(silent.code == 0)
    #expect(silent.output.contains("Not evaluated"))
  }

  @Test(arguments: [
    ("4", 3), ("5", 0), ("{count: 5, timespan: 30m}", 0), ("{count: 2, timespan: 3m}", 9), ("{timespan: 8m}", 0),
    ("{timespan: 9m}", 3), ("{count: 2, timespan: 2m}", 0),
  ])
  func thresholdsReplaceTheNumbersOfARule(threshold: String, alerts: Int) throws {
    let run = try Self.sweep(try Folder(), "thresholds: {rules: {many_calls: \(threshold)}}")
    #expect(run.names().count { $0 == "Many calls" } == alerts)
  }

  @Test func thresholdsReplaceTheLevelOfARule() throws {
    let config = "thresholds: {rules: {log_stopped: {level: low}}}"
    let run = try Self.sweep(try Folder(), config, ["--fail-on", "high"])
    #expect(run.result.code == 0)
    #expect(run.alerts.first { $0["title"] as? String == "Log stopped" }?["level"] as? String == "low")
  }

  @Test func thresholdThatARuleHasNoPlaceForIsAMistake() throws {
    let folder = try Folder()
    let rules = try folder.write("rules.yml", Self.rules)
    for (threshold, words) in [("5", "has no count"), ("{timespan: 5m}", "has no timespan")] {
      let config = try folder.write("h.yaml", "thresholds: {rules: {log_stopped: \(threshold)}}")
      let result = try Harrier.run(
        "sweep", try Self.archive(folder), "--no-builtin", "--rules", rules, "--config", config)
      #expect(result.code == 2)
      #expect(result.errors.contains(words), "\(result.errors)")
    }
  }

  @Test func identitiesOfAPersonAreOneGroup() throws {
    let people = "people: {ann: {identities: [u0, 'arn:aws:iam::111122223333:user/u1']}}"
    let config = people + "\nthresholds: {rules: {many_calls: 7}}"
    let run = try Self.sweep(try Folder(), config)
    let joined = run.alerts.filter { $0["title"] as? String == "Many calls" }
    #expect(joined.count == 1)
    #expect(joined.first?["group"] as? [String: String] == ["account": "*", "actor": "ann"])
    #expect(joined.first?["count"] as? Int == 8)
  }

  @Test func configurationGivesTheSameBytesHoweverTheWorkIsCut() throws {
    let folder = try Folder()
    let rules = ["--no-builtin", "--rules", try folder.write("rules.yml", Self.rules)]
    let config = """
      people: {ann: {identities: [u0, u1]}}
      accounts: [{id: '111122223333', environment: live}]
      environments: {live: {}}
      suppressions:
        - {rule: log_stopped, network: 203.0.113.0/24, reason: one, until: 2026-01-05T10:50:00.001Z}
        - {rule: many_calls, person: ann, reason: two, until: 2026-02-01}
      """
    let known = rules + ["--config", try folder.write("harrier.yaml", config)]
    let file = try Self.archive(folder)
    func report(_ name: String, _ arguments: [String]) throws -> SweepTests.Report {
      #expect(try Harrier.run(arguments + known + ["--out", "\(folder.path)/\(name)"]).code == 0)
      return try SweepTests.report(folder, name)
    }
    let usual = try report("usual", ["sweep", file, "--jobs", "1"])
    #expect(try report("two", ["sweep", file, "--jobs", "2"]) == usual)
    let partial = "\(folder.path)/a.partial"
    #expect(try Harrier.run(["map", file, "-o", partial] + known).code == 0)
    #expect(try report("reduced", ["reduce", partial]) == usual)
    // Other people make other groups; other suppressions do not change what map gives.
    let others = try folder.write("other.yaml", "people: {ben: {identities: [u0, u1]}}")
    #expect(try Harrier.run(["reduce", partial] + rules + ["--config", others]).code == 2)
    let same = try folder.write("same.yaml", config.components(separatedBy: "suppressions")[0])
    #expect(try Harrier.run(["reduce", partial] + rules + ["--config", same]).code == 0)
  }
}
