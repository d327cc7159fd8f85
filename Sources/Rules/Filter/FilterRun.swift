// Puts neighbouring comparisons of one field into one list when a filter is printed.

/// Members `start..<end` of an `and` or `or`, as one list if there are several.
struct FilterRun {
  var start: Int
  /// Nil for a single member.
  var list: String?

  /// Which list a member may be part of.
  private struct Key: Equatable {
    var field: String
    /// `in`, `=`, `contains`, `startswith` or `endswith`.
    var relation: String
  }

  static func runs(of members: [Predicate], areAll: Bool) -> [FilterRun] {
    var runs: [FilterRun] = []
    var start = 0
    while start < members.count {
      let key = key(of: members[start], areAll: areAll)
      var end = start + 1
      while key != nil, end < members.count, self.key(of: members[end], areAll: areAll) == key { end += 1 }
      var list: String?
      if let key, end - start > 1 {
        let values = members[start..<end].map(value).joined(separator: ", ")
        list = "\(FilterWord.name(key.field)) \(key.relation) \(areAll ? "all" : "")(\(values))"
      }
      runs.append(FilterRun(start: start, list: list))
      start = end
    }
    return runs
  }

  private static func key(of member: Predicate, areAll: Bool) -> Key? {
    guard case .field(let field, let test) = member else { return nil }
    switch test {
    case .text(let pattern) where !pattern.isCased:
      let relation = FilterForm(pattern).relation
      return Key(field: field, relation: relation == "=" && !areAll ? "in" : relation)
    case .number, .bool, .null, .network: return areAll ? nil : Key(field: field, relation: "in")
    default: return nil
    }
  }

  private static func value(_ member: Predicate) -> String {
    guard case .field(_, let test) = member else { return "" }
    switch test {
    case .text(let pattern): return FilterWord.value(FilterForm(pattern).inner)
    case .number(let number): return number.description
    case .bool(let value): return value ? "true" : "false"
    case .network(let range): return range.description
    default: return "null"
    }
  }
}

/// Words and quoted texts of a printed filter.
enum FilterWord {
  static func name(_ name: String) -> String { isPlain(name, extra: "") ? name : quoted(name) }

  static func keyword(_ pattern: TextPattern) -> String {
    let text = pattern.sigmaText
    return isPlain(text, extra: "") ? text : quoted(text)
  }

  /// Bare only if it would not be read as a number, a boolean, null or an address.
  static func value(_ pattern: TextPattern) -> String {
    let text = pattern.sigmaText
    guard isPlain(text, extra: "*?"), text != "*", FilterParser.typed(text) == .text(text),
      !FilterParser.looksLikeNetwork(text)
    else { return quoted(text) }
    return text
  }

  static func quoted(_ text: String) -> String {
    let quote: Character = text.utf8.contains(UInt8(ascii: "'")) && !text.utf8.contains(UInt8(ascii: "\"")) ? "\"" : "'"
    let quoteByte = quote == "'" ? UInt8(ascii: "'") : UInt8(ascii: "\"")
    var bytes: [UInt8] = [quoteByte]
    for byte in FilterEscape.escaped(text).utf8 {
      bytes.append(byte)
      if byte == quoteByte { bytes.append(byte) }
    }
    bytes.append(quoteByte)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isPlain(_ text: String, extra: String) -> Bool {
    guard let first = text.utf8.first,
      first.isWordByte || first == UInt8(ascii: "/") || first == UInt8(ascii: ".") || extra.utf8.contains(first)
    else { return false }
    let allowed = text.utf8.allSatisfy { $0.isWordByte || "._-:/@".utf8.contains($0) || extra.utf8.contains($0) }
    return allowed && !Filter.reservedWords.contains(text.lowercased())
  }
}
