import Foundation
import Synchronization
import Testing

@testable import Reports

/// A report is published whole or not at all.
@Suite struct WritingTests {
  /// Says that it is time to stop, but not before it was asked some times.
  private final class Patience: Sendable {
    private let left: Atomic<Int>
    init(_ times: Int) { left = Atomic(times) }
    var isOver: Bool { left.subtract(1, ordering: .relaxed).oldValue <= 0 }
  }

  /// - Returns: what lies in the directory then; nil if the report was written.
  private static func write(_ patience: Patience) throws -> [String]? {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("harrier-writing-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = ReportOptions()
    options.kinds = Set(ReportKind.allCases)
    options.interrupted = { patience.isOver }
    let content = Samples.content((0..<3).map { Samples.alert(text: "alert \($0)") })
    do throws(ReportError) {
      try ReportWriter(content, options).write(to: folder.path, run: ManifestRun(finished: 0, directory: ""))
    } catch {
      #expect(error.isInterruption)
      return try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).contains(Manifest.fileName))
    return nil
  }

  @Test func whoeverInterruptsFindsNothing() throws {
    var tries = 0
    while let found = try WritingTests.write(Patience(tries)) {
      #expect(found.isEmpty, "after \(tries): \(found)")
      tries += 1
      try #require(tries < 100)
    }
    // At least once in the lists of alerts, and before each file.
    #expect(tries > 4)
  }
}
