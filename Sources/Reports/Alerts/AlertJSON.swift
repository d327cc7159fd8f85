import Correlation
import Events
import Rules

/// Alerts as lines of JSON, with the fields of the contract in its order.
public struct AlertJSON {
  private var json = JSONText()

  public init() {}

  /// One line.
  public mutating func line(_ alert: Alert) -> [UInt8] {
    json.removeAll()
    json.begin()
    identify(alert)
    describe(alert)
    events(alert)
    explain(alert)
    json.end()
    json.line()
    return json.bytes
  }

  private mutating func identify(_ alert: Alert) {
    json.member("id", alert.id)
    json.key("time")
    time(alert.time)
    json.key("first_time")
    time(alert.firstTime)
    json.key("last_time")
    time(alert.lastTime)
    json.member("level", alert.level.name)
    json.member("title", alert.title)
    json.member("rule_id", alert.ruleID)
    json.member("kind", alert.kind)
    json.member("tags", list: alert.tags.map { Array($0.utf8) })
  }

  private mutating func describe(_ alert: Alert) {
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
      if value.isEmpty { json.word("null") } else { json.text(value) }
    }
    json.end()
  }

  private mutating func events(_ alert: Alert) {
    json.key("events")
    json.begin(UInt8(ascii: "["))
    for event in alert.events {
      json.begin()
      json.member("id", orNull: event.id)
      json.key("time")
      time(event.time)
      json.key("file")
      json.text(event.file)
      json.member("record", Int(clamping: event.record))
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private mutating func explain(_ alert: Alert) {
    if let interval = alert.interval {
      json.key("interval")
      json.begin()
      end("since", interval.since)
      if let until = interval.until { end("until", until) } else { json.member("until", orNull: nil) }
      json.end()
    }
    json.key("why")
    json.text(alert.why)
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
      json.word("null")
    }
    guard let change = alert.change else { return }
    json.member("change", change.name)
    json.member("replaces", orNull: change.replaces.map { Array($0.utf8) })
  }

  private mutating func end(_ name: String, _ end: Alert.Interval.End) {
    json.key(name)
    json.begin()
    json.key("time")
    time(end.time)
    for (name, value) in [
      ("event", end.event), ("actor", end.actor), ("actor_issuer", end.issuer), ("person", end.person),
    ] {
      json.member(name, orNull: value.isEmpty ? nil : value)
    }
    json.end()
  }

  private mutating func time(_ time: Int64) {
    if time == Timestamp.missing { json.word("null") } else { json.time(time) }
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
