// A number of a rule: exact integers of 64 bits, with or without sign, and fractions. Account ids and UUID parts are
// integers beyond 2^53, so nothing goes through Double that need not.

/// A number in its one normal form: integral values are integers.
public enum Number: Hashable, Sendable {
  case int(Int64)
  /// Beyond `Int64.max` only.
  case uint(UInt64)
  /// With a fraction, or beyond 64 bits.
  case double(Double)

  /// - Precondition: the value is finite.
  public init(_ value: Double) {
    if let exact = Int64(exactly: value) {
      self = .int(exact)
    } else if let exact = UInt64(exactly: value) {
      self = .uint(exact)
    } else {
      self = .double(value)
    }
  }

  public init(_ value: UInt64) {
    if let small = Int64(exactly: value) { self = .int(small) } else { self = .uint(value) }
  }

  public var integer: Int64? {
    if case .int(let value) = self { return value }
    return nil
  }

  /// The nearest Double.
  public var approximate: Double {
    switch self {
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    case .double(let value): value
    }
  }

  public var isPositive: Bool { approximate > 0 }
}

extension Number: CustomStringConvertible {
  /// Decimal digits; a fraction prints as the shortest text that reads back as the same number.
  public var description: String {
    switch self {
    case .int(let value): String(value)
    case .uint(let value): String(value)
    case .double(let value): String(value)
    }
  }

  /// Reads only what `description` prints, so that `007`, `1.10` and `+5` stay text.
  init?(canonical text: String) {
    guard let first = text.utf8.first, first.isASCIIDigit || first == UInt8(ascii: "-") else { return nil }
    if let value = Int64(text) {
      self = .int(value)
    } else if let value = UInt64(text) {
      self = .uint(value)
    } else if let value = Double(text), value.isFinite {
      self.init(value)
    } else {
      return nil
    }
    guard description == text else { return nil }
  }
}
