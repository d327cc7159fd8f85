// A field (or none), its modifiers and its values: the line `name|contains|all: [a, b]` of a rule, or the comparison
// `name|contains|all = (a, b)` of a filter. Both become a predicate here, so both mean the same.

/// A value as written, before any modifier.
enum WrittenValue: Equatable {
  case text(String)
  /// The source text is what a keyword or a regular expression takes.
  case number(Number, source: String)
  case bool(Bool, source: String)
  case null
}

/// Something about an item that is legal but deserves a remark.
struct ItemRemark {
  var severity: RuleDiagnostic.Severity
  var code: RuleDiagnostic.Code
  var message: String
  /// Of the value that it is about; 0 if it is about the whole item.
  var line = 0
}

struct DetectionItem {
  /// Nil for a keyword search.
  var field: String?
  var modifiers: [Modifier]
  var values: [WrittenValue]
  /// Where each value stands; empty if that is not known.
  var lines: [Int]

  init(field: String?, modifiers: [Modifier], values: [WrittenValue], lines: [Int] = []) {
    self.field = field
    self.modifiers = modifiers
    self.values = values
    self.lines = lines
  }

  /// Reads a key such as `name|contains|all`; an empty name means keywords.
  init(key: String, values: [WrittenValue], lines: [Int] = []) throws(RuleFault) {
    let parts = key.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    let name = String(Substring(parts[0]))
    try Self.check(field: name)
    var modifiers: [Modifier] = []
    for part in parts.dropFirst() { modifiers.append(try Modifier.named(String(Substring(part)))) }
    self.init(field: name.isEmpty ? nil : name, modifiers: modifiers, values: values, lines: lines)
  }

  /// Refuses the syntax that Sigma has set aside for matching within one element of an array, and paths that no event is
  /// looked into for.
  static func check(field name: String) throws(RuleFault) {
    guard name.utf8.count <= SigmaLimits.fieldBytesMax else {
      throw RuleFault(.badSelection, "\(Quoted(name)) is longer than \(SigmaLimits.fieldBytesMax) bytes")
    }
    guard name.utf8.count(where: { $0 == UInt8(ascii: ".") }) < SigmaLimits.pathDepthMax else {
      throw RuleFault(.badSelection, "\(Quoted(name)) is deeper than \(SigmaLimits.pathDepthMax) levels")
    }
    guard name.hasSuffix("[any]") || name.hasSuffix("[all]") else { return }
    throw RuleFault(.badSelection, "\(Quoted(name)): matching within one array element is not supported")
  }

  /// What the item tests. Remarks are added to `remarks`.
  func predicate(
    placeholders: Placeholders, remarks: inout [ItemRemark]
  ) throws(RuleFault) -> Predicate {
    let listed = values.isEmpty ? [.null] : values
    let isAll = modifiers.contains(.all)
    remark(on: listed, isAll: isAll, &remarks)
    var members: [Predicate] = []
    members.reserveCapacity(listed.count)
    let steps = ModifierSteps(modifiers, placeholders)
    var tests = 0
    try Self.check(count: listed.count)
    try steps.checkPlaces(isKeyword: field == nil)
    for (index, value) in listed.enumerated() {
      let line = index < lines.count ? lines[index] : 0
      let remarked = remarks.count
      do throws(RuleFault) {
        let final = try steps.run(on: value, isKeyword: field == nil, &remarks)
        if case .any(let variants) = final { tests += variants.count } else { tests += 1 }
        try Self.check(count: tests)
        members.append(try predicate(of: final, &remarks))
      } catch {
        throw error.at(line)
      }
      for place in remarked..<remarks.count { remarks[place].line = line }
    }
    let joined = isAll ? Predicate.all(members) : Predicate.any(members)
    return modifiers.contains(.neq) ? .not(joined) : joined
  }

  static func check(count: Int) throws(RuleFault) {
    guard count > SigmaLimits.predicateNodesMax else { return }
    throw RuleFault(.tooManyTests, "the list comes to more than \(SigmaLimits.predicateNodesMax) tests; split it")
  }

  private func remark(on listed: [WrittenValue], isAll: Bool, _ remarks: inout [ItemRemark]) {
    if values.isEmpty {
      let message = "an empty list means 'missing or null'; write null"
      remarks.append(ItemRemark(severity: .warning, code: .emptyList, message: message))
    }
    if listed.count > 1, listed.contains(.null) {
      let message = "null in a list is not portable; write a second selection"
      remarks.append(ItemRemark(severity: .warning, code: .nullInList, message: message))
    }
    if isAll, listed.count == 1 {
      let message = "'all' has no effect on a single value"
      remarks.append(ItemRemark(severity: .warning, code: .singleValueAll, message: message))
    }
  }

  private func predicate(of value: SteppedValue, _ remarks: inout [ItemRemark]) throws(RuleFault) -> Predicate {
    if case .any(let list) = value {
      var members: [Predicate] = []
      members.reserveCapacity(list.count)
      for member in list { members.append(try predicate(of: member, &remarks)) }
      return Predicate.any(members)
    }
    if value.takesAnything { remarkOnWildcards(&remarks) }
    guard let field else { return .keyword(try keywordTest(value)) }
    switch value {
    case .exists(let isThere):
      return isThere ? .field(field, .exists) : .not(.field(field, .exists))
    default:
      guard let test = value.test else {
        throw RuleFault(.badValue, "\(value.kindName) cannot be compared with a field")
      }
      return .field(field, test)
    }
  }

  private func remarkOnWildcards(_ remarks: inout [ItemRemark]) {
    let message =
      field.map {
        "\(Quoted($0)) is compared with wildcards only: any value will do but null; if null will do too, write 'exists: true'"
      } ?? "a keyword of wildcards only: every event with any value will do"
    remarks.append(ItemRemark(severity: .warning, code: .wildcardOnly, message: message))
  }

  /// A keyword is looked for anywhere in a value, unless a modifier ties it to the start or the end.
  private func keywordTest(_ value: SteppedValue) throws(RuleFault) -> ValueTest {
    switch value {
    case .text(let pattern, _):
      let isTied = modifiers.contains(.startswith) || modifiers.contains(.endswith)
      return .text(isTied ? pattern : pattern.startingWithAny().endingWithAny())
    case .regex(let regex): return .regex(regex)
    case .network(let range): return .network(range)
    case .networks(let table): return .networks(table)
    default: throw RuleFault(.badValue, "\(value.kindName) needs a field to be compared with")
    }
  }
}
