// The filter language: what it reads, how it explains faults, and that printing is exact.

import TestSupport
import Testing

@testable import Rules

struct FilterTests {
  static let accepted: [(String, String)] = [
    // The examples of the command line's contract.
    (
      "action = ConsoleLogin and outcome != success and not src_ip in 10.0.0.0/8",
      "and(action='ConsoleLogin', not(outcome='success'), not(src_ip in 10.0.0.0/8))"
    ),
    ("userIdentity.type = Root", "userIdentity.type='Root'"), ("error_code = Access*", "error_code='Access*'"),
    ("user_agent ~ \"kali|parrot\"", "user_agent ~ 'kali|parrot'"), ("resources contains prod", "resources='*prod*'"),
    ("exists error_code", "error_code exists"), ("mfa in (no, unknown)", "or(mfa='no', mfa='unknown')"),
    ("kali", "keyword '*kali*'"), ("*", "and()"), ("f is null", "f is null"), ("f is not null", "not(f is null)"),
    // Structure.
    ("a and b or c", "or(and(keyword '*a*', keyword '*b*'), keyword '*c*')"),
    ("a AND NOT (b OR c)", "and(keyword '*a*', not(or(keyword '*b*', keyword '*c*')))"),
    ("not not a", "not(not(keyword '*a*'))"),
    ("((a))", "keyword '*a*'"), ("* and a", "keyword '*a*'"), ("a\nand\tb", "and(keyword '*a*', keyword '*b*')"),
    // Values and types.
    ("f = 5", "f=5"), ("f = '5'", "f='5'"), ("f = -1.5", "f=-1.5"), ("f = 007", "f='007'"), ("f = 1.10", "f='1.10'"),
    ("f = true", "f=true"), ("f = True", "f='True'"), ("f = null", "f is null"), ("f == x", "f='x'"), ("f=x", "f='x'"),
    ("f='it''s'", "f='it\\u{27}s'"), ("f = \"a'b\"", "f='a\\u{27}b'"), ("f = a\\*b", "f='a\\*b'"), ("f = ''", "f=''"),
    ("f = arn:aws:iam::1:user/x", "f='arn:aws:iam::1:user/x'"), ("f = 10.0.0.0/8", "f='10.0.0.0/8'"),
    ("f = *", "f='*'"),
    ("f = and", "f='and'"), ("5 = x", "5='x'"),
    // Operators.
    ("f < 5 and f <= 5 and f > 5 and f >= 5", "and(f < 5, f <= 5, f > 5, f >= 5)"), ("f !~ x", "not(f ~ 'x')"),
    ("f startswith a", "f='a*'"), ("f endswith (a, b)", "or(f='*a', f='*b')"),
    ("f contains all(a, b)", "and(f='*a*', f='*b*')"),
    ("f contains any(a, b)", "or(f='*a*', f='*b*')"), ("f = all(a, b)", "and(f='a', f='b')"),
    ("f = (a, 5, null)", "or(f='a', f=5, f is null)"),
    ("f != (a, b)", "not(or(f='a', f='b'))"), ("f not in (a, b)", "not(or(f='a', f='b'))"),
    ("f not contains a", "not(f='*a*')"),
    ("f in (10.0.0.0/8, ::1, 'x*', y)", "or(f in 10.0.0.0/8, f in ::1/128, f='x*', f='y')"),
    ("f in '10.0.0.0/8'", "f='10.0.0.0/8'"),
    ("f in 10.1.2.3", "f in 10.1.2.3/32"),
    // Modifiers.
    ("f|cased = aB", "f|cased='aB'"), ("f|cased contains aB", "f|cased='*aB*'"),
    ("f|contains|all = (a, b)", "and(f='*a*', f='*b*')"),
    ("f|re|i = a", "f ~i 'a'"), ("f|i ~ a", "f ~i 'a'"), ("f|hour >= 22", "f.hour >= 22"),
    ("f|hour = (1, 2)", "or(f.hour = 1, f.hour = 2)"),
    ("f|fieldref = g", "f equals field 'g'"),
    ("f|base64offset contains foobar", "or(f='*Zm9vYmFy*', f='*Zvb2Jhc*', f='*mb29iYX*')"),
    ("f|cidr = (10.0.0.0/8)", "f in 10.0.0.0/8"), ("f|exists = false", "not(f exists)"), ("f|neq = a", "not(f='a')"),
    // Keywords.
    ("'two words'", "keyword '*two words*'"), ("|cased = aB", "keyword |cased'*aB*'"), ("|re = a.b", "keyword ~ 'a.b'"),
    ("all(a, b)", "and(keyword '*a*', keyword '*b*')"), ("any (a, b)", "or(keyword '*a*', keyword '*b*')"),
    ("5", "keyword '*5*'"),
    ("'and'", "keyword '*and*'"), ("'*'", "keyword '*'"),
    // Names that need care.
    ("'my field' = x", "'my field'='x'"), ("'my field'|cased = x", "'my field'|cased='x'"),
    ("exists 'a b'", "'a b' exists"),
    ("f in all (a, b)", "and(f='a', f='b')"), ("f in any (a, 10.0.0.0/8)", "or(f='a', f in 10.0.0.0/8)"),
    ("f == x", "f='x'"), (".region = x", ".region='x'"), ("'!a'", "keyword '*!a*'"),
    // What joins the values stands before 'in' as well.
    ("f|all in (a, b)", "and(f='a', f='b')"), ("f|contains|all in (a, b)", "and(f='*a*', f='*b*')"),
    ("f|re|all in (a, b)", "and(f ~ 'a', f ~ 'b')"), ("|all in (a, b)", "and(keyword '*a*', keyword '*b*')"),
    ("f|neq in (a, b)", "not(or(f='a', f='b'))"), ("f|all|neq in (a, b)", "not(and(f='a', f='b'))"),
    ("f|neq not in (a, b)", "not(not(or(f='a', f='b')))"), ("f|neq in all(a, b)", "not(and(f='a', f='b'))"),
    ("f|neq in (10.0.0.0/8, a)", "not(or(f in 10.0.0.0/8, f='a'))"),
    ("f|cased in (a, b)", "or(f|cased='a', f|cased='b')"),
    ("f|contains in (a, b)", "or(f='*a*', f='*b*')"), ("f|re|i in (a, b)", "or(f ~i 'a', f ~i 'b')"),
    ("f|cidr in ('10.0.0.0/8')", "f in 10.0.0.0/8"), ("f|hour in (1, 2)", "or(f.hour = 1, f.hour = 2)"),
    ("f|gt in (1, 2)", "or(f > 1, f > 2)"), ("f|fieldref in (g, h)", "or(f equals field 'g', f equals field 'h')"),
    // A character by its number.
    (#"f = 'a\u{9}b'"#, "f='a\\u{9}b'"), ("f = 'a\\\\u{9}b'", #"f='a\\u{9}b'"#),
    ("exists = x", "exists='x'"), ("not = x", "not='x'"), ("'f|x' = y", "'f|x'='y'"),
  ]

  @Test(arguments: accepted) func filterBecomesAPredicate(text: String, expected: String) throws {
    let predicate = try Filter.parse(text)
    #expect(predicate.description == expected)
    #expect(try Filter.parse(Filter.text(of: predicate)) == predicate)
  }

  static let refused: [(String, Int, String)] = [
    ("", 1, "the filter is empty; '*' matches every event"),
    ("a b", 3, "expected 'and' or 'or' before 'b'; quote text that has blanks"),
    ("a and", 6, "expected a field or a search word, found the end of the filter"), ("(a", 1, "'(' is not closed"),
    ("a)", 2, "')' without '('"),
    ("f =", 4, "expected a value, found the end of the filter"), ("f = )", 5, "expected a value, found ')'"),
    ("f in (a b)", 9, "expected ',' or ')' in the list, found 'b'"),
    ("f in (a", 6, "'(' is not closed"), ("f = 'x", 5, "the quote is not closed"),
    ("f < x", 5, "'lt' takes a number without quotes, not a string"),
    (
      "time >= 2026-01-06", 9,
      "'gte' takes a number without quotes, not a string; for a span of time use --since and --until"
    ),
    ("f|cassed = x", 3, "unknown modifier 'cassed' (did you mean 'cased'?)"),
    ("f|cased", 8, "expected '=' and a value after the modifiers"),
    ("f in 10.0.0.1/8", 6, "'10.0.0.1/8' has host bits set (did you mean '10.0.0.0/8'?)"),
    ("f ~ '('", 5, "the regular expression is invalid: missing ')' for the group at byte 1"),
    ("exists", 7, "'exists' is followed by the name of a field"),
    ("and a", 1, "something is missing before 'and'; quote it to search for the word"),
    ("f is x", 3, "expected 'and' or 'or' before 'is'; quote text that has blanks"),
    ("= x", 1, "expected a field or a search word, found an operator"),
    ("f = x = y", 7, "expected 'and', 'or' or the end, found an operator"),
    ("f[any] = 1", 1, "'f[any]': matching within one array element is not supported"),
    ("|gt = 5", 7, "'gt' needs a field"),
    ("a and !action", 7, "'!' is followed by '=' or '~'; to negate write 'not', to search for it use quotes"),
    ("f|exists|neq = true", 16, "'exists' stands alone; remove 'neq'"),
    ("f|exists|all in (true)", 1, "'exists' stands alone; remove 'all'"),
    ("f = '\\u{110000}'", 6, "no character has this number"),
    ("f and x|contains|foo = x", 18, "unknown modifier 'foo'"), ("'a b'|foo = x", 7, "unknown modifier 'foo'"),
    ("exists v|cased", 9, "'exists' takes no modifier; quote the field if its name has a '|'"),
    ("f|ge = 5", 3, "unknown modifier 'ge' (use gte)"), ("all()", 5, "expected a value, found ')'"),
  ]

  @Test(arguments: refused) func faultIsExplainedWithItsColumn(text: String, column: Int, message: String) {
    #expect {
      _ = try Filter.parse(text)
    } throws: { error in
      let fault = error as? FilterError
      #expect(fault?.message == message)
      #expect(fault?.column == column)
      return true
    }
  }

