import Rules

/// Numbers in events: the text of a JSON number, whether it stood in quotes or not.
enum NumberText {
  // A longer text is no number that anyone compares with.
  private static let bytesMax = 64

  /// The number that a text is, if all of it is one by JSON's grammar.
  static func parse(_ text: UnsafeRawBufferPointer) -> Number? {
    guard text.count > 0, text.count <= bytesMax else { return nil }
    var at = 0
    let isNegative = text[0] == UInt8(ascii: "-")
    if isNegative { at = 1 }
    guard at < text.count, isDigit(text[at]) else { return nil }
    var value: UInt64 = 0
    var isExact = true
    let start = at
    while at < text.count, isDigit(text[at]) {
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(text[at] - UInt8(ascii: "0")))
      if over || carry { isExact = false }
      value = sum
      at += 1
    }
    if text[start] == UInt8(ascii: "0"), at - start > 1 { return nil }
    if at == text.count, isExact, let number = integer(value, isNegative) { return number }
    guard hasRest(text, at) else { return nil }
    // The grammar was checked above, so this reads all of it.
    guard let double = Double(String(decoding: text, as: UTF8.self)) else { return nil }
    return double.isFinite ? Number(double) : .double(double)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private static func integer(_ magnitude: UInt64, _ isNegative: Bool) -> Number? {
    guard isNegative else { return Number(magnitude) }
    guard magnitude <= UInt64(Int64.max) + 1 else { return nil }
    return .int(Int64(truncatingIfNeeded: 0 &- magnitude))
  }

  /// Whether a fraction, an exponent or nothing stands behind the integral part.
  private static func hasRest(_ text: UnsafeRawBufferPointer, _ from: Int) -> Bool {
    var at = from
    if at < text.count, text[at] == UInt8(ascii: ".") {
      at += 1
      let start = at
      while at < text.count, isDigit(text[at]) { at += 1 }
      if at == start { return false }
    }
    if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < text.count, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") { at += 1 }
      let start = at
      while at < text.count, isDigit(text[at]) { at += 1 }
      if at == start { return false }
    }
    return at == text.count
  }
}

extension Comparison {
  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// Compares by value: integers of 64 bits exactly, also with fractions.
  func holds(_ left: Number, _ right: Number) -> Bool { holds(NumberOrder.of(left, right), 0) }
}

enum NumberOrder {
  /// Less than, equal to or greater than zero, as `left` is to `right`.
  static func of(_ left: Number, _ right: Number) -> Int {
    switch (left, right) {
    case (.int(let a), .int(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.uint(let a), .uint(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.int, .uint): -1
    case (.uint, .int): 1
    case (.double(let a), .double(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.double(let a), .int(let b)): of(a, Int128(b))
    case (.double(let a), .uint(let b)): of(a, Int128(b))
    case (.int(let a), .double(let b)): -of(b, Int128(a))
    case (.uint(let a), .double(let b)): -of(b, Int128(a))
    }
  }

  private static func of(_ left: Double, _ right: Int128) -> Int {
    // Beyond 2^65 on either side no integer of 64 bits is near.
    if left >= 0x1p65 { return 1 }
    if left <= -0x1p65 { return -1 }
    let whole = Int128(left.rounded(.down))
    if whole != right { return whole < right ? -1 : 1 }
    return left > left.rounded(.down) ? 1 : 0
  }
}
