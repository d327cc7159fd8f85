/// The marks by which a secret is known wherever it stands, and the values that stay.
///
/// Each function looks at one place of a text and answers where the secret ends, or nil. None looks further back than
/// a few bytes, and the ends they give are where the sweep goes on, so that a text is read a bounded number of times.
enum SecretMarks {
  /// A word after `Bearer` or `Basic` in prose, which is no token.
  private static let prose = [
    "token", "tokens", "auth", "authentication", "authorization", "authorisation", "scheme", "credentials", "header",
    "headers", "realm", "realm=", "error=", "is", "and", "or", "not", "only", "access", "plan", "tier", "support",
    "the",
  ]
  // The longest label between the dashes of a PEM block is "ENCRYPTED PRIVATE KEY"; 64 leaves room for vendors' own.
  private static let labelBytesMax = 64
  /// A JSON Web Token begins with `{"`, in base64 `eyJ`; a shorter part is no header.
  private static let jwtPartBytesMin = 8

  static func hasPrefix(_ text: Span<UInt8>, _ at: Int, _ end: Int, _ word: String) -> Bool {
    var i = at
    for byte in word.utf8 {
      guard i < end, text[i] == byte else { return false }
      i += 1
    }
    return true
  }

  private static func equals(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ word: String) -> Bool {
    end - start == word.utf8.count && hasPrefix(text, start, end, word)
  }

