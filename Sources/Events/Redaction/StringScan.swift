/// Passing over a string while noticing whether it needs a closer look.
///
/// Nearly all strings of a record are names, ids and times. One pass finds the closing quote and stops only at bytes
/// that some mark of a secret cannot do without: `=` of a parameter, `J` of a JWT (`eyJ`), `_` of `ghp_`, the space
/// after `Bearer`. JSON in a string has quotes, which are escaped there. What precedes such a byte then decides, so that the closer look stays rare.
struct StringMarks {
  /// There are escapes in it.
  var isEscaped = false
  /// It may hold a secret, or JSON.
  var isSuspect = false
}

/// The bytes at which the scan stops.
enum ScanBytes {
  // Bit n of the first word is byte n, of the second byte 64 + n: tested without a table, which would have to be loaded
  // for each of the many short strings.
  private static let low = mask("\"=%' ".utf8, from: 0)
  private static let high = mask("@\\J_xz".utf8, from: 64)

  @inline(__always)
  private static func mask(_ bytes: String.UTF8View, from base: UInt8) -> UInt64 {
    bytes.reduce(0) { $0 | (1 << UInt64(($1 &- base) & 63)) }
  }

  @inline(__always)
  static func stops(at byte: UInt8, _ words: (low: UInt64, high: UInt64)) -> Bool {
    byte < 128 && (byte < 64 ? words.low : words.high) >> UInt64(byte & 63) & 1 == 1
  }

  static let words = (low: low, high: high)
}

extension Redactor {
  // A longer user and password are left to the closer look, so that a row of `@` is not walked back again and again.
  static let addressBytesMax = 256

  /// The end of the string whose contents begin at `start`: its closing quote, or the end of the text.
  @inline(__always)
  func skip(_ text: Span<UInt8>, _ start: Int, _ marks: inout StringMarks) -> Int {
    let words = scan
    var i = start
    if SecretMarks.opensToken(text, start) { marks.isSuspect = true }
    while i < text.count {
      let byte = text[i]
      guard ScanBytes.stops(at: byte, words) else {
        i += 1
        continue
      }
      if byte == UInt8(ascii: "\"") { return i }
      if byte == UInt8(ascii: "\\") {
        marks.isEscaped = true
        marks.isSuspect = true
        i += 2
        continue
      }
      if isSuspicious(text, i, after: start) { marks.isSuspect = true }
      i += 1
    }
    return text.count
  }

  /// Whether the byte at `i` can belong to a mark, by what stands around it.
  @inline(__always)
  private func isSuspicious(_ text: Span<UInt8>, _ i: Int, after start: Int) -> Bool {
    guard i > start else { return text[i] != UInt8(ascii: "J") && text[i] != UInt8(ascii: "z") }
    let before = text[i - 1]
    switch text[i] {
    case UInt8(ascii: " "): return isSuspicious(text, space: i, after: before)
    case UInt8(ascii: "J"): return before == UInt8(ascii: "y") && i >= start + 2 && text[i - 2] == UInt8(ascii: "e")
    case UInt8(ascii: "_"):
      return i >= start + 3 && SecretMarks.endsTokenPrefix(text, underscore: i)
    case UInt8(ascii: "x"):
      return i + 1 < text.count && (text[i + 1] == UInt8(ascii: "o") || text[i + 1] == UInt8(ascii: "a"))
    case UInt8(ascii: "z"): return before == UInt8(ascii: "I") && i >= start + 2 && text[i - 2] == UInt8(ascii: "A")
    case UInt8(ascii: "@"):
      // The password of an address stands between `://` and `@`; in an ARN or a mail address there is a `/` or nothing.
      var at = i
      while at > start, text[at - 1] != UInt8(ascii: "/") {
        at -= 1
        if i - at > Self.addressBytesMax { return true }
      }
      return at >= start + 3 && text[at - 2] == UInt8(ascii: "/") && text[at - 3] == UInt8(ascii: ":")
    default: return true
    }
  }

  /// "Bearer x", "Basic x", "-----BEGIN x", "Cookie: x"; or a word after the space that opens a token or an option.
  @inline(__always)
  private func isSuspicious(_ text: Span<UInt8>, space: Int, after before: UInt8) -> Bool {
    switch before {
    case UInt8(ascii: "r"), UInt8(ascii: "R"), UInt8(ascii: "c"), UInt8(ascii: "C"):
      if SecretMarks.scheme(text, space: space) != nil { return true }
    case UInt8(ascii: ":"):
      // Headers of the table end in -ie, -ey, -en or -on; most that stands before a colon in a message does not.
      guard space >= 3 else { return false }
      switch (text[space - 3] | 0x20, text[space - 2] | 0x20) {
      case (UInt8(ascii: "i"), UInt8(ascii: "e")), (UInt8(ascii: "e"), UInt8(ascii: "y")),
        (UInt8(ascii: "e"), UInt8(ascii: "n")), (UInt8(ascii: "o"), UInt8(ascii: "n")):
        return true
      default: break
      }
    case UInt8(ascii: "N"): return true
    default: break
    }
    return SecretMarks.opensToken(text, space + 1)
  }
}
