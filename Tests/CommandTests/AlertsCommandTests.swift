import Foundation
import Testing

/// `harrier alerts`: what is known can be listed, chosen from, shown, decided about, and reported again.
@Suite struct AlertsCommandTests {
  typealias Desk = StateRunsTests.Desk

  private static func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write("a.json", Sample.event(1, action: "StopLogging") + "\n" + Sample.event(2, action: "StopLogging"))
    try desk.sweep()
    return desk
  }

  @Test func listIsThatOfASweepOverEverything() throws {
    let desk = try AlertsCommandTests.desk()
    #expect(try desk.alerts().output == desk.oneShot())
    #expect(try desk.alerts().rows.count == 2)
    let file = try desk.folder.write("copy.jsonl", try desk.alerts().output)
    #expect(try Harrier.run("alerts", file, "--format", "jsonl").output == desk.oneShot())
  }

  @Test(arguments: [
    (["--level", "high"], 2), (["--level", "critical"], 0), (["--actor", "U1"], 1), (["--actor", "nobody"], 0),
    (["--account", "111122223333"], 2), (["--src-ip", "203.0.113.2"], 1), (["--since", "2026-01-06"], 0),
    (["--until", "2026-01-06"], 2), (["--status", "open"], 2), (["--status", "closed"], 0), (["--limit", "1"], 1),
    (["--rule", "no-such-rule"], 0),
  ])
  func flagsChoose(flags: [String], count: Int) throws {
    let desk = try AlertsCommandTests.desk()
    let result = try Harrier.run(["alerts", "--state", desk.state, "--format", "jsonl"] + flags)
    #expect(result.rows.count == count, "\(result.errors)")
  }

  /// Who asks for a few wants to know what is going on now.
  @Test func limitShowsTheNewestAndSaysHowManyMoreThereAre() throws {
    let desk = try Desk()
    let lines = (0..<30).map { number in
      Sample.event(number, action: "StopLogging", time: "2026-01-05T10:\(number + 10):00Z")
        .replacing("111122223333", with: "2222333344\(number + 10)")
    }
    try desk.write("a.json", lines.joined(separator: "\n") + "\n")
    try desk.sweep()
    let all = try desk.alerts().lines
    #expect(all.count == 30)
    for limit in [1, 7, 29] {
      let few = try desk.alerts("--limit", "\(limit)")
      #expect(few.lines == Array(all.suffix(limit)))
      #expect(few.errors.contains("the newest \(limit) of 30 alerts: \(30 - limit) earlier"), "\(few.errors)")
    }
    for limit in ["30", "31", "\(Int.max)"] {
      let whole = try desk.alerts("--limit", limit)
      #expect(whole.lines == all && whole.errors.isEmpty, "\(whole.errors)")
    }
    let out = "\(desk.folder.path)/out"
    #expect(try desk.alerts("--limit", "3", "--out", out).code == 0)
    let written = try String(contentsOfFile: "\(out)/alerts.jsonl", encoding: .utf8)
    #expect(written == all.suffix(3).map { $0 + "\n" }.joined())
  }

  /// Cells of a terminal, as far as these tests need them: Chinese characters take two.
  private static func cells(_ line: String) -> Int {
    line.unicodeScalars.reduce(0) { $0 + (0x2E80...0xFF60 ~= $1.value ? 2 : 1) }
  }

  private static func chineseDesk() throws -> (desk: Desk, id: String) {
    let rules = StateRules.each("日志记录被停止，需要立即处理的重大安全事件", "one")
    let desk = try Desk(rules: rules)
    try desk.write("a.json", Sample.event(1, action: "StopLogging").replacing("user/u1", with: "user/王小明-管理员"))
    try desk.sweep()
    return (desk, try #require(try desk.alerts().rows.first?["id"] as? String))
  }

  @Test(arguments: [
    (40, "LEVEL   ID          TITLE"), (60, "TIME               LEVEL   ID          TITLE"),
    (80, "TIME               LEVEL   ID          TITLE              ACTOR"),
    (120, "TIME               LEVEL   ID          STATUS  TITLE                 ACCOUNT       ACTOR"),
  ])
  func tableShowsInEachWidthWhatThereIsRoomFor(width: Int, header: String) throws {
    let (desk, id) = try AlertsCommandTests.chineseDesk()
    let lines = try Harrier.run(
      ["alerts", "--state", desk.state, "--format", "table"], environment: ["COLUMNS": "\(width)"]
    ).lines
    #expect(lines[0].split(separator: " ").starts(with: header.split(separator: " ")), "\(lines)")
    #expect(lines[1].contains("medium  \(id.prefix(10))  "), "\(lines)")
    #expect(lines[1].contains("日志记录被停止"), "\(lines)")
    for line in lines { #expect(AlertsCommandTests.cells(line) <= width, "\(line)") }
  }

  /// Commands and names of files are whole, so that they can be copied; everything else is as wide as the terminal.
  @Test(arguments: [40, 60, 80]) func shownAlertKeepsToTheTerminal(width: Int) throws {
    let (desk, id) = try AlertsCommandTests.chineseDesk()
    _ = try Harrier.run(
      "alerts", "note", id, "--by", "dana", "--note", String(repeating: "问了负责人 ", count: 20), "--state", desk.state)
    let lines = try Harrier.run(
      ["alerts", "show", id, "--state", desk.state, "--format", "table"], environment: ["COLUMNS": "\(width)"]
    ).lines
    for line in lines where !line.hasPrefix("    \"") && !line.contains(desk.folder.path) {
      #expect(AlertsCommandTests.cells(line) <= width, "\(line)")
    }
    #expect(lines.contains { $0.hasSuffix("/a.json") } && lines.contains { $0.hasSuffix(":1") }, "\(lines)")
  }

  @Test func alertOfAListShowsItsNextCommand() throws {
    let (desk, id) = try AlertsCommandTests.chineseDesk()
    let list = try desk.folder.write("alerts.jsonl", try desk.alerts().output)
    #expect(
      try Harrier.run("alerts", "show", id, list, "--format", "table").output.contains("Next\n  $ harrier search"))
  }

  /// Zones are for people.
  @Test func timesForPeopleHaveTheirZoneAndThoseForProgramsNone() throws {
    let desk = try AlertsCommandTests.desk()
    let id = try #require(try desk.alerts().rows.first?["id"] as? String)
    func output(_ arguments: [String]) throws -> String {
      try Harrier.run(["alerts"] + arguments + ["--state", desk.state, "--tz", "+08:00"]).output
    }
    for format in ["csv", "tsv", "jsonl"] {
      #expect(!(try output(["--format", format])).contains("+08:00"), "\(format)")
    }
    for arguments in [["--format", "table"], ["--format", "markdown"], ["show", id, "--format", "table"]] {
      let shown = try output(arguments)
      #expect(shown.contains("T18:00:00.000+08:00") || shown.contains("T18:00+08:00"), "\(shown)")
      #expect(!shown.contains("T10:00:00.000Z"), "\(shown)")
    }
  }

  @Test func decisionsAreKeptWithTheirHistory() throws {
    let desk = try AlertsCommandTests.desk()
    let id = try #require(try desk.alerts().rows.first?["id"] as? String)
    let task = { (arguments: [String]) in try Harrier.run(["alerts"] + arguments + ["--state", desk.state]) }
    #expect(try task(["ack", id, "--by", "dana"]).code == 0)
    #expect(try desk.alerts("--status", "acknowledged").rows.count == 1)
    #expect(try task(["note", String(id.prefix(8)), "--by", "dana", "--note", "asked the owner"]).code == 0)
    #expect(try task(["close", id, "--as", "expected", "--by", "kim", "--note", "a drill"]).code == 0)
    #expect(try desk.alerts("--status", "closed").rows.count == 1)
    let shown = try task(["show", id, "--format", "table"]).output
    for words in ["ack by dana", "note by dana: asked the owner", "close as expected by kim: a drill", "new in run 1"] {
      #expect(shown.contains(words))
    }
    #expect(try desk.alerts().output == desk.oneShot())
  }

  @Test func decisionGoesWithTheAlertThatTakesItsPlace() throws {
    let desk = try AlertsCommandTests.desk()
    let row = try #require(try desk.alerts("--actor", "u1").rows.first)
    let id = try #require(row["id"] as? String)
    let close = ["alerts", "close", id, "--as", "true", "--by", "kim", "--state", desk.state]
    #expect(try Harrier.run(close).code == 0)
    try desk.write("b.json", Sample.event(4, action: "StopLogging", time: "2026-01-05T09:40:00Z"))
    try desk.sweep()
    let after = try #require(try desk.alerts("--status", "closed").rows.first?["id"] as? String)
    #expect(after != id)
    let shown = try Harrier.run("alerts", "show", after, "--state", desk.state, "--format", "table").output
    #expect(shown.contains("(then \(id))"))
    #expect(shown.contains("updated in run 2, for \(id)"))
  }

  @Test(arguments: [
    ["show", "zz"], ["show", "0000ffff"], ["show"], ["close", "ID"], ["close", "ID", "--as", "expected"],
    ["ack", "ID"],
    ["note", "ID", "--by", "x"], ["lst"], ["--level", "hihg"],
  ])
  func mistakesAreRefused(arguments: [String]) throws {
    let desk = try AlertsCommandTests.desk()
    let id = try #require(try desk.alerts().rows.first?["id"] as? String)
    let typed = arguments.map { $0 == "ID" ? id : $0 }
    #expect(try Harrier.run(["alerts"] + typed + ["--state", desk.state]).code == 2)
    #expect(try desk.alerts("--status", "open").rows.count == 2)
  }

  @Test func reportCanBeMadeAgain() throws {
    let desk = try AlertsCommandTests.desk()
    let out = "\(desk.folder.path)/again"
    #expect(try Harrier.run("alerts", "--state", desk.state, "--out", out, "--report", "markdown").code == 0)
    #expect(try String(contentsOfFile: "\(out)/alerts.jsonl", encoding: .utf8) == desk.oneShot())
    #expect(FileManager.default.fileExists(atPath: "\(out)/report.md"))
    #expect(try Harrier.run("verify", out).code == 0)
  }
}
