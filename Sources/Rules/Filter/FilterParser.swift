// Recursive descent over the tokens of a filter: `or` binds less than `and`, that less than `not`.

struct FilterParser {
  /// Filters come from a command line or a page of rules; a bigger one is an accident.
  private static let bytesMax = 4 << 20
  /// A Sigma condition may nest 64 levels; printing its selections adds a few.
  private static let depthMax = 96

  let bytes: [UInt8]
  let placeholders: Placeholders
  private let tokens: [FilterToken]
  private var index = 0
  private var depth = 0
  private var testsLeft = SigmaLimits.predicateNodesMax

  init(_ text: String, placeholders: Placeholders) throws(FilterError) {
    self.placeholders = placeholders
    bytes = Array(text.utf8)
    guard bytes.count <= Self.bytesMax else {
      throw FilterError("the filter has more than \(Self.bytesMax >> 20) MiB", in: Array(bytes.prefix(80)), at: 0)
    }
    tokens = try FilterLexer.tokens(bytes)
  }

  mutating func whole() throws(FilterError) -> Predicate {
    if current.kind == .end {
      throw fault("the filter is empty; '*' matches every event", at: current)
    }
    let predicate = try alternatives()
    switch current.kind {
    case .end: return predicate
    case .close: throw fault("')' without '('", at: current)
    case .word, .quoted:
      throw fault("expected 'and' or 'or' before \(current.description); quote text that has blanks", at: current)
    default: throw fault("expected 'and', 'or' or the end, found \(current.description)", at: current)
    }
  }

  // MARK: Structure

  private mutating func alternatives() throws(FilterError) -> Predicate {
    var members = [try conjunction()]
    while take("or") { members.append(try conjunction()) }
    return Predicate.any(members)
  }

  private mutating func conjunction() throws(FilterError) -> Predicate {
    var members = [try operand()]
    while take("and") { members.append(try operand()) }
    return Predicate.all(members)
  }

  private mutating func operand() throws(FilterError) -> Predicate {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthMax else { throw fault("nested deeper than \(Self.depthMax) levels", at: current) }
    if startsOperator("not") {
      advance()
      return .not(try operand())
    }
    guard current.kind == .open else { return try comparison() }
    let open = current
    advance()
    let inner = try alternatives()
    guard current.kind == .close else {
      if current.kind == .end { throw fault("'(' is not closed", at: open) }
      throw fault("expected ')', 'and' or 'or', found \(current.description)", at: current)
    }
    advance()
    return inner
  }

  /// True if the word stands for itself here and is not a field of that name, as in `not = 5`.
  private func startsOperator(_ word: String) -> Bool {
    guard current.grammarWord == word else { return false }
    switch peek.kind {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches: return false
    default: return true
    }
  }

  // MARK: Comparisons

  private mutating func comparison() throws(FilterError) -> Predicate {
    let start = current
    if current.kind == .word("*") {
      advance()
      return .everything
    }
    if startsOperator("exists") { return try existence() }
    if let quantifier = takeQuantifier() {
      let values = try listedValues()
      return try predicate(FilterSubject(field: nil, modifiers: quantifier, token: start), values)
    }
    guard let text = current.text else {
      throw fault("expected a field or a search word, found \(current.description)", at: current)
    }
    if startsOperator("and") || startsOperator("or") {
      throw fault("something is missing before \(Quoted(text)); quote it to search for the word", at: current)
    }
    let subject = try subject(text)
    let isNegated = takeNegation()
    guard let relation = takeRelation() else {
      guard subject.modifiers.isEmpty, !subject.isKeyword else {
        throw fault("expected '=' and a value after the modifiers", at: current)
      }
      return try keyword(text, start)
    }
    let predicate = try related(subject, relation)
    return isNegated ? .not(predicate) : predicate
  }

  private mutating func keyword(_ text: String, _ token: FilterToken) throws(FilterError) -> Predicate {
    let value = FilterValue(written: .text(text), token: token)
    return try predicate(FilterSubject(field: nil, modifiers: [], token: token), [value])
  }

  private mutating func existence() throws(FilterError) -> Predicate {
    advance()
    guard let field = current.text else { throw fault("'exists' is followed by the name of a field", at: current) }
    if case .word = current.kind, let bar = field.utf8.firstIndex(of: UInt8(ascii: "|")) {
      let offset = field.utf8.distance(from: field.startIndex, to: bar)
      throw fault("'exists' takes no modifier; quote the field if its name has a '|'", at: current, offset)
    }
    try check(field: field, at: current)
    advance()
    testsLeft -= 1
    return .field(field, .exists)
  }

  /// A field with its modifiers: `name|contains`, `'a name'|cased`, or `|re` for a keyword.
  private mutating func subject(_ text: String) throws(FilterError) -> FilterSubject {
    let token = current
    advance()
    var name = text
    var suffix: Substring?
    if case .quoted = token.kind {
      if case .word(let glued) = current.kind, current.isGlued, glued.hasPrefix("|") {
        suffix = glued.dropFirst()
        advance()
      }
    } else if let bar = text.utf8.firstIndex(of: UInt8(ascii: "|")) {
      name = String(text[..<bar])
      suffix = text[text.utf8.index(after: bar)...]
    }
    var modifiers: [Modifier] = []
    // A quoted name and its modifiers are two tokens.
    let glued = tokens[index - 1]
    for part in suffix?.split(separator: "|", omittingEmptySubsequences: false) ?? [] {
      do throws(RuleFault) {
        modifiers.append(try Modifier.named(String(part)))
      } catch {
        throw fault(error.message, at: glued, part.utf8.distance(from: part.base.startIndex, to: part.startIndex))
      }
    }
    let isKeyword = name.isEmpty && suffix != nil
    if !isKeyword { try check(field: name, at: token) }
    return FilterSubject(field: isKeyword ? nil : name, modifiers: modifiers, token: token, isKeyword: isKeyword)
  }

  private func check(field: String, at token: FilterToken) throws(FilterError) {
    do throws(RuleFault) { try DetectionItem.check(field: field) } catch { throw fault(error.message, at: token) }
  }

  // MARK: Tokens

  var current: FilterToken { tokens[index] }
  var peek: FilterToken { tokens[min(index + 1, tokens.count - 1)] }
  func peek(_ distance: Int) -> FilterToken { tokens[min(index + distance, tokens.count - 1)] }

  /// The last token is the end and is never passed.
  mutating func advance() { index = min(index + 1, tokens.count - 1) }

  mutating func take(_ word: String) -> Bool {
    guard current.grammarWord == word else { return false }
    advance()
    return true
  }

  func fault(_ message: String, at token: FilterToken, _ bytesInside: Int = 0) -> FilterError {
    FilterError(message, in: bytes, at: token.offset + bytesInside)
  }

  mutating func spend(_ tests: Int, at token: FilterToken) throws(FilterError) {
    testsLeft -= tests
    guard testsLeft >= 0 else {
      throw fault("the filter comes to more than \(SigmaLimits.predicateNodesMax) tests", at: token)
    }
  }
}

/// The left side of a comparison.
struct FilterSubject {
  var field: String?
  var modifiers: [Modifier]
  var token: FilterToken
  /// Written as `|modifier`, without a name.
  var isKeyword = false
}
