import Correlation
import Events
import Rules

/// Alerts as lines of JSON, with the fields of the contract in its order.
public struct AlertJSON {
  private var json = JSONText()

  public init() {}

  /// One line.
  public mutating func line(_ alert: Alert) -> [UInt8] {
    var out: [UInt8] = []
    line(alert, to: &out)
    return out
  }

  /// One line at the end of others.
  public mutating func line(_ alert: Alert, to out: inout [UInt8]) {
    json.line(to: &out) { json in
      json.begin()
      AlertJSON.identify(alert, &json)
      AlertJSON.describe(alert, &json)
      AlertJSON.events(alert, &json)
      AlertJSON.explain(alert, &json)
      json.end()
    }
  }

  private static func identify(_ alert: Alert, _ json: inout JSONText) {
    json.member("id", alert.id)
    json.key("time")
    time(alert.time, &json)
    json.key("first_time")
    time(alert.firstTime, &json)
    json.key("last_time")
    time(alert.lastTime, &json)
    json.member("level", LevelName.of(alert.level))
    json.member("title", alert.title)
    json.member("rule_id", alert.ruleID)
    json.member("kind", alert.kind)
    json.member("tags", list: alert.tags)
  }

  private static func describe(_ alert: Alert, _ json: inout JSONText) {
    json.member("provider", orNull: alert.provider)
    json.member("account", orNull: alert.account)
    json.member("environment", orNull: alert.environment)
    json.member("region", orNull: alert.region)
    json.member("class", orNull: alert.class)
    json.member("actor", orNull: alert.actor)
    json.member("actor_type", orNull: alert.actorType)
    json.member("actor_key", orNull: alert.actorKey)
    json.member("actor_issuer", orNull: alert.actorIssuer)
    json.member("src_ip", orNull: alert.sourceIP)
    if let country = alert.origin?.country { json.member("src_country", country) }
    if let network = alert.origin?.network { json.member("src_asn", Int(network)) }
    if alert.isAddressNew { json.member("src_new", true) }
    json.member("user_agent", orNull: alert.userAgent)
    json.member("actions", list: alert.actions)
    if alert.hasMoreActions { json.member("actions_cut", true) }
    json.member("target", orNull: alert.target)
    json.member("resources", list: alert.resources)
    json.member("outcome", orNull: alert.outcome)
    json.member("count", alert.count)
    json.key("group")
    json.begin()
    for (name, value) in alert.group {
      json.key(Array(name.utf8))
      if value.isEmpty { json.null() } else { json.text(value) }
    }
    json.end()
  }

  private static func events(_ alert: Alert, _ json: inout JSONText) {
    json.key("events")
    json.begin(UInt8(ascii: "["))
    for event in alert.events {
      json.begin()
      json.member("id", orNull: event.id)
      json.key("time")
      time(event.time, &json)
      json.key("file")
      json.text(event.file)
      json.member("record", Int(clamping: event.record))
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private static func explain(_ alert: Alert, _ json: inout JSONText) {
    if let interval = alert.interval {
      json.key("interval")
      json.begin()
      end("since", interval.since, &json)
      if let until = interval.until { end("until", until, &json) } else { json.member("until", orNull: nil) }
      json.end()
    }
    json.key("why")
    json.text(alert.why)
    if let reasons = alert.reasons {
      json.key("reasons")
      json.begin(UInt8(ascii: "["))
      for reason in reasons { reason.write(to: &json) }
      json.end(UInt8(ascii: "]"))
    }
    json.key("next")
    json.text(alert.next)
    json.member("runbook", orNull: alert.runbook.map { Array($0.utf8) })
    json.key("incident")
    if let incident = alert.incident {
      json.begin()
      json.member("id", incident.id)
      json.member("score", incident.score)
      json.end()
    } else {
      json.null()
    }
    guard let change = alert.change else { return }
    json.member("change", change.name)
    json.member("replaces", orNull: change.replaces.map { Array($0.utf8) })
  }

  private static func end(_ name: StaticString, _ end: Alert.Interval.End, _ json: inout JSONText) {
    json.key(name)
    json.begin()
    json.key("time")
    time(end.time, &json)
    json.member("event", orNull: end.event)
    json.member("actor", orNull: end.actor)
    json.member("actor_issuer", orNull: end.issuer)
    json.member("person", orNull: end.person)
    json.end()
  }

  private static func time(_ time: Int64, _ json: inout JSONText) {
    if time == Timestamp.missing { json.null() } else { json.time(time) }
  }
}

extension Hash128 {
  /// 32 digits.
  public var hex: String {
    String(unsafeUninitializedCapacity: 32) { room in
      for (place, word) in [high, low].enumerated() {
        for digit in 0..<16 {
          room[place * 16 + digit] = Escape.hex(UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * digit) & 15))
        }
      }
      return 32
    }
  }
}

/// Levels as the contract names them: looked up, since a million alerts have one each.
enum LevelName {
  private static let all = Level.allCases.map(\.name)

  static func of(_ level: Level) -> String { all[level.rawValue] }
}
