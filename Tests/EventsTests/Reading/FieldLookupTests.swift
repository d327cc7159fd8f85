/// How the values of planned paths are found in a record.

import Testing

@testable import Events

private func s(_ text: String) -> PathText { PathText(kind: .string, text: text) }
private func n(_ text: String) -> PathText { PathText(kind: .number, text: text) }

@Suite struct FieldLookupTests {
  struct Row: Sendable, CustomStringConvertible {
    let what: String
    let json: String
    let path: String
    let values: [PathText]
    var description: String { what }

    init(_ what: String, _ json: String, _ path: String, _ values: [PathText]) {
      self.what = what
      self.json = json
      self.path = path
      self.values = values
    }
  }

  static let rows: [Row] = [
    Row("a key", #"{"a":"x"}"#, "a", [s("x")]),
    Row("nothing", #"{"b":"x"}"#, "a", []),
    Row("a path", #"{"a":{"b":{"c":1}}}"#, "a.b.c", [n("1")]),
    Row("null", #"{"a":null}"#, "a", [PathText(kind: .null, text: "")]),
    Row(
      "true and false", #"{"a":[true,false]}"#, "a",
      [.init(kind: .true, text: "true"), .init(kind: .false, text: "false")]),
    Row("a number as written", #"{"a":-1.50E+3}"#, "a", [n("-1.50E+3")]),
    Row("an object as written", #"{"a":{"b": [1, 2]}}"#, "a", [.init(kind: .object, text: #"{"b": [1, 2]}"#)]),
    Row("an empty array", #"{"a":[]}"#, "a", [.init(kind: .array, text: "[]")]),
    Row(
      "members of arrays of arrays", #"{"a":[1,[2,[3]],[],{"b":4}]}"#, "a",
      [n("1"), n("2"), n("3"), .init(kind: .array, text: "[]"), .init(kind: .object, text: #"{"b":4}"#)]),
    Row("through arrays", #"{"a":[{"b":1},2,[{"b":3}],{"b":[4,5]}]}"#, "a.b", [n("1"), n("3"), n("4"), n("5")]),
    Row("escapes", #"{"a":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00"}"#, "a", [s("\"\\/\u{8}\u{c}\n\r\té😀")]),
    Row("a lone surrogate", #"{"a":"\uD83D-"}"#, "a", [s("\u{FFFD}-")]),
    Row("an escaped key", #"{"\u0061":1}"#, "a", [n("1")]),
    Row("the last of the same key", #"{"a":1,"b":0,"a":2}"#, "a", [n("2")]),
    Row("the last of the same inner key", #"{"a":{"b":1,"b":2}}"#, "a.b", [n("2")]),
    Row("all of the last of the same outer key", #"{"a":{"b":1},"a":{"c":2}}"#, "a.b", []),
    Row("the same key in other objects", #"{"a":[{"b":1},{"b":2}]}"#, "a.b", [n("1"), n("2")]),
    Row("other case", #"{"EVENTNAME":1}"#, "eventName", [n("1")]),
    Row("own case first", #"{"EVENTNAME":1,"eventName":2}"#, "eventName", [n("2")]),
    Row("own case first, whatever the order", #"{"eventName":2,"EVENTNAME":1}"#, "eventName", [n("2")]),
    Row("the last of the same other case", #"{"EVENTNAME":1,"eventname":2}"#, "eventName", [n("2")]),
    Row("no case beyond ASCII", #"{"É":1}"#, "é", []),
    Row("no case for other signs", "{\"a@\":1}", "a`", []),
    Row("a literal key with dots", #"{"a.b":1}"#, "a.b", [n("1")]),
    Row("the literal key first", #"{"a":{"b":2},"a.b":1}"#, "a.b", [n("1")]),
    Row("a literal key inside", #"{"a":{"b.c":1}}"#, "a.b.c", [n("1")]),
    Row("a literal head", #"{"a.b":{"c":1}}"#, "a.b.c", [n("1")]),
    Row("the shorter head first", #"{"a.b":{"c":2},"a":{"b.c":1}}"#, "a.b.c", [n("1")]),
    Row("text that is JSON", #"{"a":"{\"b\":\"x\"}"}"#, "a.b", [s("x")]),
    Row("text that is an array", #"{"a":"[{\"b\":1},{\"b\":2}]"}"#, "a.b", [n("1"), n("2")]),
    Row("text in text", #"{"a":"{\"b\":\"{\\\"c\\\":\\\"\\\\u00e9\\\"}\"}"}"#, "a.b.c", [s("é")]),
    Row("text that is no JSON", #"{"a":"{\"b\":1"}"#, "a.b", []),
    Row("text with more behind it", #"{"a":"{\"b\":1}x"}"#, "a.b", []),
    Row("text with a bad escape in it", #"{"a":"{\"b\":\"\\q\"}"}"#, "a.b", []),
    Row("text asked for as text", #"{"a":"{\"b\":1}"}"#, "a", [s(#"{"b":1}"#)]),
    Row("a wrapper", #"{"detail":{"a":1}}"#, "a", [n("1")]),
    Row("the wrapped first", #"{"a":2,"detail":{"a":1},"b":3}"#, "a", [n("1")]),
    Row("what stands around it otherwise", #"{"b":2,"detail":{"a":1}}"#, "b", [n("2")]),
    Row("a wrapper of text", #"{"CloudTrailEvent":"{\"a\":1}"}"#, "a", [n("1")]),
    Row("a wrapper in a wrapper", #"{"event":{"data":{"a":1},"a":2}}"#, "a", [n("1"), n("2")]),
    Row("a wrapper that is asked for", #"{"detail":{"a":1}}"#, "detail.a", [n("1")]),
    Row("a wrapper that is no object", #"{"a":1,"data":"text"}"#, "a", [n("1")]),
    Row("flattened keys", #"{"event.a":1}"#, "a", [n("1")]),
    Row("flattened keys below", #"{"event.a.b":1}"#, "a.b", [n("1")]),
    Row("flattened before what stands around it", #"{"a":2,"event.a":1,"a":3}"#, "a", [n("1")]),
    Row("a long key", "{\"\(String(repeating: "k", count: 300))\":1}", String(repeating: "k", count: 300), [n("1")]),
    Row("an empty string", #"{"a":""}"#, "a", [s("")]),
    Row("an empty key", #"{"":1,"a":2}"#, "a", [n("2")]),
  ]

  @Test(arguments: rows)
  func findsTheValue(row: Row) throws {
    let reader = try PathReader([row.path])
    #expect(try reader.read(row.json) == [[row.values]])
    // Beside a bad record every record is read on its own.
    #expect(try reader.read("[{\"x\":tru},\n\(row.json)]") == [[row.values]])
  }

  @Test func countsRepeatedKeysOnce() throws {
    let reader = try PathReader(["a", "A", "b.c"])
    _ = try reader.read(#"{"a":1,"a":2,"x":1,"x":2,"b":{"c":1,"c":1,"c":1},"b":0}"#)
    #expect(reader.tally.duplicateKeys == 4)
  }

  /// A key of 256 bytes that ends in an escape without digits once wrote behind its buffer.
  @Test func aKeyThatEndsInACutEscape() throws {
    let reader = try PathReader(["a"])
    for length in 250...260 {
      let key = String(repeating: "k", count: length - 2) + "\\u"
      #expect(try reader.read("{\"\(key)\":1,\"a\":2}") == [])
      #expect(try reader.read("[{\"\(key)\":1,\"a\":2},{\"a\":1}]") == [[[n("1")]]])
    }
  }
}
