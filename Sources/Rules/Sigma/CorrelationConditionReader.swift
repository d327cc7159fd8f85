// The `condition` of a correlation: a threshold, a statement over rule names, or nothing.

extension CorrelationReader {
  mutating func condition(
    _ node: YAMLNode?, kind: CorrelationKind, line: Int
  ) throws(RuleFault) -> CorrelationDraft.Condition {
    guard let node, !node.isNull else {
      guard kind.isTemporal else {
        throw RuleFault(.badCorrelation, "type \(kind.rawValue) needs a condition such as 'gte: 5'", line: line)
      }
      return .allMembers
    }
    switch node.content {
    case .mapping(let pairs): return try threshold(pairs, kind: kind, line: node.line)
    case .sequence: throw RuleFault(.badCorrelation, "'condition' must be a mapping or a string", line: node.line)
    case .scalar(let scalar):
      guard kind.isTemporal else {
        throw RuleFault(
          .badCorrelation, "type \(kind.rawValue) needs a condition such as 'gte: 5', not a string", line: node.line)
      }
      let parsed: ParsedCondition
      do throws(RuleFault) { parsed = try ConditionParser.parse(scalar.text) } catch { throw error.at(node.line) }
      guard parsed.aggregation == nil else {
        throw RuleFault(.badCorrelation, "a correlation's condition has no pipe part", line: node.line)
      }
      if let word = parsed.unusualOperator {
        add(.warning, .upperCaseOperator, "operator \(Quoted(word)) should be in lower case", line: node.line)
      }
      return .expression(parsed.syntax)
    }
  }

  private mutating func threshold(
    _ pairs: [YAMLPair], kind: CorrelationKind, line: Int
  ) throws(RuleFault) -> CorrelationDraft.Condition {
    var bounds: [CorrelationBound] = []
    var fields: [String] = []
    var percentile: Double?
    for pair in pairs {
      switch pair.key {
      case "field": fields = try names(of: pair)
      case "percentile": percentile = try number(pair).approximate
      default:
        guard let comparison = CorrelationBound.Operator(rawValue: pair.key) else {
          let known = CorrelationBound.Operator.allCases.map(\.rawValue) + ["field", "percentile"]
          let hint =
            Self.foreign[pair.key].map { " (did you mean '\($0)'?)" } ?? Suggestion.hint(for: pair.key, among: known)
          throw RuleFault(.badCorrelation, "unknown key \(Quoted(pair.key)) in the condition\(hint)", line: pair.line)
        }
        bounds.append(CorrelationBound(comparison: comparison, number: try number(pair)))
      }
    }
    guard !bounds.isEmpty else {
      throw RuleFault(.badCorrelation, "the condition compares with nothing; add 'gte: N'", line: line)
    }
    try checkFields(fields, kind, line)
    try checkPercentile(percentile, kind, line)
    try checkBounds(bounds, line)
    if !kind.canMeet(bounds) {
      add(
        .warning, .neverTrue, "no group of events can ever fulfil the condition: it has \(kind.leastCount) at least",
        line: line)
    }
    return .threshold(bounds, fields: fields, percentile: percentile)
  }

  private static let foreign = [
    "ge": "gte", "le": "lte", "ne": "neq", ">": "gt", ">=": "gte", "<": "lt", "<=": "lte", "=": "eq", "==": "eq",
    "!=": "neq", "equals": "eq",
  ]

  private func names(of pair: YAMLPair) throws(RuleFault) -> [String] {
    let nodes = pair.value.sequence ?? [pair.value]
    let names = nodes.compactMap { $0.isNull ? nil : $0.scalar?.text }
    guard !names.isEmpty, names.count == nodes.count else {
      throw RuleFault(.badCorrelation, "'field' must name a field or a list of fields", line: pair.line)
    }
    return names
  }

  private func number(_ pair: YAMLPair) throws(RuleFault) -> Number {
    guard let scalar = pair.value.scalar else {
      throw RuleFault(.badCorrelation, "'\(pair.key)' must be a number, not \(pair.value.kindName)", line: pair.line)
    }
    if let fault = ExactNumber.fault(scalar) {
      throw RuleFault(.badCorrelation, "'\(pair.key)' \(fault)", line: pair.line)
    }
    guard case .number(let number) = scalar.value else {
      throw RuleFault(.badCorrelation, "'\(pair.key)' must be a number", line: pair.line)
    }
    return number
  }

  private func checkFields(_ fields: [String], _ kind: CorrelationKind, _ line: Int) throws(RuleFault) {
    if kind.needsField, fields.isEmpty {
      throw RuleFault(.badCorrelation, "type \(kind.rawValue) needs a 'field' in its condition", line: line)
    }
    if !kind.needsField, !fields.isEmpty {
      throw RuleFault(.badCorrelation, "type \(kind.rawValue) takes no 'field' in its condition", line: line)
    }
    if fields.count > 1, kind != .valueCount {
      throw RuleFault(.badCorrelation, "only value_count can look at several fields together", line: line)
    }
  }

  private func checkPercentile(_ value: Double?, _ kind: CorrelationKind, _ line: Int) throws(RuleFault) {
    guard kind == .valuePercentile else {
      if value == nil { return }
      throw RuleFault(.badCorrelation, "type \(kind.rawValue) takes no 'percentile'", line: line)
    }
    guard let value, (0...100).contains(value) else {
      let message = "value_percentile needs 'percentile: N' with N from 0 to 100 beside the field and the comparison"
      throw RuleFault(.badCorrelation, message, line: line)
    }
  }

  private mutating func checkBounds(_ bounds: [CorrelationBound], _ line: Int) throws(RuleFault) {
    guard bounds.count > 1 else { return }
    let lower = bounds.first { $0.comparison == .greater || $0.comparison == .greaterOrEqual }
    let upper = bounds.first { $0.comparison == .less || $0.comparison == .lessOrEqual }
    guard bounds.count == 2, let lower, let upper else {
      throw RuleFault(.badCorrelation, "a range is one of gt and gte with one of lt and lte", line: line)
    }
    let isEmpty =
      lower.comparison == .greaterOrEqual && upper.comparison == .lessOrEqual
      ? lower.number.approximate > upper.number.approximate : lower.number.approximate >= upper.number.approximate
    if isEmpty { throw RuleFault(.badCorrelation, "the range of the condition is empty", line: line) }
    add(.note, .rangeCondition, "a range is in the specification, but other tools may reject it", line: line)
  }
}

extension CorrelationKind {
  /// The smallest count that there can be: a group begins with its first event.
  fileprivate var leastCount: Int { self == .valueCount ? 0 : 1 }

  /// Whether some count fulfils all bounds. Sums, averages and the like may be anything.
  fileprivate func canMeet(_ bounds: [CorrelationBound]) -> Bool {
    guard self == .eventCount || self == .valueCount || isTemporal else { return true }
    // Between the smallest whole number that the lower bounds allow and the next one every kind of bound is decided.
    var least = Double(leastCount)
    for bound in bounds {
      let number = bound.number.approximate
      switch bound.comparison {
      case .greater: least = max(least, number.rounded(.down) + 1)
      case .greaterOrEqual, .equal: least = max(least, number.rounded(.up))
      case .less, .lessOrEqual, .notEqual: break
      }
    }
    return bounds.allSatisfy { bound in
      let number = bound.number.approximate
      return switch bound.comparison {
      case .less: least < number
      case .lessOrEqual: least <= number
      case .equal: least == number
      case .greater, .greaterOrEqual, .notEqual: true
      }
    }
  }
}
