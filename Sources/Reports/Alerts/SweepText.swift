import Correlation
import Events
import Rules

/// What a sweep found, for a terminal: what was read, what was found and when, incidents, alerts, who and what stands out,
/// and what could not be told.
///
/// Lines are as wide as the terminal and no wider, whatever alphabet names are written in.
public struct SweepText {
  // What fits a screen or two; the files hold all.
  private static let incidentsMax = 5
  private static let alertsMax = 10
  private static let titlesMax = 4
  // The rest stands in summary.json.
  private static let issuesMax = 3
  private static let namesMax = 3
  // Names of more are hardly others.
  private static let incidentAlertsMax = 200
  private static let listMax = 8
  private static let widthMax = 120
  // Of a date.
  private static let dateLetters = 10
  // Narrower than this nothing can be said.
  private static let widthMin = 40

  private var page: TextPage
  private let times: ShownTimes
  private let hasFiles: Bool

  public var bytes: [UInt8] { page.bytes }

  /// - Parameters:
  ///   - color: whether levels are painted.
  ///   - hasFiles: whether there are files that tell more.
  public init(
    _ alerts: AlertList, _ summary: Summary, width: Int, zone: Int, color: Bool = false, hasFiles: Bool = false
  ) {
    self.hasFiles = hasFiles
    page = TextPage(width: max(SweepText.widthMin, min(width, SweepText.widthMax)), color: color)
    times = ShownTimes(zone: zone)
    read(summary)
    found(alerts, summary)
    for line in SuppressionSummary.lines(summary) { page.wrap(line, indent: 2, rest: 4) }
    if alerts.count > 0 {
      incidents(alerts)
      self.alerts(alerts)
      lists(alerts, summary)
    }
    CoverageText.write(Coverage(summary), &page)
    unknown(summary)
  }

  // MARK: What was read

  private mutating func read(_ summary: Summary) {
    page.wrap(
      "Read \(Amount.of(summary.fileCount, "file")) (\(Amount.bytes(summary.bytes))), "
        + Amount.of(summary.eventsRead, "event"), indent: 0, rest: 2)
    if summary.hasTimes { page.wrap("from \(times.of(summary.firstTime)) to \(times.of(summary.lastTime))", indent: 2) }
    let lost = lost(summary)
    if !lost.isEmpty { page.wrap(lost.joined(separator: ", "), indent: 2) }
    if !summary.readsAll {
      page.wrap(
        "not everything could be read: \(hasFiles ? "summary.json and 'harrier sources' tell" : "'harrier sources' tells") more",
        indent: 2)
      // A directory that is gone is in no ledger, and warnings may be switched off.
      for issue in summary.issues.prefix(SweepText.issuesMax) { page.wrap(Escape.terminal(issue), indent: 4) }
    }
    if !summary.rejections.isEmpty {
      let count = summary.rejections.count
      page.wrap("not everything was looked for: \(Amount.of(count, "finding")) in rules that are left out", indent: 2)
      for rejection in summary.rejections.prefix(SweepText.issuesMax) {
        page.wrap(Escape.terminal(rejection), indent: 4, rest: 6)
      }
    }
    for place in summary.leftOut.prefix(SweepText.issuesMax) { page.wrap(Escape.terminal(place), indent: 2, rest: 4) }
    if !summary.silentAccounts.isEmpty {
      let names = summary.silentAccounts.map { Escape.terminal($0.name.isEmpty ? $0.id : "\($0.id) (\($0.name))") }
      page.wrap("no events of configured accounts: \(names.joined(separator: ", "))", indent: 2, rest: 4)
    }
  }

  private func lost(_ summary: Summary) -> [String] {
    var lost: [String] = []
    if let known = summary.known, known.alreadySeen > 0 {
      lost.append("\(Amount.grouped(UInt64(known.alreadySeen))) of them were read before")
    }
    if let known = summary.known, known.tooLate > 0 {
      lost.append("\(Amount.grouped(UInt64(known.tooLate))) too late for all but rules of single events")
    }
    if summary.duplicates > 0 {
      let noun = summary.duplicates == 1 ? "copy" : "copies"
      lost.append("\(Amount.grouped(UInt64(summary.duplicates))) \(noun) not counted")
    }
    if summary.conflicts > 0 {
      lost.append("\(Amount.grouped(UInt64(summary.conflicts))) with the id of another event")
    }
    if summary.skipCount > 0 { lost.append("\(Amount.of(summary.skipCount, "record")) skipped") }
    for (status, count) in summary.files where status != "ok" { lost.append("\(Amount.of(count, "file")) \(status)") }
    return lost
  }

