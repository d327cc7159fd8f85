// YAML as PyYAML reads it, the reader's limits, and going on after a broken document.

import Testing

@testable import Rules

struct YAMLTests {
  static let scalars: [(String, YAMLValue)] = [
    ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .string("nULL")),
    ("yes", .bool(true)), ("Yes", .bool(true)), ("YES", .bool(true)), ("yES", .string("yES")),
    ("no", .bool(false)), ("on", .bool(true)), ("Off", .bool(false)), ("true", .bool(true)), ("FALSE", .bool(false)),
    ("y", .string("y")), ("n", .string("n")),
    ("0", .number(.int(0))), ("5", .number(.int(5))), ("+5", .number(.int(5))), ("-5", .number(.int(-5))),
    ("1_000", .number(.int(1000))), ("010", .number(.int(8))), ("08", .string("08")), ("0o17", .string("0o17")),
    ("0x10", .number(.int(16))), ("0X10", .string("0X10")), ("-0xff", .number(.int(-255))), ("0b101", .number(.int(5))),
    ("0x_", .string("0x_")), ("0x1g", .string("0x1g")),
    ("9223372036854775807", .number(.int(.max))), ("9223372036854775808", .number(.uint(1 << 63))),
    ("18446744073709551615", .number(.uint(.max))), ("18446744073709551616", .hugeInteger("18446744073709551616")),
    ("12:30", .number(.int(750))), ("1:30:00", .number(.int(5400))), ("09:30", .string("09:30")),
    ("12:60", .string("12:60")), ("-12:30", .number(.int(-750))), ("12:30:", .string("12:30:")),
    ("1:30.5", .number(.double(90.5))), ("0:0.25", .number(.double(0.25))),
    ("1.5", .number(.double(1.5))), ("2.0", .number(.int(2))), ("2.", .number(.int(2))), (".5", .number(.double(0.5))),
    ("-1.5", .number(.double(-1.5))), ("1e5", .string("1e5")), ("1.0e5", .string("1.0e5")),
    ("1.5e+3", .number(.int(1500))), ("1.5e-3", .number(.double(0.0015))), ("1_0.5", .number(.double(10.5))),
    (".", .string(".")), ("-.5", .string("-.5")), ("1.2.3", .string("1.2.3")), ("1.2.3.4", .string("1.2.3.4")),
    (".inf", .notFinite(".inf")), ("-.INF", .notFinite("-.INF")), (".nan", .notFinite(".nan")),
    ("-.nan", .string("-.nan")),
    ("2024-01-02", .date("2024-01-02")), ("2024-1-2", .string("2024-1-2")),
    ("2024-01-02T03:04:05Z", .date("2024-01-02T03:04:05Z")),
    ("2024-1-2 3:04:05.6 +01:00", .date("2024-1-2 3:04:05.6 +01:00")),
    ("2024-01-02T03:04", .string("2024-01-02T03:04")), ("2024/01/02", .string("2024/01/02")),
    ("=", .string("=")), ("<<", .string("<<")), ("-", .string("-")), ("+", .string("+")), ("abc", .string("abc")),
  ]

  @Test(arguments: scalars) func plainScalarHasTheTypeOfYAML11(text: String, expected: YAMLValue) {
    #expect(YAMLScalar(text, isPlain: true).value == expected)
  }

  @Test(arguments: ["5", "yes", "null", "", "2024-01-02", "0x10"]) func quotedScalarIsText(text: String) {
    #expect(YAMLScalar(text, isPlain: false).value == .string(text))
    #expect(YAMLScalar(text, isPlain: true, tag: .string).value == .string(text))
  }

  private func stream(_ text: String) -> YAMLStream { YAMLStream(Array(text.utf8)) }

  @Test func nodesKnowTheirPlace() throws {
    let node = try #require(stream("a: 1\nb:\n  - x\n  - 'y'\n").documents.first)
    #expect(node.mapping?.map(\.key) == ["a", "b"])
    #expect(node.mapping?[1].line == 2)
    let items = try #require(node["b"]?.sequence)
    #expect(items.map(\.line) == [3, 4])
    #expect(items.map(\.column) == [5, 5])
    #expect(items[1].scalar == YAMLScalar("y", isPlain: false))
  }

  @Test func tagsSetTheType() throws {
    let node = try #require(stream("a: !!str 5\nb: !!int '5'\nc: ! yes\n").documents.first)
    #expect(node["a"]?.scalar?.value == .string("5"))
    #expect(node["c"]?.scalar?.value == .string("yes"))
    #expect(stream("a: !!python/object:os.system x").failures.map(\.code) == [.unsupportedTag])
    #expect(stream("a: !!binary Zm9v").failures.map(\.code) == [.unsupportedTag])
  }

  @Test func aliasesAndMergeKeysAreCopies() throws {
    let text = "base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nlist: [*b, *b]\nboth:\n  <<: [*b, {y: 9, z: 4}]\n"
    let node = try #require(stream(text).documents.first)
    func keys(_ node: YAMLNode?) -> [String] {
      (node?.mapping ?? []).map { "\($0.key)=\($0.value.scalar?.text ?? "")" }
    }
    #expect(keys(node["use"]) == ["x=1", "y=3"])
    #expect(node["list"]?.sequence?.map { keys($0) } == [["x=1", "y=2"], ["x=1", "y=2"]])
    #expect(keys(node["both"]) == ["x=1", "y=2", "z=4"])
  }

  static let broken: [(String, YAMLFailure.Code, Int)] = [
    ("a: [1, 2", .syntax, 2), ("a: b: c", .syntax, 1), ("a: 1\n\tb: 2", .syntax, 2), ("a: *x", .aliasUnknown, 1),
    ("a: &a [*a]", .aliasRecursion, 1), ("a: 1\nb: 2\na: 3", .duplicateKey, 3), ("? [1]\n: 2", .keyNotText, 1),
    ("a: 1\nb:\n  <<: 5", .badMerge, 3), ("a: \u{1}", .syntax, 1),
  ]

  @Test(arguments: broken) func brokenDocumentIsReportedWithItsLine(text: String, code: YAMLFailure.Code, line: Int) {
    let stream = stream(text)
    #expect(stream.documents.isEmpty)
    #expect(stream.failures.map(\.code) == [code])
    #expect(stream.failures.map(\.line) == [line])
  }

  @Test func aBrokenDocumentDoesNotStopTheNextOnes() {
    let text = "a: 1\n---\nb: [\n---\nc: 'open\n  ---\n---x\n---\nd: 4\n--- {e: 5}\n---\n"
    let stream = stream(text)
    #expect(stream.documents.map { $0.mapping?[0].key } == ["a", "d", "e"])
    #expect(stream.failures.count == 2)
    #expect(stream.documents.map(\.line) == [1, 9, 10])
  }

  @Test func emptyDocumentsAreSkippedAndDashesInsideTextSplitNothing() {
    #expect(stream("---\n---\na: |\n  x\n  ---\n  y\n---\n").documents.count == 1)
    #expect(stream("\u{FEFF}a: 1\n").documents.count == 1)
  }
}
