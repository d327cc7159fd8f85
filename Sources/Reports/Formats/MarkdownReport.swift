import Correlation
import Events
import Rules

/// `report.md`: the report as Markdown, for a ticket or a wiki.
public struct MarkdownReport {
  // What a ticket can hold; the other files have all.
  private static let alertsMax = 200
  private static let incidentsMax = 50
  private static let eventsMax = 5
  private static let countsMax = 10

  public private(set) var bytes: [UInt8] = []
  private let zone: Int

  public init(_ content: ReportContent, zone: Int) {
    self.zone = zone
    say("# Harrier: what the audit logs tell")
    read(content.summary)
    found(content.summary)
    let stories = AlertIncident.all(content.alerts)
    incidents(stories, content.alerts)
    alerts(content.alerts)
    counts(content.summary)
    addresses(content)
    coverage(content.summary)
    unknown(content.summary)
  }

  // MARK: Lines

  private mutating func say(_ line: String) { bytes += (line + "\n").utf8 }

  /// A paragraph of its own.
  private mutating func paragraph(_ line: String) {
    say("")
    say(line)
  }

  private mutating func row(_ cells: [[UInt8]]) {
    bytes += "|".utf8
    for cell in cells {
      bytes += " ".utf8
      cell.withUnsafeBytes { Escape.markdown($0, to: &bytes) }
      bytes += " |".utf8
    }
    bytes += "\n".utf8
  }

  private mutating func header(_ names: [String]) {
    say("")
    row(names.map { Array($0.utf8) })
    say("|" + names.map { _ in "---|" }.joined())
  }

  private func plain(_ text: [UInt8]) -> String {
    var out: [UInt8] = []
    text.withUnsafeBytes { Escape.markdown($0, to: &out) }
    return String(decoding: out, as: UTF8.self)
  }

