import Foundation
import Testing

/// Rules about lists that the configuration lacks: left out with a note, in the checkout as in the program.
@Suite struct WaitingRulesTests {
  @Test func whatWaitsForTheConfigurationIsANoteWhereverItStands() throws {
    let folder = try Folder()
    let waiting = RulesCommandTests.rule("sourceIPAddress|cidr|expand: '%trusted_networks%'", more: "name: waiting\n")
    func counting(_ name: String, of rule: String) -> String {
      "---\ntitle: C \(name)\nname: \(name)\ncorrelation:\n  type: event_count\n  rules: [\(rule)]\n  group-by: [actor]\n"
        + "  timespan: 1h\n  condition: {gte: 2}\n"
    }
    let file = try folder.write("r.yml", waiting + counting("c", of: "waiting") + counting("d", of: "c"))
    let check = try Harrier.run("rules", "check", file, "--fail-level", "warning")
    #expect(check.code == 0, "\(check.output)")
    #expect(
      check.lines.first
        == "\(file):5: note: waits for the list 'trusted_networks' of the configuration [waits-for-list] in rule '\(RulesCommandTests.id)'"
    )
    #expect(check.lines.count == 3 && check.lines.allSatisfy { $0.contains("[waits-for-list]") }, "\(check.output)")
    let rows = try Harrier.run("rules", "list", "--no-builtin", "--rules", file, "--format", "jsonl").rows
    #expect(rows.compactMap { $0["kind"] as? String } == ["waiting", "waiting", "waiting"], "\(rows)")
    #expect(rows.first?["waits_for"] as? String == "waits for the list 'trusted_networks' of the configuration")
    #expect(rows.allSatisfy { $0["alerts"] as? Bool == false })
    let table = try Harrier.run("rules", "list", "--no-builtin", "--rules", file, "--format", "table")
    #expect(table.lines.first?.contains("WAITS_FOR") == true && table.output.contains("trusted_networks"))
    let explained = try Harrier.run("rules", "explain", "waiting", "--rules", file)
    #expect(explained.code == 0)
    #expect(explained.output.contains("Not run: the configuration lacks a list\n  \(file):5: note: waits for"))
    // A list that the configuration does not know is a slip.
    let slip = try folder.write("s.yml", RulesCommandTests.rule("a|expand: '%trusted_network%'"))
    #expect(try Harrier.run("rules", "check", slip).code == 1)
    let config = try folder.write("c.yaml", "networks: {trusted: [203.0.113.0/24]}\n")
    let events = try folder.write("e.ndjson", Sample.lines(3))
    let match = ["rules", "match", "--no-builtin", "--rules", file, events]
    #expect(try Harrier.run(match + ["--config", config]).lines.count == 3)
    #expect(try Harrier.run("rules", "check", file, "--config", config).output.isEmpty)
  }

  /// A rule that only feeds others is silent, whatever becomes of them.
  @Test(arguments: ["sourceIPAddress|cidr|expand: '%trusted_networks%'", "a|nonsense: 1"])
  func ruleWhoseCorrelationIsLostDoesNotAlertInItsPlace(other: String) throws {
    let folder = try Folder()
    let text =
      "title: Feeder\nname: feeder\nlogsource: {product: cloud}\ndetection: {s: {action: GetUser}, condition: s}\n---\n"
      + RulesCommandTests.rule(other, more: "name: lost\n")
      + "---\ntitle: C\nname: c\ncorrelation:\n  type: temporal\n  rules: [feeder, lost]\n  timespan: 1h\n"
      + "---\ntitle: D\nname: d\ncorrelation:\n  type: event_count\n  rules: [c]\n  timespan: 1h\n  condition: {gte: 2}\n"
      + "---\ntitle: Own\nlogsource: {product: cloud}\ndetection: {s: {action: ListUsers}, condition: s}\n"
    let file = try folder.write("r.yml", text)
    let rows = try Harrier.run("rules", "list", "--no-builtin", "--rules", file, "--format", "jsonl").rows
    let speaking = rows.filter { $0["alerts"] as? Bool == true }.compactMap { $0["title"] as? String }
    #expect(speaking == ["Own"], "\(rows)")
  }

  @Test func ofTheBuiltInRulesNoneThatOnlyFeedsOthersAlerts() throws {
    let rows = try Harrier.run("rules", "list", "--format", "jsonl").rows
    let bases = rows.filter { ($0["title"] as? String)?.hasPrefix("Base: ") == true }
    #expect(bases.count > 30)
    #expect(bases.allSatisfy { $0["alerts"] as? Bool == false })
    // Without any configuration, as most begin.
    let folder = try Folder()
    let logout = Sample.event(1, action: "Logout").replacing("iam.amazonaws", with: "signin.amazonaws")
      .replacing(#""userName":"u1""#, with: #""userName":"u1","accessKeyId":"ASIAEXAMPLE000000001""#)
    let swept = try Harrier.run("sweep", try folder.write("a.json", logout), "--format", "jsonl", "-q")
    #expect(swept.code == 0 && swept.output.isEmpty, "\(swept.output)")
  }

  @Test func theRulesOfTheCheckoutAreFineAsTheyAre() throws {
    let rules = DocumentedTests.root.appendingPathComponent("rules").path
    let check = try Harrier.run("rules", "check", rules, "--fail-level", "warning")
    #expect(check.code == 0, "\(check.output)")
    #expect(check.output.contains("note: waits for the list 'elevated_roles' of the configuration"))
    let built = try Harrier.run("rules", "check", "--fail-level", "warning")
    #expect(built.lines.count == check.lines.count)
    let test = try Harrier.run("rules", "test", rules)
    #expect(test.code == 0, "\(test.output)")
    #expect(test.output.isEmpty && test.errors.contains(" passed, 0 failed\n"), "\(test.errors)")
    // With somebody's own configuration, tests about a section that it lacks wait.
    let folder = try Folder()
    let config = try folder.write("c.yaml", "timezone: UTC\n")
    let rows = try Harrier.run("rules", "test", rules, "--config", config, "--format", "jsonl").rows
    let freeze = rows.filter { $0["title"] as? String == "Change during a change freeze" }
    #expect(!freeze.isEmpty && freeze.allSatisfy { $0["result"] as? String == "waiting" })
  }
}
