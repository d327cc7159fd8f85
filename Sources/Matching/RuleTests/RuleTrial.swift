import Archive
import Events
import Rules

/// One rule against one event, with what is missing if it does not match.
struct RuleTrial {
  private struct Failure: Error { let message: String }

  // As deep as a scan reads by default.
  private static let nestingMax = 128

  private let names: FieldNames
  private let json: [UInt8]
  /// The columns are those that a provider's table makes: the event has to be recognised.
  private let needsProvider: Bool

  static func outcome(_ rule: Rule, _ event: YAMLNode, isPositive: Bool) -> RuleTests.Outcome.Result {
    do throws(Failure) {
      let trial = try RuleTrial(rule, event)
      let parts = Parts(rule.predicate)
      let holding = try trial.holding(parts.all)
      let matches = holding.contains(0)
      if matches == isPositive { return .passed }
      if matches { return .failed("matches, but must not") }
      return .failed("does not match, but must: \(parts.missing(holding))")
    } catch {
      return .failed(error.message)
    }
  }

  // MARK: The event

  private init(_ rule: Rule, _ event: YAMLNode) throws(Failure) {
    if let text = event.scalar?.text {
      json = Array(text.utf8)
    } else {
      var json: [UInt8] = []
      YAMLJSON.write(event, to: &json)
      self.json = json
    }
    let route = Route(rule.logsource)
    guard case .columns = route.names else {
      names = route.names
      needsProvider = false
      try RuleTrial.checkKeys(event, rule)
      return
    }
    // JSON is YAML, nearly: enough to see its keys.
    let object = event.mapping == nil ? YAMLStream(json).documents.first : event
    let others = (object?.mapping ?? []).map(\.key).filter { Column(name: $0) == nil }
    let columns = (object?.mapping?.count ?? 0) - others.count
    if columns > 0, others.isEmpty {
      names = .raw(product: "")
      needsProvider = false
      return
    }
    names = .columns
    needsProvider = true
  }

  /// A rule for one product reads the keys of its log. An event of columns, none of which the rule reads, proves nothing.
  private static func checkKeys(_ event: YAMLNode, _ rule: Rule) throws(Failure) {
    let object = event.scalar.flatMap { YAMLStream(Array($0.text.utf8)).documents.first } ?? event
    let keys = (object.mapping ?? []).map { $0.key.lowercased() }
    let fields = rule.fields
    guard let column = keys.first, let field = fields.first, keys.allSatisfy({ Column(name: $0) != nil }) else {
      return
    }
    let sources = fields.flatMap { Route(rule.logsource).names.sources(of: $0) }
    let read = Set(
      sources.flatMap { source -> [String] in
        guard case .path(let path) = source else { return [] }
        return [path.lowercased(), path.lowercased().split(separator: ".").first.map(String.init) ?? ""]
      })
    guard read.isDisjoint(with: keys) else { return }
    throw Failure(
      message:
        "'\(column)' is a column, and the rule reads keys of its log, such as '\(field)': give the event as in the log")
  }

  // MARK: The trial

  /// Which of the predicates hold.
  private func holding(_ predicates: [Predicate]) throws(Failure) -> Set<Int> {
    var builder = ProgramBuilder()
    let route = Route(providers: .max, names: names, guardian: nil)
    for (position, predicate) in predicates.enumerated() {
      builder.add(predicate, label: "", position: position, route: route, file: "", line: 0)
    }
    if let rejection = builder.rejections.first { throw Failure(message: rejection.message) }
    let program = MatchProgram(builder)
    do {
      return try run(program)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(message: "the event cannot be read: \(error)")
    }
  }

  private func run(_ program: MatchProgram) throws -> Set<Int> {
    let plan = try program.plan(also: [])
    var reader = try EventReader(plan: plan, nestingMax: RuleTrial.nestingMax)
    var batch = EventReader.makeBatch(plan)
    var tally = ReadTally()
    var block = json + [UInt8](repeating: 0, count: EventReader.padding)
    var found: Set<Int> = []
    try block.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      reader.begin()
      // SAFETY: the padding stands behind the event, and the block outlives the batch.
      reader.feed(base, json.count, last: true)
      _ = try reader.next(&batch, &tally)
      guard batch.count == 1 else { return }
      if needsProvider, batch.providers[0] == .unknown { throw unrecognised() }
      var matcher = try Matcher(try BoundProgram(program, plan: plan))
      let row: [UInt16] = [0]
      row.withUnsafeBufferPointer { matcher.match(batch, rows: $0) }
      found = Set(matcher.hits.map { program.entries[Int($0.rule)].position })
    }
    guard batch.count == 1, tally.lossCount == 0 else { throw Failure(message: "the test is not one JSON object") }
    return found
  }

  private func unrecognised() -> Failure {
    let keys = (YAMLStream(json).documents.first?.mapping ?? []).map(\.key)
    let columns = keys.filter { Column(name: $0) != nil }
    guard let other = keys.first(where: { Column(name: $0) == nil }), !columns.isEmpty else {
      return Failure(
        message: "the event is recognised as no provider's, so it has no columns; give columns, or the whole record")
    }
    return Failure(message: "'\(other)' is no column, and the event is recognised as no provider's")
  }
}

/// All conditions inside a predicate, numbered, so that one run tells which of them hold.
private struct Parts {
  // Beyond that many an author looks at the event, not at a list.
  private static let shownMax = 3
  // A list of indicators needs no explanation value by value.
  private static let partsMax = 500

  private(set) var all: [Predicate] = []
  private var numbers: [Predicate: Int] = [:]

  init(_ predicate: Predicate) { add(predicate) }

  private mutating func add(_ predicate: Predicate) {
    guard numbers[predicate] == nil, all.count < Parts.partsMax else { return }
    numbers[predicate] = all.count
    all.append(predicate)
    switch predicate {
    case .and(let members): for member in members { add(member) }
    case .not(let inner): add(inner)
    case .or(let members) where members.contains { !$0.isTest }: for member in members { add(member) }
    case .or, .field, .keyword: break
    }
  }

  /// What does not hold, though it must.
  func missing(_ holding: Set<Int>) -> String {
    var list: [String] = []
    if let whole = all.first { collect(whole, holding, &list) }
    let shown = list.prefix(Parts.shownMax).joined(separator: "; ")
    return list.count > Parts.shownMax ? "\(shown); and \(list.count - Parts.shownMax) more" : shown
  }

  private func collect(_ predicate: Predicate, _ holding: Set<Int>, _ list: inout [String]) {
    switch predicate {
    case .and(let members) where members.contains { fails($0, holding) }:
      for member in members where fails(member, holding) { collect(member, holding, &list) }
    case .not(let inner): list.append("\(Parts.shown(inner)) holds")
    default: list.append("\(Parts.shown(predicate)) does not hold")
    }
  }

  private func fails(_ predicate: Predicate, _ holding: Set<Int>) -> Bool {
    numbers[predicate].map { !holding.contains($0) } ?? false
  }

  private static func shown(_ predicate: Predicate) -> String {
    // A line of a terminal.
    let text = Filter.text(of: predicate)
    return text.count > 120 ? "'\(text.prefix(120))...'" : "'\(text)'"
  }
}

extension Predicate {
  fileprivate var isTest: Bool {
    switch self {
    case .field, .keyword: true
    case .and, .or, .not: false
    }
  }
}