  private static func equalsLowered(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ word: StaticString) -> Bool {
    guard start >= 0, end - start == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      for i in 0..<letters.count where lowered(text[start + i]) != letters[i] { return false }
      return true
    }
  }

  // MARK: Values that stay

  static func isLiteral(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    equals(text, start, end, "true") || equals(text, start, end, "false") || equals(text, start, end, "null")
  }

  /// Whether the value of a secret name stays: nothing, a mask, or the id of a key.
  static func stays(_ text: Span<UInt8>, _ start: Int, _ end: Int, under meaning: NameMeaning) -> Bool {
    var stars = start
    while stars < end, text[stars] == UInt8(ascii: "*") { stars += 1 }
    if stars == end { return true }
    for mask in SecretTable.masks where equals(text, start, end, mask) { return true }
    guard meaning.contains(.ambiguous) else { return false }
    for prefix in SecretTable.idPrefixes where hasPrefix(text, start, end, prefix) { return true }
    return isGatewayKeyID(text, start, end)
  }

  /// The id that API Gateway gives a key: ten letters and digits. The key itself has at least twenty.
  private static func isGatewayKeyID(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start == 10 else { return false }
    for i in start..<end where !isDigit(text[i]) && !(isLetter(text[i]) && text[i] == lowered(text[i])) { return false }
    return true
  }

  // MARK: Tokens

  /// Whether a well-known token may begin at `at`; a cheap first look for those not found by a byte inside.
  @inline(__always)
  static func opensToken(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard at + 4 <= text.count else { return false }
    switch text[at] {
    case UInt8(ascii: "g"): return text[at + 1] == UInt8(ascii: "l") && text[at + 2] == UInt8(ascii: "p")
    case UInt8(ascii: "s"): return text[at + 1] == UInt8(ascii: "k") && text[at + 2] == UInt8(ascii: "-")
    case UInt8(ascii: "k"): return text[at + 1] == UInt8(ascii: "8") && text[at + 3] == UInt8(ascii: "-")
    case UInt8(ascii: "x"): return text[at + 1] == UInt8(ascii: "o") || text[at + 1] == UInt8(ascii: "a")
    case UInt8(ascii: "-"): return text[at + 1] == UInt8(ascii: "-")
    default: return false
    }
  }

  /// Whether the three letters before an underscore end a well-known prefix: `gh?_`, `github_pat_`, `npm_`, `sk_live_`.
  @inline(__always)
  static func endsTokenPrefix(_ text: Span<UInt8>, underscore: Int) -> Bool {
    let (third, second, first) = (text[underscore - 3], text[underscore - 2], text[underscore - 1])
    switch third {
    case UInt8(ascii: "g"): return second == UInt8(ascii: "h")
    case UInt8(ascii: "p"): return second == UInt8(ascii: "a") && first == UInt8(ascii: "t")
    case UInt8(ascii: "n"): return second == UInt8(ascii: "p") && first == UInt8(ascii: "m")
    case UInt8(ascii: "i"): return second == UInt8(ascii: "v") && first == UInt8(ascii: "e")
    case UInt8(ascii: "h"): return second == UInt8(ascii: "v") && first == UInt8(ascii: "s")
    default: return false
    }
  }

  static func isTokenByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  /// The end of a token with a well-known prefix at `at`.
  static func knownToken(_ text: Span<UInt8>, _ at: Int) -> Int? {
    for (prefix, rest) in SecretTable.tokenPrefixes where hasPrefix(text, at, text.count, prefix) {
      var end = at + prefix.utf8.count
      let least = end + rest
      while end < text.count, isTokenByte(text[end]) { end += 1 }
      if end >= least { return end }
    }
    return nil
  }

  /// The end of a JSON Web Token at `at`: two parts and a signature, or the five parts of an encrypted one.
  static func webToken(_ text: Span<UInt8>, _ at: Int) -> Int? {
    guard hasPrefix(text, at, text.count, "eyJ") else { return nil }
    var end = at
    var parts = 0
    var begin = at
    while true {
      while end < text.count, isTokenByte(text[end]) { end += 1 }
      if parts == 0, end - begin < jwtPartBytesMin { return nil }
      if parts == 1, end - begin < jwtPartBytesMin, !(end == begin) { return nil }
      parts += 1
      guard parts < 5, end < text.count, text[end] == UInt8(ascii: ".") else { break }
      end += 1
      begin = end
    }
    return parts >= 3 ? end : nil
  }

  /// Whether the word before `space` is `Bearer` (true) or `Basic` (false).
  static func scheme(_ text: Span<UInt8>, space: Int) -> Bool? {
    let isBearer = equalsLowered(text, space - 6, space, "bearer")
    guard isBearer || equalsLowered(text, space - 5, space, "basic") else { return nil }
    let word = space - (isBearer ? 6 : 5)
    return word == 0 || !isTokenByte(text[word - 1]) ? isBearer : nil
  }

  /// The token after `Bearer ` or `Basic `, whose space is at `space`.
  static func credential(_ text: Span<UInt8>, space: Int) -> Range<Int>? {
    guard let isBearer = scheme(text, space: space) else { return nil }
    var start = space
    while start < text.count, text[start] == UInt8(ascii: " ") { start += 1 }
    var end = start
    while end < text.count, isTokenByte(text[end]) || isCredentialByte(text[end]) { end += 1 }
    // The full stop of a sentence.
    while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end > start, !stays(text, start, end, under: []), !isProse(text, start, end, isBearer: isBearer) else {
      return nil
    }
    return start..<end
  }

  private static func isCredentialByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): true
    default: false
    }
  }

  private static func isProse(_ text: Span<UInt8>, _ start: Int, _ end: Int, isBearer: Bool) -> Bool {
    for word in prose where equals(text, start, end, word) { return true }
    guard !isBearer else { return false }
    // "Basic" is a common word; what follows is base64 only if it does not look like one too.
    for i in start + 1..<end where !(isLetter(text[i]) && text[i] == lowered(text[i])) { return false }
    return true
  }

  // MARK: PEM

  /// The block of a private key whose `-----BEGIN` ends before `space`.
  static func privateKeyBlock(_ text: Span<UInt8>, space: Int) -> Range<Int>? {
    guard space >= 10, hasPrefix(text, space - 10, space, "-----BEGIN") else { return nil }
    var at = space
    var isPrivate = false
    let labelEnd = min(space + labelBytesMax, text.count)
    while at < labelEnd, text[at] != UInt8(ascii: "-") {
      if hasPrefix(text, at, labelEnd, "PRIVATE KEY") { isPrivate = true }
      at += 1
    }
    guard isPrivate else { return nil }
    while at < text.count, text[at] != UInt8(ascii: "\"") {
      if text[at] == UInt8(ascii: "-"), hasPrefix(text, at, text.count, "-----END") {
        return space - 10..<dashesEnd(text, at + 8)
      }
      at += 1
    }
    return space - 10..<at
  }

  /// The end of a closing line, from within its label.
  private static func dashesEnd(_ text: Span<UInt8>, _ from: Int) -> Int {
    let limit = min(from + labelBytesMax, text.count)
    var at = from
    while at < limit {
      if hasPrefix(text, at, text.count, "-----") { return at + 5 }
      at += 1
    }
    return limit
  }
}
