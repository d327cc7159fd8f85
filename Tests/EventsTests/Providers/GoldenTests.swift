import Foundation
import Testing

@testable import Events

/// The events of `fixtures/events/*.ndjson` against the columns a person has read and agreed to.
///
/// `HARRIER_UPDATE_GOLDEN=1` writes the expected files anew; the difference is then reviewed like code.
struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../fixtures/events")
    .standardizedFileURL
  static let files = ["aws", "aws-recorded", "alibaba", "tencent"]

  static func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  static func caseName(_ line: String) throws -> String {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return try #require(object?["_case"] as? String)
  }

  /// One line of an expected file: the case first, then the columns in the model's order.
  static func render(_ name: String, _ event: [String: String]) -> String {
    let order = ["provider"] + EventTable.columns.map(\.name)
    let columns = order.compactMap { column in event[column].map { "\(quoted(column)): \(quoted($0))" } }
    return "{\(quoted("case")): \(quoted(name)), \(columns.joined(separator: ", "))}"
  }

  private static func quoted(_ text: String) -> String {
    let data = try? JSONSerialization.data(withJSONObject: text, options: [.fragmentsAllowed, .withoutEscapingSlashes])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// Compares with the expected file of that name, or writes it.
  static func compare(_ actual: [String], with file: String) throws {
    let golden = folder.appending(path: file + ".expected.jsonl")
    if ProcessInfo.processInfo.environment["HARRIER_UPDATE_GOLDEN"] == "1" {
      try (actual.joined(separator: "\n") + "\n").write(to: golden, atomically: true, encoding: .utf8)
    }
    let expected = try lines(file + ".expected.jsonl")
    #expect(actual.count == expected.count)
    for (one, other) in zip(actual, expected) { #expect(one == other) }
  }

  @Test(arguments: files)
  func columnsAreAsExpected(file: String) throws {
    let actual = try Self.lines(file + ".ndjson").map { Self.render(try Self.caseName($0), try EventTable.one($0)) }
    try Self.compare(actual, with: file)
  }

  @Test(arguments: files)
  func eventsOfOneFileReadAloneOrTogetherAreTheSame(file: String) throws {
    let events = try Self.lines(file + ".ndjson")
    let together = try EventTable.read(events.joined(separator: "\n") + "\n")
    #expect(try events.map { try EventTable.one($0) } == together)
  }

  @Test(arguments: files)
  func columnsThatAlwaysHaveAValueHaveOne(file: String) throws {
    for event in try EventTable.read(try Self.lines(file + ".ndjson").joined(separator: "\n")) {
      for column in ["category", "rw", "actor_type", "mfa", "outcome"] { #expect(event[column] != nil, "\(column)") }
    }
  }
}
