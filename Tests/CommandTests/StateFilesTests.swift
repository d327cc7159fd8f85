import Foundation
import Testing

/// Files that grow, move, are replaced or cut between two runs: no event is lost and none counts twice.
@Suite struct StateFilesTests {
  typealias Desk = StateRunsTests.Desk

  private static func event(_ number: Int, _ time: String = "2026-01-05T10:00:00Z") -> String {
    Sample.event(number, action: "StopLogging", time: time) + "\n"
  }

  private static func summary(_ desk: Desk) throws -> [String: Any] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(desk.folder.path)/out/summary.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  static func sweep(_ desk: Desk, _ flags: String...) throws -> [String: Any] {
    let run =
      ["sweep", desk.logs, "--state", desk.state, "--out", "\(desk.folder.path)/out", "-q"] + desk.rules + flags
    let result = try Harrier.run(run)
    #expect(result.code == 0, "\(result.errors)")
    return try summary(desk)
  }

  @Test func grownFileIsReadOn() throws {
    let desk = try Desk()
    try desk.write("a.json", StateFilesTests.event(1))
    _ = try StateFilesTests.sweep(desk)
    try desk.write("a.json", StateFilesTests.event(1) + StateFilesTests.event(2))
    let summary = try StateFilesTests.sweep(desk)
    #expect(summary["distinct"] as? Int == 1)
    #expect(summary["already_seen"] as? Int == 1)
    #expect(summary["duplicates"] as? Int == 0)
    #expect((summary["known_files"] as? [String: Int])?["grown"] == 1)
    #expect(try desk.alerts().output == desk.oneShot())
  }

  @Test func replacedFileIsReadAgainAndWhatItHeldStillCounts() throws {
    let desk = try Desk()
    try desk.write("a.json", StateFilesTests.event(1) + StateFilesTests.event(2))
    _ = try StateFilesTests.sweep(desk)
    try desk.write("a.json", StateFilesTests.event(2) + StateFilesTests.event(3))
    let summary = try StateFilesTests.sweep(desk)
    #expect(summary["distinct"] as? Int == 1)
    #expect(summary["already_seen"] as? Int == 1)
    #expect(try desk.alerts().rows.count == 3)
    try desk.write("b.json", StateFilesTests.event(1) + StateFilesTests.event(2) + StateFilesTests.event(3))
    let later = try StateFilesTests.sweep(desk)
    #expect(later["distinct"] as? Int == 0)
    #expect(later["duplicates"] as? Int == 3)
    #expect(try desk.alerts().rows.count == 3)
  }

  @Test func movedFileIsTheSameAndAlertsNameItsPath() throws {
    let desk = try Desk()
    try desk.write("a.json", StateFilesTests.event(1))
    try desk.write("b.json", StateFilesTests.event(2))
    _ = try StateFilesTests.sweep(desk)
    try FileManager.default.moveItem(atPath: "\(desk.logs)/a.json", toPath: "\(desk.logs)/z.json")
    let moved = try StateFilesTests.sweep(desk)
    #expect((moved["known_files"] as? [String: Int])?["moved"] == 1)
    #expect(moved["distinct"] as? Int == 0)
    // Words follow when the alerts are looked at again.
    try desk.write("c.json", StateFilesTests.event(3))
    _ = try StateFilesTests.sweep(desk)
    #expect(try desk.alerts().output == desk.oneShot())
    #expect(try desk.alerts().output.contains("/z.json"))
  }

  @Test func logThatIsTurnedIsTheSameUnderItsNewName() throws {
    let desk = try Desk()
    try desk.write("a.json", StateFilesTests.event(1))
    _ = try StateFilesTests.sweep(desk)
    try FileManager.default.moveItem(atPath: "\(desk.logs)/a.json", toPath: "\(desk.logs)/a.json.1")
    try desk.write("a.json", StateFilesTests.event(2))
    let summary = try StateFilesTests.sweep(desk)
    #expect(summary["distinct"] as? Int == 1)
    #expect(summary["duplicates"] as? Int == 0)
    #expect(summary["already_seen"] as? Int == 0)
    #expect(try desk.alerts().output == desk.oneShot())
  }

