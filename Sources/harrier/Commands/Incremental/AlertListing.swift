import Archive
import Correlation
import Events
import Reports
import Rules
import State

/// `harrier alerts` without a task: the alerts that the flags ask for, as rows, as lines, or as a report.
struct AlertListing {
  enum Status: String, CaseIterable { case open, acknowledged, closed }

  // The account before the count, the offender's address before the account: what tells most goes last.
  private static let columns = [
    TableColumn("time", rank: 3), TableColumn("level", rank: 1), TableColumn("id", rank: 0),
    TableColumn("status", rank: 6), TableColumn("title", cellsMin: 18, rank: 2, weight: 2),
    TableColumn("account", rank: 7), TableColumn("actor", cellsMin: 10, rank: 4),
    TableColumn("src_ip", rank: 5), TableColumn("count", rank: 8, isRightAligned: true),
  ]
  // Enough to type.
  private static let digitsShown = 10

  // Alerts beyond the limit that may be held for a while.
  private static let slack = 1000

  private let command: AlertsCommand
  private let invocation: Invocation
  private let reports: ReportOptions
  private let pseudonyms: Pseudonyms?
  private let range: (since: Int64, until: Int64)
  private let level: Level?
  private let status: Status?
  private let limit: Int

  init(_ command: AlertsCommand, _ invocation: Invocation) throws(UsageError) {
    self.command = command
    self.invocation = invocation
    pseudonyms = try invocation.pseudonyms()
    var reports = try invocation.reports()
    reports.isPseudonymised = pseudonyms != nil
    self.reports = reports
    if pseudonyms != nil, !invocation.has("out") {
      throw UsageError("--pseudonymise goes with --out DIR: decisions need the real names")
    }
    try OutputPlace.check(try invocation.directory("out"), reports)
    let range = try invocation.range(zone: reports.zone)
    self.range = (range.since, range.until)
    status = try invocation.choice("status", Status.self)
    if status != nil, case .lines = command.source {
      throw UsageError("--status goes with --state FILE: a list of alerts knows of no decisions")
    }
    limit = try invocation.number("limit", in: 1...Int.max) ?? .max
    let levels = Level.allCases.map(\.name)
    level = try invocation.value("level").map { name throws(UsageError) in
      guard let level = Level.allCases.first(where: { $0.name == name }) else {
        throw UsageError(
          "--level \(name): not one of \(levels.joined(separator: ", "))\(Suggestion.among(levels, for: name))")
      }
      return level
    }
  }

  func run() throws -> ExitCode {
    var decisions: [String: [Decision]] = [:]
    if case .state(let state) = command.source { decisions = try state.decisions() }
    var alerts: [(alert: Alert, line: [UInt8])] = []
    // Also of alerts that are not asked for.
    var addressesSince: [[UInt8]: Int64] = [:]
    var wantedCount = 0
    for (id, line) in try command.source.lines() {
      guard let alert = Alert(line: line) else {
        throw StateError(.corrupt, "alert \(id) cannot be read", remedy: "harrier state check tells more")
      }
      if let address = alert.sourceIP {
        addressesSince[address] = Timestamp.earlier(addressesSince[address] ?? Timestamp.missing, alert.firstTime)
      }
      guard isWanted(alert, decisions[id] ?? []) else { continue }
      wantedCount += 1
      alerts.append((alert, line))
      // The newest stand last. Now and then, so that it costs nothing and nothing is held that is not asked for.
      if alerts.count - limit >= max(limit, AlertListing.slack) { alerts.removeFirst(alerts.count - limit) }
    }
    if alerts.count > limit { alerts.removeFirst(alerts.count - limit) }
    if wantedCount > alerts.count {
      command.console.note(
        "the newest \(Amount.grouped(UInt64(alerts.count))) of \(Amount.of(wantedCount, "alert")): "
          + "\(Amount.grouped(UInt64(wantedCount - alerts.count))) earlier ones are left out")
    }
    if let directory = try invocation.directory("out") {
      return try report(alerts.map(\.alert), addressesSince, to: directory)
    }
    let format = try command.format()
    if reports.alertFormat != .native {
      AlertLines(AlertList(alerts.map(\.alert)), reports.alertFormat, jobs: reports.jobs)
        .write { command.console.results.write($0) }
    } else if format == .jsonl {
      for alert in alerts { command.console.results.write(alert.line) }
    } else {
      rows(alerts.map(\.alert), decisions, format)
    }
    return .done
  }

