// The right side of a comparison: operator and values, and how both become a detection item.

/// A value and where it stands.
struct FilterValue {
  var written: WrittenValue
  var token: FilterToken
  /// Set for an unquoted address or range, which `in` compares as such.
  var network: Bool = false
}

enum FilterRelation {
  /// `=`, `<`, `~`, `contains`: modifiers to add, those of `~` in front of the written ones.
  case modified([Modifier], inFront: Bool, isNegated: Bool)
  case member
  case null(isNegated: Bool)
}

extension FilterParser {
  /// `not` between a field and a word operator: `src_ip not in (...)`.
  mutating func takeNegation() -> Bool {
    let operators: Set<String> = ["in", "contains", "startswith", "endswith"]
    guard current.grammarWord == "not", let next = peek.grammarWord, operators.contains(next) else { return false }
    advance()
    return true
  }

  mutating func takeRelation() -> FilterRelation? {
    let relation: FilterRelation
    switch current.kind {
    case .equal: relation = .modified([], inFront: false, isNegated: false)
    case .notEqual: relation = .modified([], inFront: false, isNegated: true)
    case .less: relation = .modified([.lt], inFront: false, isNegated: false)
    case .lessOrEqual: relation = .modified([.lte], inFront: false, isNegated: false)
    case .greater: relation = .modified([.gt], inFront: false, isNegated: false)
    case .greaterOrEqual: relation = .modified([.gte], inFront: false, isNegated: false)
    case .matches: relation = .modified([.re], inFront: true, isNegated: false)
    case .notMatches: relation = .modified([.re], inFront: true, isNegated: true)
    case .word: return takeWordRelation()
    default: return nil
    }
    advance()
    return relation
  }

  private mutating func takeWordRelation() -> FilterRelation? {
    let relation: FilterRelation
    switch current.grammarWord {
    case "in": relation = .member
    case "contains": relation = .modified([.contains], inFront: false, isNegated: false)
    case "startswith": relation = .modified([.startswith], inFront: false, isNegated: false)
    case "endswith": relation = .modified([.endswith], inFront: false, isNegated: false)
    case "is":
      let isNegated = peek.grammarWord == "not"
      guard peek(isNegated ? 2 : 1).grammarWord == "null" else { return nil }
      if isNegated { advance() }
      advance()
      relation = .null(isNegated: isNegated)
    default: return nil
    }
    advance()
    return relation
  }

  mutating func related(_ subject: FilterSubject, _ relation: FilterRelation) throws(FilterError) -> Predicate {
    switch relation {
    case .null(let isNegated):
      let value = FilterValue(written: .null, token: subject.token)
      let predicate = try predicate(subject, [value])
      return isNegated ? .not(predicate) : predicate
    case .member: return try member(subject)
    case .modified(let added, let inFront, let isNegated):
      var full = subject
      full.modifiers = inFront ? added + subject.modifiers : subject.modifiers + added
      if let quantifier = takeQuantifier() { full.modifiers += quantifier }
      let predicate = try predicate(full, try values())
      return isNegated ? .not(predicate) : predicate
    }
  }

  /// `all` or `any` directly before a bracket; gives the modifier that it stands for.
  mutating func takeQuantifier() -> [Modifier]? {
    guard let word = current.grammarWord, word == "all" || word == "any", peek.kind == .open else { return nil }
    advance()
    return word == "all" ? [.all] : []
  }

  private mutating func member(_ subject: FilterSubject) throws(FilterError) -> Predicate {
    var isAll = takeQuantifier() == [.all]
    do throws(RuleFault) {
      try ModifierSteps(subject.modifiers, placeholders).checkPlaces(isKeyword: subject.field == nil)
    } catch {
      throw fault(error.message, at: subject.token)
    }
    // What joins the values concerns all of them; each is read by itself, since only some may be networks.
    isAll = isAll || subject.modifiers.contains(.all)
    var one = subject
    one.modifiers.removeAll(where: \.isOfItem)
    let isPlain = one.modifiers.isEmpty && subject.field != nil
    var members: [Predicate] = []
    for value in try values() {
      if isPlain { one.modifiers = value.network ? [.cidr] : [] }
      members.append(try predicate(one, [value]))
    }
    let joined = isAll ? Predicate.all(members) : Predicate.any(members)
    return subject.modifiers.contains(.neq) ? .not(joined) : joined
  }

  func valuesExpected() -> FilterError {
    fault("expected a value, found \(current.description)", at: current)
  }

  /// One value, or a list in brackets.
  mutating func values() throws(FilterError) -> [FilterValue] {
    current.kind == .open ? try listedValues() : [try value()]
  }

  mutating func listedValues() throws(FilterError) -> [FilterValue] {
    let open = current
    advance()
    var list = [try value()]
    while current.kind == .comma {
      advance()
      list.append(try value())
    }
    guard current.kind == .close else {
      if current.kind == .end { throw fault("'(' is not closed", at: open) }
      throw fault("expected ',' or ')' in the list, found \(current.description)", at: current)
    }
    advance()
    return list
  }

  private mutating func value() throws(FilterError) -> FilterValue {
    let token = current
    let written: WrittenValue
    var isNetwork = false
    switch token.kind {
    case .quoted(let text): written = .text(text)
    case .word(let text):
      written = Self.typed(text)
      isNetwork = Self.looksLikeNetwork(text)
    default: throw valuesExpected()
    }
    advance()
    return FilterValue(written: written, token: token, network: isNetwork)
  }

  /// What an unquoted word means. Numbers only in the form they would print, so that `007` and `1.10` stay text.
  static func typed(_ word: String) -> WrittenValue {
    switch word {
    case "null": return .null
    case "true": return .bool(true, source: word)
    case "false": return .bool(false, source: word)
    default: break
    }
    if let number = Number(canonical: word) { return .number(number, source: word) }
    return .text(word)
  }

  /// An address, or an address with a prefix length that may still be wrong.
  static func looksLikeNetwork(_ word: String) -> Bool {
    let parts = word.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, IPAddress(first) != nil else { return false }
    return parts.count == 1 || (!parts[1].isEmpty && parts[1].allSatisfy(\.isASCIIDigit))
  }

  mutating func predicate(_ subject: FilterSubject, _ values: [FilterValue]) throws(FilterError) -> Predicate {
    let item = DetectionItem(field: subject.field, modifiers: subject.modifiers, values: values.map(\.written))
    var remarks: [ItemRemark] = []
    let predicate: Predicate
    do throws(RuleFault) {
      predicate = try item.predicate(placeholders: placeholders, remarks: &remarks)
    } catch {
      let message = error.message + Self.advice(subject)
      throw fault(message, at: values.count == 1 ? values[0].token : subject.token)
    }
    try spend(predicate.nodeCount, at: subject.token)
    return predicate
  }

  /// Sigma compares numbers alone, and whoever asks for times in this way means a span.
  private static func advice(_ subject: FilterSubject) -> String {
    guard subject.field == "time", subject.modifiers.last?.comparison != nil else { return "" }
    return subject.modifiers.count == 1 ? "; for a span of time use --since and --until" : ""
  }
}
