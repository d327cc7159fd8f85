import Correlation

/// What detections left out, by reason: nothing is dropped in silence.
enum LeftOut: String, CaseIterable {
  case withoutGroup = "without_group"
  case withoutValue = "without_value"
  case withoutNumber = "without_number"
  case numbersTooLarge = "numbers_too_large"
  case untimed
  case valuesCut = "values_cut"
  case evicted
  case undecided

  func count(_ counters: DetectionCounters) -> Int {
    switch self {
    case .withoutGroup: counters.withoutGroup
    case .withoutValue: counters.withoutValue
    case .withoutNumber: counters.withoutNumber
    case .numbersTooLarge: counters.numbersTooLarge
    case .untimed: counters.untimed
    case .valuesCut: counters.valuesCut
    case .evicted: counters.evicted
    case .undecided: counters.undecided
    }
  }

  /// `3 hits without ...`
  func words(_ count: Int) -> String {
    let isOne = count == 1
    return switch self {
    case .withoutGroup: "\(Amount.of(count, "hit")) without a field that the detection groups by"
    case .withoutValue: "\(Amount.of(count, "hit")) without the value that the detection looks at"
    case .withoutNumber: "\(Amount.of(count, "value")) that \(isOne ? "is no number" : "are no numbers")"
    case .numbersTooLarge: "\(Amount.of(count, "number")) too large to be added up exactly"
    case .untimed: "\(Amount.of(count, "hit")) without a time"
    case .valuesCut: "\(Amount.of(count, "hit")) with more groups or values than are followed"
    case .evicted: "\(Amount.of(count, "hit")) dropped early because there were too many to keep"
    case .undecided: "\(Amount.of(count, "moment")) too close to the end of the records to be decided"
    }
  }
}
