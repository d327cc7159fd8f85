import Correlation
import Foundation
import Rules
import Testing

@testable import Reports

/// The summary on a terminal: no line is wider than it, whatever the names; and pseudonyms.
@Suite struct TextTests {
  private static let names = [
    "alice", "张伟·运维部门值班人员", "ユーザー名がとても長い担当者", "a\u{301}lvaro", String(repeating: "x", count: 200),
  ]

  private func text(_ alerts: [Alert], width: Int, color: Bool = false) -> String {
    var content = Samples.content(alerts)
    content.summary.counts = content.summary.counts.map { _ in TextTests.names.map { (Array($0.utf8), 1_234_567) } }
    content.summary.activity = Activity(
      sites: TextTests.names.map {
        Activity.Site(provider: Array("alibaba".utf8), account: Array($0.utf8), region: [0x1B])
      },
      cells: (0..<40).filter { $0 != 7 }.map { Activity.Cell(site: $0 % 2, hour: 490_900 + $0 / 2 * 24, count: $0 + 1) }
    )
    content.summary.silentAccounts = TextTests.names.map { SilentAccount(id: $0, name: $0 + "\u{1B}", provider: "") }
    content.summary.denied = [(Array("拒绝的操作".utf8), 7)]
    return String(
      decoding: SweepText(content.alerts, content.summary, width: width, zone: 28_800, color: color).bytes,
      as: UTF8.self)
  }

  @Test(arguments: [40, 60, 80, 120]) func noLineIsWiderThanTheTerminal(width: Int) {
    let alerts = (Samples.hostile + TextTests.names).enumerated().map { Samples.alert($0, text: $1) }
    for line in text(alerts, width: width).split(separator: "\n") {
      // A word of a command is never cut.
      let isOneWord =
        line.hasPrefix("    ") && Wrapping.words(ofCommand: String(line)).count { $0 != "\\" } == 1
      #expect(Width.of(String(line)) <= width || isOneWord, "\(line)")
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }
  }

