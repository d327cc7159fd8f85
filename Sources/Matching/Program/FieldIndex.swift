import Rules

/// The rules that the values of one field call up.
final class FieldIndex: Sendable {
  let group: UInt32
  private let folded: [[UInt8]: [UInt32]]
  private let cased: [[UInt8]: [UInt32]]
  private let numbers: [Number: [UInt32]]
  private let patterns: PatternSet
  private let patternRules: [[UInt32]]
  private let casedPatterns: PatternSet
  private let casedPatternRules: [[UInt32]]
  /// What has to be asked one by one; one entry for all tests that call up the same rules.
  private let others: [(tests: TestSet, rules: [UInt32])]

  init(
    group: UInt32, filed: [ValueTest: [UInt32]], testSet: ([ValueTest]) throws(Regex.Refusal) -> TestSet
  ) throws(Regex.Refusal) {
    self.group = group
    var folded: [[UInt8]: [UInt32]] = [:]
    var cased: [[UInt8]: [UInt32]] = [:]
    var numbers: [Number: [UInt32]] = [:]
    var patterns: [(pattern: TextPattern, rules: [UInt32])] = []
    var casedPatterns: [(pattern: TextPattern, rules: [UInt32])] = []
    var others: [[UInt32]: [ValueTest]] = [:]
    for (test, rules) in filed {
      switch test {
      case .text(let pattern):
        if let literal = pattern.literal {
          if pattern.isCased {
            cased[literal, default: []] += rules
          } else {
            folded[CaseFolding.folded(literal), default: []] += rules
          }
        } else if pattern.shape == .anything {
          others[rules, default: []].append(test)
        } else if pattern.isCased {
          casedPatterns.append((pattern, rules))
        } else {
          patterns.append((pattern, rules))
        }
      case .bool(let value): folded[Array((value ? "true" : "false").utf8), default: []] += rules
      case .number(let number): numbers[number, default: []] += rules
      default: others[rules, default: []].append(test)
      }
    }
    var asked: [(tests: TestSet, rules: [UInt32])] = []
    for (rules, tests) in others { asked.append((try testSet(tests), rules)) }
    self.folded = folded
    self.cased = cased
    self.numbers = numbers
    self.patterns = PatternSet(patterns.map(\.pattern))
    patternRules = patterns.map(\.rules)
    self.casedPatterns = PatternSet(casedPatterns.map(\.pattern))
    casedPatternRules = casedPatterns.map(\.rules)
    self.others = asked
  }

  /// Appends the rules that a value calls up; a rule may come more than once.
  func collect(_ text: UnsafeRawBufferPointer, _ scratch: inout [UInt8], into rules: inout [UInt32]) {
    if !folded.isEmpty || !patterns.isEmpty {
      CaseFolding.fold(text, into: &scratch)
      if let found = folded[scratch] { rules += found }
      scratch.withUnsafeBytes { folded in patterns.forEachMatch(folded) { rules += patternRules[$0] } }
    }
    casedPatterns.forEachMatch(text) { rules += casedPatternRules[$0] }
    if !cased.isEmpty, let found = cased[Array(text)] { rules += found }
    if !numbers.isEmpty, let number = NumberText.parse(text), let found = numbers[number] { rules += found }
    for other in others where other.tests.matches(text, &scratch) { rules += other.rules }
  }
}
