import Rules

/// The rules that the values of one field call up.
final class FieldIndex: Sendable {
  let group: UInt32
  private let folded: [[UInt8]: [UInt32]]
  private let cased: [[UInt8]: [UInt32]]
  private let numbers: [Number: [UInt32]]
  private let others: [(test: TestSet, rules: [UInt32])]

  init(
    group: UInt32, filed: [ValueTest: [UInt32]], testSet: (ValueTest) throws(Regex.Refusal) -> TestSet
  ) throws(Regex.Refusal) {
    self.group = group
    var folded: [[UInt8]: [UInt32]] = [:]
    var cased: [[UInt8]: [UInt32]] = [:]
    var numbers: [Number: [UInt32]] = [:]
    var others: [(test: TestSet, rules: [UInt32])] = []
    for (test, rules) in filed {
      switch test {
      case .text(let pattern):
        if let literal = pattern.literal {
          if pattern.isCased {
            cased[literal, default: []] += rules
          } else {
            folded[CaseFolding.folded(literal), default: []] += rules
          }
        } else {
          others.append((try testSet(test), rules))
        }
      case .bool(let value): folded[Array((value ? "true" : "false").utf8), default: []] += rules
      case .number(let number): numbers[number, default: []] += rules
      default: others.append((try testSet(test), rules))
      }
    }
    self.folded = folded
    self.cased = cased
    self.numbers = numbers
    self.others = others
  }

  /// Appends the rules that a value calls up; a rule may come more than once.
  func collect(_ text: UnsafeRawBufferPointer, _ scratch: inout [UInt8], into rules: inout [UInt32]) {
    if !folded.isEmpty {
      CaseFolding.fold(text, into: &scratch)
      if let found = folded[scratch] { rules += found }
    }
    if !cased.isEmpty, let found = cased[Array(text)] { rules += found }
    if !numbers.isEmpty, let number = NumberText.parse(text), let found = numbers[number] { rules += found }
    for other in others where other.test.matches(text, &scratch) { rules += other.rules }
  }
}
