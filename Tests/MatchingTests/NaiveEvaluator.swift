// The contract once more, in the plainest way: a walk over the tree that Foundation makes of a record. It shares no
// code with the matcher, the parser of events or the text comparisons.

import Foundation
import Rules

struct NaiveEvaluator {
  let record: Any

  init(_ json: String) throws {
    record = try OrderedJSON.parse(json)
  }

  func holds(_ predicate: Predicate) -> Bool {
    switch predicate {
    case .and(let members): return members.allSatisfy(holds)
    case .or(let members): return members.contains(where: holds)
    case .not(let inner): return !holds(inner)
    case .keyword(let test): return leaves(record, opensText: true).contains { passes($0, test) }
    case .field(let name, let test): return holds(values(of: name), test)
    }
  }

  private func holds(_ values: [Any], _ test: ValueTest) -> Bool {
    switch test {
    case .null: return values.isEmpty || values.contains { $0 is NSNull }
    case .exists: return !values.isEmpty
    case .reference(let reference):
      let others = self.values(of: reference.field).compactMap(scalarText)
      return values.compactMap(scalarText).contains { text in others.contains { stands(reference, text, $0) } }
    default: return values.contains { texts(of: $0).contains { passes($0, test) } }
    }
  }

  private func stands(_ reference: FieldReference, _ text: String, _ other: String) -> Bool {
    let a = Array((reference.isCased ? text : fold(text)).unicodeScalars)
    let b = Array((reference.isCased ? other : fold(other)).unicodeScalars)
    switch reference.relation {
    case .equals: return a == b
    case .startsWith: return a.starts(with: b)
    case .endsWith: return a.reversed().starts(with: b.reversed())
    case .contains: return b.isEmpty || (0...max(0, a.count - b.count)).contains { a.dropFirst($0).starts(with: b) }
    }
  }

  // MARK: Values

  private func values(of name: String) -> [Any] {
    let exact = lookUp(record, name) { $0 == $1 }
    return exact.isEmpty ? lookUp(record, name) { $0.lowercased() == $1.lowercased() } : exact
  }

