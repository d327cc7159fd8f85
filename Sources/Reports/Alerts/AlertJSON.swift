import Correlation
import Events
import Rules

/// Alerts as lines of JSON, with the fields of the contract in its order.
public struct AlertJSON {
  private var json = JSONText()

  public init() {}

  /// One line.
  public mutating func line(_ alert: AlertView) -> [UInt8] {
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

  private mutating func identify(_ alert: AlertView) {
    let episode = alert.episode
    json.member("id", episode.id.hex)
    json.key("time")
    time(episode.time)
    json.key("first_time")
    time(episode.firstTime)
    json.key("last_time")
    time(episode.lastTime)
    json.member("level", alert.level.name)
    json.member("title", alert.attributes.title)
    json.member("rule_id", alert.attributes.label)
    json.member("kind", alert.detection.kindName)
    json.member("tags", list: alert.attributes.tags.map { Array("\($0)".utf8) })
  }

  private mutating func describe(_ alert: AlertView) {
    json.member("provider", orNull: alert.shared(.provider))
    json.member("account", orNull: alert.shared(.account))
    json.member("environment", orNull: alert.environment)
    json.member("region", orNull: alert.shared(.region))
    json.member("class", orNull: alert.scene(.class))
    json.member("actor", orNull: alert.shared(.actor))
    for field in [SceneField.actorType, .actorKey, .actorIssuer, .sourceIP, .userAgent] {
      json.member(field.column.name, orNull: alert.scene(field))
    }
    json.member("actions", list: alert.actions)
    json.member("target", orNull: alert.scene(.target))
    json.member("resources", list: alert.resources)
    json.member("outcome", orNull: alert.shared(.outcome))
    json.member("count", alert.episode.count)
    json.key("group")
    json.begin()
    for (name, value) in alert.group {
      json.key(Array(name.utf8))
      if value.isEmpty { json.word("null") } else { json.text(value) }
    }
    json.end()
  }

  private mutating func events(_ alert: AlertView) {
    json.key("events")
    json.begin(UInt8(ascii: "["))
    for event in alert.episode.cited {
      json.begin()
      json.member("id", orNull: alert.eventID(event))
      json.key("time")
      time(event.time)
      json.key("file")
      json.text(alert.path(event))
      json.member("record", Int(clamping: event.record))
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private mutating func explain(_ alert: AlertView) {
    json.key("why")
    json.text(AlertSentence.why(alert))
    json.key("next")
    json.text(NextCommand(alert).bytes)
    json.member("runbook", orNull: alert.runbook.map { Array($0.utf8) })
    json.key("incident")
    guard let incident = alert.incident else { return json.word("null") }
    json.begin()
    json.member("id", incident.id.hex)
    json.member("score", incident.score)
    json.end()
  }

  private mutating func time(_ time: Int64) {
    if time == Timestamp.missing { json.word("null") } else { json.time(time) }
  }
}

extension Hash128 {
  /// 32 digits.
  public var hex: String {
    var text: [UInt8] = []
    for word in [high, low] {
      for shift in stride(from: UInt64(60), through: 0, by: -4) {
        text.append(Escape.hex(UInt8(truncatingIfNeeded: word >> shift & 15)))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
