/// A plan with detections of every type, for what must hold whatever the type.

import ReadingSupport
import Rules

@testable import Correlation

enum EveryType {
  static let rules = ["a", "b", "c"].map { name in
    """
    title: Rule \(name)
    name: \(name)
    status: test
    logsource: {product: aws, service: cloudtrail}
    detection: {one: {eventName: \(name.uppercased())}, condition: one}
    ---

    """
  }.joined()

  static let bodies: [(type: String, members: String, more: String)] = [
    ("event_count", "a, b", "condition: {gte: 3}"),
    ("value_count", "a", "condition: {field: sourceIPAddress, gte: 2}"),
    ("value_sum", "a", "condition: {field: requestParameters.n, gte: 3}"),
    ("value_median", "a", "condition: {field: requestParameters.n, gte: 3}"),
    ("temporal", "a, b", "condition: a and not b"), ("temporal_ordered", "a, b, c", "condition: {gte: 2}"),
    ("temporal_ordered", "a, b", ""), ("first_seen", "a", "field: sourceIPAddress, learning: 1h"),
    ("rare", "a", "field: sourceIPAddress, learning: 1h, fewer-than: 2, peers-min: 1"),
    ("rate", "a", "condition: {ratio: 2, floor: 2}, learning: 1h"),
    ("rate", "a, b", "measure: share, condition: {ratio: 2, floor: 2}, learning: 1h"),
    ("travel", "a", "field: sourceIPAddress, fallback: {networks: 2, within: 1h}"), ("dormant", "a", ""),
    ("never_used", "a, b", ""), ("unmatched", "a, b", ""), ("overlap", "a", "field: sourceIPAddress"),
    ("overstay", "a, b", ""), ("overstay", "a, b, c", ""),
    ("outside_hours", "a", "hours: '08:00-19:00', days: mon-fri"), ("after", "a", "dates: {alice: 2026-01-06}"),
    ("same_actor", "a, b", "field: sourceIPAddress"), ("gap", "a", "learning: 1h"),
    ("interval", "a, b", ""),
  ]

  static let plan: DetectionPlan = {
    var text = rules
    for (place, body) in bodies.enumerated() {
      let more = body.more.isEmpty ? "" : ", \(body.more)"
      text += """
        title: Type \(place)
        name: t\(place)
        status: test
        correlation: {type: \(body.type), rules: [\(body.members)], group-by: [userIdentity.userName], timespan: 10m\(more)}
        ---

        """
    }
    let set = RuleSet.parse(Array(text.utf8), file: "every.yml")
    precondition(set.correlations.count == bodies.count && !set.hasErrors, "\(set.diagnostics)")
    return DetectionPlan(set)
  }()

  /// A partial of some dozens of events.
  static func partial() throws -> [UInt8] {
    var random = SeededGenerator(7)
    var events: [HistoryEvent] = []
    for number in 0..<48 {
      let name = ["A", "B", "C", "D"][Int.random(in: 0..<4, using: &random)]
      let time = Int64.random(in: 0...40, using: &random) * 5 * minute
      let group = ["alice", "ALICE", "bob"][Int.random(in: 0..<3, using: &random)]
      let more = #","requestParameters":{"n":\#(number % 7)}"#
      events.append(
        HistoryEvent("e\(number / 2 * 2)", name, time, "203.0.\(number % 3).1", group: group, more: more))
    }
    let part = try mapped([Array(events.prefix(30)), Array(events.dropFirst(20))], plan, now: 1000 * day)
    var bytes: [UInt8] = []
    try Partial.write([part], fingerprint: plan.fingerprint) { bytes += $0 }
    return bytes
  }
}
