// Both sides of the comparison with the reference parser in one neutral form. What is evened out: nested `and`/`or` of
// one kind and expansions are flat; adjoining literals of a string are one; a keyword's outer wildcards are implied; a
// keyword number is its text; `exists(False)` is `NOT(exists(True))`.

@testable import Rules

indirect enum ReferenceTree: Equatable, CustomStringConvertible {
  case and([ReferenceTree])
  case or([ReferenceTree])
  case not(ReferenceTree)
  case leaf(String)

  var description: String {
    switch self {
    case .and(let members): "AND(" + members.map(\.description).joined(separator: ", ") + ")"
    case .or(let members): "OR(" + members.map(\.description).joined(separator: ", ") + ")"
    case .not(let inner): "NOT(\(inner))"
    case .leaf(let text): text
    }
  }

  static func joined(_ members: [ReferenceTree], isAnd: Bool) -> ReferenceTree {
    if members.count == 1 { return members[0] }
    var flat: [ReferenceTree] = []
    for member in members {
      switch member {
      case .and(let inner) where isAnd: flat += inner
      case .or(let inner) where !isAnd: flat += inner
      default: flat.append(member)
      }
    }
    return isAnd ? .and(flat) : .or(flat)
  }

  // MARK: From our tree

  init(_ predicate: Predicate) {
    switch predicate {
    case .and(let members): self = .joined(members.map { ReferenceTree($0) }, isAnd: true)
    case .or(let members): self = .joined(members.map { ReferenceTree($0) }, isAnd: false)
    case .not(let inner): self = .not(ReferenceTree(inner))
    case .field(let name, let test): self = .leaf("\(name)=" + Self.text(test))
    case .keyword(.text(let pattern)):
      var parts = pattern.parts
      if parts.first == .any { parts.removeFirst() }
      if parts.last == .any { parts.removeLast() }
      self = .leaf("KW " + Self.text(.text(TextPattern(parts, isCased: pattern.isCased))))
    case .keyword(let test): self = .leaf("KW " + Self.text(test))
    }
  }

  private static func text(_ test: ValueTest) -> String {
    switch test {
    case .text(let pattern):
      let parts = pattern.parts.map { part in
        switch part {
        case .any: "*"
        case .one: "?"
        case .literal(let bytes): "<" + String(decoding: bytes, as: UTF8.self) + ">"
        }
      }
      return (pattern.isCased ? "cased " : "") + parts.joined()
    case .number(let number): return "SigmaNumber(\(number))"
    case .bool(let value): return "SigmaBool(\(value ? "True" : "False"))"
    case .null: return "null"
    case .exists: return "exists(True)"
    case .regex(let regex):
      let flags: [(RegexPattern.Flags, String)] = [
        (.dotMatchesLineBreaks, "DOTALL"), (.ignoreCase, "IGNORECASE"), (.multiline, "MULTILINE"),
      ]
      let names = flags.filter { regex.flags.contains($0.0) }.map { "'\($0.1)'" }
      return "re(\(regex.pattern),[\(names.joined(separator: ", "))])"
    case .network(let range): return "cidr(\(range))"
    case .networks(let table): return "cidr(%\(table.name)%)"
    case .compare(let comparison, let number): return "\(comparison.name.uppercased()) \(number)"
    case .time(let part, .equal, let value): return "\(part.rawValue.uppercased())=\(value)"
    case .time(_, let comparison, let value): return "\(comparison.name.uppercased()) \(value)"
    case .reference(let reference):
      let atStart = reference.relation == .startsWith || reference.relation == .contains
      let atEnd = reference.relation == .endsWith || reference.relation == .contains
      return "ref(\(reference.field),sw=\(atStart ? "True" : "False"),ew=\(atEnd ? "True" : "False"))"
    }
  }

  // MARK: From the recorded text

  init(recorded text: String) {
    let parts = text.components(separatedBy: " || ")
    if parts.count > 1 {
      self = .joined(parts.map { ReferenceTree(recorded: $0) }, isAnd: false)
    } else if let inner = text.inside("AND(", ")") {
      self = .joined(Self.split(inner).map { ReferenceTree(recorded: $0) }, isAnd: true)
    } else if let inner = text.inside("OR(", ")") {
      self = .joined(Self.split(inner).map { ReferenceTree(recorded: $0) }, isAnd: false)
    } else if let inner = text.inside("NOT(", ")") {
      self = .not(ReferenceTree(recorded: inner))
    } else if text.hasPrefix("KW ") {
      self = .leaf("KW " + Self.keyword(String(text.dropFirst(3))))
    } else {
      let name = text.prefix { $0 != "=" }
      self = Self.leaf(String(name), String(text.dropFirst(name.count + 1)))
    }
  }

  private static func leaf(_ name: String, _ value: String) -> ReferenceTree {
    if let inner = value.inside("EXP[", "]") {
      return .joined(split(inner).map { leaf(name, $0) }, isAnd: false)
    }
    if value == "exists(False)" { return .not(.leaf("\(name)=exists(True)")) }
    return .leaf("\(name)=" + pattern(value))
  }

  private static func keyword(_ value: String) -> String {
    if let number = value.inside("SigmaNumber(", ")") { return "<\(number)>" }
    var text = pattern(value)
    guard value.contains("String[") else { return text }
    if text.hasPrefix("*") { text.removeFirst() }
    if text.hasSuffix("*") { text.removeLast() }
    return text
  }

  /// `String['a', 'WILDCARD_MULTI']` as `<a>*`; everything else as it is.
  private static func pattern(_ value: String) -> String {
    let isCased = value.hasPrefix("Cased")
    guard let inner = value.inside(isCased ? "CasedString[" : "String[", "]") else { return value }
    var result = ""
    for piece in split(inner) {
      switch piece {
      case "'WILDCARD_MULTI'": result += "*"
      case "'WILDCARD_SINGLE'": result += "?"
      default:
        let literal = piece.dropFirst().dropLast().replacing("\\\\", with: "\\")
        if result.hasSuffix(">") { result.removeLast() } else { result += "<" }
        result += literal + ">"
      }
    }
    return (isCased ? "cased " : "") + result
  }

  /// Splits at the commas outside brackets and quotes.
  private static func split(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    var isQuoted = false
    var previous: Character = " "
    for character in text {
      if character == "'", previous != "\\" || isQuoted { isQuoted.toggle() }
      if !isQuoted {
        if "([".contains(character) { depth += 1 }
        if ")]".contains(character) { depth -= 1 }
      }
      if character == ",", depth == 0, !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
      previous = character
    }
    return parts.map { $0.hasPrefix(" ") ? String($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
  }
}

extension String {
  fileprivate func inside(_ prefix: String, _ suffix: String) -> String? {
    hasPrefix(prefix) && hasSuffix(suffix) ? String(dropFirst(prefix.count).dropLast(suffix.count)) : nil
  }

  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
