import Events

/// Lines for Timesketch: one for each alert at the time when it was raised, with its sentence as the message.
///
/// Timesketch asks for `message`, `datetime` and `timestamp_desc`; `timestamp` is in microseconds. An alert without a time
/// has no place on a timeline and is left out.
struct AlertTimesketch: AlertLineWriter {
  private var json = JSONText()

  mutating func line(_ alert: Alert, to out: inout [UInt8]) {
    guard alert.time != Timestamp.missing else { return }
    json.line(to: &out) { AlertTimesketch.write(alert, &$0) }
  }

  private static func write(_ alert: Alert, _ json: inout JSONText) {
    json.begin()
    json.key("message")
    json.text(Array("[\(alert.level.name)] \(alert.title): ".utf8) + alert.why)
    json.member("datetime", AlertTimesketch.datetime(alert.time))
    json.key("timestamp")
    json.word(alert.time * 1000)
    json.member("timestamp_desc", "Alert raised")
    json.member("data_type", "harrier:alert")
    json.member("tag", list: [alert.level.name, alert.kind] + alert.tags)
    json.member("alert_id", alert.id)
    json.member("rule_id", alert.ruleID)
    json.member("level", alert.level.name)
    json.member("incident", orNull: alert.incident.map { Array($0.id.utf8) })
    json.member("count", alert.count)
    let texts: [(StaticString, [UInt8]?)] = [
      ("provider", alert.provider), ("account", alert.account), ("region", alert.region), ("class", alert.class),
      ("username", alert.actor), ("actor_issuer", alert.actorIssuer), ("actor_key", alert.actorKey),
      ("source_ip", alert.sourceIP), ("user_agent", alert.userAgent), ("target", alert.target),
      ("outcome", alert.outcome),
    ]
    for case (let name, let value?) in texts {
      json.key(name)
      json.text(value)
    }
    json.member("actions", list: alert.actions)
    json.member("event_ids", list: alert.events.map(\.id).filter { !$0.isEmpty })
    json.end()
  }

  /// With the offset written out, as its importer expects it.
  private static func datetime(_ time: Int64) -> String {
    Timestamp.string(time).replacing("Z", with: "+00:00")
  }
}
