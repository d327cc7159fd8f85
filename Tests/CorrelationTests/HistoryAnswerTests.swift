/// What should have followed and did not: `never_used`, `unmatched`, `overstay`, `gap`, and what came after a silence.

import Testing

@testable import Correlation

@Suite struct HistoryAnswerTests {
  static let pair = "group-by: [userIdentity.userName]\ntimespan: 1h"
  static let end = HistoryEvent.clock(day)

  @Test(arguments: [
    HistoryCase("nothing answers", [.init("a", "A", 0), end], Found(hour, "a")),
    HistoryCase("the end of the window answers", [.init("a", "A", 0), .init("b", "B", hour), end]),
    HistoryCase(
      "a millisecond later is too late", [.init("a", "A", 0), .init("b", "B", hour + 1), end], Found(hour, "a")),
    HistoryCase("the same moment does not answer", [.init("a", "A", 0), .init("b", "B", 0), end], Found(hour, "a")),
    HistoryCase(
      "what came before does not answer", [.init("b", "B", 0), .init("a", "A", 1), end], Found(hour + 1, "a")),
    HistoryCase(
      "other groups do not answer", [.init("a", "A", 0), .init("b", "B", 1, group: "bob"), end], Found(hour, "a")),
    HistoryCase("groups have no case", [.init("a", "A", 0), .init("b", "B", 1, group: "ALICE"), end]),
    HistoryCase("one answer is enough for many", [.init("a", "A", 0), .init("a2", "A", 9), .init("b", "B", 10), end]),
    HistoryCase(
      "what is an hour apart joins", [.init("a", "A", 0), .init("a2", "A", hour), end], Found(hour, "a a2")),
    HistoryCase(
      "what is further apart does not", [.init("a", "A", 0), .init("a2", "A", hour + 1), end],
      Found(hour, "a"), Found(2 * hour + 1, "a2")),
    HistoryCase(
      "one of two is answered", [.init("a", "A", 0), .init("a2", "A", 2 * hour), .init("b", "B", 3 * hour), end],
      Found(hour, "a")),
    HistoryCase("an event of both does not answer itself", [.init("a", "AB", 0), end], Found(hour, "a")),
    HistoryCase("time has not passed", [.init("a", "A", 0), .clock(hour)]),
    HistoryCase("time has just passed", [.init("a", "A", 0), .clock(hour + 1)], Found(hour, "a")),
  ])
  func neverUsed(_ one: HistoryCase) throws { try one.check(historyRules("never_used", rules: ["a", "b"], Self.pair)) }

  @Test func overstayOfTwoRulesIsTheSameQuestion() throws {
    let plan = historyRules("overstay", rules: ["a", "b"], Self.pair)
    let outcome = try decide(
      [.init("a", "A", 5), .init("a2", "A", 2 * hour), .init("b", "B", 3 * hour), Self.end], plan)
    #expect(outcome.found == [Found(hour + 5, "a")])
    #expect(outcome.notes == [.overstay(since: monday + 5)])
  }

  @Test func whatIsNotDecidedIsCountedByMoments() throws {
    let plan = historyRules("never_used", rules: ["a", "b"], Self.pair)
    let events: [HistoryEvent] = [.init("a", "A", 0), .init("a2", "A", 0), .init("a3", "A", 1), .clock(hour)]
    let outcome = try decide(events, plan)
    #expect(outcome.found.isEmpty)
    #expect(outcome.counters.undecided == 2)
  }

  @Test func aForgedDateMakesNoTimePass() throws {
    let plan = historyRules("never_used", rules: ["a", "b"], Self.pair)
    let events: [HistoryEvent] = [.init("a", "A", 0), .init("b", "B", 26_000 * day), .clock(minute)]
    let outcome = try decide(events, plan, now: hour)
    #expect(outcome.found.isEmpty)
    #expect(outcome.counters.undecided == 1)
  }

  @Test(arguments: [
    HistoryCase("nothing answers", [.init("a", "A", 0), end], Found(hour, "a")),
    HistoryCase("the end of the window answers", [.init("a", "A", 0), .init("b", "B", hour), end]),
    HistoryCase("its beginning answers", [.init("b", "B", 0), .init("a", "A", hour), end]),
    HistoryCase("later is too late", [.init("a", "A", 0), .init("b", "B", hour + 1), end], Found(hour, "a")),
    HistoryCase(
      "earlier is too early", [.init("b", "B", 0), .init("a", "A", hour + 1), end], Found(2 * hour + 1, "a")),
    HistoryCase("the same moment answers", [.init("a", "A", 0), .init("b", "B", 0), end]),
    HistoryCase("an event of both answers itself", [.init("a", "AB", 0), end]),
    HistoryCase("time has not passed", [.init("a", "A", 0), .clock(hour)]),
  ])
  func unmatched(_ one: HistoryCase) throws { try one.check(historyRules("unmatched", rules: ["a", "b"], Self.pair)) }

