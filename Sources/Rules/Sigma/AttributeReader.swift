// Reads and checks the attributes that all documents share. What Sigma does not define is kept, not judged.

struct AttributeReader {
  /// Keys that are read elsewhere.
  static let bodyKeys: Set<String> = ["logsource", "detection", "correlation", "filter", "generate", "action"]

  private var attributes: RuleAttributes
  private var findings: Findings

  /// Reads everything that is legible; errors are in `findings`.
  static func read(_ node: YAMLNode, findings: inout Findings) -> RuleAttributes {
    var reader = AttributeReader(
      attributes: RuleAttributes(place: RulePlace(file: findings.file, line: node.line)), findings: findings)
    // The label comes first, so that every finding carries it.
    for key in ["id", "title"] where reader.findings.rule.isEmpty {
      if let text = node[key]?.scalar?.text { reader.findings.rule = text }
    }
    for pair in node.mapping ?? [] where !bodyKeys.contains(pair.key) {
      do throws(RuleFault) { try reader.read(pair) } catch { reader.findings.add(error, line: pair.line) }
    }
    if node["title"]?.isNull ?? true || node["title"]?.scalar?.text.isEmpty ?? false {
      reader.findings.add(.error, .missingAttribute, "the rule has no title", line: node.line)
    }
    findings = reader.findings
    return reader.attributes
  }

  private mutating func read(_ pair: YAMLPair) throws(RuleFault) {
    switch pair.key {
    case "title": attributes.title = try text(pair, charactersMax: SigmaLimits.titleCharactersMax)
    case "id": attributes.id = try uuid(pair.value, "id")
    case "name": attributes.name = try text(pair, charactersMax: SigmaLimits.nameCharactersMax)
    case "description": attributes.summary = try text(pair, charactersMax: SigmaLimits.descriptionCharactersMax)
    case "status": try readStatus(pair)
    case "level": try readLevel(pair)
    case "tags": try readTags(pair)
    case "author": attributes.author = try text(pair)
    case "license": attributes.license = try text(pair)
    case "date": attributes.date = try date(pair)
    case "modified": attributes.modified = try date(pair)
    case "references": attributes.references = try list(pair)
    case "falsepositives": attributes.falsePositives = try list(pair)
    case "scope": attributes.scope = try list(pair)
    case "fields": attributes.shownFields = try list(pair)
    case "related": attributes.related = try related(pair)
    case "taxonomy": try checkTaxonomy(pair)
    default: keep(pair)
    }
  }

  private static let knownKeys: Set<String> = bodyKeys.union([
    "title", "id", "name", "description", "status", "level", "tags", "author", "license", "date", "modified",
    "references", "falsepositives", "scope", "fields", "related", "taxonomy", "tests", "runbook", "alert",
  ])

  /// What Sigma does not define is the author's own, unless it looks like a slip.
  private mutating func keep(_ pair: YAMLPair) {
    attributes.custom.append(CustomAttribute(key: pair.key, value: pair.value))
    guard !Self.knownKeys.contains(pair.key) else { return }
    let hint = Suggestion.hint(for: pair.key, among: Self.knownKeys.sorted())
    guard !hint.isEmpty else { return }
    findings.add(.warning, .unknownKey, "\(Quoted(pair.key)) is no attribute of Sigma's\(hint)", line: pair.line)
  }

  // MARK: Texts

  private func text(_ pair: YAMLPair, charactersMax: Int = .max) throws(RuleFault) -> String {
    guard let scalar = pair.value.scalar else { throw wrong(pair, "a string, not \(pair.value.kindName)") }
    guard scalar.text.utf8.count <= charactersMax || scalar.text.count <= charactersMax else {
      throw wrong(pair, "no longer than \(charactersMax) characters")
    }
    return pair.value.isNull ? "" : scalar.text
  }

  private func list(_ pair: YAMLPair) throws(RuleFault) -> [String] {
    if pair.value.isNull { return [] }
    guard let items = pair.value.sequence else { throw wrong(pair, "a list, not \(pair.value.kindName)") }
    var texts: [String] = []
    for item in items {
      guard let scalar = item.scalar else { throw wrong(pair, "a list of strings") }
      texts.append(scalar.text)
    }
    return texts
  }

  private func wrong(_ pair: YAMLPair, _ wanted: String) -> RuleFault {
    RuleFault(.badAttribute, "'\(pair.key)' must be \(wanted)", line: pair.line)
  }

