import Foundation
import Testing

/// A file that may not grow (`ulimit -f`): the signal that comes with it ends no program, and what could not be written
/// leaves everything as it was.
@Suite struct FileSizeLimitTests {
  /// - Parameter blocks: of 512 bytes.
  private static func limited(
    _ blocks: Int, _ arguments: [String], program: String = Harrier.path, environment: [String: String] = [:]
  ) throws -> Harrier.Result {
    let script = "ulimit -f \(blocks); exec \"$0\" \"$@\""
    return try Tool.run("/bin/sh", ["-c", script, program] + arguments, environment: environment)
  }

  private static func content(_ place: String) throws -> [String: Data] {
    var all: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: place) {
      all[name] = FileManager.default.contents(atPath: "\(place)/\(name)") ?? Data()
    }
    return all
  }

  private static func rules(_ folder: Folder) throws -> [String] {
    ["--no-builtin", "--rules", try folder.write("rules.yml", StateRules.each("One", "one"))]
  }

  private static func write(_ folder: Folder, _ count: Int) throws {
    let lines = (0..<count).map { number in
      Sample.event(number, action: "StopLogging").replacing("111122223333", with: "\(222_200_000_000 + number)")
    }
    try folder.write("logs/a.json", lines.joined(separator: "\n") + "\n")
  }

  @Test func reportThatDoesNotFitLeavesTheEarlierOneWhole() throws {
    let folder = try Folder()
    let sweep = ["sweep", "\(folder.path)/logs", "--out", "\(folder.path)/out", "-q"] + (try Self.rules(folder))
    try Self.write(folder, 3)
    #expect(try Harrier.run(sweep).code == 0)
    let before = try Self.content("\(folder.path)/out")
    try Self.write(folder, 40)
    // The lists fit, the page does not.
    let failed = try Self.limited(100, sweep)
    #expect(failed.code == 4)
    #expect(failed.errors.contains("cannot write \(folder.path)/out/report.html: File too large"), "\(failed.errors)")
    #expect(try Self.content("\(folder.path)/out") == before)
    #expect(try Harrier.run("verify", "\(folder.path)/out").rows.allSatisfy { $0["state"] as? String != "missing" })
  }

  @Test func stateThatMayNotGrowIsAsItWas() throws {
    let folder = try Folder()
    let state = "\(folder.path)/state"
    let sweep =
      ["sweep", "\(folder.path)/logs", "--state", state, "--format", "jsonl", "-q"] + (try Self.rules(folder))
    try Self.write(folder, 3)
    #expect(try Harrier.run(sweep).rows.count == 3)
    let before = try StateDump.of(state)
    try Self.write(folder, 400)
    let failed = try Self.limited(200, sweep)
    #expect(failed.code == 4 && failed.output.isEmpty)
    #expect(failed.errors.contains("\(state) cannot be read or written"), "\(failed.errors)")
    #expect(failed.errors.contains("File too large"), "\(failed.errors)")
    #expect(try StateDump.of(state) == before)
    #expect(try Harrier.run(sweep).rows.count == 397)
  }

  @Test func firstStateThatMayNotGrowIsBegunByTheNextRun() throws {
    let folder = try Folder()
    let sweep =
      ["sweep", "\(folder.path)/logs", "--state", "\(folder.path)/state", "--format", "jsonl", "-q"]
      + (try Self.rules(folder))
    try Self.write(folder, 3)
    #expect(try Self.limited(8, sweep).code == 4)
    #expect(try Harrier.run(sweep).rows.count == 3)
  }

  @Test func spillThatMayNotGrowIsTold() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/tmp", withIntermediateDirectories: true)
    _ = try Harrier.run("generate", "--out", "\(folder.path)/logs", "--events", "30000", "-q")
    let failed = try Self.limited(
      100, ["sweep", "\(folder.path)/logs", "--memory", "1M", "-q"], environment: ["TMPDIR": "\(folder.path)/tmp"])
    #expect(failed.code == 4 && failed.output.isEmpty)
    #expect(failed.errors.contains("\(folder.path)/tmp: File too large"), "\(failed.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/tmp").isEmpty)
  }

  @Test func resultsThatDoNotFitAreNoSuccess() throws {
    let folder = try Folder()
    try Self.write(folder, 400)
    let script = "ulimit -f 100; exec \"$0\" \"$@\" > \(folder.path)/results"
    let sweep = ["sweep", "\(folder.path)/logs", "--format", "jsonl", "-q"] + (try Self.rules(folder))
    let failed = try Tool.run("/bin/sh", ["-c", script, Harrier.path] + sweep)
    #expect(failed.code == 4)
    #expect(failed.errors.contains("cannot write the results: File too large"), "\(failed.errors)")
  }

  @Test func deliveryThatCannotBeNotedIsTriedAgainUnderTheSameKey() throws {
    let post = try Watchpost()
    let receiver = try Receiver("200", in: post.folder)
    try post.configure(DeliveryTests.config(DeliveryTests.target(receiver), routes: "[{level: high, to: t}]"))
    try post.sweep("--no-notify", "-q")
    let failed = try Self.limited(
      1, ["--state", post.state, "--config", "\(post.folder.path)/harrier.yaml"], program: Watchpost.notify)
    #expect(failed.code == 4, "\(failed.errors)")
    #expect(failed.errors.contains("File too large"), "\(failed.errors)")
    #expect(try post.notify().code == 0)
    #expect(Set(receiver.entries.compactMap { $0.header("Idempotency-Key") }).count == 1)
    #expect(try post.outbox("list", "--status", "sent").count == 1)
  }
}