  private func lookUp(_ value: Any, _ path: String, _ equal: (String, String) -> Bool) -> [Any] {
    if let list = value as? [Any] { return list.flatMap { lookUp($0, path, equal) } }
    if let text = value as? String, let inner = opened(text) { return lookUp(inner, path, equal) }
    guard let object = value as? OrderedObject else { return [] }
    let literal = object.pairs.filter { equal($0.key, path) }.flatMap { members($0.value) }
    if !literal.isEmpty { return literal }
    for dot in path.indices where path[dot] == "." {
      let tail = String(path[path.index(after: dot)...])
      let found = object.pairs.filter { equal($0.key, String(path[..<dot])) }.flatMap { lookUp($0.value, tail, equal) }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The members of an array at any depth; an empty array is itself.
  private func members(_ value: Any) -> [Any] {
    guard let list = value as? [Any], !list.isEmpty else { return [value] }
    return list.flatMap(members)
  }

  private func opened(_ text: String) -> Any? {
    guard text.hasPrefix("{") || text.hasPrefix("[") else { return nil }
    return try? OrderedJSON.parse(text)
  }

  /// What a value is compared as: a scalar as its text; an object as its leaves and as its compact JSON.
  private func texts(of value: Any) -> [String] {
    if let text = scalarText(value) { return [text] }
    if value is NSNull { return [] }
    guard let text = try? OrderedJSON.compact(value) else { return [] }
    return leaves(value, opensText: true) + [text]
  }

  private func leaves(_ value: Any, opensText: Bool) -> [String] {
    if let list = value as? [Any] { return list.flatMap { leaves($0, opensText: true) } }
    if let object = value as? OrderedObject { return object.pairs.flatMap { leaves($0.value, opensText: true) } }
    guard let text = scalarText(value) else { return [] }
    if value is String, let inner = opened(text) { return [text] + leaves(inner, opensText: true) }
    return [text]
  }

  private func scalarText(_ value: Any) -> String? {
    if let text = value as? String { return text }
    guard let number = value as? NSNumber else { return nil }
    if String(cString: number.objCType) == "c" { return number.boolValue ? "true" : "false" }
    return number.stringValue
  }

  // MARK: Tests

  private func passes(_ text: String, _ test: ValueTest) -> Bool {
    switch test {
    case .text(let pattern):
      let subject = Array((pattern.isCased ? text : fold(text)).unicodeScalars)
      return globs(subject[...], pattern.parts[...], isCased: pattern.isCased)
    case .bool(let value): return fold(text) == (value ? "true" : "false")
    case .number(let number): return decimal(text) == decimal(number.description)
    case .compare(let comparison, let number):
      guard let a = decimal(text), let b = decimal(number.description) else { return false }
      return holds(comparison, a, b)
    case .regex(let regex): return searches(text, regex)
    case .network(let range): return isInside(text, range.description)
    case .networks(let table): return IPAddress(text.utf8).map(table.contains) ?? false
    case .time(let part, let comparison, let value):
      guard let found = timePart(text, part) else { return false }
      return holds(comparison, found, value)
    case .null, .exists, .reference: return false
    }
  }

  private func holds<V: Comparable>(_ comparison: Rules.Comparison, _ a: V, _ b: V) -> Bool {
    switch comparison {
    case .equal: a == b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }

  private func fold(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let upper = scalar.properties.uppercaseMapping.unicodeScalars
      let base = upper.count == 1 ? upper.first! : scalar
      let lower = base.properties.lowercaseMapping.unicodeScalars
      result.append(lower.count == 1 ? lower.first! : base)
    }
    return String(result)
  }

  private func globs(
    _ text: ArraySlice<Unicode.Scalar>, _ parts: ArraySlice<TextPattern.Part>, isCased: Bool
  ) -> Bool {
    guard let part = parts.first else { return text.isEmpty }
    let rest = parts.dropFirst()
    switch part {
    case .any: return (text.startIndex...text.endIndex).contains { globs(text[$0...], rest, isCased: isCased) }
    case .one: return !text.isEmpty && globs(text.dropFirst(), rest, isCased: isCased)
    case .literal(let bytes):
      let written = String(decoding: bytes, as: UTF8.self)
      let literal = Array((isCased ? written : fold(written)).unicodeScalars)
      return text.starts(with: literal) && globs(text.dropFirst(literal.count), rest, isCased: isCased)
    }
  }

  private func decimal(_ text: String) -> Decimal? {
    guard text.range(of: #"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z"#, options: .regularExpression) != nil
    else { return nil }
    return Decimal(string: text)
  }

  private func searches(_ text: String, _ regex: RegexPattern) -> Bool {
    var options: NSRegularExpression.Options = []
    if regex.flags.contains(.ignoreCase) { options.insert(.caseInsensitive) }
    if regex.flags.contains(.multiline) { options.insert(.anchorsMatchLines) }
    if regex.flags.contains(.dotMatchesLineBreaks) { options.insert(.dotMatchesLineSeparators) }
    guard let compiled = try? NSRegularExpression(pattern: regex.pattern, options: options) else { return false }
    return compiled.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  private func isInside(_ text: String, _ range: String) -> Bool {
    let parts = range.split(separator: "/").map(String.init)
    guard let address = bits(text), let network = bits(parts[0]), address.count == network.count else { return false }
    return address.prefix(Int(parts[1])!) == network.prefix(Int(parts[1])!)
  }

  private func bits(_ text: String) -> [Bool]? {
    var four = in_addr()
    var six = in6_addr()
    var bytes: [UInt8]
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: &four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      bytes = withUnsafeBytes(of: &six) { Array($0) }
      if bytes.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) { bytes.removeFirst(12) }
    } else {
      return nil
    }
    return bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 == 1 } }
  }

  private func timePart(_ text: String, _ part: TimePart) -> Int? {
    let form = #"^(\d{4})-(\d\d)-(\d\d)(T(\d\d):(\d\d):\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?\z"#
    guard text.range(of: form, options: .regularExpression) != nil else { return nil }
    let text = text.count == 10 ? text + "T00:00:00" : text
    func number(_ from: Int, _ count: Int) -> Int { Int(text.dropFirst(from).prefix(count))! }
    switch part {
    case .year: return number(0, 4)
    case .month: return number(5, 2)
    case .day: return number(8, 2)
    case .hour: return number(11, 2)
    case .minute: return number(14, 2)
    case .week:
      var calendar = Calendar(identifier: .iso8601)
      calendar.timeZone = TimeZone(identifier: "UTC")!
      let date = calendar.date(
        from: DateComponents(year: number(0, 4), month: number(5, 2), day: number(8, 2), hour: 12))!
      return calendar.component(.weekOfYear, from: date)
    }
  }
}
