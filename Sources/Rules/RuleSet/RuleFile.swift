// Reads one file: YAML documents, the old collection actions, and each document by its kind. Nothing here knows of
// other files.

/// What one file holds before references are resolved.
struct RuleFile {
  var rules: [RuleDraft] = []
  var correlations: [CorrelationDraft] = []
  var filters: [RuleFilter] = []
  var diagnostics: [RuleDiagnostic] = []
  /// Documents that were rejected, also to tell a broken reference from an unknown one.
  var rejected: [RejectedDocument] = []

  /// Rules of other files with the id of one in this file take its place.
  var givesWay = false

  private var testsLeft = SigmaLimits.fileTestsMax
  /// How many more values the collection actions may copy.
  private var copiesLeft = YAMLLimits.nodesMax
  private var template: YAMLNode?
  private var previous: YAMLNode?

  init(_ bytes: [UInt8], file: String, placeholders: Placeholders) {
    let stream = YAMLStream(bytes)
    for failure in stream.failures {
      diagnostics.append(
        RuleDiagnostic(
          severity: .error, code: failure.code.diagnostic, file: file, line: failure.line, rule: "",
          message: failure.message))
    }
    for document in stream.documents { read(document, file: file, placeholders: placeholders) }
  }

  private mutating func read(_ written: YAMLNode, file: String, placeholders: Placeholders) {
    var context = DocumentContext(
      placeholders: placeholders, findings: Findings(file: file), testsLeft: testsLeft)
    if let document = afterAction(written, &context.findings), !context.findings.hasError {
      readKind(document, &context)
      if context.findings.hasError {
        rejected.append(
          RejectedDocument(
            id: document["id"]?.scalar?.text, name: document["name"]?.scalar?.text,
            title: document["title"]?.scalar?.text, place: RulePlace(file: file, line: document.line),
            level: document["level"]?.scalar?.text, waits: !context.findings.list.contains { $0.severity == .error },
            isSilent: document["filter"] != nil))
      }
    }
    testsLeft = context.testsLeft
    diagnostics += context.findings.list
  }

  private mutating func readKind(_ document: YAMLNode, _ context: inout DocumentContext) {
    if document["correlation"] != nil {
      if let draft = CorrelationReader.read(
        document, placeholders: context.placeholders, findings: &context.findings)
      {
        correlations.append(draft)
      }
    } else if document["filter"] != nil {
      if let filter = DetectionReader.filter(document, &context) { filters.append(filter) }
    } else if document["detection"] != nil || document["title"] != nil {
      guard let draft = DetectionReader.rule(document, &context) else { return }
      rules.append(draft)
      if let translated = draft.correlation(rule: rules.count - 1) { correlations.append(translated) }
    } else {
      let message = "no Sigma document: it has neither 'detection' nor 'correlation' nor 'filter'"
      context.findings.add(.error, .notARule, message, line: document.line)
    }
  }

  // MARK: Collections

  /// Applies `action: global`, `reset` and `repeat` of old collections; nil if the document is no rule itself.
  private mutating func afterAction(_ document: YAMLNode, _ findings: inout Findings) -> YAMLNode? {
    guard let pairs = document.mapping else {
      findings.add(.error, .notARule, "a rule must be a mapping, not \(document.kindName)", line: document.line)
      return nil
    }
    guard document["correlation"] == nil, document["filter"] == nil else { return document }
    guard let action = document["action"] else {
      guard let merged = merge(template, over: document, &findings) else { return nil }
      previous = document
      return merged
    }
    findings.add(.note, .collectionAction, "'action' is not in Sigma 2; write one document a rule", line: action.line)
    let body = YAMLNode(.mapping(pairs.filter { $0.key != "action" }), line: document.line, column: document.column)
    switch action.scalar?.text {
    case "global": template = body
    case "reset": template = nil
    case "repeat":
      guard let before = previous else {
        findings.add(.error, .unknownAction, "'action: repeat' has no rule before it", line: action.line)
        return nil
      }
      guard let repeated = merge(body, over: before, &findings) else { return nil }
      previous = repeated
      guard var merged = merge(template, over: repeated, &findings) else { return nil }
      merged.line = document.line
      return merged
    default:
      let text = action.scalar?.text ?? ""
      let hint = Suggestion.hint(for: text, among: ["global", "reset", "repeat"])
      findings.add(.error, .unknownAction, "unknown action \(Quoted(text))\(hint)", line: action.line)
    }
    return nil
  }

  private mutating func merge(_ top: YAMLNode?, over base: YAMLNode, _ findings: inout Findings) -> YAMLNode? {
    guard let top else { return base }
    if copiesLeft >= 0 { copiesLeft -= top.nodeCount + base.nodeCount }
    guard copiesLeft >= 0 else {
      findings.add(.error, .yamlLimit, "the actions of this file copy too many values", line: base.line)
      return nil
    }
    return base.overlaid(by: top)
  }
}

extension RuleDraft {
  /// The correlation that a translated pipe aggregation stands for. It has the rule's attributes; the rule only feeds it.
  fileprivate func correlation(rule position: Int) -> CorrelationDraft? {
    guard let (aggregation, span) = aggregation else { return nil }
    let fields = aggregation.field.map { [$0] } ?? []
    return CorrelationDraft(
      attributes: rule.attributes, kind: aggregation.kind, references: [rule.attributes.label],
      groupBy: aggregation.groupBy, timespanMilliseconds: span,
      condition: .threshold([aggregation.bound], fields: fields, percentile: nil), translatedFrom: position)
  }
}

extension YAMLFailure.Code {
  fileprivate var diagnostic: RuleDiagnostic.Code {
    switch self {
    case .duplicateKey: .duplicateKey
    case .tooBig: .fileLimit
    case .notUTF8: .fileUnreadable
    case .tooDeep, .tooManyNodes, .aliasBomb, .outOfMemory, .tooManyFailures: .yamlLimit
    case .syntax, .aliasRecursion, .aliasUnknown, .keyNotText, .unsupportedTag, .badMerge: .yamlSyntax
    }
  }
}

extension RuleFile {
  /// The ids of its rules and correlations, those that wait for the configuration among them.
  var ids: [String] {
    rules.compactMap(\.rule.attributes.id) + correlations.compactMap(\.attributes.id)
      + filters.compactMap(\.attributes.id) + rejected.filter(\.waits).compactMap(\.id)
  }

  /// The file without the documents of these ids.
  func without(_ ids: Set<String>) -> RuleFile {
    func isKept(_ attributes: RuleAttributes) -> Bool { attributes.id.map { !ids.contains($0) } ?? true }
    var file = self
    // A translated aggregation names its rule by position, and has its id.
    var places: [Int: Int] = [:]
    file.rules = []
    for (place, draft) in rules.enumerated() where isKept(draft.rule.attributes) {
      places[place] = file.rules.count
      file.rules.append(draft)
    }
    file.rejected.removeAll { $0.id.map { ids.contains($0) } ?? false }
    file.diagnostics.removeAll { ids.contains($0.rule) }
    file.filters = filters.filter { isKept($0.attributes) }
    file.correlations = correlations.filter { isKept($0.attributes) }
    for place in file.correlations.indices {
      file.correlations[place].translatedFrom = file.correlations[place].translatedFrom.flatMap { places[$0] }
    }
    return file
  }
}
