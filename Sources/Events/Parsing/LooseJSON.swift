import CSimdJSON

/// A piece of JSON of which only texts matter: texts, lists, objects; numbers and words are their text.
///
/// Policies and rules for connections stand inside the texts of requests, where no parser has looked at them. This one takes
/// what it can: a text that is cut off, or no JSON from some place on, gives what stands in front of it.
indirect enum LooseJSON {
  case text([UInt8])
  case list([LooseJSON])
  case object([(key: [UInt8], value: LooseJSON)])

  /// The texts of a value that may be one or a list of them.
  var texts: [[UInt8]] {
    switch self {
    case .text(let text): [text]
    case .list(let members): members.flatMap(\.texts)
    case .object: []
    }
  }

  /// The value of a key, whose letter case differs between providers. Keys that were asked for are in lower case.
  subscript(key: StaticString) -> LooseJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.matches(key) }?.value
  }
}

struct LooseJSONParser {
  // A policy nests five levels; what an attacker nests deeper is neither.
  private static let nestingMax = 64

  private let bytes: UnsafeRawBufferPointer
  private var at = 0

  /// Nil if nothing stands there.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> LooseJSON? {
    var parser = LooseJSONParser(bytes: bytes)
    return parser.value(depth: 0)
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func value(depth: Int) -> LooseJSON? {
    skipBlanks()
    guard at < bytes.count, depth < LooseJSONParser.nestingMax else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "\""): return .text(string())
    default: return word().map { .text($0) }
    }
  }

  private mutating func object(depth: Int) -> LooseJSON {
    at += 1
    var members: [(key: [UInt8], value: LooseJSON)] = []
    while passes(to: UInt8(ascii: "}")), bytes[at] == UInt8(ascii: "\"") {
      let key = string()
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { break }
      at += 1
      guard let member = value(depth: depth + 1) else { break }
      members.append((key, member))
    }
    return .object(members)
  }

  private mutating func list(depth: Int) -> LooseJSON {
    at += 1
    var members: [LooseJSON] = []
    while passes(to: UInt8(ascii: "]")), let member = value(depth: depth + 1) { members.append(member) }
    return .list(members)
  }

  /// Whether something comes before the end, which is passed.
  private mutating func passes(to end: UInt8) -> Bool {
    skipBlanks()
    if at < bytes.count, bytes[at] == UInt8(ascii: ",") {
      at += 1
      skipBlanks()
    }
    guard at < bytes.count else { return false }
    if bytes[at] == end {
      at += 1
      return false
    }
    return true
  }

  /// From a quote to the next, or to the end.
  private mutating func string() -> [UInt8] {
    let start = at + 1
    at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
    let end = min(at, bytes.count)
    at = min(at + 1, bytes.count)
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end]).withMemoryRebound(to: UInt8.self) { written in
      [UInt8](unsafeUninitializedCapacity: written.count) { out, used in
        guard let from = written.baseAddress, let to = out.baseAddress else { return }
        // SAFETY: unescaping never lengthens a text, and that much room was reserved.
        used = hj_unescape(from, written.count, to)
      }
    }
  }

  private mutating func word() -> [UInt8]? {
    let start = at
    while at < bytes.count, isWord(bytes[at]) { at += 1 }
    return at == start ? nil : Array(bytes[start..<at])
  }

  private func isWord(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0")
        && byte <= UInt8(ascii: "9")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// A plus between tokens is a blank that was written for a URL.
  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] <= UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "+") { at += 1 }
  }
}

extension [UInt8] {
  /// Equality that does not see the case of ASCII letters.
  func matches(_ literal: StaticString) -> Bool {
    withUnsafeBufferPointer { Text(base: $0.baseAddress, count: count).matches(literal) }
  }
}
