// Reads one correlation document. References stay text until every file is loaded.

/// A correlation before its references are resolved.
struct CorrelationDraft {
  enum Condition {
    case threshold([CorrelationBound], fields: [String], percentile: Double?)
    case allMembers
    case expression(ConditionSyntax)
  }

  var attributes: RuleAttributes
  var kind: CorrelationKind
  var references: [String]
  var groupBy: [String] = []
  /// Alias name, then rule reference and field.
  var aliases: [(name: String, fields: [(reference: String, field: String)])] = []
  var timespanMilliseconds: Int64
  var condition: Condition
  var generate = false
  var history: HistorySettings?
  /// Set for a translated pipe aggregation: its rule's position among the drafts.
  var translatedFrom: Int?

  /// What it takes from events: `Correlation.fields`, before it is known which rules the references mean.
  var fields: Set<String> {
    var names = Set(groupBy)
    for alias in aliases { names.formUnion(alias.fields.map(\.field)) }
    if case .threshold(_, let fields, _) = condition { names.formUnion(fields) }
    if let field = history?.field { names.insert(field) }
    return names
  }
}

struct CorrelationReader {
  private static let keys = [
    "type", "rules", "timespan", "group-by", "condition", "aliases", "generate",
  ]

  private var findings: Findings
  private let node: YAMLNode
  private let placeholders: Placeholders

  static func read(
    _ node: YAMLNode, placeholders: Placeholders = Placeholders(), findings: inout Findings
  ) -> CorrelationDraft? {
    let attributes = AttributeReader.read(node, findings: &findings)
    attributes.warnOfTests(isCorrelation: true, &findings)
    var reader = CorrelationReader(findings: findings, node: node, placeholders: placeholders)
    let draft = reader.draft(attributes)
    findings = reader.findings
    return findings.hasError ? nil : draft
  }

  private mutating func draft(_ attributes: RuleAttributes) -> CorrelationDraft? {
    guard let body = node["correlation"], let pairs = body.mapping else {
      findings.add(.error, .badCorrelation, "'correlation' must be a mapping", line: node.line)
      return nil
    }
    if node["detection"] != nil {
      findings.add(.error, .badCorrelation, "a document is either a rule or a correlation, not both", line: node.line)
    }
    do throws(RuleFault) {
      let kind = try kind(body)
      refuseUnknownKeys(pairs, kind)
      var draft = CorrelationDraft(
        attributes: attributes, kind: kind, references: try Self.names(body["rules"], "rules"),
        timespanMilliseconds: try timespan(body, kind),
        condition: kind.isHistory
          ? .allMembers : try condition(body["condition"], kind: kind, line: body.line))
      draft.groupBy = try Self.names(body["group-by"], "group-by")
      if kind.isHistory {
        draft.history = try HistoryReader(kind: kind, body: body, placeholders: placeholders).settings()
      }
      draft.aliases = try aliases(body["aliases"])
      draft.generate = try generate(body)
      try fillReferences(&draft, line: body.line)
      try HistoryReader.checkMembers(draft, line: body.line)
      // Types that need one have been refused: of them no group is formed.
      if draft.groupBy.isEmpty {
        findings.add(.note, .noGroupBy, "no 'group-by': all events form one group", line: body.line)
      }
      warnOfNumbers(draft, line: body.line)
      warnOfUnusedAliases(draft, line: body.line)
      return draft
    } catch {
      findings.add(error, line: body.line)
      return nil
    }
  }

