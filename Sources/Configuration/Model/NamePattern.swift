// What names of new resources look like: regular expressions, run by RE2 in linear time.

import CRE2

/// A compiled regular expression over whole names; freed with its owner.
public final class NamePattern: @unchecked Sendable, Equatable {
  // @unchecked: RE2 may be asked by several threads at once, and nothing else is done after `init`.
  public let text: String
  private let regex: OpaquePointer

  init(_ text: String) throws(FileTrouble) {
    // Alone first: brackets that do not match must not pair up with those put around it.
    let alone = try Self.compile(text)
    // SAFETY: the regex was made on the line above and is used nowhere else.
    hr_regex_free(alone)
    regex = try Self.compile("^(?:\(text))$")
    self.text = text
  }

  private static func compile(_ pattern: String) throws(FileTrouble) -> OpaquePointer {
    let bytes = Array(pattern.utf8)
    var message = [CChar](repeating: 0, count: 256)
    var position = 0
    // SAFETY: pattern and message are live arrays of the lengths given.
    guard let regex = hr_regex_new(bytes, bytes.count, 0, &message, message.count, &position) else {
      let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw FileTrouble(message: reason)
    }
    return regex
  }

  deinit {
    // SAFETY: the regex came from hr_regex_new and this is the only place that frees it.
    hr_regex_free(regex)
  }

  public func matches(_ name: UnsafeRawBufferPointer) -> Bool {
    // SAFETY: the name is live for the call.
    hr_regex_search(regex, name.baseAddress?.assumingMemoryBound(to: UInt8.self), name.count) != 0
  }

  public static func == (left: NamePattern, right: NamePattern) -> Bool { left.text == right.text }
}

/// How things of one type are named; any of the patterns will do.
public struct NamingRule: Sendable, Equatable {
  /// The values of `target_type` that name something created.
  static let types = [
    "alarm", "bucket", "certificate", "cluster", "database", "detector", "document", "function", "group", "image",
    "instance", "instance profile", "key", "layer", "log group", "parameter", "policy", "queue", "repository", "role",
    "rule", "secret", "snapshot", "stack", "subnet", "table", "topic", "trail", "user", "volume", "vpc",
  ]

  public var type: String
  public var patterns: [NamePattern]
  public var origin: Origin
}
