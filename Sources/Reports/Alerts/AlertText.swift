import Correlation
import Events
import Rules

/// An alert with all that it rests on, for a terminal.
public enum AlertText {
  /// - Parameter zone: seconds east of UTC that times are shown in.
  public static func bytes(_ alert: Alert, zone: Int = 0, width: Int = .max) -> [UInt8] {
    func time(_ time: Int64) -> String {
      time == Timestamp.missing ? "no time" : Timestamp.string(time, offsetSeconds: zone)
    }
    var page = TextPage(width: width, color: false)
    page.wrap(TextPage.shown(alert.why), indent: 2)
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
    let head = lines.count
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
    for (place, line) in lines.enumerated() {
      if place == head { out += page.bytes }
      line.withUnsafeBytes { Escape.terminal($0, to: &out) }
      out.append(0x0A)
    }
    return out
  }

  /// The command that shows more, as it can be copied.
  public static func next(_ alert: Alert, width: Int) -> [UInt8] {
    var page = TextPage(width: width, color: false)
    page.say("Next")
    page.command(TextPage.shown(alert.next))
    return page.bytes
  }
}
