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
    page.say(TextPage.shown(Array("\(alert.level.name.uppercased())  \(alert.title)".utf8)))
    page.say("  alert \(alert.id), raised at \(time(alert.time))")
    page.say(
      "  \(Amount.of(alert.count, "event")) from "
        + "\(time(alert.firstTime)) to \(time(alert.lastTime))")
    for (name, value) in alert.group {
      page.say(TextPage.shown(Array("  \(name): ".utf8) + (value.isEmpty ? [0x2D] : value)))
    }
    if let incident = alert.incident { page.say("  incident \(incident.id), score \(incident.score)") }
    page.say("")
    page.say("Why")
    page.wrap(TextPage.shown(alert.why), indent: 2)
    page.say("")
    page.say(alert.events.count < alert.count ? "The first and the last events" : "Events")
    for event in alert.events {
      var line = Array("  \(time(event.time))  ".utf8)
      line += event.id.isEmpty ? Array("-".utf8) : event.id
      line += Array("  ".utf8) + event.file + Array(":\(event.record)".utf8)
      page.say(TextPage.shown(line))
    }
    page.say("")
    return page.bytes
  }

  /// The command that shows more, as it can be copied.
  public static func next(_ alert: Alert, width: Int) -> [UInt8] {
    var page = TextPage(width: width, color: false)
    page.say("Next")
    page.command(TextPage.shown(alert.next))
    return page.bytes
  }
}