  @Test func errorShowsTheLineWithAMark() {
    func shown(_ text: String) -> String {
      do throws(FilterError) { return try Filter.parse(text).description } catch { return error.description }
    }
    #expect(
      shown("action = ConsoleLogin and =") == """
        filter, line 1, column 27: expected a field or a search word, found an operator
          action = ConsoleLogin and =
                                    ^
        """)
    #expect(
      shown("é = 'ü' and\n\tb c") == """
        filter, line 2, column 4: expected 'and' or 'or' before 'c'; quote text that has blanks
           b c
             ^
        """)
    #expect(shown("名前 = é\u{301} x").hasSuffix("\n  名前 = é\u{301} x\n           ^"))
    let long = String(repeating: "x", count: 100) + " = \u{1B}[31m ( " + String(repeating: "y", count: 100)
    let lines = shown(long).split(separator: "\n")
    #expect(lines.count == 3 && lines[1].count < 90)
    #expect(!shown(long).unicodeScalars.contains("\u{1B}"))
  }

  // MARK: Printing

  static let printed: [(String, String)] = [
    ("f = 'a*'", "f startswith a"), ("f = 'a b'", "f = 'a b'"), ("f = a or f = b or g = c", "f in (a, b) or g = c"),
    ("f contains a or f contains '5'", "f contains (a, '5')"),
    ("f contains a and f contains b", "f contains all(a, b)"),
    ("not (f = a and g = b)", "not (f = a and g = b)"), ("not (f = a or f = b)", "not f in (a, b)"),
    ("(a or b) and c", "(a or b) and c"), ("f in (1.2.3.4, '1.2.3.4')", "f in (1.2.3.4/32, '1.2.3.4')"),
    ("f is not null", "f is not null"), ("'.region' = x", ".region = x"), ("f = 'null'", "f = 'null'"),
    ("'exists' = \"it's\"", "'exists' = \"it's\""),
    ("f = 'a''b\"c'", "f = 'a''b\"c'"), ("f|re|i|s = x", "f|re|i|s = 'x'"), ("*", "*"), ("not *", "not *"),
  ]

  @Test(arguments: printed) func filterIsPrintedPlainly(text: String, expected: String) throws {
    #expect(Filter.text(of: try Filter.parse(text)) == expected)
  }

  @Test func everyPredicateReadsBackEqual() throws {
    var generator = PredicateGenerator(seed: 20_240_229)
    for _ in 0..<3_000 {
      let predicate = generator.predicate(depth: 4)
      let text = Filter.text(of: predicate)
      #expect(try Filter.parse(text) == predicate, "\(text)")
    }
  }

  @Test(.enabled(if: Shared.isPresent)) func everyRecordedSelectionReadsBackEqual() throws {
    var count = 0
    for one in ReferenceTests.cases() {
      for rule in load(one.text, placeholders: ["x": ["x"], "y": ["y"]]).rules {
        let predicate = rule.predicate
        #expect(try Filter.parse(Filter.text(of: predicate)) == predicate, "\(one.title)")
        count += 1
      }
    }
    #expect(count > 100)
  }
}

