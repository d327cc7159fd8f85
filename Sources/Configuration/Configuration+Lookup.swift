// The questions that events ask. Names and accounts are the bytes of a column; an answer is a place in a section, so
// that nothing is copied. A name is one of the columns that name the caller (actor, actor_id, actor_key, actor_issuer);
// the account is `actor_account`, the one that the identity belongs to.

import Events
import Rules

extension Configuration {
  private static var anywhere: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  /// The place in `accounts`.
  public func account(_ id: UnsafeRawBufferPointer) -> Int? {
    index.accountTable.find(id, account: Self.anywhere)
  }

  /// The place in `environments` of the environment that an account belongs to.
  public func environment(ofAccount id: UnsafeRawBufferPointer) -> Int? {
    index.environmentOfAccount.find(id, account: Self.anywhere)
  }

  /// The name of the environment that an account belongs to.
  public func environment(ofAccount id: [UInt8]) -> String? {
    id.withUnsafeBytes { environment(ofAccount: $0) }.map { environments[$0].name }
  }

  /// The place in `people` of the person behind a name or a role session.
  public func person(of name: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer) -> Int? {
    if let person = index.people.find(name, account: account) { return person }
    guard !index.sessions.isEmpty, let session = Self.session(of: name) else { return nil }
    return index.sessions.find(session, account: account)
  }

