import Rules

/// A number with nine decimals, exact: sums of events must not depend on their order.
public struct Decimal: Hashable, Comparable, Sendable {
  static let one: Int128 = 1_000_000_000
  private static let decimals = 9
  // With 10^17, a median's product with its interpolation still fits 128 bits.
  private static let digitsMax = 17

  /// In billionths.
  public let units: Int128

  public init(units: Int128) { self.units = units }
  public init(_ whole: Int) { units = Int128(whole) * Decimal.one }

  /// A limit of a rule. What has a fraction is taken as its shortest decimal text.
  public init?(_ number: Number) {
    switch number {
    case .int(let value): self.init(Array("\(value)".utf8))
    case .uint(let value): self.init(Array("\(value)".utf8))
    case .double(let value): self.init(Array("\(value)".utf8))
    }
  }

  /// `12`, `-0.5`, `1e3`; decimals beyond the ninth are cut. Nil for what is no number, or too large to be added up.
  public init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var digits: [UInt8] = []
    var point: Int?
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      if byte == UInt8(ascii: "."), point == nil {
        point = digits.count
      } else {
        guard byte >= 0x30, byte <= 0x39, digits.count < 64 else { return nil }
        digits.append(byte - 0x30)
      }
      rest = rest.dropFirst()
    }
    guard !digits.isEmpty else { return nil }
    var exponent = 0
    if !rest.isEmpty {
      guard let value = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(value) <= 64 else { return nil }
      exponent = value
    }
    let whole = (point ?? digits.count) + exponent
    guard let value = Decimal.units(digits, whole: whole) else { return nil }
    units = isNegative ? -value : value
  }

  /// - Parameter whole: how many of the digits stand before the point; may be less than none, or more than there are.
  private static func units(_ digits: [UInt8], whole: Int) -> Int128? {
    var value: Int128 = 0
    var significant = 0
    for place in min(0, whole)..<max(whole + decimals, 0) {
      guard place < whole + decimals else { break }
      let digit = place >= 0 && place < digits.count ? digits[place] : 0
      if place < whole, significant > 0 || digit > 0 { significant += 1 }
      guard significant <= digitsMax else { return nil }
      value = value * 10 + Int128(digit)
    }
    return value
  }

  public static func < (a: Decimal, b: Decimal) -> Bool { a.units < b.units }
}

extension Decimal: CustomStringConvertible {
  public var description: String {
    let magnitude = units.magnitude
    let fraction = magnitude % UInt128(Decimal.one)
    var text = "\(magnitude / UInt128(Decimal.one))"
    if fraction != 0 {
      let digits = String("\(UInt128(Decimal.one) + fraction)".dropFirst())
      text += "." + digits.reversed().drop { $0 == "0" }.reversed()
    }
    return units < 0 ? "-" + text : text
  }
}
