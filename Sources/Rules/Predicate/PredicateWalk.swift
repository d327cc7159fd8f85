// Questions about a predicate tree: its size, its depth, the fields it needs.

extension Predicate {
  /// The number of nodes when every one is counted.
  /// - Complexity: O(*n*) in the size of the tree.
  public var nodeCount: Int {
    switch self {
    case .and(let members), .or(let members): members.reduce(1) { $0 + $1.nodeCount }
    case .not(let inner): 1 + inner.nodeCount
    case .field, .keyword: 1
    }
  }

  /// The longest way from here to a test, in steps.
  public var depth: Int {
    switch self {
    case .and(let members), .or(let members): 1 + (members.map(\.depth).max() ?? 0)
    case .not(let inner): 1 + inner.depth
    case .field, .keyword: 1
    }
  }

  /// Calls `body` with each test and its field, nil for a keyword, from left to right.
  public func forEachTest(_ body: (String?, ValueTest) -> Void) {
    switch self {
    case .and(let members), .or(let members):
      for member in members { member.forEachTest(body) }
    case .not(let inner): inner.forEachTest(body)
    case .field(let name, let test): body(name, test)
    case .keyword(let test): body(nil, test)
    }
  }

  /// The names of all fields that the tree reads, sorted, those behind references included.
  public var fields: [String] {
    var names: Set<String> = []
    collectFields(into: &names)
    return names.sorted()
  }

  func collectFields(into names: inout Set<String>) {
    forEachTest { field, test in
      if let field { names.insert(field) }
      if case .reference(let reference) = test { names.insert(reference.field) }
    }
  }

  /// The same predicate with other names of fields.
  public func mapFields(_ name: (String) -> String) -> Predicate {
    switch self {
    case .and(let members): return .and(members.map { $0.mapFields(name) })
    case .or(let members): return .or(members.map { $0.mapFields(name) })
    case .not(let inner): return .not(inner.mapFields(name))
    case .field(let field, .reference(var reference)):
      reference.field = name(reference.field)
      return .field(name(field), .reference(reference))
    case .field(let field, let test): return .field(name(field), test)
    case .keyword: return self
    }
  }

  /// True if some test may look at every value of the event.
  public var hasKeyword: Bool {
    switch self {
    case .and(let members), .or(let members): members.contains { $0.hasKeyword }
    case .not(let inner): inner.hasKeyword
    case .field: false
    case .keyword: true
    }
  }
}
