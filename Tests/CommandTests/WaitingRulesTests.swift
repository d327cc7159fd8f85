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
