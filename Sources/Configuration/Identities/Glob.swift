// A name with wildcards, as in rules: `*` any text, `?` one character, `\*`, `\?` and `\\` the characters themselves.
// ASCII letters of either case are the same.

/// A pattern over bytes.
public struct Glob: Sendable, Equatable {
  /// 0...255 a byte in lower case, then the two wildcards.
  private static let one: UInt16 = 256
  private static let many: UInt16 = 257

  private let tokens: [UInt16]

  public init(_ text: String) {
    var tokens: [UInt16] = []
    var isEscaped = false
    for byte in text.utf8 {
      let isSpecial = byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "\\")
      if isEscaped {
        // A backslash before anything else is a backslash.
        if !isSpecial { tokens.append(UInt16(UInt8(ascii: "\\"))) }
        tokens.append(UInt16(byte.folded))
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "*") {
        if tokens.last != Self.many { tokens.append(Self.many) }
      } else {
        tokens.append(byte == UInt8(ascii: "?") ? Self.one : UInt16(byte.folded))
      }
    }
    if isEscaped { tokens.append(UInt16(UInt8(ascii: "\\"))) }
    self.tokens = tokens
  }

  /// The text that is the only one to match, in lower case; nil if there is a wildcard.
  var literal: [UInt8]? {
    tokens.allSatisfy { $0 < Self.one } ? tokens.map { UInt8(truncatingIfNeeded: $0) } : nil
  }

  var isAnything: Bool { literalCount == 0 && tokens.contains(Self.many) }

  /// How many characters stand for themselves.
  var literalCount: Int { tokens.count { $0 < Self.one } }

  /// - Complexity: O(*n* × *m*) in the lengths of text and pattern.
  public func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    var token = 0
    // Where to go on when the text behind the latest `*` does not fit: there, one byte further.
    var retry: (at: Int, token: Int)?
    while at < text.count {
      if token < tokens.count, tokens[token] == Self.many {
        retry = (at, token + 1)
        token += 1
      } else if token < tokens.count, tokens[token] == Self.one {
        at = Self.next(text, at)
        token += 1
      } else if token < tokens.count, tokens[token] == UInt16(text[at].folded) {
        at += 1
        token += 1
      } else if let last = retry {
        at = last.at + 1
        token = last.token
        retry = (at, token)
      } else {
        return false
      }
    }
    while token < tokens.count, tokens[token] == Self.many { token += 1 }
    return token == tokens.count
  }

  public func matches(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
  }

  /// The place behind the character that begins at `index`.
  private static func next(_ text: UnsafeRawBufferPointer, _ index: Int) -> Int {
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// The text as a pattern that matches nothing else.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      if character == "*" || character == "?" || character == "\\" { result += "\\" }
      result.unicodeScalars.append(character)
    }
    return result
  }
}

extension UInt8 {
  /// ASCII letters in lower case, everything else as it is.
  @inline(__always)
  var folded: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}
