import Foundation
import Testing

/// The report and the state of a sweep may lie among the logs: what it writes is no log.
@Suite struct OwnPlacesTests {
  private static func desk() throws -> Folder {
    let folder = try Folder()
    try folder.write("in/a.json", Sample.event(1, action: "StopLogging") + "\n")
    return folder
  }

  private static func summary(_ folder: Folder, _ out: String) throws -> [String: Any] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(out)/summary.json"))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  @Test(arguments: ["in/rep", "in"])
  func reportAmongTheLogsIsNotRead(out: String) throws {
    let folder = try OwnPlacesTests.desk()
    let run =
      ["sweep", "\(folder.path)/in", "--out", "\(folder.path)/\(out)", "--report", "timesketch", "-q"]
      + SweepTests.rules
    for _ in 1...3 {
      #expect(try Harrier.run(run).code == 0)
      #expect(try OwnPlacesTests.summary(folder, out)["distinct"] as? Int == 1)
    }
    #expect((try OwnPlacesTests.summary(folder, out)["files"] as? [String: Int]) == ["ok": 1])
    let leftOut = try #require(try OwnPlacesTests.summary(folder, out)["left_out"] as? [String])
    #expect(leftOut == ["\(folder.path)/\(out): what sweeps write here is no log: left out"])
    #expect(try Harrier.run("verify", "\(folder.path)/\(out)").code == 0)
  }

  @Test func stateAmongTheLogsIsNotRead() throws {
    let folder = try OwnPlacesTests.desk()
    let run =
      ["sweep", "\(folder.path)/in", "--state", "\(folder.path)/in/s.db", "--out", "\(folder.path)/in/rep"]
      + SweepTests.rules
    for number in 1...3 {
      let result = try Harrier.run(run)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.errors.contains(number == 1 ? "1 file read, 0 known" : "0 files read, 1 known"))
    }
    try folder.write("in/b.json", Sample.event(2) + "\n")
    let result = try Harrier.run(run)
    #expect(result.errors.contains("1 file read, 1 known"), "\(result.errors)")
    for name in ["rep", "s.db", "s.db.lock"] {
      #expect(result.output.contains("in/\(name): what sweeps write"), "\(result.output)")
    }
    #expect(try Harrier.run("verify", "\(folder.path)/in/rep").code == 0)
  }

  /// Nothing is guessed: reports that lie elsewhere are files like any other.
  @Test func reportOfAnotherSweepIsAFileLikeAnyOther() throws {
    let folder = try OwnPlacesTests.desk()
    let run = ["sweep", "\(folder.path)/in", "-q"] + SweepTests.rules
    _ = try Harrier.run(run + ["--out", "\(folder.path)/in/rep"])
    _ = try Harrier.run(run + ["--out", "\(folder.path)/other"])
    let files = try #require(try OwnPlacesTests.summary(folder, "other")["files"] as? [String: Int])
    #expect(files.values.reduce(0, +) == 6)
  }
}
