// What one worker counts for the draft of a configuration: who was active when, from where and with what. Counting goes
// by the worker's symbols; texts are made once for each new caller and at the end.
//
// What is bounded is bounded by a yes or no that does not depend on the order of events: a caller with more addresses
// than are kept has "many", on one worker or on all together.

import Events

public struct DraftTally: Sendable {
  /// A larger archive has more callers than anybody would write down; the draft says that it is not complete.
  static let groupsMax = 20_000
  /// Callers with more addresses work from changing ones; there is no network to name.
  static let addressesMax = 256
  /// Programs of one caller that need no second look.
  private static let agentsSeenMax = 64

  public static let columns: [Column] = [
    .time, .account, .region, .actorType, .actor, .actorAccount, .sourceIP, .userAgent, .rw, .outcome, .class, .mfa,
  ]

  /// A caller as a batch shows it.
  private struct Key: Hashable {
    var provider: Provider
    var account: UInt32
    var type: UInt32
    var actor: UInt32
  }

  struct Tally: Sendable {
    var events: UInt64 = 0
    var writes: UInt64 = 0
    var first = Int64.max
    var last = Int64.min
    /// By hour of the week in UTC; hour 0 is Sunday 0:00.
    var hours = [UInt32](repeating: 0, count: 168)
    /// By symbol of the worker.
    var addresses: [UInt32: UInt32] = [:]
    var hasManyAddresses = false
    var agents = DraftAgents()
    /// Sign-ins on a console, and events behind a second factor: what programs do not do.
    var signIns: UInt64 = 0
    var secondFactors: UInt64 = 0
    /// Symbols that `agents` holds already; full, it is only slower.
    var agentsSeen: Set<UInt32> = []
  }

  struct AccountTally: Sendable {
    var events: UInt64 = 0
    var regions: [UInt32: UInt64] = [:]
  }

  private let places: [Column: Int]
  private var groupOfKey: [Key: Int] = [:]
  private var agents: [UInt32: DraftAgents] = [:]
  private var placeOfGroup: [DraftCaller: Int] = [:]
  private(set) var callers: [DraftCaller] = []
  private(set) var tallies: [Tally] = []
  private var accountOfSymbol: [UInt32: Int] = [:]
  private(set) var accounts: [DraftAccount] = []
  private(set) var accountTallies: [AccountTally] = []
  private(set) var isOverflown = false
  /// The texts of the worker's symbols, copied when it is done.
  private(set) var texts: [UInt32: String] = [:]

  public init(_ plan: FieldPlan) {
    var places: [Column: Int] = [:]
    for column in Self.columns { places[column] = plan.index(of: column) }
    self.places = places
  }

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>) {
    let accountColumn = places[.account] ?? 0
    let ownerColumn = places[.actorAccount] ?? 0
    let typeColumn = places[.actorType] ?? 0
    let actorColumn = places[.actor] ?? 0
    let addressColumn = places[.sourceIP] ?? 0
    let agentColumn = places[.userAgent] ?? 0
    let regionColumn = places[.region] ?? 0
    let rwColumn = places[.rw] ?? 0
    let outcomeColumn = places[.outcome] ?? 0
    let classColumn = places[.class] ?? 0
    let factorColumn = places[.mfa] ?? 0
    for row in rows.lazy.map({ Int($0) }) {
      countAccount(batch, row, batch.symbol(accountColumn, row), batch.symbol(regionColumn, row))
      // Who was refused proves nothing: the name in a failed sign-in is whatever somebody typed.
      let outcome = batch.text(outcomeColumn, row)
      if outcome.equals("denied") || outcome.equals("failure") { continue }
      let owner = batch.symbol(ownerColumn, row)
      let key = Key(
        provider: batch.providers[row], account: (owner.isMissing ? batch.symbol(accountColumn, row) : owner).raw,
        type: batch.symbol(typeColumn, row).raw, actor: batch.symbol(actorColumn, row).raw)
      guard let group = group(key, batch) else { continue }
      let isWrite = batch.text(rwColumn, row).equals("write")
      tallies[group].count(time: batch.times[row], isWrite: isWrite)
      if batch.text(classColumn, row).equals("login") { tallies[group].signIns += 1 }
      if batch.text(factorColumn, row).equals("yes") { tallies[group].secondFactors += 1 }
      note(batch.symbol(addressColumn, row), batch.symbol(agentColumn, row), of: group, batch)
    }
  }

  private mutating func countAccount(_ batch: borrowing EventBatch, _ row: Int, _ symbol: Symbol, _ region: Symbol) {
    guard !symbol.isMissing, !symbol.isLocal else { return }
    let place: Int
    if let known = accountOfSymbol[symbol.raw] {
      place = known
    } else {
      place = accounts.count
      accountOfSymbol[symbol.raw] = place
      accounts.append(DraftAccount(provider: batch.providers[row], id: batch.text(symbol).string))
      accountTallies.append(AccountTally())
    }
    accountTallies[place].events += 1
    guard !region.isMissing, !region.isLocal else { return }
    accountTallies[place].regions[region.raw, default: 0] += 1
    keep(region, batch)
  }

  private mutating func group(_ key: Key, _ batch: borrowing EventBatch) -> Int? {
    if let known = groupOfKey[key] { return known < 0 ? nil : known }
    let isLocal = (key.actor | key.account | key.type) & (1 << 31) != 0
    func text(_ raw: UInt32) -> String { batch.text(Symbol(raw: raw)).string }
    let caller = DraftCaller(
      provider: key.provider, account: text(key.account), type: text(key.type), actor: text(key.actor))
    var place = caller.map { placeOfGroup[$0] ?? -2 } ?? -1
    if place == -2, let caller {
      if callers.count < Self.groupsMax {
        place = callers.count
        placeOfGroup[caller] = place
        callers.append(caller)
        tallies.append(Tally())
      } else {
        isOverflown = true
        place = -1
      }
    }
    // A symbol of the batch means something else in the next one.
    if !isLocal { groupOfKey[key] = place }
    return place < 0 ? nil : place
  }

  private mutating func note(_ address: Symbol, _ agent: Symbol, of group: Int, _ batch: borrowing EventBatch) {
    if !address.isMissing, !tallies[group].hasManyAddresses {
      tallies[group].addresses[address.raw, default: 0] += 1
      if address.isLocal || tallies[group].addresses.count > Self.addressesMax {
        tallies[group].hasManyAddresses = true
        tallies[group].addresses = [:]
      } else {
        keep(address, batch)
      }
    }
    if !agent.isMissing { note(agent: agent, of: group, batch) }
  }

  private mutating func note(agent: Symbol, of group: Int, _ batch: borrowing EventBatch) {
    guard !agent.isLocal else { return tallies[group].agents.add(DraftAgents(batch.text(agent).string)) }
    guard !tallies[group].agentsSeen.contains(agent.raw) else { return }
    let known = agents[agent.raw] ?? DraftAgents(batch.text(agent).string)
    agents[agent.raw] = known
    tallies[group].agents.add(known)
    if tallies[group].agentsSeen.count < Self.agentsSeenMax { tallies[group].agentsSeen.insert(agent.raw) }
  }

  private mutating func keep(_ symbol: Symbol, _ batch: borrowing EventBatch) {
    if texts[symbol.raw] == nil { texts[symbol.raw] = batch.text(symbol).string }
  }
}