  /// `alice` of `Admin/alice` and `admin:alice`; nil for ARNs, whose last part may be a name in another sense.
  private static func session(of name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    for prefix in ["arn:", "acs:", "qcs:"] where name.starts(with: prefix.utf8) { return nil }
    guard let cut = name.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }) else { return nil }
    return UnsafeRawBufferPointer(rebasing: name[(cut + 1)...])
  }

  /// The place in `breakGlass`.
  public func breakGlass(_ name: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer) -> Int? {
    index.breakGlass.find(name, account: account)
  }

  /// The approved window of a break-glass entry that a moment lies in.
  public func approvedWindow(ofBreakGlass place: Int, at time: Int64) -> Window? {
    breakGlass[place].windows.first { $0.contains(time) }
  }

  /// The place in `offboarded` of an identity that should not be in use at that time.
  public func offboarded(
    _ name: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer, at time: Int64
  ) -> Int? {
    index.offboarded.find(name, account: account).flatMap { time >= offboarded[$0].since ? $0 : nil }
  }

  /// The place in `serviceIdentities`.
  public func serviceIdentity(_ name: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer) -> Int? {
    index.services.find(name, account: account)
  }

  /// Whether a service identity works from where it usually does; nil if its networks are not known.
  public func isUsualNetwork(_ address: IPAddress, ofService place: Int) -> Bool? {
    let networks = serviceIdentities[place].networks.set
    return networks.isEmpty ? nil : networks.contains(address)
  }

  public func isTrusted(_ address: IPAddress) -> Bool {
    trustedNetworks.set.contains(address) || vpnNetworks.set.contains(address)
  }
  /// Whether an address says nothing of where a person is.
  public func isExit(_ address: IPAddress) -> Bool { vpnNetworks.set.contains(address) }
  public func isBlocked(_ address: IPAddress) -> Bool { blockedNetworks.set.contains(address) }

  /// Whether an account may take a role of another account; nil if no roles are listed.
  public func isApproved(
    role: UnsafeRawBufferPointer, ofAccount owner: UnsafeRawBufferPointer, for caller: UnsafeRawBufferPointer
  ) -> Bool? {
    guard !approvedRoles.isEmpty else { return nil }
    guard let place = index.roles.find(role, account: owner) else { return false }
    let from = approvedRoles[place].from
    if from.isEmpty { return account(caller) != nil }
    return from.contains { $0.utf8.elementsEqual(caller) }
  }

  /// Whether an identity belongs in the environment of an account; nil if one of the two is not known.
  public func belongs(
    _ name: UnsafeRawBufferPointer, account owner: UnsafeRawBufferPointer, in account: UnsafeRawBufferPointer
  ) -> Bool? {
    guard let environment = environment(ofAccount: account), let place = index.members.find(name, account: owner)
    else { return nil }
    return index.environmentMembers[place].contains(environment)
  }

  /// Whether a moment lies in working hours, those of the person if there are any; nil if there are none.
  public func isWorkingTime(_ time: Int64, person: Int? = nil) -> Bool? {
    let own = person.flatMap { people[$0].hours }
    return (own ?? workingHours)?.contains(time)
  }

  /// The place in `changeFreezes` of a freeze that covers an account at a time.
  public func changeFreeze(at time: Int64, account: UnsafeRawBufferPointer) -> Int? {
    changeFreezes.indices.first { place in
      guard changeFreezes[place].window.contains(time) else { return false }
      guard let accounts = index.freezeAccounts[place] else { return true }
      return accounts.find(account, account: Self.anywhere) != nil
    }
  }

  /// Whether a name is as names of its type should be; nil if nothing is said about the type.
  public func isWellNamed(_ name: UnsafeRawBufferPointer, type: UnsafeRawBufferPointer) -> Bool? {
    guard let rule = naming.first(where: { $0.type.utf8.elementsEqual(type) }) else { return nil }
    return rule.patterns.contains { $0.matches(name) }
  }

  /// Whether a country (ISO 3166, two letters) is one to expect; nil if none is listed.
  public func isAllowed(country: UnsafeRawBufferPointer) -> Bool? {
    guard !allowedCountries.isEmpty else { return nil }
    return allowedCountries.contains { $0.text.utf8.elementsEqual(country) }
  }

  /// Whether an account may work in a region: as its own list says, else its environment's, else the general one;
  /// nil if there is none.
  public func isAllowed(region: UnsafeRawBufferPointer, account id: UnsafeRawBufferPointer) -> Bool? {
    var regions = account(id).map { accounts[$0].regions } ?? []
    if regions.isEmpty, let environment = environment(ofAccount: id) { regions = environments[environment].regions }
    if regions.isEmpty {
      return allowedRegions.isEmpty ? nil : allowedRegions.contains { $0.text.utf8.elementsEqual(region) }
    }
    return regions.contains { $0.utf8.elementsEqual(region) }
  }

  /// Whether a ticket covers what a name does; `what` is the action, the target, a resource or the account, one a call.
  /// Nil if there is no list.
  public func hasTicket(
    who name: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer, what: UnsafeRawBufferPointer, at time: Int64
  ) -> Bool? {
    guard let tickets else { return nil }
    return index.tickets.contains(name, account: account) { group in
      index.ticketGroups[group].contains { place in
        let ticket = tickets.tickets[Int(place)]
        return time >= ticket.from && time < ticket.to && ticket.what.matches(what)
      }
    }
  }

  // MARK: Suppressions

  /// What an alert is compared with: the rule's id, name and title, the names of its actor, and where it came from.
  public struct AlertFacts: Sendable {
    public var rules: [String]
    public var actors: [String]
    public var account: String
    public var address: IPAddress?
    public var time: Int64

    public init(rules: [String], actors: [String], account: String, address: IPAddress?, time: Int64) {
      self.rules = rules
      self.actors = actors
      self.account = account
      self.address = address
      self.time = time
    }
  }

  /// The first suppression in force at the time of the event.
  public func suppression(of facts: AlertFacts) -> Suppression? {
    suppressions.first { $0.until > facts.time && covers($0, facts) }
  }

  /// Short form for one name of each.
  public func suppression(rule: String, actor: String, ip: IPAddress?, time: Int64) -> Suppression? {
    suppression(of: AlertFacts(rules: [rule], actors: [actor], account: "", address: ip, time: time))
  }

  /// The suppressions that would apply had they not ended: an alert says so, nothing comes back in silence.
  public func expiredSuppressions(of facts: AlertFacts) -> [Suppression] {
    suppressions.filter { $0.until <= facts.time && covers($0, facts) }
  }

  /// All suppressions that have ended at a time, such as that of the latest event.
  public func expiredSuppressions(at time: Int64) -> [Suppression] { suppressions.filter { $0.until <= time } }

  private func covers(_ suppression: Suppression, _ facts: AlertFacts) -> Bool {
    let covering = Covering(suppression, self)
    return covering.covers(rule: facts.rules)
      && covering.covers(
        actors: facts.actors.map { Array($0.utf8) }, account: Array(facts.account.utf8), address: facts.address)
  }
}