  @Test func columnsStandUnderEachOther() throws {
    let lines = text([Samples.alert()], width: 80).split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("Actors by events") })
    let ends = lines[(start + 1)...].prefix(TextTests.names.count).map { line in
      line.range(of: "1,234,567").map { Width.of(String(line[..<$0.upperBound])) }
    }
    #expect(Set(ends).count == 1 && ends.first != .some(nil), "\(ends)")
  }

  /// What a shell makes of the lines is the command.
  @Test(arguments: [20, 40, 60, 80, 120, 500]) func commandsCanBeCopied(width: Int) throws {
    let filter = #""src_ip = '203.0.113.66' and actor = \"x  y\"""#
    let command = "harrier search \(filter) --since 2026-01-16T00:40:00Z 'a  b/c.gz' d"
    var page = TextPage(width: width, color: false)
    page.command(command)
    let shown = String(decoding: page.bytes, as: UTF8.self)
    #expect(shown.hasPrefix("  $ harrier") && (width > 100) == !shown.contains("\\\n"))
    let words = shown.dropFirst(3).replacing(" \\\n   ", with: "").trimmingPrefix(" ")
    #expect(words == command + "\n")
  }

  @Test func incidentTellsWhoFromWhereAndTheGravestOfIt() {
    let people = ["ann", "ben", "ann", "cleo", "dan"]
    let alerts = people.enumerated().map { number, person in
      var alert = Samples.alert(number, text: person, level: number < 3 ? .low : .high)
      alert.title = "Title \(number)"
      alert.sourceIP = Array("203.0.113.\(number / 3)".utf8)
      alert.origin = AddressOrigin(country: number < 3 ? "SE" : nil, network: number < 3 ? 1221 : nil)
      alert.isAddressNew = number == 1
      alert.incident = ("0", 30)
      return alert
    }
    let shown = text(alerts, width: 120)
    #expect(shown.contains("high  ann, ben, cleo and 1 more  "), "\(shown)")
    #expect(shown.contains("account 111122223333, from 203.0.113.0 (SE, AS1221),\n  203.0.113.1\n"), "\(shown)")
    #expect(shown.contains("  Title 0 > Title 1 > Title 3 > Title 4; 1 more\n"), "\(shown)")
    #expect(shown.contains("  203.0.113.0  3  SE, AS1221; since 2026-01-05T09:31:25+08:00; new to ben\n"), "\(shown)")
    #expect(shown.contains("  203.0.113.1  2  since 2026-01-05T09:34:25+08:00\n"), "\(shown)")
    // The alert is read back as it was written.
    let read = Samples.lines(alerts[1], .native)
    #expect(Alert(line: Array(read.dropLast())).map { Samples.lines($0, .native) } == read)
  }

  @Test func curvesSayFromWhenToWhenTheyGo() {
    for (width, axis) in [
      (120, "2026-01-05T09:31:25+08:00\(String(repeating: " ", count: 6))2026-01-06T09:31:25+08:00"),
      (60, "2026-01-05\(String(repeating: " ", count: 20))2026-01-06"),
    ] {
      let lines = text([Samples.alert()], width: width).split(separator: "\n").map(String.init)
      let line = lines.first { $0.hasSuffix(axis) }
      #expect(line.map { $0.count - axis.count } == 20, "\(lines)")
    }
  }

  @Test func flagStaysWithItsValue() {
    for width in 20...120 {
      var page = TextPage(width: width, color: false)
      page.command("harrier search 'a b' --since 2026-01-16T00:40:00Z --until 2026-01-17T00:40:00Z x.gz")
      for line in String(decoding: page.bytes, as: UTF8.self).split(separator: "\n") {
        #expect(line.contains("--since 2026") == line.contains("--since"), "\(line)")
        #expect(line.contains("--until 2026") == line.contains("--until"), "\(line)")
      }
    }
  }

  @Test func timesCarryTheirOffset() {
    #expect(text([Samples.alert()], width: 80).contains("2026-01-05T09:31:25+08:00"))
  }

  @Test func detectionsThatLearnAreOneLine() {
    var summary = Summary()
    for day in 0..<3 {
      let until = Samples.time + Int64(day) * 86_400_000
      summary.detections.append(
        Summary.DetectionLine(
          ruleID: "r\(day)", title: "t", kind: "single", reason: SummaryLedger.learning(until), learningUntil: until))
    }
    summary.detections.append(
      Summary.DetectionLine(ruleID: "r", title: "t", kind: "single", reason: "no event of this kind was seen"))
    #expect(summary.unevaluated.map(\.count) == [3, 1])
    #expect(summary.unevaluated[0].name.contains("2026-01-05") && summary.unevaluated[0].name.contains("2026-01-07"))
  }

  @Test func nothingIsPaintedUnlessAsked() {
    #expect(!text([Samples.alert()], width: 80).contains("\u{1B}"))
    #expect(text([Samples.alert()], width: 80, color: true).contains("\u{1B}[31mhigh\u{1B}[0m"))
  }

  @Test func alertsOverTimeAreACurve() {
    #expect(AlertCurve.text([0, 1, 4, 8]) == " ▁▄█")
    #expect(AlertCurve.text([0, 0]) == "  ")
  }
}

@Suite struct PseudonymTests {
  private let key = Array("0123456789abcdef".utf8)

