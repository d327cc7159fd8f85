/// Every way in which providers and exports put events into a file gives the same events, however it is packed.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

struct Shape: Sendable, CustomStringConvertible {
  let name: String
  let text: String
  let container: String
  let ids: [String]

  init(_ name: String, _ container: String, _ text: String, ids: [String] = ["a", "b", "c"]) {
    self.name = name
    self.container = container
    self.text = text
    self.ids = ids
  }

  var description: String { name }
}

private let abc = [event("a"), event("b"), event("c")]
private let list = abc.joined(separator: ",")

private func each(_ wrap: (String) -> String) -> String { abc.map(wrap).joined(separator: ",") }

/// The members of an event under keys `event.…`, as some exports of SLS have it.
private func flattened(_ id: String) -> String {
  #"{"__time__":"1","event.eventName":"ListUsers","event.awsRegion":"r","event.eventID":"\#(id)","eventID":"outer"}"#
}

let shapes: [Shape] =
  ["Records", "Events", "records", "value", "items", "entries", "traces", "logEvents"].map {
    Shape("envelope \($0)", $0, "{\"\($0)\":[\(list)]}")
  } + [
    Shape("Response.Events", "Events", "{\"Response\":{\"Events\":[\(list)],\"ListOver\":true}}"),
    Shape(
      "hits.hits", "hits",
      "{\"took\":1,\"hits\":{\"total\":{\"value\":3},\"hits\":[\(each { "{\"_id\":\"x\",\"_source\":\($0)}" })]}}"),
    Shape("array", "array", "[\(list)]"),
    Shape("array of lines", "array", "[\n" + abc.joined(separator: ",\n") + "\n]\n"),
    Shape("lines", "lines", abc.joined(separator: "\n") + "\n"),
    Shape("lines without the last newline", "lines", abc.joined(separator: "\n")),
    Shape("CRLF", "lines", abc.joined(separator: "\r\n") + "\r\n"),
    Shape("one after another", "lines", abc.joined()),
    Shape("byte order mark", "lines", "\u{FEFF}" + abc.joined(separator: "\n")),
    Shape("byte order mark before an envelope", "Records", "\u{FEFF}{\"Records\":[\(list)]}"),
    Shape(
      "pretty-printed", "lines",
      abc.map { $0.replacing(",", with: ",\n  ").replacing("{", with: "{\n  ") }.joined(separator: "\n")),
    Shape(
      "pretty-printed envelope", "Records",
      "{\n  \"Records\" : [\n    \(abc.joined(separator: "\n    ,\n    "))\n  ]\n}\n"),
    Shape("blanks in front", "lines", String(repeating: " \n\t\r\n", count: 1000) + abc.joined(separator: "\n")),
    Shape(
      "keys before the envelope", "Records", "{\"a\":1,\"b\":[1,{\"c\":[]}],\"d\":{\"e\":null},\"Records\":[\(list)]}"),
    Shape(
      "keys after the envelope", "Records",
      "{\"Records\":[\(list)],\"a\":{\"Records\":{}},\"b\":[[]],\"NextToken\":\"x\"}"),
    Shape("keys around the envelope", "Records", "{\"a\":\"\\u00e9\",\"Records\":[\(list)],\"b\":-1.5e3}"),
    Shape("two envelopes in one object", "Records", "{\"Records\":[\(abc[0])],\"Events\":[\(abc[1]),\(abc[2])]}"),
    Shape("envelopes one after another", "Records", abc.map { "{\"Records\":[\($0)]}" }.joined()),
    Shape(
      "envelopes on lines, empty ones between", "Records",
      abc.map { "{\"Records\":[\($0)]}" }.joined(separator: "\n{\"Records\":[]}\n")),
    Shape("an array of envelopes", "Records", "[\(each { "{\"Records\":[\($0)]}" })]"),
    Shape("empty array", "none", "{\"Records\":[]}", ids: []),
    Shape("empty bare array", "none", "[]", ids: []),
    Shape(
      "LookupEvents", "Events",
      "{\"Events\":[\(each { "{\"EventId\":\"x\",\"EventName\":\"y\",\"CloudTrailEvent\":\(quoted($0))}" })]}"),
    Shape(
      "DescribeEvents", "Events",
      "{\"Response\":{\"Events\":[\(each { "{\"EventId\":\"x\",\"CloudAuditEvent\":\(quoted($0))}" })]}}"),
    Shape("SLS text", "lines", abc.map { "{\"__topic__\":\"t\",\"event\":\(quoted($0))}" }.joined(separator: "\n")),
    Shape("SLS object", "lines", abc.map { "{\"__topic__\":\"t\",\"event\":\($0)}" }.joined(separator: "\n")),
    Shape("SLS flattened", "lines", ["a", "b", "c"].map(flattened).joined(separator: "\n")),
    Shape("CloudEvents", "array", "[\(each { "{\"specversion\":\"1.0\",\"type\":\"t\",\"data\":\($0)}" })]"),
    Shape(
      "EventBridge", "lines",
      abc.map { "{\"detail-type\":\"x\",\"id\":\"1\",\"detail\":\($0)}" }.joined(separator: "\n")),
    Shape(
      "CloudWatch subscription", "logEvents",
      "{\"logGroup\":\"g\",\"logEvents\":[\(each { "{\"id\":\"1\",\"message\":\(quoted($0))}" })]}"),
    Shape("sequence of RFC 7464", "lines", abc.map { "\u{1E}\($0)\n" }.joined()),
    Shape("sequence of RFC 7464 with blanks", "lines", abc.map { "\u{1E} \($0)\r\n" }.joined()),
    Shape("lines of text", "lines", abc.map(quoted).joined(separator: "\n")),
    Shape("an envelope of texts", "Records", "{\"a\":1,\"Records\":[\(each(quoted))],\"z\":[\"{\"]}"),
    Shape("pages of texts", "array", "[[\(each(quoted))]]"),
    Shape("an array of texts", "array", "[\(each(quoted))]"),
    Shape("pages", "array", "[[\(abc[0]),\(abc[1])],[\(abc[2])]]"),
    Shape(
      "text in text", "lines", abc.map { "{\"event\":\(quoted("{\"data\":\(quoted($0))}"))}" }.joined(separator: "\n")),
  ]

