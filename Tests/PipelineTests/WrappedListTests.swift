/// Several events where others write one: under the key of a wrapper, as a list, in an object, as text.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

@Suite struct WrappedListTests {
  private static let list = (0..<3).map { event("\($0)") }.joined(separator: ",")
  private static let all = ["0", "1", "2"]

  private func expectAlike(_ text: String, _ check: (Outcome) -> Void) throws {
    for tail in ["", "\n\u{7F}"] {
      let whole = try scanBytes(bytes(text + tail))
      if tail.isEmpty { check(whole) }
      #expect(whole.isComplete, "\(whole)")
      for size in [1, 7, 64, 150, 333] {
        #expect(try scanBytes(bytes(text + tail), .cut(size)) == whole, "\(size): \(text)")
      }
    }
  }

  @Test(arguments: [
    "data", "event", "Event", "detail", "message", "Message", "_source", "CloudTrailEvent", "CloudAuditEvent",
    "AuditData", "events", "Items",
  ])
  func aListUnderAWrappersKeyIsOpened(key: String) throws {
    for shape in [
      "{\"%\":[LIST]}", "{\"a\":{\"b\":[]},\"%\":[1,LIST],\"z\":[1]}", "{\"%\":{\"n\":1,\"Records\":[LIST]}}",
    ] {
      let text = shape.replacing("%", with: key).replacing("LIST", with: Self.list)
      try expectAlike(text + "\n" + event("behind")) { outcome in
        #expect(outcome.events == Self.all + ["behind"] && outcome.status == .ok, "\(text): \(outcome)")
        #expect(outcome.skips == (text.contains("[1,") ? [.notAnObject: 1] : [:]), "\(outcome)")
      }
    }
  }

  @Test func repliesAreOpened() throws {
    try expectAlike("{\"Events\":{\"Event\":[\(Self.list)]},\"RequestId\":\"x\"}") { #expect($0.events == Self.all) }
    let texts = (0..<3).map { quoted(event("\($0)")) }
    try expectAlike("{\"message\":[\(texts.joined(separator: ","))]}") { #expect($0.events == Self.all) }
    let messages = texts.map { "{\"timestamp\":1,\"message\":\($0)}" }.joined(separator: ",")
    try expectAlike("{\"events\":[\(messages)],\"searchedLogStreams\":[]}") { #expect($0.events == Self.all) }
  }

  @Test func whatIsNoListOfEventsStaysOneRecord() throws {
    for text in [
      "{\"data\":[{\"a\":1},{\"b\":[]}],\"eventID\":\"one\"}",
      "{\"awsRegion\":\"x\",\"data\":[\(Self.list)],\"eventID\":\"one\"}",
      "{\"events\":[{\"name\":\"x\"}],\"eventID\":\"one\"}", "{\"data\":{\"value\":[{\"a\":1}]},\"eventID\":\"one\"}",
    ] {
      try expectAlike(text) { #expect($0.recordCount == 1 && $0.skips.isEmpty && $0.container == .lines, "\($0)") }
    }
  }

  /// One row cannot show them all: they are counted, and the rest of the file is read.
  @Test func severalEventsInOneTextAreOneSkip() throws {
    for inner in ["[\(Self.list)]", "{\"Records\":[\(Self.list)]}", event("0") + "\n" + event("1")] {
      let inner = quoted(inner).replacing("\n", with: "\\n")
      let text = "{\"message\":\(inner)}\n" + event("behind")
      try expectAlike(text) { outcome in
        #expect(outcome.events == ["behind"] && outcome.skips == [.several: 1], "\(outcome)")
        #expect(outcome.firstLoss == 0)
      }
      try expectAlike("[\(event("front")),\(quoted("{\"a\":1,\"detail\":" + inner + "}"))]") { outcome in
        #expect(outcome.events == ["front"] && outcome.skips == [.several: 1], "\(outcome)")
      }
    }
    try expectAlike("{\"message\":\(quoted("[\(event("0"))]"))}") { #expect($0.events == ["0"]) }
  }

  /// A list where none is looked for: what holds it is no event of an unknown provider.
  @Test func aListInWhatIsNoEventIsOneSkip() throws {
    let list = "[\(Self.list)]"
    let envelope = "{\"Records\":[\(event("0"))]}"
    let wrapped = "[{\"timestamp\":1,\"message\":\(quoted(event("0")))}]"
    for text in [
      "{\"Records\":\(quoted(list))}", "{\"Records\":\(quoted("[\(event("0"))]"))}", "{\"body\":\(quoted(envelope))}",
      "{\"a\":[],\"body\":\(quoted("{\"body\":\(quoted(envelope))}"))}", "{\"Messages\":[{\"Body\":\(quoted(list))}]}",
      "{\"page\":{\"x\":\"{\",\"Records\":\(list)}}", "{\"body\":\(quoted("{\"events\":\(wrapped)}"))}",
    ] {
      try expectAlike(text + "\n" + event("behind")) { outcome in
        #expect(outcome.events == ["behind"] && outcome.skips == [.several: 1], "\(text): \(outcome)")
        #expect(outcome.firstLoss == 0)
      }
      try expectAlike("[\(event("front")),\(text)]") { outcome in
        #expect(outcome.events == ["front"] && outcome.skips == [.several: 1], "\(text): \(outcome)")
      }
    }
  }

  @Test func aTextOfOtherThingsStaysOneRecord() throws {
    for text in [
      "{\"Records\":\(quoted("[{\"a\":1},{\"b\":2}]"))}", "{\"Records\":\"[not json\"}",
      "{\"body\":\(quoted("[1,[],{}]"))}",
      "{\"body\":\(quoted(event("0")))}", "{\"body\":\(quoted("{\"detail\":\(event("0"))}"))}",
      event("0", ",\"requestParameters\":{\"body\":\(quoted("[\(Self.list)]"))}"),
    ] {
      try expectAlike(text) { #expect($0.recordCount == 1 && $0.skips.isEmpty, "\(text): \($0)") }
    }
  }

  @Test func aBadElementCostsItselfAlone() throws {
    try expectAlike("{\"data\":[\(Self.list),{\"a\":tru},\(event("3"))]}\n" + event("behind")) { outcome in
      #expect(outcome.events == Self.all + ["3", "behind"] && outcome.skips == [.badRecord: 1], "\(outcome)")
    }
  }

  /// Whether a list is opened is decided by elements that are whole and good, read at once or record by record.
  @Test func aBadFirstElementDecidesTheSameInBlocksOfAnySize() throws {
    for bad in [
      "{\"awsRegion\":tru}", "{\"awsRegion\":\"\u{1}\"}", "{\"awsRegion\":\"\n\"}", quoted(event("x")) + "\u{1}",
    ] {
      for head in ["{\"data\":[", "[\(event("f")),{\"data\":[", "{\"events\":["] {
        let text = head + bad + "," + Self.list + "]}" + (head.first == "[" ? "]" : "")
        try expectAlike(text) { #expect($0.events.suffix(3) == Self.all[...] && !$0.skips.isEmpty, "\($0)") }
      }
    }
  }
}
