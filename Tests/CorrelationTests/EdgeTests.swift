/// What holds at the edges of every type: of its span, of groups, of order, and of what clocks and forgers write.

import Events
import Testing

@testable import Correlation

@Suite struct EdgeTests {
  static let all = Edge.sigma + Edge.history
  /// Times before it are those of the scenario.
  static let farAway = 20_000 * day
  static let hits = ["A", "B", "C", "AB"]

  @Test func thereIsAScenarioOfEachType() {
    #expect(Set(Self.all.map(\.type)).count == 21)
  }

  @Test(arguments: all) func whatIsAskedForIsFoundAndTheNearMissIsNot(edge: Edge) throws {
    let plan = edge.plan()
    #expect(try decide(edge.events, plan).found == [edge.found])
    #expect(try decide(edge.negative, plan).found == [])
  }

  @Test(arguments: all) func aMillisecondDecidesAtTheEdge(edge: Edge) throws {
    let plan = edge.plan()
    #expect(try decide(edge.inside, plan).found.count == 1)
    #expect(try decide(edge.outside, plan).found == [])
  }

  @Test(arguments: all) func eventsOfOneMomentAreOneMoment(edge: Edge) throws {
    #expect(try decide(edge.equal, edge.plan()).found == edge.equalFound)
  }

  @Test(arguments: all) func withoutAGroupNothingIsFoundAndAllIsCounted(edge: Edge) throws {
    let nobody = edge.events.map { event in
      var event = event
      event.group = ""
      return event
    }
    let outcome = try decide(nobody, edge.plan())
    #expect(outcome.found == [])
    #expect(outcome.counters.withoutGroup == nobody.count { edge.isHit($0) })
    #expect(outcome.counters.hits == 0)
  }

  @Test(arguments: all) func groupsAreComparedWithoutCase(edge: Edge) throws {
    let spellings =
      [{ $0 }, { $0.uppercased() }, { "\($0.prefix(1).uppercased())\($0.dropFirst())" }] as [(String) -> String]
    let mixed = edge.events.enumerated().map { place, event in
      var event = event
      event.group = spellings[place % spellings.count](event.group)
      return event
    }
    let found = try decide(mixed, edge.plan()).found.map { found in
      var found = found
      found.group = found.group.lowercased()
      return found
    }
    #expect(found == [edge.found])
  }

  /// White space and escapes that need not be there tell no object from another.
  @Test func groupsAreWhatAnObjectSaysAndNotHowItIsWritten() throws {
    let plan = historyRules(
      "event_count", "group-by: [requestParameters]\ntimespan: 1h\ncondition: {gte: 2}")
    let objects = [#"{"a":[1,2],"b":"x/y"}"#, #"{ "a": [1, 2], "b" : "x\/y" }"#, #"{"a":[1,2],"b":"x / y"}"#]
    let events = objects.enumerated().map { place, object in
      HistoryEvent("\(place)", "A", Int64(place) * second, more: ",\"requestParameters\":\(object)")
    }
    #expect(try decide(events, plan).found == [Found(second, "0 1", group: objects[0])])
  }

  /// The outcome does not depend on the order (`decide` sees to that), nor on events of nobody in between.
  @Test(arguments: all) func lateEventsCountAsIfTheyHadBeenInTime(edge: Edge) throws {
    let plan = edge.plan()
    var parts: [[[HistoryEvent]]] = []
    for late in edge.events.indices {
      var first = edge.events
      let event = first.remove(at: late)
      parts.append([first + [.clock(0)], [event]])
    }
    for files in parts {
      let whole = try reduce(try files.map { try mapped([$0], plan, now: 1000 * day) }, plan: plan)
      #expect(Outcome(whole).found == [edge.found])
    }
  }

  @Test(arguments: all) func eventsOf1969AreCountedAndChangeNothing(edge: Edge) throws {
    let old = edge.events.filter(edge.isHit).map { event in
      var event = event
      event.id += "old"
      event.time = -monday - 1
      return event
    }
    let outcome = try decide(edge.events + old, edge.plan())
    #expect(outcome.found == [edge.found])
    #expect(outcome.counters.untimed == old.count)
  }

  /// Forged dates of anyone: they end no learning, no silence and no span, whoever they are of.
  @Test(arguments: all) func aForgedEventOf2099MakesNoTimePass(edge: Edge) throws {
    let plan = edge.plan()
    let year2099 = 4_071_000_000_000 - monday
    for group in ["mallory", "alice"] {
      let forged = ["A", "B", "C"].map { HistoryEvent("f\($0)", $0, year2099, "192.0.2.1", group: group) }
      // In its own group the first hit after a silence is cited, whenever it is.
      let found = try decide(edge.events + forged, plan).found.filter { $0.time < Self.farAway }.map { found in
        var found = found
        found.events.removeAll { $0.hasPrefix("f") }
        return found
      }
      #expect(found == [edge.found])
      let without = try decide(edge.negative, plan)
      let with = try decide(edge.negative + forged, plan)
      #expect(with.found.filter { $0.time < Self.farAway } == [])
      #expect(with.counters.learningUntil == without.counters.learningUntil)
    }
  }

  /// What would have been decided by a clock, is undecided with a forged event in its stead.
  @Test(arguments: ["temporal with not", "never_used", "unmatched", "overstay of two", "gap", "rate of a share"])
  func whatWaitsForTimeStaysUndecided(name: String) throws {
    let edge = try #require(Self.all.first { $0.testDescription == name })
    let open = edge.events.filter { $0.id != "clock" }
    for group in ["mallory", "alice"] {
      let forged = HistoryEvent("f", "Clock", 4_071_000_000_000 - monday, group: group)
      let outcome = try decide(open + [forged], edge.plan())
      #expect(outcome.found == [])
      #expect(outcome.counters.undecided == 1)
    }
  }

  /// Clocks change in Europe (March 29 and October 25) and in America (March 8 and November 1); days of UTC do not.
  @Test(arguments: all) func daysOnWhichClocksChangeAreDays(edge: Edge) throws {
    for days in [61, 62, 82, 83, 292, 293, 299, 300] as [Int64] {
      let shift = days * day
      let events = edge.events.map { event in
        var event = event
        event.time += shift
        return event
      }
      var expected = edge.found
      expected.time += shift
      #expect(try decide(events, edge.plan(shift: shift)).found == [expected])
    }
  }
}

extension Edge {
  func isHit(_ event: HistoryEvent) -> Bool {
    rules.contains { event.name == $0.uppercased() || event.name == "AB" && $0 != "c" }
  }
}
