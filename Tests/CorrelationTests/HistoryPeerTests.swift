/// Values that are new for a key, and what its peers have: `first_seen` and `rare`.

import Testing

@testable import Correlation

@Suite struct HistoryPeerTests {
  static let valued = "group-by: [userIdentity.userName]\nfield: sourceIPAddress\ntimespan: 10d\nlearning: 1d"

  static func peer(_ name: String, _ time: Int64, _ value: String) -> HistoryEvent {
    .init("\(name)\(time)\(value)", "A", time, value, group: name)
  }

  /// Another group, so often that the first day is known.
  static let past = (0..<4).map { peer("zoe", Int64($0) * 6 * hour, "p") }

  @Test(arguments: [
    HistoryCase("a new value", [.init("1", "A", 0, "v"), .init("2", "A", day, "w")], Found(day, "2")),
    HistoryCase("while learning", [.init("1", "A", 0, "v"), .init("2", "A", day - 1, "w")]),
    HistoryCase("a known value", [.init("1", "A", 0, "v"), .init("2", "A", day, "V")]),
    HistoryCase("known at the window's beginning", [.init("1", "A", 0, "v"), .init("2", "A", 10 * day, "v")]),
    HistoryCase(
      "known before the window", [.init("1", "A", 0, "v"), .init("2", "A", 10 * day + 1, "v")], Found(10 * day + 1, "2")
    ),
    HistoryCase(
      "known once, new once", [.init("1", "A", 0, "v"), .init("2", "A", day, "w"), .init("3", "A", 2 * day, "w")],
      Found(day, "2")),
    HistoryCase(
      "all hits of the moment", [.init("1", "A", 0, "v"), .init("2", "A", day, "w"), .init("3", "A", day, "w")],
      Found(day, "2 3")),
    HistoryCase(
      "an hour apart joins",
      [.init("1", "A", 0, "v"), .init("2", "A", day, "w"), .init("3", "A", day + hour, "x")], Found(day, "2 3")),
    HistoryCase(
      "longer does not",
      [.init("1", "A", 0, "v"), .init("2", "A", day, "w"), .init("3", "A", day + hour + 1, "x")],
      Found(day, "2"), Found(day + hour + 1, "3")),
    HistoryCase("missing values are nothing", [.init("1", "A", 0, "v"), .init("2", "A", day)]),
    HistoryCase(
      "a new key", [.init("1", "A", 0, "v"), .init("2", "A", day, "v", group: "bob")], Found(day, "2", group: "bob")),
    HistoryCase(
      "a new key while all is learned", [.init("1", "A", 0, "v"), .init("2", "A", day - 1, "v", group: "bob")]),
    HistoryCase(
      "a new key is one alert",
      [
        .init("1", "A", 0, "v"), .init("2", "A", day, "v", group: "bob"), .init("3", "A", day, "w", group: "bob"),
        .init("4", "A", day + 1, "x", group: "bob"),
      ], Found(day, "2 3", group: "bob")),
  ])
  func firstSeen(_ one: HistoryCase) throws {
    try one.check(historyRules("first_seen", Self.valued), besides: Self.past)
  }

  @Test func missingValuesBeginNoLearning() throws {
    let events = (0..<5).map { HistoryEvent("\($0)", "A", Int64($0) * 6 * hour, $0 < 4 ? nil : "w") }
    #expect(try decide(events, historyRules("first_seen", Self.valued)).found == [])
  }

  static let two = [peer("bob", 0, "v"), peer("carol", 0, "v")]

