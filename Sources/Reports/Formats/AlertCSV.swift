import Events

/// `alerts.csv`: one row for each alert, for a spreadsheet. What a spreadsheet would take for a formula, or change as a
/// number, is text (`Escape.sheet`).
///
///     CreateUser; AttachUserPolicy     the two of a list
///     a\;b; c\\d                      `a;b` and `c\d`
struct AlertCSV: AlertLineWriter {
  private static let names = [
    "id", "time", "first_time", "last_time", "level", "title", "rule_id", "kind", "tags", "provider", "account",
    "environment", "region", "class", "actor", "actor_type", "actor_key", "actor_issuer", "src_ip", "user_agent",
    "actions", "target", "resources", "outcome", "count", "group", "first_event", "why", "next", "runbook",
    "incident", "incident_score", "src_country", "src_asn", "src_new",
  ]

  static var header: [UInt8] {
    var out: [UInt8] = []
    RowWriter(format: .csv, names: names).header(to: &out)
    return out
  }

  private var row = CSVRow()

  mutating func line(_ alert: Alert, to out: inout [UInt8]) {
    identity(alert, &out)
    scene(alert, &out)
    reasons(alert, &out)
    row.end(&out)
  }

  private mutating func identity(_ alert: Alert, _ out: inout [UInt8]) {
    row.cell(alert.id, &out)
    for time in [alert.time, alert.firstTime, alert.lastTime] { row.time(time, &out) }
    for text in [LevelName.of(alert.level), alert.title, alert.ruleID, alert.kind] { row.cell(text, &out) }
    row.list(alert.tags.map { Array($0.utf8) }, &out)
  }

  private mutating func scene(_ alert: Alert, _ out: inout [UInt8]) {
    row.cell(alert.provider, &out)
    row.cell(alert.account, &out)
    row.cell(alert.environment, &out)
    row.cell(alert.region, &out)
    row.cell(alert.class, &out)
    row.cell(alert.actor, &out)
    row.cell(alert.actorType, &out)
    row.cell(alert.actorKey, &out)
    row.cell(alert.actorIssuer, &out)
    row.cell(alert.sourceIP, &out)
    row.cell(alert.userAgent, &out)
    row.list(alert.actions, &out)
    row.cell(alert.target, &out)
    row.list(alert.resources, &out)
    row.cell(alert.outcome, &out)
  }

  private mutating func reasons(_ alert: Alert, _ out: inout [UInt8]) {
    row.number(alert.count, &out)
    row.list(alert.group.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + $0.value }, &out)
    row.cell(alert.events.first.map { Array("\($0.record):".utf8) + $0.file }, &out)
    row.cell(alert.why, &out)
    row.cell(alert.next, &out)
    row.cell(alert.runbook ?? "", &out)
    row.cell(alert.incident?.id ?? "", &out)
    if let incident = alert.incident { row.number(incident.score, &out) } else { row.cell("", &out) }
    row.cell(alert.origin?.country ?? "", &out)
    row.cell(alert.origin?.network.map { String($0) } ?? "", &out)
    row.cell(alert.isAddressNew ? "true" : "", &out)
  }
}

/// A row of comma-separated values as it is written.
private struct CSVRow {
  private var isFirst = true
  private var clock = ClockText()

  private mutating func separate(_ out: inout [UInt8]) {
    if !isFirst { out.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  mutating func cell(_ text: [UInt8]?, _ out: inout [UInt8]) {
    separate(&out)
    text?.withUnsafeBytes { Escape.sheet($0, to: &out) }
  }

  mutating func cell(_ text: String, _ out: inout [UInt8]) {
    separate(&out)
    var text = text
    text.withUTF8 { Escape.sheet(UnsafeRawBufferPointer($0), to: &out) }
  }

  /// A semicolon inside an item, and a backslash, has a backslash in front: a list can be taken apart again.
  mutating func list(_ items: [[UInt8]], _ out: inout [UInt8]) {
    let (semicolon, backslash) = (UInt8(ascii: ";"), UInt8(ascii: "\\"))
    var list: [UInt8] = []
    for (place, item) in items.enumerated() {
      if place > 0 { list += [semicolon, UInt8(ascii: " ")] }
      if item.contains(where: { $0 == semicolon || $0 == backslash }) {
        for byte in item { list += byte == semicolon || byte == backslash ? [backslash, byte] : [byte] }
      } else {
        list += item
      }
    }
    cell(list, &out)
  }

  /// Numbers are ours: a minus in front of one is no formula.
  mutating func number(_ value: Int, _ out: inout [UInt8]) {
    separate(&out)
    Decimals.append(value, to: &out)
  }

  mutating func time(_ time: Int64, _ out: inout [UInt8]) {
    separate(&out)
    if time != Timestamp.missing { clock.append(time, to: &out) }
  }

  mutating func end(_ out: inout [UInt8]) {
    out.append(0x0A)
    isFirst = true
  }
}
