import Foundation
import Testing

/// `--summary-line`: whoever reads the lines finds the same keys however a run ends.
@Suite struct SummaryLineTests {
  typealias Desk = StateRunsTests.Desk

  private static let keys = [
    "files", "events", "skipped", "first_time", "last_time", "alerts", "critical", "high", "medium", "low",
    "informational", "new", "updated", "withdrawn", "incidents", "complete", "rejected_rules", "missing", "interrupted",
    "error",
  ]

  /// The keys in their order: a program may rely on it.
  private static func names(_ line: String) -> [String] {
    line.matches(of: /[{,]"([a-z_]+)":/).map { String($0.1) }
  }

  private static func check(_ result: Harrier.Result, _ code: Int32, _ what: String, lines: Int = 1) -> [String: Any] {
    #expect(result.code == code, "\(what): \(result.errors)")
    #expect(result.lines.count == lines, "\(what): \(result.output)")
    for line in result.lines { #expect(names(String(line)) == keys, "\(what): \(line)") }
    return result.rows.last ?? [:]
  }

  private static func desk() throws -> (Desk, (String...) throws -> Harrier.Result) {
    let desk = try Desk(rules: StateRules.each("One", "one"))
    try desk.write("a.json", Sample.event(1, action: "StopLogging") + "\n")
    let base = ["sweep", desk.logs, "--state", desk.state, "--summary-line"] + desk.rules
    return (desk, { (flags: String...) in try Harrier.run(base + flags) })
  }

  @Test func everyEndOfARunHasAllKeys() throws {
    let (desk, run) = try Self.desk()
    let out = "\(desk.folder.path)/out"
    let alone = ["sweep", desk.logs, "--summary-line"] + desk.rules
    let first = Self.check(try Harrier.run(alone), 0, "without a state")
    #expect(first["new"] as? Int == 1 && first["error"] is NSNull && first["interrupted"] as? Bool == false)
    _ = Self.check(try Harrier.run(alone + ["--out", out]), 0, "a report")
    #expect(Self.check(try run("--dry-run"), 0, "trial")["new"] as? Int == 1)
    #expect(Self.check(try run(), 0, "with a state")["new"] as? Int == 1)
    #expect(Self.check(try run(), 0, "nothing new")["new"] as? Int == 0)
    _ = Self.check(try run("--dry-run"), 0, "trial of nothing new")
    _ = Self.check(try run("--out", out), 0, "nothing new, a report")
    try desk.write("broken.json", "{\"Records\":[}{\n")
    let broken = Self.check(try run(), 3, "damaged")
    #expect(broken["complete"] as? Bool == false)
    #expect((broken["missing"] as? [String])?.first?.contains("broken.json") == true, "\(broken)")
    #expect(Self.check(try run("--fail-on", "nothing"), 2, "usage")["error"] as? String != nil)
    let gone = ["sweep", "\(desk.folder.path)/none", "--state", desk.state, "--summary-line"] + desk.rules
    _ = Self.check(try Harrier.run(gone), 3, "no logs")
  }

  @Test func neitherDoesARefusalLackAny() throws {
    let (desk, run) = try Self.desk()
    #expect(Self.check(try run("--out", "/dev/null/x"), 2, "no place")["error"] as? String != nil)
    _ = Self.check(try run(), 0, "first")
    let descriptor = open(desk.state + ".lock", O_RDWR)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let busy = Self.check(try run("-q"), 75, "busy")
    #expect((busy["error"] as? String)?.contains("another sweep holds") == true)
    #expect(busy["complete"] as? Bool == false)
    close(descriptor)
    try desk.folder.write("out", "in the way")
    try desk.write("b.json", Sample.event(2, action: "StopLogging") + "\n")
    let blocked = Self.check(try run("--out", "\(desk.folder.path)/out"), 4, "the report cannot be written")
    #expect((blocked["error"] as? String)?.contains("cannot write") == true)
    // The next one tells what that one found.
    #expect(Self.check(try run(), 0, "catching up")["new"] as? Int == 1)
    try Data("no state".utf8).write(to: URL(fileURLWithPath: desk.state))
    #expect((Self.check(try run(), 4, "damaged")["error"] as? String)?.contains("is damaged") == true)
  }

  /// Lines of a run that was killed while it printed them are printed again by the next one, before its own.
  @Test func linesThatWerePromisedHaveAllKeysToo() throws {
    let folder = try Folder()
    let (desk, _) = try Self.desk()
    let run = { (fault: Fault) in
      try Harrier.run(
        ["sweep", desk.logs, "--state", desk.state, "--summary-line", "-j", "1"] + desk.rules,
        environment: fault.environment)
    }
    let counts = "\(folder.path)/count"
    let copy = "\(desk.state).copy"
    _ = try run(Fault(kind: "count", at: 0, counts: counts))
    let numbers = try String(contentsOfFile: counts, encoding: .utf8).split(whereSeparator: \.isWhitespace)
    let calls = try #require(numbers.first.flatMap { Int($0) })
    try FileManager.default.moveItem(atPath: desk.state, toPath: copy)
    var caught = 0
    for at in stride(from: calls, through: max(1, calls - 40), by: -3) {
      for name in [desk.state, desk.state + ".lock"] { try? FileManager.default.removeItem(atPath: name) }
      _ = try run(Fault(kind: "kill", at: at))
      let next = try run(Fault(kind: "count", at: 0))
      for line in next.lines { #expect(Self.names(String(line)) == Self.keys, "\(line)") }
      if next.lines.count == 2 { caught += 1 }
    }
    #expect(caught > 0)
  }

  @Test func interruptedRunHasAllKeys() throws {
    let folder = try Folder()
    let fifo = "\(folder.path)/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Harrier.path)
    process.arguments = ["sweep", fifo, "--summary-line", "-q", "-j", "1"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = Pipe()
    try process.run()
    // It waits for somebody to write: a record, and then nothing.
    let writer = try FileHandle(forWritingTo: URL(fileURLWithPath: fifo))
    try writer.write(contentsOf: Data((Sample.event(1) + "\n").utf8))
    usleep(300_000)
    kill(process.processIdentifier, SIGINT)
    usleep(300_000)
    try writer.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(Self.names(text) == Self.keys, "\(text)")
    #expect(text.contains(#""interrupted":true"#) && text.contains(#""complete":false"#))
  }

  @Test func documentsTellOfEveryKey() throws {
    let page = try DocumentedTests.text("docs/SCHEDULING.md")
    for key in Self.keys { #expect(page.contains("`\(key)`"), "\(key)") }
  }
}
