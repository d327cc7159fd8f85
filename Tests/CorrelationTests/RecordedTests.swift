/// Agreement with what the reference converter's SQLite backend answered. It alerts at each event while a condition
/// holds, as `--every-match` does.

import Foundation
import Rules
import TestSupport
import Testing

@testable import Correlation

/// A case of the record, made again: the record holds answers, the questions are those that give them.
struct RecordedCase: CustomTestStringConvertible, Sendable {
  /// Up to the colon.
  var testDescription: String
  var type = "event_count"
  var rules = "a"
  var body: String
  /// Seconds and values.
  var events: [HistoryEvent]
  /// What Harrier says where section "Where this differs" of docs/CORRELATION.md names the case.
  var differs: [String]?

  init(
    _ name: String, _ type: String, _ rules: String, _ body: String, _ events: [HistoryEvent], differs: [String]? = nil
  ) {
    testDescription = name
    self.type = type
    self.rules = rules
    self.body = body
    self.events = events
    self.differs = differs
  }
}

@Suite struct RecordedTests {
  static let record: [String: String] = {
    // The last two have no colon before their answer.
    let lines = Shared.lines("data/sigma/reference/correlation.txt").compactMap { line in
      line.range(of: "? PARSE").map { (String(line[..<$0.lowerBound]), String(line[$0.lowerBound...].dropFirst(2))) }
        ?? line.range(of: line.hasPrefix("5 events") ? ": [" : ": ").map {
          (String(line[..<$0.lowerBound]), String(line[line.index(after: $0.lowerBound)...].drop { $0 == " " }))
        }
    }
    return Dictionary(lines) { a, _ in a }
  }()

  private static let user = "group-by: [userIdentity.userName]\n"
  private static let three = user + "timespan: 60s\ncondition: {gte: 3}"

  private static func at(_ seconds: [Int64], _ name: String = "A") -> [HistoryEvent] {
    seconds.enumerated().map { HistoryEvent("0:\($0 + 1)", name, $1 * second, group: "x") }
  }

  private static func named(_ names: [(String, Int64)]) -> [HistoryEvent] {
    names.enumerated().map { HistoryEvent("0:\($0 + 1)", $1.0, $1.1 * second, group: "x") }
  }

  private static func values(_ values: [String]) -> [HistoryEvent] {
    values.enumerated().map { place, value in
      HistoryEvent(
        "0:\(place + 1)", "A", Int64(place) * second, group: "x",
        more: #","requestParameters":{"v":\#(value),"k":\#(place)}"#)
    }
  }

  private static func grouped(_ groups: [String]) -> [HistoryEvent] {
    groups.enumerated().map { HistoryEvent("0:\($0 + 1)", "A", Int64($0) * second, group: $1) }
  }

  private static func counting(_ condition: String, _ field: String = "requestParameters.v") -> String {
    user + "timespan: 60s\ncondition: {field: \(field), \(condition)}"
  }

  private static let ab: [(String, Int64)] = [("A", 0), ("B", 10)]
  private static let clock = HistoryEvent.clock(200 * second)

  static let cases: [RecordedCase] = [
    .init("exact boundary [0,30,60]", "event_count", "a", three, at([0, 30, 60])),
    .init("61s", "event_count", "a", three, at([0, 30, 61])),
    .init("5 events -> alerts", "event_count", "a", three, at([0, 1, 2, 3, 4])),
    .init("missing group key", "event_count", "a", three, grouped(["", "", ""])),
    .init("group key case", "event_count", "a", three, grouped(["x", "X", "x"])),
    .init("no group-by", "event_count", "a", "timespan: 60s\ncondition: {gte: 3}", at([0, 1, 2])),
    .init(
      "same timestamp", "event_count", "a", three, at([0, 0, 0]),
      differs: Array(repeating: "0 [0:1 0:2 0:3]", count: 3)),
    .init("lt (absence)", "event_count", "a", user + "timespan: 60s\ncondition: {lt: 2}", at([0, 100]) + [clock]),
    .init("eq 0", "event_count", "a", user + "timespan: 60s\ncondition: {eq: 0}", at([0, 100]) + [clock]),
    .init(
      "range gt+lte", "event_count", "a", user + "timespan: 60s\ncondition: {gt: 2, lte: 3}", at([0, 1, 2, 3]),
      differs: ["2 [0:1 0:2 0:3]"]),
    .init("value_count case", "value_count", "a", counting("gte: 2"), values(["\"a\"", "\"A\"", "\"b\""])),
    .init("value_count null", "value_count", "a", counting("gte: 1"), values(["null", "null"])),
    .init(
      "value_count list field", "value_count", "a", counting("gte: 2", "[requestParameters.v, requestParameters.k]"),
      values(["1", "1"]), differs: ["1 [0:1 0:2]"]),
    .init(
      "temporal b,a", "temporal", "ba", user + "timespan: 60s", named(ab), differs: ["10 [0:1 0:2]"]),
    .init("ordered a,b", "temporal_ordered", "ab", user + "timespan: 60s", named(ab)),
    .init("ordered b,a", "temporal_ordered", "ba", user + "timespan: 60s", named(ab)),
    .init("ordered same ts", "temporal_ordered", "ab", user + "timespan: 60s", named([("A", 0), ("B", 0)])),
    .init(
      "extended a and not b", "temporal", "ab", user + "timespan: 60s\ncondition: a and not b",
      named([("A", 0)]) + [clock]),
    .init(
      "value_sum", "value_sum", "a", counting("gt: 10"), values(["6", "5", "\"x\""]),
      differs: ["1 [0:1 0:2]", "2 [0:1 0:2 0:3]"]),
    .init(
      "value_avg", "value_avg", "a", counting("gt: 5"), values(["6", "5", "\"x\""]),
      differs: ["0 [0:1]", "1 [0:1 0:2]", "2 [0:1 0:2 0:3]"]),
    .init("pct 50", "value_percentile", "a", counting("gte: 5, percentile: 50"), values(["1", "9"])),
    .init("median", "value_median", "a", counting("gte: 5"), values(["1", "9"])),
    .init("timespan 1M", "event_count", "a", user + "timespan: 1M\ncondition: {gte: 2}", at([0, 2_629_747])),
  ]

  /// What is recorded: when, and of which events.
  private static func recorded(_ text: String) -> [String] {
    text.matches(of: /\(-?[0-9.]+, ([0-9.]+), [0-9.]+, '[^']*', '\[([^\]]*)\]'\)/).map { match in
      let ids = match.output.2.filter { $0 != "\"" }.replacing(",", with: " ")
      return "\(Int(Double(match.output.1) ?? -1)) [\(ids)]"
    }
  }

