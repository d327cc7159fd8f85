import Correlation
import Events
import Rules

/// The alerts of a page as data for its script: rows of numbers and of places in a table of texts, since alerts repeat them.
///
///     {"lang":"en","zone":0,"from":...,"to":...,"words":{...},"s":["","alice",...],
///      "a":[[id, time, ...], ...], "i":[[score, level, [alert, ...]], ...], "h":[[hour, events], ...]}
///
/// The order of the columns is that of `PageData.row`; the script names them in the same order.
struct PageData {
  // 10,000 alerts of some 1,000 bytes make a page that a browser opens at once.
  static let alertsMax = 10_000
  // With more alerts than this, each shows fewer events.
  private static let manyAlerts = 2_000
  private static let eventsMax = 10
  private static let eventsMaxOfMany = 4

  private let words: PageWords
  private var json = JSONText()
  private var strings: [[UInt8]] = [[]]
  private var places: [[UInt8]: Int] = [[]: 0]

  /// - Parameter chosen: the places of the alerts of the page, in the order of time.
  init(_ content: ReportContent, _ chosen: [Int], words: PageWords, zone: Int, jobs: Int = 1) {
    self.words = words
    json.begin()
    json.member("lang", words.tag)
    json.member("zone", zone)
    json.member("total", content.alerts.count)
    json.key("words")
    json.begin()
    for (key, word) in words.all {
      json.key(Array(key.utf8))
      json.text(word)
    }
    json.end()
    activity(content.summary)
    json.key("a")
    json.begin(UInt8(ascii: "["))
    var incidents: [String: Int] = [:]
    let eventsMax = chosen.count > PageData.manyAlerts ? PageData.eventsMaxOfMany : PageData.eventsMax
    content.alerts.forEach(
      chosen, jobs: jobs, make: { { _, alert in alert } }, take: { row($0, eventsMax, &incidents) })
    json.end(UInt8(ascii: "]"))
    json.key("s")
    json.begin(UInt8(ascii: "["))
    for string in strings { json.text(PageData.shown(string)) }
    json.end(UInt8(ascii: "]"))
    json.end()
  }

  /// Inside a `script` element: `<` stands in strings only, and is written as an escape there.
  var bytes: [UInt8] {
    let source = json.bytes
    var out: [UInt8] = []
    out.reserveCapacity(source.count + source.count / 16)
    var start = 0
    for (at, byte) in source.enumerated()
    where byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&") {
      out += source[start..<at]
      out += [0x5C, 0x75, 0x30, 0x30, Escape.hex(byte >> 4), Escape.hex(byte & 15)]
      start = at + 1
    }
    out += source[start...]
    return out
  }

  /// As the page without a script shows it: what hides or turns text is spelled out.
  private static func shown(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    text.withUnsafeBytes { Escape.terminal($0, to: &out) }
    return out
  }

  /// Events by hour, for the curve behind the timeline.
  private mutating func activity(_ summary: Summary) {
    var hours: [Int: Int] = [:]
    for cell in summary.activity.cells where cell.hour > 0 { hours[cell.hour, default: 0] += cell.count }
    json.key("h")
    json.begin(UInt8(ascii: "["))
    for (hour, count) in hours.sorted(by: { $0.key < $1.key }) { numbers([hour, count]) }
    json.end(UInt8(ascii: "]"))
    let shown = summary.hasTimes ? summary.shownTimes : nil
    let limits = summary.pictureLimits
    let times: [(StaticString, Int64?)] = [
      ("from", shown?.lowerBound), ("to", shown?.upperBound), ("least", limits?.lowerBound),
      ("most", limits?.upperBound),
    ]
    for (name, time) in times {
      json.key(name)
      json.word(time.map { "\($0)" } ?? "null")
    }
  }

  private mutating func row(_ alert: Alert, _ eventsMax: Int, _ incidents: inout [String: Int]) {
    json.begin(UInt8(ascii: "["))
    json.text(alert.id)
    for time in [alert.time, alert.firstTime, alert.lastTime] { number(time) }
    json.word(alert.level.rawValue)
    for text in [words.title(alert.title).text, alert.ruleID, alert.kind] { string(Array(text.utf8)) }
    strings(alert.tags.map { Array($0.utf8) })
    let texts = [
      alert.provider, alert.account, alert.environment, alert.region, alert.class, alert.actor, alert.actorType,
      alert.actorKey, alert.actorIssuer, alert.sourceIP, alert.userAgent, alert.target, alert.outcome,
    ]
    for text in texts { string(text ?? []) }
    strings(alert.actions)
    strings(alert.resources)
    json.word(alert.count)
    strings(alert.group.flatMap { [Array($0.name.utf8), $0.value] })
    events(alert, eventsMax)
    json.text(alert.isToldInChinese(words.language) ? [] : PageData.shown(AlertSentence.whole(alert)))
    json.text(PageData.shown(alert.next))
    string(Array((alert.runbook ?? "").utf8))
    let number = alert.incident.map { incident in
      let next = incidents.count
      return incidents[incident.id]
        ?? {
          incidents[incident.id] = next
          return next
        }()
    }
    json.word(number ?? -1)
    json.word(alert.incident?.score ?? 0)
    json.text(words.language == .chinese ? PageData.shown(ChineseSentence.of(alert)) : [])
    string(Array((alert.origin?.words ?? "").utf8))
    json.word(alert.isAddressNew ? 1 : 0)
    json.end(UInt8(ascii: "]"))
  }

  private mutating func events(_ alert: Alert, _ countMax: Int) {
    json.begin(UInt8(ascii: "["))
    for event in PageData.trimmed(alert.events, countMax) {
      json.begin(UInt8(ascii: "["))
      json.text(PageData.shown(event.id))
      number(event.time)
      string(event.file)
      json.word(event.record)
      json.end(UInt8(ascii: "]"))
    }
    json.end(UInt8(ascii: "]"))
  }

  /// The first and the last.
  private static func trimmed(_ events: [Alert.CitedEvent], _ countMax: Int) -> [Alert.CitedEvent] {
    guard events.count > countMax else { return events }
    return Array(events.prefix(countMax / 2) + events.suffix(countMax / 2))
  }

  /// What a page needs of an alert.
  static func trimmed(_ alert: Alert) -> Alert {
    var alert = alert
    alert.events = trimmed(alert.events, eventsMax)
    return alert
  }

  private mutating func number(_ time: Int64) { json.word(time == Timestamp.missing ? "null" : "\(time)") }

  private mutating func numbers(_ values: [Int]) {
    json.begin(UInt8(ascii: "["))
    for value in values { json.word(value) }
    json.end(UInt8(ascii: "]"))
  }

  private mutating func string(_ text: [UInt8]) {
    if let place = places[text] { return json.word(place) }
    places[text] = strings.count
    json.word(strings.count)
    strings.append(text)
  }

  private mutating func strings(_ texts: [[UInt8]]) {
    json.begin(UInt8(ascii: "["))
    for text in texts { string(text) }
    json.end(UInt8(ascii: "]"))
  }
}
