// Writes a predicate as a filter that reads back as an equal predicate. Neighbouring comparisons of one field are put
// together (`f in (a, b)`, `f contains all(a, b)`), which changes nothing: members of `or` and `and` are flat.

struct FilterPrinter {
  /// How tightly the surroundings bind: what a piece needs brackets for.
  private enum Surroundings { case none, alternative, conjunction, negation }

  private var text = ""

  static func text(of predicate: Predicate) -> String {
    var printer = FilterPrinter()
    printer.write(predicate, within: .none)
    return printer.text
  }

  private mutating func write(_ predicate: Predicate, within outside: Surroundings) {
    switch predicate {
    case .and(let members) where members.isEmpty: text += "*"
    case .and(let members): write(members, joinedBy: " and ", as: .conjunction, within: outside)
    case .or(let members): write(members, joinedBy: " or ", as: .alternative, within: outside)
    case .not(.field(let name, .null)): text += FilterWord.name(name) + " is not null"
    case .not(let inner):
      text += "not "
      write(inner, within: .negation)
    case .field(let name, let test): text += Self.field(FilterWord.name(name), test)
    case .keyword(let test): text += Self.keyword(test)
    }
  }

  private mutating func write(
    _ members: [Predicate], joinedBy joint: String, as kind: Surroundings, within outside: Surroundings
  ) {
    let runs = FilterRun.runs(of: members, areAll: kind == .conjunction)
    let needsBrackets = runs.count > 1 && (outside == .negation || (outside == .conjunction && kind == .alternative))
    if needsBrackets { text += "(" }
    for (index, run) in runs.enumerated() {
      if index > 0 { text += joint }
      if let list = run.list { text += list } else { write(members[run.start], within: kind) }
    }
    if needsBrackets { text += ")" }
  }

  // MARK: Tests

  private static func field(_ name: String, _ test: ValueTest) -> String {
    switch test {
    case .text(let pattern):
      let cased = pattern.isCased ? "|cased" : ""
      let form = FilterForm(pattern)
      return "\(name)\(cased) \(form.relation) \(FilterWord.value(form.inner))"
    case .number(let number): return "\(name) = \(number)"
    case .bool(let value): return "\(name) = \(value)"
    case .null: return "\(name) is null"
    case .exists: return "exists \(name)"
    case .regex(let regex): return "\(name)\(regexRelation(regex)) \(FilterWord.quoted(regex.pattern))"
    case .network(let range): return "\(name) in \(range)"
    case .networks(let table): return "\(name)|cidr|expand = %\(table.name)%"
    case .compare(.equal, let number): return "\(name) = \(number)"
    case .compare(let comparison, let number): return "\(name) \(comparison.symbol) \(number)"
    case .time(let part, let comparison, let value): return "\(name)|\(part.rawValue) \(comparison.symbol) \(value)"
    case .reference(let reference): return "\(name)\(relation(reference)) \(referencedName(reference))"
    }
  }

  private static func regexRelation(_ regex: RegexPattern) -> String {
    regex.flags.isEmpty ? " ~" : "|re\(regex.flags.letters.map { "|\($0)" }.joined()) ="
  }

  private static func relation(_ reference: FieldReference) -> String {
    let start = reference.isCased ? "|cased|fieldref" : "|fieldref"
    switch reference.relation {
    case .equals: return start + " ="
    case .startsWith: return start + " startswith"
    case .endsWith: return start + " endswith"
    case .contains: return start + " contains"
    }
  }

  private static func referencedName(_ reference: FieldReference) -> String {
    FilterWord.quoted(TextPattern.escaped(Array(reference.field.utf8)))
  }

  /// A keyword's pattern is open at one end at least: plain words are at both.
  private static func keyword(_ test: ValueTest) -> String {
    switch test {
    case .text(let pattern):
      let cased = pattern.isCased ? "|cased" : ""
      let isOpenAtStart = pattern.parts.first == .any
      let isOpenAtEnd = pattern.parts.last == .any
      if isOpenAtStart, isOpenAtEnd {
        let inner = pattern.parts.count == 1 ? pattern : pattern.without(start: true, end: true)
        return cased.isEmpty ? FilterWord.keyword(inner) : "\(cased) = \(FilterWord.value(inner))"
      }
      let inner = pattern.without(start: isOpenAtStart, end: isOpenAtEnd)
      return "\(cased)|\(isOpenAtStart ? "endswith" : "startswith") = \(FilterWord.value(inner))"
    case .regex(let regex):
      let flags = regex.flags.letters.map { "|\($0)" }.joined()
      return "|re\(flags) = \(FilterWord.quoted(regex.pattern))"
    case .network(let range): return "|cidr = \(range)"
    case .networks(let table): return "|cidr|expand = %\(table.name)%"
    default: preconditionFailure("a keyword is a text, a regular expression or a network")
    }
  }
}

/// How a pattern is written: `contains x` rather than `= '*x*'` where that says the same.
struct FilterForm: Equatable {
  var relation: String
  var inner: TextPattern

  init(_ pattern: TextPattern) {
    switch pattern.shape {
    case .contains: (relation, inner) = ("contains", pattern.without(start: true, end: true))
    case .prefix: (relation, inner) = ("startswith", pattern.without(start: false, end: true))
    case .suffix: (relation, inner) = ("endswith", pattern.without(start: true, end: false))
    case .exact, .anything, .glob: (relation, inner) = ("=", pattern)
    }
  }
}

extension TextPattern {
  /// Without the wildcard at an end.
  func without(start: Bool, end: Bool) -> TextPattern {
    TextPattern(Array(parts.dropFirst(start ? 1 : 0).dropLast(end ? 1 : 0)), isCased: isCased)
  }
}
