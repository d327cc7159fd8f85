/// What informational alerts do to incidents: they belong to what happens beside them, and carry nothing on.

import Configuration
import Events
import Rules
import Testing

@testable import Correlation

@Suite struct IncidentWeightTests {
  private static func rule(_ name: String, _ level: String, _ more: String = "") -> String {
    """
    title: Rule \(name)
    level: \(level)
    \(more)
    logsource: {product: aws, service: cloudtrail}
    detection: {one: {eventName: \(name)}, condition: one}

    """
  }

  /// How many alerts each incident has: `Told` is an alert of its own level, `Line` one of the record of changes.
  private static func sizes(_ events: [(name: String, time: Int64, key: String)], made: (String, String)? = nil) throws
    -> [Int]
  {
    let text = [rule("Told", "low"), rule("Line", "informational"), rule("Other", "informational")]
    let set = RuleSet.parse(Array(text.joined(separator: "---\n").utf8), file: "weights.yml")
    #expect(!set.hasErrors, "\(set.diagnostics)")
    let plan = DetectionPlan(set)
    let all = events.enumerated().map { place, event in
      let reply =
        event.name == "Take" ? made.map { #","responseElements":{"credentials":{"accessKeyId":"\#($0.1)"}}"# } : nil
      return HistoryEvent(
        "\(place)", event.name, event.time, "203.0.113.1", group: #"\#(event.key)-user","accessKeyId":"\#(event.key)"#,
        more: reply ?? "")
    }
    let whole = Incidents(try reduce([try mapped([all], plan, now: 1000 * day)], plan: plan), plan)
    let back = Incidents(try reduce([try mapped([Array(all.reversed())], plan, now: 1000 * day)], plan: plan), plan)
    #expect(whole.all.map(\.id) == back.all.map(\.id))
    return whole.all.map(\.count)
  }

  private static func story(_ events: (String, Int64)...) -> [(name: String, time: Int64, key: String)] {
    events.map { ($0.0, $0.1, "AKIA1") }
  }

  @Test func aLineJoinsWhatIsWithinAnHour() throws {
    for time in [-hour, -minute, minute, hour] {
      #expect(try Self.sizes(Self.story(("Told", day), ("Line", day + time))) == [2], "\(time)")
    }
    for time in [-hour - 1, hour + 1] {
      #expect(try Self.sizes(Self.story(("Told", day), ("Line", day + time))) == [1, 1], "\(time)")
    }
    // An alert of its own level joins what is within a day.
    #expect(try Self.sizes(Self.story(("Told", day), ("Told", 2 * day), ("Told", 3 * day + minute))) == [2, 1])
  }

  @Test func linesCarryNothingOn() throws {
    // Every half hour for a day, and then the attack: of the lines only those of the last hour are part of it.
    let month = (0..<48).map { (name: $0 % 2 == 0 ? "Line" : "Other", time: Int64($0) * 45 * minute, key: "AKIA1") }
    let attack = [(name: "Told", time: 36 * hour, key: "AKIA1")]
    let sizes = try Self.sizes(month + attack)
    #expect(sizes.count == 2 && sizes.last == 2, "\(sizes)")
    // Nor do they join two attacks that lie a day apart.
    let both = Self.story(
      ("Told", 0), ("Line", 50 * minute), ("Other", 20 * hour), ("Line", 25 * hour), ("Told", 26 * hour))
    #expect(try Self.sizes(both).sorted() == [1, 2, 2])
  }

  @Test func linesJoinTheirLike() throws {
    #expect(try Self.sizes(Self.story(("Line", 0), ("Other", 20 * hour), ("Line", 40 * hour))) == [3])
    #expect(try Self.sizes(Self.story(("Line", 0), ("Line", 30 * hour))) == [1, 1])
  }

  /// A key that another made counts as that one, for lines within the hour.
  @Test func aMadeKeyIsFollowedAsFarAsItMatters() throws {
    let made = ("AKIA1", "ASIA1")
    func events(_ first: String, _ second: String, _ gap: Int64) -> [(name: String, time: Int64, key: String)] {
      [(first, 0, "AKIA1"), ("Take", gap, "AKIA1"), (second, gap + minute, "ASIA1")]
    }
    #expect(try Self.sizes(events("Told", "Told", 20 * hour), made: made) == [2])
    #expect(try Self.sizes(events("Told", "Line", 30 * minute), made: made) == [2])
    #expect(try Self.sizes(events("Told", "Line", 20 * hour), made: made) == [1, 1])
    #expect(try Self.sizes(events("Line", "Line", 20 * hour), made: made) == [2])
    #expect(try Self.sizes(events("Line", "Told", 20 * hour), made: made) == [1, 1])
  }
}