extension DraftTally.Tally {
  mutating func count(time: Int64, isWrite: Bool) {
    events += 1
    if isWrite { writes += 1 }
    guard time != Timestamp.missing else { return }
    first = min(first, time)
    last = max(last, time)
    let hour = time >= 0 ? time / 3_600_000 : (time - 3_599_999) / 3_600_000
    // 1970 began on a Thursday.
    hours[Int(((hour + 96) % 168 + 168) % 168)] += 1
  }
}

struct DraftAccount: Hashable, Sendable {
  var provider: Provider
  var id: String
}

/// Who acts, with the sessions of machines taken together.
struct DraftCaller: Hashable, Sendable {
  var provider: Provider
  var account: String
  var type: String
  /// What an identity of the configuration is called: `alice`, `Admin/alice`, or `Deploy/*` for a role of machines.
  var name: String
  /// The role without its session, or the name.
  var base: String
  /// The session, if it seems to be a human being's.
  var session: String

  /// Nil for callers that nobody configures: nobody, and the provider itself.
  init?(provider: Provider, account: String, type: String, actor: String) {
    guard !actor.isEmpty, type != "service", type != "system", type != "anonymous" else { return nil }
    let cut = type == "user" ? nil : actor.firstIndex { $0 == "/" || $0 == ":" }
    let base = cut.map { String(actor[..<$0]) } ?? actor
    guard !Self.isOfProvider(base) else { return nil }
    self.provider = provider
    self.account = account
    self.type = type
    self.base = base
    let session = cut.map { String(actor[actor.index(after: $0)...]) } ?? ""
    self.session = Self.isPersonal(session, role: base) ? session : ""
    name =
      cut == nil || !self.session.isEmpty
      ? Glob.escaped(actor) : Glob.escaped(String(actor[...(cut ?? actor.startIndex)])) + "*"
  }

  private static func isOfProvider(_ role: String) -> Bool {
    let lower = role.lowercased()
    return lower.hasPrefix("awsservicerole") || lower.hasPrefix("aliyunservicerole") || lower.hasSuffix("_qcsrole")
      || lower.hasSuffix("_qcslinkedrole")
  }

  /// `alice.smith`, `alice@corp.example`, and any session of a single sign-on role.
  private static func isPersonal(_ session: String, role: String) -> Bool {
    guard !session.isEmpty, session != role else { return false }
    return isSingleSignOn(role) || Words.isPersonal(session)
  }

  var isSingleSignOn: Bool { !session.isEmpty && Self.isSingleSignOn(base) }

  private static func isSingleSignOn(_ role: String) -> Bool {
    let lower = role.lowercased()
    return lower.hasPrefix("awsreservedsso_") || lower.hasPrefix("aliyunreservedsso-")
  }
}
