// Sets the scene: puts an actor, a call and its outcome into the slots. Background life and incidents both come
// through here, so that an incident's records differ from ordinary ones only in what was asked of them.

/// How a call ends.
enum Outcome: Sendable {
  case success
  /// The service's usual error.
  case failure
  case denied
  case throttled
  /// A particular error.
  case fault(CompiledFault)
}

/// Whether a session runs in the console or with a command line or SDK.
enum Manner: Sendable {
  case console, programmatic
}

struct Stage {
  let realm: Realm
  let account: Account
  let region: (name: Text, short: Text, weight: UInt64)
  let isHome: Bool

  init(_ plan: Plan, stream: Stream) {
    realm = plan.world.realms[stream.realm]
    account = realm.accounts[stream.account]
    region = realm.regions[stream.region]
    isHome = stream.region == 0
  }

  /// What all events of a file share.
  func open(_ scene: inout Scene, archiveSeed: UInt64) {
    scene.archiveSeed = archiveSeed
    scene.accountSeed = account.seed
    scene[.account] = account.idText
    scene[.env] = account.environmentText
    scene[.region] = region.name
    scene[.regionShort] = region.short
  }

  /// Sessions of people and of machines last up to this long before a new one begins.
  static let sessionSeconds: Int64 = 4 * 3600

  /// The session an actor is in at a moment: the same for all events of a few hours. `which` tells apart those that
  /// run side by side.
  func enter(_ actor: Actor, which: UInt64, _ scene: inout Scene) {
    let phase = Int64(actor.seed & 0x3FFF)
    let period = (scene.time + phase) / Stage.sessionSeconds
    scene.sessionSeed = mixed(mixed(actor.seed, which), actor.isPerson ? UInt64(period) : 0)
    scene.credentialSeed = actor.isPerson ? scene.sessionSeed : mixed(scene.sessionSeed, UInt64(period))
    scene.created = period * Stage.sessionSeconds - phase - Int64(scene.sessionSeed & 0x3FF)
    scene.expires = scene.created + 12 * 3600
    scene[.name] = actor.name
    scene[.pid] = actor.pid
    scene[.role] = actor.role
    scene[.rolePath] = actor.rolePath
    scene[.roleID] = actor.roleID
    scene[.session] = actor.session
    scene[.key] = actor.key
    scene[.invoker] = actor.invoker
    let address = actor.addresses[Int(scene.sessionSeed >> 8) % actor.addresses.count]
    scene[.ip] = address
    scene[.userIP] = address
  }

  /// Fills everything that depends on the call.
  func act(_ actor: Actor, _ callNumber: Int, _ outcome: Outcome, _ manner: Manner, _ scene: inout Scene) {
    let grammar = realm.grammar
    let call = grammar.calls[callNumber]
    let service = grammar.services[call.service]
    let kind = grammar.kinds[Int(actor.kind.rawValue)]
    let inConsole = manner == .console
    scene[.service] = service.key
    scene[.source] = service.source
    scene[.version] = service.version
    scene[.action] = call.name
    scene[.readOnly] = call.isWrite ? grammar.writeText : grammar.readText
    scene[.category] = call.isData ? grammar.dataText : grammar.managementText
    scene[.management] = call.isData ? grammar.falseText : grammar.trueText
    scene[.eventType] =
      actor.kind == .service ? grammar.serviceText : inConsole ? grammar.consoleText : grammar.apiText
    let agents = actor.agents
    if inConsole || call.isLogin {
      scene[.ua] = call.isLogin || service.consoleAgent.count == 0 ? actor.browser : service.consoleAgent
    } else {
      scene[.ua] = agents[Int(scene.sessionSeed >> 24) % agents.count]
    }
    if inConsole && !call.isLogin && !grammar.relays.isEmpty && scene.eventSeed & 3 == 0 {
      scene[.ip] = grammar.relays[Int(scene.eventSeed >> 8) % grammar.relays.count]
    }
    scene[.isGlobal] = service.isGlobal ? grammar.trueText : grammar.falseText
    scene[.caller] = kind.caller
    scene[.host] = service.host
    scene[.whoami] = kind.whoami
    scene[.identity] = call.isLogin ? kind.loginIdentity : inConsole ? kind.consoleIdentity : kind.identity
    scene[.tail] = inConsole ? kind.consoleTail : kind.tail
    scene[.request] = call.request
    scene[.resources] = call.resources
    scene[.extra] = call.extra
    settle(call, service, outcome, &scene)
  }

  private func settle(_ call: Call, _ service: CompiledService, _ outcome: Outcome, _ scene: inout Scene) {
    let grammar = realm.grammar
    let fault: CompiledFault
    switch outcome {
    case .success:
      scene[.fault] = grammar.noFault
      scene[.response] = call.response
      return
    case .failure: fault = service.fault
    case .denied: fault = service.denied
    case .throttled: fault = grammar.throttled
    case .fault(let special): fault = special
    }
    scene[.errorCode] = fault.code
    scene[.errorMessage] = fault.message
    scene[.fault] = call.isLogin ? grammar.loginFaulted : grammar.faulted
    scene[.response] = call.isLogin ? grammar.loginFailure : grammar.noResponse
  }

  /// Sets the scene for an event of a script, whose time and seed are in the scene; returns its template.
  func perform(_ shot: Shot, extras: Background.Extras, _ scene: inout Scene) -> TemplateID {
    let actor = account.actors[shot.actor]
    let grammar = realm.grammar
    enter(actor, which: 0, &scene)
    scene.sessionSeed = mixed(actor.seed, shot.session)
    scene.credentialSeed = scene.sessionSeed
    scene.targetSessionSeed = mixed(shot.target.map { account.actors[$0].seed } ?? 0, shot.targetSession)
    scene.created = shot.created
    scene.expires = shot.created + 12 * 3600
    scene[.ip] = shot.address
    scene[.userIP] = shot.address
    extras.fill(stage: self, actor, &scene)
    let isLogin = grammar.calls[shot.call].isLogin
    act(actor, shot.call, shot.outcome, isLogin ? .console : shot.manner, &scene)
    scene[.ip] = shot.address
    if let agent = shot.agent { scene[.ua] = agent }
    if let name = shot.name { scene[actor.kind == .role ? .session : .name] = name }
    if let key = shot.key { scene[.key] = key }
    scene[.mfaUsed] = shot.usedFactor ? grammar.mfaYes : grammar.mfaNo
    scene[.mfa] = shot.usedFactor ? grammar.mfaOn : grammar.mfaOff
    if let target = shot.target.map({ account.actors[$0] }) {
      scene[.target] = target.kind == .role ? target.role : target.name
      scene[.targetPID] = target.kind == .role ? target.roleID : target.pid
      scene[.targetKey] = target.key
    }
    if let key = shot.mintedKey { scene[.targetKey] = key }
    if let policy = shot.policy {
      scene[.policy] = policy.name
      scene[.policyID] = policy.id
    }
    if let opening = shot.opening {
      scene[.cidr] = opening.cidr
      scene[.port] = opening.port
    }
    return template(shot.call)
  }

  func template(_ callNumber: Int) -> TemplateID {
    realm.grammar.calls[callNumber].isLogin ? realm.grammar.loginRecord : realm.grammar.record
  }
}
