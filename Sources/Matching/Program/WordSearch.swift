import Rules

/// The keywords of all rules, looked for together: one walk over the values of a record says which keyword leaves hold,
/// however many rules ask. Rules that cannot match without one of these leaves are called up by it.
///
/// Example, a rule for `curl` or `wget` and one for `curl`:
///
///     leaves     [7, 9]                      local numbers 0 and 1
///     patterns   *curl* -> [0, 1]            *wget* -> [0]
///     rules      0 -> [first rule]           1 -> [second rule]
///
/// Leaves with regular expressions or networks among their alternatives are not here: each of them takes its own walk.
final class WordSearch: Sendable {
  /// By local number: the leaf of the program, and the rules that need it.
  let leaves: [UInt32]
  let rules: [[UInt32]]
  /// By provider, as bits: who has such rules.
  let providerBits: UInt32
  private let folded: PatternSet
  private let foldedOwners: [[Int]]
  private let cased: PatternSet
  private let casedOwners: [[Int]]
  /// Leaves that any value will do for.
  private let undemanding: [Int]
  private let needles: Needles?

  /// A keyword leaf with its alternatives, and the rules that it calls up.
  struct Leaf {
    var number: UInt32
    var tests: [ValueTest]
    var rules: [UInt32] = []
    var providerBits: UInt32 = 0
  }

  init(_ leaves: [Leaf]) {
    self.leaves = leaves.map(\.number)
    rules = leaves.map(\.rules)
    providerBits = leaves.reduce(0) { $0 | $1.providerBits }
    var owners: [TextPattern: [Int]] = [:]
    var order: [TextPattern] = []
    for (place, leaf) in leaves.enumerated() {
      for case .text(let pattern) in leaf.tests {
        if owners[pattern] == nil { order.append(pattern) }
        owners[pattern, default: []].append(place)
      }
    }
    let demanding = order.filter { $0.shape != .anything }
    undemanding = order.filter { $0.shape == .anything }.flatMap { owners[$0] ?? [] }
    let (folded, cased) = (demanding.filter { !$0.isCased }, demanding.filter(\.isCased))
    self.folded = PatternSet(folded)
    foldedOwners = folded.map { owners[$0] ?? [] }
    self.cased = PatternSet(cased)
    casedOwners = cased.map { owners[$0] ?? [] }
    needles = Needles(leaves.flatMap(\.tests))
  }

  /// The leaves in one search or two: one word that could stand anywhere in an escape would have every record taken
  /// apart for the sake of all others.
  static func searches(_ leaves: [Leaf]) -> [WordSearch] {
    let areSure = leaves.map { Needles.canBeGiven(for: $0.tests) }
    let sure = zip(leaves, areSure).filter(\.1).map(\.0)
    let others = zip(leaves, areSure).filter { !$0.1 }.map(\.0)
    return [sure, others].filter { !$0.isEmpty }.map { WordSearch($0) }
  }

  /// Whether a leaf can be here: its alternatives are patterns that are open at an end.
  static func takes(_ tests: [ValueTest]) -> Bool {
    tests.allSatisfy { test in
      if case .text(let pattern) = test { return pattern.hasWildcard }
      return false
    }
  }

  // MARK: Searching

  /// What was found in the row in hand.
  struct Found: Sendable {
    /// The row that it is about.
    var stamp: UInt32 = 0
    /// Local numbers of leaves, each once.
    private(set) var hits: [Int] = []
    /// By local number: the last row in which it was hit; the same for patterns.
    private var seen: [UInt32] = []
    private var seenFolded: [UInt32] = []
    private var seenCased: [UInt32] = []

    init() {}

    init(_ search: WordSearch) {
      seen = [UInt32](repeating: 0, count: search.leaves.count)
      seenFolded = [UInt32](repeating: 0, count: search.foldedOwners.count)
      seenCased = [UInt32](repeating: 0, count: search.casedOwners.count)
    }

    mutating func begin(_ stamp: UInt32) {
      self.stamp = stamp
      hits.removeAll(keepingCapacity: true)
    }

    mutating func forgetStamps() {
      stamp = 0
      for place in seen.indices { seen[place] = 0 }
      for place in seenFolded.indices { seenFolded[place] = 0 }
      for place in seenCased.indices { seenCased[place] = 0 }
    }

    fileprivate mutating func note(folded number: Int, _ owners: [Int]) {
      guard seenFolded[number] != stamp else { return }
      seenFolded[number] = stamp
      note(owners)
    }

    fileprivate mutating func note(cased number: Int, _ owners: [Int]) {
      guard seenCased[number] != stamp else { return }
      seenCased[number] = stamp
      note(owners)
    }

    fileprivate mutating func note(_ owners: [Int]) {
      for owner in owners where seen[owner] != stamp {
        seen[owner] = stamp
        hits.append(owner)
      }
    }
  }

  /// A quick look at a record's bytes; no leaf holds if it says no.
  func mayFind(inRecord json: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> Bool {
    needles?.mayOccur(in: json, &scratch) ?? true
  }

  /// Notes the leaves for which a value of the record will do; whether all of them have been found.
  func find(in text: UnsafeRawBufferPointer, _ scratch: inout [UInt8], _ found: inout Found) -> Bool {
    if !foldedOwners.isEmpty {
      CaseFolding.fold(text, into: &scratch)
      scratch.withUnsafeBytes { text in
        folded.forEachMatch(text) { found.note(folded: $0, foldedOwners[$0]) }
      }
    }
    if !casedOwners.isEmpty { cased.forEachMatch(text) { found.note(cased: $0, casedOwners[$0]) } }
    found.note(undemanding)
    return found.hits.count == leaves.count
  }
}