  /// The address of a runbook stays one: it is of the rule or the configuration.
  private func link(_ text: String) -> String {
    let isAddress = text.wholeMatch(of: /https?:\/\/[A-Za-z0-9\-._~:\/?#@!$&'()*+,;=%]+/) != nil
    return isAddress ? "<\(text)>" : plain(Array(text.utf8))
  }

  private func time(_ time: Int64) -> String {
    time == Timestamp.missing ? "without a time" : Timestamp.string(time, offsetSeconds: zone)
  }

  // MARK: Parts

  private mutating func read(_ summary: Summary) {
    var line = "Read \(Amount.of(summary.fileCount, "file")) (\(Amount.bytes(summary.bytes))), "
    line += Amount.of(summary.eventsRead, "event")
    if summary.hasTimes { line += ", from \(time(summary.firstTime)) to \(time(summary.lastTime))" }
    paragraph(line + ".")
    if !summary.readsAll { paragraph("**Not everything could be read;** `manifest.json` says what.") }
    if !summary.rejections.isEmpty { paragraph("**Rules were left out;** `summary.json` says which, and why.") }
  }

  private mutating func found(_ summary: Summary) {
    header(["level", "alerts", "incidents"])
    for level in Level.allCases.reversed() {
      row(
        [level.name, "\(summary.alerts[level.rawValue])", "\(summary.incidents[level.rawValue])"].map { Array($0.utf8) }
      )
    }
  }

  private mutating func incidents(_ incidents: [AlertIncident], _ alerts: AlertList) {
    let shown = incidents.filter { $0.places.count > 1 }.prefix(MarkdownReport.incidentsMax)
    guard !shown.isEmpty else { return }
    paragraph("## Incidents")
    header(["score", "level", "from", "until", "alerts", "who", "first alert"])
    for incident in shown {
      let first = alerts.sketch(incident.places[0])
      row([
        Array("\(incident.score)".utf8), Array(incident.level.name.utf8), Array(time(incident.firstTime).utf8),
        Array(time(incident.lastTime).utf8), Array("\(incident.places.count)".utf8), first.person ?? [],
        Array(first.title.utf8),
      ])
    }
  }

  private mutating func alerts(_ alerts: AlertList) {
    guard alerts.count > 0 else { return paragraph("No alerts.") }
    paragraph("## Alerts")
    for place in alerts.gravest(MarkdownReport.alertsMax) { self.alert(alerts[place]) }
    let rest = alerts.count - MarkdownReport.alertsMax
    if rest > 0 { paragraph("And \(Amount.of(rest, "more alert")), which are in `alerts.jsonl`.") }
  }

  private mutating func alert(_ alert: Alert) {
    paragraph("### \(alert.level.name): \(plain(Array(alert.title.utf8)))")
    paragraph(plain(alert.why))
    let habit = HabitSentence.text(alert)
    if !habit.isEmpty { paragraph(plain(habit)) }
    say("")
    say("- raised at \(time(alert.time)), alert `\(alert.id)`, rule `\(plain(Array(alert.ruleID.utf8)))`")
    let events = alert.events.prefix(MarkdownReport.eventsMax)
    for event in events {
      say("- \(time(event.time)) \(plain(event.id)) in \(plain(event.file)):\(event.record)")
    }
    if alert.count > events.count { say("- \(Amount.of(alert.count, "event")) in all") }
    say("- more: \(plain(alert.next))")
    if let runbook = alert.runbook { say("- runbook: \(link(runbook))") }
  }

  private mutating func counts(_ summary: Summary) {
    let lists = [
      ("Actors", summary.counts(.actor)), ("Actions", summary.counts(.action)), ("Denied actions", summary.denied),
    ]
    for (title, counts) in lists where !counts.isEmpty {
      paragraph("## \(title)")
      header([title.lowercased(), "events"])
      for (text, count) in counts.prefix(MarkdownReport.countsMax) {
        row([text, Array(Amount.grouped(UInt64(count)).utf8)])
      }
    }
  }

  private mutating func addresses(_ content: ReportContent) {
    var tally = AddressTally()
    for place in 0..<content.alerts.count { tally.add(content.alerts.glance(place)) }
    let lines = tally.top(MarkdownReport.countsMax, known: content.summary.addressesSince)
    guard !lines.isEmpty else { return }
    paragraph("## Addresses")
    header(["address", "alerts", "where", "since", "new to"])
    for line in lines {
      row([
        line.text, Array(Amount.grouped(UInt64(line.alerts)).utf8), Array((line.origin?.words ?? "").utf8),
        Array(time(line.firstTime).utf8), Array(line.newTo.joined(separator: Array(", ".utf8))),
      ])
    }
  }

  private mutating func coverage(_ summary: Summary) {
    let matrix = Coverage(summary)
    let rows = matrix.rows
    guard !rows.isEmpty else { return }
    paragraph("## Coverage")
    header(["provider", "account", "region", "events", "first day", "last day", "silent days"])
    for line in rows {
      row(
        [line.site.provider, line.site.account, line.site.region]
          + [
            Amount.grouped(UInt64(line.events)), Coverage.name(day: line.firstDay), Coverage.name(day: line.lastDay),
            line.gaps.joined(separator: ", "),
          ].map { Array($0.utf8) })
    }
    if let leftOut = matrix.leftOut { paragraph("\(plain(Array(leftOut.utf8)))") }
    for account in summary.silentAccounts {
      paragraph("No event of account \(plain(Array(account.id.utf8))) (\(plain(Array(account.name.utf8)))).")
    }
  }

  private mutating func unknown(_ summary: Summary) {
    let reasons = summary.unevaluated
    guard !reasons.isEmpty else { return }
    paragraph("## Not evaluated")
    say("")
    if let share = summary.evaluatedShare { paragraph("\(share) were evaluated.") }
    for (reason, count) in reasons { say("- \(Amount.of(count, "detection")): \(plain(Array(reason.utf8)))") }
  }
}
