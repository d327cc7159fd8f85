import Foundation
import Testing

@Suite struct ConfigTests {
  private static let sample = DocumentedTests.root.appendingPathComponent("fixtures/config/harrier.yaml").path

  // MARK: show

  @Test func withoutAConfigurationTheDefaultsAreShown() throws {
    let result = try Harrier.run("config", "show")
    #expect(result.code == 0)
    #expect(result.errors.isEmpty)
    #expect(result.lines.contains("      - '*breakglass*'  # default"))
    #expect(result.lines.contains("  dormant_days: 30  # default"))
    let values = result.lines.filter { $0.contains(": ") && !$0.hasPrefix("#") }
    #expect(values.allSatisfy { $0.hasSuffix("# default") })
  }

  @Test func whatAFileSaysIsShownWithItsLineAndMeansTheSameAgain() throws {
    let shown = try Harrier.run("config", "show", "--config", Self.sample)
    #expect(shown.code == 0)
    #expect(shown.output.contains("  dormant_days: 60  # \(Self.sample):99\n"))
    #expect(shown.output.contains("  session_hours: 12  # default\n"))
    let folder = try Folder()
    let again = try Harrier.run("config", "show", "--config", try folder.write("harrier.yaml", shown.output))
    #expect(again.lines.first == shown.lines.first)
    #expect(shown.lines.first?.hasPrefix("# sha256 ") == true)
  }

