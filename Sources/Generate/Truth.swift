// `truth.json`: what was planted and what one has to know to judge it. Written by hand, key by key in a fixed order,
// because nothing here may depend on a dictionary's order or on a library's formatting.

struct Truth {
  let options: GenerateOptions
  let plan: Plan

  func text() -> String {
    var json = JSONText()
    json.open("{")
    json.member("schema", 1)
    json.member("generator", "harrier generate")
    json.member("seed", raw: String(options.seed))
    json.member("start", Scriptwriter.stamp(plan.start))
    json.member("end", Scriptwriter.stamp(plan.end))
    json.member("events", options.events)
    json.member("files", options.files)
    json.member("planted_events", plan.planted.events.count)
    json.list("providers", options.providers) { $0.element($1.rawValue) }
    accounts(&json)
    context(&json)
    json.list("incidents", Array(plan.planted.scripts.indices)) { incident($1, &$0) }
    json.list("omitted", plan.planted.omitted) { json, item in
      json.open("{")
      json.member("kind", item.kind.rawValue)
      json.member("benign", raw: item.isBenign ? "true" : "false")
      json.member("reason", "planted events would be more than half of the archive")
      json.close("}")
    }
    json.close("}")
    return json.text + "\n"
  }

  private func accounts(_ json: inout JSONText) {
    var pairs: [(realm: Int, account: Int)] = []
    for stream in plan.streams
    where !pairs.contains(where: { $0.realm == stream.realm && $0.account == stream.account }) {
      pairs.append((stream.realm, stream.account))
    }
    json.list("accounts", pairs) { json, pair in
      place(pair.realm, pair.account, &json)
      json.member("environment", plan.world.realms[pair.realm].accounts[pair.account].environment)
      let regions = plan.streams.filter { $0.realm == pair.realm && $0.account == pair.account }
      json.list("regions", regions) {
        $0.element(plan.world.lexicon.string(plan.world.realms[$1.realm].regions[$1.region].name))
      }
      let account = plan.world.realms[pair.realm].accounts[pair.account]
      json.member("break_glass", SpecialActor.breakGlass.name)
      json.list("automation", account.machines.filter { isAutomation(account.actors[$0]) }) {
        let actor = account.actors[$1]
        $0.element(plan.world.lexicon.string(actor.kind == .user ? actor.name : actor.role))
      }
      json.list("dormant", [SpecialActor.dormant]) { $0.element($1.name) }
      json.close("}")
    }
  }

  private func isAutomation(_ actor: Actor) -> Bool {
    actor.kind == .user || [.deploy, .scanner, .rotation].contains(actor.profile)
  }

  /// Opens an object that begins with where it is.
  private func place(_ realm: Int, _ account: Int, _ json: inout JSONText) {
    json.open("{")
    json.member("provider", plan.world.realms[realm].provider.rawValue)
    json.member("account", plan.world.realms[realm].accounts[account].id)
  }

  private func context(_ json: inout JSONText) {
    json.key("context")
    json.open("{")
    json.list("office_addresses", Zone.all) { $0.element($1.office) }
    json.list("vpn_addresses", [Addresses.vpn]) { $0.element($1) }
    json.list("build_addresses", Addresses.builders) { $0.element($1) }
    json.list("leavers", plan.planted.leavers) { json, leaver in
      place(leaver.realm, leaver.account, &json)
      let account = plan.world.realms[leaver.realm].accounts[leaver.account]
      json.member("actor", plan.world.lexicon.string(account.actors[leaver.actor].name))
      json.member("left", Scriptwriter.stamp(leaver.time))
      json.close("}")
    }
    json.list("approved_windows", plan.planted.scripts.filter { $0.window != nil }) { json, script in
      guard let window = script.window else { return }
      place(script.realm, script.account, &json)
      json.member("actor", window.actor)
      json.member("from", Scriptwriter.stamp(window.from))
      json.member("to", Scriptwriter.stamp(window.to))
      json.member("reason", window.reason)
      json.close("}")
    }
    json.close("}")
  }

  private func incident(_ number: Int, _ json: inout JSONText) {
    let script = plan.planted.scripts[number]
    json.open("{")
    json.member("id", plan.planted.identifier(number))
    json.member("kind", script.kind.rawValue)
    json.member("provider", plan.world.realms[script.realm].provider.rawValue)
    json.member("account", plan.world.realms[script.realm].accounts[script.account].id)
    json.member("actor", script.actor)
    json.member("start", Scriptwriter.stamp(script.start))
    json.member("end", Scriptwriter.stamp(script.end))
    json.list("events", Array(script.shots.indices)) {
      $0.element(eventID(Planted.firstNumber + UInt64(plan.planted.firstOffsets[number] + $1), script))
    }
    json.member("description", script.description)
    json.member("benign", raw: script.isBenign ? "true" : "false")
    if let reason = script.reason { json.member("reason", reason) }
    json.close("}")
  }

  private func eventID(_ number: UInt64, _ script: Script) -> String {
    let isUpper = plan.world.realms[script.realm].provider == .alibaba
    var sink = ByteSink(capacity: 40)
    sink.append(eventID: number, seed: plan.world.archiveSeed, digits: isUpper ? hexUpper : hexLower)
    return sink.withBytes { String(decoding: $0, as: UTF8.self) }
  }
}

extension Planted {
  /// `inc-001`, or `ok-001` for a look-alike.
  func identifier(_ number: Int) -> String {
    (scripts[number].isBenign ? "ok-" : "inc-") + CivilTime.padded(number + 1, 3)
  }

  func summaries(of plan: Plan) -> [GenerateSummary.Planted] {
    scripts.indices.map { number in
      let script = scripts[number]
      return GenerateSummary.Planted(
        id: identifier(number), kind: script.kind.rawValue, provider: plan.world.realms[script.realm].provider,
        events: script.shots.count, benign: script.isBenign)
    }
  }
}

/// JSON put together in the order of the calls.
struct JSONText {
  private(set) var text = ""
  private var needsComma = false

  mutating func open(_ bracket: String) {
    if needsComma { text += "," }
    text += bracket
    needsComma = false
  }

  mutating func close(_ bracket: String) {
    text += bracket
    needsComma = true
  }

  mutating func key(_ name: String) {
    if needsComma { text += "," }
    text += "\n\"\(name)\":"
    needsComma = false
  }

  mutating func member(_ name: String, raw value: String) {
    key(name)
    text += value
    needsComma = true
  }

  mutating func member(_ name: String, _ value: String) {
    member(name, raw: "\"\(escapedJSON(value))\"")
  }

  mutating func member(_ name: String, _ value: Int) {
    member(name, raw: String(value))
  }

  mutating func element(_ value: String) {
    if needsComma { text += "," }
    text += "\"\(escapedJSON(value))\""
    needsComma = true
  }

  mutating func list<Item>(_ name: String, _ items: [Item], _ body: (inout JSONText, Item) -> Void) {
    key(name)
    open("[")
    for item in items { body(&self, item) }
    close("]")
  }
}