@Suite struct ShapeTests {
  @Test(arguments: shapes)
  func givesTheSameEventsHoweverPacked(shape: Shape) throws {
    for packing in Packing.allCases {
      let outcome = try scanBytes(packing.pack(bytes(shape.text)))
      #expect(outcome.events == shape.ids, "\(packing)")
      #expect(outcome.container.isNamed(shape.container), "\(packing): \(outcome.container)")
      #expect(outcome.status == .ok && outcome.skips.isEmpty, "\(packing): \(outcome)")
      #expect(outcome.isComplete, "\(packing): \(outcome)")
      #expect(outcome.bytesOut == UInt64(shape.text.utf8.count))
    }
  }

  /// One bad byte anywhere makes a block go record by record; the shape is understood all the same.
  @Test(arguments: shapes.filter { $0.ids.count == 3 })
  func givesTheSameEventsBesideABadByte(shape: Shape) throws {
    let outcome = try scanBytes(bytes(shape.text + "\n") + [0xFF])
    #expect(outcome.events == shape.ids)
    #expect(outcome.container.isNamed(shape.container), "\(outcome.container)")
    #expect(outcome.skips == [.badRecord: 1])
    #expect(outcome.firstLoss == UInt64(shape.text.utf8.count + 1))
    #expect(outcome.isComplete)
  }

  @Test func oneHugeArrayOnOneLine() throws {
    let count = isTorture ? 400_000 : 6_000
    let text = "{\"Records\":[" + (0..<count).map { event("\($0)") }.joined(separator: ",") + "]}"
    let outcome = try scanBytes(gzipMember(bytes(text)))
    #expect(outcome.events.count == count)
    #expect(outcome.events.last == "\(count - 1)")
    #expect(outcome.isComplete && outcome.status == .ok)
  }
}

extension Container {
  func isNamed(_ wanted: String) -> Bool { wanted == "none" ? self == .none : name == wanted }
}