  @Test func asJSONEachValueHasItsOrigin() throws {
    let result = try Harrier.run("config", "show", "--config", Self.sample, "--format", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let settings = try #require(object["settings"] as? [[String: Any]])
    let origins = settings.reduce(into: [String: String]()) { $0[$1["path"] as? String ?? ""] = $1["from"] as? String }
    #expect(origins["timezone"] == "\(Self.sample):3")
    #expect(origins["thresholds.session_hours"] == "default")
    #expect((object["sha256"] as? String)?.count == 64)
  }

  @Test func theExampleFilterOfTheDocumentsIsUnderstood() throws {
    let lines = try DocumentedTests.text("docs/CONFIGURATION.md").split(separator: "\n").map(String.init)
    let examples = lines.filter { $0.hasPrefix("harrier search '") }
    #expect(!examples.isEmpty)
    for example in examples {
      let line = example.replacingOccurrences(of: "harrier search", with: "\(Harrier.path) search")
        .replacingOccurrences(of: "logs/", with: "fixtures/archive")
        .replacingOccurrences(of: "harrier.yaml", with: "fixtures/config/harrier.yaml")
      let result = try Shell.run("cd '\(DocumentedTests.root.path)' && \(line)")
      #expect([0, 1, 3].contains(result.code), "\(example): \(result.errors)")
    }
  }

  // MARK: check

  @Test(arguments: [
    ("timezone: UTC\n", [], 0, ""),
    ("version: 1\ntimezon: UTC\n", [], 2, ":2: error: unknown key 'timezon' in the configuration (did you mean"),
    ("environments: {qa: {}}\n", [], 0, ":1: note: no account and nobody belongs to environment 'qa' [unused]"),
    ("environments: {qa: {}}\n", ["--fail-level", "note"], 1, "[unused]"),
    ("networks: {trusted: [0.0.0.0/0]}\n", ["--fail-level", "warning"], 1, ":1: warning: 0.0.0.0/0 trusts"),
    (
      "suppressions:\n  - {rule: r, reason: x, until: 2020-01-01}\n", [], 0,
      ":2: warning: this suppression ended on 2020-01-01"
    ),
    (
      "suppressions:\n  - {rule: logging_stoped, reason: x, until: 2999-01-01}\n", [], 0,
      ":2: warning: no rule has the id, name or title 'logging_stoped' (did you mean 'logging_stopped'?) [unknown-reference]"
    ),
    ("thresholds: {rules: {no_such: 5}}\n", [], 0, ":1: warning: no rule has the id, name or title 'no_such'"),
    ("runbooks: {no_such: 'https://x/'}\n", ["--fail-level", "warning"], 1, "title 'no_such'"),
    // What waits for a list is there.
    ("runbooks: {blocked_network: 'https://x/'}\n", [], 0, ""),
    (
      "suppressions:\n  - {rule: '*the*', reason: x, until: 2999-01-01}\n", [], 1, ":2: error: '*the*' suppresses "
    ),
    (
      "timezone: UTC\nthresholds: {rules: {logging_stopped: 5}}\n", [], 1,
      ":2: error: thresholds: rule 'logging_stopped' looks at single events"
    ),
    ("thresholds: {rules: {base_login_success: 5}}\n", [], 1, ":1: error: thresholds: rule 'base_login_success' looks"),
    // Only suppressions take patterns, and they, too, may be about nothing.
    ("runbooks: {'logging_stop*': 'https://x/'}\n", [], 0, "title 'logging_stop*'"),
    ("suppressions: [{rule: 'no_such_*', reason: x, until: 2999-01-01}]\n", [], 0, "title 'no_such_*'"),
    ("suppressions: [{rule: 'logging_stop*', reason: x, until: 2999-01-01}]\n", [], 0, ""),
  ])
  func aCheckNamesEachFindingWithItsLine(text: String, flags: [String], code: Int32, words: String) throws {
    let folder = try Folder()
    let file = try folder.write("c.yaml", text)
    let result = try Harrier.run(["config", "check", file] + flags)
    #expect(result.code == code)
    #expect(words.isEmpty ? result.output.isEmpty : result.output.contains(words), "\(result.output)")
    #expect(result.lines.allSatisfy { $0.hasPrefix(file) })
  }

  @Test func namesOfRulesAreComparedWithRules() throws {
    let folder = try Folder()
    let file = try folder.write("c.yaml", "lists: {probes: u1}\nrunbooks: {Porbe: 'https://x/'}\n")
    let rule = try folder.write("r.yml", Self.rule)
    let result = try Harrier.run("config", "check", file, "--rules", rule)
    #expect(result.output.contains("no rule has the id, name or title 'Porbe' (did you mean 'Probe'?)"))
  }

  /// A configuration that a check passes leaves no rule of a sweep out, and the other way round.
  @Test(
    arguments: [
      ("networks: {trusted: [#]}", (0..<20_001).map { "\(11 + $0 / 256).\($0 % 251).\($0 % 256).1" }, 0, 0),
      ("automation: [{identities: [#], networks: 10.0.0.0/8}]", (0..<20_001).map { "bot\($0)" }, 1, 3),
      ("lists: {probes: [#]}", ["'('"], 1, 3),
      ("lists: {probes: [#]}", ["u1"], 0, 0),
      ("thresholds: {rules: {logging_stopped: #}}", ["5"], 1, 2),
      ("suppressions: [{rule: '*the*', reason: x, until: #}]", ["2999-01-01"], 1, 2),
      ("geoip: {city: #}", ["nosuch.mmdb"], 2, 2),
      ("geoip: {country: #}", ["c.yaml"], 2, 2),
      ("tickets: #", ["e.ndjson"], 2, 2),
      ("timezone: #", ["Mars/Phobos"], 2, 2),
      ("thresholds: {dormant_days: #}", ["0"], 2, 2),
    ] as [(String, [String], Int32, Int32)])
  func aCheckFindsWhatASweepRefuses(text: String, values: [String], check: Int32, sweep: Int32) throws {
    let folder = try Folder()
    let rule = try folder.write(
      "r.yml", Self.rule.replacingOccurrences(of: "actor|expand:", with: "actor|expand|re:")
    )
    // Without the list the rule is left out for want of it, whatever else is said.
    let list = text.hasPrefix("lists") ? "" : "\nlists: {probes: u1}"
    let config = try folder.write("c.yaml", text.replacing("#", with: values.joined(separator: ", ")) + list + "\n")
    let events = try folder.write("e.ndjson", Sample.lines(3))
    let checked = try Harrier.run("config", "check", config, "--rules", rule)
    #expect(checked.code == check, "\(checked.output.prefix(500))")
    let swept = try Harrier.run("sweep", events, "--config", config, "--rules", rule)
    #expect(swept.code == sweep, "\(swept.errors.prefix(500))")
  }

  @Test func aSweepSaysOnceWhichNamesNoRuleHas() throws {
    let folder = try Folder()
    let config = try folder.write("c.yaml", "runbooks: {logging_stoped: 'https://x/'}\n")
    let events = try folder.write("e.ndjson", Sample.lines(3))
    let swept = try Harrier.run("sweep", events, "--config", config, "--format", "jsonl")
    #expect(swept.errors.components(separatedBy: "did you mean 'logging_stopped'?").count == 2, "\(swept.errors)")
    let broad = try folder.write(
      "b.yaml", "suppressions:\n  - {rule: '*the*', reason: x, until: 2999-01-01}\n")
    let refused = try Harrier.run("sweep", events, "--config", broad, "--format", "jsonl")
    #expect(
      refused.code == 2 && refused.errors.contains("\(broad):2: error: '*the*' suppresses"), "\(refused.errors)")
  }

