import Foundation
import Testing

/// Files are skipped by the days of their folders only where that loses no event.
@Suite struct PathDateTests {
  private static let days = (4...13).map { $0 < 10 ? "2026-01-0\($0)" : "2026-01-\($0)" }

  private static func ids(_ arguments: [String]) throws -> [String] {
    let columns = ["--columns", "event_id", "--format", "tsv"]
    return try Harrier.run(["search", "*"] + arguments + columns).lines.dropFirst().sorted()
  }

  @Test(arguments: ["aws", "tencent", "alibaba", "aws,tencent,alibaba"], [(3, 7), (24, 6), (60, 3)])
  func skippingByPathFindsWhatReadingAllFinds(providers: String, size: (files: Int, days: Int)) throws {
    let folder = try Folder()
    let out = folder.path + "/a"
    let made = try Harrier.run(
      "generate", "--out", out, "--events", "1200", "--provider", providers, "--files", "\(size.files)", "--days",
      "\(size.days)")
    #expect(made.code == 0)
    for (since, until) in zip(Self.days, Self.days.dropFirst()) {
      let range = [out, "--since", since, "--until", until]
      #expect(try Self.ids(range) == Self.ids(range + ["--ignore-path-dates"]), "\(since)")
    }
  }

  @Test func theGuidesExampleFindsWhatItFindsInFilesWithoutDays() throws {
    let archive = DocumentedTests.root.appendingPathComponent("fixtures/archive")
    let folder = try Folder()
    for name in try FileManager.default.subpathsOfDirectory(atPath: archive.path) where name.hasSuffix(".gz") {
      try folder.write(
        name.replacingOccurrences(of: "/", with: "_"), try Data(contentsOf: archive.appendingPathComponent(name)))
    }
    let range = ["--since", "2026-01-06", "--until", "2026-01-07"]
    let found = try Self.ids([archive.path] + range)
    #expect(!found.isEmpty)
    #expect(try found == Self.ids([folder.path] + range))
  }

  @Test func whatIsSkippedIsToldAndCanBeRead() throws {
    let folder = try Folder()
    for day in ["01", "05", "09"] {
      let region = "AWSLogs/111122223333/CloudTrail/us-east-1"
      try folder.write("\(region)/2026/01/\(day)/x.json", Sample.event(Int(day) ?? 0) + "\n")
    }
    try folder.write("cloudaudit-1/2026010910/x.json", Sample.event(10) + "\n")
    let range = ["search", "*", folder.path, "--since", "2026-01-05", "--until", "2026-01-06"]
    let pruned = try Harrier.run(range)
    #expect(pruned.rows.count == 1 && pruned.code == 0)
    #expect(pruned.errors.contains("2 folders and 1 file"), "\(pruned.errors)")
    #expect(pruned.errors.contains("--ignore-path-dates"))
    #expect(try Harrier.run(range + ["-q"]).errors.isEmpty)
    let all = try Harrier.run(range + ["--ignore-path-dates"])
    #expect(all.rows.count == 4 && all.errors.isEmpty)
  }
}
