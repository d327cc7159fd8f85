// Whether an event is as the configuration expects it. An answer holds what an alert shows: what is expected and what
// was seen. Nil says that nothing is wrong, or that the configuration has no opinion on this event.

import Events
import Rules

extension Configuration {
  /// What has to be written down before a check can be made; nil if it is.
  public func missing(for check: ExpectationCheck, _ locations: Locations?) -> String? {
    let section: String? =
      switch check {
      case .workingHours: workingHours == nil && people.allSatisfy { $0.hours == nil } ? "working_hours" : nil
      case .changeFreeze: changeFreezes.isEmpty ? "change_freeze" : nil
      case .ticket: tickets == nil ? "tickets" : nil
      case .approvedRole: approvedRoles.isEmpty ? "approved_roles" : nil
      case .allowedRegion:
        allowedRegions.isEmpty && accounts.allSatisfy(\.regions.isEmpty) && environments.allSatisfy(\.regions.isEmpty)
          ? "allowed_regions" : nil
      case .allowedCountry:
        allowedCountries.isEmpty ? "allowed_countries" : locations?.knowsCountries == true ? nil : "geoip"
      case .environment:
        index.environmentMembers.isEmpty || accounts.allSatisfy(\.environment.isEmpty) ? "environments" : nil
      case .naming: naming.isEmpty ? "naming" : nil
      case .usualNetwork: serviceIdentities.allSatisfy(\.networks.set.isEmpty) ? "networks of 'automation'" : nil
      case .blockedNetwork: blockedNetworks.set.isEmpty ? "blocked 'networks'" : nil
      case .breakGlassWindow: breakGlass.isEmpty ? "break_glass" : nil
      case .offboarded: offboarded.isEmpty ? "offboarded" : nil
      case .silentAccount: accounts.isEmpty ? "accounts" : nil
      case .clock, .oneself: nil
      }
    return section.map { "the configuration has no \($0)" }
  }

  /// What is wrong with an event.
  public func violation(
    of check: ExpectationCheck, _ event: QuestionedEvent, _ locations: Locations? = nil
  ) -> Violation? {
    switch check {
    case .workingHours: outsideHours(event)
    case .changeFreeze: frozen(event)
    case .ticket: withoutTicket(event)
    case .approvedRole: unapproved(event)
    case .allowedRegion: foreignRegion(event)
    case .allowedCountry: foreignCountry(event, locations)
    case .environment: foreignEnvironment(event)
    case .naming: misnamed(event)
    case .usualNetwork: foreignNetwork(event)
    case .blockedNetwork: blocked(event)
    case .breakGlassWindow: outsideWindow(event)
    case .offboarded: left(event)
    case .clock: fromTheFuture(event)
    case .oneself: isAboutOneself(event)
    // Whatever happened, it was not silent.
    case .silentAccount: nil
    }
  }

  // MARK: Times

  private func outsideHours(_ event: QuestionedEvent) -> Violation? {
    let person = event.first { name, account in self.person(of: name, account: account) }
    guard isWorkingTime(event.time, person: person) == false, !isMachineAtHome(event) else { return nil }
    if let person, let own = people[person].hours {
      return Violation(.personalHours, own.parts + [people[person].name])
    }
    return workingHours.map { Violation(.commonHours, $0.parts) }
  }

  private func frozen(_ event: QuestionedEvent) -> Violation? {
    guard let place = event.account.withUnsafeBytes({ changeFreeze(at: event.time, account: $0) }) else { return nil }
    return Violation(.frozen, Self.parts(changeFreezes[place].window) + [event.who])
  }

  private func withoutTicket(_ event: QuestionedEvent) -> Violation? {
    guard tickets != nil, !isMachineAtHome(event), isProductive(event) else { return nil }
    let isCovered = event.first { name, account -> Bool? in
      let isFound = event.subjects.contains { subject in
        subject.withUnsafeBytes { hasTicket(who: name, account: account, what: $0, at: event.time) } == true
      }
      return isFound ? true : nil
    }
    return isCovered == true ? nil : Violation(.noTicket)
  }

  /// A program that works where it always does, at any hour and by its own rules.
  private func isMachineAtHome(_ event: QuestionedEvent) -> Bool {
    guard let place = event.first({ name, account in self.serviceIdentity(name, account: account) }) else {
      return false
    }
    return event.address.flatMap { isUsualNetwork($0, ofService: place) } ?? true
  }

  /// A program in its networks; if it has none of its own, in the trusted ones. Who has neither is nowhere at home.
  public func isProgramAtHome(_ event: QuestionedEvent) -> Bool {
    guard let place = event.first({ name, account in self.serviceIdentity(name, account: account) }),
      let address = event.address
    else { return false }
    return isUsualNetwork(address, ofService: place) ?? isTrusted(address)
  }

  public func isInApprovedWindow(_ event: QuestionedEvent) -> Bool {
    guard let place = event.first({ name, account in self.breakGlass(name, account: account) }) else { return false }
    return approvedWindow(ofBreakGlass: place, at: event.time) != nil
  }

  /// Where no environment is known, everything counts.
  private func isProductive(_ event: QuestionedEvent) -> Bool {
    guard let place = event.account.withUnsafeBytes({ environment(ofAccount: $0) }) else {
      return accounts.allSatisfy(\.environment.isEmpty)
    }
    return environments[place].isProduction
  }

  private func outsideWindow(_ event: QuestionedEvent) -> Violation? {
    guard let place = event.first({ name, account in self.breakGlass(name, account: account) }),
      approvedWindow(ofBreakGlass: place, at: event.time) == nil
    else { return nil }
    let windows = breakGlass[place].windows
    guard let near = windows.min(by: { $0.distance(event.time) < $1.distance(event.time) }) else {
      return Violation(.neverApproved)
    }
    return Violation(.outsideWindow, Self.parts(near))
  }

