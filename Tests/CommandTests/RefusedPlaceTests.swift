import Foundation
import Testing

/// Where nothing can be written, nothing is read first: a mistyped place is refused at once, and says what to do.
@Suite struct RefusedPlaceTests {
  private let folder: Folder
  private let log: String

  init() throws {
    folder = try Folder()
    log = try folder.write("a.json", Sample.event(1, action: "StopLogging"))
    try folder.write("file", "somebody's")
    for name in ["full/report.html", "filed"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    try folder.write("filed/reports", "somebody's")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/dangling", withDestinationPath: "nothing")
  }

  private func contents() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
  }

  private func refused(_ arguments: [String], _ message: String, _ remedy: String) throws {
    let before = try contents()
    let result = try Harrier.run(arguments + SweepTests.rules)
    #expect(result.code == 2, "\(arguments): \(result.errors)")
    #expect(result.errors.contains(message) && result.errors.contains(remedy), "\(arguments): \(result.errors)")
    #expect(result.output.isEmpty)
    #expect(try contents() == before)
    #expect(try String(contentsOfFile: "\(folder.path)/file", encoding: .utf8) == "somebody's")
  }

  @Test(arguments: [
    ("file", "file: Not a directory"), ("file/report", "file/report: Not a directory"),
    ("none/report", "none: No such file or directory"), ("dangling", "dangling: No such file or directory"),
    ("full", "full/report.html: Is a directory"),
  ]) func reportThatCannotBeWritten(place: String, message: String) throws {
    let out = ["--out", "\(folder.path)/\(place)"]
    let remedy = "name a directory that you may write to"
    try refused(["sweep", log] + out, message, remedy)
    try refused(["sweep", log] + out + ["--state", "\(folder.path)/state.db"], message, remedy)
    let partial = "\(folder.path)/partial"
    #expect(try Harrier.run(["map", log, "-o", partial] + SweepTests.rules).code == 0)
    try refused(["reduce", partial] + out, message, remedy)
  }

  @Test func keptReportsNeedTheirDirectory() throws {
    let sweep = ["sweep", log, "--out", "\(folder.path)/filed"]
    try refused(sweep + ["--keep-reports", "3"], "filed/reports: Not a directory", "name a directory")
    #expect(try Harrier.run(sweep + SweepTests.rules).code == 0)
  }

  @Test(arguments: [
    ("file/partial", "file/partial: Not a directory"), ("none/partial", "none: No such file or directory"),
    ("filed", "filed: Is a directory"), ("dangling", "dangling: No such file or directory"),
  ]) func partialThatCannotBeWritten(place: String, message: String) throws {
    let output = ["-o", "\(folder.path)/\(place)"]
    try refused(["map", log] + output, message, "name a file in a directory that is there")
    let partial = "\(folder.path)/partial"
    #expect(try Harrier.run(["map", log, "-o", partial] + SweepTests.rules).code == 0)
    try refused(["reduce", partial] + output, message, "name a file in a directory that is there")
  }

  @Test(arguments: [
    ("file/state.db", "Not a directory"), ("none/state.db", "No such file or directory"),
    ("filed", "is no regular file"), ("dangling", "is a symbolic link"),
  ]) func stateThatCannotBeKept(place: String, message: String) throws {
    for more in [[], ["--dry-run"]] {
      try refused(["sweep", log, "--state", "\(folder.path)/\(place)"] + more, message, "name ")
    }
  }

  @Test(arguments: ["new", "new/", "./new", "filed"]) func placesThatCanBeMadeAreTaken(place: String) throws {
    let result = try Tool.run(
      "/bin/sh", ["-c", "cd '\(folder.path)' && '\(Harrier.path)' sweep a.json --out \(place)"])
    #expect(result.code == 0, "\(result.errors)")
  }

  /// The permissions of `/proc` let root believe that files can be made there.
  @Test(.enabled(if: geteuid() == 0)) func placeThatOnlySeemsToTakeFiles() throws {
    for more in [[], ["--state", "\(folder.path)/state.db"]] {
      try refused(["sweep", log, "--out", "/proc/x"] + more, "--out /proc/x: ", "that you may write to")
      try refused(["sweep", log, "--out", "/proc"] + more, "--out /proc: ", "that you may write to")
    }
    try refused(["map", log, "-o", "/proc/x"], "-o /proc/x: ", "that you may write to")
    try refused(["sweep", log, "--state", "/proc/x"], "cannot open /proc/x.lock", "that you may write to")
    let alerts = try Harrier.run("alerts", try folder.write("none.jsonl", ""), "--out", "/proc/x")
    #expect(alerts.code == 2 && alerts.errors.contains("--out /proc/x: "), "\(alerts.errors)")
  }

  /// Root may write everywhere: only a file system that is mounted for reading stops it.
  @Test(.enabled(if: access("/sys", W_OK) != 0)) func directoryThatMayNotBeWritten() throws {
    let sweep = ["sweep", log]
    let words = String(cString: strerror(EROFS))
    try refused(sweep + ["--out", "/sys/report"], "/sys: \(words)", "that you may write to")
    try refused(sweep + ["--state", "/sys/state.db"], words, "that you may write to")
  }
}
