/// Keys that others made join what was done with them, also where no rule knows the event in which they were made.

import Events
import Reports
import Rules
import Testing

@testable import Correlation

@Suite struct HandoverTests {
  private static func did(_ name: String, _ time: Int64, key: String, made: String? = nil) -> HistoryEvent {
    let identity = #"\#(key)-user","accessKeyId":"\#(key)"#
    let reply = made.map { #","responseElements":{"credentials":{"accessKeyId":"\#($0)"}}"# } ?? ""
    return HistoryEvent("\(name)\(time)\(key)", name, time, "203.0.113.1", group: identity, more: reply)
  }

  /// How many alerts each incident has, the same whole and cut in two.
  private static func sizes(_ events: [HistoryEvent]) throws -> [Int] {
    let plan = historyRules("event_count", "group-by: [userIdentity.userName]\ntimespan: 10m\ncondition: {gte: 9}")
    func incidents(_ parts: [[HistoryEvent]]) throws -> Incidents {
      let parts = try parts.map { try mapped([$0], plan, now: 1000 * day) }
      return Incidents(try reduce(parts, plan: plan), plan)
    }
    let whole = try incidents([events])
    let even = events.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let odd = events.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    for cut in [[odd, even], [even, events], [Array(events.reversed())]] {
      #expect(try incidents(cut).all.map(\.id) == whole.all.map(\.id))
    }
    return whole.all.map(\.count)
  }

  @Test func aRoleThatIsTakenJoinsItsSession() throws {
    let story = [
      HandoverTests.did("B", 0, key: "AKIA1"), HandoverTests.did("Take", minute, key: "AKIA1", made: "ASIA1"),
      HandoverTests.did("C", 2 * minute, key: "asia1"),
    ]
    #expect(try HandoverTests.sizes(story) == [2])
    #expect(try HandoverTests.sizes([story[0], story[2]]) == [1, 1])
    // Whichever comes first, and in one second.
    #expect(try HandoverTests.sizes([story[1], HandoverTests.did("B", hour, key: "AKIA1"), story[2]]) == [2])
    let atOnce = [
      HandoverTests.did("B", 0, key: "AKIA1"), HandoverTests.did("Take", 0, key: "AKIA1", made: "ASIA1"),
      HandoverTests.did("C", 0, key: "ASIA1"),
    ]
    #expect(try HandoverTests.sizes(atOnce) == [2])
  }

  /// A making long before hides none that is near.
  @Test func eachMakingOfAKeyCounts() throws {
    let story = [
      HandoverTests.did("Take", 0, key: "AKIA1", made: "ASIA1"), HandoverTests.did("B", 2 * hour, key: "ASIA1"),
      HandoverTests.did("Take", 20 * hour, key: "AKIA1", made: "ASIA1"),
      HandoverTests.did("C", 38 * hour, key: "AKIA1"),
    ]
    #expect(try HandoverTests.sizes(story) == [2])
    #expect(try HandoverTests.sizes(Array(story.dropFirst())) == [2])
    #expect(try HandoverTests.sizes([story[0], story[1], story[3]]) == [1, 1])
  }

  @Test func aChainOfRolesIsOneStory() throws {
    var chain = [HandoverTests.did("B", 0, key: "K0")]
    for link in 0..<5 {
      chain.append(HandoverTests.did("Take", Int64(link + 1) * minute, key: "K\(link)", made: "K\(link + 1)"))
    }
    chain.append(HandoverTests.did("C", 10 * minute, key: "K5"))
    #expect(try HandoverTests.sizes(chain) == [2])
    for missing in 1...5 {
      var broken = chain
      broken.remove(at: missing)
      #expect(try HandoverTests.sizes(broken) == [1, 1])
    }
  }

  @Test func sessionsOfOneMakerAreOneStory() throws {
    let events = [
      HandoverTests.did("Take", 0, key: "AKIA1", made: "ASIA1"), HandoverTests.did("B", minute, key: "ASIA1"),
      HandoverTests.did("Take", hour, key: "AKIA1", made: "ASIA2"), HandoverTests.did("C", 2 * hour, key: "ASIA2"),
    ]
    #expect(try HandoverTests.sizes(events) == [2])
  }

  /// What nobody was alerted of holds nothing together: roles are taken every day.
  @Test func handoversWithoutAnAlertBehindThemJoinNothing() throws {
    var events = [HandoverTests.did("B", 0, key: "AKIA1"), HandoverTests.did("C", 10 * day, key: "AKIA1")]
    for hours in 0..<240 {
      events.append(HandoverTests.did("Take", Int64(hours) * hour, key: "AKIA1", made: "S\(hours)"))
    }
    #expect(try HandoverTests.sizes(events) == [1, 1])
    // The session of a key that was made long before is another story.
    let late = [
      HandoverTests.did("B", 0, key: "AKIA1"), HandoverTests.did("Take", minute, key: "AKIA1", made: "ASIA1"),
      HandoverTests.did("C", 3 * day, key: "ASIA1"),
    ]
    #expect(try HandoverTests.sizes(late) == [1, 1])
  }

  @Test func aKeyThatMakesItselfOrIsMadeByThousandsEndsTheSearch() throws {
    var events = [HandoverTests.did("B", 0, key: "K"), HandoverTests.did("Take", 1, key: "K", made: "K")]
    for maker in 0..<100 { events.append(HandoverTests.did("Take", Int64(maker), key: "M\(maker)", made: "K")) }
    for maker in 0..<100 { events.append(HandoverTests.did("C", minute, key: "M\(maker)")) }
    let sizes = try HandoverTests.sizes(events)
    #expect(sizes.max() == 17 && sizes.count == 85)
  }
}
