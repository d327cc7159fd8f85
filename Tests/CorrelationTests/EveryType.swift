/// A plan with detections of every type, for what must hold whatever the type.

import ReadingSupport
import Rules
import TestSupport

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

  static let plan: DetectionPlan = {
    var text = rules
    for (place, body) in CorrelationBodies.all.enumerated() {
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
    precondition(set.correlations.count == CorrelationBodies.all.count && !set.hasErrors, "\(set.diagnostics)")
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
