import Rules

/// An event that is written in YAML, as the JSON that a log would hold.
public enum YAMLJSON {
  public static func write(_ node: YAMLNode, to out: inout [UInt8]) {
    switch node.content {
    case .scalar(let scalar): write(scalar, to: &out)
    case .sequence(let items):
      out.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        write(item, to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .mapping(let pairs):
      out.append(UInt8(ascii: "{"))
      for (index, pair) in pairs.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        write(text: pair.key, to: &out)
        out.append(UInt8(ascii: ":"))
        write(pair.value, to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ scalar: YAMLScalar, to out: inout [UInt8]) {
    switch scalar.value {
    case .null: out += Array("null".utf8)
    case .bool(let value): out += Array((value ? "true" : "false").utf8)
    case .number(let number): out += Array(number.description.utf8)
    case .hugeInteger(let digits): out += Array(digits.utf8)
    case .date(let text), .string(let text), .notFinite(let text): write(text: text, to: &out)
    }
  }

  public static func write(text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        out += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
