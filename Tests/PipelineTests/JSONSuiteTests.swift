/// The cases of the JSON parsing test suite, each as a whole file and as one record among good ones.
///
/// What is invalid never gives an event and never stops the scan. Some cases begin with a complete object, or hold one
/// as an element: that is read, as from any file that breaks off or goes wrong behind it. The lists say which.

import Archive
import ReadingSupport
import Testing

@testable import Pipeline

struct SuiteCase: Sendable, CustomStringConvertible {
  let name: String
  let content: [UInt8]
  var description: String { name }

  var mustParse: Bool { name.hasPrefix("y_") }
  var mustFail: Bool { name.hasPrefix("n_") }

  /// The first byte that is not blank tells whether a file is looked at as JSON at all.
  var opens: Bool {
    let first = content.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  static let all: [SuiteCase] = {
    let folder = fixture("jsontest/test_parsing")
    return names(in: folder).map { SuiteCase(name: $0, content: contents(of: folder + "/" + $0)) }
  }()

  /// Cases that must be refused as one document and hold a complete object in front of what is wrong.
  static let keptObjects: [String: String] = [
    "n_array_unclosed_with_object_inside.json": "{}",
    "n_object_trailing_comment.json": "{\"a\":\"b\"}",
    "n_object_trailing_comment_open.json": "{\"a\":\"b\"}",
    "n_object_trailing_comment_slash_open.json": "{\"a\":\"b\"}",
    "n_object_trailing_comment_slash_open_incomplete.json": "{\"a\":\"b\"}",
    "n_object_with_trailing_garbage.json": "{\"a\":\"b\"}",
    "n_structure_object_followed_by_closing_object.json": "{}",
    "n_structure_object_with_trailing_garbage.json": "{\"a\": true}",
    "n_structure_trailing_#.json": "{\"a\":\"b\"}",
  ]

  /// Cases that leave so many brackets open that the line behind them is taken for their inside.
  static let swallowALine: Set = [
    "n_structure_100000_opening_arrays.json", "n_structure_open_array_object.json",
  ]

  /// Cases that leave an array open: as an element, all behind them is its inside.
  static let leaveAnArrayOpen: Set = [
    "n_array_incomplete.json", "n_array_incomplete_invalid_value.json", "n_array_newlines_unclosed.json",
    "n_array_unclosed.json", "n_array_unclosed_trailing_comma.json", "n_array_unclosed_with_new_lines.json",
    "n_array_unclosed_with_object_inside.json", "n_structure_100000_opening_arrays.json",
    "n_structure_lone-open-bracket.json", "n_structure_open_array_apostrophe.json",
    "n_structure_open_array_comma.json", "n_structure_open_array_object.json",
    "n_structure_open_array_string.json", "n_structure_unclosed_array.json",
    "n_structure_unclosed_array_partial_null.json", "n_structure_unclosed_array_unfinished_false.json",
    "n_structure_unclosed_array_unfinished_true.json",
  ]
}

@Suite struct JSONSuiteTests {
  @Test func theSuiteIsThere() { #expect(SuiteCase.all.count == 318) }

  @Test func wholeFiles() throws {
    for item in SuiteCase.all {
      let outcome = try scanBytes(item.content)
      #expect(outcome.isComplete, "\(item)")
      let records = outcome.records.map { String($0.drop { $0 != " " }.dropFirst()) }
      if item.mustFail { #expect(records == (SuiteCase.keptObjects[item.name].map { [$0] } ?? []), "\(item)") }
      guard item.mustParse else { continue }
      #expect(outcome.skips[.badRecord] == nil && outcome.skips[.cutShort] == nil, "\(item): \(outcome)")
      #expect(outcome.status == (item.opens ? (records.isEmpty && !outcome.skips.isEmpty ? .skipped : .ok) : .skipped))
      if item.name.hasPrefix("y_object") || item.name == "y_structure_trailing_newline.json" && item.opens {
        #expect(records.count == (item.content.first == UInt8(ascii: "{") ? 1 : records.count), "\(item)")
      }
    }
  }

  @Test func amongLines() throws {
    for item in SuiteCase.all {
      for position in 0..<3 where position > 0 || item.opens {
        let outcome = try scanAmong(item, position, ["", "\n", "\n"])
        var expected = ["a", "b", "c", "d"]
        if SuiteCase.swallowALine.contains(item.name) { expected.remove(at: position) }
        #expect(outcome.events.filter { !$0.isEmpty } == expected, "\(item) at \(position): \(outcome)")
        check(item, outcome)
      }
    }
  }

  @Test func amongElements() throws {
    for (head, between, tail) in [("[", ",", "]"), ("{\"Records\":[", ",\n", "],\"z\":1}")] {
      for item in SuiteCase.all {
        for position in 0..<3 {
          let outcome = try scanAmong(item, position, [head, between, tail])
          let good = outcome.events.filter { !$0.isEmpty }
          let expected = ["a", "b", "c", "d"]
          if SuiteCase.leaveAnArrayOpen.contains(item.name) {
            #expect(good.starts(with: expected.prefix(position)), "\(item) at \(position): \(outcome)")
            #expect(outcome.isComplete && good.count <= expected.count, "\(item)")
          } else {
            #expect(good == expected, "\(item) at \(position): \(outcome)")
            check(item, outcome)
          }
        }
      }
    }
  }

  private func scanAmong(_ item: SuiteCase, _ position: Int, _ frame: [String]) throws -> Outcome {
    var parts = ["a", "b", "c", "d"].map { bytes(event($0)) }
    parts.insert(item.content, at: position)
    return try scanBytes(bytes(frame[0]) + Array(parts.joined(separator: bytes(frame[1]))) + bytes(frame[2]))
  }

  private func check(_ item: SuiteCase, _ outcome: Outcome) {
    #expect(outcome.isComplete, "\(item)")
    let others = outcome.events.filter { $0.isEmpty }.count
    if item.mustFail { #expect(others == (SuiteCase.keptObjects[item.name] == nil ? 0 : 1), "\(item): \(outcome)") }
    if item.mustParse && item.opens { #expect(outcome.skips[.badRecord] == nil, "\(item): \(outcome)") }
  }
}
