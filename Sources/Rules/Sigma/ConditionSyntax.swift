// A condition as written, before names are looked up: `selection and not 1 of filter_*`.

/// The tree of a condition. Offsets count bytes from the start of the condition.
indirect enum ConditionSyntax: Equatable {
  case and([ConditionSyntax])
  case or([ConditionSyntax])
  case not(ConditionSyntax)
  case name(String, offset: Int)
  /// `1 of x*`, `any of them`, `all of x`.
  case selector(isAll: Bool, target: String, offset: Int)
}

/// What the parser found in a condition.
struct ParsedCondition {
  var syntax: ConditionSyntax
  /// The old pipe part, ` | count() by user > 5`, without the pipe.
  var aggregation: [UInt8]?
  /// The first operator in upper or mixed case, which other tools reject.
  var unusualOperator: String?
}

/// Recursive descent over the bytes. `or` binds less than `and`, that less than `not`.
struct ConditionParser {
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0
  private var unusualOperator: String?

  static func parse(_ text: String) throws(RuleFault) -> ParsedCondition {
    var parser = ConditionParser(text)
    return try parser.whole()
  }

  private init(_ text: String) { bytes = Array(text.utf8) }

  private mutating func whole() throws(RuleFault) -> ParsedCondition {
    guard bytes.count <= SigmaLimits.conditionBytesMax else {
      throw RuleFault(.badCondition, "the condition has more than \(SigmaLimits.conditionBytesMax >> 10) KiB")
    }
    skipBlanks()
    guard index < bytes.count else {
      throw RuleFault(.badCondition, "the condition is empty; name the selections that must match")
    }
    let syntax = try alternatives()
    var condition = ParsedCondition(syntax: syntax, unusualOperator: unusualOperator)
    if index < bytes.count, bytes[index] == UInt8(ascii: "|") {
      condition.aggregation = Array(bytes[(index + 1)...])
      return condition
    }
    guard index == bytes.count else { throw unexpected() }
    return condition
  }

  private mutating func alternatives() throws(RuleFault) -> ConditionSyntax {
    var members = [try conjunction()]
    while takeOperator("or") { members.append(try conjunction()) }
    return members.count == 1 ? members[0] : .or(members)
  }

  private mutating func conjunction() throws(RuleFault) -> ConditionSyntax {
    var members = [try operand()]
    while takeOperator("and") { members.append(try operand()) }
    return members.count == 1 ? members[0] : .and(members)
  }

  private mutating func operand() throws(RuleFault) -> ConditionSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= SigmaLimits.conditionDepthMax else {
      throw fault("nested deeper than \(SigmaLimits.conditionDepthMax) levels", at: index)
    }
    skipBlanks()
    if takeOperator("not") { return .not(try operand()) }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return try reference() }
    let open = index
    index += 1
    let inner = try alternatives()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ")") else {
      if index == bytes.count { throw fault("'(' is not closed", at: open) }
      throw unexpected()
    }
    index += 1
    skipBlanks()
    return inner
  }

  /// A name, or a quantifier with `of` and a target.
  private mutating func reference() throws(RuleFault) -> ConditionSyntax {
    let start = index
    let word = takeWord()
    guard !word.isEmpty else { throw expected("a selection", at: start) }
    let quantifier = word.lowercased()
    // A selection may have the name of an operator, but hardly where a further name follows.
    if quantifier == "or" || quantifier == "and", index < bytes.count, Self.isNameByte(bytes[index]), !isBeforeOperator
    {
      throw expected("a selection", at: start)
    }
    guard takeOperator("of") else {
      if word.utf8.contains(UInt8(ascii: "*")) {
        throw fault("\(Quoted(word)) needs '1 of' or 'all of' before it", at: start)
      }
      return .name(word, offset: start)
    }
    guard quantifier == "1" || quantifier == "any" || quantifier == "all" else {
      throw fault("\(Quoted(word + " of")): only '1 of', 'any of' and 'all of' exist", at: start)
    }
    if quantifier != word { unusualOperator = unusualOperator ?? word }
    let targetStart = index
    let target = takeWord()
    guard !target.isEmpty else { throw expected("'them' or a name pattern", at: targetStart) }
    return .selector(isAll: quantifier == "all", target: target, offset: start)
  }

  // MARK: Bytes

  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] <= UInt8(ascii: " ") { index += 1 }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isWordByte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*")
  }

  private mutating func takeWord() -> String {
    let start = index
    while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    skipBlanks()
    return word
  }

  /// Takes the operator in any case, if it is the whole next word. `not` must have something behind it.
  private mutating func takeOperator(_ name: StaticString) -> Bool {
    let end = index + name.utf8CodeUnitCount
    guard end <= bytes.count, end == bytes.count || !Self.isNameByte(bytes[end]) else { return false }
    let written = bytes[index..<end]
    let isSame = name.withUTF8Buffer { expected in
      zip(written, expected).allSatisfy { $0 | 0x20 == $1 }
    }
    guard isSame else { return false }
    if written.contains(where: { $0 & 0x20 == 0 }) {
      unusualOperator = unusualOperator ?? String(decoding: written, as: UTF8.self)
    }
    index = end
    skipBlanks()
    return true
  }

  private var isBeforeOperator: Bool {
    var ahead = self
    return ahead.takeOperator("and") || ahead.takeOperator("or")
  }

  // MARK: Messages

  private func fault(_ what: String, at offset: Int) -> RuleFault {
    RuleFault(.badCondition, "condition, column \(offset + 1): \(what)")
  }

  private func expected(_ what: String, at offset: Int) -> RuleFault {
    if offset >= bytes.count { return fault("\(what) is missing at the end", at: offset) }
    let rest = String(decoding: bytes[offset...].prefix(20), as: UTF8.self)
    return fault("expected \(what), found \(Quoted(rest))", at: offset)
  }

  private func unexpected() -> RuleFault {
    if index < bytes.count, bytes[index] == UInt8(ascii: ")") { return fault("')' without '('", at: index) }
    return expected("'and' or 'or'", at: index)
  }
}