  @Test(arguments: [
    HistoryCase("two peers have it", two + [.init("1", "A", 0, "x"), .init("2", "A", day, "v")]),
    HistoryCase(
      "one peer has it", [two[0], .init("1", "A", 0, "x"), .init("2", "A", day, "v")], Found(day, "2")),
    HistoryCase(
      "one peer has it often", [two[0], peer("bob", 1, "v"), .init("1", "A", 0, "x"), .init("2", "A", day, "v")],
      Found(day, "2")),
    HistoryCase(
      "at the same moment is not before",
      [peer("bob", 0, "x"), peer("carol", 0, "v"), peer("bob", day - 1, "x"), .init("1", "A", 0, "x")]
        + [
          .init("2", "A", day, "v"), .init("3", "A", day, "v", group: "carol"), .init("4", "A", 0, "y", group: "bob"),
        ],
      Found(day, "2")),
    HistoryCase("at the window's beginning", two + [.init("1", "A", 0, "x"), .init("2", "A", 10 * day, "v")]),
    HistoryCase(
      "before the window", two + [.init("1", "A", 0, "x"), .init("2", "A", 10 * day + 1, "v")],
      Found(10 * day + 1, "2")),
    HistoryCase(
      "peers that come back within the window",
      two + [peer("bob", 9 * day, "v"), peer("carol", 9 * day, "v"), .init("1", "A", 0, "x")]
        + [.init("2", "A", 10 * day + 1, "v")]),
    HistoryCase("peers do not hide a new key", two + [.init("2", "A", day, "v")], Found(day, "2")),
  ])
  func unlessPeers(_ one: HistoryCase) throws {
    try one.check(historyRules("first_seen", Self.valued + "\nunless-peers: 2"), besides: Self.past)
  }

  @Test func firstSeenTellsWhatIsUsual() throws {
    var events: [HistoryEvent] =
      Self.past + [.init("n", "A", day, "New"), Self.peer("bob", 5, "new"), .init("none", "A", 7)]
    for (value, count) in [("a", 1), ("b", 3), ("c", 2), ("d", 4)] {
      for i in 0..<count { events.append(.init("\(value)\(i)", "A", Int64(i), value)) }
    }
    let outcome = try decide(events, historyRules("first_seen", Self.valued))
    guard case .newValue(let value, let usual, let distinct, let peers, let known) = outcome.notes.first else {
      return #expect(Bool(false), "\(outcome.notes)")
    }
    #expect(outcome.text(value).lowercased() == "new" && usual.map { outcome.text($0) } == ["d", "b", "c"])
    #expect(distinct == 4 && peers == 1 && known == monday)
    #expect(outcome.counters.withoutValue == 1)
  }

  @Test func whatIsUsualIsWhatAKeyHadForLongest() throws {
    // Twelve visits, each of which comes when the one before is forgotten; two each of three others, long ago; two that
    // two rules match.
    var events = (0..<12).map { HistoryEvent("o\($0)", "A", Int64($0) * 11 * day, "often") }
    for (place, value) in ["a", "b", "c"].enumerated() {
      events += (1...2).map { HistoryEvent("\(value)\($0)", "A", Int64($0) * day + Int64(place), value) }
    }
    events += (1...2).map { HistoryEvent("both\($0)", "AB", 120 * day + Int64($0), "both") }
    events += (0..<12).map { Self.peer("zoe", Int64($0) * 10 * day, "p") }
    events.append(.init("n", "A", 130 * day, "a"))
    let outcome = try decide(events, historyRules("first_seen", rules: ["a", "b"], Self.valued))
    guard case .newValue(let value, let usual, let distinct, _, _) = outcome.notes.last else {
      return #expect(Bool(false), "\(outcome.notes)")
    }
    #expect(outcome.text(value) == "a" && usual.map { outcome.text($0) } == ["often", "b", "c"] && distinct == 4)
  }

  /// One busy minute makes nothing usual.
  @Test func manyEventsAtOnceAreNoMoreUsualThanOne() throws {
    var events = Self.past + (0..<50).map { HistoryEvent("m\($0)", "A", Int64($0) * second, "burst") }
    events += (0..<3).map { HistoryEvent("s\($0)", "A", Int64($0) * hour, "steady") }
    events.append(.init("n", "A", day, "new"))
    let outcome = try decide(events, historyRules("first_seen", Self.valued))
    guard case .newValue(_, let usual, _, _, _) = outcome.notes.last else {
      return #expect(Bool(false), "\(outcome.notes)")
    }
    #expect(usual.map { outcome.text($0) } == ["steady", "burst"])
  }

