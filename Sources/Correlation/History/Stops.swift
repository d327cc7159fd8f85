/// Which of what is open the hits of a moment end.
struct Stops {
  // The place of the rule that ends everything, whatever its values.
  private static let everything = 2

  private let isByValue: Bool
  private var values: Set<ValueNumber> = []
  private var isEverything = false

  init(_ facts: [GroupFact], isByValue: Bool) {
    self.isByValue = isByValue
    for fact in facts { add(fact) }
  }

  var isEmpty: Bool { !isEverything && values.isEmpty }

  mutating func add(_ fact: GroupFact) {
    if endsEverything(fact) { isEverything = true } else { values.insert(fact.value) }
  }

  mutating func clear() {
    isEverything = false
    values.removeAll(keepingCapacity: true)
  }

  private func endsEverything(_ fact: GroupFact) -> Bool {
    !isByValue || fact.value == .none || Int(fact.fact.member) == Stops.everything
  }

  /// What began without a value is of all values: whatever ends ends it.
  func ends(_ value: ValueNumber) -> Bool {
    isEverything || !values.isEmpty && value == .none || values.contains(value)
  }

  func isAnEnd(_ fact: GroupFact, of value: ValueNumber) -> Bool {
    endsEverything(fact) || value == .none || fact.value == value
  }
}
