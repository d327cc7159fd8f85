// The company whose logs are written: its accounts, people, workloads and what they do. Built once from the seed,
// never changed afterwards.

struct Actor: Sendable {
  var kind: ActorKind
  var profile: Profile
  var name = Text.empty
  var pid = Text.empty
  var role = Text.empty
  var rolePath = Text.empty
  var roleID = Text.empty
  var session = Text.empty
  var key = Text.empty
  var invoker = Text.empty
  /// Where calls come from, with repeats for weight.
  var addresses: [Text] = []
  var agents: [Text] = []
  var browser = Text.empty
  var zone = 0
  var isPerson = false
  var sessions: UInt64 = 1
  var seed: UInt64 = 0
  /// The first hour of the working day, local time.
  var dayStart: Int64 = 8
  /// No ordinary activity from this moment on: the day somebody left. Dormant actors have 0.
  var activeUntil = Int64.max
}

/// Actors that every account has and that do nothing on an ordinary day.
enum SpecialActor: String, CaseIterable, Sendable {
  case root, breakGlass, dormant, onLeave, elevated, newcomer

  var name: String {
    switch self {
    case .root: "root"
    case .breakGlass: "breakglass-admin"
    case .dormant: "contractor-2023"
    case .onLeave: "nadia.larch"
    case .elevated: "elevated-operator"
    case .newcomer: "jonas.aspen"
    }
  }
}

struct Account: Sendable {
  var id: String
  var idText: Text
  var environment: String
  var environmentText: Text
  var seed: UInt64
  var weight: UInt64
  var actors: [Actor] = []
  /// Actors by class: people, machines, the provider's services.
  var people: [Int] = []
  var machines: [Int] = []
  var services: [Int] = []
  var deployers: [Int] = []
  /// Actors that appear only in incidents.
  var special: [SpecialActor: Int] = [:]
  /// Access keys that incidents create.
  var mintedKeys: [Text] = []
  /// Old-style users, whom identity calls name and incidents befall.
  var users: [Int] = []
  var peopleUrn = Urn(zipf: 1)
  var machineUrn = Urn(zipf: 1)
  var serviceUrn = Urn(zipf: 1)
}

/// One provider's part of the company.
struct Realm: Sendable {
  var provider: Provider
  var seed: UInt64
  var accounts: [Account]
  var regions: [(name: Text, short: Text, weight: UInt64)]
  var grammar: Grammar
  var extras: Background.Extras
  var weight: UInt64
}

struct World: Sendable {
  var lexicon: Lexicon
  var realms: [Realm]
  var props: Props
  var archiveSeed: UInt64

  static func dialect(of provider: Provider) -> Dialect {
    switch provider {
    case .aws: AWS.dialect
    case .tencent: Tencent.dialect
    case .alibaba: Alibaba.dialect
    }
  }

  init(seed: UInt64, providers: [Provider]) {
    archiveSeed = mixed(seed, 0xA11)
    var lexicon = LexiconBuilder()
    for list in Words.lists { lexicon.list(list.name, list.words) }
    var realms: [Realm] = []
    for provider in providers {
      let dialect = World.dialect(of: provider)
      let rank = UInt64(Provider.allCases.firstIndex(of: provider) ?? 0)
      let realmSeed = mixed(archiveSeed, 0x100 + rank)
      let accounts = dialect.accounts.enumerated().map { index, account in
        makeAccount(
          dialect, environment: account.environment, weight: account.weight, seed: mixed(realmSeed, UInt64(index)),
          &lexicon)
      }
      let regions = dialect.regions.map {
        (name: lexicon.text($0.name), short: lexicon.text($0.short), weight: $0.weight)
      }
      realms.append(
        Realm(
          provider: provider, seed: realmSeed, accounts: accounts, regions: regions,
          grammar: Grammar(dialect, &lexicon), extras: Background.Extras(dialect, &lexicon), weight: dialect.weight))
    }
    self.realms = realms
    props = Props(seed: archiveSeed, &lexicon)
    self.lexicon = lexicon.finished()
  }
}

private func makeAccount(
  _ dialect: Dialect, environment: String, weight: UInt64, seed: UInt64, _ lexicon: inout LexiconBuilder
) -> Account {
  var random = SplitMix64(seed: seed)
  let id = dialect.ids.account.make(&random)
  var account = Account(
    id: id, idText: lexicon.text(id), environment: environment, environmentText: lexicon.text(environment), seed: seed,
    weight: weight)
  var weights: [UInt64] = []
  for group in dialect.cast {
    let names: [String] =
      switch group.members {
      case .named(let names): names
      case .people(let first, let count): (first..<first + count).map(Words.person)
      }
    let share = Urn.zipfWeights(names.count, total: group.weight * 1000)
    for (rank, name) in names.enumerated() {
      weights.append(share[rank])
      account.actors.append(
        makeActor(dialect, group, name: name, environment: environment, accountSeed: seed, &random, &lexicon))
    }
  }
  account.sortActors(weights: weights)
  addSpecialActors(to: &account, dialect, &random, &lexicon)
  return account
}

