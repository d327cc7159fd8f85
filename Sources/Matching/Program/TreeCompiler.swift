import Events
import Rules

/// Turns predicates into nodes and leaves. Equal tests of equal fields become one leaf, whoever asks for them.
struct TreeCompiler {
  private struct LeafKey: Hashable {
    var kind: Leaf.Kind
    var group: UInt32
    var tests: [ValueTest]
  }

  private(set) var groups: [FieldGroup] = []
  private(set) var leaves: [Leaf] = []
  private(set) var testSets: [TestSet?] = []
  private(set) var references: [FieldReference?] = []
  /// The keyword leaves that are looked for together.
  private(set) var words: [WordSearch.Leaf] = []
  private(set) var nodes: [Node] = []
  private var groupNumbers: [FieldGroup: UInt32] = [:]
  private var leafNumbers: [LeafKey: UInt32] = [:]
  private var regexes: [RegexPattern: Regex] = [:]

  /// Appends the nodes of a predicate and gives the first. On a refusal nothing was appended.
  mutating func compile(_ predicate: Predicate, names: FieldNames) throws(Regex.Refusal) -> UInt32 {
    let root = nodes.count
    do throws(Regex.Refusal) {
      try append(predicate, names)
    } catch {
      nodes.removeLast(nodes.count - root)
      throw error
    }
    return UInt32(root)
  }

  private mutating func append(_ predicate: Predicate, _ names: FieldNames) throws(Regex.Refusal) {
    switch predicate {
    case .and(let members): try append(.and, TreeCompiler.cheapestFirst(members), names)
    case .or(let members): try appendAlternatives(members, names)
    case .not(let inner): try append(.not, [inner], names)
    case .field(let name, let test): try append(leaf(names.sources(of: name), [test], names))
    case .keyword(let test): try append(keywordLeaf([test]))
    }
  }

  private mutating func append(
    _ kind: Node.Kind, _ members: [Predicate], _ names: FieldNames
  ) throws(Regex.Refusal) {
    let at = nodes.count
    nodes.append(Node(kind: kind))
    for member in members { try append(member, names) }
    nodes[at].end = UInt32(nodes.count)
  }

  private mutating func append(_ leaf: UInt32) {
    nodes.append(Node(kind: .leaf, leaf: leaf, end: UInt32(nodes.count + 1)))
  }

  /// Alternatives about one field become one leaf, and so do all keywords.
  private mutating func appendAlternatives(_ members: [Predicate], _ names: FieldNames) throws(Regex.Refusal) {
    var order: [FieldGroup] = []
    var byGroup: [FieldGroup: [ValueTest]] = [:]
    var keywords: [ValueTest] = []
    var others: [Predicate] = []
    for member in members {
      switch member {
      case .field(let name, let test) where test.isOfValue:
        let group = names.sources(of: name)
        if byGroup[group] == nil { order.append(group) }
        byGroup[group, default: []].append(test)
      case .keyword(let test): keywords.append(test)
      default: others.append(member)
      }
    }
    let at = nodes.count
    nodes.append(Node(kind: .or))
    for group in order { append(try leaf(group, byGroup[group] ?? [], names)) }
    for member in TreeCompiler.cheapestFirst(others) { try append(member, names) }
    if !keywords.isEmpty { append(try keywordLeaf(keywords)) }
    nodes[at].end = UInt32(nodes.count)
  }

  /// What looks at whole records comes last: most events are decided before.
  private static func cheapestFirst(_ members: [Predicate]) -> [Predicate] {
    members.filter { !$0.hasKeyword } + members.filter(\.hasKeyword)
  }

  // MARK: Leaves

  private mutating func leaf(
    _ sources: FieldGroup, _ tests: [ValueTest], _ names: FieldNames
  ) throws(Regex.Refusal) -> UInt32 {
    let group = number(of: sources)
    switch tests[0] {
    case .exists: return try leaf(.exists, group, tests)
    case .null: return try leaf(.null, group, tests)
    case .reference(let reference):
      let other = number(of: names.sources(of: reference.field))
      return try leaf(.reference, group, tests, other: other, reference)
    default: return try leaf(.values, group, tests)
    }
  }

