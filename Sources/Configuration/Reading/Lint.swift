// What is allowed and yet probably not meant. Needs nothing but the configuration; what depends on today is asked for
// with a moment.

import Events
import Rules

enum Lint {
  static func findings(_ configuration: Configuration) -> [ConfigFinding] {
    var lint = Linting(configuration: configuration)
    lint.networks()
    lint.identities()
    lint.everybody()
    lint.accounts()
    lint.suppressions()
    lint.countries()
    lint.notify()
    return lint.findings
  }
}

extension Configuration {
  /// What is over at a moment: suppressions, windows and freezes that no later event can meet.
  public func expired(at time: Int64) -> [ConfigFinding] {
    var findings = expiredSuppressions(at: time).map { entry in
      ConfigFinding(
        .warning, .expired, "this suppression ended on \(Timestamp.string(entry.until)); remove it or renew it",
        at: entry.origin)
    }
    let windows = breakGlass.flatMap(\.windows) + changeFreezes.map(\.window)
    findings += windows.filter { $0.to <= time }.map {
      ConfigFinding(.note, .expired, "this window ended on \(Timestamp.string($0.to))", at: $0.origin)
    }
    return findings
  }

}

private struct Linting {
  /// A network of this many addresses is no office.
  private static let broadLengthV4 = 8
  private static let broadLengthV6 = 19

  let configuration: Configuration
  var findings: [ConfigFinding] = []

  private mutating func add(
    _ severity: ConfigFinding.Severity, _ code: ConfigFinding.Code, _ message: String, _ origin: Origin
  ) {
    findings.append(ConfigFinding(severity, code, message, at: origin))
  }

  mutating func networks() {
    let trusted = configuration.trustedNetworks
    if let address = trusted.set.overlap(with: configuration.blockedNetworks.set),
      let entry = configuration.blockedNetworks.entries.first
    {
      add(.warning, .contradiction, "\(address) is both trusted and blocked; it counts as both", entry.origin)
    }
    for entry in trusted.entries {
      guard let range = try? AddressRange(entry.text) else { continue }
      let isBroad = range.prefixLength < (range.network.isV6 ? Self.broadLengthV6 : Self.broadLengthV4)
      if isBroad {
        add(.warning, .broad, "\(range) trusts a large part of the internet", entry.origin)
      }
    }
  }

  mutating func countries() {
    let isKnown = configuration.databases.entries.contains { $0.kind == .country || $0.kind == .city }
    guard let entry = configuration.allowedCountries.first, !isKnown else { return }
    add(
      .warning, .unused, "no address has a country without a database under 'geoip' (country or city)", entry.origin)
  }

  mutating func identities() {
    for entry in configuration.serviceIdentities {
      let isPattern = entry.identities.contains { identity in
        // In a role's sessions a wildcard is harmless: the role decides.
        Glob(String(identity.text.prefix { $0 != "/" && $0 != ":" })).literal == nil
      }
      if isPattern, entry.networks.set.isEmpty {
        add(
          .warning, .broad, "whoever takes a name like this counts as \(entry.kind.rawValue); name its 'networks'",
          entry.origin)
      }
      for identity in entry.identities where Glob(identity.text).isAnything {
        add(.warning, .broad, "'*' makes everybody \(entry.kind.rawValue)", identity.origin)
      }
    }
    for identity in configuration.offboarded.flatMap(\.identities) where Glob(identity.text).isAnything {
      add(.warning, .broad, "'*' makes everybody a leaver", identity.origin)
    }
    for entry in configuration.breakGlass where entry.origin != .standard {
      for identity in entry.identities where Glob(identity.text).isAnything {
        add(.warning, .broad, "'*' makes everybody a break-glass identity", identity.origin)
      }
    }
    contradictions()
  }

  /// Patterns that fit everything, where one name or some are asked for.
  mutating func everybody() {
    for environment in configuration.environments {
      for identity in environment.identities where Glob(identity.text).isAnything {
        add(.warning, .broad, "'*' makes everybody belong in \(Quoted(environment.name))", identity.origin)
      }
    }
    for person in configuration.people {
      let identity = person.identities.first { Glob($0.text).isAnything }
      guard identity != nil || person.sessions.contains(where: { Glob($0).isAnything }) else { continue }
      add(.warning, .broad, "'*' makes everybody \(Quoted(person.name))", identity?.origin ?? person.origin)
    }
    for entry in configuration.approvedRoles where Glob(entry.role.text).isAnything {
      add(.warning, .broad, "'*' approves every role", entry.role.origin)
    }
    for (name, values) in configuration.lists {
      for value in values where Glob(value.text).isAnything {
        add(.warning, .broad, "'*' in list \(Quoted(name)) fits everything", value.origin)
      }
    }
  }

  private mutating func contradictions() {
    let index = configuration.index
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    for entry in configuration.offboarded {
      for identity in entry.identities {
        let (isService, isEmergency) = Array(identity.text.utf8).withUnsafeBytes {
          (index.services.find($0, account: none) != nil, index.breakGlass.find($0, account: none) != nil)
        }
        guard isService || isEmergency else { continue }
        let other = isService ? "service or automation" : "break-glass"
        add(.warning, .contradiction, "\(Quoted(identity.text)) is offboarded and a \(other) identity", identity.origin)
      }
    }
  }

  mutating func accounts() {
    for environment in configuration.environments {
      let isUsed =
        configuration.accounts.contains { $0.environment == environment.name }
        || configuration.people.contains { $0.environments.contains(environment.name) }
      if !isUsed {
        add(
          .note, .unused, "no account and nobody belongs to environment \(Quoted(environment.name))", environment.origin
        )
      }
    }
    let known = Set(configuration.accounts.map(\.id))
    guard !known.isEmpty else { return }
    for role in configuration.approvedRoles {
      for id in role.from where !known.contains(id) {
        let hint = Suggestion.hint(for: id, among: known.sorted())
        // Somebody else's account is what such a role is for; one digit away from an own one is a slip.
        guard !hint.isEmpty else { continue }
        add(.note, .undeclared, "account \(Quoted(id)) is not under 'accounts'\(hint)", role.origin)
      }
    }
    let identities =
      configuration.people.flatMap(\.identities) + configuration.breakGlass.flatMap(\.identities)
      + configuration.serviceIdentities.flatMap(\.identities) + configuration.offboarded.flatMap(\.identities)
    for identity in identities {
      guard let account = identity.account, !known.contains(account) else { continue }
      let hint = Suggestion.hint(for: account, among: known.sorted())
      add(.warning, .undeclared, "account \(Quoted(account)) is not under 'accounts'\(hint)", identity.origin)
    }
  }

  mutating func notify() {
    guard let notify = configuration.notify else { return }
    let used = Set(notify.routes.flatMap(\.targets))
    for target in notify.targets {
      if !used.contains(target.name) {
        add(.warning, .unused, "no route leads to target \(Quoted(target.name)): it is told nothing", target.origin)
      }
      for file in target.files {
        guard let trouble = SecretFile.trouble(file) else { continue }
        add(.warning, .fileUnreadable, "\(file): \(trouble)", target.origin)
      }
    }
  }

  mutating func suppressions() {
    for entry in configuration.suppressions where entry.isForMost {
      add(.warning, .broad, "this suppression hides every rule; name the one that is meant", entry.origin)
    }
    if let tickets = configuration.tickets, tickets.tickets.isEmpty {
      add(.warning, .unused, "the ticket list is empty: every change is one without a ticket", tickets.origin)
    }
  }
}
