// Ordinary life: who does what at a given moment, and how it ends.

struct Background {
  private let stage: Stage
  private let activity: Activity
  private let extras: Extras

  init(stage: Stage, activity: Activity, extras: Extras) {
    self.stage = stage
    self.activity = activity
    self.extras = extras
  }

  /// Chooses everything about the event whose time and seed are in the scene; returns its template.
  func next(_ scene: inout Scene) -> TemplateID {
    let storm = activity.isStorm(scene.time)
    let account = stage.account
    let actorNumber = storm && scene.random.chance(perMille: 600) ? deployer(scene.time) : anyone(&scene)
    let actor = account.actors[actorNumber]
    stage.enter(actor, which: scene.random.below(actor.sessions), &scene)
    let profile = stage.realm.grammar.profiles[Int(actor.profile.rawValue)]
    let urn = stage.isHome ? profile.home : profile.elsewhere
    let callNumber = profile.calls[urn.draw(&scene.random)]
    let call = stage.realm.grammar.calls[callNumber]
    let usesConsole = actor.isPerson && (scene.sessionSeed >> 40) & 1 == 1
    extras.fill(stage: stage, actor, &scene)
    let outcome = outcome(actor, call, &scene)
    stage.act(actor, callNumber, outcome, usesConsole || call.isLogin ? .console : .programmatic, &scene)
    return stage.template(callNumber)
  }

  /// The robot that this storm belongs to.
  private func deployer(_ time: Int64) -> Int {
    let deployers = stage.account.deployers
    guard !deployers.isEmpty else { return stage.account.machines[0] }
    return deployers[Int(mixed(activity.seed, UInt64(time / Activity.slotSeconds)) >> 32) % deployers.count]
  }

  private func anyone(_ scene: inout Scene) -> Int {
    let account = stage.account
    let draw = scene.random.below(100)
    if draw < 30, let person = person(&scene) { return person }
    if draw >= 82, !account.services.isEmpty { return account.services[account.serviceUrn.draw(&scene.random)] }
    return account.machines[account.machineUrn.draw(&scene.random)]
  }

  /// Somebody at work at this hour; outside the working day one in 25 is.
  private func person(_ scene: inout Scene) -> Int? {
    let account = stage.account
    let hour = Activity.hourOfWeek(scene.time)
    for _ in 0..<4 {
      let number = account.people[account.peopleUrn.draw(&scene.random)]
      let actor = account.actors[number]
      if scene.time >= actor.activeUntil { continue }
      let working = Activity.isWorkingHour(utcHourOfWeek: hour, zone: Zone.all[actor.zone], dayStart: actor.dayStart)
      if working || scene.random.chance(perMille: 40) { return number }
    }
    return nil
  }

  /// Refusals, mistakes and throttling, in parts of a thousand.
  private func outcome(_ actor: Actor, _ call: Call, _ scene: inout Scene) -> Outcome {
    let draw = scene.random.below(1000)
    if call.isLogin {
      // Single sign-on fails at the identity provider, not here.
      return actor.kind == .user && draw < 30 ? .failure : .success
    }
    let deniedShare: UInt64 = actor.profile == .scanner ? 60 : actor.isPerson ? 12 : 4
    if actor.kind == .service || draw >= deniedShare + 18 { return .success }
    return draw < deniedShare ? .denied : draw < deniedShare + 15 ? .failure : .throttled
  }
}