  @Test func damagedFileCountsOnce() throws {
    let desk = try Desk()
    try desk.write("a.json", StateFilesTests.event(1) + #"{"eventVersion":"1.08","eventT"#)
    #expect(try desk.sweep(code: 3).rows.count == 1)
    try desk.sweep()
    try desk.write("b.json", StateFilesTests.event(2))
    try desk.sweep()
  }

  @Test func eventsThatAreTooLateMeetRulesOfSingleEventsOnly() throws {
    let rules = StateRules.all(
      StateRules.each("One", "one"), StateRules.each("Counted", "counted"),
      StateRules.several("Two", "two", of: "counted", atLeast: 2))
    let desk = try Desk(rules: rules)
    try desk.write("a.json", StateFilesTests.event(1, "2026-03-01T00:00:00Z"))
    _ = try StateFilesTests.sweep(desk)
    let late = StateFilesTests.event(2, "2026-02-20T00:00:00Z") + StateFilesTests.event(3, "2026-02-20T00:01:00Z")
    try desk.write("b.json", late)
    #expect(try StateFilesTests.sweep(desk)["too_late"] as? Int == 2)
    let titles = try desk.alerts().rows.compactMap { $0["title"] as? String }
    #expect(titles.allSatisfy { $0 == "One" } && titles.count == 3)
    let early = StateFilesTests.event(4, "2026-02-23T00:00:00Z") + StateFilesTests.event(5, "2026-02-23T00:01:00Z")
    try desk.write("c.json", early)
    #expect(try StateFilesTests.sweep(desk)["too_late"] as? Int == 0)
    #expect(try desk.alerts().rows.contains { $0["title"] as? String == "Two" })
  }

  @Test func forgedDateInTheFutureAgesNothing() throws {
    let desk = try Desk()
    try desk.write("a.json", StateFilesTests.event(1, "2026-01-05T10:00:00Z"))
    _ = try StateFilesTests.sweep(desk)
    try desk.write("b.json", StateFilesTests.event(2, "2099-01-01T00:00:00Z"))
    _ = try StateFilesTests.sweep(desk)
    try desk.write("c.json", StateFilesTests.event(4, "2026-01-05T10:20:00Z") + StateFilesTests.event(1))
    let summary = try StateFilesTests.sweep(desk)
    #expect(summary["too_late"] as? Int == 0)
    #expect(summary["duplicates"] as? Int == 1)
    #expect(try desk.alerts().output == desk.oneShot())
  }

  @Test func hitsBehindTheHorizonAreForgottenAndAlertsAreNot() throws {
    let desk = try Desk()
    try desk.write("a.json", StateFilesTests.event(1, "2026-01-05T10:00:00Z"))
    _ = try StateFilesTests.sweep(desk)
    let before = try desk.alerts().output
    for (place, month) in ["06", "07", "08"].enumerated() {
      try desk.write("\(month).json", StateFilesTests.event(2 + place * 3, "2026-\(month)-01T00:00:00Z"))
      _ = try StateFilesTests.sweep(desk)
    }
    #expect(try desk.alerts("--actor", "u1").output == before)
    #expect(try desk.alerts("--actor", "u2").rows.count >= 3)
  }
}

extension StateFilesTests {
  /// A log that grows for longer than keys of events are kept: its beginning is known by what it holds.
  @Test func fileThatGrowsForWeeksIsReadOn() throws {
    let desk = try Desk()
    var text = ""
    for day in 1...20 {
      text += Sample.event(day, action: "StopLogging", time: "2026-01-\(day < 10 ? "0" : "")\(day)T10:00:00Z") + "\n"
      try desk.write("a.json", text)
      let summary = try StateFilesTests.sweep(desk)
      #expect(summary["distinct"] as? Int == 1)
      #expect(summary["already_seen"] as? Int == day - 1)
      #expect(summary["too_late"] as? Int == 0)
    }
    #expect(try desk.alerts().output == desk.oneShot())
  }

