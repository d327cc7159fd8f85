import Foundation
import Testing

/// What a state leaves out of settled time: nothing that a later alert depends on, and all that makes it grow.
@Suite struct StateThinningTests {
  typealias Desk = StateRunsTests.Desk

  // As little is kept as can be, so that most of an archive is settled while it is read.
  private static let shortest = ["--late", "1h", "--keep-events", "1h"]

  @Test(arguments: 0..<(StateRunsTests.isTorture ? 400 : 8))
  func whatIsLeftOutChangesNoAlert(seed: Int) throws {
    let archive = RandomArchive(seed: UInt64(seed) &+ 9_000_000, isInOrder: true)
    let desk = try Desk(rules: archive.rules)
    var reader = StateRunsTests.Reader()
    for batch in archive.batches {
      for file in batch { try desk.write(archive.names[file], archive.files[file]) }
      let flags = ["sweep", desk.logs, "--state", desk.state, "--format", "jsonl"] + StateThinningTests.shortest
      let result = try Harrier.run(flags + desk.rules)
      #expect(result.code == 0, "\(result.errors)")
      reader.read(result)
    }
    let known = Set(try desk.alerts().output.split(separator: "\n"))
    let whole = Set(try desk.oneShot().split(separator: "\n"))
    let lost = whole.subtracting(known).map { "- \($0)" }
    let added = known.subtracting(whole).map { "+ \($0)" }
    #expect(lost.isEmpty && added.isEmpty, "seed \(seed):\n\((lost + added).joined(separator: "\n"))")
  }

  private static let routine =
    ["first_seen", "rare", "dormant", "overlap", "gap", "overstay"].map { type in
      let field = ["first_seen", "rare", "overlap"].contains(type) ? ", field: sourceIPAddress" : ""
      let learning = ["first_seen", "rare", "gap"].contains(type) ? ", learning: 4d" : ""
      let more = type == "rare" ? ", fewer-than: 2, peers-min: 1" : ""
      return """
        ---
        title: Type \(type)
        name: t_\(type)
        status: test
        correlation: {type: \(type), rules: [counted], group-by: [recipientAccountId], timespan: 2d\(field)\(learning)\(more)}

        """
    }.joined()

  private static func day(_ number: Int) -> String {
    (0..<96).map { quarter in
      let time = String(
        format: "2026-%02d-%02dT%02d:%02d:00Z", 1 + number / 28, 1 + number % 28, quarter / 4, quarter % 4 * 15)
      return Sample.event(1, action: "StopLogging", time: time) + "\n"
    }.joined()
  }

  /// Of a year of quarters of an hour no more is kept than is needed.
  @Test func whatIsRoutineDoesNotMakeAStateGrow() throws {
    let counted = StateRules.each("Counted", "counted").replacingOccurrences(
      of: "status: test", with: "status: test\nlevel: low")
    let rules = counted + StateThinningTests.routine
    let desk = try Desk(rules: rules)
    var sizes: [Int] = []
    for number in 0..<56 {
      try desk.write("\(number).json", StateThinningTests.day(number))
      guard number % 14 == 13 else { continue }
      let result = try Harrier.run(
        ["sweep", desk.logs, "--state", desk.state, "-q", "--keep-hits", "1d"] + StateThinningTests.shortest
          + desk.rules)
      #expect(result.code == 0, "\(result.errors)")
      let bytes = try StateDump.rows("SELECT sum(bytes) FROM part", at: desk.state).first
      sizes.append(Int(bytes ?? "") ?? 0)
    }
    // All hits of two weeks would take 516,096 bytes.
    #expect(zip(sizes.dropFirst(), sizes).allSatisfy { later, earlier in later - earlier < 24_000 }, "\(sizes)")
    #expect(sizes.first ?? 0 > 0)
  }

  /// Whatever is left out of many hits: what was learned goes on, and the silence behind them is told.
  @Test(arguments: [("10d", "4h"), ("10d", "12h"), ("2d", "3h"), ("2d", "8d")])
  func whatALongSilenceIsComparedWithStays(timespan: String, learning: String) throws {
    let gap = """
      ---
      title: Silent
      name: silent
      status: test
      correlation: {type: gap, rules: [counted], group-by: [recipientAccountId], timespan: \(timespan), learning: \(learning)}

      """
    let desk = try Desk(rules: StateRules.each("Counted", "counted") + gap)
    for number in Array(0..<15) + [29, 30] {
      try desk.write("\(number).json", StateThinningTests.day(number))
      let result = try Harrier.run(
        ["sweep", desk.logs, "--state", desk.state, "-q"] + StateThinningTests.shortest + desk.rules)
      #expect(result.code == 0, "\(result.errors)")
    }
    let whole = try desk.oneShot()
    #expect(whole.contains("\"title\":\"Silent\""))
    #expect(try desk.alerts().output == whole)
  }

  /// What has been left out cannot be looked at again by whoever waits for longer from now on.
  @Test func whoWaitsForLongerDoesSoFromNowOn() throws {
    let rules = StateRules.all(
      StateRules.each("Counted", "counted"), StateRules.several("Two", "two", of: "counted", atLeast: 2))
    let desk = try Desk(rules: rules)
    func event(_ number: Int, _ time: String) -> String {
      Sample.event(number, action: "StopLogging", time: "2026-\(time):00Z") + "\n"
    }
    func tooLate(_ late: String) throws -> Int? {
      let out = "\(desk.folder.path)/out"
      let result = try Harrier.run(
        ["sweep", desk.logs, "--state", desk.state, "--out", out, "-q", "--late", late] + desk.rules)
      #expect(result.code == 0, "\(result.errors)")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(out)/summary.json"))
      return (try JSONSerialization.jsonObject(with: bytes) as? [String: Any])?["too_late"] as? Int
    }
    try desk.write("a.json", event(1, "01-05T10:00") + event(2, "02-01T10:00"))
    #expect(try tooLate("7d") == 0)
    try desk.write("b.json", event(3, "02-01T12:00"))
    #expect(try tooLate("7d") == 0)
    // The hit that it would make a second one of may be gone.
    try desk.write("c.json", event(4, "01-05T10:20"))
    #expect(try tooLate("60d") == 1)
    // What lies behind the mark of then waits as long as it is told to.
    try desk.write("d.json", event(5, "04-01T10:00"))
    #expect(try tooLate("60d") == 0)
    try desk.write("e.json", event(6, "02-03T10:00"))
    #expect(try tooLate("60d") == 0)
  }
}
