import Correlation
import Events
import Rules

/// What a sweep found, for a terminal.
public struct SweepText {
  // What fits a screen; the files hold all.
  private static let alertsMax = 20
  private static let widthMax = 120

  public private(set) var bytes: [UInt8] = []
  private let width: Int
  private let zone: Int

  public init(_ findings: Findings, _ ledger: SummaryLedger, width: Int, zone: Int) {
    self.width = min(width, SweepText.widthMax)
    self.zone = zone
    read(findings, ledger)
    found(findings)
    for line in SuppressionSummary.lines(Summary(findings, ledger)) { say(Escape.terminal(line)) }
    alerts(findings)
    unknown(findings, ledger)
    leftOut(findings)
  }

  private mutating func say(_ line: String) { bytes += (line + "\n").utf8 }

  private mutating func read(_ findings: Findings, _ ledger: SummaryLedger) {
    let reduction = findings.reduction
    say(
      "Read \(Amount.of(reduction.files.count, "file")) (\(Amount.bytes(ledger.bytes))), \(Amount.of(reduction.distinct, "event"))"
    )
    if reduction.times != EventTimes() {
      say("  from \(time(reduction.times.first)) to \(time(reduction.times.last))")
    }
    var lost: [String] = []
    if reduction.duplicates > 0 {
      lost.append(
        "\(Amount.grouped(UInt64(reduction.duplicates))) \(reduction.duplicates == 1 ? "copy" : "copies") not counted")
    }
    if reduction.conflicts > 0 {
      lost.append("\(Amount.grouped(UInt64(reduction.conflicts))) with the id of another event")
    }
    let skipped = ledger.skips.reduce(0) { $0 + $1.count }
    if skipped > 0 { lost.append("\(Amount.of(skipped, "record")) skipped") }
    for (status, count) in ledger.files where count > 0 && status != .ok {
      lost.append("\(Amount.of(count, "file")) \(status.name)")
    }
    if !lost.isEmpty { say("  \(lost.joined(separator: ", "))") }
    if !ledger.isComplete { say("  not everything could be read: summary.json and 'harrier sources' tell more") }
  }

  private mutating func found(_ findings: Findings) {
    var levels: [Level: Int] = [:]
    for place in findings.reduction.episodes.indices { levels[findings.level(place), default: 0] += 1 }
    let alerts = findings.reduction.episodes.count
    guard alerts > 0 else { return say("No alerts.") }
    let parts = Level.allCases.reversed().compactMap { level in levels[level].map { "\($0) \(level.name)" } }
    let incidents = findings.incidents.all.count
    say("")
    say(
      "\(Amount.of(alerts, "alert")) (\(parts.joined(separator: ", "))) in \(Amount.of(incidents, "incident"))")
  }

  private mutating func alerts(_ findings: Findings) {
    let order = findings.reduction.episodes.indices.sorted { a, b in
      let (x, y) = (findings.level(a), findings.level(b))
      return x == y ? a < b : x > y
    }
    for place in order.prefix(SweepText.alertsMax) {
      let alert = findings.alert(place)
      say("")
      let head = "\(alert.level.name.uppercased())  \(time(alert.episode.time))  \(alert.attributes.title)"
      say(Width.fit(Escape.terminal(head), width, padded: false))
      wrap(Escape.terminal(String(decoding: AlertSentence.why(alert), as: UTF8.self)))
      wrap(Escape.terminal(String(decoding: NextCommand(alert).bytes, as: UTF8.self)))
    }
    let rest = findings.reduction.episodes.count - SweepText.alertsMax
    if rest > 0 {
      say("")
      say("and \(Amount.grouped(UInt64(rest))) more; --out DIR writes all, --format jsonl prints them")
    }
  }

  private mutating func unknown(_ findings: Findings, _ ledger: SummaryLedger) {
    var reasons: [String: Int] = [:]
    for place in findings.plan.detections.indices {
      if let reason = ledger.status(of: place, findings) { reasons[reason, default: 0] += 1 }
    }
    if !ledger.idle.isEmpty {
      reasons["a list that they are about is not configured (harrier config init)"] = ledger.idle.count
    }
    guard !reasons.isEmpty else { return }
    say("")
    say("Not evaluated:")
    for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      say("  \(Amount.of(count, "detection")): \(reason)")
    }
  }

  /// By reason, with the detection that it touches most; summary.json has all.
  private mutating func leftOut(_ findings: Findings) {
    var lines: [String] = []
    for reason in LeftOut.allCases {
      let counts = findings.reduction.counters.map(reason.count)
      let total = counts.reduce(0, +)
      guard total > 0, let most = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else { continue }
      let touched = counts.count { $0 > 0 }
      let title = Escape.terminal(findings.plan.detections[most].attributes.title)
      let others = touched == 1 ? "" : ", most of \(touched) detections"
      lines.append("  \(reason.words(total)) (\(title)\(others))")
    }
    guard !lines.isEmpty else { return }
    say("")
    say("Left out:")
    for line in lines { say(Width.fit(line, width, padded: false)) }
  }

  /// A paragraph, two cells in.
  private mutating func wrap(_ text: String) {
    var line = " "
    for word in text.split(separator: " ") {
      if Width.of(line) + 1 + Width.of(String(word)) > width, line != " " {
        say(line)
        line = " "
      }
      line += " " + word
    }
    say(line)
  }

  private func time(_ time: Int64) -> String {
    time == Timestamp.missing ? "without a time" : Timestamp.string(time, offsetSeconds: zone)
  }
}