private func addSpecialActors(
  to account: inout Account, _ dialect: Dialect, _ random: inout SplitMix64, _ lexicon: inout LexiconBuilder
) {
  let agents = dialect.cast.first { $0.kind == .user }?.agents ?? []
  for special in SpecialActor.allCases {
    let kind: ActorKind = special == .root ? .root : special == .elevated ? .role : .user
    let group = CastSpec(
      kind: kind, profile: .administrator, members: .people(first: 0, count: 1),
      role: special == .elevated ? special.name : "", agents: agents, weight: 0)
    account.special[special] = account.actors.count
    account.actors.append(
      makeActor(
        dialect, group, name: special.name, environment: account.environment, accountSeed: account.seed, &random,
        &lexicon))
  }
  account.mintedKeys = (0..<8).map { _ in lexicon.text(dialect.ids.key.make(&random)) }
}

extension Account {
  fileprivate mutating func sortActors(weights: [UInt64]) {
    for (index, actor) in actors.enumerated() {
      if actor.isPerson {
        people.append(index)
        if actor.kind == .user { users.append(index) }
      } else if actor.kind == .service || actor.kind == .internalCall {
        services.append(index)
      } else {
        machines.append(index)
        if actor.profile == .deploy { deployers.append(index) }
      }
    }
    peopleUrn = Urn(weights: people.map { weights[$0] })
    machineUrn = Urn(weights: machines.map { weights[$0] })
    serviceUrn = Urn(weights: services.map { weights[$0] })
  }
}

private func makeActor(
  _ dialect: Dialect, _ group: CastSpec, name: String, environment: String, accountSeed: UInt64,
  _ random: inout SplitMix64, _ lexicon: inout LexiconBuilder
) -> Actor {
  func filledName(_ pattern: String) -> String {
    pattern.replacing("<name>", with: name).replacing("<env>", with: environment)
  }
  func filled(_ pattern: String) -> Text { lexicon.text(filledName(pattern)) }
  var actor = Actor(kind: group.kind, profile: group.profile)
  actor.seed = random.next()
  if case .people = group.members { actor.isPerson = true }
  actor.name = lexicon.text(name)
  actor.pid = lexicon.text(dialect.ids.user.make(&random))
  actor.key = lexicon.text(dialect.ids.key.make(&random))
  actor.role = filled(group.role)
  // People who share a role share its id.
  var roleRandom = SplitMix64(seed: mixed(accountSeed, hash(of: filledName(group.role))))
  actor.roleID = lexicon.text(dialect.ids.role.make(&roleRandom))
  actor.rolePath = filled(group.rolePath)
  actor.session = group.session.isEmpty ? actor.name : filled(group.session)
  actor.invoker = group.network == .service ? actor.name : .empty
  actor.sessions = group.sessions
  actor.zone = dialect.peopleZones[Int(random.below(UInt64(dialect.peopleZones.count)))]
  actor.dayStart = 7 + Int64(random.below(3))
  actor.addresses = makeAddresses(group.network, name: name, zone: Zone.all[actor.zone], &random).map {
    lexicon.text($0)
  }
  actor.agents = (group.agents.isEmpty ? [name] : group.agents).map {
    lexicon.text(withVersions($0, &random))
  }
  actor.browser = lexicon.text(withVersions(Words.browsers[Int(random.below(UInt64(Words.browsers.count)))], &random))
  return actor
}

private func makeAddresses(
  _ network: Network, name: String, zone: Zone, _ random: inout SplitMix64
) -> [String] {
  switch network {
  case .people:
    // Half of a person's sessions come from the office's shared address, a third from home, the rest on the move.
    let home = Addresses.draw(zone.homes, &random)
    let mobile = (0..<3).map { _ in Addresses.draw(zone.homes, &random) }
    return [zone.office, zone.office, zone.office, zone.office, zone.office, home, home, home] + mobile
  case .instances:
    return (0..<24).map { index in
      if index % 3 == 2 { return "10.\(random.below(32)).\(random.below(256)).\(1 + random.below(254))" }
      return Addresses.draw(Addresses.instances, &random)
    }
  case .builders: return Addresses.builders
  case .service: return [name]
  }
}

/// Each `^` becomes a small number, so that programs come in as many versions as they do in life.
private func withVersions(_ agent: String, _ random: inout SplitMix64) -> String {
  var text = ""
  for character in agent {
    if character == "^" { text += String(random.below(30)) } else { text.append(character) }
  }
  return text
}

/// FNV-1a: a hash of a name that never changes between runs, unlike the standard library's.
private func hash(of name: String) -> UInt64 {
  name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
