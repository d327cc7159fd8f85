/// Values that come back, meet, or come at the wrong time: `overlap`, `same_actor`, `outside_hours`, `after`.

import Testing

@testable import Correlation

@Suite struct HistoryValueTests {
  static let valued = "group-by: [userIdentity.userName]\nfield: sourceIPAddress\ntimespan: 1h"

  @Test(arguments: [
    HistoryCase(
      "back again", [.init("1", "A", 0, "v"), .init("2", "A", 1, "w"), .init("3", "A", 2, "v")], Found(2, "1 2 3")),
    HistoryCase(
      "one change is no overlap", [.init("1", "A", 0, "v"), .init("2", "A", 1, "w"), .init("3", "A", 2, "w")]),
    HistoryCase("values have no case", [.init("1", "A", 0, "v"), .init("2", "A", 1, "V"), .init("3", "A", 2, "v")]),
    HistoryCase(
      "at the window's beginning", [.init("1", "A", 0, "v"), .init("2", "A", 1, "w"), .init("3", "A", hour, "v")],
      Found(hour, "1 2 3")),
    HistoryCase(
      "before the window's beginning",
      [.init("1", "A", 0, "v"), .init("2", "A", 1, "w"), .init("3", "A", hour + 1, "v")]),
    HistoryCase(
      "at once is not in between", [.init("1", "A", 0, "v"), .init("2", "A", 0, "w"), .init("3", "A", 2, "v")]),
    HistoryCase(
      "at once with the last is not in between",
      [.init("1", "A", 0, "v"), .init("2", "A", 2, "w"), .init("3", "A", 2, "v")]),
    HistoryCase(
      "the one before the shared moment counts",
      [.init("0", "A", 0, "v"), .init("1", "A", 1, "v"), .init("2", "A", 1, "w"), .init("3", "A", 2, "v")],
      Found(2, "0 2 3")),
    HistoryCase(
      "every hit of both", "vwvwvvw".enumerated().map { .init("\($0)", "A", Int64($0), "\($1)") },
      Found(2, "0 1 2 3 4 5 6")
    ),
    HistoryCase(
      "three values", "uvwu".enumerated().map { .init("\($0)", "A", Int64($0), "\($1)") }, Found(3, "0 2 3")),
    HistoryCase(
      "a long stay after the change still has it behind",
      [
        .init("1", "A", 0, "v"), .init("2", "A", 1, "w"), .init("3", "A", 2, "v"), .init("4", "A", hour, "v"),
        .init("5", "A", hour + 1, "v"),
      ], Found(2, "1 2 3 4")),
    HistoryCase(
      "missing values are nothing", [.init("1", "A", 0, "v"), .init("2", "A", 1), .init("3", "A", 2, "v")]),
    HistoryCase(
      "groups are apart", [.init("1", "A", 0, "v"), .init("2", "A", 1, "w", group: "bob"), .init("3", "A", 2, "v")]),
  ])
  func overlap(_ one: HistoryCase) throws { try one.check(historyRules("overlap", Self.valued)) }

  @Test func overlapTellsWhatWasThere() throws {
    let events: [HistoryEvent] = [
      .init("1", "A", 0, "v"), .init("2", "A", 1, "W"), .init("3", "A", 2, "v"), .init("4", "A", 3),
    ]
    let outcome = try decide(events, historyRules("overlap", Self.valued))
    guard case .overlap(let value, let other, let first, let between) = outcome.notes.first else {
      return #expect(Bool(false), "\(outcome.notes)")
    }
    #expect([outcome.text(value), outcome.text(other)] == ["v", "W"])
    #expect([first, between] == [monday, monday + 1])
    #expect(outcome.counters.withoutValue == 1)
  }

  @Test(arguments: [
    HistoryCase("first, then second", [.init("1", "A", 0, "v"), .init("2", "B", 1, "v")], Found(1, "1 2")),
    HistoryCase("second, then first", [.init("1", "B", 0, "v"), .init("2", "A", 1, "V")], Found(1, "1 2")),
    HistoryCase("one half alone", [.init("1", "A", 0, "v"), .init("2", "A", 1, "v")]),
    HistoryCase("different values", [.init("1", "A", 0, "v"), .init("2", "B", 1, "w")]),
    HistoryCase("the end of the window", [.init("1", "A", 0, "v"), .init("2", "B", hour, "v")], Found(hour, "1 2")),
    HistoryCase("beyond the window", [.init("1", "A", 0, "v"), .init("2", "B", hour + 1, "v")]),
    HistoryCase("both at once", [.init("1", "A", 0, "v"), .init("2", "B", 0, "v")], Found(0, "1 2")),
    HistoryCase("one event is not two", [.init("1", "AB", 0, "v")]),
    HistoryCase("two events of both", [.init("1", "AB", 0, "v"), .init("2", "AB", 1, "v")], Found(1, "1 2")),
    HistoryCase("missing values are nothing", [.init("1", "A", 0), .init("2", "B", 1)]),
  ])
  func sameActor(_ one: HistoryCase) throws {
    try one.check(historyRules("same_actor", rules: ["a", "b"], Self.valued))
  }

