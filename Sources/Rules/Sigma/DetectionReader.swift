// Reads one detection rule or filter document: attributes, log source, selections, conditions.

/// A rule before references are resolved.
struct RuleDraft {
  var rule: Rule
  /// Set if the condition has a pipe part that was translated.
  var aggregation: (Aggregation, timespanMilliseconds: Int64)?
}

/// Shared by the documents of one file.
struct DocumentContext {
  var placeholders: Placeholders
  var findings: Findings
  var testsLeft = SigmaLimits.fileTestsMax
}

struct DetectionReader {
  private var context: DocumentContext

  /// Nil if the document was rejected; why is in `context.findings`.
  static func rule(_ node: YAMLNode, _ context: inout DocumentContext) -> RuleDraft? {
    var reader = DetectionReader(context: context)
    let draft = reader.rule(node)
    context = reader.context
    return context.findings.hasError ? nil : draft
  }

  static func filter(_ node: YAMLNode, _ context: inout DocumentContext) -> RuleFilter? {
    var reader = DetectionReader(context: context)
    let filter = reader.filter(node)
    context = reader.context
    return context.findings.hasError ? nil : filter
  }

  // MARK: Rules

  private mutating func rule(_ node: YAMLNode) -> RuleDraft? {
    let attributes = AttributeReader.read(node, findings: &context.findings)
    let logsource = logsource(node)
    guard let detection = node["detection"], let pairs = detection.mapping else {
      let line = node["detection"]?.line ?? node.line
      context.findings.add(.error, .missingAttribute, "'detection' must be a mapping of selections", line: line)
      return nil
    }
    let parsed = conditions(pairs, line: detection.line)
    let selections = selections(pairs, except: ["condition", "timeframe"])
    let aggregation = aggregation(parsed, timeframe: pairs.first { $0.key == "timeframe" })
    attributes.warnOfTests(isCorrelation: aggregation != nil, &context.findings)
    guard let predicates = resolve(parsed, selections), let logsource, !context.findings.hasError else { return nil }
    let conditions = zip(parsed, predicates).map { RuleCondition(text: $0.text, predicate: $1) }
    let rule = Rule(
      attributes: attributes, logsource: logsource, selections: selections, conditions: conditions,
      isAggregated: aggregation != nil)
    return RuleDraft(rule: rule, aggregation: aggregation)
  }

  private mutating func logsource(_ node: YAMLNode) -> LogSource? {
    guard let written = node["logsource"] else {
      context.findings.add(.error, .missingAttribute, "the rule has no 'logsource'", line: node.line)
      return nil
    }
    do throws(RuleFault) {
      let logsource = try LogSource(written)
      if let refusal = logsource.refusal { throw RuleFault(.unknownLogsource, refusal) }
      if let oddity = logsource.oddity {
        context.findings.add(oddity.severity, .unknownLogsource, oddity.message, line: written.line)
      }
      return logsource
    } catch {
      context.findings.add(error, line: written.line)
      return nil
    }
  }

  private mutating func selections(_ pairs: [YAMLPair], except reserved: Set<String>) -> [Selection] {
    var reader = SelectionReader(
      placeholders: context.placeholders, findings: context.findings, testsLeft: context.testsLeft)
    let selections = reader.selections(pairs, except: reserved)
    context.findings = reader.findings
    context.testsLeft = reader.testsLeft
    var fields: Set<String> = []
    for selection in selections { selection.predicate.collectFields(into: &fields) }
    if fields.count > SigmaLimits.fieldsMax {
      let message = "\(fields.count) fields are more than the \(SigmaLimits.fieldsMax) that a rule may read; split it"
      context.findings.add(.error, .tooManyFields, message, line: selections[0].line)
    }
    return selections
  }

  // MARK: Conditions

  private struct Written {
    var text: String
    var line: Int
    var parsed: ParsedCondition
  }

  private mutating func conditions(_ pairs: [YAMLPair], line: Int) -> [Written] {
    guard let pair = pairs.first(where: { $0.key == "condition" }) else {
      context.findings.add(.error, .badCondition, "the detection has no condition", line: line)
      return []
    }
    let nodes = pair.value.sequence ?? [pair.value]
    if nodes.isEmpty {
      context.findings.add(.error, .badCondition, "the list of conditions is empty", line: pair.line)
    }
    var result: [Written] = []
    for node in nodes {
      let text = node.isNull ? "" : node.scalar?.text
      do throws(RuleFault) {
        guard let text else { throw RuleFault(.badCondition, "a condition must be a string, not \(node.kindName)") }
        let parsed = try ConditionParser.parse(text)
        if let word = parsed.unusualOperator {
          let message = "operator \(Quoted(word)) should be in lower case: other tools reject it"
          context.findings.add(.warning, .upperCaseOperator, message, line: node.line)
        }
        result.append(Written(text: text, line: node.line, parsed: parsed))
      } catch {
        context.findings.add(error, line: node.line)
      }
    }
    return result
  }

