import Correlation
import Events
import Rules

/// An alert with all that it rests on, for a terminal.
public enum AlertText {
  public static func bytes(_ alert: Alert) -> [UInt8] {
    var lines: [[UInt8]] = []
    func say(_ text: String) { lines.append(Array(text.utf8)) }
    say("\(alert.level.name.uppercased())  \(alert.title)")
    say("  alert \(alert.id), raised at \(time(alert.time))")
    say(
      "  \(Amount.of(alert.count, "event")) from "
        + "\(time(alert.firstTime)) to \(time(alert.lastTime))")
    for (name, value) in alert.group { lines.append(Array("  \(name): ".utf8) + (value.isEmpty ? [0x2D] : value)) }
    if let incident = alert.incident { say("  incident \(incident.id), score \(incident.score)") }
    say("")
    say("Why")
    lines.append(Array("  ".utf8) + alert.why)
    say("")
    say(alert.events.count < alert.count ? "The first and the last events" : "Events")
    for event in alert.events {
      var line = Array("  \(time(event.time))  ".utf8)
      line += event.id.isEmpty ? Array("-".utf8) : event.id
      line += Array("  ".utf8) + event.file + Array(":\(event.record)".utf8)
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
