import Archive
import Foundation
import Testing

@testable import State

/// Which files are read, decided by what the system says of them, and by their bytes.
@Suite struct FileChoiceTests {
  /// A folder and what a state knows of it.
  final class Desk {
    let path: String
    var known: [KnownFile] = []
    // Stamps are relied on once the file has been left alone for a while.
    var now = Int64.max

    init() throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("choice-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
      // Not atomically: the same inode, as a program that appends would leave it.
      let url = URL(fileURLWithPath: "\(path)/\(name)")
      if FileManager.default.fileExists(atPath: url.path) {
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
      } else {
        try Data(text.utf8).write(to: url)
      }
    }

    func choose(readsAll: Bool = false) -> FileChoice {
      FileChoice(discover([Array(path.utf8)]).files, known: known, now: now, readsAll: readsAll)
    }

    /// Chooses, reads, and notes.
    @discardableResult
    func run() -> FileChoice {
      let files = discover([Array(path.utf8)]).files
      let choice = FileChoice(files, known: known, now: now)
      for file in choice.updates {
        if let place = known.firstIndex(where: { $0.id == file.id }) { known[place] = file }
      }
      for reading in choice.readings {
        let name = files[reading.place].name.bytes
        for place in known.indices where known[place].path == name { known[place].isCurrent = false }
        let size = reading.stamp?.size ?? 0
        known.append(
          KnownFile(
            id: Int64(known.count + 1), path: name, generation: reading.generation, isCurrent: true,
            stamp: reading.stamp ?? FileStamp(device: 0, inode: 0, size: 0, modified: 0, changed: -1),
            sha256: FileHash.of(name, first: size), records: 7))
      }
      return choice
    }

    func places(_ choice: FileChoice) -> [String] {
      let files = discover([Array(path.utf8)]).files
      return choice.readings.map { String(decoding: files[$0.place].name.bytes, as: UTF8.self) }
        .map { String($0.dropFirst(path.count + 1)) }
    }
  }

