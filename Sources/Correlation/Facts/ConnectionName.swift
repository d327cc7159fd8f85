/// What a value of `connection` says, and whether a rule that is taken back is the one that was opened.
///
///     22 0.0.0.0/0              port and network
///     22 0.0.0.0/0 sgr-9        the same, where the log tells the number of the rule
///     - sgr-8                   something that lets nobody in, by its number
///     * sgr-8                   only a number: what it lets in is not said
///     -                         something that lets nobody in
///
/// Where both have numbers these decide, since two rules may say the same and a number says nothing of ports. Where
/// either has none, port and network decide; a mere number may then mean anything.
struct ConnectionName {
  private static let nothing: [UInt8] = [UInt8(ascii: "-")]
  private static let unsaid: [UInt8] = [UInt8(ascii: "*")]

  /// Port and network, without case.
  private let rule: [UInt8]
  private let numbers: [[UInt8]]

  /// - Parameter text: a value without case.
  init(_ text: [UInt8]) {
    let parts = text.split(separator: UInt8(ascii: " "))
    let isMark = parts.first.map { $0.elementsEqual(ConnectionName.nothing) || $0.elementsEqual(ConnectionName.unsaid) }
    let ruleCount = isMark == true ? 1 : 2
    rule = Array(parts.prefix(ruleCount).joined(separator: [UInt8(ascii: " ")]))
    numbers = parts.dropFirst(ruleCount).map { Array($0) }
  }

  /// Whether taking this back ends what `opened` began.
  func ends(_ opened: ConnectionName) -> Bool {
    var one = Collection()
    one.insert(self)
    return one.ends(opened)
  }

  /// What one moment takes back: asked once for each thing that is open, however much it takes back.
  struct Collection {
    private var numbers: Set<[UInt8]> = []
    private var rules: Set<[UInt8]> = []
    private var rulesWithoutNumber: Set<[UInt8]> = []

    mutating func insert(_ name: ConnectionName) {
      numbers.formUnion(name.numbers)
      rules.insert(name.rule)
      if name.numbers.isEmpty { rulesWithoutNumber.insert(name.rule) }
    }

    func ends(_ opened: ConnectionName) -> Bool {
      if opened.numbers.isEmpty { return rules.contains(opened.rule) || rules.contains(ConnectionName.unsaid) }
      return opened.numbers.contains { numbers.contains($0) } || rulesWithoutNumber.contains(opened.rule)
    }
  }

  // MARK: Writing

  // A reply names the rules of one call; some hundred are all that a group may have.
  private static let numbersMax = 256

  /// A name with the numbers behind it.
  static func written(_ name: [UInt8], _ numbers: [String]) -> [UInt8] {
    numbers.prefix(numbersMax).reduce(into: name) { $0 += [UInt8(ascii: " ")] + Array($1.utf8) }
  }

  /// What is taken back by numbers alone; nothing if there are none.
  static func written(onlyNumbers numbers: [String]) -> [[UInt8]] {
    numbers.isEmpty ? [] : [written(unsaid, numbers)]
  }
}
