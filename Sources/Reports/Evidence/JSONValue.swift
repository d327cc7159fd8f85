/// JSON as values, read back: manifests and alerts that Harrier wrote, and whatever else lies where they should be.
///
/// Strict and bounded: anything that is not JSON gives nil, and nesting is limited, since a file may have been changed.
public indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// As it is written.
  case number(String)
  case text([UInt8])
  case list([JSONValue])
  /// In the order of the text; of equal names the last one counts.
  case object([(name: [UInt8], value: JSONValue)])

  // What Harrier writes nests five deep.
  static let depthMax = 32

  public init?(_ bytes: [UInt8]) {
    var reader = JSONValueReader(bytes)
    guard let value = reader.document() else { return nil }
    self = value
  }

  public subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name.elementsEqual(name.utf8) }?.value
  }

  public var list: [JSONValue] {
    if case .list(let items) = self { return items }
    return []
  }

  public var bytes: [UInt8]? {
    if case .text(let bytes) = self { return bytes }
    return nil
  }

  public var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  public var integer: Int? {
    if case .number(let text) = self { return Int(text) }
    return nil
  }

  public var bool: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.number(let x), .number(let y)): x == y
    case (.text(let x), .text(let y)): x == y
    case (.list(let x), .list(let y)): x == y
    case (.object(let x), .object(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}

private struct JSONValueReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() -> JSONValue? {
    guard let value = value(depth: 0) else { return nil }
    skipSpace()
    return at == bytes.count ? value : nil
  }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skipSpace()
    guard at < bytes.count, depth <= JSONValue.depthMax else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return list(depth)
    case UInt8(ascii: "\""): return text().map { .text($0) }
    case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return word("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[at...].starts(with: word.utf8) else { return false }
    at += word.utf8.count
    return true
  }

  private mutating func number() -> JSONValue? {
    let start = at
    while at < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at]) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    return Double(text) == nil ? nil : .number(text)
  }

  private mutating func list(_ depth: Int) -> JSONValue? {
    at += 1
    var items: [JSONValue] = []
    if take("]") { return .list(items) }
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    } while take(",")
    return take("]") ? .list(items) : nil
  }

  private mutating func object(_ depth: Int) -> JSONValue? {
    at += 1
    var members: [(name: [UInt8], value: JSONValue)] = []
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), let name = text(), take(":"),
        let value = value(depth: depth + 1)
      else { return nil }
      members.append((name, value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func text() -> [UInt8]? {
    at += 1
    var out: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return out
      case UInt8(ascii: "\\"): guard escape(to: &out) else { return nil }
      case 0..<0x20: return nil
      default: out.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(to out: inout [UInt8]) -> Bool {
    guard at < bytes.count else { return false }
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = scalar() else { return false }
      out += String(Character(scalar)).utf8
    default: return false
    }
    return true
  }

  /// Behind `\u`; two of them for a character beyond 16 bits.
  private mutating func scalar() -> Unicode.Scalar? {
    guard let first = unit() else { return nil }
    guard 0xD800..<0xDC00 ~= first else { return Unicode.Scalar(first) }
    guard bytes[at...].starts(with: "\\u".utf8) else { return nil }
    at += 2
    guard let second = unit(), 0xDC00..<0xE000 ~= second else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func unit() -> UInt32? {
    guard bytes.count - at >= 4 else { return nil }
    defer { at += 4 }
    return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
  }
}
