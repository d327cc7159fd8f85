/// More than usual: `rate` by volume and by share, and the arithmetic below it.

import ReadingSupport
import Testing

@testable import Correlation

@Suite struct HistoryRateTests {
  static let grouped = "group-by: [userIdentity.userName]\n"
  static let volume = grouped + "timespan: 1d\nlearning: 3d\ncondition: {ratio: 3, floor: 5}"

  /// Events of one day, a minute apart.
  static func burst(_ number: Int64, _ count: Int, group: String = "alice") -> [HistoryEvent] {
    (0..<count).map { .init("\(group)\(number).\($0)", "A", number * day + Int64($0) * minute, group: group) }
  }

  static func ids(_ number: Int64, _ count: Int, group: String = "alice") -> String {
    burst(number, count, group: group).map(\.id).joined(separator: " ")
  }

  static func days(_ range: ClosedRange<Int64>, _ count: Int, group: String = "alice") -> [HistoryEvent] {
    range.flatMap { burst($0, count, group: group) }
  }

  /// Another group, with six events on each of the first three days: all of them are known.
  static let past = (0..<18).map { HistoryEvent("zoe\($0)", "A", Int64($0) * 4 * hour, group: "zoe") }

  /// The median is 3, and half of the days are at most 1 from it.
  static let uneven = [1, 3, 1, 3, 4, 4].enumerated().flatMap { burst(Int64($0.offset), $0.element) }

  @Test(arguments: [
    HistoryCase("three times the usual", days(0...5, 2) + burst(6, 6), Found(6 * day + 5 * minute, ids(6, 6))),
    HistoryCase(
      "what follows in the bucket belongs to it", days(0...5, 2) + burst(6, 9), Found(6 * day + 5 * minute, ids(6, 9))),
    HistoryCase("one event less", days(0...5, 2) + burst(6, 5)),
    HistoryCase("below the floor", days(0...5, 1) + burst(6, 4)),
    HistoryCase("at the floor", days(0...5, 1) + burst(6, 5), Found(6 * day + 4 * minute, ids(6, 5))),
    HistoryCase(
      "learned when the bucket begins", past + days(0...0, 1) + burst(3, 5), Found(3 * day + 4 * minute, ids(3, 5))),
    HistoryCase("learned a millisecond later", past + [.init("0", "A", 1)] + burst(3, 5)),
    HistoryCase(
      "empty buckets are usual", past + days(0...0, 10) + burst(6, 5), Found(6 * day + 4 * minute, ids(6, 5))),
    HistoryCase("the spread is usual too", uneven + burst(6, 11)),
    HistoryCase("beyond the spread", uneven + burst(6, 12), Found(6 * day + 11 * minute, ids(6, 12))),
    HistoryCase(
      "four Mondays like this one",
      [0, 7, 14, 21, 28].flatMap { burst($0, 9) }.filter { $0.time > 0 }
        + [.init("alice0.0", "A", 0)] + burst(0, 9).dropFirst() + past, Found(7 * day + 4 * minute, ids(7, 9)),
      Found(14 * day + 4 * minute, ids(14, 9)), Found(21 * day + 4 * minute, ids(21, 9))),
    HistoryCase(
      "everyone's usual for who has none", days(0...5, 4, group: "bob") + burst(6, 12),
      Found(6 * day + 11 * minute, ids(6, 12))),
    HistoryCase("everyone's usual is high", days(0...5, 4, group: "bob") + burst(6, 11)),
    HistoryCase("nobody has any", burst(6, 50)),
    HistoryCase("three periods of others are too few", past + burst(3, 50)),
    HistoryCase(
      "four are enough", past + burst(2, 6, group: "bob") + burst(3, 50), Found(3 * day + 17 * minute, ids(3, 50))),
  ])
  func volume(_ one: HistoryCase) throws { try one.check(historyRules("rate", Self.volume)) }

  @Test func eventsOfTwoRulesCountOnce() throws {
    let plan = historyRules("rate", rules: ["a", "b"], Self.volume)
    let events = (Self.days(0...5, 2) + Self.burst(6, 5)).map { event in
      HistoryEvent(event.id, "AB", event.time)
    }
    #expect(try decide(events, plan).found.isEmpty)
  }

