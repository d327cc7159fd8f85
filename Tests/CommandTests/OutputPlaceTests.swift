import Foundation
import Testing

/// What stands where a file is to be written: only a regular file is replaced.
@Suite struct OutputPlaceTests {
  private let folder: Folder
  private let map: [String]
  private let expected: Data

  init() throws {
    folder = try Folder()
    let log = try folder.write("a.json", Sample.event(1, action: "StopLogging"))
    map = ["map", log, "-q", "-o"]
    let usual = "\(folder.path)/usual"
    #expect(try Harrier.run(map + [usual] + SweepTests.rules).code == 0)
    expected = try Data(contentsOf: URL(fileURLWithPath: usual))
    #expect(expected.count > 500)
  }

  private func kind(_ path: String) throws -> FileAttributeType? {
    try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
  }

  @Test func regularFileIsReplaced() throws {
    let path = try folder.write("old", "something that was there")
    #expect(try Harrier.run(map + [path] + SweepTests.rules).code == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == expected)
  }

  @Test func linkIsFollowedAndStays() throws {
    try FileManager.default.createDirectory(atPath: "\(folder.path)/there", withIntermediateDirectories: false)
    let target = try folder.write("there/target", "old")
    let link = "\(folder.path)/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "there/target")
    #expect(try Harrier.run(map + [link] + SweepTests.rules).code == 0)
    #expect(try kind(link) == .typeSymbolicLink)
    #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == expected)
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/there")
    #expect(left == ["target"])
  }

  @Test func linkToNothingIsAnError() throws {
    let link = "\(folder.path)/dangling"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nothing")
    let result = try Harrier.run(map + [link] + SweepTests.rules)
    #expect(result.code == 2 && result.errors.contains("dangling"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/nothing"))
  }

  @Test func pipeIsWrittenTo() throws {
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let reading = DispatchGroup()
    nonisolated(unsafe) var read = Data()
    DispatchQueue.global().async(group: reading) {
      read = (try? FileHandle(forReadingFrom: URL(fileURLWithPath: pipe)).readToEnd()) ?? Data()
    }
    #expect(try Harrier.run(map + [pipe] + SweepTests.rules).code == 0)
    reading.wait()
    #expect(read == expected)
    var status = stat()
    #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  /// Through links: were a device replaced, root would lose it by this test.
  @Test(arguments: [("/dev/null", Int32(0)), ("/dev/full", 4)])
  func deviceIsWrittenTo(device: String, code: Int32) throws {
    let link = "\(folder.path)/device"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: device)
    #expect(try Harrier.run(map + [link] + SweepTests.rules).code == code)
    #expect(try kind(link) == .typeSymbolicLink)
  }

  @Test(arguments: ["-", "/dev/stdout"])
  func standardOutputTakesAPartial(name: String) throws {
    let copy = "\(folder.path)/copy"
    let command = "\"$0\" \"$@\" > '\(copy)' && ls -a"
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", command, Harrier.path] + map + [name] + SweepTests.rules
    shell.currentDirectoryURL = folder.url
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let names = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == expected)
    #expect(!names.split(separator: "\n").contains("-"))
  }

  @Test func reportFilesFollowTheSameRules() throws {
    let report = "\(folder.path)/report"
    try FileManager.default.createDirectory(atPath: report, withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: "\(report)/alerts.jsonl", withDestinationPath: "/dev/null")
    let sweep = ["sweep", "\(folder.path)/a.json", "--out"]
    #expect(try Harrier.run(sweep + [report] + SweepTests.rules).code == 0)
    #expect(try kind("\(report)/alerts.jsonl") == .typeSymbolicLink)
    #expect(try kind("\(report)/summary.json") == .typeRegular)
    #expect(try Harrier.run(sweep + ["-"] + SweepTests.rules).code == 2)
    #expect(try Harrier.run("generate", "--out", "-").code == 2)
    #expect(try Harrier.run("rules", "export", "-").code == 2)
  }
}
