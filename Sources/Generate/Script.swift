// An incident before it is written: who does what, second by second. Scripts speak of verbs, so that one script serves
// all providers.

/// One event of a script, with what differs from the actor's ordinary call.
struct Shot: Sendable {
  var call: Int
  var actor: Int
  var time: Int64
  var outcome: Outcome
  var manner: Manner
  var stream: Int
  var address: Text
  var agent: Text?
  /// Whom the call is about.
  var target: Int?
  var policy: (name: Text, id: Text)?
  var opening: (cidr: Text, port: Text)?
  var usedFactor = false
  var key: Text?
  var mintedKey: Text?
  /// Replaces the name the log would show; of a role, the session's.
  var name: Text?
  /// Tells the incident's session apart from the actor's others.
  var session: UInt64
  var created: Int64
  var targetSession: UInt64 = 0
}

/// A script under construction, and the finished account of it.
struct Script: Sendable {
  let kind: IncidentKind
  let isBenign: Bool
  let realm: Int
  let account: Int
  var shots: [Shot] = []
  var actor = ""
  var description = ""
  /// Why a look-alike is harmless.
  var reason: String?
  /// A window in which what happens is allowed, for the context section of the truth.
  var window: (actor: String, from: Int64, to: Int64, reason: String)?

  var start: Int64 { shots.map(\.time).min() ?? 0 }
  var end: Int64 { shots.map(\.time).max() ?? 0 }
}

/// What a script's author works with: one account of one provider at one time.
struct Scriptwriter {
  let world: World
  let realm: Int
  let account: Int
  /// Where global and where regional calls are logged.
  let homeStream: Int
  let localStream: Int
  let span: Range<Int64>
  let base: Int64
  /// The person it is about, and others who play a part.
  let user: Int
  let others: [Int]
  var random: SplitMix64
  var script: Script
  /// What the next shots have in common.
  var address: Text
  var agent: Text?
  var manner = Manner.programmatic
  var session: UInt64

  init(
    world: World, kind: IncidentKind, isBenign: Bool, realm: Int, account: Int, homeStream: Int, localStream: Int,
    span: Range<Int64>, base: Int64, user: Int, others: [Int], seed: UInt64
  ) {
    self.world = world
    self.realm = realm
    self.account = account
    self.homeStream = homeStream
    self.localStream = localStream
    self.span = span
    self.base = base
    self.user = user
    self.others = others
    random = SplitMix64(seed: seed)
    session = mixed(seed, 7)
    script = Script(kind: kind, isBenign: isBenign, realm: realm, account: account)
    address = world.realms[realm].accounts[account].actors[user].addresses[0]
    script.actor = name(user)
  }

  var grammar: Grammar { world.realms[realm].grammar }
  var accountValue: Account { world.realms[realm].accounts[account] }
  var props: Props { world.props }

  func name(_ actor: Int) -> String {
    let value = accountValue.actors[actor]
    if value.kind == .bot || value.kind == .workload { return text(value.role) }
    return value.kind == .role ? sessionName(value, session: value.session) : text(value.name)
  }

  /// A role's session as the provider's log names it.
  func sessionName(_ actor: Actor, session: Text) -> String {
    switch world.realms[realm].provider {
    case .aws: text(actor.role) + "/" + text(session)
    case .tencent: text(actor.role)
    case .alibaba: text(actor.role) + ":" + text(session)
    }
  }

  func text(_ value: Text) -> String { world.lexicon.string(value) }

  func special(_ actor: SpecialActor) -> Int { accountValue.special[actor] ?? user }

  /// The first automation with this profile.
  func automation(_ profile: Profile) -> Int {
    accountValue.machines.first { accountValue.actors[$0].profile == profile } ?? accountValue.machines[0]
  }

  mutating func hostingAddress() -> Text { props.hosting[Int(random.below(UInt64(props.hosting.count)))] }
  mutating func attackAgent() -> Text { props.agents[Int(random.below(UInt64(props.agents.count)))] }
  mutating func between(_ low: Int64, _ high: Int64) -> Int64 { low + Int64(random.below(UInt64(high - low + 1))) }

  func office(of actor: Int) -> Text { props.offices[accountValue.actors[actor].zone] }

  /// Adds an event `after` seconds from the script's base.
  mutating func play(
    _ verb: Verb, by actor: Int? = nil, after: Int64, _ outcome: Outcome = .success,
    with change: (inout Shot) -> Void = { _ in }
  ) {
    let call = grammar.verbs[Int(verb.rawValue)]
    let isGlobal = grammar.services[grammar.calls[call].service].isGlobal
    let time = min(max(base + after, span.lowerBound), span.upperBound - 1)
    var shot = Shot(
      call: call, actor: actor ?? user, time: time, outcome: outcome, manner: manner,
      stream: isGlobal ? homeStream : localStream, address: address, agent: agent, session: session,
      created: min(base, time))
    change(&shot)
    script.shots.append(shot)
  }

  /// `2026-01-09T03:12:00Z`
  static func stamp(_ time: Int64) -> String {
    var sink = ByteSink(capacity: 32)
    sink.append(instant: time)
    return sink.withBytes { String(decoding: $0, as: UTF8.self) }
  }
}