  private mutating func keywordLeaf(_ tests: [ValueTest]) throws(Regex.Refusal) -> UInt32 {
    try leaf(.keyword, 0, tests)
  }

  private mutating func leaf(
    _ kind: Leaf.Kind, _ group: UInt32, _ tests: [ValueTest], other: UInt32 = 0, _ reference: FieldReference? = nil
  ) throws(Regex.Refusal) -> UInt32 {
    let key = LeafKey(kind: kind, group: group, tests: reference == nil ? tests : tests + [.number(.int(Int64(other)))])
    if let known = leafNumbers[key] { return known }
    let isWord = kind == .keyword && WordSearch.takes(tests)
    let set = kind == .values || (kind == .keyword && !isWord) ? try testSet(tests) : nil
    let made = UInt32(leaves.count)
    if isWord { words.append(WordSearch.Leaf(number: made, tests: tests)) }
    leaves.append(Leaf(kind: kind, group: group, other: other))
    testSets.append(set)
    references.append(reference)
    leafNumbers[key] = made
    return made
  }

  mutating func testSet(_ tests: [ValueTest]) throws(Regex.Refusal) -> TestSet {
    var known = regexes
    defer { regexes = known }
    return try TestSet(tests) { (pattern) throws(Regex.Refusal) in
      if let regex = known[pattern] { return regex }
      let regex = try Regex(pattern)
      known[pattern] = regex
      return regex
    }
  }

  /// The groups that the leaves below a node read.
  func groups(below root: UInt32) -> Set<UInt32> {
    var found: Set<UInt32> = []
    for node in nodes[Int(root)..<Int(nodes[Int(root)].end)] where node.kind == .leaf {
      let leaf = leaves[Int(node.leaf)]
      if leaf.kind != .keyword { found.insert(leaf.group) }
      if leaf.kind == .reference { found.insert(leaf.other) }
    }
    return found
  }

  /// The leaves about values that must hold for a tree to hold: its own, or those of its outermost `and`.
  func requiredLeaves(below root: UInt32) -> [UInt32] {
    func leaf(_ node: Node) -> UInt32? {
      node.kind == .leaf && leaves[Int(node.leaf)].kind == .values ? node.leaf : nil
    }
    guard nodes[Int(root)].kind == .and else { return [leaf(nodes[Int(root)])].compactMap { $0 } }
    var found: [UInt32] = []
    var member = Int(root) + 1
    while member < Int(nodes[Int(root)].end) {
      if let leaf = leaf(nodes[member]) { found.append(leaf) }
      member = Int(nodes[member].end)
    }
    return found
  }

  /// A keyword leaf without which a tree cannot hold: the tree itself, or a member of its outermost `and`.
  func requiredWord(below root: UInt32) -> UInt32? {
    var at = Int(root)
    let isAnd = nodes[at].kind == .and
    let end = Int(nodes[at].end)
    if isAnd { at += 1 }
    while at < end {
      // Alternatives that are all keywords are one leaf below an `or`.
      let isWrapped = nodes[at].kind == .or && Int(nodes[at].end) == at + 2
      let node = nodes[isWrapped ? at + 1 : at]
      if node.kind == .leaf, leaves[Int(node.leaf)].kind == .keyword, testSets[Int(node.leaf)] == nil {
        return node.leaf
      }
      at = Int(nodes[at].end)
    }
    return nil
  }

  mutating func number(of group: FieldGroup) -> UInt32 {
    if let known = groupNumbers[group] { return known }
    let made = UInt32(groups.count)
    groups.append(group)
    groupNumbers[group] = made
    return made
  }
}

extension ValueTest {
  /// Whether a value by itself decides it.
  var isOfValue: Bool {
    switch self {
    case .null, .exists, .reference: false
    default: true
    }
  }
}
