/// Rules as YAML and events as JSON lines, through the whole chain: what a table of cases needs.

import Archive
import Events
import Matching
import Pipeline
import ReadingSupport
import Rules
import Testing

@testable import Correlation

let second: Int64 = 1000
let minute = 60 * second
let hour = 60 * minute
let day = 24 * hour

/// A time of events: milliseconds after Monday, 2026-01-05T00:00Z.
let monday: Int64 = 1_767_571_200_000

/// An event that rule `a`, `b` or `c` matches by its name; any other name only makes time pass.
struct HistoryEvent: Sendable {
  var id: String
  var name: String
  var time: Int64
  /// Empty: the record does not name anyone.
  var group: String
  var value: String?
  var account = "111122223333"
  /// Further fields of the record.
  var more = ""

  init(_ id: String, _ name: String, _ time: Int64, _ value: String? = nil, group: String = "alice", more: String = "")
  {
    self.id = id
    self.name = name
    self.time = time
    self.group = group
    self.value = value
    self.more = more
  }

  var line: String {
    let address = value.map { #","sourceIPAddress":"\#($0)""# } ?? ""
    let actor = group.isEmpty ? "" : #","userName":"\#(group)""#
    return #"{"eventVersion":"1.08","eventTime":"\#(Timestamp.string(monday + time))","#
      + #""eventSource":"iam.amazonaws.com","awsRegion":"us-east-1","eventName":"\#(name)","#
      + #""recipientAccountId":"\#(account)","userIdentity":{"type":"IAMUser"\#(actor)},"#
      + #""eventID":"\#(id)"\#(address)\#(more)}"#
  }

  /// Nobody's event, which moves the high-water mark.
  static func clock(_ time: Int64) -> HistoryEvent { HistoryEvent("clock", "Clock", time, group: "nobody") }
}

/// An alert: its group, its time, and the ids of its events, sorted: within a moment events are in the order of their keys.
struct Found: Equatable, CustomStringConvertible {
  var group: String
  var time: Int64
  var events: [String]

  init(_ time: Int64, _ events: String, group: String = "alice") {
    self.group = group
    self.time = time
    self.events = events.split(separator: " ").map(String.init).sorted()
  }

  var description: String { "\(group) \(time) \(events.joined(separator: " "))" }
}

struct Outcome {
  var found: [Found]
  var notes: [Note]
  var ids: [Hash128]
  var counters: DetectionCounters
  private var texts: ReduceTexts

  init(_ reduction: Reduction) {
    texts = reduction.texts
    // The correlation is the last detection; rules that it does not use come before.
    let own = reduction.episodes.filter { $0.detection == reduction.counters.count - 1 }
    found = own.map { episode in
      let ids = episode.cited.map { String(decoding: (try? reduction.texts.id(of: $0)) ?? [], as: UTF8.self) }
      let group = reduction.texts.tuple(episode.group).first.map(reduction.texts.text) ?? []
      return Found(
        episode.time - monday, ids.joined(separator: " "), group: String(decoding: group, as: UTF8.self))
    }
    notes = own.map(\.note)
    ids = own.map(\.id)
    counters = reduction.counters.last ?? DetectionCounters()
  }

  func text(_ id: UInt32) -> String { String(decoding: texts.text(id), as: UTF8.self) }
}

/// The parts of a correlation besides type and rules.
func historyRules(_ type: String, rules: [String] = ["a"], _ body: String) -> DetectionPlan {
  var text = ["a", "b", "c"].map { name in
    """
    title: Rule \(name)
    name: \(name)
    status: test
    logsource: {product: aws, service: cloudtrail}
    detection:
      one: {eventName: \(name.uppercased())}
      both: {eventName: AB}
      condition: \(name == "c" ? "one" : "one or both")
    ---

    """
  }.joined()
  text += """
    title: History
    name: history
    status: test
    correlation:
      type: \(type)
      rules: [\(rules.joined(separator: ", "))]
    \(body.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
    """
  let set = RuleSet.parse(Array(text.utf8), file: "history.yml")
  precondition(set.correlations.count == 1 && !set.hasErrors, "\(set.diagnostics)")
  return DetectionPlan(set)
}

func mapped(_ files: [[HistoryEvent]], _ plan: DetectionPlan, now: Int64) throws -> Part {
  let temporary = files.map { TemporaryFile(Array($0.map { $0.line + "\n" }.joined().utf8)) }
  var options = SweepOptions()
  options.now = monday + now
  // Parts that were mapped apart know each other's copies.
  options.scan.identity = .digest
  let found = discover(temporary.map { Array($0.path.utf8) })
  return try SweepMap(plan, options).run(found, progress: Progress(), interrupted: { false }).part
}

/// The outcome, which must not depend on how the events are delivered.
func decide(
  _ events: [HistoryEvent], _ plan: DetectionPlan, now: Int64 = 1000 * day, places: (any PlaceLocator)? = nil
) throws -> Outcome {
  var options = ReduceOptions()
  options.places = places
  func run(_ parts: [[[HistoryEvent]]]) throws -> Outcome {
    Outcome(try reduce(try parts.map { try mapped($0, plan, now: now) }, plan: plan, options: options))
  }
  let whole = try run([[events]])
  let even = events.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
  let odd = events.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
  for other in [[[Array(events.reversed())]], [[even, odd]], [[odd], [even, events]]] {
    let outcome = try run(other)
    #expect(outcome.found == whole.found)
    #expect(outcome.counters == whole.counters)
  }
  return whole
}

/// One case of a table.
struct HistoryCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var events: [HistoryEvent]
  var found: [Found]

  init(_ name: String, _ events: [HistoryEvent], _ found: Found...) {
    testDescription = name
    self.events = events
    self.found = found
  }

  /// - Parameter past: further events, of what is known before.
  func check(_ plan: DetectionPlan, besides past: [HistoryEvent] = []) throws {
    let outcome = try decide(events + past, plan)
    #expect(outcome.found == found)
  }
}