  @Test func recordThatWasCutShortCountsWhenItIsWhole() throws {
    let desk = try Desk()
    let second = Sample.event(2, action: "StopLogging")
    try desk.write("a.json", Sample.event(1, action: "StopLogging") + "\n" + second.prefix(300))
    #expect(try desk.sweep(code: 3).rows.count == 1)
    try desk.write("a.json", Sample.event(1, action: "StopLogging") + "\n" + second + "\n")
    #expect(try desk.sweep().rows.count == 1)
    #expect(try desk.alerts().output == desk.oneShot())
  }

  @Test func truncatedFileIsReadAgain() throws {
    let desk = try Desk()
    let lines = [1, 2].map { Sample.event($0, action: "StopLogging") + "\n" }
    try desk.write("a.json", lines.joined())
    try desk.sweep()
    try desk.write("a.json", lines[0])
    let summary = try StateFilesTests.sweep(desk)
    #expect(summary["already_seen"] as? Int == 1)
    #expect((summary["known_files"] as? [String: Int])?["replaced"] == 1)
    #expect(try desk.alerts().rows.count == 2)
  }

  @Test func damageIsToldOnceHoweverTheFileGrows() throws {
    let desk = try Desk()
    let event = { (number: Int) in Sample.event(number, action: "StopLogging") + "\n" }
    try desk.write("a.json", event(1) + "{broken\n" + event(2))
    #expect(try desk.sweep(code: 3).rows.count == 2)
    try desk.write("a.json", event(1) + "{broken\n" + event(2) + event(4))
    try desk.sweep()
    try desk.sweep("--backfill")
    try desk.write("a.json", event(1) + "{broken\n" + event(2) + event(4) + "{broken again\n" + event(5))
    try desk.sweep(code: 3)
    #expect(try desk.alerts().output == desk.oneShot())
  }

  /// As `logrotate` leaves it: turned, with lines that nobody has read, then compressed. What alerts cite can be searched.
  @Test(arguments: [
    ("gzip 'LOG'", "gz"), ("zstd -q --rm 'LOG'", "zst"), ("zstd -q <'LOG' >'LOG.zst' && rm 'LOG'", "zst"),
  ])
  func evidenceFollowsALogThatIsTurnedAndCompressed(command: String, ending: String) throws {
    let desk = try Desk(rules: StateRules.each("One", "one"))
    func event(_ number: Int) -> String {
      Sample.event(number, action: "StopLogging", time: "2026-01-05T1\(number):30:00Z") + "\n"
    }
    func check(_ name: String, _ count: Int) throws {
      let rows = try desk.alerts().rows
      #expect(rows.count == count)
      for row in rows {
        let files = (row["events"] as? [[String: Any]] ?? []).compactMap { $0["file"] as? String }
        #expect(Set(files) == ["\(desk.logs)/\(name)"])
        let next = try #require(row["next"] as? String)
        let found = try Shell.run("PATH='\(Harrier.path.dropLast("/harrier".count))':$PATH; \(next)")
        #expect(found.code == 0 && !found.output.isEmpty, "\(next): \(found.errors)")
      }
    }
    try desk.write("a.log", event(1))
    try desk.sweep()
    try check("a.log", 1)
    try desk.write("a.log", event(1) + event(2))
    try FileManager.default.moveItem(atPath: "\(desk.logs)/a.log", toPath: "\(desk.logs)/a.log.1")
    try desk.sweep()
    try check("a.log.1", 2)
    try FileManager.default.moveItem(atPath: "\(desk.logs)/a.log.1", toPath: "\(desk.logs)/a.log.2")
    try desk.sweep()
    try check("a.log.2", 2)
    #expect(try Shell.run(command.replacing("LOG", with: "\(desk.logs)/a.log.2")).code == 0)
    #expect(try desk.sweep().errors.contains("0 files read, 0 known, 1 moved"))
    try check("a.log.2.\(ending)", 2)
    #expect(try desk.alerts().output == desk.oneShot())
  }
}