  // MARK: What was found

  private mutating func found(_ alerts: AlertList, _ summary: Summary) {
    page.say("")
    guard alerts.count > 0 else { return page.say("No alerts.") }
    page.wrap(
      "\(Amount.of(alerts.count, "alert")) in \(Amount.of(summary.incidentCount, "incident"))", indent: 0, rest: 2)
    let numbers = Level.allCases.map { Amount.grouped(UInt64(summary.alerts[$0.rawValue])) }
    let numberWidth = numbers.map(\.count).max() ?? 1
    let room = page.width - 2 - TextPage.levelWidth - 2 - numberWidth - 2
    let curves = AlertCurve.of(alerts, summary, bins: min(room, AlertCurve.binsMax))
    for level in Level.allCases.reversed() where summary.alerts[level.rawValue] > 0 {
      let number = String(repeating: " ", count: numberWidth - numbers[level.rawValue].count) + numbers[level.rawValue]
      let curve = AlertCurve.text(curves[level.rawValue])
      page.say("  \(page.painted(level, padded: true))  \(number)  \(curve)".trimmedAtEnd)
    }
    axis(summary, bins: min(room, AlertCurve.binsMax), margin: 2 + TextPage.levelWidth + 2 + numberWidth + 2)
  }

  /// From when to when the curves go.
  private mutating func axis(_ summary: Summary, bins: Int, margin: Int) {
    guard summary.hasTimes else { return }
    let ends = [summary.shownTimes.lowerBound, summary.shownTimes.upperBound].map(times.of)
    for ends in [ends, ends.map { String($0.prefix(SweepText.dateLetters)) }] {
      let gap = bins - ends[0].count - ends[1].count
      guard gap > 0 else { continue }
      return page.say(String(repeating: " ", count: margin) + ends[0] + String(repeating: " ", count: gap) + ends[1])
    }
  }

  private mutating func incidents(_ alerts: AlertList) {
    let incidents = AlertIncident.all(alerts).filter { $0.places.count > 1 && $0.level > .informational }
    guard !incidents.isEmpty else { return }
    page.heading("Incidents")
    for incident in incidents.prefix(SweepText.incidentsMax) { self.incident(incident, alerts) }
    let rest = incidents.count - SweepText.incidentsMax
    if rest > 0 { page.wrap("and \(Amount.of(rest, "more incident")) of several alerts", indent: 2) }
  }

  private mutating func incident(_ incident: AlertIncident, _ alerts: AlertList) {
    var people: [String] = []
    var accounts: [String] = []
    var addresses: [String] = []
    for place in incident.places.prefix(SweepText.incidentAlertsMax) {
      let alert = alerts.sketch(place)
      let person = who(alert)
      if alert.person != nil || incident.places.count == 1, !people.contains(person) { people.append(person) }
      if let account = alert.account.map(TextPage.shown), !accounts.contains(account) { accounts.append(account) }
      let origin = alert.origin.map { " (\($0.words))" } ?? ""
      if let address = alert.sourceIP.map(TextPage.shown), !addresses.contains(address + origin) {
        addresses.append(address + origin)
      }
    }
    if people.isEmpty { people = [who(alerts.sketch(incident.places[0]))] }
    let tail = "score \(incident.score), \(Amount.of(incident.places.count, "alert"))"
    page.headline(incident.level, SweepText.some(people), tail)
    var scene = times.span(incident.firstTime, incident.lastTime)
    if !accounts.isEmpty { scene += ", \(accounts.count == 1 ? "account" : "accounts") \(SweepText.some(accounts))" }
    if !addresses.isEmpty { scene += ", from \(SweepText.some(addresses))" }
    page.wrap(scene, indent: 2)
    let (titles, more) = incident.gravestTitles(alerts, SweepText.titlesMax)
    let steps = titles.joined(separator: " > ") + (more > 0 ? "; \(more) more" : "")
    page.wrap(Escape.terminal(steps), indent: 2)
  }

