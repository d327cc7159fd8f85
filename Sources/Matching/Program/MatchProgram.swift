import Events
import Rules

/// A rule that cannot be run, found when it was compiled.
public struct Rejection: Error, Equatable, Sendable {
  public let file: String
  public let line: Int
  public let rule: String
  public let code: RuleDiagnostic.Code
  public let message: String

  /// As the loader would have said it.
  public var diagnostic: RuleDiagnostic {
    RuleDiagnostic(severity: .error, code: code, file: file, line: line, rule: rule, message: message)
  }
}

extension Rejection: CustomStringConvertible {
  public var description: String {
    let place = file.isEmpty ? "" : line > 0 ? "\(file):\(line): " : "\(file): "
    return "\(place)error: \(message)"
  }
}

/// Rules (or one filter) in the form in which they are run: made once, shared by all workers.
public final class MatchProgram: Sendable {
  /// A rule of the program, in the order of labels, which is the order of results.
  public struct Entry: Sendable {
    /// The id, else the title.
    public let label: [UInt8]
    /// Its place among the rules that were given.
    public let position: Int
    let root: UInt32
    let route: Route
    /// Nil for a rule that is tried on every event of its source.
    public let callsPerMille: Double?
    public let keyFields: [String]

    /// The providers whose events it is tried on, of those that are read.
    public var providers: [Provider] {
      Provider.allCases.filter { (route.providers & Route.read) >> UInt32($0.rawValue) & 1 != 0 }
    }
  }

  public let entries: [Entry]
  public let rejections: [Rejection]
  let groups: [FieldGroup]
  let leaves: [Leaf]
  let testSets: [TestSet?]
  let references: [FieldReference?]
  let nodes: [Node]
  let roots: [UInt32]
  let providerBits: [UInt32]
  let guards: [UInt32]
  let indexes: [FieldIndex]
  /// By provider: the indexes and the rules without a key that concern it.
  let indexesOf: [[Int]]
  let alwaysOf: [[UInt32]]
  let words: [WordSearch]
  /// By leaf: the place of the search that decides it.
  let wordSearchOf: [UInt8]
  private let earlyGroups: Set<UInt32>

  static let noSearch = UInt8.max

  /// - Parameters:
  ///   - aggregated: also the first halves of pipe aggregations, for whoever runs the other halves.
  ///   - isWanted: by place among the rules; the others cost nothing.
  public convenience init(rules: [Rule], aggregated: Bool = false, isWanted: (Int) -> Bool = { _ in true }) {
    var builder = ProgramBuilder()
    for (position, rule) in rules.enumerated() where isWanted(position) && (aggregated || !rule.isAggregated) {
      builder.add(rule, position: position)
    }
    self.init(builder)
  }

  /// A program of one rule that is tried on every event.
  public convenience init(filter: Predicate) throws(Rejection) {
    var builder = ProgramBuilder()
    builder.add(filter, label: "", position: 0, route: .everywhere, file: "", line: 0)
    if let rejection = builder.rejections.first { throw rejection }
    self.init(builder)
  }

  init(_ built: consuming ProgramBuilder) {
    let finished = built.finish()
    entries = finished.entries
    rejections = built.rejections
    groups = built.trees.groups
    leaves = built.trees.leaves
    testSets = built.trees.testSets
    references = built.trees.references
    nodes = built.trees.nodes
    roots = entries.map(\.root)
    providerBits = entries.map(\.route.providers)
    guards = finished.guards
    indexes = finished.indexes
    indexesOf = finished.indexesOf
    alwaysOf = finished.alwaysOf
    words = finished.words
    var wordSearchOf = [UInt8](repeating: MatchProgram.noSearch, count: built.trees.leaves.count)
    for (place, search) in finished.words.enumerated() {
      for leaf in search.leaves { wordSearchOf[Int(leaf)] = UInt8(place) }
    }
    self.wordSearchOf = wordSearchOf
    earlyGroups = finished.earlyGroups
  }

  /// A plan with all fields of this program and some columns besides.
  public func plan(also columns: [Column]) throws(PlanError) -> FieldPlan {
    try FieldPlan(sources: groups.flatMap { $0 }.distinct, also: columns)
  }

  /// How many of a thousand events are thought to call up a rule.
  public var callsPerMille: Double {
    entries.reduce(0) { $0 + ($1.providers.isEmpty ? 0 : $1.callsPerMille ?? 1000) }
  }

  /// What has to be in the plan of a scan: what calls up rules, and what rules read that are tried on most events.
  public var earlySources: [FieldSource] { earlyGroups.sorted().flatMap { groups[Int($0)] }.distinct }
}

extension [FieldSource] {
  fileprivate var distinct: [FieldSource] {
    var seen: Set<FieldSource> = []
    return filter { seen.insert($0).inserted }
  }
}
