// Rules as they are written against single events: what each modifier means in combination, and what each type of
// value is equal to.

import Rules
import Testing

@testable import Matching

struct ModifierCase: Sendable, CustomTestStringConvertible {
  let selection: String
  let event: String
  let isMatch: Bool

  init(_ selection: String, _ event: String, _ isMatch: Bool) {
    self.selection = selection
    self.event = event
    self.isMatch = isMatch
  }

  var testDescription: String { "\(selection) on \(event)" }
}

/// Whether a rule with one selection matches an event; the event's keys are the rule's fields.
func ruleMatches(_ selection: String, _ event: String) throws -> Bool {
  let text = "title: T\nlogsource: {product: aws}\ndetection:\n  sel:\n    \(selection)\n  condition: sel\n"
  let set = RuleSet.parse(Array(text.utf8), file: "t.yml")
  let errors = set.diagnostics.filter { $0.severity == .error }
  guard let rule = set.rules.first else { throw TestFailure(message: errors.map(\.message).joined(separator: "; ")) }
  let program = MatchProgram(predicates: [rule.predicate], names: .raw(product: "aws"))
  return try matches(program, [event]) == [[0]]
}

@Suite struct ObjectTextTests {
  @Test(arguments: [
    (#"{"u":"https:\/\/x\u002fy"}"#, #"{"u":"https://x/y"}"#),
    (#"{"k" : "caf\u00e9 \ud83d\ude00"}"#, #"{"k":"café 😀"}"#),
    (#"{"k":"\u0022\u005c\u000a\u001F\n\""}"#, #"{"k":"\"\\\n\u001f\n\""}"#),
    (#"{"k":"\ud800x"}"#, #"{"k":"\ud800x"}"#),
    (#"["a", {"\u0041":1}]"#, #"["a",{"A":1}]"#), (#"{"k":"\\/\\u0041"}"#, #"{"k":"\\/\\u0041"}"#),
  ]) func objectIsComparedWithTheEscapesThatItNeeds(_ written: String, _ text: String) throws {
    var bytes = Array(written.filter { $0 != " " || written.contains("caf") }.utf8)
    if written.contains("caf") { bytes = Array(written.replacing("\"k\" : ", with: "\"k\":").utf8) }
    PlainEscapes.apply(&bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
    // Nothing but the whole can match: a leaf has no brackets.
    let predicate = Predicate.field("f", .text(TextPattern(literal: text, isCased: true)))
    #expect(
      try matches(MatchProgram(predicates: [predicate]), ["{\"f\":\(written)}"]) == (text.hasPrefix("[") ? [[]] : [[0]])
    )
  }

  @Test(arguments: [
    ("o.a", #"{"o":{"A":"one"},"O":{"a":"two"}}"#, true, true),
    ("o.a", #"{"O":{"a":"two"},"o":{"A":"one"}}"#, true, true),
    ("o.a", #"{"o":{"a":"one"},"O":{"a":"two"}}"#, true, false),
    ("o.A", #"{"o":{"a":"one"},"O":{"A":"two"}}"#, true, true),
  ]) func pathIsExactAsAWholeOrInAnyCase(_ path: String, _ event: String, _ one: Bool, _ two: Bool) throws {
    let predicates = ["one", "two"].map { Predicate.field(path, .text(TextPattern(literal: $0))) }
    #expect(
      try matches(MatchProgram(predicates: predicates), [event]) == [[one ? 0 : nil, two ? 1 : nil].compactMap { $0 }])
  }
}

@Suite struct ModifierTableTests {
  static let table: [ModifierCase] = [
    // Case
    .init("f|cased: Abc", #"{"f":"Abc"}"#, true), .init("f|cased: Abc", #"{"f":"abc"}"#, false),
    .init("f|contains|cased: bC", #"{"f":"abCd"}"#, true), .init("f|contains|cased: bC", #"{"f":"abcd"}"#, false),
    .init("f: STRASSE", #"{"f":"straße"}"#, false), .init("f: ΣΑΣ", #"{"f":"σας"}"#, true),
    .init("f: 'ſet'", #"{"f":"SET"}"#, true), .init("f: kelvin", #"{"f":"\u212Aelvin"}"#, true),
    // neq
    .init("f|neq: a", #"{"f":"b"}"#, true), .init("f|neq: a", #"{"f":"A"}"#, false),
    .init("f|neq: a", #"{"g":1}"#, true), .init("f|neq: [a, b]", #"{"f":"b"}"#, false),
    .init("f|neq: a", #"{"f":["b","a"]}"#, false),
    .init("f|contains|all|neq: [a, b]", #"{"f":"a"}"#, true),
    .init("f|contains|all|neq: [a, b]", #"{"f":"ab"}"#, false),
    // exists, null, empty
    .init("f|exists: true", #"{"f":null}"#, true), .init("f|exists: false", #"{"f":null}"#, false),
    .init("f|exists: false", #"{"g":1}"#, true), .init("f|exists: true", #"{"f":[]}"#, true),
    .init("f: null", #"{"g":1}"#, true), .init("f: null", #"{"f":null}"#, true), .init("f: null", #"{"f":""}"#, false),
    .init("f: null", #"{"f":"null"}"#, false), .init("f: ''", #"{"f":""}"#, true), .init("f: ''", #"{"g":1}"#, false),
    .init("f: ''", #"{"f":null}"#, false), .init("f: '*'", #"{"f":""}"#, true), .init("f: '*'", #"{"f":null}"#, false),
    .init("f: '*'", #"{"f":{"a":1}}"#, true),
    // Types
    .init("f: 50053", #"{"f":"50053"}"#, true), .init("f: '50053'", #"{"f":50053}"#, true),
    .init("f: 5", #"{"f":5.0}"#, true), .init("f: '5'", #"{"f":5.0}"#, false), .init("f: 5", #"{"f":"05"}"#, false),
    .init("f: 9007199254740993", #"{"f":9007199254740992}"#, false),
    .init("f: true", #"{"f":"TRUE"}"#, true), .init("f: 'true'", #"{"f":true}"#, true),
    .init("f: true", #"{"f":1}"#, false),
    // Comparisons
    .init("f|gt: 5", #"{"f":5}"#, false), .init("f|gte: 5", #"{"f":"5.0"}"#, true),
    .init("f|lt: 5", #"{"f":-1e3}"#, true),
    .init("f|lt: 5", #"{"f":"low"}"#, false), .init("f|lte: 5", #"{"g":1}"#, false),
    .init("f|lt: 5", #"{"f":true}"#, false),
    .init("f|gt: 9007199254740992", #"{"f":9007199254740993}"#, true),
    .init("f|gt: 18446744073709551614", #"{"f":18446744073709551615}"#, true),
    .init("f|gt: 5", #"{"f":[1,9]}"#, true), .init("f|gt: 5", #"{"f":1e400}"#, true),
    // Parts of a time, as written
    .init("f|hour: 23", #"{"f":"2024-12-30T23:59:59+08:00"}"#, true),
    .init("f|minute: 59", #"{"f":"2024-12-30T23:59Z"}"#, true),
    .init("f|day: 30", #"{"f":"2024-12-30"}"#, true), .init("f|week: 1", #"{"f":"2024-12-30T23:59:59Z"}"#, true),
    .init("f|week: 53", #"{"f":"2021-01-03T00:00:00Z"}"#, true), .init("f|month|gte: 11", #"{"f":"2024-12-30"}"#, true),
    .init("f|year: 2023", #"{"f":1700000000}"#, true), .init("f|hour|lt: 12", #"{"f":"soon"}"#, false),
    .init("f|hour: 0", #"{"f":"10"}"#, false),
    // Encodings
    .init("f|wide|base64offset|contains: ping", #"{"f":"cABpAG4AZwA="}"#, true),
    .init("f|utf16le|base64: hi", #"{"f":"aABpAA=="}"#, true), .init("f|utf16|base64: hi", #"{"f":"//5oAGkA"}"#, true),
    .init("f|base64offset|contains: foobar", #"{"f":"xxZm9vYmFyxx"}"#, true),
    .init("f|base64: foo", #"{"f":"Zm9v"}"#, true),
    .init("f|windash|contains: ' -e '", #"{"f":"x /e y"}"#, true),
    .init("f|windash|contains: ' -e '", #"{"f":"x –e y"}"#, true),
    // Regular expressions
    .init("f|re: '^a.c$'", #"{"f":"abc"}"#, true), .init("f|re: '^a.c$'", #"{"f":"ABC"}"#, false),
    .init("f|re|i: '^a.c$'", #"{"f":"ABC"}"#, true), .init("f|re: 'a.c'", #"{"f":"a\nc"}"#, false),
    .init("f|re|s: 'a.c'", #"{"f":"a\nc"}"#, true), .init("f|re: '^c'", #"{"f":"a\nc"}"#, false),
    .init("f|re|m: '^c'", #"{"f":"a\nc"}"#, true), .init("f|re|m: 'a$'", #"{"f":"a\nc"}"#, true),
    .init("f|re|i|m|s: '^C.d$'", #"{"f":"a\nc\nd"}"#, true), .init("f|re: '^$'", #"{"f":""}"#, true),
    .init("f|re: '\\d{3}'", #"{"f":12345}"#, true), .init("f|re: 'é.日'", #"{"f":"éx日"}"#, true),
    // Addresses
    .init("f|cidr: 10.0.0.0/8", #"{"f":"10.255.0.1"}"#, true), .init("f|cidr: 10.0.0.0/8", #"{"f":"11.0.0.1"}"#, false),
    .init("f|cidr: 10.0.0.0/8", #"{"f":"::ffff:10.0.0.1"}"#, true),
    .init("f|cidr: 2001:db8::/32", #"{"f":"2001:DB8::9"}"#, true),
    .init("f|cidr: 0.0.0.0/0", #"{"f":"AWS Internal"}"#, false),
    .init("f|cidr: [10.0.0.0/8, 1.2.3.4]", #"{"f":"1.2.3.4"}"#, true),
    // Other fields
    .init("f|fieldref: g", #"{"f":"A","g":"a"}"#, true), .init("f|cased|fieldref: g", #"{"f":"A","g":"a"}"#, false),
    .init("f|fieldref: g", #"{"f":"a"}"#, false), .init("f|fieldref|startswith: g", #"{"f":"abc","g":"AB"}"#, true),
    .init("f|fieldref|endswith: g", #"{"f":"abc","g":"BC"}"#, true),
    .init("f|fieldref|contains: g", #"{"f":"abc","g":"b"}"#, true),
    .init("f|fieldref|neq: g", #"{"f":"a","g":"b"}"#, true),
    .init("f|fieldref: g", #"{"f":["x","a"],"g":["b","A"]}"#, true),
    .init("f|fieldref: g", #"{"f":5,"g":"5"}"#, true), .init("f|fieldref: g", #"{"f":null,"g":null}"#, false),
    // all
    .init("f|contains|all: [a, b]", #"{"f":["xa","xb"]}"#, true), .init("f|all: ['a*', '*b']", #"{"f":"a-b"}"#, true),
    // Wildcards and escapes
    .init("f: 'a?c'", #"{"f":"a日c"}"#, true), .init("f: 'a?c'", #"{"f":"ac"}"#, false),
    .init("f: 'a\\*c'", #"{"f":"a*c"}"#, true),
    .init("f: 'a\\*c'", #"{"f":"abc"}"#, false), .init("f: 'a*b*c'", #"{"f":"a\nb\nc"}"#, true),
    .init("f: 'a\\b'", #"{"f":"a\\b"}"#, true), .init("f: '*aab'", #"{"f":"aaab"}"#, true),
    .init("f: 'a*ab'", #"{"f":"ab"}"#, false),
    // Look-up
    .init("a.b: x", #"{"a.b":"x","a":{"b":"y"}}"#, true), .init("a.b: y", #"{"a.b":"x","a":{"b":"y"}}"#, false),
    .init("a.b: x", #"{"A":{"B":"x"}}"#, true), .init("a.b: x", #"{"a":[{"b":"y"},{"b":["z","x"]}]}"#, true),
    .init("a.b: x", #"{"a":"{\"b\":\"x\"}"}"#, true), .init("a.b.c: x", #"{"a":{"b.c":"x"}}"#, true),
    // Objects as text
    .init("f|contains: '\"k\":1'", #"{"f":{ "k" : 1 }}"#, true), .init("f: x", #"{"f":{"k":["y","x"]}}"#, true),
    .init("f: '[]'", #"{"f":[]}"#, true), .init("f|contains: '\"s3:Get\"'", #"{"f":{"p":"{\"A\":\"s3:Get\"}"}}"#, true),
  ]

  @Test(arguments: table) func selectionMatchesAsWritten(_ example: ModifierCase) throws {
    #expect(try ruleMatches(example.selection, example.event) == example.isMatch)
  }

  @Test(arguments: [
    ("'|contains': ping", #"{"a":{"b":["xPINGx"]}}"#, true), ("'|re': '^ping$'", #"{"a":"ping"}"#, true),
    ("'|re': '^ping$'", #"{"ping":"a"}"#, false), ("'|contains|all': [a1, b2]", #"{"x":"a1","y":["b2"]}"#, true),
    ("'|startswith': ab", #"{"x":"xab"}"#, false), ("'|startswith': ab", #"{"x":"abx"}"#, true),
    ("'|contains': '42'", #"{"x":1423}"#, true), ("'|contains': 'he\"y'", #"{"x":"{\"k\":\"he\\\"y\"}"}"#, true),
  ]) func keywordLooksAtValuesOnly(_ selection: String, _ event: String, _ isMatch: Bool) throws {
    #expect(try ruleMatches(selection, event) == isMatch)
  }
}
