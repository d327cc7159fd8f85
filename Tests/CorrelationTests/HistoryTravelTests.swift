/// `travel`, by networks and by places.

import Rules
import Testing

@testable import Correlation

@Suite struct HistoryTravelTests {
  static let grouped = "group-by: [userIdentity.userName]\n"
  static let networks = grouped + "fallback: {networks: 3, within: 1h}\nexclude: [192.168.0.0/16, \"2001:db8::/32\"]"

  static func hits(_ values: (Int64, String)...) -> [HistoryEvent] {
    values.enumerated().map { .init("\($0.offset)", "A", $0.element.0, $0.element.1) }
  }

  @Test(arguments: [
    HistoryCase("three networks", hits((0, "10.0.0.1"), (1, "10.0.1.1"), (2, "10.0.2.1")), Found(2, "0 1 2")),
    HistoryCase("two networks", hits((0, "10.0.0.1"), (1, "10.0.1.1"), (2, "10.0.1.2"))),
    HistoryCase("all at once", hits((0, "10.0.0.1"), (0, "10.0.1.1"), (0, "10.0.2.1")), Found(0, "0 1 2")),
    HistoryCase(
      "at the end of the window", hits((0, "10.0.0.1"), (1, "10.0.1.1"), (hour, "10.0.2.1")), Found(hour, "0 1 2")),
    HistoryCase("beyond the window", hits((0, "10.0.0.1"), (1, "10.0.1.1"), (hour + 1, "10.0.2.1"))),
    HistoryCase(
      "three stay three", hits((0, "10.0.0.1"), (1, "10.0.1.1"), (2, "10.0.2.1"), (3, "10.0.3.1")), Found(2, "0 1 2")),
    HistoryCase(
      "two, and three again",
      hits(
        (0, "10.0.0.1"), (1, "10.0.1.1"), (2, "10.0.2.1"), (hour + 2, "10.0.2.1"), (hour + 3, "10.0.3.1"),
        (hour + 4, "10.0.4.1")),
      Found(2, "0 1 2"), Found(hour + 4, "3 4 5")),
    HistoryCase("IPv6", hits((0, "fd00:0:1::1"), (1, "fd00:0:2::1"), (2, "fd00:0:3::1")), Found(2, "0 1 2")),
    HistoryCase("one network of IPv6", hits((0, "fd00:0:1:1::1"), (1, "fd00:0:1:2::1"), (2, "fd00:0:1:3::1"))),
    HistoryCase("what is excluded is passed over", hits((0, "10.0.0.1"), (1, "192.168.0.1"), (2, "2001:db8::1"))),
    HistoryCase("what is no address too", hits((0, "10.0.0.1"), (1, "AWS Internal"), (2, "cloudtrail.amazonaws.com"))),
    HistoryCase("an address inside IPv6", hits((0, "10.0.0.1"), (1, "::ffff:10.0.0.2"), (2, "10.0.2.1"))),
  ])
  func networks(_ one: HistoryCase) throws { try one.check(historyRules("travel", Self.networks)) }

  @Test func networksAreTold() throws {
    let plan = historyRules("travel", Self.networks)
    let outcome = try decide(Self.hits((0, "10.0.0.1"), (1, "10.0.1.1"), (2, "nowhere"), (3, "10.0.2.1")), plan)
    guard case .networks(let networks, _) = outcome.notes.first else { return #expect(Bool(false), "\(outcome.notes)") }
    #expect(networks.map { outcome.text($0) } == ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"])
    #expect(outcome.counters.withoutValue == 1)
  }

  struct Towns: PlaceLocator {
    func place(of address: IPAddress) -> Place? {
      switch address.bits & 0xFF {
      case 1: Place(latitude: 52_520_000, longitude: 13_405_000, name: "Berlin")
      case 2: Place(latitude: 48_856_600, longitude: 2_352_200, name: "Paris")
      case 3: Place(latitude: 52_390_000, longitude: 13_060_000, name: "Potsdam")
      case 4: Place(latitude: -17_700_000, longitude: 179_000_000, name: "Fiji, west")
      case 5: Place(latitude: -17_700_000, longitude: -179_000_000, name: "Fiji, east")
      default: nil
      }
    }
  }

  /// At 900 km/h, 877 km take 3,508 seconds.
  @Test(arguments: [
    HistoryCase("too fast", hits((0, "10.0.0.1"), (3_507_999, "10.0.0.2")), Found(3_507_999, "0 1")),
    HistoryCase("just possible", hits((0, "10.0.0.1"), (3_508_000, "10.0.0.2"))),
    HistoryCase("next door", hits((0, "10.0.0.1"), (0, "10.0.0.3"))),
    HistoryCase("at once", hits((0, "10.0.0.1"), (0, "10.0.0.2")), Found(0, "0 1")),
    HistoryCase(
      "an unknown place is passed over", hits((0, "10.0.0.1"), (1, "10.0.0.9"), (2, "10.0.0.2")), Found(2, "0 2")),
    HistoryCase("what is excluded too", hits((0, "10.0.0.1"), (1, "192.168.0.2"), (2, "10.0.0.1"))),
    HistoryCase("there and back", hits((0, "10.0.0.1"), (1, "10.0.0.2"), (2, "10.0.0.1")), Found(1, "0 1 2")),
    HistoryCase("others travel apart", [.init("1", "A", 0, "10.0.0.1"), .init("2", "A", 1, "10.0.0.2", group: "bob")]),
  ])
  func places(_ one: HistoryCase) throws {
    let outcome = try decide(one.events, historyRules("travel", Self.networks), places: Towns())
    #expect(outcome.found == one.found)
  }

  @Test func theTimeBetweenIsAtMostTheTimespan() throws {
    let plan = historyRules("travel", Self.networks + "\ntimespan: 1m\nspeed: 1")
    let at = try decide(Self.hits((0, "10.0.0.1"), (minute, "10.0.0.2")), plan, places: Towns())
    #expect(at.found == [Found(minute, "0 1")])
    let beyond = try decide(Self.hits((0, "10.0.0.1"), (minute + 1, "10.0.0.2")), plan, places: Towns())
    #expect(beyond.found.isEmpty)
  }

  @Test func placesAndDistancesAreTold() throws {
    let plan = historyRules("travel", Self.networks)
    let outcome = try decide(Self.hits((0, "10.0.0.1"), (1, "10.0.0.2")), plan, places: Towns())
    guard case .travel(let from, let fromPlace, let to, let toPlace, let kilometres, let since) = outcome.notes.first
    else {
      return #expect(Bool(false), "\(outcome.notes)")
    }
    #expect([from, fromPlace, to, toPlace].map { outcome.text($0) } == ["10.0.0.1", "Berlin", "10.0.0.2", "Paris"])
    #expect(kilometres == 877 && since == monday)
  }

  @Test func distancesGoTheShortWayRound() throws {
    let west = try #require(Towns().place(of: IPAddress(v4: 4)))
    let east = try #require(Towns().place(of: IPAddress(v4: 5)))
    #expect((200...220).contains(west.kilometres(to: east)))
    #expect(west.kilometres(to: west) == 0)
  }
}
