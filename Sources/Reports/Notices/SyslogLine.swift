import Configuration
import Events
import Rules

/// A notice as a syslog message: RFC 5424 with the fields of the alert as structured data, or ArcSight's CEF.
public struct SyslogLine {
  // "security/authorization", as the numbers of RFC 5424 have it.
  private static let facility = 10
  // The number that RFC 5612 sets aside; Harrier has none of its own.
  private static let structureID = "harrier@32473"
  private static let cefVersion = "0"
  // Of a text in a field. Where all of them are long, each gives way, so that the message still ends as its format wants:
  // one that is cut within its fields is no message to a receiver, and names are chosen by whoever is watched.
  private static let fieldBytesMax = [1000, 250, 60]
  // For the sentence behind the fields.
  private static let sentenceBytesMin = 200
  private static let headerFieldBytesMax = 48

  public let bytes: [UInt8]

  /// - Parameters:
  ///   - host: of this machine.
  ///   - bytesMax: of the message as a whole.
  public init(_ notice: Notice, _ format: NotifyTarget.SyslogFormat, host: String, now: Int64, bytesMax: Int) {
    let time = notice.alerts.first.map(\.time).flatMap { notice.isDigest || $0 == Timestamp.missing ? nil : $0 } ?? now
    let priority = SyslogLine.facility * 8 + SyslogLine.severity(notice.level)
    let name = SyslogLine.word(host)
    var text = ""
    for limit in SyslogLine.fieldBytesMax {
      let (fields, sentence) =
        switch format {
        case .rfc5424:
          (
            "<\(priority)>1 \(Timestamp.string(time)) \(name) harrier - \(notice.isDigest ? "digest" : "alert") "
              + "\(SyslogLine.structure(notice, limit)) \u{FEFF}", SyslogLine.message(notice)
          )
        case .cef:
          (
            "<\(priority)>\(SyslogLine.date(time)) \(name) \(SyslogLine.cef(notice, limit))",
            SyslogLine.cefMessage(notice)
          )
        }
      text = fields + sentence
      if fields.utf8.count + min(sentence.utf8.count, SyslogLine.sentenceBytesMin) <= bytesMax { break }
    }
    bytes = Array(NoticeText.clipped(text, bytesMax).utf8)
  }

  private static func severity(_ level: Level) -> Int {
    switch level {
    case .critical: 2
    case .high: 3
    case .medium: 4
    case .low: 5
    case .informational: 6
    }
  }

  /// A field of the header: printable, without blanks.
  private static func word(_ text: String) -> String {
    let kept = text.utf8.filter { $0 > 0x20 && $0 < 0x7F }.prefix(headerFieldBytesMax)
    return kept.isEmpty ? "-" : String(decoding: kept, as: UTF8.self)
  }

  private static func message(_ notice: Notice) -> String {
    let text = NoticeText(notice)
    guard !notice.isDigest, let alert = notice.alerts.first else {
      return ([text.title] + text.lines.map(\.text)).joined(separator: "; ")
    }
    return "\(text.title): \(NoticeText.clean(alert.why))"
  }

  // MARK: Structured data

  private static func fields(_ notice: Notice, _ limit: Int) -> [(String, String)] {
    var fields = [("key", notice.key), ("change", notice.change), ("level", notice.level.name)]
    func add(_ name: String, _ bytes: [UInt8]?) {
      if let bytes, !bytes.isEmpty { fields.append((name, NoticeText.clipped(NoticeText.clean(bytes), limit))) }
    }
    guard !notice.isDigest, let alert = notice.alerts.first else { return fields + [("total", "\(notice.total)")] }
    fields += [
      ("id", alert.id), ("rule", NoticeText.clipped(NoticeText.clean(alert.ruleID), limit)),
      ("count", "\(alert.count)"),
    ]
    add("provider", alert.provider)
    add("account", alert.account)
    add("environment", alert.environment)
    add("region", alert.region)
    add("actor", alert.actor)
    add("person", alert.actorIssuer)
    add("src_ip", alert.sourceIP)
    add("outcome", alert.outcome)
    add("target", alert.target)
    add("actions", Array(alert.actions.joined(separator: [0x20])))
    return fields
  }

