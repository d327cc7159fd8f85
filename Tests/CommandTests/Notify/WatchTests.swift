import Foundation
import Testing

/// `sweep --watch`: what arrives is swept, by the same rules as by runs one after another.
@Suite struct WatchTests {
  /// A sweep that stays; its lines are alerts.
  final class Watching {
    private let process = Process()
    private let output: String
    private let messages: String

    init(
      _ post: Watchpost, _ more: [String] = ["--format", "jsonl"], paths: [String]? = nil, fault: Fault? = nil
    ) throws {
      output = "\(post.folder.path)/watch.out"
      messages = "\(post.folder.path)/watch.err"
      for path in [output, messages] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
      process.executableURL = URL(fileURLWithPath: Harrier.path)
      process.arguments =
        ["sweep"] + (paths ?? [post.logs])
        + ["--state", post.state, "--no-builtin", "--rules", "\(post.folder.path)/rules.yml", "--watch"] + more
      process.environment = ProcessInfo.processInfo.environment.merging(fault?.environment ?? [:]) { $1 }
      process.standardOutput = FileHandle(forWritingAtPath: output)
      process.standardError = FileHandle(forWritingAtPath: messages)
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var text: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: messages, encoding: .utf8)) ?? "" }
    var lines: [Substring] { text.split(separator: "\n") }

    /// Waits for so many lines.
    func lines(_ count: Int, seconds: Double = 8) -> [Substring] {
      let end = Date().addingTimeInterval(seconds)
      while lines.count < count, Date() < end { usleep(20_000) }
      return lines
    }

    func rounds(_ count: Int, seconds: Double = 8) -> Int {
      let end = Date().addingTimeInterval(seconds)
      while self.count < count, Date() < end { usleep(20_000) }
      return self.count
    }

    /// Each round says how many files it has read.
    private var count: Int { errors.components(separatedBy: " read, ").count - 1 }

    func end(_ signal: Int32 = SIGTERM) -> Int32 {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  static func stop(_ number: Int) -> String {
    Sample.event(number, action: "StopLogging", time: "2026-01-05T1\(number % 10):30:00Z")
      .replacing("111122223333", with: "2222333344\(10 + number)")
  }

  @Test(arguments: [SIGTERM, SIGINT]) func whatArrivesIsSweptAndASignalEndsItCleanly(signal: Int32) throws {
    let post = try Watchpost()
    let watching = try Watching(post)
    #expect(watching.lines(3).count == 3)
    try post.deliver("b.json", [Self.stop(1)])
    #expect(watching.lines(4).count == 4)
    // A directory that was not there, with what is already in it, and what comes into it later.
    try post.deliver("new/deep/c.json", [Self.stop(2)])
    #expect(watching.lines(5).count == 5)
    try post.deliver("new/deep/d.json", [Self.stop(3)])
    #expect(watching.lines(6).count == 6)
    #expect(watching.end(signal) == 130)
    #expect(watching.errors.contains("stopped after 4 sweeps"), "\(watching.errors)")
    // The alerts are those of runs one after another, and of one over everything.
    let known = try Harrier.run("alerts", "--state", post.state, "--format", "jsonl").output
    let whole = try Harrier.run(
      "sweep", post.logs, "--no-builtin", "--rules", "\(post.folder.path)/rules.yml", "--format", "jsonl")
    #expect(known == whole.output)
    #expect(Set(watching.lines).count == 6)
  }

  @Test func fileThatGrowsIsReadOnAndOneThatIsMovedInIsSeen() throws {
    let post = try Watchpost()
    let watching = try Watching(post)
    #expect(watching.lines(3).count == 3)
    let log = try #require(FileHandle(forWritingAtPath: "\(post.logs)/a.json"))
    try log.seekToEnd()
    try log.write(contentsOf: Data((Self.stop(4) + "\n").utf8))
    #expect(watching.lines(4).count == 4)
    let outside = try post.folder.write("outside.json", Self.stop(5) + "\n")
    try FileManager.default.moveItem(atPath: outside, toPath: "\(post.logs)/inside.json")
    #expect(watching.lines(5).count == 5)
    #expect(watching.end() == 130)
  }

  @Test func manyFilesAtATimeAreOneSweep() throws {
    let post = try Watchpost()
    let watching = try Watching(post)
    #expect(watching.lines(3).count == 3)
    for number in 0..<8 { try post.deliver("many/\(number).json", [Self.stop(10 + number)]) }
    #expect(watching.lines(11).count == 11)
    #expect(watching.rounds(2) == 2, "\(watching.errors)")
    #expect(watching.end() == 130)
  }

  /// All that the kernel tells is that it lost what it had to tell.
  @Test func queueThatOverflowsHasEverythingLookedAtAgain() throws {
    let post = try Watchpost()
    let watching = try Watching(post, fault: Fault(kind: "overflow", at: 0))
    #expect(watching.lines(3).count == 3)
    try post.deliver("b.json", [Self.stop(1)])
    #expect(watching.lines(4).count == 4)
    // Directories that came meanwhile are watched from then on.
    try post.deliver("new/deep/c.json", [Self.stop(2)])
    #expect(watching.lines(5).count == 5)
    try post.deliver("new/deep/d.json", [Self.stop(3)])
    #expect(watching.lines(6).count == 6)
    #expect(watching.end() == 130)
  }

  @Test func whatLiesBehindLinksAndInListsIsNoticed() throws {
    let post = try Watchpost()
    let elsewhere = "\(post.folder.path)/elsewhere"
    try post.folder.write("elsewhere/first.json", Self.stop(1) + "\n")
    try FileManager.default.createSymbolicLink(atPath: "\(post.logs)/link", withDestinationPath: elsewhere)
    // A circle has an end.
    try FileManager.default.createSymbolicLink(atPath: "\(elsewhere)/back", withDestinationPath: post.logs)
    let listed = try post.folder.write("listed/z.json", Self.stop(2) + "\n")
    let list = try post.folder.write("list", listed + "\n")
    let watching = try Watching(post, ["--format", "jsonl", "--follow"], paths: [post.logs, "@\(list)"])
    #expect(watching.lines(5).count == 5, "\(watching.errors)")
    try post.folder.write("elsewhere/second.json", Self.stop(3) + "\n")
    #expect(watching.lines(6).count == 6)
    try post.folder.write("listed/z.json", Self.stop(2) + "\n" + Self.stop(4) + "\n")
    #expect(watching.lines(7).count == 7)
    #expect(watching.end() == 130)
  }

  @Test func whatTheSweepWritesItselfDoesNotWakeIt() throws {
    let post = try Watchpost()
    let watching = try Watching(
      post, ["--state", "\(post.logs)/state.db", "--out", "\(post.logs)/report"], paths: [post.logs])
    #expect(watching.rounds(1) == 1)
    usleep(2_500_000)
    #expect(watching.rounds(1) == 1, "\(watching.errors)")
    #expect(watching.end() == 130)
  }

  @Test func anotherSweepIsKeptOutWhileOneWatches() throws {
    let post = try Watchpost()
    let watching = try Watching(post)
    #expect(watching.lines(3).count == 3)
    let rules = ["--no-builtin", "--rules", "\(post.folder.path)/rules.yml"]
    #expect(try Harrier.run(["sweep", post.logs, "--state", post.state] + rules).code == 75)
    #expect(watching.end() == 130)
    #expect(try Harrier.run(["sweep", post.logs, "--state", post.state] + rules).code == 0)
  }

  @Test(arguments: ["--fail-on high", "--dry-run", "--backfill"]) func flagsThatNeedAnEndAreRefused(flag: String) throws
  {
    let post = try Watchpost()
    let flags = flag.split(separator: " ").map(String.init)
    #expect(try Harrier.run(["sweep", post.logs, "--state", post.state, "--watch"] + flags).code == 2)
    #expect(try Harrier.run("sweep", post.logs, "--watch").code == 2)
    #expect(try Harrier.run("sweep", "-", "--state", post.state, "--watch").code == 2)
  }
}
