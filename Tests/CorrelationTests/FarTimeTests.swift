/// Times that only a forger or a broken clock writes: nothing that is added to them may overflow.

import Testing

@testable import Correlation

@Suite struct FarTimeTests {
  /// The high-water mark is nowhere: all events are later than a day from now.
  @Test func archiveOfTheFutureAloneIsReduced() throws {
    let events = (0..<40).map { HistoryEvent("e\($0)", "A", 1000 * day + Int64($0) * minute, "203.0.113.\($0)") }
    let part = try mapped([events], EveryType.plan, now: 0)
    let reduction = try reduce([part], plan: EveryType.plan)
    #expect(reduction.distinct == 40)
    #expect(reduction.counters.contains { $0.undecided > 0 } && reduction.counters.contains { $0.learningUntil != nil })
  }

  @Test func firstAndLastTimesThatCanBeWrittenAreReduced() throws {
    let beginning = -monday
    let end: Int64 = 253_402_300_799_999 - monday
    let events = [beginning, beginning + 1, 0, end - 1, end].enumerated().flatMap { place, time in
      ["A", "B", "C"].map { HistoryEvent("\($0)\(place)", $0, time, "203.0.\(place).1") }
    }
    for now in [0, end] {
      let reduction = try reduce([try mapped([events], EveryType.plan, now: now)], plan: EveryType.plan)
      #expect(reduction.distinct == 15)
    }
  }
}
