import Foundation
import Testing

@testable import Configuration

@Suite struct TimeTests {
  static let hasDatabase = FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Asia/Shanghai")

  @Test(
    .enabled(if: hasDatabase),
    arguments: [
      "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Sydney", "America/Sao_Paulo", "Asia/Kolkata",
      "Africa/Casablanca", "Europe/Dublin", "Pacific/Auckland", "America/St_Johns", "Asia/Tehran", "Etc/UTC",
    ])
  func offsetsAreThoseOfTheSystem(name: String) throws {
    let zone = try Zone(named: name)
    let reference = try #require(TimeZone(identifier: name))
    var numbers = Numbers()
    // From 1971 to 2090: the table, and the rule behind it.
    for _ in 0..<4000 {
      let seconds = Int64.random(in: 31_536_000...3_786_912_000, using: &numbers)
      let expected = reference.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
      #expect(zone.offsetSeconds(at: seconds * 1000) == expected, "\(name) at \(seconds)")
    }
  }

  @Test(arguments: [("+08:00", 28800), ("-0330", -12600), ("+8", 28800), ("UTC", 0), ("z", 0), ("+14:00", 50400)])
  func offsetsMayBeWritten(name: String, seconds: Int) throws {
    #expect(try Zone(named: name).offsetSeconds(at: 0) == seconds)
  }

  @Test(arguments: [
    "Mars/Base", "", "../../../etc/passwd", "/etc/localtime", "+15:00", "+08:60", "+", "8", "tzdata.zi",
  ])
  func whatIsNoZoneIsRefused(name: String) {
    #expect(throws: FileTrouble.self) { try Zone(named: name) }
  }

  @Test(.enabled(if: hasDatabase)) func localTimesAreReadInTheZone() throws {
    let context = ReadingContext(file: "")
    context.zone = try Zone(named: "Europe/Berlin")
    #expect(context.moment("2026-01-05") == (try moment("2026-01-04T23:00:00Z")))
    #expect(context.moment("2026-07-05T12:00:00") == (try moment("2026-07-05T10:00:00Z")))
    #expect(context.moment("2026-07-05T12:00:00Z") == (try moment("2026-07-05T12:00:00Z")))
    #expect(context.moment("2026-07-05T12:00:00+08:00") == (try moment("2026-07-05T04:00:00Z")))
    // Skipped and repeated hours.
    #expect(context.moment("2026-03-29T02:30:00") == (try moment("2026-03-29T01:30:00Z")))
    #expect(context.moment("2026-10-25T02:30:00") == (try moment("2026-10-25T00:30:00Z")))
    #expect(context.moment("2026-02-30") == nil)
  }

  @Test(
    .enabled(if: hasDatabase),
    arguments: [
      // Monday 5 January 2026; Shanghai is eight hours ahead.
      ("2026-01-05T00:59:59Z", false), ("2026-01-05T01:00:00Z", true), ("2026-01-05T10:29:59Z", true),
      ("2026-01-05T10:30:00Z", false), ("2026-01-03T02:00:00Z", false), ("2026-01-04T02:00:00Z", false),
      ("2026-01-01T02:00:00Z", false), ("2026-01-02T02:00:00Z", true), ("2026-01-04T17:00:00Z", false),
    ])
  func workingHoursAreLocal(time: String, isWork: Bool) throws {
    let text = """
      working_hours: {timezone: Asia/Shanghai, days: mon-fri, from: '09:00', to: '18:30', holidays: [2026-01-01]}
      """
    #expect(try configuration(text).isWorkingTime(moment(time)) == isWork)
  }

  @Test(arguments: [
    ("2026-01-05T21:59:59Z", false), ("2026-01-05T22:00:00Z", true), ("2026-01-06T05:59:59Z", true),
    ("2026-01-06T06:00:00Z", false),
    // The shift of Friday ends on Saturday; there is none from Sunday to Monday.
    ("2026-01-10T03:00:00Z", true), ("2026-01-10T23:00:00Z", false), ("2026-01-05T03:00:00Z", false),
  ])
  func aNightShiftBelongsToTheDayItBegan(time: String, isWork: Bool) throws {
    let text = "working_hours: {from: '22:00', to: 06:00}"
    #expect(try configuration(text).isWorkingTime(moment(time)) == isWork)
  }

  @Test func aPersonMayHaveHoursOfTheirOwn() throws {
    let text = """
      working_hours: {from: '09:00', to: '17:00'}
      people:
        nina: {identities: nina, working_hours: {from: '20:00', to: '24:00', days: [mon]}}
      """
    let config = try configuration(text)
    let evening = try moment("2026-01-05T23:59:00Z")
    #expect(config.isWorkingTime(evening) == false)
    #expect(config.isWorkingTime(evening, person: 0) == true)
    #expect(Configuration.standard.isWorkingTime(evening) == nil)
  }
}
