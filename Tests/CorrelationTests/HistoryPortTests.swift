/// What lasts value by value: `never_used` and `interval` with a `field`, and the third rule that ends everything.

import Events
import Rules
import Testing

@testable import Correlation

@Suite struct HistoryPortTests {
  static let valued = "group-by: [userIdentity.userName]\nfield: sourceIPAddress"
  static let end = HistoryEvent.clock(day)
  static let both = opening(#"{"fromPort":22,"cidrIp":"0.0.0.0/0"},{"fromPort":3389,"cidrIp":"0.0.0.0/0"}"#)
  static let first = opening(#"{"fromPort":22,"cidrIp":"0.0.0.0/0"}"#)
  static let otherNetwork = opening(#"{"fromPort":22,"cidrIpv6":"::/0"}"#)
  static let byPort = "group-by: [userIdentity.userName]\nfield: connection"

  private static func opening(_ items: String) -> String {
    #","requestParameters":{"ipPermissions":{"items":[\#(items)]}}"#
  }

  @Test(arguments: [
    HistoryCase("its own value answers", [.init("a", "A", 0, "v"), .init("b", "B", 1, "V"), end]),
    HistoryCase(
      "another value does not", [.init("a", "A", 0, "v"), .init("b", "B", 1, "w"), end], Found(hour, "a")),
    HistoryCase(
      "one of two is answered", [.init("a", "A", 0, "v"), .init("a2", "A", 1, "w"), .init("b", "B", 2, "v"), end],
      Found(hour + 1, "a2")),
    HistoryCase("an answer without a value answers all", [.init("a", "A", 0, "v"), .init("b", "B", 1), end]),
    HistoryCase("what has no value is answered by any", [.init("a", "A", 0), .init("b", "B", 1, "w"), end]),
    HistoryCase(
      "the third rule answers all, whatever its value", [.init("a", "A", 0, "v"), .init("c", "C", 1, "w"), end]),
    HistoryCase(
      "nothing answers in other groups", [.init("a", "A", 0), .init("b", "C", 1, group: "bob"), end],
      Found(hour, "a")),
  ])
  func neverUsed(_ one: HistoryCase) throws {
    try one.check(historyRules("never_used", rules: ["a", "b", "c"], "\(Self.valued)\ntimespan: 1h"))
  }

  @Test(arguments: [
    HistoryCase("its own value ends it", [.init("a", "A", 5, "v"), .init("b", "B", 9, "V")], Found(5, "a b")),
    HistoryCase(
      "another value does not", [.init("a", "A", 5, "v"), .init("b", "B", 9, "w")], Found(5, "a")),
    HistoryCase(
      "each value has its own end",
      [.init("a", "A", 1, "v"), .init("a2", "A", 2, "w"), .init("b", "B", 3, "w"), .init("b2", "B", 4, "v")],
      Found(2, "a2 b"), Found(1, "a b2")),
    HistoryCase(
      "an end without a value ends all", [.init("a", "A", 1, "v"), .init("a2", "A", 2, "w"), .init("b", "B", 3)],
      Found(1, "a b"), Found(2, "a2 b")),
    HistoryCase("what has no value ends with any", [.init("a", "A", 1), .init("b", "B", 3, "w")], Found(1, "a b")),
    HistoryCase(
      "the third rule ends all, whatever its value",
      [.init("a", "A", 1, "v"), .init("a2", "A", 2, "w"), .init("c", "C", 3, "u")], Found(1, "a c"), Found(2, "a2 c")),
    HistoryCase(
      "what begins again joins its own value",
      [.init("a", "A", 1, "v"), .init("a2", "A", 2, "v"), .init("b", "B", 3, "v"), .init("a3", "A", 4, "v")],
      Found(1, "a a2 b"), Found(4, "a3")),
    HistoryCase(
      "what ends and begins at one moment begins anew",
      [.init("a", "A", 1, "v"), .init("b", "B", 3, "v"), .init("a2", "A", 3, "v")], Found(1, "a b"), Found(3, "a2")),
  ])
  func intervals(_ one: HistoryCase) throws {
    let outcome = try decide(one.events, historyRules("interval", rules: ["a", "b", "c"], Self.valued))
    // Alerts are sorted by their time in the end; here they are in the order in which they were known.
    #expect(outcome.found.sorted { $0.time < $1.time } == one.found.sorted { $0.time < $1.time })
  }

  /// One event that begins several things is several alerts, with ids of their own that no order of events decides.
  @Test func severalValuesOfOneEventAreSeveralAlerts() throws {
    let plan = historyRules("interval", rules: ["a", "b"], Self.byPort)
    let opened = HistoryEvent("a", "A", 1, more: Self.both)
    let half = try decide([opened, .init("b", "B", 3, more: Self.first)], plan)
    #expect(half.found.sorted { $0.events.count > $1.events.count } == [Found(1, "a b"), Found(1, "a")])
    #expect(Set(half.ids).count == 2)
    let open = try decide([opened], plan)
    #expect(open.found == [Found(1, "a"), Found(1, "a")])
    #expect(Set(open.ids) == Set(half.ids))
  }

  @Test func whatIsStillOpenAtOnePortIsNotAnswered() throws {
    let plan = historyRules("never_used", rules: ["a", "b"], "\(Self.byPort)\ntimespan: 1h")
    let opened = HistoryEvent("a", "A", 1, more: Self.both)
    let closed = HistoryEvent("b", "B", 3, more: Self.first)
    #expect(try decide([opened, closed, Self.end], plan).found == [Found(hour + 1, "a")])
    let elsewhere = HistoryEvent("b", "B", 3, more: Self.otherNetwork)
    #expect(try decide([opened, elsewhere, Self.end], plan).found == [Found(hour + 1, "a")])
    let all = HistoryEvent("b", "B", 3, more: Self.both)
    #expect(try decide([opened, all, Self.end], plan).found.isEmpty)
  }

  @Test(arguments: ["never_used", "interval"])
  func withoutAFieldThereIsNoThirdRule(_ type: String) {
    let text = """
      title: T
      name: t
      correlation:
        type: \(type)
        rules: [a, b, c]
        group-by: [actor]
        timespan: 1h
      """
    let set = RuleSet.parse(Array(text.utf8), file: "r.yml")
    #expect(set.diagnostics.contains { $0.code == .badCorrelation && $0.message.contains("needs two rules") })
  }
}
