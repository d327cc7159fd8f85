/// One scenario for each type of correlation: what it finds, what it just does not find, and both sides of its edges. The
/// general questions (groups, late events, forged dates, days that clocks change) are asked of each of them in EdgeTests.

import Events
import Testing

@testable import Correlation

/// A correlation, and events around the edges of what it looks for. Times are those of `HistoryEvent`.
struct Edge: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var type: String
  var rules: [String]
  /// Below type and rules, without `group-by`; with dates that are that much later.
  var body: @Sendable (Int64) -> String
  /// What is found, and as what.
  var events: [HistoryEvent]
  var found: Found
  /// The same but for one thing: nothing is found.
  var negative: [HistoryEvent]
  /// A millisecond apart.
  var inside: [HistoryEvent]
  var outside: [HistoryEvent]
  /// Everything at one moment, and what is found of it.
  var equal: [HistoryEvent]
  var equalFound: [Found]

  init(
    _ name: String, _ type: String, _ rules: String, _ body: @autoclosure @escaping @Sendable () -> String,
    _ events: [HistoryEvent], _ found: Found, negative: [HistoryEvent], inside: [HistoryEvent],
    outside: [HistoryEvent], equal: ([HistoryEvent], [Found])
  ) {
    self.init(
      name, type, rules, shifted: { _ in body() }, events, found, negative: negative, inside: inside, outside: outside,
      equal: equal)
  }

  init(
    _ name: String, _ type: String, _ rules: String, shifted body: @escaping @Sendable (Int64) -> String,
    _ events: [HistoryEvent], _ found: Found, negative: [HistoryEvent], inside: [HistoryEvent],
    outside: [HistoryEvent], equal: ([HistoryEvent], [Found])
  ) {
    testDescription = name
    self.type = type
    self.rules = rules.map(String.init)
    self.body = body
    self.events = events
    self.found = found
    self.negative = negative
    self.inside = inside
    self.outside = outside
    (self.equal, equalFound) = equal
  }

  /// - Parameter shift: how much later everything is.
  func plan(shift: Int64 = 0) -> DetectionPlan {
    historyRules(type, rules: rules, "group-by: [userIdentity.userName]\n" + body(shift))
  }
}

