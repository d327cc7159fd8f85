// The number forms of YAML 1.1, apart from the other scalars because there are so many of them:
//   0b1010  010 (octal)  10_000  0x1F  12:30 (base 60)  1.5  .5  1.5e+3 (the sign is needed)  1:30.5  .inf  .nan

extension YAMLScalarScanner {
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLValue? {
    var isNegative = false
    var body = bytes
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      body = UnsafeBufferPointer(rebasing: bytes[1...])
    }
    guard let first = body.first else { return nil }
    if first == UInt8(ascii: ".") { return dotNumber(bytes, body: body) }
    guard first.isASCIIDigit else { return nil }
    if let digits = prefixedDigits(body) {
      return integer(digits.text, radix: digits.radix, isNegative: isNegative)
    }
    if let hasDot = sexagesimalShape(body) {
      return sexagesimal(body, hasDot: hasDot, isNegative: isNegative)
    }
    return isDecimalFraction(body) ? fraction(bytes) : nil
  }

  /// The digits of an integer without underscores, and their base; nil if the text is no plain integer.
  private static func prefixedDigits(_ body: UnsafeBufferPointer<UInt8>) -> (text: String, radix: Int)? {
    func collect(from start: Int, _ radix: Int) -> (String, Int)? {
      var text = ""
      for byte in body[start...] where byte != UInt8(ascii: "_") {
        guard let value = hexValue(byte), value < radix else { return nil }
        text.unicodeScalars.append(Unicode.Scalar(byte))
      }
      return text.isEmpty ? nil : (text, radix)
    }
    guard body[0] == UInt8(ascii: "0"), body.count > 1 else { return collect(from: 0, 10) }
    switch body[1] {
    case UInt8(ascii: "b"): return collect(from: 2, 2)
    case UInt8(ascii: "x"): return collect(from: 2, 16)
    default: return collect(from: 1, 8)
    }
  }

  private static func hexValue(_ byte: UInt8) -> Int? {
    if byte.isASCIIDigit { return Int(byte) - 48 }
    let lower = byte | 0x20
    return lower >= 97 && lower <= 102 ? Int(lower) - 87 : nil
  }

  private static func integer(_ digits: String, radix: Int, isNegative: Bool) -> YAMLValue {
    let text = isNegative ? "-" + digits : digits
    if let value = Int64(text, radix: radix) { return .number(.int(value)) }
    if let value = UInt64(text, radix: radix) { return .number(.uint(value)) }
    return .hugeInteger(text)
  }

  /// `.5`, `.inf`, `.nan`; a sign is allowed before `.inf` only.
  private static func dotNumber(_ bytes: UnsafeBufferPointer<UInt8>, body: UnsafeBufferPointer<UInt8>) -> YAMLValue? {
    let isSigned = body.count != bytes.count
    switch String(decoding: body, as: UTF8.self) {
    case ".inf", ".Inf", ".INF": return .notFinite(String(decoding: bytes, as: UTF8.self))
    case ".nan", ".NaN", ".NAN": return isSigned ? nil : .notFinite(".nan")
    default: break
    }
    guard !isSigned, body.count > 1, body[1].isASCIIDigit else { return nil }
    return isDecimalFraction(body) ? fraction(bytes) : nil
  }

  /// Digits, one dot, digits, and an exponent with a sign.
  private static func isDecimalFraction(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
    var scan = ByteScanner(body)
    scan.skipDigitsAndUnderscores()
    guard scan.take(".") else { return false }
    scan.skipDigitsAndUnderscores()
    if scan.take("e") || scan.take("E") {
      guard scan.take("+") || scan.take("-"), scan.digits(1...8) else { return false }
    }
    return scan.isAtEnd
  }

  private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLValue? {
    var text = String(decoding: bytes.lazy.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    if text.hasSuffix(".") { text += "0" }
    guard let value = Double(text) else { return nil }
    return value.isFinite ? .number(Number(value)) : .notFinite(text)
  }

  /// Nil: not base 60. False: `12:30:00`. True: `12:30.5`, whose last part has a fraction.
  private static func sexagesimalShape(_ body: UnsafeBufferPointer<UInt8>) -> Bool? {
    var scan = ByteScanner(body)
    scan.skipDigitsAndUnderscores()
    var groups = 0
    while scan.take(":") {
      let start = scan.index
      guard scan.digits(1...2) else { return nil }
      if scan.index - start == 2, body[start] > UInt8(ascii: "5") { return nil }
      groups += 1
    }
    guard groups > 0 else { return nil }
    if scan.isAtEnd { return body[0] == UInt8(ascii: "0") ? nil : false }
    guard scan.take(".") else { return nil }
    scan.skipDigitsAndUnderscores()
    return scan.isAtEnd ? true : nil
  }

  private static func sexagesimal(
    _ body: UnsafeBufferPointer<UInt8>, hasDot: Bool, isNegative: Bool
  ) -> YAMLValue? {
    let clean = body.filter { $0 != UInt8(ascii: "_") }
    let parts = clean.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if hasDot {
      var total = 0.0
      for part in parts {
        var text = String(decoding: part, as: UTF8.self)
        if text.hasSuffix(".") { text += "0" }
        guard let value = Double(text) else { return nil }
        total = total * 60 + value
      }
      return .number(Number(isNegative ? -total : total))
    }
    var total: Int64 = 0
    for part in parts {
      guard let value = Int64(String(decoding: part, as: UTF8.self)) else { return nil }
      let (product, overflow) = total.multipliedReportingOverflow(by: 60)
      let (sum, carry) = product.addingReportingOverflow(value)
      if overflow || carry { return .hugeInteger(String(decoding: clean, as: UTF8.self)) }
      total = sum
    }
    return .number(.int(isNegative ? -total : total))
  }
}

extension ByteScanner {
  mutating func skipDigitsAndUnderscores() {
    while let byte = current, byte.isASCIIDigit || byte == UInt8(ascii: "_") { index += 1 }
  }
}