  /// Numbers that cannot mean what somebody meant.
  private mutating func warnOfNumbers(_ draft: CorrelationDraft, line: Int) {
    if draft.kind.isTemporal, case .threshold(let bounds, _, _) = draft.condition {
      let count = Double(draft.references.count)
      let isBeyond = bounds.contains { bound in
        switch bound.comparison {
        case .greaterOrEqual, .equal: bound.number.approximate > count
        case .greater: bound.number.approximate >= count
        default: false
        }
      }
      if isBeyond {
        add(
          .warning, .neverTrue,
          "the condition can never hold: it asks for more rules than the \(draft.references.count) "
            + "that are listed", line: line)
      }
    }
    if case .expression(let syntax) = draft.condition, !Self.canHold(syntax, draft.references) {
      add(
        .warning, .neverTrue,
        "the condition can never hold: no window with a hit of one of its rules fulfils it", line: line)
    }
    if draft.kind == .gap, let learning = draft.history?.learning, learning <= draft.timespanMilliseconds {
      add(
        .warning, .neverTrue,
        "no silence of more than 'timespan' is unusual within 'learning', which is no longer: "
          + "learning should be several times as long", line: line)
    }
  }

  // All choices among so many rules are looked at in a moment; nobody writes `not` around more.
  private static let choiceMax = 12

  /// Whether some of the rules, and one at least, fulfil an expression.
  private static func canHold(_ syntax: ConditionSyntax, _ references: [String]) -> Bool {
    guard references.count <= choiceMax else { return true }
    func holds(_ syntax: ConditionSyntax, _ choice: Int) -> Bool {
      switch syntax {
      case .and(let members): members.allSatisfy { holds($0, choice) }
      case .or(let members): members.contains { holds($0, choice) }
      case .not(let inner): !holds(inner, choice)
      case .name(let name, _): references.firstIndex(of: name).map { choice >> $0 & 1 == 1 } ?? false
      case .selector: false
      }
    }
    return (1..<1 << references.count).contains { holds(syntax, $0) }
  }

  mutating func add(
    _ severity: RuleDiagnostic.Severity, _ code: RuleDiagnostic.Code, _ message: String, line: Int
  ) {
    findings.add(severity, code, message, line: line)
  }

  private func timespan(_ body: YAMLNode, _ kind: CorrelationKind) throws(RuleFault) -> Int64 {
    guard let node = body["timespan"] else {
      if let standard = HistoryReader.standardTimespan(kind) { return standard }
      throw RuleFault(.badTimespan, "the correlation has no 'timespan'", line: body.line)
    }
    return try Timespan.milliseconds(node.scalar?.text ?? "")
  }

  private mutating func refuseUnknownKeys(_ pairs: [YAMLPair], _ kind: CorrelationKind) {
    let known = Self.keys + HistoryReader.keys(of: kind)
    for pair in pairs where !known.contains(pair.key) {
      let hint =
        pair.key == "timeframe" ? " (did you mean 'timespan'?)" : Suggestion.hint(for: pair.key, among: known)
      findings.add(.error, .unknownKey, "unknown key \(Quoted(pair.key)) in 'correlation'\(hint)", line: pair.line)
    }
  }

  private func kind(_ body: YAMLNode) throws(RuleFault) -> CorrelationKind {
    guard let text = body["type"]?.scalar?.text else {
      throw RuleFault(.badCorrelation, "the correlation has no 'type'", line: body.line)
    }
    guard let kind = CorrelationKind(rawValue: text.lowercased()) else {
      let hint = Suggestion.hint(for: text, among: CorrelationKind.allCases.map(\.rawValue))
      throw RuleFault(.badCorrelation, "unknown correlation type \(Quoted(text))\(hint)", line: body.line)
    }
    return kind
  }

  /// A string or a list of strings; nothing at all is an empty list.
  private static func names(_ node: YAMLNode?, _ key: String) throws(RuleFault) -> [String] {
    guard let node, !node.isNull else { return [] }
    var names: [String] = []
    let items = node.sequence ?? [node]
    guard items.count <= SigmaLimits.correlationNamesMax else {
      throw RuleFault(
        .badCorrelation, "'\(key)' has more than \(SigmaLimits.correlationNamesMax) names", line: node.line)
    }
    for item in items {
      guard let text = item.scalar?.text, !text.isEmpty, !item.isNull else {
        throw RuleFault(.badCorrelation, "'\(key)' must be a name or a list of names", line: item.line)
      }
      guard !names.contains(text) else {
        throw RuleFault(.badCorrelation, "'\(key)' names \(Quoted(text)) twice", line: item.line)
      }
      names.append(text)
    }
    return names
  }

