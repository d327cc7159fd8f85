import Testing

/// A replay of nothing says so: a list of rules that would not have fired would read as if somebody had looked.
@Suite struct EmptyReplayTests {
  @Test(arguments: ["{\"Records\":[]}", "", nil])
  func replayOfNothingListsNothing(events: String?) throws {
    let folder = try Folder()
    let rules = try folder.write("rules.yml", SweepConfigurationTests.rules)
    let file = try events.map { try folder.write("a.json", $0) } ?? "\(folder.path)/none"
    let result = try Harrier.run("rules", "test", rules, "--replay", file)
    #expect(result.code == (events == nil ? 3 : 2), "\(result.errors)")
    #expect(result.output.isEmpty && result.errors.contains("no event was read"), "\(result.output)\(result.errors)")
  }

  @Test func replayOfNothingWithATimeSaysSo() throws {
    let folder = try Folder()
    let rules = try folder.write("rules.yml", SweepConfigurationTests.rules)
    let file = try folder.write("a.json", Sample.event(1).replacing("2026-01-05T10:00:00Z", with: "soon"))
    let result = try Harrier.run("rules", "test", rules, "--replay", file)
    #expect([0, 3].contains(result.code), "\(result.errors)")
    #expect(result.output.contains("could not fire: Log stopped (high): no event of this kind was seen"))
    #expect(result.errors.contains("0 alerts in ") && !result.errors.contains(" over "), "\(result.errors)")
  }
}