  private static func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write("a", "first\n")
    try desk.write("b", "second\n")
    desk.run()
    return desk
  }

  @Test func everythingIsNewAtFirstAndNothingAfterwards() throws {
    let desk = try FileChoiceTests.desk()
    #expect(desk.known.count == 2)
    let again = desk.choose()
    #expect(again.readings.isEmpty && again.updates.isEmpty && again.unchangedCount == 2)
    #expect(desk.choose(readsAll: true).readings.count == 2)
  }

  @Test func unchangedFileIsNotOpened() throws {
    let desk = try FileChoiceTests.desk()
    // Another hash would be noticed if it were.
    for place in desk.known.indices { desk.known[place].sha256 = SHA256Value(words: (1, 2, 3, 4)) }
    #expect(desk.choose().readings.isEmpty)
  }

  @Test func touchedFileIsTheSame() throws {
    let desk = try FileChoiceTests.desk()
    try desk.write("a", "first\n")
    let choice = desk.run()
    #expect(choice.readings.isEmpty)
    #expect(choice.updates.map(\.id) == [1])
    #expect(desk.choose().updates.isEmpty)
  }

  @Test func movedFileIsTheSame() throws {
    let desk = try FileChoiceTests.desk()
    try FileManager.default.moveItem(atPath: "\(desk.path)/a", toPath: "\(desk.path)/z")
    let choice = desk.run()
    #expect(choice.readings.isEmpty && choice.movedCount == 1)
    #expect(desk.known[0].path == Array("\(desk.path)/z".utf8))
    #expect(desk.choose().updates.isEmpty)
  }

  /// As one of the programs that compress turned logs does it. In a pipe zstd does not know how long the content is, and
  /// some write it in several frames.
  enum Compressor: String, CaseIterable {
    case gzip = "gzip '%'"
    case zstd = "zstd -q --rm '%'"
    case zstdInAPipe = "zstd -q <'%' >'%.zst' && rm '%'"
    case zstdInFrames =
      "head -c 3 '%' | zstd -q >'%.zst' && tail -c +4 '%' | zstd -q >>'%.zst' && rm '%'"

    var ending: String { self == .gzip ? ".gz" : ".zst" }
  }

  private static func compress(_ path: String, _ compressor: Compressor) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", compressor.rawValue.replacing("%", with: path)]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// As `logrotate` does: the next log lies under the old name, and the turned one is compressed, at once or later.
  @Test(arguments: [false, true], Compressor.allCases)
  func compressedFileIsTheSame(isTurnedBefore: Bool, compressor: Compressor) throws {
    let desk = try FileChoiceTests.desk()
    try FileManager.default.moveItem(atPath: "\(desk.path)/a", toPath: "\(desk.path)/a.1")
    try desk.write("a", "third\n")
    if isTurnedBefore { #expect(desk.places(desk.run()) == ["a"]) }
    try FileChoiceTests.compress("\(desk.path)/a.1", compressor)
    let choice = desk.choose()
    #expect(desk.places(choice) == (isTurnedBefore ? [] : ["a"]) && choice.movedCount == 1)
    desk.run()
    #expect(desk.known[0].path == Array("\(desk.path)/a.1\(compressor.ending)".utf8))
    #expect(desk.choose().readings.isEmpty && desk.choose().updates.isEmpty)
    // The same content beside a known file that is still there is a copy.
    try desk.write("b.copy", "second\n")
    try FileChoiceTests.compress("\(desk.path)/b.copy", compressor)
    #expect(desk.places(desk.choose()) == ["b.copy\(compressor.ending)"])
    // So is what holds more or other than one that is gone, of the same size or not.
    try FileManager.default.removeItem(atPath: "\(desk.path)/b")
    for text in ["second\nand more\n", "tecond\n", "second"] {
      try desk.write("c", text)
      try FileChoiceTests.compress("\(desk.path)/c", compressor)
      #expect(desk.places(desk.choose()).contains("c\(compressor.ending)"))
      try FileManager.default.removeItem(atPath: "\(desk.path)/c\(compressor.ending)")
    }
  }

  /// Its last lines were written between the last look and its turn.
  @Test func fileThatGrewBeforeItWasMovedIsReadOn() throws {
    let desk = try FileChoiceTests.desk()
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(desk.path)/a"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("more\n".utf8))
    try handle.close()
    try FileManager.default.moveItem(atPath: "\(desk.path)/a", toPath: "\(desk.path)/a.1")
    try desk.write("a", "third\n")
    let choice = desk.run()
    #expect(choice.movedCount == 1 && choice.grownCount == 1 && choice.replacedCount == 0)
    #expect(choice.readings.map(\.readBefore) == [0, 7])
    #expect(desk.known[0].path == Array("\(desk.path)/a.1".utf8) && !desk.known[0].isCurrent)
    #expect(desk.choose().readings.isEmpty)
  }

  @Test func movedFileLeavesItsPathToAnother() throws {
    let desk = try FileChoiceTests.desk()
    try FileManager.default.moveItem(atPath: "\(desk.path)/a", toPath: "\(desk.path)/a.1")
    try desk.write("a", "third, after the log was turned\n")
    let choice = desk.run()
    #expect(desk.places(choice) == ["a"])
    #expect(choice.readings.first?.isAgain == false)
    #expect(choice.movedCount == 1)
    #expect(desk.choose().readings.isEmpty)
  }

  @Test func copyOfAFileThatIsStillThereIsRead() throws {
    let desk = try FileChoiceTests.desk()
    try desk.write("c", "first\n")
    let choice = desk.run()
    #expect(desk.places(choice) == ["c"])
    #expect(choice.readings.first?.isAgain == false)
  }

  @Test(arguments: [
    ("first\nmore\n", true), ("other\nmore\n", false), ("fir", false), ("FIRST\n", false), ("", false),
  ])
  func otherContentIsReadAgain(text: String, isGrown: Bool) throws {
    let desk = try FileChoiceTests.desk()
    try desk.write("a", text)
    let choice = desk.run()
    #expect(desk.places(choice) == ["a"])
    #expect(choice.readings.first?.isAgain == true)
    #expect(choice.readings.first?.generation == 1)
    #expect(choice.grownCount == (isGrown ? 1 : 0))
    #expect(choice.replacedCount == (isGrown ? 0 : 1))
    #expect(desk.choose().readings.isEmpty)
  }

  @Test func fileThatChangedJustNowIsHashedAgain() throws {
    let desk = try Desk()
    desk.now = Int64(Date().timeIntervalSince1970 * 1e9)
    try desk.write("a", "first\n")
    desk.run()
    #expect(desk.known[0].stamp.changed == -1)
    // The same size within the same tick.
    try desk.write("a", "FIRST\n")
    #expect(desk.run().readings.count == 1)
    desk.now = .max
    #expect(desk.run().readings.isEmpty)
    #expect(desk.known.last?.stamp.changed != -1)
  }

  @Test func goneFileIsNoLoss() throws {
    let desk = try FileChoiceTests.desk()
    try FileManager.default.removeItem(atPath: "\(desk.path)/a")
    let choice = desk.run()
    #expect(choice.readings.isEmpty && choice.unchangedCount == 1)
  }

  @Test(arguments: [("onetwo", 7, true), ("ones", 7, true), ("other", 0, false), ("on", 0, false)])
  func grownFileIsReadOnAndOthersAnew(text: String, readBefore: Int, isGrown: Bool) throws {
    let desk = try Desk()
    try desk.write("a", "one")
    desk.run()
    try desk.write("a", text)
    let reading = try #require(desk.choose().readings.first)
    #expect(reading.readBefore == UInt32(readBefore))
    #expect(reading.earlier == (isGrown ? 0 : nil))
    #expect(desk.choose().readBefore == (isGrown ? [0: 7] : [:]))
    #expect(reading.isAgain && reading.generation == 1)
  }

  @Test func readingAgainTellsWhichReadingEachBeginsWith() throws {
    let desk = try Desk()
    for name in ["a", "b", "c"] { try desk.write(name, "content of \(name)") }
    desk.run()
    try FileManager.default.moveItem(atPath: "\(desk.path)/b", toPath: "\(desk.path)/moved")
    try desk.write("c", "something else")
    let choice = desk.choose(readsAll: true)
    let byEarlier = choice.readings.map { $0.earlier.map { desk.known[$0].path.suffix(1) } }
    #expect(byEarlier == [Array("a".utf8)[...], nil, Array("b".utf8)[...]])
    #expect(choice.readings.map(\.readBefore) == [7, 0, 7])
    #expect(choice.updates.count == 1 && choice.movedCount == 1)
  }
}
