import Foundation
import Testing

/// What a person sees on a real terminal, made by script(1), and what becomes of pipes that close and disks that are full.
@Suite struct TerminalTests {
  /// Both streams as a terminal of a width shows them.
  private static func shown(_ command: String, width: Int, _ folder: Folder) throws -> (lines: [String], code: Int32) {
    let line = "stty cols \(width) rows 50; \(command)"
    let result = try Tool.run(
      "/usr/bin/script", ["-qec", line, "/dev/null"], environment: ["TERM": "dumb", "NO_COLOR": "1", "COLUMNS": ""])
    return (result.output.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init), result.code)
  }

  @Test(arguments: [40, 60, 80]) func messagesAreWrappedBetweenWords(width: Int) throws {
    let folder = try Folder()
    let logs = "\(folder.path)/logs"
    try folder.write("logs/a.json", Sample.records(3))
    let out = "\(folder.path)/out"
    _ = try Harrier.run("sweep", logs, "--out", out)
    let verified = try Self.shown("cd '\(folder.path)' && '\(Harrier.path)' verify out", width: width, folder)
    #expect(verified.code == 0)
    for line in verified.lines { #expect(line.count <= width, "\(line)") }
    let words = verified.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(words.contains("out: sound; ") && words.hasSuffix("or a copy elsewhere"), "\(words)")
    // Below the first line of a message its others are indented.
    if width == 40 { #expect(verified.lines.last?.hasPrefix("    ") == true) }
    let failed = try Self.shown(
      "'\(Harrier.path)' sweep 日志档案/审计/记录/二〇二六年/一月/五日 --since yesterday", width: width, folder)
    #expect(failed.code == 2)
    for line in failed.lines { #expect(line.count <= width, "\(line)") }
  }

  @Test func messagesIntoAFileAreOneLineEach() throws {
    let result = try Harrier.run(
      ["search", "*", "/nowhere/at/all/" + String(repeating: "very long ", count: 20)], environment: ["COLUMNS": "40"])
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  @Test func helpOfATerminalIsAsWideAsItIs() throws {
    let folder = try Folder()
    for width in [60, 72] {
      let help = try Self.shown("'\(Harrier.path)' help outbox", width: width, folder)
      let longest = help.lines.map(\.count).max() ?? 0
      #expect(longest <= width && longest > width - 12, "\(longest)")
    }
  }

  // MARK: Pipes and disks

  private static func archive() throws -> (folder: Folder, logs: String) {
    let folder = try Folder()
    try folder.write("logs/a.json", Sample.lines(20_000))
    return (folder, "\(folder.path)/logs")
  }

  @Test(arguments: [
    "sweep LOGS", "sweep LOGS --format jsonl", "search '*' LOGS", "sources LOGS", "fields LOGS", "help sweep",
  ])
  func aPipeThatClosesEndsQuietly(command: String) throws {
    let (folder, logs) = try Self.archive()
    let line = command.replacing("LOGS", with: "'\(logs)'")
    let result = try Shell.run("cd '\(folder.path)'; '\(Harrier.path)' \(line) | head -1; echo ${PIPESTATUS[0]}")
    #expect(["0", "1"].contains(result.lines.last), "\(result.lines)")
    #expect(result.errors.isEmpty, "\(result.errors)")
  }

  @Test(arguments: [">&-", "> /dev/full"], ["sweep LOGS", "search '*' LOGS", "sources LOGS", "help sweep"])
  func resultsThatCannotBeWrittenAreFour(place: String, command: String) throws {
    let (folder, logs) = try Self.archive()
    let line = command.replacing("LOGS", with: "'\(logs)'")
    let result = try Shell.run("cd '\(folder.path)'; '\(Harrier.path)' \(line) \(place)")
    #expect(result.code == 4)
    #expect(result.errors.contains("cannot write the results"), "\(result.errors)")
  }

  /// What is opened next must not stand where people read.
  @Test(arguments: ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
  func closedStreamsAreNotTakenForFiles(closed: String) throws {
    let (folder, logs) = try Self.archive()
    let state = "\(folder.path)/state"
    let line = "sweep '\(logs)' --out '\(folder.path)/out' --state '\(state)'"
    let result = try Shell.run("'\(Harrier.path)' \(line) \(closed)")
    #expect(result.code == (closed.contains(">&- ") || closed == ">&-" ? 4 : 0), "\(result.errors)")
    // One line, of whoever holds it.
    #expect(try String(contentsOfFile: "\(state).lock", encoding: .utf8).split(separator: "\n").count == 1)
    #expect(try Harrier.run("state", "check", "--state", state).code == 0)
    #expect(try Harrier.run("verify", "\(folder.path)/out").code == 0)
  }
}
