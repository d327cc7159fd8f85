import Foundation
import Testing

/// Sweeps of an archive that grows, against one sweep over the whole of it.
@Suite struct StateSweepTests {
  /// Copies some files of an archive to where sweeps look for them.
  static func deliver(_ files: [URL], from archive: URL, to place: URL) throws {
    for file in files {
      let copy = place.appendingPathComponent(String(file.path.dropFirst(archive.path.count)))
      try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: file, to: copy)
    }
  }

  static func files(of archive: URL) throws -> [URL] {
    let found = FileManager.default.enumerator(at: archive, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    return try #require(found).filter { $0.pathExtension == "gz" }
  }

  @Test(arguments: [1, 2, 3])
  func partsTellWhatTheWholeTells(seed: Int) throws {
    let folder = try Folder()
    let archive = folder.url.appendingPathComponent("made")
    _ = try Harrier.run("generate", "--out", archive.path, "--events", "3000", "--days", "5", "--seed", "\(seed)")
    let grown = folder.url.appendingPathComponent("grown")
    try FileManager.default.createDirectory(at: grown, withIntermediateDirectories: true)
    let files = try StateSweepTests.files(of: archive).shuffled()
    let state = folder.url.appendingPathComponent("state.db").path
    var told: Set<String> = []
    for batch in 0..<3 {
      let part = files.enumerated().filter { $0.offset % 3 == batch }.map(\.element)
      try StateSweepTests.deliver(part, from: archive, to: grown)
      let out = folder.url.appendingPathComponent("out\(batch)").path
      let result = try Harrier.run("sweep", grown.path, "--state", state, "--out", out, "-q")
      #expect(result.code == 0, "\(result.errors)")
      let lines = try String(contentsOfFile: out + "/alerts.jsonl", encoding: .utf8).split(separator: "\n")
      for line in lines { #expect(told.insert(String(line)).inserted, "told twice: \(line)") }
    }
    let whole = try Harrier.run("sweep", grown.path, "--format", "jsonl")
    let known = try Harrier.run("alerts", "--state", state, "--format", "jsonl")
    #expect(whole.rows.count > 10)
    #expect(known.output == whole.output)
  }

  @Test func nothingNewTellsNothingAndHasNothingRead() throws {
    let folder = try Folder()
    let state = folder.url.appendingPathComponent("state.db").path
    _ = try Harrier.run("sweep", SweepTests.archive, "--state", state)
    let again = try Harrier.run("sweep", SweepTests.archive, "--state", state, "--format", "jsonl")
    #expect(again.rows.isEmpty)
    // A damaged file counts in the run that first read it.
    #expect(again.code == 0, "\(again.errors)")
    let attributes = try FileManager.default.attributesOfItem(atPath: state)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aStateThatIsNoneIsRefused() throws {
    let folder = try Folder()
    let state = folder.url.appendingPathComponent("state.db")
    try Data("not a database, but somebody's file".utf8).write(to: state)
    let result = try Harrier.run("sweep", SweepTests.archive, "--state", state.path)
    #expect(result.code == 4)
    #expect(result.errors.contains("is damaged"))
    #expect(try String(contentsOf: state, encoding: .utf8) == "not a database, but somebody's file")
  }
}
