// What all section readers share: the file, the zone of its times, and what was found. A class, since every reader adds
// to the same findings; it never leaves the reading thread.

import Events
import Rules

final class ReadingContext {
  /// A file of another kind has an error on every line; nobody reads more than these.
  private static let findingsMax = 200

  let file: String
  var zone = Zone.utc
  private(set) var findings: [ConfigFinding] = []

  /// Files that are in memory.
  private let beside: [String: [UInt8]]

  init(file: String, beside: [String: [UInt8]] = [:]) {
    self.file = file
    self.beside = beside
  }

  /// The lines of a file that the configuration names, as `LineFile` gives them.
  func forEachLine(
    _ path: String, _ body: (Int, UnsafeRawBufferPointer) throws(FileTrouble) -> Void
  ) throws(FileTrouble) {
    guard let bytes = beside[path] else { return try LineFile.forEachLine(path, body) }
    for (place, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      var trouble: FileTrouble?
      // SAFETY: the bytes are read within the call that keeps the line alive.
      Array(line).withUnsafeBytes { bytes in
        do throws(FileTrouble) { try body(place + 1, bytes) } catch { trouble = error }
      }
      if let trouble { throw trouble }
    }
  }

  var hasError: Bool { findings.contains { $0.severity == .error } }

  func origin(_ line: Int) -> Origin { .file(file, line: line) }

  func error(_ code: ConfigFinding.Code, _ message: String, _ origin: Origin) {
    guard findings.count < Self.findingsMax else { return }
    findings.append(ConfigFinding(.error, code, message, at: origin))
  }

  func error(_ code: ConfigFinding.Code, _ message: String, line: Int) { error(code, message, origin(line)) }

  func add(_ more: [ConfigFinding]) { findings += more.prefix(max(0, Self.findingsMax - findings.count)) }

  /// A path in the configuration is relative to the configuration.
  func resolve(_ path: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return String(file[...slash]) + path
  }

  /// A moment. Without an offset it is in the zone of the configuration; a date is its first moment there.
  func moment(_ text: String) -> Int64? {
    guard let local = Self.parse(text, offsetSeconds: 0) else { return nil }
    // With an offset of its own the text means the same whatever is assumed.
    guard Self.parse(text, offsetSeconds: 3600) != local else { return local }
    return zone.utc(local: local)
  }

  private static func parse(_ text: String, offsetSeconds: Int) -> Int64? {
    let bytes = Array(text.utf8)
    // SAFETY: the text is read within the call that keeps the array alive.
    let time = bytes.withUnsafeBufferPointer {
      Timestamp.parse(Text(base: $0.baseAddress, count: $0.count), offsetSeconds: offsetSeconds)
    }
    return time == Timestamp.missing ? nil : time
  }
}

/// A text with its place.
struct Located {
  var text: String
  var line: Int
}
