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
    page.wrap(TextPage.shown(Array("\(alert.level.name.uppercased())  \(alert.title)".utf8)), indent: 0, rest: 2)
    if alert.count == 0 {
      page.wrap("alert \(alert.id), of no event", indent: 2, rest: 4)
    } else {
      page.wrap("alert \(alert.id), raised at \(time(alert.time))", indent: 2, rest: 4)
      let span = alert.firstTime == alert.lastTime ? "at" : "from"
      let end = alert.firstTime == alert.lastTime ? "" : " to \(time(alert.lastTime))"
      page.wrap("\(Amount.of(alert.count, "event")) \(span) \(time(alert.firstTime))\(end)", indent: 2, rest: 4)
    }
    for (name, value) in alert.group {
      page.wrap(TextPage.shown(Array("\(name): ".utf8) + (value.isEmpty ? [0x2D] : value)), indent: 2, rest: 4)
    }
    if let incident = alert.incident {
      page.wrap("incident \(incident.id), score \(incident.score)", indent: 2, rest: 4)
    }
    page.say("")
    page.say("Why")
    page.wrap(TextPage.shown(alert.why), indent: 2)
    page.say("")
    if alert.count == 0 { return page.bytes }
    page.say(alert.events.count < alert.count ? "The first and the last events" : "Events")
    events(alert.events.map { (time($0.time), $0) }, &page)
    page.say("")
    return page.bytes
  }

  /// One line each; where that is too wide, under the name of their file. The name is never cut, so that it can be copied.
  private static func events(_ events: [(time: String, event: Alert.CitedEvent)], _ page: inout TextPage) {
    func name(_ event: Alert.CitedEvent) -> String { TextPage.shown(event.id.isEmpty ? [0x2D] : event.id) }
    let lines = events.map { time, event in
      "  \(time)  \(name(event))  \(TextPage.shown(event.file)):\(event.record)"
    }
    guard lines.contains(where: { Width.of($0) > page.width }) else {
      for line in lines { page.say(line) }
      return
    }
    var file: [UInt8]?
    for (time, event) in events {
      if event.file != file { page.say("  \(TextPage.shown(event.file))") }
      file = event.file
      page.wrap("\(time)  \(name(event))  :\(event.record)", indent: 4, rest: 6)
    }
  }

  /// What became of it, one line or more for each entry.
  public static func history(_ entries: [String], width: Int) -> [UInt8] {
    var page = TextPage(width: width, color: false)
    page.say("")
    page.say("History")
    for entry in entries { page.wrap(entry, indent: 2, rest: 4) }
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