  @Test(arguments: ["first_seen", "rare"])
  func learningEndsWhenEnoughIsKnown(type: String) throws {
    let plan = historyRules(type, Self.valued + (type == "rare" ? "\nfewer-than: 1" : ""))
    let events = (0..<4).map { HistoryEvent("\($0)", "A", Int64($0) * 6 * hour + 7, "v") }
    func until(_ events: [HistoryEvent], _ clock: Int64) throws -> Int64? {
      try decide(events + [.clock(clock)], plan).counters.learningUntil.map { $0 - monday }
    }
    #expect(try until(events, day + 6) == day + 7)
    #expect(try until(events, day + 7) == nil)
    #expect(try until([events[0]], day) == day + 18 * hour)
    #expect(try until([events[0]], 7 * hour) == day + hour)
    #expect(try until([], day) == nil)
  }

  /// Of anyone, long ago or lately, one or an hour of them.
  @Test(arguments: ["first_seen", "rare", "rate"], [-20_400 * day, -2 * day])
  func stragglersEndNoLearning(type: String, time: Int64) throws {
    let body =
      switch type {
      case "rate": "timespan: 1h\nlearning: 1d\ncondition: {ratio: 2, floor: 2}\ngroup-by: [userIdentity.userName]"
      case "rare": Self.valued + "\nfewer-than: 2\npeers-min: 1"
      default: Self.valued
      }
    let plan = historyRules(type, body)
    let crowd = (0..<30).flatMap { place in
      (0..<6).map { Self.peer("u\(place)", Int64($0) * 30 * minute + Int64(place), "\(place).\($0 % 3)") }
    }
    for old in [1, 30] {
      let stragglers = (0..<old).flatMap { place in
        ["zz", "u1"].map { Self.peer($0, time + Int64(place) * minute, "x") }
      }
      let outcome = try decide(crowd + stragglers, plan)
      #expect(outcome.found == [])
      #expect(outcome.counters.learningUntil != nil)
    }
  }

  /// Of the key itself, so often that the first day is known.
  static let own = (0..<4).map { HistoryEvent("own\($0)", "A", Int64($0) * 6 * hour, "own") }
  static let three = ["bob", "carol", "dave"].map { peer($0, 0, "v") }

  @Test(arguments: [
    HistoryCase("nobody has it", three + [.init("1", "A", day, "w")], Found(day, "1")),
    HistoryCase("all have it", three + [.init("1", "A", day, "V")]),
    HistoryCase("one has it", three + [peer("bob", 1, "w"), .init("1", "A", day, "w")], Found(day, "1")),
    HistoryCase("two have it", three + [peer("bob", 1, "w"), peer("dave", 1, "w"), .init("1", "A", day, "w")]),
    HistoryCase("too few peers", [three[0], three[1], .init("0", "A", 0, "v"), .init("1", "A", day, "w")]),
    HistoryCase("the population is learning", three + [.init("1", "A", day - 1, "w")]),
    HistoryCase("peers at the window's beginning", three + [.init("1", "A", 10 * day, "w")], Found(10 * day, "1")),
    HistoryCase("peers before the window", three + [.init("1", "A", 10 * day + 1, "w")]),
    HistoryCase(
      "once until it is forgotten",
      three + [.init("1", "A", day, "w"), .init("2", "A", 2 * day, "w")], Found(day, "1")),
    HistoryCase(
      "the key is no peer of itself",
      [three[0], three[1], .init("0", "A", 0, "x"), .init("1", "A", day, "w")]),
    HistoryCase("missing values are nothing", three + [.init("1", "A", day)]),
  ])
  func rare(_ one: HistoryCase) throws {
    try one.check(historyRules("rare", Self.valued + "\nfewer-than: 2\npeers-min: 3"), besides: Self.own)
  }

  @Test func rareTellsHowManyHaveIt() throws {
    let plan = historyRules("rare", Self.valued + "\nfewer-than: 2\npeers-min: 3")
    let outcome = try decide(Self.three + Self.own + [Self.peer("bob", 1, "w"), .init("1", "A", day, "w")], plan)
    guard case .rare(_, let having, let peers) = outcome.notes.first else {
      return #expect(Bool(false), "\(outcome.notes)")
    }
    #expect(having == 1 && peers == 3)
  }
}