  /// The first of the test cases of RFC 4231 that has a long key.
  @Test func theCodeIsHMAC() throws {
    let names = try #require(Pseudonyms(key: [UInt8](repeating: 0xAA, count: 131)))
    let code = names.code(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
    let hex = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    #expect(hex == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    #expect(Pseudonyms(key: Array("short".utf8)) == nil)
  }

  private func shown(_ alert: Alert, _ key: [UInt8]) throws -> Alert {
    try Samples.content([alert]).pseudonymised(by: #require(Pseudonyms(key: key))).alerts[0]
  }

  @Test func namesAreReplacedWhereverTheyStand() throws {
    var alert = Samples.alert(text: "mei.cedar")
    alert.why = Array("mei.cedar called X from 203.0.113.7 in account 111122223333, not meixcedar.".utf8)
    alert.resources = ["arn:aws:iam::111122223333:user/ops/mei.cedar", "arn:aws:s3:::x-111122223333", "2001:db8::7/x"]
      .map { Array($0.utf8) }
    alert.actions = [Array("ConsoleLogin".utf8)]
    for place in alert.events.indices { alert.events[place].id = Array("e-1".utf8) }
    alert.events[0].file = Array("logs/111122223333_CloudTrail_20260105T0000Z/999988887777.json".utf8)
    let other = try shown(alert, key)
    let bytes = Samples.lines(other, .native) + Samples.lines(other, .csv) + Samples.lines(other, .ocsf)
    let all = String(decoding: bytes, as: UTF8.self)
    for name in ["mei.cedar", "111122223333", "203.0.113.7", "2001:db8", "999988887777"] {
      #expect(!all.contains(name))
    }
    let actor = String(decoding: try #require(other.actor), as: UTF8.self)
    #expect(actor.hasPrefix("actor-") && actor.count == 18)
    #expect(String(decoding: other.why, as: UTF8.self).hasPrefix("\(actor) called X from ip-"))
    #expect(String(decoding: other.why, as: UTF8.self).hasSuffix("not meixcedar."))
    #expect(String(decoding: other.resources[0], as: UTF8.self).hasSuffix(":user/ops/\(actor)"))
    #expect(other.group.map(\.value) == [other.account, other.actor])
  }

  /// What may be an address is replaced, wherever it stands.
  @Test(arguments: [
    ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", 0),
    ("Chrome/142.0.0.0 Edg/142.0.0.0", 0), ("HeadlessChrome/9.0.0.0", 0), ("Chrome/142.0.7444.59", 0),
    ("Chrome/142.0.0.0 via 203.0.113.9", 1), ("Chrome/203.0.113.9 Safari/537.36", 1), ("Chrome/142.0.0.1", 1),
    ("proxy/142.0.0.0", 1), ("Chrome/10.0.0.0/8", 1), ("x-Chromes/142.0.0.0", 1), ("Chrome 142.0.0.0", 1),
    ("142.0.0.0", 1), ("/142.0.0.0", 1), ("Chrome/198.0.0.0", 1), ("Mozilla/5.0 (2001:db8::7)", 1),
  ])
  func versionsOfBrowsersAreNoAddresses(agent: String, replaced: Int) throws {
    var alert = Samples.alert()
    alert.sourceIP = Array("198.0.0.0".utf8)
    alert.userAgent = Array(agent.utf8)
    let shown = String(decoding: try #require(try self.shown(alert, key).userAgent), as: UTF8.self)
    #expect(shown.components(separatedBy: "ip-").count == replaced + 1, "\(shown)")
    #expect((shown == agent) == (replaced == 0), "\(shown)")
  }

  @Test func theSameKeyGivesTheSameNamesAndAnotherGivesOthers() throws {
    let alert = Samples.alert()
    #expect(try shown(alert, key).actor == shown(alert, key).actor)
    #expect(try shown(alert, key).actor != shown(alert, key.reversed()).actor)
    #expect(try shown(alert, key).actor != shown(Samples.alert(text: "bob"), key).actor)
  }

  @Test func threadsGiveTheSameLines() throws {
    let alerts = (0..<5000).map { Samples.alert($0, text: "person-\($0 % 300)") }
    let content = Samples.content(alerts).pseudonymised(by: try #require(Pseudonyms(key: key)))
    func lines(_ jobs: Int) -> [UInt8] {
      var out: [UInt8] = []
      AlertLines(content.alerts, .native, jobs: jobs).write { out += $0 }
      return out
    }
    #expect(lines(1) == lines(2))
  }
}