  @Test(arguments: [
    (["config"], "needs a task"), (["config", "shw"], "did you mean 'show'"), (["config", "check"], "takes one file"),
    (["config", "init"], "no paths given"), (["config", "show", "x"], "takes no paths"),
    (["config", "show", "--rules", "x"], "is no flag of 'harrier config show'"),
    (["config", "show", "--config", "/no/such.yaml"], "cannot be read"),
    (["search", "*", ".", "--config", "/no/such.yaml"], "cannot be read"),
  ])
  func aMistakeIsTwo(arguments: [String], message: String) throws {
    let result = try Harrier.run(arguments)
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func oneIsNotToldAsMany() throws {
    let folder = try Folder()
    let check = try Harrier.run("config", "check", try folder.write("bad.yaml", "timezon: UTC\n"))
    #expect(check.errors.contains("1 error, 0 warnings"))
    let list = try folder.write("blocked.txt", "203.0.113.0/24\n")
    let shown = try Harrier.run(
      "config", "show", "--config", try folder.write("h.yaml", "networks: {blocked: ['@\(list)']}\n"))
    #expect(shown.output.contains(": 1 network\n"), "\(shown.output)")
  }

  // MARK: Lists for rules and filters

  private static let rule = """
    title: Probe
    id: 6d4d9d2e-1111-4222-8333-444455556666
    status: test
    logsource: {product: cloud}
    detection: {sel: {actor|expand: '%probes%'}, condition: sel}
    level: low
    tests:
      - {event: {actor: u1}, match: true}
    """

  @Test func rulesAndFiltersTakeTheListsOfAConfiguration() throws {
    let folder = try Folder()
    let archive = try folder.write("a.json", Sample.lines(9))
    let config = try folder.write("c.yaml", "lists: {probes: [u1, nobody]}\n")
    let rules = try folder.write("rules/r.yml", Self.rule)
    let flags = ["--config", config]
    let match = try Harrier.run(["rules", "match", "--no-builtin", "--rules", rules, archive] + flags)
    #expect(match.code == 0)
    #expect(match.lines.count == 3)
    #expect(try Harrier.run(["rules", "match", "--no-builtin", "--rules", rules, archive]).code == 2)
    #expect(try Harrier.run(["rules", "check", rules] + flags).code == 0)
    #expect(try Harrier.run(["rules", "check", rules]).code == 1)
    let listed = try Harrier.run(["rules", "list", "--no-builtin", "--rules", rules, "--format", "jsonl"] + flags)
    #expect(listed.rows.map { $0["title"] as? String } == ["Probe"])
    let explained = try Harrier.run(["rules", "explain", "Probe", "--rules", rules] + flags)
    #expect(explained.code == 0)
    #expect(explained.output.contains("nobody"))
    let sweep = try Harrier.run(["sweep", "--no-builtin", "--rules", rules, archive, "--format", "jsonl"] + flags)
    #expect(sweep.code == 0)
    #expect(sweep.rows.map { $0["title"] as? String } == ["Probe"])
    let search = try Harrier.run(["search", "actor|expand = %probes%", archive] + flags)
    #expect(search.rows.count == 3)
    let unknown = try Harrier.run("search", "actor|expand = %probes%", archive)
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("%probes%"))
  }

