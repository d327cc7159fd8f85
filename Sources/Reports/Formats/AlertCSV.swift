import Events

/// `alerts.csv`: one row for each alert, for a spreadsheet. What a spreadsheet would take for a formula is text.
struct AlertCSV: AlertLineWriter {
  private static let names = [
    "id", "time", "first_time", "last_time", "level", "title", "rule_id", "kind", "tags", "provider", "account",
    "environment", "region", "class", "actor", "actor_type", "actor_key", "actor_issuer", "src_ip", "user_agent",
    "actions", "target", "resources", "outcome", "count", "group", "first_event", "why", "next", "runbook",
    "incident", "incident_score",
  ]
  private static let rows = RowWriter(format: .csv, names: names)

  static var header: [UInt8] {
    var out: [UInt8] = []
    rows.header(to: &out)
    return out
  }

  func line(_ alert: Alert) -> [UInt8] {
    var out: [UInt8] = []
    AlertCSV.rows.row(identity(alert) + scene(alert) + reasons(alert), to: &out)
    return out
  }

  private func identity(_ alert: Alert) -> [Cell] {
    [
      .string(alert.id), time(alert.time), time(alert.firstTime), time(alert.lastTime), .string(alert.level.name),
      .string(alert.title), .string(alert.ruleID), .string(alert.kind), .list(alert.tags.map { Array($0.utf8) }),
    ]
  }

  private func scene(_ alert: Alert) -> [Cell] {
    [
      cell(alert.provider), cell(alert.account), cell(alert.environment), cell(alert.region), cell(alert.class),
      cell(alert.actor), cell(alert.actorType), cell(alert.actorKey), cell(alert.actorIssuer), cell(alert.sourceIP),
      cell(alert.userAgent), .list(alert.actions), cell(alert.target), .list(alert.resources), cell(alert.outcome),
    ]
  }

  private func reasons(_ alert: Alert) -> [Cell] {
    let group = alert.group.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + $0.value }
    let event = alert.events.first.map { Array("\($0.record):".utf8) + $0.file }
    return [
      .number(Int64(alert.count)), .text(Array(group.joined(separator: Array("; ".utf8)))), cell(event),
      .text(alert.why), .text(alert.next), alert.runbook.map { .string($0) } ?? .missing,
      alert.incident.map { .string($0.id) } ?? .missing, alert.incident.map { .number(Int64($0.score)) } ?? .missing,
    ]
  }

  private func cell(_ text: [UInt8]?) -> Cell { text.map { .text($0) } ?? .missing }

  private func time(_ time: Int64) -> Cell {
    time == Timestamp.missing ? .missing : .string(Timestamp.string(time))
  }
}
