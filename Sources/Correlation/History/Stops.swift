import Matching

/// Which of what is open the hits of a moment end.
struct Stops {
  /// How values are compared.
  enum Comparison {
    /// There are none: the group is one thing.
    case none
    case equal
    /// Values of `connection`: a rule may be taken back by its number.
    case connection

    /// - Parameter field: as the correlation names it.
    init(field: String?) {
      guard let field else {
        self = .none
        return
      }
      self = FactField.Derivation(rawValue: field) == .connection ? .connection : .equal
    }
  }

  // The place of the rule that ends everything, whatever its values.
  private static let everything = 2

  private let comparison: Comparison
  private var values: Set<ValueNumber> = []
  private var isEverything = false
  /// What values of `connection` say, of the group in hand; each is read once.
  private var names: [ValueNumber: ConnectionName] = [:]
  private var takenBack = ConnectionName.Collection()

  init(_ comparison: Comparison) { self.comparison = comparison }

  var isEmpty: Bool { !isEverything && values.isEmpty }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    if endsEverything(fact) {
      isEverything = true
    } else {
      values.insert(fact.value)
      learn(fact, context)
      if let name = names[fact.value] { takenBack.insert(name) }
    }
  }

  /// What its value says, for comparing it later with those of hits that end something.
  mutating func learn(_ fact: GroupFact, _ context: GroupContext) {
    // As many as may be open; values beyond them are compared as they are.
    guard comparison == .connection, fact.value != .none, names[fact.value] == nil, names.count < WindowQueue.countMax
    else { return }
    var folded: [UInt8] = []
    context.text(of: fact).withUnsafeBytes { CaseFolding.fold($0, into: &folded) }
    names[fact.value] = ConnectionName(folded)
  }

  /// Between moments.
  mutating func clear() {
    isEverything = false
    values.removeAll(keepingCapacity: true)
    takenBack = ConnectionName.Collection()
  }

  /// Between groups.
  mutating func reset() {
    clear()
    names.removeAll(keepingCapacity: true)
  }

  private func endsEverything(_ fact: GroupFact) -> Bool {
    comparison == .none || fact.value == .none || Int(fact.fact.member) == Stops.everything
  }

  /// What began without a value is of all values: whatever ends ends it.
  func ends(_ value: ValueNumber) -> Bool {
    if isEverything || !values.isEmpty && value == .none { return true }
    guard let opened = names[value] else { return values.contains(value) }
    return takenBack.ends(opened)
  }

  func isAnEnd(_ fact: GroupFact, of value: ValueNumber) -> Bool {
    endsEverything(fact) || value == .none || isEnd(fact.value, of: value)
  }

  private func isEnd(_ stop: ValueNumber, of value: ValueNumber) -> Bool {
    guard let stop = names[stop], let opened = names[value] else { return stop == value }
    return stop.ends(opened)
  }
}