  /// Scattered, so that no two of them join: each would be a test of its own.
  @Test(arguments: [998, 1_000, 20_001])
  func aListOfNetworksMayBeLong(count: Int) throws {
    let folder = try Folder()
    let networks = (0..<(count - 1)).map { "16.\($0 >> 14).\($0 >> 7 & 127).\(($0 & 127) * 2)/32\n" }.joined()
    try folder.write("n.txt", "198.51.100.7/32\n" + networks)
    let config = try folder.write("c.yaml", "networks: {trusted: ['@n.txt'], vpn: [198.51.100.200/32]}\n")
    let check = try Harrier.run("config", "check", config)
    #expect(check.code == 0 && check.output.isEmpty, "\(check.output.prefix(500))")
    let addresses = ["198.51.100.7", "198.51.100.8", "16.0.0.0", "16.0.0.1", "198.51.100.200"]
    let events = addresses.enumerated().map { number, address in
      Sample.event(number).replacingOccurrences(
        of: #""sourceIPAddress":"[^"]*""#, with: #""sourceIPAddress":"\#(address)""#, options: .regularExpression)
    }.joined(separator: "\n")
    let archive = try folder.write("e.ndjson", events)
    let rule = try folder.write(
      "r.yml", RulesCommandTests.rule("sourceIPAddress|cidr|expand: '%trusted_networks%'", more: "name: trusted\n"))
    let flags = ["--no-builtin", "--rules", rule, "--config", config]
    let match = try Harrier.run(["rules", "match", archive] + flags)
    #expect(match.lines.count == 3, "\(match.output) \(match.errors)")
    let filter = "src_ip|cidr|expand = %trusted_networks%"
    #expect(try Harrier.run("search", filter, archive, "--config", config).rows.count == 3)
    #expect(try Harrier.run("search", "not \(filter)", archive, "--config", config).rows.count == 2)
    let explained = try Harrier.run(["rules", "explain", "trusted"] + flags)
    #expect(explained.code == 0)
    #expect(explained.output.contains("in a network of the list 'trusted_networks'") == (count >= 1_000))
  }

  // MARK: init

  /// Two people, a pipeline on its network, a machine, an emergency user: three weeks of them.
  private static func archive(_ folder: Folder) throws -> String {
    var lines: [String] = []
    func add(_ name: String, _ session: String?, _ ip: String, _ agent: String, _ action: String, day: Int, hour: Int) {
      let account = "111122223333"
      let arn = session.map { "sts::\(account):assumed-role/\(name)/\($0)" } ?? "iam::\(account):user/\(name)"
      let who =
        session == nil
        ? "\"type\":\"IAMUser\",\"userName\":\"\(name)\""
        : "\"type\":\"AssumedRole\",\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\",\"userName\":\"\(name)\"}}"
      let time = "2026-01-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):15:00Z"
      lines.append(
        """
        {"eventVersion":"1.08","userIdentity":{\(who),"principalId":"AIDA:\(session ?? name)","arn":"arn:aws:\(arn)",\
        "accountId":"\(account)"},"eventTime":"\(time)","eventSource":"ec2.amazonaws.com","eventName":"\(action)",\
        "awsRegion":"eu-west-1","sourceIPAddress":"\(ip)","userAgent":"\(agent)","eventID":"e-\(lines.count)",\
        "readOnly":\(action.hasPrefix("Get")),"eventType":"AwsApiCall","recipientAccountId":"\(account)"}
        """)
    }
    for day in 5...25 {
      for (place, person) in ["ann.lee", "ben.orr", "cleo.fox"].enumerated() where day % 7 != 3 && day % 7 != 4 {
        for hour in 9..<17 {
          add(
            "Admin", person, place == 2 ? "198.51.100.9" : "203.0.113.7", "Mozilla/5.0", "GetUser", day: day, hour: hour
          )
          add("Admin", person, "203.0.113.7", "Mozilla/5.0", "GetUser", day: day, hour: hour)
        }
      }
      for hour in 0..<24 {
        let address = "192.0.2.\(10 + hour % 3)"
        add(
          "infra-prod", nil, address, hour % 2 == 0 ? "HashiCorp Terraform/1.9" : "aws-cli/2", "RunInstances", day: day,
          hour: hour)
        add("backup", "i-0abc", "10.0.\(day).\(hour % 8)", "aws-sdk-go/1.0", "GetUser", day: day, hour: hour)
      }
    }
    add("emergency-admin", nil, "203.0.113.7", "Mozilla/5.0", "CreateUser", day: 7, hour: 3)
    return try folder.write("logs/a.json", lines.joined(separator: "\n") + "\n")
  }

  @Test func aDraftNamesWhatTheArchiveShowsWithAReason() throws {
    let folder = try Folder()
    let draft = try Harrier.run("config", "init", try Self.archive(folder))
    #expect(draft.code == 0)
    #expect(draft.errors.isEmpty)
    let lines = draft.lines
    #expect(lines.contains("    environment: prod  # guess: 1 of 1 names that tell a stage say so"))
    #expect(lines.contains { $0.hasPrefix("  'ann.lee':  # guess: 240 events, 2026-01-05 to 2026-01-23") })
    #expect(lines.contains("    sessions: ['ann.lee']"))
    let automation = try #require(lines.firstIndex(of: "automation:"))
    #expect(lines[automation + 1].contains("# infra-prod: guess: 504 events"))
    #expect(lines[automation + 1].contains("504 changes, in up to 24 of 24 hours on 7 of 7 days; agents: HashiCorp"))
    #expect(lines[automation + 4] == "    networks: ['192.0.2.0/24']")
    #expect(lines.contains("      - {identity: 'backup/*', account: '111122223333'}  # aws"))
    #expect(lines.contains("    networks: ['10.0.0.0/8']"))
    #expect(lines.contains { $0.contains("'emergency-admin', account: '111122223333'}]  # guess: by its name") })
    #expect(lines.contains("    - '203.0.113.7/32'  # guess: 3 people work from it"))
    #expect(!draft.output.contains("198.51.100.9"))
    #expect(lines.contains("  days: [mon, tue, wed, thu, fri]"))
    #expect(lines.contains("  from: '09:00'") && lines.contains("  to: '17:00'"))
  }

  @Test func aDraftIsAConfigurationAndTheSameForAnyNumberOfThreads() throws {
    let folder = try Folder()
    let small = try Self.archive(folder)
    let big = DocumentedTests.root.appendingPathComponent("fixtures/archive").path
    for path in [small, big] {
      let draft = try Harrier.run("config", "init", path, "--jobs", "1")
      #expect(try Harrier.run("config", "init", path, "--jobs", "4").output == draft.output)
      // 3: the archive holds a damaged file on purpose.
      #expect(draft.code == (path == big ? 3 : 0))
      let check = try Harrier.run("config", "check", try folder.write("draft.yaml", draft.output))
      #expect(check.code == 0)
      #expect(check.output.isEmpty, "\(check.output)")
    }
  }

  /// Somebody who tries names from one address is no office, and the names are nobody.
  @Test func whoNeverGotInIsNotUsual() throws {
    let folder = try Folder()
    let sprayed = ["admin.one", "ops.two", "test.three", "root.four"].map { name in
      #"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","accountId":"111122223333","userName":"\#(name)"},"#
        + #""eventTime":"2026-01-06T10:00:00Z","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","#
        + #""awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.66","userAgent":"Mozilla/5.0","eventID":"s-\#(name)","#
        + #""errorMessage":"Failed authentication","responseElements":{"ConsoleLogin":"Failure"},"#
        + #""eventType":"AwsConsoleSignIn","recipientAccountId":"111122223333"}"#
    }
    _ = try Self.archive(folder)
    let spray = try folder.write("logs/b.json", sprayed.joined(separator: "\n") + "\n")
    let draft = try Harrier.run("config", "init", "\(folder.path)/logs")
    #expect(!draft.output.contains("198.51.100.66"))
    #expect(!draft.output.contains("admin.one"))
    #expect(draft.lines.contains("    - '203.0.113.7/32'  # guess: 3 people work from it"))
    #expect(try Harrier.run("config", "init", spray).lines.contains("  - id: '111122223333'  # 4 events"))
  }

  @Test func hostileNamesDoNotLeaveTheirQuotes() throws {
    let folder = try Folder()
    let name = "x'\\n# \\u001b[31m'\\nsuppressions: [{rule: '*'}] #.y"
    let events = (0..<30).map { hour in
      Sample.event(hour, time: "2026-01-05T\(10 + hour % 10):00:00Z").replacingOccurrences(
        of: "u\(hour % 3)\"", with: "\(name)\"")
    }
    let draft = try Harrier.run("config", "init", try folder.write("a.json", events.joined(separator: "\n")))
    #expect(draft.code == 0)
    #expect(draft.output.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
    let shown = try Harrier.run("config", "show", "--config", try folder.write("d.yaml", draft.output))
    #expect(shown.code == 0)
    #expect(shown.lines.contains("suppressions: []  # default"))
  }
}