  @Test func sameActorTellsTheOtherHalf() throws {
    let events: [HistoryEvent] = [.init("1", "A", 0, "v"), .init("2", "A", 1, "v"), .init("3", "B", 2, "v")]
    let outcome = try decide(events, historyRules("same_actor", rules: ["a", "b"], Self.valued))
    guard case .sameActor(_, let other, let event) = outcome.notes.first else {
      return #expect(Bool(false), "\(outcome.notes)")
    }
    #expect(other == monday + 1 && outcome.text(event) == "2")
  }

  static let office = #"hours: "08:00-19:00"\#ndays: mon-fri\#ngroup-by: [userIdentity.userName]"#

  @Test(arguments: [
    HistoryCase("before", [.init("1", "A", 8 * hour - 1)], Found(8 * hour - 1, "1")),
    HistoryCase("the first moment", [.init("1", "A", 8 * hour)]),
    HistoryCase("the last moment", [.init("1", "A", 19 * hour - 1)]),
    HistoryCase("after", [.init("1", "A", 19 * hour)], Found(19 * hour, "1")),
    HistoryCase("Friday", [.init("1", "A", 4 * day + 9 * hour)]),
    HistoryCase("Saturday", [.init("1", "A", 5 * day + 9 * hour)], Found(5 * day + 9 * hour, "1")),
    HistoryCase("Sunday before", [.init("1", "A", -15 * hour)], Found(-15 * hour, "1")),
    HistoryCase("a day apart joins", [.init("1", "A", 0), .init("2", "A", day)], Found(0, "1 2")),
    HistoryCase("longer does not", [.init("1", "A", 0), .init("2", "A", day + 1)], Found(0, "1"), Found(day + 1, "2")),
  ])
  func outsideHours(_ one: HistoryCase) throws { try one.check(historyRules("outside_hours", Self.office)) }

  @Test(arguments: [
    HistoryCase("Monday's shift begins", [.init("1", "A", 22 * hour)]),
    HistoryCase("before it begins", [.init("1", "A", 22 * hour - 1)], Found(22 * hour - 1, "1")),
    HistoryCase("after midnight it is still Monday's", [.init("1", "A", day + 6 * hour - 1)]),
    HistoryCase("it ends", [.init("1", "A", day + 6 * hour)], Found(day + 6 * hour, "1")),
    HistoryCase("Sunday's shift is none", [.init("1", "A", hour)], Found(hour, "1")),
    HistoryCase("Saturday morning is Friday's", [.init("1", "A", 5 * day + hour)]),
  ])
  func nightShift(_ one: HistoryCase) throws {
    let body = #"hours: "22:00-06:00"\#ndays: mon-fri\#ngroup-by: [userIdentity.userName]"#
    try one.check(historyRules("outside_hours", body))
  }

  @Test func hoursAreThoseOfTheZone() throws {
    let plan = historyRules("outside_hours", Self.office + #"\#ntz: "+08:00""#)
    let outcome = try decide([.init("1", "A", 0), .init("2", "A", 11 * hour)], plan)
    #expect(outcome.found == [Found(11 * hour, "2")])
  }

  @Test(arguments: [
    HistoryCase("before the date", [.init("1", "A", 5 * day - 1)]),
    HistoryCase("at the date", [.init("1", "A", 5 * day)], Found(5 * day, "1")),
    HistoryCase(
      "case does not matter", [.init("1", "A", 6 * day, group: "ALICE")], Found(6 * day, "1", group: "ALICE")),
    HistoryCase("others have no date", [.init("1", "A", 6 * day, group: "bob")]),
  ])
  func after(_ one: HistoryCase) throws {
    try one.check(historyRules("after", "group-by: [userIdentity.userName]\ndates: {Alice: 2026-01-10}"))
  }
}
