import Events
import Rules

/// Alerts as they stand in `alerts.jsonl`, read back.
extension Alert {
  /// Nil for a line that is no alert.
  public init?(line: [UInt8]) {
    guard let json = JSONValue(line), let id = json["id"]?.string, let ruleID = json["rule_id"]?.string else {
      return nil
    }
    self.init(id: id)
    self.ruleID = ruleID
    time = Alert.time(json["time"])
    firstTime = Alert.time(json["first_time"])
    lastTime = Alert.time(json["last_time"])
    level = Level.allCases.first { $0.name == json["level"]?.string } ?? .medium
    title = json["title"]?.string ?? ""
    kind = json["kind"]?.string ?? ""
    tags = (json["tags"]?.list ?? []).compactMap(\.string)
    describe(json)
    count = json["count"]?.integer ?? 0
    interval = json["interval"].flatMap { own in
      Alert.end(own["since"]).map { Interval(since: $0, until: Alert.end(own["until"])) }
    }
    why = json["why"]?.bytes ?? []
    if case .list(let items)? = json["reasons"] {
      let known = items.compactMap(Reason.init)
      // What only a newer version understands is told as it was written.
      reasons = known.count == items.count ? known : nil
    }
    next = json["next"]?.bytes ?? []
    runbook = json["runbook"]?.string
    if let own = json["incident"], let id = own["id"]?.string { incident = (id, own["score"]?.integer ?? 0) }
    if let name = json["change"]?.string { change = (name, json["replaces"]?.string) }
  }

  private mutating func describe(_ json: JSONValue) {
    provider = json["provider"]?.bytes
    account = json["account"]?.bytes
    environment = json["environment"]?.bytes
    region = json["region"]?.bytes
    `class` = json["class"]?.bytes
    actor = json["actor"]?.bytes
    actorType = json["actor_type"]?.bytes
    actorKey = json["actor_key"]?.bytes
    actorIssuer = json["actor_issuer"]?.bytes
    sourceIP = json["src_ip"]?.bytes
    origin = AddressOrigin(
      country: json["src_country"]?.string, network: json["src_asn"]?.integer.flatMap { UInt32(exactly: $0) })
    if case .bool(true)? = json["src_new"] { isAddressNew = true }
    userAgent = json["user_agent"]?.bytes
    target = json["target"]?.bytes
    outcome = json["outcome"]?.bytes
    if case .bool(true)? = json["actions_cut"] { hasMoreActions = true }
    actions = (json["actions"]?.list ?? []).compactMap(\.bytes)
    resources = (json["resources"]?.list ?? []).compactMap(\.bytes)
    if case .object(let members)? = json["group"] {
      group = members.map { (String(decoding: $0.name, as: UTF8.self), $0.value.bytes ?? []) }
    }
    events = (json["events"]?.list ?? []).map { event in
      CitedEvent(
        id: event["id"]?.bytes ?? [], time: Alert.time(event["time"]), file: event["file"]?.bytes ?? [],
        record: UInt64(clamping: event["record"]?.integer ?? 0))
    }
  }

  /// Nil for a `null`.
  private static func end(_ json: JSONValue?) -> Interval.End? {
    guard let json, json["time"] != nil else { return nil }
    func text(_ name: String) -> [UInt8] { json[name]?.bytes ?? [] }
    return Interval.End(
      time: time(json["time"]), event: text("event"), actor: text("actor"), issuer: text("actor_issuer"),
      person: text("person"))
  }

  static func time(_ value: JSONValue?) -> Int64 {
    guard let bytes = value?.bytes else { return Timestamp.missing }
    return bytes.withUnsafeBufferPointer { Timestamp.parse(Text(base: $0.baseAddress, count: $0.count)) }
  }
}
