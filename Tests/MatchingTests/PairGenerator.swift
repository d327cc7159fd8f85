// Random conditions and events that come close to fulfilling them.

import Rules

struct PairGenerator {
  var random: SeededGenerator

  private static let fields = [
    "a", "b", "A.b", "user.name", "user.tags", "deep.er.most", "flat.key", "n", "when", "ip",
  ]
  private static let words = [
    "ConsoleLogin", "consolelogin", "DeleteTrail", "Straße", "STRASSE", "ΣΊΓΜΑ", "σίγμα", "ς", "Кали", "КАЛИ", "K", "k",
    "a", "", "x*y", "a\\b", "10", "10.0", "1e1", "2.5", "-3", "9007199254740993", "true", "False", "null",
    "line\nbreak",
    "ALongerValueWithParts", "longer", "part", "é", "É", "日本語",
  ]
  private static let times = [
    "2026-01-05T10:15:00Z", "2024-12-30T23:59:59.5+08:00", "2021-01-03T00:00:00-05:30", "2026-01-05", "soon",
  ]
  private static let addresses = ["10.1.2.3", "192.168.0.1", "::ffff:10.9.9.9", "2001:db8::1", "10.1.2", "fe80::1"]
  private static let ranges = ["10.0.0.0/8", "10.1.2.3", "2001:db8::/32", "0.0.0.0/0", "192.168.0.0/31", "::/0"]
    .compactMap { try? AddressRange($0) }
  private static let regexes = [
    "^Con", "o.e", "(?i)login$", "\\d+", "[äöüß]", "^true$", "a|b", "line.break", "^break$", "x{2,3}",
  ]

  // MARK: Conditions

  mutating func predicate(depth: Int = 3) -> Predicate {
    if depth == 0 || random.chance(40) { return leaf() }
    let count = Int.random(in: 2...4, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1: return .all((0..<count).map { _ in predicate(depth: depth - 1) })
    case 2, 3: return .any((0..<count).map { _ in predicate(depth: depth - 1) })
    default: return .not(predicate(depth: depth - 1))
    }
  }

  private mutating func leaf() -> Predicate {
    let field = random.pick(PairGenerator.fields)
    if random.chance(6) { return list(field) }
    switch Int.random(in: 0..<16, using: &random) {
    case 0...6: return .field(field, .text(pattern()))
    case 7: return .field(field, .number(number()))
    case 8: return .field(field, .bool(random.chance(50)))
    case 9: return .field(field, random.chance(50) ? .null : .exists)
    case 10: return .field(field, .regex(regex()))
    case 11: return .field("ip", .network(random.pick(PairGenerator.ranges)))
    case 12: return .field(field, .compare(random.pick(Comparison.allCases), number()))
    case 13:
      let part = random.pick(TimePart.allCases)
      return .field(
        "when",
        .time(
          part, random.pick(Comparison.allCases), Int.random(in: part == .year ? 2020...2027 : 0...60, using: &random)))
    case 14:
      let reference = FieldReference(
        random.pick(PairGenerator.fields), relation: random.pick(FieldReference.Relation.allCases),
        isCased: random.chance(30))
      return .field(field, .reference(reference))
    default: return .keyword(random.chance(70) ? .text(contained()) : .regex(regex()))
    }
  }

  /// Enough alternatives of one field, or keywords, to be looked for together.
  private mutating func list(_ field: String) -> Predicate {
    let isKeyword = random.chance(25)
    let members = (0..<Int.random(in: 9...40, using: &random)).map { _ -> Predicate in
      if isKeyword { return .keyword(.text(contained())) }
      return .field(field, .text(random.chance(70) ? longPattern() : pattern()))
    }
    return random.chance(80) ? .any(members) : .not(.any(members))
  }

  /// Hardly ever fulfilled by chance, so that a list of them says something.
  private mutating func longPattern() -> TextPattern {
    let literal = TextPattern.Part.literal(
      Array((random.pick(PairGenerator.words) + random.pick(["zz", "x", "ß"])).utf8))
    let second = TextPattern.Part.literal(Array(random.pick(PairGenerator.words).utf8))
    let parts: [TextPattern.Part] = random.pick([
      [.any, literal, .any], [literal, .any], [.any, literal], [.any, literal, .one, .any], [literal, .any, second],
      [.one, .any, literal, .any],
    ])
    return TextPattern(parts, isCased: random.chance(20))
  }

  private mutating func number() -> Number {
    random.pick([.int(10), .int(-3), .int(9_007_199_254_740_993), .int(9_007_199_254_740_992), .double(2.5), .int(0)])
  }

  private mutating func regex() -> RegexPattern {
    var flags: RegexPattern.Flags = []
    if random.chance(30) { flags.insert(.ignoreCase) }
    if random.chance(30) { flags.insert(.multiline) }
    if random.chance(30) { flags.insert(.dotMatchesLineBreaks) }
    return RegexPattern(random.pick(PairGenerator.regexes), flags: flags)
  }

  private mutating func contained() -> TextPattern {
    TextPattern([.any] + TextPattern(literal: random.pick(PairGenerator.words)).parts + [.any])
  }