  @Test(.enabled(if: !record.isEmpty), arguments: cases) func alertsAreThoseOfTheRecord(one: RecordedCase) throws {
    let text = try #require(Self.record[one.testDescription])
    let plan = historyRules(one.type, rules: one.rules.map(String.init), one.body)
    var options = ReduceOptions()
    options.everyMatch = true
    let part = try mapped([one.events], plan, now: 1000 * day)
    let found = Outcome(try reduce([part], plan: plan, options: options)).found.map { found in
      "\(found.time / second) [\(found.events.joined(separator: " "))]"
    }
    #expect(found == one.differs ?? Self.recorded(text))
    if one.differs != nil { #expect(Self.recorded(text) != found, "the difference has gone") }
  }

  /// What the parser refuses.
  @Test(
    .enabled(if: !record.isEmpty),
    arguments: [
      ("pct (spec form, no percentile key)", "value_percentile", counting("gte: 5")),
      ("timespan 1.5h", "event_count", user + "timespan: 1.5h\ncondition: {gte: 2}"),
      ("timespan 90M", "event_count", user + "timespan: 60S\ncondition: {gte: 2}"),
    ])
  func whatTheRecordRefusesIsRefused(name: String, type: String, body: String) throws {
    #expect(try #require(Self.record[name]).contains("ERR"))
    let text = """
      title: A
      name: a
      logsource: {product: aws, service: cloudtrail}
      detection: {s: {eventName: A}, condition: s}
      ---
      title: C
      correlation:
        type: \(type)
        rules: [a]
      \(body.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
      """
    let set = RuleSet.parse(Array(text.utf8), file: "r.yml")
    #expect(set.correlations.isEmpty && set.diagnostics.contains { $0.severity == .error })
  }

  @Test(.enabled(if: !record.isEmpty)) func everyCaseOfTheRecordIsAsked() {
    let refused = ["pct (spec form, no percentile key)", "timespan 1.5h", "timespan 90M"]
    #expect(Set(Self.record.keys) == Set(Self.cases.map(\.testDescription) + refused))
  }

  /// The page that says so names each of them.
  @Test func differencesAreWrittenDown() throws {
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: checkout.appendingPathComponent("docs/CORRELATION.md"), encoding: .utf8)
    let section = try #require(page.range(of: "## Where this differs"))
    for one in Self.cases where one.differs != nil {
      #expect(page[section.lowerBound...].contains("| `\(one.testDescription)`"), "\(one.testDescription)")
    }
  }
}