  private func aliases(
    _ node: YAMLNode?
  ) throws(RuleFault) -> [(name: String, fields: [(reference: String, field: String)])] {
    guard let node, !node.isNull else { return [] }
    guard node.nodeCount <= SigmaLimits.correlationNamesMax * 4 else {
      throw RuleFault(.badCorrelation, "'aliases' has too many entries", line: node.line)
    }
    var result: [(name: String, fields: [(reference: String, field: String)])] = []
    for pair in node.mapping ?? [] {
      var fields: [(reference: String, field: String)] = []
      for entry in pair.value.mapping ?? [] {
        if let field = entry.value.scalar?.text, !field.isEmpty { fields.append((entry.key, field)) }
      }
      guard !fields.isEmpty, fields.count == pair.value.mapping?.count else {
        throw RuleFault(
          .badCorrelation, "alias \(Quoted(pair.key)) must give a field for each of its rules", line: pair.line)
      }
      result.append((pair.key, fields))
    }
    guard node.mapping != nil else {
      throw RuleFault(.badCorrelation, "'aliases' must be a mapping", line: node.line)
    }
    return result
  }

  /// The specification puts `generate` at the top, its reference parser inside `correlation`.
  private func generate(_ body: YAMLNode) throws(RuleFault) -> Bool {
    var result = false
    for place in [body["generate"], node["generate"]] {
      guard let place else { continue }
      guard case .bool(let value)? = place.scalar?.value else {
        throw RuleFault(.badCorrelation, "'generate' must be true or false", line: place.line)
      }
      result = result || value
    }
    return result
  }

  /// A boolean condition may stand in for `rules`; given both, they must name the same rules.
  private func fillReferences(_ draft: inout CorrelationDraft, line: Int) throws(RuleFault) {
    if case .expression(let syntax) = draft.condition {
      let used = try Self.names(in: syntax)
      if draft.references.isEmpty { draft.references = used }
      for name in draft.references where !used.contains(name) {
        throw RuleFault(.badCorrelation, "the condition does not mention rule \(Quoted(name))", line: line)
      }
      for name in used where !draft.references.contains(name) {
        throw RuleFault(.badCorrelation, "the condition mentions \(Quoted(name)), which 'rules' does not", line: line)
      }
    }
    guard !draft.references.isEmpty || draft.history?.check?.looksAtEvents == false else {
      throw RuleFault(.badCorrelation, "the correlation names no rules", line: line)
    }
    for alias in draft.aliases {
      for entry in alias.fields where !draft.references.contains(entry.reference) {
        throw RuleFault(
          .badCorrelation, "alias \(Quoted(alias.name)) speaks of \(Quoted(entry.reference)), which 'rules' does not",
          line: line)
      }
    }
  }

  private mutating func warnOfUnusedAliases(_ draft: CorrelationDraft, line: Int) {
    for alias in draft.aliases where !draft.groupBy.contains(alias.name) {
      let message = "alias \(Quoted(alias.name)) is not used by 'group-by'"
      findings.add(.warning, .aliasUnused, message, line: line)
    }
  }

  private static func names(in syntax: ConditionSyntax) throws(RuleFault) -> [String] {
    var names: [String] = []
    func visit(_ syntax: ConditionSyntax) throws(RuleFault) {
      switch syntax {
      case .and(let members), .or(let members):
        for member in members { try visit(member) }
      case .not(let inner): try visit(inner)
      case .name(let name, _):
        if !names.contains(name) { names.append(name) }
        guard names.count <= SigmaLimits.correlationNamesMax else {
          throw RuleFault(.badCorrelation, "the condition names too many rules")
        }
      case .selector:
        throw RuleFault(.badCorrelation, "a correlation's condition names its rules one by one")
      }
    }
    try visit(syntax)
    return names
  }
}
