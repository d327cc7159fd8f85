/// The cases of the JSON parsing test suite, each as a whole file and as one record among good ones.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

private struct Case: Sendable, CustomStringConvertible {
  let name: String
  let content: [UInt8]
  var description: String { name }

  static let all: [Case] = {
    let folder = fixture("jsontest/test_parsing")
    return names(in: folder).map { Case(name: $0, content: contents(of: folder + "/" + $0)) }
  }()
}

@Suite struct JSONSuiteTests {
  @Test func theSuiteIsThere() { #expect(Case.all.count == 318) }

  @Test func show() throws {
    for item in Case.all where item.name.hasPrefix("n_") {
      let outcome = try scanBytes(item.content)
      if !outcome.records.isEmpty { print("SHOW whole \(item) \(outcome.records) \(String(decoding: item.content, as: UTF8.self))") }
      for (name, head, between, tail) in [("lines", "", "\n", "\n"), ("array", "[", ",", "]"), ("envelope", "{\"Records\":[", ",\n", "]}")] {
        for position in 0..<3 {
          var parts = [bytes(event("a")), bytes(event("b"))]
          parts.insert(item.content, at: position)
          let text = bytes(head) + Array(parts.joined(separator: bytes(between))) + bytes(tail)
          let outcome = try scanBytes(text)
          if outcome.events != ["a", "b"] { print("SHOW \(name) \(position) \(item) \(outcome.events) \(outcome.skips) \(String(decoding: item.content.prefix(60), as: UTF8.self))") }
        }
      }
    }
  }
}
