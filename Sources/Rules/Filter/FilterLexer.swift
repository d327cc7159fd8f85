// Cuts a filter into tokens. A word ends at a blank, a bracket, a comma, a quote or an operator; so patterns, paths,
// addresses and ARNs need no quotes. In quotes everything is literal but the quote itself, which is doubled, and `\u{9}`,
// the character of that number.

struct FilterToken {
  enum Kind: Equatable {
    case word(String)
    case quoted(String)
    case open, close, comma
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, matches, notMatches
    case end
  }

  var kind: Kind
  /// In bytes from the start of the filter.
  var offset: Int
  /// True if there is no blank between this token and the one before.
  var isGlued: Bool

  /// The word in lower case, if it is one and could be part of the grammar.
  var grammarWord: String? {
    guard case .word(let text) = kind, text.utf8.count <= 10 else { return nil }
    return text.lowercased()
  }

  var text: String? {
    switch kind {
    case .word(let text), .quoted(let text): text
    default: nil
    }
  }

  var description: String {
    switch kind {
    case .word(let text), .quoted(let text): Quoted(text).description
    case .open: "'('"
    case .close: "')'"
    case .comma: "','"
    case .end: "the end of the filter"
    default: "an operator"
    }
  }
}

enum FilterLexer {
  static func tokens(_ bytes: [UInt8]) throws(FilterError) -> [FilterToken] {
    var tokens: [FilterToken] = []
    var index = 0
    while true {
      let before = index
      while index < bytes.count, isBlank(bytes[index]) { index += 1 }
      let start = index
      let kind = try next(bytes, &index)
      tokens.append(FilterToken(kind: kind, offset: start, isGlued: before == start && start > 0))
      if kind == .end { return tokens }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (byte >= 9 && byte <= 13)
  }

  private static func next(_ bytes: [UInt8], _ index: inout Int) throws(FilterError) -> FilterToken.Kind {
    guard index < bytes.count else { return .end }
    let byte = bytes[index]
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return try quoted(bytes, &index) }
    if let symbol = symbol(bytes, index) {
      index += symbol.length
      return symbol.kind
    }
    guard byte != UInt8(ascii: "!") else {
      throw FilterError(
        "'!' is followed by '=' or '~'; to negate write 'not', to search for it use quotes", in: bytes, at: index)
    }
    let start = index
    while index < bytes.count, isWord(bytes, index) { index += 1 }
    return .word(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  private static func symbol(_ bytes: [UInt8], _ index: Int) -> (kind: FilterToken.Kind, length: Int)? {
    let follows = index + 1 < bytes.count ? bytes[index + 1] : 0
    let hasEqual = follows == UInt8(ascii: "=")
    switch bytes[index] {
    case UInt8(ascii: "("): return (.open, 1)
    case UInt8(ascii: ")"): return (.close, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "~"): return (.matches, 1)
    case UInt8(ascii: "="): return (.equal, hasEqual ? 2 : 1)
    case UInt8(ascii: "<"): return hasEqual ? (.lessOrEqual, 2) : (.less, 1)
    case UInt8(ascii: ">"): return hasEqual ? (.greaterOrEqual, 2) : (.greater, 1)
    case UInt8(ascii: "!"):
      if hasEqual { return (.notEqual, 2) }
      return follows == UInt8(ascii: "~") ? (.notMatches, 2) : nil
    default: return nil
    }
  }

  private static func isWord(_ bytes: [UInt8], _ index: Int) -> Bool {
    let byte = bytes[index]
    // Most bytes are letters and digits; they need no further look.
    if byte >= UInt8(ascii: "@"), byte != UInt8(ascii: "~") { return true }
    return !isBlank(byte) && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\"") && symbol(bytes, index) == nil
  }

  private static func quoted(_ bytes: [UInt8], _ index: inout Int) throws(FilterError) -> FilterToken.Kind {
    let open = index
    let quote = bytes[open]
    var content: [UInt8] = []
    index += 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        try backslash(bytes, &index, quote: quote, into: &content)
        continue
      }
      guard bytes[index] == quote else {
        content.append(bytes[index])
        index += 1
        continue
      }
      guard index + 1 < bytes.count, bytes[index + 1] == quote else {
        index += 1
        return .quoted(String(decoding: content, as: UTF8.self))
      }
      content.append(quote)
      index += 2
    }
    throw FilterError("the quote is not closed", in: bytes, at: open)
  }

  /// A backslash belongs to the value, and so does one that follows it; `\u{1f}` stands for a character.
  private static func backslash(
    _ bytes: [UInt8], _ index: inout Int, quote: UInt8, into content: inout [UInt8]
  ) throws(FilterError) {
    let start = index
    content.append(bytes[start])
    index += 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "\\") {
      content.append(bytes[index])
      index += 1
      return
    }
    guard bytes[index...].starts(with: Array("u{".utf8)),
      let close = bytes[index...].prefix(FilterEscape.bytesMax).firstIndex(of: UInt8(ascii: "}"))
    else { return }
    let digits = bytes[(index + 2)..<close]
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIHexDigit) else { return }
    guard let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(number)
    else { throw FilterError("no character has this number", in: bytes, at: start) }
    content.removeLast()
    content += Array(String(scalar).utf8)
    index = close + 1
  }
}
