import Rules

/// A condition as sentences, and as an indented tree.
enum RuleWords {
  // A list of ten thousand indicators explains nothing.
  private static let valuesShownMax = 12

  /// Sentences, indented by what they belong to.
  static func lines(of predicate: Predicate) -> [String] { words(predicate, isNegated: false) }

  private static func words(_ predicate: Predicate, isNegated: Bool) -> [String] {
    switch predicate {
    case .and(let members) where members.isEmpty: return [isNegated ? "never" : "it is any event"]
    case .and(let members): return group(isNegated ? "not all of" : "all of", members)
    case .or(let members):
      if let sentence = oneField(members) { return isNegated ? ["not: " + sentence] : [sentence] }
      return group(isNegated ? "none of" : "any of", members)
    case .not(let inner): return words(inner, isNegated: !isNegated)
    case .field(let name, let test): return [(isNegated ? "not: " : "") + "\(name) \(test.words)"]
    case .keyword(let test): return [(isNegated ? "not: " : "") + "any value \(test.words)"]
    }
  }

  private static func group(_ title: String, _ members: [Predicate]) -> [String] {
    let shown = members.prefix(valuesShownMax)
    var lines = ["\(title):"]
    for member in shown {
      let inner = words(member, isNegated: false)
      lines += inner.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }
    if members.count > shown.count { lines.append("- ... and \(members.count - shown.count) more") }
    return lines
  }

  /// Exact values of one field in one sentence.
  private static func oneField(_ members: [Predicate]) -> String? {
    var field: String?
    var values: [String] = []
    for member in members {
      guard case .field(let name, .text(let pattern)) = member, pattern.literal != nil, !pattern.isCased,
        field == nil || field == name
      else { return nil }
      field = name
      values.append("'\(pattern.sigmaText)'")
    }
    guard let field else { return nil }
    let more = values.count > valuesShownMax ? ", ... (\(values.count) values)" : ""
    return "\(field) is one of \(values.prefix(valuesShownMax).joined(separator: ", "))\(more)"
  }

  /// One line for each node.
  static func tree(of predicate: Predicate) -> [String] {
    switch predicate {
    case .and(let members): ["and"] + branches(members)
    case .or(let members): ["or"] + branches(members)
    case .not(let inner): ["not"] + branches([inner])
    case .field, .keyword: [predicate.description]
    }
  }

  private static func branches(_ members: [Predicate]) -> [String] {
    let shown = members.prefix(valuesShownMax)
    var lines = shown.flatMap { tree(of: $0).map { "  " + $0 } }
    if members.count > shown.count { lines.append("  ... and \(members.count - shown.count) more") }
    return lines
  }
}

extension ValueTest {
  fileprivate var words: String {
    switch self {
    case .text(let pattern): pattern.words
    case .number(let number): "is \(number)"
    case .bool(let value): "is \(value)"
    case .null: "is missing or null"
    case .exists: "is there"
    case .regex(let regex): "matches the regular expression \(regex.pattern)\(regex.flagWords)"
    case .network(let range): "is an address in \(range)"
    case .networks(let table): "is an address in a network of the list '\(table.name)'"
    case .compare(let comparison, let number): "\(comparison.symbol) \(number)"
    case .time(let part, let comparison, let value):
      "has \(part == .hour ? "an" : "a") \(part.rawValue) \(comparison.symbol) \(value)"
    case .reference(let reference):
      "\(reference.words) the field \(reference.field)\(reference.isCased ? " (in this letter case)" : "")"
    }
  }
}

extension TextPattern {
  fileprivate var words: String {
    let cased = isCased ? " (in this letter case)" : ""
    func quoted(_ text: [UInt8]) -> String { "'\(String(decoding: text, as: UTF8.self))'\(cased)" }
    switch shape {
    case .exact(let text): return text.isEmpty ? "is empty" : "is \(quoted(text))"
    case .prefix(let text): return "starts with \(quoted(text))"
    case .suffix(let text): return "ends with \(quoted(text))"
    case .contains(let text): return "contains \(quoted(text))"
    case .anything: return "is there and not null"
    case .glob: return "looks like '\(sigmaText)'\(cased)"
    }
  }
}

extension RegexPattern {
  /// What its flags change.
  fileprivate var flagWords: String {
    let words = [
      flags.contains(.ignoreCase) ? "in any letter case" : nil,
      flags.contains(.multiline) ? "with ^ and $ at every line" : nil,
      flags.contains(.dotMatchesLineBreaks) ? "with line breaks as characters" : nil,
    ].compactMap(\.self)
    return words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
  }
}

extension FieldReference {
  fileprivate var words: String {
    switch relation {
    case .equals: "equals"
    case .startsWith: "starts with"
    case .endsWith: "ends with"
    case .contains: "contains"
    }
  }
}
