// Decides which incidents and look-alikes an archive gets, when and where, and puts each of their events into the file
// that covers its moment.

/// One event of a script in its place.
struct PlantedEvent: Sendable {
  var file: Int
  var script: Int
  /// Its number in the archive, far above those of background events.
  var number: UInt64
  var shot: Shot
}

struct Planted: Sendable {
  /// Numbers from here on belong to planted events; background events stay far below.
  static let firstNumber: UInt64 = 1 << 62

  var scripts: [Script] = []
  /// Ids of each script's events, in its own order: offsets from `firstNumber`.
  var firstOffsets: [Int] = []
  /// Sorted by file, time and number.
  var events: [PlantedEvent] = []
  /// Asked for and left out for want of room.
  var omitted: [(kind: IncidentKind, isBenign: Bool)] = []
  /// When the leaver of an account left.
  var leavers: [(script: Int, realm: Int, account: Int, actor: Int, time: Int64)] = []

  /// The planted events of one file.
  func events(ofFile file: Int) -> ArraySlice<PlantedEvent> {
    let from = lowerBound(file)
    let to = lowerBound(file + 1)
    return events[from..<to]
  }

  private func lowerBound(_ file: Int) -> Int {
    var low = 0
    var high = events.count
    while low < high {
      let middle = (low + high) / 2
      if events[middle].file < file { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Writes the scripts of an archive.
struct Planter {
  private let plan: Plan
  private let options: GenerateOptions
  private var planted = Planted()
  /// How many scripts each account has had, so that each is about somebody else.
  private var used: [Int: Int] = [:]
  private var eventCount = 0

  init(plan: Plan, options: GenerateOptions) {
    self.plan = plan
    self.options = options
  }

  /// Each kind once, with its look-alike, as long as half the events stay ordinary; then once for each further
  /// provider as long as planted events stay below a twentieth.
  mutating func plant() -> Planted {
    let kinds = IncidentKind.allCases.filter(options.incidents.includes)
    let realms = plan.world.realms.indices.filter { realm in plan.streams.contains { $0.realm == realm } }
    for round in realms.indices {
      let budget = options.events / (round == 0 ? 2 : 20)
      // Incidents first: a small archive rather does without look-alikes.
      for isBenign in [false, true] {
        for kind in kinds {
          let shift = mixed(plan.world.archiveSeed, 0x500 + UInt64(kind.rank)) >> 8
          let realm = realms[(Int(shift % UInt64(realms.count)) + round) % realms.count]
          add(kind, isBenign: isBenign, realm: realm, round: round, budget: budget)
        }
      }
    }
    placeEvents()
    return planted
  }

  private mutating func add(_ kind: IncidentKind, isBenign: Bool, realm: Int, round: Int, budget: Int) {
    let number = UInt64(round) << 16 + UInt64(kind.rank) << 1 + (isBenign ? 1 : 0)
    let script = write(kind, isBenign: isBenign, realm: realm, seed: mixed(plan.world.archiveSeed, 0x10_0000 + number))
    if eventCount + script.shots.count <= budget {
      eventCount += script.shots.count
      planted.scripts.append(script)
    } else {
      if round == 0 { planted.omitted.append((kind, isBenign)) }
      planted.leavers.removeAll { $0.script == planted.scripts.count }
    }
  }

  private mutating func write(_ kind: IncidentKind, isBenign: Bool, realm: Int, seed: UInt64) -> Script {
    var random = SplitMix64(seed: seed)
    let streams = plan.streams.indices.filter { plan.streams[$0].realm == realm }
    let accounts = Array(Set(streams.map { plan.streams[$0].account })).sorted()
    var account = random.chance(perMille: 600) ? accounts[0] : accounts[Int(random.below(UInt64(accounts.count)))]
    let values = plan.world.realms[realm].accounts
    if isBenign && kind == .massDeletion, let test = accounts.first(where: { values[$0].environment == "test" }) {
      account = test
    }
    let own = streams.filter { plan.streams[$0].account == account }
    let home = own.first { plan.streams[$0].region == 0 } ?? own[0]
    let (user, others) = people(for: kind, isBenign: isBenign, realm: realm, account: account)
    let span = plan.start..<plan.end
    let leaving = plan.start + (plan.end - plan.start) * 6 / 10
    let zone = Zone.all[values[account].actors[user].zone]
    let base = time(kind, isBenign: isBenign, leaving: leaving, zone: zone, &random)
    var writer = Scriptwriter(
      world: plan.world, kind: kind, isBenign: isBenign, realm: realm, account: account, homeStream: home,
      localStream: own[Int(random.below(UInt64(own.count)))], span: span, base: base, user: user,
      others: others, seed: mixed(seed, 1))
    writer.perform()
    if kind == .offboardedUse {
      let left = isBenign ? writer.script.end + 300 : leaving
      planted.leavers.append(
        (script: planted.scripts.count, realm: realm, account: account, actor: user, time: left))
    }
    return writer.script
  }

  /// Whom a script is about, and the rest of the account's users. The last two users are kept for those who leave, so
  /// that nothing else happens to them afterwards; the others are taken from the least busy upwards.
  private mutating func people(
    for kind: IncidentKind, isBenign: Bool, realm: Int, account: Int
  ) -> (user: Int, others: [Int]) {
    let users = plan.world.realms[realm].accounts[account].users
    if kind == .offboardedUse { return (users[users.count - (isBenign ? 2 : 1)], []) }
    let available = Array(users.dropLast(2))
    let turn = used[realm << 8 | account, default: 0]
    if kind.isAboutAPerson(isBenign: isBenign) { used[realm << 8 | account] = turn + 1 }
    let user = available[available.count - 1 - turn % available.count]
    let first = (turn * 5 + 3) % available.count
    return (user, (available[first...] + available[..<first]).filter { $0 != user })
  }

  /// Leaves room for the longest script, eight hours. What people do openly falls in their working hours.
  private func time(
    _ kind: IncidentKind, isBenign: Bool, leaving: Int64, zone: Zone, _ random: inout SplitMix64
  ) -> Int64 {
    let span = plan.end - plan.start
    if kind == .offboardedUse {
      return isBenign ? leaving - 3600 : leaving + 3600 + Int64(random.below(UInt64(max(1, (plan.end - leaving) / 2))))
    }
    let tail = kind == .dormantAccount ? span / 8 : max(1, span - 10 * 3600)
    let from = kind == .dormantAccount ? plan.start + span * 3 / 4 : plan.start + 3600
    let drawn = from + Int64(random.below(UInt64(tail)))
    guard isBenign || kind == .impossibleTravel || kind == .elevationOverstay else { return drawn }
    // Nine to four or so, trying hour after hour and starting over at the archive's beginning.
    for hour in 0..<(Int64(168)) {
      let candidate = from + (drawn - from + hour * 3600) % tail
      if isWorking(candidate, zone), isWorking(candidate + 3 * 3600, zone) { return candidate }
    }
    return drawn
  }

  private func isWorking(_ time: Int64, _ zone: Zone) -> Bool {
    Activity.isWorkingHour(utcHourOfWeek: Activity.hourOfWeek(time), zone: zone, dayStart: 9)
  }

  private mutating func placeEvents() {
    for (number, script) in planted.scripts.enumerated() {
      planted.firstOffsets.append(planted.events.count)
      for shot in script.shots {
        planted.events.append(
          PlantedEvent(
            file: file(of: shot), script: number, number: Planted.firstNumber + UInt64(planted.events.count), shot: shot
          ))
      }
    }
    planted.events.sort { ($0.file, $0.shot.time, $0.number) < ($1.file, $1.shot.time, $1.number) }
  }

  /// The last file of the stream that begins at or before the shot.
  private func file(of shot: Shot) -> Int {
    let files = plan.streams[shot.stream].files
    var low = files.lowerBound
    var high = files.upperBound
    while low + 1 < high {
      let middle = (low + high) / 2
      if plan.files[middle].start <= shot.time { low = middle } else { high = middle }
    }
    return low
  }
}

extension IncidentKind {
  var rank: Int { IncidentKind.allCases.firstIndex(of: self) ?? 0 }

  /// False where a robot, the owner or an emergency account acts, or many people at once.
  func isAboutAPerson(isBenign: Bool) -> Bool {
    switch self {
    case .breakGlassUse, .rootUse, .dormantAccount, .spraying: false
    case .keyCreation, .loggingStopped, .securityGroupOpened, .deniedProbing, .massDeletion: !isBenign
    default: true
    }
  }
}

extension Scriptwriter {
  /// Plays the script for its kind.
  mutating func perform() {
    let isBenign = script.isBenign
    switch script.kind {
    case .failedMFABurst: if isBenign { mistypedFactor() } else { failedMFABurst() }
    case .loginFailureBurst: if isBenign { mistypedPassword() } else { loginFailureBurst() }
    case .spraying: if isBenign { mondayMorning() } else { spraying() }
    case .breakGlassUse: if isBenign { breakGlassDrill() } else { breakGlassUse() }
    case .rootUse: if isBenign { rootBilling() } else { rootUse() }
    case .selfGrantedAdmin: if isBenign { onboarding() } else { selfGrantedAdmin() }
    case .keyCreation: if isBenign { keyRotation() } else { keyCreation() }
    case .loggingStopped: if isBenign { trailMaintenance() } else { loggingStopped() }
    case .securityGroupOpened: if isBenign { publicWebsite() } else { securityGroupOpened() }
    case .oddIP: if isBenign { newHome() } else { oddAddress() }
    case .impossibleTravel: if isBenign { vpnTravel() } else { impossibleTravel() }
    case .deniedProbing: if isBenign { refusedScanner() } else { deniedProbing() }
    case .dormantAccount: if isBenign { backFromLeave() } else { dormantAccount() }
    case .offboardedUse: if isBenign { lastDay() } else { offboardedUse() }
    case .elevationOverstay: elevation(overstays: !isBenign)
    case .massDeletion: if isBenign { teardown() } else { massDeletion() }
    }
  }
}
