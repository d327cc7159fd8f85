/// The name of a file as a value of an event, an alert or a manifest: text that tells any two names apart.
///
/// A byte that is no UTF-8, and the backslash, are written `\xNN`; all else stays. What a format then has to escape is
/// its own matter: to JSON a newline is text like any other. A name in this form can be turned back.
///
///     bytes 61 FF 0A      text a\xff and a newline
///     bytes 61 5C 78 66   text a\x5cxf
extension FileName {
  public var text: [UInt8] {
    if bytes.allSatisfy({ $0 < 0x80 && $0 != FileName.backslash }) { return bytes }
    return escaped { $0 == "\\" }
  }

  /// The name with `\xNN` for each byte that is no UTF-8, and for those of some characters.
  func escaped(where mustEscape: (Unicode.Scalar) -> Bool) -> [UInt8] {
    var text: [UInt8] = []
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes[...].makeIterator()
    var position = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .emptyInput:
        return text
      case .error(let length):
        for byte in bytes[position..<(position + length)] { FileName.escape(byte, to: &text) }
        position += length
      case .valid(let encoded):
        if mustEscape(Unicode.UTF8.decode(encoded)) {
          for byte in encoded { FileName.escape(byte, to: &text) }
        } else {
          text += encoded
        }
        position += encoded.count
      }
    }
  }

  /// The name whose text this is.
  public static func named(_ text: [UInt8]) -> FileName {
    var bytes: [UInt8] = []
    var i = 0
    while i < text.count {
      if text[i] == FileName.backslash, i + 3 < text.count, text[i + 1] == UInt8(ascii: "x"),
        let high = FileName.digit(text[i + 2]), let low = FileName.digit(text[i + 3])
      {
        bytes.append(high << 4 | low)
        i += 4
      } else {
        bytes.append(text[i])
        i += 1
      }
    }
    return FileName(bytes)
  }

  private static let backslash = UInt8(ascii: "\\")
  private static let digits = Array("0123456789abcdef".utf8)

  private static func escape(_ byte: UInt8, to text: inout [UInt8]) {
    text += [backslash, UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func digit(_ byte: UInt8) -> UInt8? { digits.firstIndex(of: byte).map { UInt8($0) } }
}