  @Test(arguments: [
    HistoryCase("use beyond the time", [.init("s", "A", 0), .init("u", "C", hour + 1)], Found(hour + 1, "s u")),
    HistoryCase("use at its end", [.init("s", "A", 0), .init("u", "C", hour)]),
    HistoryCase("ended before", [.init("s", "A", 0), .init("e", "B", 1), .init("u", "C", 2 * hour)]),
    HistoryCase(
      "ended at the moment of use", [.init("s", "A", 0), .init("e", "B", 2 * hour), .init("u", "C", 2 * hour)]),
    HistoryCase(
      "ended at the moment of the start", [.init("s", "A", 0), .init("e", "B", 0), .init("u", "C", 2 * hour)],
      Found(2 * hour, "s u")),
    HistoryCase(
      "ended too late", [.init("s", "A", 0), .init("u", "C", 2 * hour), .init("e", "B", 2 * hour + 1)],
      Found(2 * hour, "s u")),
    HistoryCase("started again", [.init("s", "A", 0), .init("s2", "A", hour), .init("u", "C", 2 * hour)]),
    HistoryCase(
      "started again at the moment of use",
      [.init("s", "A", 0), .init("s2", "A", 2 * hour), .init("u", "C", 2 * hour)],
      Found(2 * hour, "s u")),
    HistoryCase(
      "started again after an end",
      [.init("s", "A", 0), .init("e", "B", 1), .init("s2", "A", 2), .init("u", "C", 2 * hour)], Found(2 * hour, "s2 u")),
    HistoryCase("never started", [.init("u", "C", 2 * hour), .init("e", "B", 0)]),
  ])
  func overstay(_ one: HistoryCase) throws {
    try one.check(historyRules("overstay", rules: ["a", "b", "c"], Self.pair))
  }

  @Test(arguments: [
    HistoryCase("after a longer silence", [.init("1", "A", 0), .init("2", "A", hour + 1)], Found(hour + 1, "2")),
    HistoryCase("after one that is just as long", [.init("1", "A", 0), .init("2", "A", hour)]),
    HistoryCase(
      "all hits of the moment", [.init("1", "A", 0), .init("2", "A", day), .init("3", "A", day)], Found(day, "2 3")),
    HistoryCase("the first hit ever", [.init("1", "A", day)]),
  ])
  func dormant(_ one: HistoryCase) throws { try one.check(historyRules("dormant", Self.pair)) }

  /// An hourly beat, from one hour to another.
  static func beats(_ hours: ClosedRange<Int64>) -> [HistoryEvent] { hours.map { .init("\($0)", "A", $0 * hour) } }

  @Test(arguments: [
    HistoryCase("silence for good", beats(0...24) + [.clock(30 * hour)], Found(26 * hour, "24")),
    HistoryCase("silence that ends", beats(0...24) + beats(27...27), Found(26 * hour, "24 27")),
    HistoryCase("no longer than allowed", beats(0...24) + beats(26...26)),
    HistoryCase("a millisecond longer", beats(0...24) + [.init("x", "A", 26 * hour + 1)], Found(26 * hour, "24 x")),
    HistoryCase("not learned yet", beats(0...23) + [.clock(30 * hour)]),
    HistoryCase("time has not passed", beats(0...24) + [.clock(26 * hour)]),
    HistoryCase(
      "only the first of two silences", beats(0...24) + beats(30...34) + beats(40...41), Found(26 * hour, "24 30")),
    // What reaches into the 24 hours before hour 53 is two hours long, then longer.
    HistoryCase(
      "an old silence is forgotten", beats(0...24) + beats(31...53) + [.clock(60 * hour)], Found(26 * hour, "24 31"),
      Found(55 * hour, "53")),
    HistoryCase(
      "an old silence is not forgotten", beats(0...24) + beats(32...53) + [.clock(60 * hour)], Found(26 * hour, "24 32")
    ),
    HistoryCase(
      "it never beat so often",
      [.init("0", "A", 0), .init("5", "A", 5 * hour)] + beats(9...9) + beats(24...24) + [.clock(day * 3)]),
  ])
  func gap(_ one: HistoryCase) throws {
    try one.check(historyRules("gap", "group-by: [userIdentity.userName]\ntimespan: 2h\nlearning: 1d"))
  }

  @Test func gapTellsWhatItIsLearning() throws {
    let plan = historyRules("gap", "group-by: [userIdentity.userName]\ntimespan: 2h\nlearning: 1d")
    #expect(try decide(Self.beats(3...26), plan).counters.learningUntil == monday + 27 * hour)
    #expect(try decide(Self.beats(3...27), plan).counters.learningUntil == nil)
    // One beat of long ago, or of a clock that is years ahead, changes nothing.
    for far in [-30 * day, 70 * 365 * day] {
      let straggler = HistoryEvent("far", "A", far)
      #expect(try decide(Self.beats(3...26) + [straggler], plan).counters.learningUntil == monday + 27 * hour)
    }
    let outcome = try decide(Self.beats(0...24) + [.clock(25 * hour)], plan)
    #expect(outcome.counters.undecided == 1)
  }
}