  private func left(_ event: QuestionedEvent) -> Violation? {
    guard let place = event.first({ name, account in self.offboarded(name, account: account, at: event.time) }) else {
      return nil
    }
    let entry = offboarded[place]
    return Violation(.offboarded, Timestamp.string(entry.since), entry.reason)
  }

  /// What a file holds has happened before the file was delivered.
  private func fromTheFuture(_ event: QuestionedEvent) -> Violation? {
    guard let delivered = event.delivered, isAhead(event.time, ofDelivery: delivered) else { return nil }
    return Violation(.fromTheFuture, Timestamp.string(delivered))
  }

  /// Whether an event happened later than its delivery allows for, if that is known.
  public func isAhead(_ time: Int64, ofDelivery delivered: Int64?) -> Bool {
    guard let delivered else { return false }
    return time - delivered > Int64(threshold(.clockSkewMinutes)) * 60_000
  }

  // MARK: Places

  private func foreignRegion(_ event: QuestionedEvent) -> Violation? {
    guard !event.region.isEmpty, event.region != Array("global".utf8) else { return nil }
    let answer = event.region.withUnsafeBytes { region in
      event.account.withUnsafeBytes { isAllowed(region: region, account: $0) }
    }
    guard answer == false else { return nil }
    return Violation(.region, String(decoding: event.region, as: UTF8.self), event.accountText)
  }

  private func foreignCountry(_ event: QuestionedEvent, _ locations: Locations?) -> Violation? {
    guard let country = event.address.flatMap({ locations?.country(of: $0) }),
      Array(country.utf8).withUnsafeBytes({ isAllowed(country: $0) }) == false
    else { return nil }
    return Violation(.country, country, Violation.list(allowedCountries.map(\.text)))
  }

  private func foreignNetwork(_ event: QuestionedEvent) -> Violation? {
    guard let address = event.address,
      let place = event.first({ name, account in self.serviceIdentity(name, account: account) }),
      isUsualNetwork(address, ofService: place) == false
    else { return nil }
    return Violation(.network, Violation.list(serviceIdentities[place].networks.entries.prefix(3).map(\.text)))
  }

  private func blocked(_ event: QuestionedEvent) -> Violation? {
    event.address.map(isBlocked) == true ? Violation(.blocked) : nil
  }

  // MARK: Names

  private func foreignEnvironment(_ event: QuestionedEvent) -> Violation? {
    guard let place = event.account.withUnsafeBytes({ environment(ofAccount: $0) }) else { return nil }
    // Several names of one caller may be listed: one that belongs is enough.
    var homes: [Int]?
    for name in event.names {
      let members = name.withUnsafeBytes { name in
        event.ownAccount.withUnsafeBytes { index.members.find(name, account: $0) }
      }
      guard let members else { continue }
      if index.environmentMembers[members].contains(place) { return nil }
      homes = homes ?? index.environmentMembers[members]
    }
    guard let homes else { return nil }
    return Violation(.environment, Violation.list(homes.map { environments[$0].name }), environments[place].name)
  }

  private func misnamed(_ event: QuestionedEvent) -> Violation? {
    let name = Self.lastPart(event.target)
    guard !name.isEmpty,
      name.withUnsafeBytes({ name in event.targetType.withUnsafeBytes { isWellNamed(name, type: $0) } }) == false
    else { return nil }
    let type = String(decoding: event.targetType, as: UTF8.self)
    let patterns = naming.first { $0.type == type }?.patterns.map { "'\($0.text)'" } ?? []
    return Violation(.name, type, Violation.list(patterns))
  }

  private func unapproved(_ event: QuestionedEvent) -> Violation? {
    guard event.ownAccount != event.account else { return nil }
    let role = Self.lastPart(event.target)
    guard !role.isEmpty else { return nil }
    let answer = role.withUnsafeBytes { role in
      event.account.withUnsafeBytes { owner in
        event.ownAccount.withUnsafeBytes { isApproved(role: role, ofAccount: owner, for: $0) }
      }
    }
    guard answer == false else { return nil }
    let caller = String(decoding: event.ownAccount, as: UTF8.self)
    return Violation(.role, caller, String(decoding: role, as: UTF8.self))
  }

  /// `Audit` of `arn:aws:iam::111122223333:role/ops/Audit`; other names as they are.
  static func lastPart(_ name: [UInt8]) -> [UInt8] {
    guard ["arn:", "acs:", "qcs:"].contains(where: { name.starts(with: $0.utf8) }) else { return name }
    let parts = name.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
    return parts.last.map(Array.init) ?? name
  }

  private static func parts(_ window: Window) -> [String] {
    let about = [window.reason, window.ticket].filter { !$0.isEmpty }.joined(separator: ", ")
    return [Timestamp.string(window.from), Timestamp.string(window.to), about]
  }
}

extension Window {
  /// How far a moment is from it.
  fileprivate func distance(_ time: Int64) -> Int64 {
    contains(time) ? 0 : time < from ? from - time : time - to
  }
}

extension WorkingHours {
  /// Days, from when, until when, and of which zone: `mon` and `tue`, `09:00`, `18:30`, `Asia/Shanghai`.
  var parts: [String] {
    let names = (1...7).map { $0 % 7 }.filter { days & (1 << UInt8($0)) != 0 }.map { Weekday.names[$0] }
    return [Violation.list(names), Self.clock(fromMinute), Self.clock(toMinute), zone.name]
  }
}
