import Events
import Rules

/// Alerts as Detection Findings of the Open Cybersecurity Schema Framework, version 1.8.0: class 2004, one object a line.
///
/// What the schema has no place for stands under `unmapped`.
struct AlertOCSF: AlertLineWriter {
  private static let version = "1.8.0"
  private static let classUID = 2004
  private static let categoryUID = 2
  /// 1: Create.
  private static let activityID = 1
  /// 1: New.
  private static let statusID = 1
  /// 1: Rule.
  private static let ruleAnalyticID = 1

  private var json = JSONText()

  mutating func line(_ alert: Alert, to out: inout [UInt8]) {
    json.removeAll()
    json.begin()
    classify(alert)
    metadata(alert)
    finding(alert)
    cloud(alert)
    evidence(alert)
    observables(alert)
    unmapped(alert)
    json.end()
    json.line()
    out += json.bytes
  }

  private mutating func classify(_ alert: Alert) {
    json.member("category_uid", AlertOCSF.categoryUID)
    json.member("category_name", "Findings")
    json.member("class_uid", AlertOCSF.classUID)
    json.member("class_name", "Detection Finding")
    json.member("activity_id", AlertOCSF.activityID)
    json.member("activity_name", "Create")
    json.member("type_uid", AlertOCSF.classUID * 100 + AlertOCSF.activityID)
    json.member("severity_id", alert.level.rawValue + 1)
    json.member("severity", AlertOCSF.severities[alert.level.rawValue])
    json.member("status_id", AlertOCSF.statusID)
    json.member("status", "New")
    json.member("is_alert", true)
    time("time", alert.time == Timestamp.missing ? 0 : alert.time)
    time("start_time", alert.firstTime)
    time("end_time", alert.lastTime)
    json.member("count", alert.count)
    json.key("message")
    json.text(alert.why)
  }

  private static let severities = ["Informational", "Low", "Medium", "High", "Critical"]

  private mutating func metadata(_ alert: Alert) {
    json.key("metadata")
    json.begin()
    json.member("version", AlertOCSF.version)
    json.member("uid", alert.id)
    json.key("product")
    json.begin()
    json.member("name", "Harrier")
    json.member("vendor_name", "Harrier")
    json.member("version", Tool.version)
    json.end()
    json.member("profiles", list: [Array("cloud".utf8)])
    json.end()
  }

  private mutating func finding(_ alert: Alert) {
    json.key("finding_info")
    json.begin()
    json.member("uid", alert.id)
    json.member("title", alert.title)
    json.key("desc")
    json.text(alert.why)
    json.member("types", list: [Array(alert.kind.utf8)])
    time("first_seen_time", alert.firstTime)
    time("last_seen_time", alert.lastTime)
    if let runbook = alert.runbook { json.member("src_url", runbook) }
    json.key("analytic")
    json.begin()
    json.member("uid", alert.ruleID)
    json.member("name", alert.title)
    json.member("type_id", AlertOCSF.ruleAnalyticID)
    json.member("type", "Rule")
    json.end()
    attacks(alert)
    json.end()
  }