  @Test func ratesTellWhatIsUsual() throws {
    let plan = historyRules("rate", Self.volume)
    let outcome = try decide(Self.uneven + Self.burst(6, 20), plan)
    #expect(
      outcome.notes == [
        .rate(count: 12, median: 3, deviation: 1, buckets: 6, usual: .own, bucket: monday + 6 * day)
      ])
  }

  @Test func ratesTellWhatTheyAreLearning() throws {
    let plan = historyRules("rate", Self.volume)
    #expect(try decide([.init("1", "A", 5), .clock(day)], plan).counters.learningUntil == monday + 4 * day - 18 * hour)
    #expect(try decide(Self.past + [.clock(3 * day - 1)], plan).counters.learningUntil == monday + 3 * day)
    #expect(try decide(Self.past + [.clock(3 * day)], plan).counters.learningUntil == nil)
  }

  static let share = grouped + "timespan: 1h\nlearning: 5h\nmeasure: share\ncondition: {ratio: 3, floor: 3}"

  /// Events of one hour, of which the first ones are of both rules.
  static func mixed(_ number: Int64, _ part: Int, of whole: Int) -> [HistoryEvent] {
    (0..<whole).map { .init("\(number).\($0)", $0 < part ? "AB" : "B", number * hour + Int64($0)) }
  }

  static let tenth = (0...9).flatMap { mixed($0, 1, of: 10) }
  static let half = (0...9).flatMap { mixed($0, 5, of: 10) }

  @Test(arguments: [
    HistoryCase(
      "three times the usual", tenth + mixed(10, 3, of: 10) + [.clock(11 * hour)], Found(11 * hour, "10.0 10.1 10.2")),
    HistoryCase("a little less", tenth + mixed(10, 3, of: 11) + [.clock(11 * hour)]),
    HistoryCase("below the floor", tenth + mixed(10, 2, of: 2) + [.clock(11 * hour)]),
    HistoryCase("the hour is not over", tenth + mixed(10, 3, of: 10) + [.clock(11 * hour - 1)]),
    HistoryCase(
      "no more than all", half + mixed(10, 3, of: 3) + [.clock(11 * hour)], Found(11 * hour, "10.0 10.1 10.2")),
    HistoryCase("almost all", half + mixed(10, 99, of: 100) + [.clock(11 * hour)]),
    HistoryCase("no whole", tenth + (0...4).map { .init("10.\($0)", "A", 10 * hour + $0) } + [.clock(11 * hour)]),
    HistoryCase(
      "hours without a whole are absent",
      mixed(0, 5, of: 10) + mixed(10, 99, of: 100) + [.clock(11 * hour)]
        + (0...9).map { .init("z\($0)", "B", $0 * hour, group: "zoe") }),
    HistoryCase(
      "a usual of nothing is a hundredth",
      (0...9).flatMap { mixed($0, 0, of: 10) } + mixed(10, 3, of: 100) + [.clock(day)],
      Found(11 * hour, "10.0 10.1 10.2")),
    HistoryCase("and not less", (0...9).flatMap { mixed($0, 0, of: 10) } + mixed(10, 3, of: 101) + [.clock(day)]),
  ])
  func share(_ one: HistoryCase) throws { try one.check(historyRules("rate", rules: ["a", "b"], Self.share)) }

  @Test func anHourThatIsNotOverIsUndecided() throws {
    let plan = historyRules("rate", rules: ["a", "b"], Self.share)
    let outcome = try decide(Self.tenth + Self.mixed(10, 3, of: 10) + [.clock(11 * hour - 1)], plan)
    #expect(outcome.counters.undecided == 1)
  }

  // MARK: Arithmetic

  @Test func mediansAreThoseOfTheSortedList() {
    var random = SeededGenerator(7)
    for _ in 0..<300 {
      var trees = CountTrees()
      var many = [CountTrees.Tree](repeating: CountTrees.Tree(), count: 3)
      let most = Int.random(in: 0...[0, 1, 5, 300, 1_000_000].randomElement(using: &random)!, using: &random)
      var lists = [[Int]](repeating: [], count: 3)
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        let place = Int.random(in: 0..<3, using: &random)
        lists[place].append(Int.random(in: 0...most, using: &random))
        trees.add(lists[place].last!, to: &many[place])
      }
      for place in 0..<3 {
        let zeros = Int.random(in: 0...20, using: &random)
        let all = (lists[place] + [Int](repeating: 0, count: zeros)).sorted()
        let usual = trees.usual(many[place], zeros: zeros)
        guard !all.isEmpty else {
          #expect(usual == nil)
          continue
        }
        let median = all[(all.count - 1) / 2]
        let deviation = all.map { abs($0 - median) }.sorted()[(all.count - 1) / 2]
        #expect(usual?.median == median && usual?.deviation == deviation && usual?.count == all.count)
      }
    }
  }

  @Test(arguments: [1000, 7000, minute, 7 * minute, hour, 5 * hour, day, 3 * day, 7 * day, 30 * day, 14 * day])
  func emptyBucketsAreCountedWithoutAWalk(span: Int64) {
    let buckets = Buckets(span: span)
    let first = buckets.number(at: monday + 5 * hour)
    let range = first..<first + 3000
    var counts = [Int](repeating: 0, count: Buckets.hoursOfWeek)
    for bucket in range { counts[buckets.hourOfWeek(bucket)] += 1 }
    for hour in counts.indices { #expect(buckets.count(range, hourOfWeek: hour) == counts[hour]) }
    #expect(buckets.start(first) <= monday + 5 * hour && buckets.start(first + 1) > monday + 5 * hour)
    if span == 7 * day { #expect(buckets.start(first) == monday) }
  }
}
