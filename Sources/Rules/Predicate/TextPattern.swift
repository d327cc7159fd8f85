// A string value of a rule: literal bytes and wildcards. Example, from the rule text 'a\*b*':
//   parts [literal "a*b", any]
// The parts are UTF-8, with no two literals and no two `any` side by side, so equal patterns have equal parts.

/// A pattern over a whole text value.
public struct TextPattern: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    /// Never empty.
    case literal([UInt8])
    /// `*`: any number of characters, line breaks included.
    case any
    /// `?`: exactly one character.
    case one
  }

  /// What a matcher asks first, so that the common forms need no pattern walk.
  public enum Shape: Equatable, Sendable {
    case exact([UInt8])
    case prefix([UInt8])
    case suffix([UInt8])
    case contains([UInt8])
    /// `*` alone: any text.
    case anything
    /// Everything else.
    case glob
  }

  public private(set) var parts: [Part] = []
  /// True: compare byte for byte. False: with Unicode simple case folding.
  public var isCased = false

  public init(_ parts: [Part] = [], isCased: Bool = false) {
    self.isCased = isCased
    for part in parts { append(part) }
  }

  public init(literal text: String, isCased: Bool = false) {
    self.init([.literal(Array(text.utf8))], isCased: isCased)
  }

  public mutating func append(_ part: Part) {
    switch (part, parts.last) {
    case (.literal(let bytes), _) where bytes.isEmpty: return
    case (.any, .any): return
    case (.literal(let bytes), .literal(let before)): parts[parts.count - 1] = .literal(before + bytes)
    default: parts.append(part)
    }
  }

  public var shape: Shape {
    switch parts.count {
    case 0: return .exact([])
    case 1:
      if case .literal(let text) = parts[0] { return .exact(text) }
      return parts[0] == .any ? .anything : .glob
    case 2:
      if case .literal(let text) = parts[0], parts[1] == .any { return .prefix(text) }
      if case .literal(let text) = parts[1], parts[0] == .any { return .suffix(text) }
      return .glob
    case 3:
      if case .literal(let text) = parts[1], parts[0] == .any, parts[2] == .any { return .contains(text) }
      return .glob
    default: return .glob
    }
  }

  /// The text, if there is no wildcard in it.
  public var literal: [UInt8]? {
    if case .exact(let text) = shape { return text }
    return nil
  }

  public var hasWildcard: Bool { literal == nil }

  /// True if there is nothing but wildcards: `*`, `?*`.
  public var isOnlyWildcards: Bool {
    !parts.isEmpty && parts.allSatisfy { $0 == .any || $0 == .one }
  }

  /// The longest literal part, which any match must contain.
  public var longestLiteral: [UInt8]? {
    var best: [UInt8]?
    for case .literal(let text) in parts where text.count > (best?.count ?? 0) { best = text }
    return best
  }

  func startingWithAny() -> TextPattern { TextPattern([.any] + parts, isCased: isCased) }
  func endingWithAny() -> TextPattern { TextPattern(parts + [.any], isCased: isCased) }
}

extension TextPattern {
  /// Reads a Sigma string value. `\*`, `\?` and `\\` are the literal characters; a backslash before any other
  /// character, or at the end, is itself.
  public init(sigma text: String, isCased: Bool = false) {
    self.init(isCased: isCased)
    var literal: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      let isSpecial = byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
      if isEscaped {
        if !isSpecial, byte != UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
        literal.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if isSpecial {
        append(.literal(literal))
        append(byte == UInt8(ascii: "*") ? .any : .one)
        literal.removeAll(keepingCapacity: true)
      } else {
        literal.append(byte)
      }
    }
    if isEscaped { literal.append(UInt8(ascii: "\\")) }
    append(.literal(literal))
  }

  /// The pattern as a Sigma string value: reading it gives this pattern again.
  public var sigmaText: String {
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .any: bytes.append(UInt8(ascii: "*"))
      case .one: bytes.append(UInt8(ascii: "?"))
      case .literal(let text): Self.escape(text, into: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func escaped(_ text: [UInt8]) -> String {
    var bytes: [UInt8] = []
    escape(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape(_ text: [UInt8], into bytes: inout [UInt8]) {
    for byte in text {
      if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte)
    }
  }
}
