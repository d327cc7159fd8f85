import Rules

/// The limits of a threshold, exact.
struct Bounds {
  // Beyond every number that is read from an event.
  private static let beyond = Decimal(units: Int128(1_000_000_000_000_000_000) * 1_000_000_000)

  private let limits: [(comparison: CorrelationBound.Operator, value: Decimal)]

  init(_ bounds: [CorrelationBound]) {
    limits = bounds.map { bound in
      let value =
        Decimal(bound.number)
        ?? (bound.number.approximate < 0 ? Decimal(units: -Bounds.beyond.units) : Bounds.beyond)
      return (bound.comparison, value)
    }
  }

  func hold(_ number: Decimal) -> Bool { hold { number.units - $0 } }

  /// - Parameter difference: the sign of what is compared, less a limit in billionths.
  func hold(_ difference: (Int128) -> Int128) -> Bool {
    limits.allSatisfy { limit in
      let sign = difference(limit.value.units)
      return switch limit.comparison {
      case .greater: sign > 0
      case .greaterOrEqual: sign >= 0
      case .less: sign < 0
      case .lessOrEqual: sign <= 0
      case .equal: sign == 0
      case .notEqual: sign != 0
      }
    }
  }
}
