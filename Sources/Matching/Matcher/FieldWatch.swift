import Events

/// What one worker has found out about watched fields (`FieldPresence`), kept so that an event costs next to nothing.
///
/// Fields that the scan reads from every event are looked for in each, until one has been found in the event's account:
/// from then on the account's list of what is still missing is shorter. The others are looked for where a rule that asks
/// for them is called up and what it needs of common fields holds: there the record would mostly be read again anyway.
/// Which events these are follows from the event alone, not from what the worker has seen before.
struct FieldWatch: Sendable {
  // A power of two; archives change from account to account rarely, or among a few.
  private static let recentMax = 64

  private struct Recent {
    var key: UInt64 = .max
    var scope: Int32 = -1
  }

  struct Asked {
    var field: Int
    var group: Int
    /// One bit for each provider on whose events a rule asks.
    var providers: UInt32
  }

  /// Read with every event.
  private var early: [Asked] = []
  /// By rule of the program: what is read when it is called up.
  private(set) var late: [[Asked]] = []
  private let account: Int
  private var presence: FieldPresence
  private var scopes: [FieldPresence.Scope] = []
  private var rows: [FieldPresence.Row] = []
  /// By scope: what no event has had so far.
  var missing: [[Asked]] = []
  private var places: [FieldPresence.Scope: Int32] = [:]
  private var recent = [Recent](repeating: Recent(), count: recentMax)

  /// Watches nothing.
  init() {
    account = 0
    presence = FieldPresence()
  }

  /// - Parameter account: the place of the account's column in the plan.
  init(_ fields: WatchedFields, _ program: MatchProgram, _ groups: [BoundGroup], account: Int) {
    self.account = account
    presence = FieldPresence(count: fields.count)
    var groupOf: [FieldGroup: Int] = [:]
    for (number, group) in program.groups.enumerated() { groupOf[group] = number }
    var earlyPlaces: [Int: Int] = [:]
    for entry in program.entries {
      var late: [Asked] = []
      let isTried = !entry.providers.isEmpty && entry.position < fields.needs.count
      for field in isTried ? fields.fields(ofRule: entry.position) : [] {
        guard let group = groupOf[fields.sources[field]] else { continue }
        let asked = Asked(field: field, group: group, providers: entry.route.providers)
        if groups[group].isLate {
          late.append(asked)
        } else if let known = earlyPlaces[field] {
          early[known].providers |= asked.providers
        } else {
          earlyPlaces[field] = early.count
          early.append(asked)
        }
      }
      self.late.append(late)
    }
  }

  var looksAtEveryEvent: Bool { !early.isEmpty }

  /// The place of the scope of an event; nil if there is no room for it.
  @inline(__always)
  mutating func scope(_ batch: borrowing EventBatch, _ row: Int) -> Int? {
    let symbol = batch.symbol(account, row)
    let provider = batch.providers[row]
    let key = UInt64(provider.rawValue) << 32 | UInt64(symbol.raw)
    let slot = Int(truncatingIfNeeded: key ^ key >> 32) & (FieldWatch.recentMax - 1)
    if recent[slot].key == key { return Int(recent[slot].scope) }
    guard let scope = scope(provider, symbol.isMissing ? [] : Array(batch.text(symbol).bytes)) else { return nil }
    if !symbol.isLocal { recent[slot] = Recent(key: key, scope: Int32(scope)) }
    return scope
  }

  private mutating func scope(_ provider: Provider, _ account: [UInt8]) -> Int? {
    if presence.isOverfull { return nil }
    let scope = FieldPresence.Scope(provider: Array(provider.name.utf8), account: account)
    if let known = places[scope] { return Int(known) }
    guard scopes.count < presence.scopesMax else {
      presence.overfill()
      return nil
    }
    places[scope] = Int32(scopes.count)
    scopes.append(scope)
    var row = FieldPresence.Row(words: presence.words)
    let asked = early.filter { $0.providers >> UInt32(provider.rawValue) & 1 != 0 }
    for asked in asked { row.looked[asked.field / 64] |= 1 << UInt64(asked.field % 64) }
    rows.append(row)
    missing.append(asked)
    return scopes.count - 1
  }

  func isSeen(_ field: Int, _ scope: Int) -> Bool { rows[scope].seen[field / 64] >> UInt64(field % 64) & 1 != 0 }

  mutating func note(_ field: Int, _ scope: Int, isThere: Bool) {
    let bit = UInt64(1) << UInt64(field % 64)
    rows[scope].looked[field / 64] |= bit
    if isThere { rows[scope].seen[field / 64] |= bit }
  }

  var result: FieldPresence {
    var result = presence
    for (scope, row) in zip(scopes, rows) { result.add(row, to: scope) }
    return result
  }
}

extension Matcher {
  /// Begins to note which fields occur; without a call nothing is noted.
  ///
  /// - Parameter account: the place of the account's column in the plan.
  public mutating func watch(_ fields: WatchedFields, account: Int) {
    watch = FieldWatch(fields, program, groups, account: account)
    looksAtEveryEvent = watch.looksAtEveryEvent
    watchesRule = watch.late.map { !$0.isEmpty }
  }

  public var presence: FieldPresence { watch.result }

  mutating func lookForEarlyFields(_ batch: borrowing EventBatch, _ row: Int) {
    guard let scope = watch.scope(batch, row) else { return }
    var place = 0
    while place < watch.missing[scope].count {
      let asked = watch.missing[scope][place]
      if exists(asked.group, batch, row) {
        watch.note(asked.field, scope, isThere: true)
        watch.missing[scope].remove(at: place)
      } else {
        place += 1
      }
    }
  }

  /// - Parameter rule: was called up by the row.
  mutating func lookForLateFields(of rule: Int, _ batch: borrowing EventBatch, _ row: Int) {
    guard let scope = watch.scope(batch, row) else { return }
    for place in watch.late[rule].indices {
      let asked = watch.late[rule][place]
      if watch.isSeen(asked.field, scope) { continue }
      // A rule is called up without its guard where a text is new to the worker.
      let guardian = program.guards[rule]
      guard guardian == ProgramBuilder.noGuard || outcome(Int(guardian), batch, row) else { return }
      guard let look = lateReader, lookAgain(look, batch, row) else { return }
      watch.note(asked.field, scope, isThere: exists(asked.group, look.batch, 0))
    }
  }
}
