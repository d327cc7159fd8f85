/// Files that change under the reader.

import Archive
import Events
import Glibc
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct MovingFileTests {
  /// More than the reader takes at once.
  private static let text = (0..<20_000).map { event("\($0)") }.joined(separator: "\n") + "\n"

  /// Does something to a file when its first events arrive.
  private struct Meddler: Sink {
    let change: @Sendable () -> Void
    var isDone = false
    var entry: FileEntry?

    mutating func begin(file: Int) {}
    mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
      if !isDone { change() }
      isDone = true
      return true
    }
    mutating func end(file: Int, _ entry: FileEntry) { self.entry = entry }
  }

  private func read(_ change: @escaping @Sendable (String) -> Void) throws -> FileEntry {
    let file = TemporaryFile(bytes(Self.text))
    let path = file.path
    let plan = try FieldPlan(columns: [.eventID])
    let (sinks, _) = try scan(
      discover([Array(path.utf8)]), plan: plan, options: ScanOptions(), progress: Progress(), interrupted: { false },
      makeSink: { _ in Meddler(change: { change(path) }) })
    return try #require(sinks.first?.entry)
  }

  @Test func aFileThatShrinksIsALoss() throws {
    let entry = try read { truncate($0, 600_000) }
    #expect(entry.status == .damaged && entry.content.trouble == .shrank)
    #expect(entry.content.changedWhileRead && entry.isLoss(named: false))
    #expect(entry.content.troubleOffset == entry.content.bytesIn)
  }

  @Test func aFileThatGrowsIsReadToItsNewEndAndSaid() throws {
    let entry = try read { path in
      let descriptor = open(path, O_WRONLY | O_APPEND)
      _ = write(descriptor, event("late"), event("late").utf8.count)
      close(descriptor)
    }
    #expect(entry.status == .ok && entry.content.changedWhileRead && !entry.isLoss(named: true))
    #expect(entry.tally.records == 20_001)
  }

  @Test func aFileThatIsDeletedIsReadToItsEndAndSaid() throws {
    let entry = try read { unlink($0) }
    #expect(entry.status == .ok && entry.content.deletedWhileRead && entry.tally.records == 20_000)
  }
}
