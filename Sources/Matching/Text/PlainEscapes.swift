// One text for one object: JSON can write most characters in several ways, and a rule is compared with one. What does
// not need an escape loses it (`\\/`, `\\u00e9`), what needs one has the short form (`\\n` for `\\u000a`).

enum PlainEscapes {
  /// Rewrites compact JSON in place; it never becomes longer. Half of a surrogate pair stays as it is.
  static func apply(_ json: inout [UInt8]) {
    guard let first = json.firstIndex(of: UInt8(ascii: "\\")) else { return }
    var (from, to) = (first, first)
    while from < json.count {
      guard json[from] == UInt8(ascii: "\\"), from + 1 < json.count else {
        json[to] = json[from]
        (from, to) = (from + 1, to + 1)
        continue
      }
      switch json[from + 1] {
      case UInt8(ascii: "/"):
        json[to] = UInt8(ascii: "/")
        (from, to) = (from + 2, to + 1)
      case UInt8(ascii: "u"):
        let (scalar, length) = scalar(json, from)
        to = write(scalar, json[from..<from + length], &json, to)
        from += length
      default:
        json[to] = json[from]
        json[to + 1] = json[from + 1]
        (from, to) = (from + 2, to + 2)
      }
    }
    json.removeLast(json.count - to)
  }

  /// The character of the escape at `at` and how many bytes it has; nil if it is none by itself.
  private static func scalar(_ json: [UInt8], _ at: Int) -> (UInt32?, length: Int) {
    guard let unit = unit(json, at) else { return (nil, min(2, json.count - at)) }
    guard unit & 0xF800 == 0xD800 else { return (unit, 6) }
    guard unit < 0xDC00, let low = self.unit(json, at + 6), low & 0xFC00 == 0xDC00 else { return (nil, 6) }
    return (0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), 12)
  }

  private static func unit(_ json: [UInt8], _ at: Int) -> UInt32? {
    guard at + 6 <= json.count, json[at] == UInt8(ascii: "\\"), json[at + 1] == UInt8(ascii: "u") else { return nil }
    return UInt32(String(decoding: json[at + 2..<at + 6], as: UTF8.self), radix: 16)
  }

  /// Writes what stands for the character at `to`, and gives the place behind it.
  private static func write(_ scalar: UInt32?, _ written: ArraySlice<UInt8>, _ json: inout [UInt8], _ to: Int) -> Int {
    var out: [UInt8] = []
    switch scalar {
    case nil: out = Array(written)
    case UInt32(UInt8(ascii: "\"")), UInt32(UInt8(ascii: "\\")): out = [UInt8(ascii: "\\"), UInt8(scalar ?? 0)]
    case 8: out = Array("\\b".utf8)
    case 9: out = Array("\\t".utf8)
    case 10: out = Array("\\n".utf8)
    case 12: out = Array("\\f".utf8)
    case 13: out = Array("\\r".utf8)
    case .some(let value) where value < 0x20: out = written.map { $0 | 0x20 }.enumerated().map { $0 == 0 ? 0x5C : $1 }
    case .some(let value): UTF8Step.append(value, to: &out)
    }
    for (offset, byte) in out.enumerated() { json[to + offset] = byte }
    return to + out.count
  }
}