  private mutating func attacks(_ alert: Alert) {
    let techniques = AttackTag.techniques(alert.tags)
    let tactics = AttackTag.tactics(alert.tags)
    guard !techniques.isEmpty || !tactics.isEmpty else { return }
    json.key("attacks")
    json.begin(UInt8(ascii: "["))
    for technique in techniques {
      json.begin()
      json.key(technique.isSub ? "sub_technique" : "technique")
      json.begin()
      json.member("uid", technique.id)
      json.end()
      json.end()
    }
    for tactic in tactics {
      json.begin()
      json.key("tactic")
      json.begin()
      json.member("name", tactic)
      json.end()
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private mutating func cloud(_ alert: Alert) {
    json.key("cloud")
    json.begin()
    json.key("provider")
    json.text(alert.provider ?? Array("unknown".utf8))
    if let account = alert.account {
      json.key("account")
      self.account(account, alert)
    }
    if let region = alert.region {
      json.key("region")
      json.text(region)
    }
    json.end()
  }

  private mutating func account(_ account: [UInt8], _ alert: Alert) {
    let isAWS = alert.provider.map { $0.elementsEqual("aws".utf8) } ?? false
    json.begin()
    json.key("uid")
    json.text(account)
    // 10: AWS Account, 99: Other.
    json.member("type_id", isAWS ? 10 : 99)
    json.end()
  }

  // MARK: What it rests on

  private mutating func evidence(_ alert: Alert) {
    json.key("evidences")
    json.begin(UInt8(ascii: "["))
    json.begin()
    actor(alert)
    endpoint(alert)
    if let action = alert.actions.first {
      json.key("api")
      json.begin()
      json.key("operation")
      json.text(action)
      json.end()
    }
    json.key("data")
    json.begin()
    json.member("actions", list: alert.actions)
    json.member("outcome", orNull: alert.outcome)
    json.member("user_agent", orNull: alert.userAgent)
    events(alert)
    json.end()
    json.end()
    json.end(UInt8(ascii: "]"))
    resources(alert)
  }

  private mutating func actor(_ alert: Alert) {
    guard let name = alert.actor ?? alert.actorIssuer else { return }
    json.key("actor")
    json.begin()
    json.key("user")
    json.begin()
    json.key("name")
    json.text(name)
    if let key = alert.actorKey {
      json.key("credential_uid")
      json.text(key)
    }
    if let account = alert.account {
      json.key("account")
      self.account(account, alert)
    }
    json.end()
    if let issuer = alert.actorIssuer {
      json.key("session")
      json.begin()
      json.key("issuer")
      json.text(issuer)
      json.end()
    }
    json.end()
  }

  private mutating func endpoint(_ alert: Alert) {
    guard let address = alert.sourceIP else { return }
    json.key("src_endpoint")
    json.begin()
    // A pseudonym is no address.
    json.key(AlertOCSF.isAddress(address) ? "ip" : "name")
    json.text(address)
    if let country = alert.origin?.country {
      json.key("location")
      json.begin()
      json.member("country", country)
      json.end()
    }
    if let network = alert.origin?.network {
      json.key("autonomous_system")
      json.begin()
      json.member("number", Int(network))
      json.end()
    }
    json.end()
  }

  private static func isAddress(_ text: [UInt8]) -> Bool {
    IPAddress(text) != nil
  }

  private mutating func events(_ alert: Alert) {
    json.key("events")
    json.begin(UInt8(ascii: "["))
    for event in alert.events {
      json.begin()
      json.member("uid", orNull: event.id)
      time("time", event.time)
      json.key("file")
      json.text(event.file)
      json.member("record", Int(clamping: event.record))
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private mutating func resources(_ alert: Alert) {
    let names = alert.resources.isEmpty ? alert.target.map { [$0] } ?? [] : alert.resources
    guard !names.isEmpty else { return }
    json.key("resources")
    json.begin(UInt8(ascii: "["))
    for name in names {
      json.begin()
      json.key("uid")
      json.text(name)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private mutating func observables(_ alert: Alert) {
    // 2: IP Address, 4: User Name.
    let seen = [("evidences[].src_endpoint.ip", 2, alert.sourceIP), ("evidences[].actor.user.name", 4, alert.actor)]
    json.key("observables")
    json.begin(UInt8(ascii: "["))
    for case (let name, let type, let value?) in seen where type != 2 || AlertOCSF.isAddress(value) {
      json.begin()
      json.member("name", name)
      json.member("type_id", type)
      json.key("value")
      json.text(value)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private mutating func unmapped(_ alert: Alert) {
    json.key("unmapped")
    json.begin()
    json.member("class", orNull: alert.class)
    json.member("target", orNull: alert.target)
    json.member("environment", orNull: alert.environment)
    json.member("actor_type", orNull: alert.actorType)
    json.key("next")
    json.text(alert.next)
    json.member("incident", orNull: alert.incident.map { Array($0.id.utf8) })
    for (name, value) in alert.group {
      json.key(Array("group.\(name)".utf8))
      json.text(value)
    }
    if alert.time == Timestamp.missing { json.member("time_is_unknown", true) }
    json.end()
  }

  private mutating func time(_ name: StaticString, _ time: Int64) {
    guard time != Timestamp.missing else { return }
    json.key(name)
    json.word(time)
  }
}
