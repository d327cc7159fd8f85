// Turns the selections of a `detection` or `filter` mapping into predicates. A fault in one item is noted and the next
// item is read, so that one pass shows an author everything.

struct SelectionReader {
  let placeholders: Placeholders
  private(set) var findings: Findings
  /// How many more tests the rules of this file may have.
  private(set) var testsLeft: Int

  /// The named selections in written order, without the given keys.
  mutating func selections(_ pairs: [YAMLPair], except reserved: Set<String>) -> [Selection] {
    let named = pairs.filter { !reserved.contains($0.key) }
    guard named.count <= SigmaLimits.selectionsMax else {
      findings.add(
        .error, .tooManyTests, "more than \(SigmaLimits.selectionsMax) selections", line: named[0].line)
      return []
    }
    var result: [Selection] = []
    for pair in named {
      guard let predicate = predicate(pair.value, line: pair.line) else { continue }
      result.append(Selection(name: pair.key, predicate: predicate, line: pair.line))
    }
    return result
  }

  /// Mapping: all of its items. List: any of its members. Scalar: a keyword.
  private mutating func predicate(_ node: YAMLNode, line: Int) -> Predicate? {
    switch node.content {
    case .mapping(let pairs):
      guard !pairs.isEmpty else { return reject("the selection is empty", line) }
      return joined(pairs.map { item($0) }, Predicate.all)
    case .sequence(let nodes):
      guard !nodes.isEmpty else { return reject("the selection is an empty list", line) }
      return joined(nodes.map { predicate($0, line: $0.line) }, Predicate.any)
    case .scalar:
      if node.isNull { return reject("the selection is null; only a field can be compared with null", line) }
      return predicate(key: "", values: [node], line: node.line)
    }
  }

  private func joined(_ members: [Predicate?], _ join: ([Predicate]) -> Predicate) -> Predicate? {
    let whole = members.compactMap(\.self)
    return whole.count == members.count ? join(whole) : nil
  }

  private mutating func reject(_ message: String, _ line: Int) -> Predicate? {
    findings.add(.error, .badSelection, message, line: line)
    return nil
  }

  private mutating func item(_ pair: YAMLPair) -> Predicate? {
    predicate(key: pair.key, values: pair.value.sequence ?? [pair.value], line: pair.line)
  }

  private mutating func predicate(key: String, values: [YAMLNode], line: Int) -> Predicate? {
    do throws(RuleFault) {
      try DetectionItem.check(count: values.count)
      var written: [WrittenValue] = []
      written.reserveCapacity(values.count)
      for value in values { written.append(try Self.value(value, key: key)) }
      let item = try DetectionItem(key: key, values: written, lines: values.map(\.line))
      if item.field == nil, written.isEmpty { throw RuleFault(.badSelection, "a keyword list is empty") }
      var remarks: [ItemRemark] = []
      let predicate = try item.predicate(placeholders: placeholders, remarks: &remarks)
      for remark in remarks {
        findings.add(remark.severity, remark.code, remark.message, line: remark.line > 0 ? remark.line : line)
      }
      testsLeft -= predicate.nodeCount
      guard testsLeft >= 0 else {
        throw RuleFault(.tooManyTests, "the rules of this file come to more than \(SigmaLimits.fileTestsMax) tests")
      }
      return predicate
    } catch {
      findings.add(error, line: line)
      return nil
    }
  }

  private static func value(_ node: YAMLNode, key: String) throws(RuleFault) -> WrittenValue {
    guard let scalar = node.scalar else {
      let name = key.isEmpty ? "a keyword" : Quoted(key).description
      throw RuleFault(.badValue, "\(name) is compared with \(node.kindName); only plain values can be", line: node.line)
    }
    switch scalar.value {
    case .null: return .null
    case .bool(let value): return .bool(value, source: scalar.text)
    case .number(let number): return .number(number, source: scalar.text)
    case .hugeInteger(let digits): return .text(digits)
    case .string(let text): return .text(text)
    case .notFinite(let text):
      throw RuleFault(.badValue, "\(Quoted(text)) is no number that an event can hold; quote it", line: node.line)
    case .date(let text):
      throw RuleFault(.badValue, "\(Quoted(text)) is a date in YAML; quote it to compare text", line: node.line)
    }
  }
}
