import Rules

/// A number with nine decimals, exact: sums of events must not depend on their order.
public struct Decimal: Hashable, Comparable, Sendable {
  static let one: Int128 = 1_000_000_000
  private static let decimals = 9
  // With 10^17, a median's product with its interpolation still fits 128 bits.
  private static let digitsMax = 17
  // Of an amount that anyone means there are fewer; a megabyte of digits is not read to its end.
  private static let writtenMax = 64
  // Further than all digits that are written and all that count.
  private static let exponentMax = 128

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
    guard case .number(let number) = Decimal.read(text) else { return nil }
    self = number
  }

  /// What a text says as a number.
  enum Reading {
    case number(Decimal)
    /// A number of more digits than can be added up exactly.
    case tooLarge
    case noNumber
  }

  static func read(_ text: some Collection<UInt8>) -> Reading {
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var digits: [UInt8] = []
    var point: Int?
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      if byte == UInt8(ascii: "."), point == nil {
        point = digits.count
      } else {
        guard byte >= 0x30, byte <= 0x39 else { return .noNumber }
        // Zeros in front say nothing, however many.
        if byte == 0x30, point == nil, digits == [0] { digits = [] }
        if digits.count < writtenMax {
          digits.append(byte - 0x30)
        } else if point == nil {
          return .tooLarge
        }
      }
      rest = rest.dropFirst()
    }
    guard !digits.isEmpty, let exponent = exponent(rest) else { return .noNumber }
    let whole = (point ?? digits.count) + exponent
    guard let value = units(digits, whole: whole) else { return .tooLarge }
    return .number(Decimal(units: isNegative ? -value : value))
  }

  /// Of `e-3`; 0 without one. Beyond what matters it is no further than that.
  private static func exponent(_ text: some Collection<UInt8>) -> Int? {
    if text.isEmpty { return 0 }
    var rest = text.dropFirst()
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty, rest.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    let value = rest.reduce(0) { min($0 * 10 + Int($1 - 0x30), exponentMax) }
    return isNegative ? -value : value
  }

  /// - Parameter whole: how many of the digits stand before the point; may be less than none, or more than there are.
  private static func units(_ digits: [UInt8], whole: Int) -> Int128? {
    guard digits.contains(where: { $0 > 0 }) else { return 0 }
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
