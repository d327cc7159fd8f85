/// JSON text inside strings, escaped once and more.
import Testing

@testable import Events

@Suite struct NestingTests {
  private func nested(_ inner: Any, times: Int) -> String {
    var text = json(inner)
    for _ in 0..<times { text = json(["p": text, "other": "kept \"é\" \\ \n"]) }
    return text
  }

  @Test(arguments: 0...4)
  func aSecretIsFoundUpToTheLastLevelAndAllElseStays(times: Int) {
    let result = redacted(nested(["password": "p9", "user": "u", "url": "/?sig=s9&a=b"], times: times))
    #expect(result.count == 2)
    let expected = nested(["password": "[redacted]", "user": "u", "url": "/?sig=[redacted]&a=b"], times: times)
    #expect(canonical(result.text) == canonical(expected))
  }

  @Test func whatLiesDeeperIsReplacedWhole() {
    let result = redacted(nested(["user": "u"], times: 5))
    #expect(result.count == 1)
    let expected = nested("[redacted]", times: 5).replacingMark()
    #expect(canonical(result.text) == canonical(expected))
  }

  @Test(arguments: 6...12)
  func nothingLeaksFromAnyDepth(times: Int) {
    let result = redacted(nested(["password": "planted9secret"], times: times))
    #expect(!result.text.contains("planted9secret"))
    #expect(parsed(result.text) != nil)
  }

  @Test func anInnerTextWithoutSecretsKeepsItsBytes() {
    let record = #"{"p":"{ \"a\" : \"\u00e9\/\", \"b\":[1.0]}","q":"\ud800 \u0041"}"#
    #expect(redacted(record).text == record)
  }

  @Test func anInnerStringIsChangedInItsSecretOnly() {
    let record = #"{"p":"[ {\"Password\" : \"p\\\"9\"} , \"\ud83d\ude00 \ud800\" ]"}"#
    #expect(redacted(record).text == #"{"p":"[ {\"Password\" : \"[redacted]\"} , \"😀 \ud800\" ]"}"#)
  }

  @Test func aKeyEscapedInsideAnInnerTextIsSeenThrough() {
    #expect(redacted(#"{"p":"{\"pass\\u0077ord\":\"p9\"}"}"#).text == #"{"p":"{\"pass\\u0077ord\":\"[redacted]\"}"}"#)
    #expect(redacted(#"{"p":"\u007b\u0022password\u0022:\u0022p9\u0022}"}"#).count == 1)
  }

  @Test func aStringThatHoldsAStringIsReadToo() {
    #expect(redacted(json(["p": json(json(["password": "p9"]))])).count == 1)
  }
}

extension String {
  /// The innermost text of `nested("[redacted]")` is a JSON string of its own; in a redacted record it stands bare.
  fileprivate func replacingMark() -> String {
    var text = self
    if let range = text.range(ofQuotedMark: #"\"[redacted]\""#) { text.replaceSubrange(range, with: "[redacted]") }
    return text
  }

  private func range(ofQuotedMark mark: String) -> Range<String.Index>? {
    // The quotes of the mark carry 2^n - 1 backslashes; cut from the first quote to the last around it.
    guard let middle = self.range(of: "[redacted]") else { return nil }
    var low = middle.lowerBound
    var high = middle.upperBound
    low = self.index(before: low)
    while self[self.index(before: low)] == "\\" { low = self.index(before: low) }
    while self[high] == "\\" { high = self.index(after: high) }
    high = self.index(after: high)
    return low..<high
  }

  private func range(of part: String) -> Range<String.Index>? {
    self.ranges(of: part).first
  }
}