  mutating func pattern() -> TextPattern {
    let word = Array(random.pick(PairGenerator.words).unicodeScalars)
    var parts: [TextPattern.Part] = []
    if random.chance(50) {
      return TextPattern(literal: String(String.UnicodeScalarView(word)), isCased: random.chance(20))
    }
    var at = 0
    while at <= word.count {
      if random.chance(35) { parts.append(.any) }
      guard at < word.count else { break }
      let length = Int.random(in: 1...max(1, word.count - at), using: &random)
      if random.chance(25) {
        parts.append(.one)
        at += 1
      } else {
        parts.append(.literal(Array(String(String.UnicodeScalarView(word[at..<at + length])).utf8)))
        at += random.chance(20) ? length + 1 : length
      }
    }
    return TextPattern(parts, isCased: random.chance(20))
  }

  // MARK: Events

  /// An event that has a chance to fulfil the predicate.
  mutating func event(for predicate: Predicate) -> JSONValue {
    var pairs: [(String, JSONValue)] = []
    var wanted: [(String, ValueTest)] = []
    predicate.forEachTest { field, test in if let field { wanted.append((field, test)) } }
    for (field, test) in wanted where random.chance(85) { put(value(for: test), at: field, in: &pairs) }
    for field in PairGenerator.fields where random.chance(25) { put(scalar(), at: field, in: &pairs) }
    pairs.append(("noise", .object([("k", scalar()), ("list", .array([scalar(), scalar()]))])))
    return .object(pairs)
  }

  /// The same event with some of its values dropped, nulled, retyped, put into arrays or turned into JSON text.
  mutating func mutated(_ event: JSONValue) -> JSONValue {
    guard case .object(let pairs) = event else { return event }
    var seen: Set<String> = []
    let changed = pairs.compactMap { key, value in random.chance(50) ? (key, value) : mutatedPair(key, value) }
    // Of a key that stands twice, readers disagree which one counts.
    return .object(changed.filter { seen.insert($0.0).inserted })
  }

  private mutating func mutatedPair(_ key: String, _ value: JSONValue) -> (String, JSONValue)? {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return nil
    case 1: return (key, .null)
    case 2: return (key, retyped(value))
    case 3: return (key, .array([scalar(), value, .null]))
    case 4: return (key, .array([.array([value]), .array([])]))
    case 5: return (key.uppercased(), value)
    case 6: return (key, .object([("inner", value), ("other", scalar())]))
    case 7:
      if case .object = value { return (key, .string(value.text)) }
      return (key, value)
    default:
      if case .object = value { return (key, mutated(value)) }
      return (key, scalar())
    }
  }

  private func retyped(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string("10"), .string("-3"), .string("2.5"): .number(value.text.filter { $0 != "\"" })
    case .string("true"): .bool(true)
    case .number(let text): .string(text)
    case .bool(let flag): .string(flag ? "TRUE" : "false")
    case .object: .array([value])
    default: .array([])
    }
  }

  /// Puts a value under a path: nested, or now and then under the literal key.
  private mutating func put(_ value: JSONValue, at path: String, in pairs: inout [(String, JSONValue)]) {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count > 1, !random.chance(15) else {
      if !pairs.contains(where: { $0.0 == path }) { pairs.append((path, value)) }
      return
    }
    let head = parts[0]
    let rest = parts.dropFirst().joined(separator: ".")
    if let place = pairs.firstIndex(where: { $0.0 == head }) {
      guard case .object(var inner) = pairs[place].1 else { return }
      put(value, at: rest, in: &inner)
      pairs[place].1 = .object(inner)
    } else {
      var inner: [(String, JSONValue)] = []
      put(value, at: rest, in: &inner)
      pairs.append((head, .object(inner)))
    }
  }

  private mutating func value(for test: ValueTest) -> JSONValue {
    switch test {
    case .text(let pattern):
      var text = ""
      for part in pattern.parts {
        switch part {
        case .literal(let bytes): text += String(decoding: bytes, as: UTF8.self)
        case .one: text += random.pick(["x", "é", "日"])
        case .any: text += random.pick(["", "zz", "\n"])
        }
      }
      if random.chance(25) { text = text.uppercased() }
      return .string(text)
    case .number(let number), .compare(_, let number):
      return random.chance(50) ? .number(number.description) : .string(number.description)
    case .bool(let value): return random.chance(50) ? .bool(value) : .string(value ? "True" : "FALSE")
    case .network, .networks: return .string(random.pick(PairGenerator.addresses))
    case .time: return .string(random.pick(PairGenerator.times))
    case .null: return .null
    case .exists, .regex, .reference: return scalar()
    }
  }

  private mutating func scalar() -> JSONValue {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: .null
    case 1: .bool(random.chance(50))
    case 2: .number(random.pick(["10", "-3", "2.5", "0", "9007199254740993"]))
    case 3: .array([])
    case 4: .string(random.pick(PairGenerator.times + PairGenerator.addresses))
    default: .string(random.pick(PairGenerator.words))
    }
  }
}
