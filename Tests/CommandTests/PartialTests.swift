import Foundation
import Testing

/// `map` and `reduce` from outside, where partials meet: files of one name, standard input, flags of reports.
@Suite struct PartialTests {
  /// Runs `map` in a folder of its own, as another machine would, and gives the partial.
  private static func map(_ folder: Folder, _ name: String, _ arguments: [String], input: String? = nil) throws
    -> String
  {
    let partial = "\(folder.path)/\(name).partial"
    let result = try Harrier.run(
      ["map", "-o", partial] + SweepTests.rules + arguments, input: input.map { Data($0.utf8) })
    #expect(result.code == 0, "\(result.errors)")
    return partial
  }

  private static func summary(_ folder: Folder, _ partials: [String]) throws -> (text: String, alerts: String) {
    let out = "\(folder.path)/\(UUID().uuidString)"
    let result = try Harrier.run(["reduce", "--format", "jsonl", "--out", out] + SweepTests.rules + partials)
    #expect(result.code == 0, "\(result.errors)")
    return (try String(contentsOfFile: "\(out)/summary.json", encoding: .utf8), result.output)
  }

  private static func number(_ name: String, _ summary: String) -> Int? {
    (try? JSONSerialization.jsonObject(with: Data(summary.utf8)) as? [String: Any])?[name] as? Int
  }

  private static func stop(_ number: Int) -> String {
    Sample.event(number, action: "StopLogging", time: "2026-01-05T1\(number):00:00Z") + "\n"
  }

  @Test func filesOfOneNameWithOtherContentAreBothCounted() throws {
    let folder = try Folder()
    let one = try PartialTests.map(folder, "one", ["-"], input: PartialTests.stop(1))
    let two = try PartialTests.map(folder, "two", ["-"], input: PartialTests.stop(2) + PartialTests.stop(4))
    let both = try PartialTests.summary(folder, [one, two])
    #expect(both == (try PartialTests.summary(folder, [two, one])))
    #expect(PartialTests.number("events", both.text) == 3)
    #expect(PartialTests.number("distinct", both.text) == 3)
    #expect(both.alerts.split(separator: "\n").count == 3)
  }

  @Test func readingInTwoPartialsCountsOnce() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", PartialTests.stop(1) + PartialTests.stop(2))
    let one = try PartialTests.map(folder, "one", [file])
    let two = try PartialTests.map(folder, "two", [file])
    let once = try PartialTests.summary(folder, [one])
    #expect(try PartialTests.summary(folder, [one, two, one]) == once)
    #expect(PartialTests.number("duplicates", once.text) == 0)
  }

  @Test func logThatGrowsBetweenMapsIsReadTwiceAndCountsEachEventOnce() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", PartialTests.stop(1))
    let short = try PartialTests.map(folder, "short", [file])
    try folder.write("a.json", PartialTests.stop(1) + PartialTests.stop(3))
    let long = try PartialTests.map(folder, "long", [file])
    let both = try PartialTests.summary(folder, [short, long])
    #expect(both == (try PartialTests.summary(folder, [long, short])))
    #expect(PartialTests.number("distinct", both.text) == 2)
    #expect(PartialTests.number("duplicates", both.text) == 1)
    #expect(both.alerts == (try PartialTests.summary(folder, [long]).alerts))
  }

  @Test func twoTimesOfOneFileAreBothThere() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", (1...4).map(PartialTests.stop).joined())
    let early = try PartialTests.map(folder, "early", [file, "--until", "2026-01-05T12:30:00Z"])
    let late = try PartialTests.map(folder, "late", [file, "--since", "2026-01-05T12:30:00Z"])
    let whole = try PartialTests.summary(folder, [try PartialTests.map(folder, "whole", [file])])
    #expect(try PartialTests.summary(folder, [early, late]).alerts == whole.alerts)
    #expect(try PartialTests.summary(folder, [late, early]).alerts == whole.alerts)
  }

  @Test func partialComesThroughAPipe() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", PartialTests.stop(1))
    let partial = try PartialTests.map(folder, "one", [file])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: partial))
    let piped = try Harrier.run(["reduce", "-", "--format", "jsonl"] + SweepTests.rules, input: bytes)
    #expect(piped.code == 0, "\(piped.errors)")
    #expect(piped.output == (try PartialTests.summary(folder, [partial]).alerts))
    #expect(!piped.output.isEmpty)
  }

  @Test func partialAndReportAreBothWrittenWhereBothAreAskedFor() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", PartialTests.stop(1))
    let partial = try PartialTests.map(folder, "one", [file])
    let joined = "\(folder.path)/joined"
    let both = try Harrier.run(
      ["reduce", partial, "-o", joined, "--out", "\(folder.path)/out", "--fail-on", "informational"] + SweepTests.rules)
    #expect(both.code == 1, "\(both.errors)")
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/out/alerts.jsonl"))
    #expect(try PartialTests.summary(folder, [joined]) == (try PartialTests.summary(folder, [partial])))
    let alone = try Harrier.run(["reduce", partial, "-o", joined] + SweepTests.rules)
    #expect(alone.code == 0 && alone.output.isEmpty)
    let mixed = try Harrier.run(["reduce", partial, "-o", "-", "--format", "jsonl"] + SweepTests.rules)
    #expect(mixed.code == 2)
    #expect(mixed.errors.contains("standard output"))
  }
}
