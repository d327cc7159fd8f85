// What the tests of this target share: reading a configuration from text, and files beside it.

import Foundation

@testable import Configuration

func reading(_ text: String, file: String = "t.yaml") -> ConfigurationReading {
  Configuration.read(Array(text.utf8), file: file)
}

/// The configuration, which must have no error.
func configuration(_ text: String, file: String = "t.yaml") throws -> Configuration {
  let result = reading(text, file: file)
  guard let configuration = result.configuration else { throw Refused(findings: result.findings.map(\.description)) }
  return configuration
}

struct Refused: Error { let findings: [String] }

/// A text as the bytes of a column.
func with<R>(_ text: String, _ body: (UnsafeRawBufferPointer) -> R) -> R {
  Array(text.utf8).withUnsafeBytes { body($0) }
}

func with<R>(_ a: String, _ b: String, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> R) -> R {
  with(a) { first in with(b) { body(first, $0) } }
}

/// Milliseconds of a moment in UTC.
func moment(_ text: String) throws -> Int64 {
  guard let time = ReadingContext(file: "").moment(text) else { throw Refused(findings: [text]) }
  return time
}

/// A folder of its own for each test, gone afterwards.
final class Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("harrier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ content: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(content.utf8).write(to: file)
    return file.path
  }
}

/// A small generator whose numbers are the same in every run.
struct Numbers: RandomNumberGenerator {
  var state: UInt64 = 0x5EED

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