  private func uuid(_ node: YAMLNode, _ key: String) throws(RuleFault) -> String {
    let text = node.scalar?.text ?? ""
    guard Self.isUUID(text) else {
      throw RuleFault(.badAttribute, "'\(key)' must be a UUID, not \(Quoted(text))", line: node.line)
    }
    return text.lowercased()
  }

  static func isUUID(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count == 36 else { return false }
    return bytes.enumerated().allSatisfy { offset, byte in
      if [8, 13, 18, 23].contains(offset) { return byte == UInt8(ascii: "-") }
      return byte.isASCIIDigit || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }
  }

  /// Accepts `2024-01-02` and `2024/1/2`.
  private func date(_ pair: YAMLPair) throws(RuleFault) -> String {
    let text = pair.value.scalar?.text ?? ""
    let separator: Character = text.contains("/") ? "/" : "-"
    let parts = text.split(separator: separator, omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    let isPlain = text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
    guard isPlain, parts.count == 3, (1...9999).contains(parts[0]), (1...12).contains(parts[1]),
      (1...Self.days(month: parts[1], year: parts[0])).contains(parts[2])
    else { throw wrong(pair, "a date such as 2024-01-31, not \(Quoted(text))") }
    let padded = parts.map { $0 < 10 ? "0\($0)" : String($0) }
    return String(repeating: "0", count: max(0, 4 - padded[0].count)) + padded.joined(separator: "-")
  }

  private static func days(month: Int, year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  // MARK: Enumerations

  private mutating func readStatus(_ pair: YAMLPair) throws(RuleFault) {
    let text = try text(pair).lowercased()
    guard let status = RuleStatus(rawValue: text) else {
      let hint = Suggestion.hint(for: text, among: RuleStatus.allCases.map(\.rawValue))
      throw RuleFault(.badAttribute, "unknown status \(Quoted(text))\(hint)", line: pair.line)
    }
    attributes.status = status
    guard status == .deprecated || status == .unsupported else { return }
    findings.add(.warning, .retiredStatus, "the rule's status is '\(text)'", line: pair.line)
  }

  private mutating func readLevel(_ pair: YAMLPair) throws(RuleFault) {
    let text = try text(pair).lowercased()
    guard let level = Level.allCases.first(where: { $0.name == text }) else {
      let hint = Suggestion.hint(for: text, among: Level.allCases.map(\.name))
      throw RuleFault(.badAttribute, "unknown level \(Quoted(text))\(hint)", line: pair.line)
    }
    attributes.level = level
  }

  private static let tagNamespaces: Set<String> = ["attack", "car", "cve", "d3fend", "detection", "stp", "tlp"]

  private mutating func readTags(_ pair: YAMLPair) throws(RuleFault) {
    for text in try list(pair) {
      let parts = text.lowercased().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw RuleFault(
          .badAttribute, "tag \(Quoted(text)) must be a namespace, a dot and a name", line: pair.line)
      }
      let tag = RuleTag(namespace: String(parts[0]), name: parts[1].split(separator: "_").joined(separator: "-"))
      attributes.tags.append(tag)
      if !Self.tagNamespaces.contains(tag.namespace) {
        let hint = Suggestion.hint(for: tag.namespace, among: Self.tagNamespaces.sorted())
        findings.add(.note, .unusualTag, "tag \(Quoted(text)) has a namespace of its own\(hint)", line: pair.line)
      }
    }
  }

  private func related(_ pair: YAMLPair) throws(RuleFault) -> [RelatedRule] {
    if pair.value.isNull { return [] }
    guard let items = pair.value.sequence else { throw wrong(pair, "a list of ids with types") }
    var result: [RelatedRule] = []
    for item in items {
      guard let id = item["id"], let type = item["type"]?.scalar?.text.lowercased() else {
        throw RuleFault(.badAttribute, "each entry of 'related' needs an id and a type", line: item.line)
      }
      let normal = type == "obsoletes" ? "obsolete" : type
      guard let relation = RelatedRule.Relation(rawValue: normal) else {
        let hint = Suggestion.hint(for: type, among: RelatedRule.Relation.allCases.map(\.rawValue))
        throw RuleFault(.badAttribute, "unknown relation \(Quoted(type))\(hint)", line: item.line)
      }
      result.append(RelatedRule(id: try uuid(id, "related.id"), relation: relation))
    }
    return result
  }

  private func checkTaxonomy(_ pair: YAMLPair) throws(RuleFault) {
    let text = try text(pair)
    guard text.lowercased() == "sigma" || text.isEmpty else {
      throw RuleFault(
        .unknownTaxonomy, "taxonomy \(Quoted(text)) has no field mapping here; only 'sigma' is understood",
        line: pair.line)
    }
  }
}