  private static func structure(_ notice: Notice, _ limit: Int) -> String {
    let pairs = fields(notice, limit).map { name, value in
      " \(name)=\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("]", with: "\\]"))\""
    }
    return "[\(structureID)\(pairs.joined())]"
  }

  // MARK: CEF

  /// `Jan  5 10:00:00`, in UTC: the header that CEF came with.
  private static func date(_ time: Int64) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let text = Timestamp.string(time)
    let parts = text.prefix(10).split(separator: "-")
    guard parts.count == 3, let month = Int(parts[1]), months.indices.contains(month - 1), let day = Int(parts[2])
    else {
      return "Jan  1 00:00:00"
    }
    return "\(months[month - 1]) \(day < 10 ? " " : "")\(day) \(text.dropFirst(11).prefix(8))"
  }

  private static func value(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("=", with: "\\=")
  }

  /// All but what `cefMessage` puts behind it.
  private static func cef(_ notice: Notice, _ limit: Int) -> String {
    func header(_ text: String) -> String {
      NoticeText.clipped(text, limit).replacing("\\", with: "\\\\").replacing("|", with: "\\|")
    }
    let alert = notice.isDigest ? nil : notice.alerts.first
    let rule = alert.map { NoticeText.clean($0.ruleID) } ?? "digest"
    let title = alert.map { NoticeText.clean($0.title) } ?? NoticeText(notice).title
    let weights = [1, 3, 5, 8, 10]
    let head = ["Harrier", "harrier", Tool.version, rule, title].map(header).joined(separator: "|")
    let extras = cefFields(notice, alert, limit).map { "\($0.0)=\(value($0.1))" }.joined(separator: " ")
    return "CEF:\(cefVersion)|\(head)|\(weights[notice.level.rawValue])|\(extras)"
  }

  private static func cefMessage(_ notice: Notice) -> String {
    guard !notice.isDigest, let alert = notice.alerts.first else { return " msg=\(value(message(notice)))" }
    return alert.why.isEmpty ? "" : " msg=\(value(NoticeText.clean(alert.why)))"
  }

  private static func cefFields(_ notice: Notice, _ alert: Alert?, _ limit: Int) -> [(String, String)] {
    var fields: [(String, String)] = []
    func add(_ name: String, _ bytes: [UInt8]?, label: String? = nil) {
      guard let bytes, !bytes.isEmpty else { return }
      if let label { fields.append(("\(name)Label", label)) }
      fields.append((name, NoticeText.clipped(NoticeText.clean(bytes), limit)))
    }
    fields.append(("externalId", alert?.id ?? notice.key))
    guard let alert else { return fields + [("cnt", "\(notice.total)")] }
    for (name, time) in [("rt", alert.time), ("start", alert.firstTime), ("end", alert.lastTime)]
    where time != Timestamp.missing {
      fields.append((name, "\(time)"))
    }
    add("suser", alert.person)
    // Only an address may stand here; the column may hold the name of a service.
    if let source = alert.sourceIP, source.allSatisfy({ $0 == 0x2E || $0 >= 0x30 && $0 <= 0x39 }) { add("src", source) }
    if let source = alert.sourceIP, source.contains(0x3A) { add("c6a2", source, label: "Source IPv6 Address") }
    add("act", Array(alert.actions.joined(separator: [0x20])))
    add("outcome", alert.outcome)
    fields.append(("cnt", "\(alert.count)"))
    add("cs1", alert.account, label: "account")
    add("cs2", alert.provider, label: "provider")
    add("cs3", alert.environment, label: "environment")
    add("cs4", Array(notice.change.utf8), label: "change")
    add("requestClientApplication", alert.userAgent)
    return fields
  }
}
