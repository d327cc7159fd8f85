import Foundation
import Testing

/// `harrier rules` from outside: exit codes, what is printed where, and flags that would do nothing.
@Suite struct RulesCommandTests {
  static let id = "11111111-1111-4111-8111-111111111111"

  static func rule(
    _ selection: String, source: String = "{product: aws, service: cloudtrail}", id: String = id, more: String = ""
  ) -> String {
    "title: T\nid: \(id)\nlogsource: \(source)\ndetection:\n  s: {\(selection)}\n  condition: s\n\(more)"
  }

  private static let refused = rule("a|re: '(x{1000}){1000}'")

  @Test(arguments: [["check"], ["test"], ["list", "--rules"], ["match", "--rules"], ["explain", "x", "--rules"]])
  func pathThatIsNotThereIsAMistakeOfUsage(_ task: [String]) throws {
    let result = try Harrier.run(["rules"] + task + ["/nonexistent/rules", "/tmp"])
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("/nonexistent/rules: cannot be read"))
  }

  @Test func refusedExpressionIsAnErrorEverywhere() throws {
    let folder = try Folder()
    let file = try folder.write(
      "r.yml", Self.refused + "---\n" + Self.rule("a: 1", id: Self.id.replacing("1", with: "2")))
    let events = try folder.write("e.ndjson", Sample.lines(3))
    let check = try Harrier.run("rules", "check", file)
    #expect(check.code == 1)
    #expect(check.output.hasPrefix("\(file):5: error: the regular expression is invalid: invalid repetition size"))
    #expect(check.output.contains("[bad-regex] in rule '\(Self.id)'"))
    #expect(check.errors.contains("1 error, "))
    #expect(try Harrier.run("rules", "match", "--no-builtin", "--rules", file, events).code == 3)
    #expect(try Harrier.run("rules", "test", file).code == 3)
    let explained = try Harrier.run("rules", "explain", Self.id, "--rules", file)
    #expect(explained.code == 3)
    #expect(explained.output.contains("Rejected\n  \(file):5: error: the regular expression is invalid"))
  }

  @Test func oneRuleOfFarTooManyFieldsDoesNotStopTheOthers() throws {
    let folder = try Folder()
    let fields = (0..<70_000).map { "f\($0): 1" }.joined(separator: ", ")
    let bad = try folder.write("a.yml", Self.rule(fields, id: Self.id.replacing("1", with: "2")))
    let good = try folder.write("b.yml", Self.rule("eventName: GetUser"))
    let events = try folder.write("e.ndjson", Sample.lines(3))
    let match = try Harrier.run("rules", "match", "--no-builtin", "--rules", bad, "--rules", good, events)
    #expect(match.code == 3)
    #expect(match.lines.count == 3)
    #expect(
      match.errors.contains("\(bad):5: error: 70000 fields are more than the 1000 that a rule may read; split it"))
  }

  @Test func explanationSaysFlagsAndLetterCase() throws {
    let folder = try Folder()
    let file = try folder.write("r.yml", Self.rule("a|re|i|s: x, b|cased|fieldref: c, d|hour: 5, e|day: 6"))
    let words = try Harrier.run("rules", "explain", "T", "--rules", file).output
    #expect(words.contains("a matches the regular expression x (in any letter case, with line breaks as characters)"))
    #expect(words.contains("b equals the field c (in this letter case)"))
    #expect(words.contains("d has an hour = 5") && words.contains("e has a day = 6"))
  }

  @Test func findingsAndTestsHaveRows() throws {
    let folder = try Folder()
    let tests = "tests:\n  positive:\n    - {eventName: x}\n    - {eventName: y}\n"
    let file = try folder.write("r.yml", Self.rule("eventName: x", more: "status: deprecated\n" + tests))
    let check = try Harrier.run("rules", "check", file, "--format", "jsonl", "--cost")
    #expect(check.rows.map { $0["code"] as? String } == ["retired-status", "cost"])
    #expect(check.rows.map { $0["rule"] as? String } == [Self.id, Self.id])
    #expect(check.rows[0]["line"] as? Int == 7)
    let test = try Harrier.run("rules", "test", file, "--format", "jsonl")
    #expect(test.rows.map { $0["result"] as? String } == ["passed", "failed"])
    #expect(test.code == 1)
    #expect(test.errors.contains("1 of 1 rule has tests: 1 passed, 1 failed"))
  }

  @Test func testsOfCorrelationsAreRun() throws {
    let folder = try Folder()
    let file = try folder.write(
      "r.yml",
      Self.rule("eventName: x").replacing("condition: s", with: "condition: s | count() > 1\n  timeframe: 1m")
        + """
        tests:
          positive:
            - {events: [{eventName: x, n: 2, every: 60s}]}
            - {events: [{eventName: x, n: 2, every: 61s}]}
            - {events: [{eventName: x, n: 4}, {at: 5m, eventName: x, n: 2}], alerts: 2}
            - {events: [{eventName: x, n: 4}], alerts: 2}
          negative:
            - {events: [{eventName: x}, {eventName: y}]}
            - {events: [{eventName: x, n: 3}]}
            - {events: ['{"eventName": "x"}']}

        """)
    let result = try Harrier.run("rules", "test", file, "--format", "jsonl")
    #expect(
      result.rows.map { $0["message"] as? String } == [
        nil, "raises no alert, but must", nil, "raises 1 alert, but must raise 2 alerts", nil,
        "raises 1 alert, but must raise none",
        "an event is recognised as no provider's; give columns, or the whole record",
      ])
    #expect(result.code == 1)
    #expect(result.errors.contains("3 passed, 4 failed"))
  }

  @Test(arguments: [
    ["check", "--limit", "1"], ["match", "--format", "jsonl"], ["list", "--since", "1d"], ["test", "--cost"],
    ["explain", "x", "--format", "csv"], ["check", "--since", "1d"], ["match", "--sample", "x"],
  ]) func flagThatWouldDoNothingIsRefused(_ arguments: [String]) throws {
    let folder = try Folder()
    let file = try folder.write("r.yml", Self.rule("a: 1"))
    let result = try Harrier.run(["rules"] + arguments + ["--rules", file])
    #expect(result.code == 2)
    #expect(result.errors.contains(arguments.first { $0.hasPrefix("--") } ?? ""))
  }

  @Test(arguments: ["match", "list", "check", "test", "explain"])
  func helpOfATaskListsItsFlagsOnly(_ task: String) throws {
    let help = try Harrier.run("rules", task, "--help")
    #expect(help.code == 0)
    #expect(help.output.contains("Usage: harrier rules \(task)"))
    #expect(help.output.contains("--limit") == (task == "match"))
    #expect(help.output.contains("--cost") == (task == "check"))
    #expect(help.output.contains("--format") == ["list", "check", "test"].contains(task))
    #expect(try Harrier.run("help", "rules", task).output == help.output)
  }

  @Test func rulesThatCannotRunAreCountedWithTheirProducts() throws {
    let folder = try Folder()
    let other = Self.rule("a: 1", source: "{product: windows}", id: Self.id.replacing("1", with: "2"))
    let file = try folder.write("r.yml", Self.rule("eventName: GetUser") + "---\n" + other)
    let events = try folder.write("e.ndjson", Sample.lines(2))
    let match = try Harrier.run("rules", "match", "--no-builtin", "--rules", file, events)
    #expect(match.lines.count == 2)
    #expect(match.errors.contains("1 rule cannot run: its log is not read (windows 1)"))
    #expect(try Harrier.run("rules", "check", file).errors.contains("1 rule cannot run"))
    let list = try Harrier.run("rules", "list", "--no-builtin", "--rules", file, "--format", "jsonl")
    #expect(list.rows.map { $0["runs_on"] as? [String] ?? [] } == [["aws"], []])
  }

  @Test func sampleNamesFieldsThatNoEventHas() throws {
    let folder = try Folder()
    let cloud = Self.rule("action: x, src_label: y", source: "{product: cloud}", id: Self.id.replacing("1", with: "3"))
    let late = Self.rule("eventName: x", id: Self.id.replacing("1", with: "5"))
      .replacing("  condition: s\n", with: "  t:\n    nobody: 1\n  condition: s and t\n")
    let idle = Self.rule("nope: 1", source: "{product: tencent}", id: Self.id.replacing("1", with: "4"))
    let rules = [Self.rule("eventName: x, userIdentity.userNane: y, requestParameters.a: 1"), cloud, idle, late]
    let file = try folder.write("r.yml", rules.joined(separator: "---\n"))
    let events = try folder.write("e.ndjson", Sample.lines(3))
    let result = try Harrier.run("rules", "check", file, "--sample", events, "--format", "jsonl")
    let found = result.rows.filter { $0["code"] as? String == "unseen-field" }.compactMap { $0["message"] as? String }
    #expect(
      found
        == ["requestParameters.a", "userIdentity.userNane", "src_label", "nobody"].map {
          "none of the 3 events of its log in the sample has the field '\($0)'"
        })
    let lines = result.rows.filter { $0["code"] as? String == "unseen-field" }.compactMap { $0["line"] as? Int }
    #expect(lines == [5, 5, 12, 27])
    #expect(try Harrier.run("rules", "check", file, "--sample", events, "--fail-level", "warning").code == 1)
    #expect(try Harrier.run("rules", "check", file, "--sample", folder.path + "/none").code == 3)
  }

  @Test func printedFilterFindsWhatTheRuleMatches() throws {
    let folder = try Folder()
    let file = try folder.write("r.yml", Self.rule("region: eu-raw, resources|exists: true"))
    let raw = #","region":"eu-raw","resources":[]"#
    let events = try folder.write(
      "e.ndjson",
      [Sample.event(1), Sample.event(2, extra: raw), "{\"region\":\"eu-raw\",\"resources\":[]}"].joined(separator: "\n")
    )
    let matched = try Harrier.run("rules", "match", "--no-builtin", "--rules", file, events).lines
    #expect(matched.count == 1)
    let explained = try Harrier.run("rules", "explain", Self.id, "--rules", file).lines
    let filter = try #require(explained.last).trimmingCharacters(in: .whitespaces)
    let found = try Harrier.run("search", filter, events, "--format", "jsonl").rows
    #expect(found.map { $0["record"] as? Int } == [2])
  }

  @Test func explanationOfACorrelationSaysAllOfIt() throws {
    let folder = try Folder()
    let correlation = """
      ---
      title: C
      name: c
      correlation:
        type: value_count
        rules: [\(Self.id)]
        group-by: [who]
        timespan: 90m
        aliases: {who: {\(Self.id): userIdentity.arn}}
        condition: {gte: 7, field: sourceIPAddress}
        generate: true
      ---
      title: F
      logsource: {product: aws}
      filter: {rules: any, s: {a: 1}, condition: not s}
      ---
      title: New
      correlation: {type: first_seen, rules: [\(Self.id)], group-by: [u], field: region, unless-peers: 3}

      """
    let file = try folder.write("r.yml", Self.rule("eventName: x") + correlation)
    func explained(_ name: String) throws -> String {
      try Harrier.run("rules", "explain", name, "--rules", file).output
    }
    let text = try explained("c")
    for part in [
      "value_count", "\(Self.id): T", "90 minutes", "where who is userIdentity.arn in \(Self.id)",
      "the number of distinct values of sourceIPAddress is >= 7", "  sourceIPAddress\n", "(generate)",
    ] { #expect(text.contains(part), "\(part)") }
    let filter = try explained("F")
    #expect(filter.contains("A filter for every rule of its log source (log source aws)\n  T\n"))
    #expect(filter.contains("not: a is 1"))
    let history = try explained("New")
    #expect(history.contains("a value of region") && history.contains("unless 3 or more others"))
    #expect(history.contains("90 days") && history.contains("14 days"))
  }

  /// Built-in rules that somebody exported and changed: the changed ones run, once each, in the place of the others.
  @Test func rulesWithTheIdOfABuiltInOneTakeItsPlace() throws {
    let folder = try Folder()
    #expect(try Harrier.run("rules", "export", folder.path + "/own").code == 0)
    let usual = try Harrier.run("rules", "list", "--format", "jsonl")
    let both = try Harrier.run("rules", "list", "--format", "jsonl", "--rules", folder.path + "/own")
    func ids(_ result: Harrier.Result) -> [String] { result.rows.compactMap { $0["id"] as? String }.sorted() }
    #expect(both.code == 0 && ids(both) == ids(usual) && both.errors == usual.errors, "\(both.errors.prefix(500))")
    #expect(both.rows.allSatisfy { ($0["file"] as? String)?.hasPrefix(folder.path) == true })
    let first = try #require(usual.rows.first { $0["kind"] as? String == "correlation" }?["id"] as? String)
    let own = """
      title: Mine
      id: \(first)
      logsource: {product: aws}
      detection: {selection: {eventName: x}, condition: selection}
      """
    let path = try folder.write("mine.yml", own)
    let mixed = try Harrier.run("rules", "list", "--format", "jsonl", "--rules", path)
    let placed = mixed.rows.filter { $0["id"] as? String == first }
    #expect(placed.compactMap { $0["title"] as? String } == ["Mine"], "\(mixed.errors)")
    // What is broken takes no one's place.
    try folder.write("mine.yml", own.replacing("selection: {eventName: x}", with: "selection: {'eventName|nosuch': x}"))
    #expect(ids(try Harrier.run("rules", "list", "--format", "jsonl", "--rules", path)) == ids(usual))
  }

  @Test func costIsAGuessAndSaysSo() throws {
    let folder = try Folder()
    let values = "abcdefghijklmnopqrstu".map(String.init).joined(separator: ", ")
    let file = try folder.write("r.yml", Self.rule("userAgent|contains: [\(values)]"))
    let result = try Harrier.run("rules", "check", file, "--cost")
    #expect(result.output.contains("high, filed under userAgent, but nearly every event may call it up"))
    let rare = try folder.write("s.yml", Self.rule("eventName: x"))
    #expect(try Harrier.run("rules", "check", rare, "--cost").output.contains("by perhaps 1 of 1000 events (guessed"))
  }

  @Test(arguments: [
    ("event_count", "gte: 524288", true), ("event_count", "gte: 524289", false), ("event_count", "gt: 524287", true),
    ("event_count", "gt: 524288", false), ("event_count", "eq: 1000000", false), ("event_count", "gt: 1.0e+16", false),
    ("event_count", "neq: 1000000", true), ("event_count", "lt: 1000000", true),
    ("event_count", "gt: 524287, lte: 999999", true), ("event_count", "gt: 524288, lte: 999999", false),
    ("value_count", "field: sourceIPAddress, gte: 524289", false),
    ("value_sum", "field: requestParameters.n, gte: 524289", true),
  ])
  func countThatNoWindowHoldsIsRejected(type: String, condition: String, isFine: Bool) throws {
    let folder = try Folder()
    let rules = try folder.write(
      "r.yml",
      """
      title: Any call
      name: any
      status: test
      logsource: {product: aws, service: cloudtrail}
      detection: {one: {eventName: GetUser}, condition: one}
      ---
      title: Many calls
      status: test
      level: high
      correlation: {type: \(type), rules: [any], generate: true, group-by: [awsRegion], timespan: 1h,
        condition: {\(condition)}}

      """)
    let check = try Harrier.run("rules", "check", rules)
    #expect(check.code == (isFine ? 0 : 1), "\(check.output)")
    #expect(check.output.contains("524288 hits") == !isFine)
    let log = try folder.write("a.json", Sample.event(1))
    let sweep = try Harrier.run("sweep", "--no-builtin", "--rules", rules, log)
    #expect(sweep.code == (isFine ? 0 : 3))
    #expect(sweep.errors.contains("can never hold") == !isFine)
  }
}
