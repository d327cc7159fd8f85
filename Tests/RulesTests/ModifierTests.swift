// What each modifier makes of its value, beyond the recorded cases of the reference parser.

import Testing

@testable import Rules

struct ModifierTests {
  static let cases: [(String, String)] = [
    // UTF-16 in all names, beyond ASCII too.
    ("f|utf16le|base64: ab", "f='YQBiAA=='"), ("f|wide|base64: 'é'", "f='6QA='"),
    ("f|utf16|base64: 'é'", "f='//7pAA=='"), ("f|utf16be|base64: 'é'", "f='AOk='"),
    ("f|wide|base64: '😀'", "f='PdgA3g=='"),
    // Encodings keep to their order and their case flag.
    ("f|cased|base64: foo", "f|cased='Zm9v'"),
    ("f|base64offset|contains: 'ab'", "or(f='*YW*', f='*Fi*', f='*hY*')"),
    // Wildcards.
    ("f: 'a**b'", "f='a*b'"), ("f|startswith: ''", "f='*'"), ("f|endswith: 'x\\'", "f='*x\\\\'"),
    ("f|contains: '\\*'", "f='*\\**'"),
    // Regular expressions.
    ("f|re|ignorecase|dotall: a", "f ~is 'a'"), ("f|re|contains: '^a'", "f ~ '^a.*'"),
    ("f|re|contains: 'a$'", "f ~ '.*a$'"), ("f|re|contains: 'a\\$'", "f ~ '.*a\\$.*'"),
    ("f|re|contains: '[|]'", "f ~ '.*[|].*'"), ("f|re|endswith: '(a|b)'", "f ~ '.*(a|b)'"),
    ("f|re: 010", "f ~ '010'"),
    ("f|re|all: [a, b]", "and(f ~ 'a', f ~ 'b')"), ("f|all|re: [a, b]", "and(f ~ 'a', f ~ 'b')"),
    // Numbers.
    ("f: 18446744073709551615", "f=18446744073709551615"),
    ("f: 123456789012345678901234", "f='123456789012345678901234'"),
    ("f|gt: 1.5", "f > 1.5"), ("f|gte: -3", "f >= -3"), ("f|lt|neq: 5", "not(f < 5)"),
    // Networks.
    ("f|cidr: '2001:db8::/32'", "f in 2001:db8::/32"), ("f|cidr: 0.0.0.0/0", "f in 0.0.0.0/0"),
    ("f|cidr: '::ffff:10.0.0.0/104'", "f in 10.0.0.0/8"),
    ("f|cidr|all: [10.0.0.0/8, 10.1.0.0/16]", "and(f in 10.0.0.0/8, f in 10.1.0.0/16)"),
    // Times.
    ("f|hour|gte: 22", "f.hour >= 22"), ("f|week: [1, 53]", "or(f.week = 1, f.week = 53)"),
    // Existence.
    ("f|exists: false", "not(f exists)"),
    ("f|exists: [yes, no]", "or(f exists, not(f exists))"),
    // Field references.
    ("f|fieldref|endswith: g", "f endsWith field 'g'"), ("f|cased|fieldref: g", "f cased equals field 'g'"),
    ("f|fieldref: [g, h]", "or(f equals field 'g', f equals field 'h')"),
    ("f|fieldref: 'a\\*b'", "f equals field 'a*b'"),
    // Keywords.
    ("'|startswith': a", "keyword 'a*'"), ("'|endswith|cased': a", "keyword |cased'*a'"),
    ("'|cidr': 10.0.0.0/8", "keyword in 10.0.0.0/8"),
    ("'': a", "keyword '*a*'"), ("'|contains': 5", "keyword '*5*'"), ("'|base64': foo", "keyword '*Zm9v*'"),
    // Negation.
    ("f|neq|all: [a, b]", "not(and(f='a', f='b'))"), ("'|neq': a", "not(keyword '*a*')"),
  ]

  @Test(arguments: cases) func modifierBecomesTests(item: String, expected: String) {
    #expect(outcome(selection: "sel:\n  " + item) == expected)
  }

