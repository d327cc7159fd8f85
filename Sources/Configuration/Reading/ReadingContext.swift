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

  init(file: String) { self.file = file }

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
