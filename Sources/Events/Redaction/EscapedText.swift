/// The contents of JSON strings: decoding to plain bytes and writing back.
///
/// Both directions accept anything. An escape that JSON does not know stays as it stands; half a surrogate pair is
/// kept as the three bytes UTF-8 would give it and becomes `\uD800` again, so that a value without secrets survives
/// the way through a string in a string unchanged.
enum EscapedText {
  /// Appends the contents of the string in `text[start..<end]`, which excludes its quotes.
  static func decode(_ text: Span<UInt8>, _ start: Int, _ end: Int, into out: inout [UInt8]) {
    out.reserveCapacity(out.count + end - start)
    var i = start
    while i < end {
      let byte = text[i]
      guard byte == UInt8(ascii: "\\"), i + 1 < end else {
        out.append(byte)
        i += 1
        continue
      }
      let next = text[i + 1]
      if next == UInt8(ascii: "u"), var unit = hex4(text, i + 2, end) {
        i += 6
        if unit & 0xFC00 == 0xD800, i + 1 < end, text[i] == UInt8(ascii: "\\"), text[i + 1] == UInt8(ascii: "u"),
          let low = hex4(text, i + 2, end), low & 0xFC00 == 0xDC00
        {
          unit = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
          i += 6
        }
        appendScalar(unit, into: &out)
        continue
      }
      if let plain = unescaped(next) {
        out.append(plain)
      } else {
        out.append(byte)
        out.append(next)
      }
      i += 2
    }
  }

  private static func unescaped(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    default: nil
    }
  }

  private static func hex4(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> UInt32? {
    guard at + 4 <= end else { return nil }
    var value: UInt32 = 0
    for i in at..<at + 4 {
      let byte = text[i]
      let digit = isDigit(byte) ? byte - 48 : (byte | 0x20) &- 87
      guard isDigit(byte) || digit >= 10 && digit < 16 else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private static func appendScalar(_ value: UInt32, into out: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
    switch value {
    case ..<0x80: out.append(UInt8(value))
    case ..<0x800: out.append(contentsOf: [UInt8(0xC0 | value >> 6), tail(0)])
    case ..<0x10000: out.append(contentsOf: [UInt8(0xE0 | value >> 12), tail(6), tail(0)])
    default: out.append(contentsOf: [UInt8(0xF0 | value >> 18), tail(12), tail(6), tail(0)])
    }
  }

  /// Appends `text` as the contents of a JSON string.
  static func encode(_ text: Span<UInt8>, into out: inout [UInt8]) {
    var i = 0
    while i < text.count {
      let byte = text[i]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 10: out.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case 13: out.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case 9: out.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case 0..<32: appendUnit(UInt32(byte), into: &out)
      case 0xED where i + 2 < text.count && text[i + 1] & 0xE0 == 0xA0 && text[i + 2] & 0xC0 == 0x80:
        appendUnit(0xD000 | UInt32(text[i + 1] & 0x3F) << 6 | UInt32(text[i + 2] & 0x3F), into: &out)
        i += 2
      default: out.append(byte)
      }
      i += 1
    }
  }

  private static func appendUnit(_ unit: UInt32, into out: inout [UInt8]) {
    out.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
    for shift: UInt32 in [12, 8, 4, 0] {
      let digit = UInt8(unit >> shift & 15)
      out.append(digit < 10 ? digit + 48 : digit + 87)
    }
  }
}