/// Makes predicates of every kind, with texts that are hard to quote.
struct PredicateGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  private static let pieces = [
    "a", "B", "5", "-1.5", "null", "true", "and", "exists", "in", "all", " ", "'", "\"", "''", "\\", "*", "?", "%", "(",
    ")", ",",
    "=", "!=", "<", "~", "|", "é", "😀", "\n", "\t", "\u{1}", "10.0.0.1", "::1", "10.0.0.0/8", "x.y", "@", "/", ":",
    "is", "or",
    "not", "contains",
  ]

  private mutating func text(_ range: ClosedRange<Int>) -> String {
    (0..<(range.lowerBound + next(range.count))).map { _ in Self.pieces[next(Self.pieces.count)] }.joined()
  }

  private mutating func pattern() -> TextPattern {
    var pattern = TextPattern([], isCased: next(4) == 0)
    for _ in 0..<next(5) {
      switch next(4) {
      case 0: pattern.append(.any)
      case 1: pattern.append(.one)
      default: pattern.append(.literal(Array(text(1...3).utf8)))
      }
    }
    return pattern
  }

  private mutating func regex() -> RegexPattern {
    let patterns = ["a", "it's \"x\"", "(?:a|b)*", "\\d+\\s", "[']", "^a$", "a b"]
    return RegexPattern(patterns[next(patterns.count)], flags: RegexPattern.Flags(rawValue: UInt8(next(8))))
  }

  private mutating func network() -> AddressRange {
    let address = next(2) == 0 ? IPAddress(v4: UInt32(next(1 << 30))) : IPAddress(v6: UInt128(next(1 << 30)) << 90)
    return AddressRange(masking: address, to: next(address.isV6 ? 129 : 33))
  }

  private mutating func number() -> Number {
    switch next(4) {
    case 0: .int(Int64(next(1000)) - 500)
    case 1: .uint(UInt64(Int64.max) + 1 + UInt64(next(1000)))
    case 2: Number(Double(next(1_000_000)) / 1024)
    default: Number(Double(next(1000)) * 1e30)
    }
  }

  private mutating func test() -> ValueTest {
    switch next(11) {
    case 0: .number(number())
    case 1: .bool(next(2) == 0)
    case 2: .null
    case 3: .exists
    case 4: .regex(regex())
    case 5: .network(network())
    case 6: .compare([.less, .lessOrEqual, .greater, .greaterOrEqual][next(4)], number())
    case 7: .time(TimePart.allCases[next(6)], Comparison.allCases[next(5)], next(60))
    case 8:
      .reference(
        FieldReference(text(1...3), relation: FieldReference.Relation.allCases[next(4)], isCased: next(2) == 0))
    default: .text(pattern())
    }
  }

  private mutating func keyword() -> Predicate {
    switch next(4) {
    case 0: return .keyword(.regex(regex()))
    case 1: return .keyword(.network(network()))
    default:
      let inner = pattern()
      let open = next(3)
      let parts = (open == 2 ? [] : [TextPattern.Part.any]) + inner.parts + (open == 1 ? [] : [.any])
      return .keyword(.text(TextPattern(parts, isCased: inner.isCased)))
    }
  }

  mutating func predicate(depth: Int) -> Predicate {
    switch depth == 0 ? 3 + next(4) : next(7) {
    case 0: .all((0..<(2 + next(3))).map { _ in predicate(depth: depth - 1) })
    case 1: .any((0..<(2 + next(3))).map { _ in predicate(depth: depth - 1) })
    case 2: .not(predicate(depth: depth - 1))
    case 3: keyword()
    default: .field(next(2) == 0 ? "f" : text(1...2), test())
    }
  }
}