/// `A` with a number among its parameters.
private func number(_ id: String, _ time: Int64, _ value: Double) -> HistoryEvent {
  HistoryEvent(id, "A", time, more: #","requestParameters":{"n":\#(value)}"#)
}

/// `A` from an address; `group` is who.
private func visit(_ id: String, _ time: Int64, _ value: String, group: String = "alice") -> HistoryEvent {
  HistoryEvent(id, "A", time, value, group: group)
}

private func a(_ id: String, _ time: Int64) -> HistoryEvent { HistoryEvent(id, "A", time) }
private func b(_ id: String, _ time: Int64) -> HistoryEvent { HistoryEvent(id, "B", time) }
private func c(_ id: String, _ time: Int64) -> HistoryEvent { HistoryEvent(id, "C", time) }

private let over = HistoryEvent.clock(hour + 1)
/// Two networks of documentation.
private let (here, there) = ("203.0.113.1", "198.51.100.1")

extension Edge {
  /// Two values that together, and only together, are what is asked for.
  private static func numbers(_ type: String, _ condition: String) -> Edge {
    Edge(
      type, type, "a", "timespan: 1h\ncondition: {field: requestParameters.n, \(condition)}",
      [number("1", 0, 1), number("2", minute, 10)], Found(minute, "1 2"),
      negative: [number("1", 0, 1), number("2", minute, 11)],
      inside: [number("1", 0, 1), number("2", hour, 10)], outside: [number("1", 0, 1), number("2", hour + 1, 10)],
      equal: ([number("1", 0, 1), number("2", 0, 10)], [Found(0, "1 2")]))
  }

  static let sigma: [Edge] = [
    Edge(
      "event_count", "event_count", "a", "timespan: 1h\ncondition: {gte: 2}", [a("1", 0), a("2", minute)],
      Found(minute, "1 2"), negative: [a("1", 0), b("2", minute)], inside: [a("1", 0), a("2", hour)],
      outside: [a("1", 0), a("2", hour + 1)], equal: ([a("1", 0), a("2", 0)], [Found(0, "1 2")])),
    Edge(
      "value_count", "value_count", "a", "timespan: 1h\ncondition: {field: sourceIPAddress, gte: 2}",
      [visit("1", 0, "v"), visit("2", minute, "w")], Found(minute, "1 2"),
      negative: [visit("1", 0, "v"), visit("2", minute, "V")], inside: [visit("1", 0, "v"), visit("2", hour, "w")],
      outside: [visit("1", 0, "v"), visit("2", hour + 1, "w")],
      equal: ([visit("1", 0, "v"), visit("2", 0, "w")], [Found(0, "1 2")])),
    numbers("value_sum", "eq: 11"), numbers("value_avg", "eq: 5.5"), numbers("value_median", "eq: 5.5"),
    numbers("value_percentile", "eq: 3.25, percentile: 25"),
    Edge(
      "temporal", "temporal", "ab", "timespan: 1h", [b("1", 0), a("2", minute)], Found(minute, "1 2"),
      negative: [a("1", 0), a("2", minute)], inside: [b("1", 0), a("2", hour)], outside: [b("1", 0), a("2", hour + 1)],
      equal: ([a("1", 0), b("2", 0)], [Found(0, "1 2")])),
    Edge(
      "temporal with not", "temporal", "ab", "timespan: 1h\ncondition: a and not b", [a("1", 0), over],
      Found(hour, "1"), negative: [a("1", 0), b("2", minute), over], inside: [a("1", 0), b("2", hour + 1), over],
      outside: [a("1", 0), b("2", hour), over], equal: ([a("1", 0), b("2", 0), over], [])),
    Edge(
      "temporal_ordered", "temporal_ordered", "ab", "timespan: 1h", [a("1", 0), b("2", minute)], Found(minute, "1 2"),
      negative: [b("1", 0), a("2", minute)], inside: [a("1", 0), b("2", hour)], outside: [a("1", 0), b("2", hour + 1)],
      equal: ([a("1", 0), b("2", 0)], [])),
  ]

  private static let novelty = "field: sourceIPAddress\ntimespan: 2d\nlearning: 1d\n"
  private static let peers = novelty + "fewer-than: 1\npeers-min: 1"
  /// Somebody else, so often that the first day is known.
  private static let past = past(of: "zoe", "p")
  private static let bob = past(of: "bob", "v")

  private static func past(of group: String, _ value: String) -> [HistoryEvent] {
    (0..<4).map { visit("\(group)\($0)", $0 * 6 * hour, value, group: group) }
  }

  private static let values: [Edge] = [
    Edge(
      "first_seen", "first_seen", "a", novelty, past + [visit("1", 0, "v"), visit("2", day, "w")], Found(day, "2"),
      negative: past + [visit("1", 0, "v"), visit("2", day, "V")],
      inside: past + [visit("1", 0, "v"), visit("2", 2 * day + 1, "v")],
      outside: past + [visit("1", 0, "v"), visit("2", 2 * day, "v")],
      equal: (past + [visit("1", 0, "v"), visit("2", day, "w"), visit("3", day, "x")], [Found(day, "2 3")])),
    Edge(
      "first_seen, learning", "first_seen", "a", novelty, past + [visit("1", 0, "v"), visit("2", day, "w")],
      Found(day, "2"), negative: [visit("1", 0, "v"), visit("2", day, "w")],
      inside: past + [visit("1", 0, "v"), visit("2", day, "w")],
      outside: past + [visit("1", 0, "v"), visit("2", day - 1, "w")],
      equal: ([visit("1", 0, "v"), visit("2", 0, "w")], [])),
    Edge(
      "rare", "rare", "a", peers, bob + [visit("2", day, "w")], Found(day, "2"),
      negative: bob + [visit("2", day, "v")], inside: bob + [visit("2", 18 * hour + 2 * day, "w")],
      outside: bob + [visit("2", 18 * hour + 2 * day + 1, "w")],
      equal: (bob + [visit("c", day, "w", group: "bob"), visit("2", day, "w")], [Found(day, "2")])),
    Edge(
      "overlap", "overlap", "a", "field: sourceIPAddress\ntimespan: 1h",
      [visit("1", 0, "v"), visit("2", 1, "w"), visit("3", 2, "v")], Found(2, "1 2 3"),
      negative: [visit("1", 0, "v"), visit("2", 1, "w"), visit("3", 2, "x")],
      inside: [visit("1", 0, "v"), visit("2", 1, "w"), visit("3", hour, "v")],
      outside: [visit("1", 0, "v"), visit("2", 1, "w"), visit("3", hour + 1, "v")],
      equal: ([visit("1", 0, "v"), visit("2", 0, "w"), visit("3", 0, "v")], [])),
    Edge(
      "same_actor", "same_actor", "ab", "field: sourceIPAddress\ntimespan: 1h",
      [visit("1", 0, "v"), HistoryEvent("2", "B", minute, "V")], Found(minute, "1 2"),
      negative: [visit("1", 0, "v"), HistoryEvent("2", "B", minute, "w")],
      inside: [visit("1", 0, "v"), HistoryEvent("2", "B", hour, "v")],
      outside: [visit("1", 0, "v"), HistoryEvent("2", "B", hour + 1, "v")],
      equal: ([visit("1", 0, "v"), HistoryEvent("2", "B", 0, "v")], [Found(0, "1 2")])),
    Edge(
      "travel", "travel", "a", "field: sourceIPAddress\ntimespan: 1d\nfallback: {networks: 2, within: 1h}",
      [visit("1", 0, here), visit("2", minute, there)], Found(minute, "1 2"),
      negative: [visit("1", 0, here), visit("2", minute, "203.0.113.200")],
      inside: [visit("1", 0, here), visit("2", hour, there)],
      outside: [visit("1", 0, here), visit("2", hour + 1, there)],
      equal: ([visit("1", 0, here), visit("2", 0, there)], [Found(0, "1 2")])),
  ]

  private static let answers: [Edge] = [
    Edge(
      "dormant", "dormant", "a", "timespan: 1h", [a("1", 0), a("2", 2 * hour)], Found(2 * hour, "2"),
      negative: [a("1", 0), a("2", minute)], inside: [a("1", 0), a("2", hour + 1)], outside: [a("1", 0), a("2", hour)],
      equal: ([a("1", 0), a("2", 2 * hour), a("3", 2 * hour)], [Found(2 * hour, "2 3")])),
    Edge(
      "never_used", "never_used", "ab", "timespan: 1h", [a("1", 0), over], Found(hour, "1"),
      negative: [a("1", 0), b("2", minute), over], inside: [a("1", 0), b("2", hour + 1), over],
      outside: [a("1", 0), b("2", hour), over], equal: ([a("1", 0), b("2", 0), over], [Found(hour, "1")])),
    Edge(
      "unmatched", "unmatched", "ab", "timespan: 1h", [a("1", 0), over], Found(hour, "1"),
      negative: [a("1", 0), b("2", -minute), over], inside: [a("1", 0), b("2", -hour - 1), over],
      outside: [a("1", 0), b("2", -hour), over], equal: ([a("1", 0), b("2", 0), over], [])),
    Edge(
      "overstay of two", "overstay", "ab", "timespan: 1h", [a("1", 0), over], Found(hour, "1"),
      negative: [a("1", 0), b("2", minute), over], inside: [a("1", 0), b("2", hour + 1), over],
      outside: [a("1", 0), b("2", hour), over], equal: ([a("1", 0), b("2", 0), over], [Found(hour, "1")])),
    Edge(
      "overstay of three", "overstay", "abc", "timespan: 1h", [a("1", 0), c("2", 2 * hour)], Found(2 * hour, "1 2"),
      negative: [a("1", 0), b("2", minute), c("3", 2 * hour)], inside: [a("1", 0), c("2", hour + 1)],
      outside: [a("1", 0), c("2", hour)], equal: ([a("1", 0), b("2", 0), c("3", 0)], [])),
    Edge(
      "overstay of one", "overstay", "a", "timespan: 1h", [a("1", 0), a("2", 2 * hour)], Found(2 * hour, "1 2"),
      negative: [a("1", 0), a("2", minute)], inside: [a("1", 0), a("2", hour + 1)],
      outside: [a("1", 0), a("2", hour)],
      equal: ([a("1", 0), a("2", 2 * hour), a("3", 2 * hour)], [Found(2 * hour, "1 2 3")])),
    Edge(
      "gap", "gap", "a", "timespan: 1h\nlearning: 2h",
      [a("1", 0), a("2", hour), a("3", 2 * hour), .clock(3 * hour + 1)], Found(3 * hour, "3"),
      negative: [a("1", 0), a("2", hour), a("3", 2 * hour), .clock(3 * hour)],
      inside: [a("1", 0), a("2", hour), a("3", 2 * hour), .clock(3 * hour + 1)],
      outside: [a("1", 0), a("2", hour), a("3", 2 * hour), a("4", 3 * hour)],
      equal: (
        [a("1", 0), a("2", hour), a("3", 2 * hour), a("4", 2 * hour), .clock(3 * hour + 1)], [Found(3 * hour, "3 4")]
      )),
  ]

  private static func burst(_ first: Int64, _ times: [Int64], _ event: (String, Int64) -> HistoryEvent)
    -> [HistoryEvent]
  {
    times.enumerated().map { event("x\($0)", first + $1) }
  }

  private static let volume = "timespan: 1h\nlearning: 1d\ncondition: {ratio: 3, floor: 3}"
  private static let share = "timespan: 1h\nlearning: 1d\nmeasure: share\ncondition: {ratio: 3, floor: 2}"
  /// Days on which nothing of both is usual, then one with two of two.
  private static func shares(_ later: Int64) -> [HistoryEvent] {
    (0..<4).map { b("\($0)", $0 * 6 * hour) } + [HistoryEvent("x", "AB", day), HistoryEvent("y", "AB", day + later)]
  }

  private static let calm = (0..<4).map { a("\($0)", $0 * 6 * hour) }

  private static let times: [Edge] = [
    Edge(
      "rate", "rate", "a", volume, calm + burst(day, [0, 1, 2], a), Found(day + 2, "x0 x1 x2"),
      negative: calm + burst(day, [0, 1], a), inside: calm + burst(day, [0, 1, hour - 1], a),
      outside: calm + burst(day, [0, 1, hour], a),
      equal: (calm + burst(day, [5, 5, 5], a), [Found(day + 5, "x0 x1 x2")])),
    Edge(
      "rate of a share", "rate", "ab", share, shares(1) + [.clock(day + hour)], Found(day + hour, "x y"),
      negative: shares(1) + [.clock(day + hour - 1)], inside: shares(hour - 1) + [.clock(day + hour)],
      outside: shares(hour) + [.clock(day + hour)],
      equal: (shares(0) + [.clock(day + hour)], [Found(day + hour, "x y")])),
    Edge(
      "outside_hours", "outside_hours", "a", "timespan: 1h\nhours: '08:00-19:00'", [a("1", 20 * hour)],
      Found(20 * hour, "1"), negative: [a("1", 12 * hour)], inside: [a("1", 19 * hour)],
      outside: [a("1", 19 * hour - 1)],
      equal: ([a("1", 3 * hour), a("2", 3 * hour)], [Found(3 * hour, "1 2")])),
    Edge(
      "outside_hours, morning", "outside_hours", "a", "timespan: 1h\nhours: '08:00-19:00'", [a("1", 0)],
      Found(0, "1"), negative: [b("1", 0)], inside: [a("1", 8 * hour - 1)], outside: [a("1", 8 * hour)],
      equal: ([a("1", 8 * hour), a("2", 8 * hour)], [])),
    Edge(
      "after", "after", "a", shifted: { "timespan: 1h\ndates: {Alice: \(date(day + $0))}" }, [a("1", day + hour)],
      Found(day + hour, "1"), negative: [a("1", 0)], inside: [a("1", day)], outside: [a("1", day - 1)],
      equal: ([a("1", day), a("2", day)], [Found(day, "1 2")])),
  ]

  static let history = values + answers + times

  private static func date(_ time: Int64) -> String { String(Timestamp.string(monday + time).prefix(10)) }
}
