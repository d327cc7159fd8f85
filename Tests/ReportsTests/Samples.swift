import Correlation
import Events
import Rules

@testable import Reports

/// Alerts made by hand.
enum Samples {
  static let time: Int64 = 1_767_576_685_000

  /// Texts that try to break out of every place they could stand in.
  static let hostile = [
    "＝HYPERLINK(A1)", "＋1", "－1", "＠SUM(A1)", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-1", "@SUM(A1)",
    "\t=1", "\r=1",
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'`${7*7}", "\u{1B}[2J\u{202E}txt.exe",
    "a\nb\r\nc,\"d\"", "| x | y |\n|---|", "<!--", "]]>", "\u{2028}\u{2029}\u{0}", "{\"a\":1}\n{\"b\":2}",
  ]

  static func alert(_ number: Int = 0, text: String = "alice", level: Level = .high) -> Alert {
    let bytes = Array(text.utf8)
    let digits = String(number, radix: 16)
    var alert = Alert(id: String(repeating: "0", count: 32 - digits.count) + digits)
    alert.time = time + Int64(number) * 60_000
    alert.firstTime = alert.time
    alert.lastTime = alert.time + 30_000
    alert.level = level
    alert.title = "Console sign-in without a second factor"
    alert.ruleID = "5f3c1e9a-0000-4000-8000-000000000000"
    alert.kind = "single"
    alert.tags = ["attack.initial-access", "attack.t1078.004", "cis.1.1"]
    alert.provider = Array("aws".utf8)
    alert.account = Array("111122223333".utf8)
    alert.region = Array("eu-west-1".utf8)
    alert.class = Array("login".utf8)
    alert.actor = bytes
    alert.actorIssuer = bytes
    alert.actorKey = bytes
    alert.sourceIP = Array("203.0.113.7".utf8)
    alert.userAgent = bytes
    alert.actions = [bytes, Array("ConsoleLogin".utf8)]
    alert.target = bytes
    alert.resources = [bytes]
    alert.outcome = Array("success".utf8)
    alert.count = 2
    alert.group = [("account", Array("111122223333".utf8)), ("actor", bytes)]
    alert.events = (1...2).map {
      Alert.CitedEvent(id: bytes, time: alert.time, file: Array("logs/a.json.gz".utf8), record: UInt64($0))
    }
    alert.why = bytes + Array(" called ConsoleLogin from 203.0.113.7.".utf8)
    alert.next = Array("harrier search '*' PATH...".utf8)
    alert.incident = (alert.id, 30)
    return alert
  }

  static func content(_ alerts: [Alert]) -> ReportContent {
    var summary = Summary()
    summary.distinct = alerts.count * 10
    summary.firstTime = time
    summary.lastTime = time + 86_400_000
    summary.counts = Dimension.allCases.map { _ in [(Array("x".utf8), 3)] }
    for alert in alerts { summary.alerts[alert.level.rawValue] += 1 }
    return ReportContent(alerts: AlertList(alerts), summary: summary, inputs: [], rules: "0")
  }

  static func lines(_ alert: Alert, _ format: AlertFormat) -> [UInt8] {
    var out: [UInt8] = []
    AlertLines(AlertList([alert]), format, jobs: 1).write { out += $0 }
    return out
  }
}
