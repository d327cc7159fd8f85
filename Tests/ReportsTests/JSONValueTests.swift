import Testing

@testable import Reports

@Suite struct JSONValueTests {
  private func read(_ text: String) -> JSONValue? { JSONValue(Array(text.utf8)) }

  @Test func readsWhatIsWritten() {
    let value = read(#" {"a":[1,-2.5e3,true,false,null],"b":{"c":"x\"\\\/\n\u0041\ud83d\ude00"},"a":"last"} "#)
    #expect(value?["a"]?.string == "last")
    #expect(value?["b"]?["c"]?.string == "x\"\\/\nA😀")
    #expect(read("[1,2]")?.list.map(\.integer) == [1, 2])
    #expect(read("{}") != nil && read("[]") != nil)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":}", "{a:1}", "tru", "01x", "\"\u{1}\"", "\"\\x\"", "\"\\ud83d\"", "[1] 2", "\"a",
    "{\"a\" 1}",
    "\"\\u12\"",
  ]) func refusesWhatIsNoJSON(text: String) {
    #expect(read(text) == nil)
  }

  @Test func doesNotFollowEndlessNesting() {
    #expect(read(String(repeating: "[", count: 100_000)) == nil)
    #expect(read(String(repeating: "[", count: 33) + String(repeating: "]", count: 33)) != nil)
    #expect(read(String(repeating: "[", count: 34) + String(repeating: "]", count: 34)) == nil)
  }
}
