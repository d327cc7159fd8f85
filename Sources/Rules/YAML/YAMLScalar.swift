// What type the text of a scalar has, by YAML 1.1 as PyYAML reads it: that is how Sigma rules are written and
// tested. `yes` is a boolean, `010` is 8, `12:30` is 750, `2024-01-01` is a date, `1e5` is text (no dot), and
// anything quoted is text.

/// A scalar's text and how it was written.
public struct YAMLScalar: Equatable, Sendable {
  /// An explicit core tag (`!!str` and so on) overrides what the text looks like.
  public enum Tag: UInt8, Sendable {
    case none, string, int, float, bool, null
  }

  public var text: String
  /// False for quoted and block scalars, which are always text.
  public var isPlain: Bool
  public var tag: Tag

  public init(_ text: String, isPlain: Bool, tag: Tag = .none) {
    self.text = text
    self.isPlain = isPlain
    self.tag = tag
  }

  /// The typed value.
  /// - Complexity: O(*n*) in the length of the text; nothing is cached.
  public var value: YAMLValue {
    switch tag {
    case .string: return .string(text)
    case .none: return isPlain ? YAMLValue(plain: text) : .string(text)
    case .null: return .null
    case .int, .float, .bool:
      let value = YAMLValue(plain: text)
      return value.matches(tag) ? value : .string(text)
    }
  }
}

/// A resolved scalar.
public enum YAMLValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Number)
  /// An integer beyond 64 bits: kept as digits, since no number type here holds it.
  case hugeInteger(String)
  case notFinite(String)
  case date(String)
  case string(String)

  init(plain text: String) {
    var copy = text
    self = copy.withUTF8 { YAMLScalarScanner.resolve($0) } ?? .string(text)
  }

  func matches(_ tag: YAMLScalar.Tag) -> Bool {
    switch (self, tag) {
    case (.number, .int), (.number, .float), (.hugeInteger, .int), (.notFinite, .float), (.bool, .bool): true
    default: false
    }
  }

  var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number, .hugeInteger, .notFinite: "a number"
    case .date: "a date"
    case .string: "a string"
    }
  }
}

/// Recognises the YAML 1.1 forms over bytes. Nil means "plain text".
enum YAMLScalarScanner {
  /// Longer texts are never numbers or dates worth the look.
  private static let typedBytesMax = 128

  static func resolve(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLValue? {
    guard let first = bytes.first else { return .null }
    guard bytes.count <= typedBytesMax else { return nil }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return number(bytes) ?? (isDate(bytes) ? .date(String(decoding: bytes, as: UTF8.self)) : nil)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(bytes)
    default:
      return word(bytes)
    }
  }

  private static func word(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLValue? {
    guard bytes.count <= 5 else { return nil }
    switch String(decoding: bytes, as: UTF8.self) {
    case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .bool(true)
    case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .bool(false)
    case "~", "null", "Null", "NULL": return .null
    default: return nil
    }
  }

  /// Date (`2024-01-02`) or timestamp (`2024-1-2 3:04:05.6 +01:00`).
  private static func isDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var scan = ByteScanner(bytes)
    guard scan.digits(4...4), scan.take("-") else { return false }
    let monthStart = scan.index
    guard scan.digits(1...2), scan.take("-") else { return false }
    let monthDigits = scan.index - monthStart - 1
    let dayStart = scan.index
    guard scan.digits(1...2) else { return false }
    if scan.isAtEnd { return monthDigits == 2 && scan.index - dayStart == 2 }
    if !scan.take("T"), !scan.take("t") {
      guard scan.blanks() > 0 else { return false }
    }
    guard scan.digits(1...2), scan.take(":"), scan.digits(2...2), scan.take(":"), scan.digits(2...2) else {
      return false
    }
    if scan.take(".") { _ = scan.digits(0...typedBytesMax) }
    return isZone(&scan)
  }

  private static func isZone(_ scan: inout ByteScanner) -> Bool {
    if scan.isAtEnd { return true }
    _ = scan.blanks()
    if scan.take("Z") { return scan.isAtEnd }
    guard scan.take("+") || scan.take("-"), scan.digits(1...2) else { return false }
    if scan.take(":") { return scan.digits(2...2) && scan.isAtEnd }
    return scan.isAtEnd
  }
}

/// A cursor over the bytes of a short text.
struct ByteScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }
  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = current, UInt32(byte) == character.value else { return false }
    index += 1
    return true
  }

  /// Takes as many digits as there are, up to the upper bound; false if fewer than the lower bound.
  mutating func digits(_ count: ClosedRange<Int>) -> Bool {
    let start = index
    while index - start < count.upperBound, let byte = current, byte.isASCIIDigit { index += 1 }
    return index - start >= count.lowerBound
  }

  mutating func blanks() -> Int {
    let start = index
    while let byte = current, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
    return index - start
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isASCIIHexDigit: Bool { isASCIIDigit || (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "f") }
  var isASCIILetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
}
