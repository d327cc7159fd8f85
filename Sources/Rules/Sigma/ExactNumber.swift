// Which numbers of a rule can be compared exactly with numbers of events, in nine decimals. Any other would be another
// number than the one that was written, and its rule would be wrong in silence.

enum ExactNumber {
  // Those of `Correlation.Decimal`: what is read from events, and added up.
  static let decimalsMax = 9
  static let wholeDigitsMax = 17

  /// `digits` times ten to the power of `exponent`, without zeros at either end; no digits are 0.
  private struct Digits: Equatable {
    var digits: [UInt8] = []
    var exponent = 0

    /// Nil for what is not written in decimal digits with a point or an exponent.
    init?(_ text: String) {
      let isPositive = !text.hasPrefix("-")
      let parts = text.dropFirst(isPositive && !text.hasPrefix("+") ? 0 : 1).split(
        separator: "e", omittingEmptySubsequences: false)
      guard parts.count <= 2, let mantissa = parts.first else { return nil }
      if parts.count == 2 {
        guard let power = Int(parts[1]) else { return nil }
        exponent = power
      }
      var isFraction = false
      for byte in mantissa.utf8 where byte != UInt8(ascii: "_") {
        if byte == UInt8(ascii: "."), !isFraction {
          isFraction = true
          continue
        }
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        if isFraction { exponent -= 1 }
        if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte) }
      }
      while digits.last == UInt8(ascii: "0") {
        digits.removeLast()
        exponent += 1
      }
      if digits.isEmpty { exponent = 0 }
    }
  }

  /// Why a number cannot be honoured as it is written; nil if it can.
  static func fault(_ scalar: YAMLScalar) -> String? {
    switch scalar.value {
    case .number(let number):
      // Octal, hexadecimal and sixty-based numbers are exact as far as they are whole.
      let written = scalar.text.contains(".") ? Digits(scalar.text.lowercased()) : nil
      return fault(number, written)
    case .hugeInteger: return tooLarge
    case .notFinite: return "must be a finite number"
    default: return "must be a number, not \(scalar.value.kindName)"
    }
  }

  /// The same for a number that is written as it is printed.
  static func fault(_ number: Number) -> String? { fault(number, nil) }

  private static func fault(_ number: Number, _ written: Digits?) -> String? {
    guard let value = Digits("\(number)") else { return "is no number that can be compared" }
    let exact = written ?? value
    if value.digits.count + value.exponent > wholeDigitsMax { return tooLarge }
    if min(value.exponent, exact.exponent) < -decimalsMax {
      return "has more than \(decimalsMax) decimals, which are not compared"
    }
    return exact == value ? nil : "has more digits than are compared exactly"
  }

  private static let tooLarge =
    "has more than \(wholeDigitsMax) digits before the point: numbers of events have no more"
}