  /// Nil if a name is unknown, or nothing can be said because a selection is broken.
  private mutating func resolve(_ written: [Written], _ selections: [Selection]) -> [Predicate]? {
    guard !context.findings.hasError else { return nil }
    var resolver = ConditionResolver(selections)
    var predicates: [Predicate] = []
    for condition in written {
      do throws(RuleFault) {
        predicates.append(try resolver.resolve(condition.parsed.syntax))
      } catch {
        context.findings.add(error, line: condition.line)
      }
    }
    for selection in resolver.unused {
      let message = "selection \(Quoted(selection.name)) is not used by any condition"
      context.findings.add(.warning, .unusedSelection, message, line: selection.line)
    }
    return context.findings.hasError ? nil : predicates
  }

  private mutating func aggregation(
    _ written: [Written], timeframe: YAMLPair?
  ) -> (Aggregation, timespanMilliseconds: Int64)? {
    guard let condition = written.first(where: { $0.parsed.aggregation != nil }),
      let bytes = condition.parsed.aggregation
    else {
      if let timeframe {
        let message = "'timeframe' has no effect without a pipe aggregation; use a correlation"
        context.findings.add(.warning, .unusedTimeframe, message, line: timeframe.line)
      }
      return nil
    }
    do throws(RuleFault) {
      let aggregation = try Aggregation(bytes)
      guard written.count == 1 else {
        throw RuleFault(.pipeAggregation, "a pipe aggregation must be the only condition")
      }
      guard let timeframe, let text = timeframe.value.scalar?.text else {
        throw RuleFault(.pipeAggregation, "a pipe aggregation needs a 'timeframe'; write a Sigma correlation instead")
      }
      let span = try Timespan.milliseconds(text)
      let message =
        "the pipe syntax left Sigma with version 2; it was read as a correlation of type \(aggregation.kind.rawValue)"
      context.findings.add(.warning, .pipeAggregation, message, line: condition.line)
      return (aggregation, span)
    } catch {
      context.findings.add(error, line: condition.line)
      return nil
    }
  }

  // MARK: Filters

  private mutating func filter(_ node: YAMLNode) -> RuleFilter? {
    let attributes = AttributeReader.read(node, findings: &context.findings)
    let logsource = logsource(node)
    guard let body = node["filter"], let pairs = body.mapping else {
      context.findings.add(.error, .missingAttribute, "'filter' must be a mapping", line: node.line)
      return nil
    }
    let scope = scope(pairs, line: body.line)
    let parsed = conditions(pairs, line: body.line)
    if let pipe = parsed.first(where: { $0.parsed.aggregation != nil }) {
      context.findings.add(.error, .pipeAggregation, "a filter cannot aggregate", line: pipe.line)
    }
    if parsed.count > 1 {
      context.findings.add(.error, .badCondition, "a filter has one condition", line: parsed[1].line)
    }
    let selections = selections(pairs, except: ["condition", "rules"])
    guard let scope, let logsource, let predicate = resolve(parsed, selections)?.first else { return nil }
    if !predicate.hasNegation {
      let message = "the filter's condition has no 'not': it keeps what it describes and drops the rest"
      context.findings.add(.warning, .filterWithoutNot, message, line: parsed[0].line)
    }
    return RuleFilter(
      attributes: attributes, logsource: logsource, scope: scope.names, scopeLines: scope.lines, predicate: predicate)
  }

  private mutating func scope(_ pairs: [YAMLPair], line: Int) -> (names: RuleFilter.Scope, lines: [Int])? {
    guard let pair = pairs.first(where: { $0.key == "rules" }) else {
      let message = "the filter has no 'rules'; write 'rules: any' if it is meant for every rule of its log source"
      context.findings.add(.error, .missingAttribute, message, line: line)
      return nil
    }
    let nodes = pair.value.sequence ?? [pair.value]
    let names = nodes.compactMap { $0.isNull ? nil : $0.scalar?.text }
    guard names.count == nodes.count else {
      context.findings.add(.error, .badAttribute, "'rules' must be ids or names of rules", line: pair.line)
      return nil
    }
    return names.isEmpty || names == ["any"] ? (.any, []) : (.rules(names), nodes.map(\.line))
  }
}

extension Predicate {
  var hasNegation: Bool {
    switch self {
    case .and(let members), .or(let members): members.contains { $0.hasNegation }
    case .not: true
    case .field, .keyword: false
    }
  }
}