  private func isWanted(_ alert: Alert, _ decisions: [Decision]) -> Bool {
    if let level, alert.level < level { return false }
    if range.since > .min || range.until < .max {
      guard alert.time != Timestamp.missing, alert.time >= range.since, alert.time < range.until else { return false }
    }
    if let status, status != AlertListing.status(decisions) { return false }
    if let rule = invocation.value("rule"), alert.ruleID != rule { return false }
    let fields: [(String, [[UInt8]?])] = [
      ("actor", [alert.actor, alert.actorIssuer]), ("account", [alert.account]), ("src-ip", [alert.sourceIP]),
    ]
    for (flag, values) in fields {
      guard let wanted = invocation.value(flag)?.lowercased() else { continue }
      let texts = values.compactMap { $0.map { String(decoding: $0, as: UTF8.self).lowercased() } }
      if !texts.contains(wanted) { return false }
    }
    return true
  }

  static func status(_ decisions: [Decision]) -> Status {
    if decisions.contains(where: { $0.verb == .close }) { return .closed }
    return decisions.contains { $0.verb == .ack } ? .acknowledged : .open
  }

  /// Only a state knows what was decided.
  private func status(of alert: Alert, _ decisions: [String: [Decision]]) -> Cell {
    guard case .state = command.source else { return .missing }
    return .string(AlertListing.status(decisions[alert.id] ?? []).rawValue)
  }

  private func rows(_ alerts: [Alert], _ decisions: [String: [Decision]], _ format: Format) {
    let isNarrow = format == .table && Console.width < ShortTime.narrowWidth
    let rows = alerts.map { alert -> [Cell] in
      func text(_ bytes: [UInt8]?) -> Cell { bytes.map { .text($0) } ?? .missing }
      let id = format == .table ? String(alert.id.prefix(AlertListing.digitsShown)) : alert.id
      // Programs get UTC.
      let zone = format == .table || format == .markdown ? reports.zone : 0
      let time = alert.time == Timestamp.missing ? "" : Timestamp.string(alert.time, offsetSeconds: zone)
      let level = isNarrow && alert.level == .informational ? "info" : alert.level.name
      return [
        .string(isNarrow ? ShortTime.minute(time) : time), .string(level), .string(id), status(of: alert, decisions),
        .string(alert.title), text(alert.account), text(alert.actorIssuer ?? alert.actor), text(alert.sourceIP),
        .number(Int64(alert.count)),
      ]
    }
    var out: [UInt8] = []
    RowWriter.writeAll(rows, columns: AlertListing.columns, format: format, terminalWidth: Console.width, to: &out)
    command.console.results.write(out)
  }

  // MARK: Reports

  /// The files of a report, made again of what is known.
  private func report(
    _ alerts: [Alert], _ addressesSince: [[UInt8]: Int64], to directory: String
  ) throws -> ExitCode {
    var summary = Summary()
    summary.addressesSince = addressesSince
    let list = AlertList(alerts)
    summary.count(list)
    let known = try KnownReading(command.source, &summary)
    var content = ReportContent(
      alerts: list, summary: summary, inputs: known.inputs, rules: known.rules, configuration: known.configuration)
    if let pseudonyms { content = content.pseudonymised(by: pseudonyms) }
    let run = ManifestRun(
      finished: Invocation.clock, directory: pseudonyms == nil ? SystemDirectory.current : "")
    let seal = try ReportWriter(content, reports).write(to: directory, run: run)
    note(seal, in: directory)
    command.console.note("report: \(Escape.terminal(directory))/report.html")
    return .done
  }

  /// So that `harrier verify --state` knows the report again.
  private func note(_ seal: ManifestSeal, in directory: String) {
    guard case .state(let state) = command.source else { return }
    do throws(StateError) {
      try state.note(ManifestMark(seal), in: Array(SystemDirectory.absolute(directory).utf8))
    } catch {
      command.console.warn("the state does not know of this report: \(error.message)")
    }
  }
}
