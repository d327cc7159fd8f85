import Correlation
import Events
import Rules

/// An alert with all that it rests on, for a terminal.
public enum AlertText {
  public static func bytes(_ alert: AlertView) -> [UInt8] {
    var lines: [[UInt8]] = []
    func say(_ text: String) { lines.append(Array(text.utf8)) }
    say("\(alert.level.name.uppercased())  \(alert.attributes.title)")
    say("  alert \(alert.episode.id.hex), raised at \(time(alert.episode.time))")
    say(
      "  \(Amount.of(alert.episode.count, "event")) from "
        + "\(time(alert.episode.firstTime)) to \(time(alert.episode.lastTime))")
    for (name, value) in alert.group { lines.append(Array("  \(name): ".utf8) + (value.isEmpty ? [0x2D] : value)) }
    if let incident = alert.incident { say("  incident \(incident.id.hex), score \(incident.score)") }
    say("")
    say("Why")
    lines.append(Array("  ".utf8) + AlertSentence.why(alert))
    say("")
    say(alert.episode.cited.count < alert.episode.count ? "The first and the last events" : "Events")
    for event in alert.episode.cited {
      var line = Array("  \(time(event.time))  ".utf8)
      let id = alert.eventID(event)
      line += id.isEmpty ? Array("-".utf8) : id
      line += Array("  ".utf8) + alert.path(event) + Array(":\(event.record)".utf8)
      lines.append(line)
    }
    say("")
    var out: [UInt8] = []
    for line in lines {
      line.withUnsafeBytes { Escape.terminal($0, to: &out) }
      out.append(0x0A)
    }
    return out
  }

  private static func time(_ time: Int64) -> String {
    time == Timestamp.missing ? "no time" : Timestamp.string(time)
  }
}