  static let refused: [(String, String)] = [
    ("f|startwith: a", "unknown modifier 'startwith' (did you mean 'startswith'?)"),
    ("f|Contains: a", "unknown modifier 'Contains' (did you mean 'contains'?)"),
    ("f|: a", "unknown modifier '' (a '|' is followed by nothing)"),
    ("f|equalsfield: a", "unknown modifier 'equalsfield' (use fieldref)"),
    (
      "f|contains: true",
      "'contains' takes a string (quote it), a regular expression or a field reference, not a boolean"
    ),
    ("f|cased: 5", "'cased' takes a string, not a number"),
    ("f|wide: 'é'", "UTF-16 text can only be searched encoded; add base64 or base64offset"),
    ("f|utf16: a", "UTF-16 text can only be searched encoded; add base64 or base64offset"),
    ("f|base64offset: a", "the value is too short for 'base64offset': nothing of it is certain"),
    ("f|cidr: 10.0.0.1/8", "'10.0.0.1/8' has host bits set (did you mean '10.0.0.0/8'?)"),
    ("f|cidr: 10.0.0.0/33", "'10.0.0.0/33' has an impossible prefix length"),
    ("f|cidr: example.org", "'example.org' is no IP address or CIDR range"),
    ("f|contains|cidr: 10.0.0.0/8", "'cidr' must come first, before 'contains'"),
    ("f|exists|contains: true", "'exists' stands alone; remove 'contains'"),
    ("f|neq|exists: true", "'exists' stands alone; remove 'neq'"),
    ("f|exists|all: true", "'exists' stands alone; remove 'all'"),
    ("f|hour: 1.5", "'hour' takes a whole number, not 1.5"),
    ("f|hour: '5'", "'hour' takes a whole number, not a string"),
    ("f|cidr: 10.0.*", "'cidr' takes an address range, not a pattern with wildcards"),
    (
      "f|contains|fieldref: g",
      "'fieldref' stands before 'contains', 'startswith' and 'endswith': they say how the fields compare"
    ),
    ("f|gte|hour: 5", "'hour' takes a whole number, not a comparison"),
    ("f|fieldref: ''", "'fieldref' takes the name of one field, without wildcards"),
    ("f|re: true", "'re' takes a string, not a boolean"),
    ("f|re: 'a\\1'", "a back reference at byte 2 of the regular expression needs backtracking, which is not supported"),
    ("f|re: 'a(?<!b)'", "look-around at byte 2 of the regular expression needs backtracking, which is not supported"),
    (
      "f|re: 'a++'",
      "possessive repetition at byte 3 of the regular expression needs backtracking, which is not supported"
    ),
    ("f|re: '[a'", "the regular expression is invalid: missing ']' at byte 1"),
    ("f|re: 'a)'", "the regular expression is invalid: unexpected ')' at byte 2"),
    ("f: .inf", "'.inf' is no number that an event can hold; quote it"),
    ("f: [[a]]", "'f' is compared with a list; only plain values can be"),
    ("'|gt': 5", "'gt' needs a field"),
    ("'|fieldref': a", "'fieldref' needs a field"),
    ("x[any]: a", "'x[any]': matching within one array element is not supported"),
  ]

  @Test(arguments: refused) func misuseIsRefusedWithAReason(item: String, message: String) {
    #expect(outcome(selection: "sel:\n  " + item) == "ERROR " + message)
  }

  @Test(arguments: [
    "(?i)a+?b*?", "[]a]", "[^]]", "[[:alpha:]()]", "\\Q(\\E", "a{2,3}?", "(?:a|b)", "(?P<n>a)", "\\(", "\\d\\k",
  ])
  func linearRegexPasses(pattern: String) throws {
    if pattern.hasSuffix("\\k") {
      #expect(throws: RuleFault.self) { try RegexSyntax.check(RegexPattern(pattern)) }
    } else {
      try RegexSyntax.check(RegexPattern(pattern))
    }
  }

  // MARK: Placeholders

  static let placeholders = ["admins": ["root", "adm*"], "net": ["10.0.0.0/8"], "one": ["x.y"], "none": []]

  static let expanded: [(String, String)] = [
    ("f|expand: '%admins%'", "or(f='root', f='adm*')"),
    ("f|contains|expand: 'a%one%b'", "f='*ax.yb*'"), ("f|expand|contains: '%admins%'", "or(f='*root*', f='*adm*')"),
    ("f|all|expand: ['%admins%', z]", "and(or(f='root', f='adm*'), f='z')"),
    ("f|expand: '%admins%%one%'", "or(f='rootx.y', f='adm*x.y')"), ("f|expand: '100%'", "f='100%'"),
    ("f|expand: '5% of %one%'", "f='5% of x.y'"), ("f: '%admins%'", "f='%admins%'"),
    ("f|re|expand: '^%one%$'", "f ~ '^x.y$'"), ("f|expand|base64: '%one%'", "f='eC55'"),
    ("f|cased|expand: '%one%'", "f|cased='x.y'"), ("f|expand|cidr: 10.0.0.0/8", "f in 10.0.0.0/8"),
    // Wherever it stands, it comes first.
    ("f|base64|expand: '%one%'", "f='eC55'"), ("f|contains|expand: '%admins%'", "or(f='*root*', f='*adm*')"),
    ("f|cidr|expand: '%net%'", "f in 10.0.0.0/8"), ("f|expand|cidr: '%net%'", "f in 10.0.0.0/8"),
    ("f|expand|re: '^%one%$'", "f ~ '^x.y$'"), ("f|re|i|expand: '^%one%$'", "f ~i '^x.y$'"),
    ("f|fieldref|expand: '%one%'", "f equals field 'x.y'"), ("f|cased|contains|expand: '%one%'", "f|cased='*x.y*'"),
    (
      "f|expand: '%admin%'",
      "ERROR placeholder %admin% has no values; define it in the configuration (did you mean 'admins'?)"
    ),
    ("f|expand: '%none%'", "ERROR the list of values for placeholder %none% is empty"),
    ("f|expand: 5", "ERROR 'expand' takes a string or a regular expression, not a number"),
  ]

  @Test(arguments: expanded) func placeholderIsReplacedByEachValue(item: String, expected: String) {
    #expect(outcome(selection: "sel:\n  " + item, placeholders: Self.placeholders) == expected)
  }
}