  private static func some(_ names: [String]) -> String {
    let rest = names.count - namesMax
    return names.prefix(namesMax).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// The actor, and the person behind a role.
  private func who(_ alert: Alert) -> String {
    let actor = alert.actor ?? alert.sourceIP
    guard let actor else { return "several actors" }
    guard let issuer = alert.actorIssuer, issuer != actor else { return TextPage.shown(actor) }
    return "\(TextPage.shown(actor)) (of \(TextPage.shown(issuer)))"
  }

  private mutating func alerts(_ alerts: AlertList) {
    page.heading(alerts.count > SweepText.alertsMax ? "The gravest alerts" : "Alerts")
    for (number, place) in alerts.gravest(SweepText.alertsMax).enumerated() {
      let alert = alerts[place]
      if number > 0 { page.say("") }
      page.headline(alert.level, Escape.terminal(alert.title), times.of(alert.time))
      page.wrap(TextPage.shown(alert.why), indent: 2)
      let habit = HabitSentence.text(alert)
      if !habit.isEmpty { page.wrap(TextPage.shown(habit), indent: 2) }
      page.command(TextPage.shown(alert.next))
    }
    let rest = alerts.count - SweepText.alertsMax
    guard rest > 0 else { return }
    page.say("")
    let place = hasFiles ? "the report has all" : "--out DIR writes all, --format jsonl prints them"
    page.wrap("and \(Amount.grouped(UInt64(rest))) more; \(place)", indent: 0)
  }

  // MARK: Who and what stands out

  private mutating func lists(_ alerts: AlertList, _ summary: Summary) {
    let lists = [("Actors by events", summary.counts(.actor)), ("Denied actions", summary.denied)]
    page.columns(lists.filter { !$0.1.isEmpty }.map { ($0.0, Array($0.1.prefix(SweepText.listMax))) })
    var tally = AddressTally()
    for place in 0..<alerts.count { tally.add(alerts.glance(place)) }
    addresses(tally.top(SweepText.listMax, known: summary.addressesSince))
  }

  /// `203.0.113.66  29  GB, AS1221; since 2026-01-16T01:36:12Z; new to lin.mei`
  private mutating func addresses(_ lines: [AddressLine]) {
    guard !lines.isEmpty else { return }
    page.heading("Addresses by alerts")
    let names = lines.map { TextPage.shown($0.text) }
    let numbers = lines.map { Amount.grouped(UInt64($0.alerts)) }
    let nameWidth = names.map { Width.of($0) }.max() ?? 0
    let numberWidth = numbers.map(\.count).max() ?? 0
    for (place, line) in lines.enumerated() {
      var words = [line.origin?.words].compactMap { $0 }
      if line.firstTime != Timestamp.missing { words.append("since \(times.of(line.firstTime))") }
      if !line.newTo.isEmpty { words.append("new to \(line.newTo.map(TextPage.shown).joined(separator: ", "))") }
      let filler = String(repeating: " ", count: numberWidth - numbers[place].count)
      page.entry("\(Width.fit(names[place], nameWidth))  \(filler)\(numbers[place])", words.joined(separator: "; "))
    }
  }

  // MARK: What could not be told

  private mutating func unknown(_ summary: Summary) {
    let reasons = summary.unevaluated
    if !reasons.isEmpty {
      page.heading("Not evaluated")
      if let share = summary.evaluatedShare { page.say("  \(share) were evaluated") }
      for (reason, count) in reasons { page.wrap("\(Amount.of(count, "detection")): \(reason)", indent: 2, rest: 4) }
    }
    leftOut(summary)
  }

  /// By reason, with the detection that it touches most; summary.json has all.
  private mutating func leftOut(_ summary: Summary) {
    var lines: [String] = []
    for reason in LeftOut.allCases {
      let touched = summary.detections.compactMap { line -> (title: String, count: Int)? in
        let count = line.counters.first { $0.name == reason.rawValue }?.count ?? 0
        return count > 0 ? (line.title ?? line.ruleID, count) : nil
      }
      guard let most = touched.max(by: { ($0.count, $1.title) < ($1.count, $0.title) }) else { continue }
      let others = touched.count == 1 ? "" : ", most of \(touched.count) detections"
      lines.append("\(reason.words(touched.reduce(0) { $0 + $1.count })) (\(Escape.terminal(most.title))\(others))")
    }
    guard !lines.isEmpty else { return }
    page.heading("Left out")
    for line in lines { page.wrap(line, indent: 2, rest: 4) }
  }
}

/// Times with their offset, without fractions.
struct ShownTimes {
  let zone: Int

  func of(_ time: Int64) -> String {
    guard time != Timestamp.missing else { return "without a time" }
    // What is shown is a second; the files have milliseconds.
    let whole = time - (time % 1000 + 1000) % 1000
    return Timestamp.string(whole, offsetSeconds: zone).replacing(".000", with: "")
  }

  func span(_ first: Int64, _ last: Int64) -> String {
    first == last || first == Timestamp.missing ? of(first) : "\(of(first)) to \(of(last))"
  }
}
