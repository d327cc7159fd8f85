// Tables over the sections, made once after reading. Here also shows what only the whole configuration can tell: a name
// that stands for two people.

import Events

struct ConfigurationIndex: Sendable {
  var accounts: [String: Int] = [:]
  /// By account: the place of its environment.
  var environmentOfAccount = IdentityTable()
  var accountTable = IdentityTable()
  var people = IdentityTable()
  var sessions = IdentityTable()
  var breakGlass = IdentityTable()
  var offboarded = IdentityTable()
  var services = IdentityTable()
  var roles = IdentityTable()
  /// From identities to places in `environmentMembers`.
  var members = IdentityTable()
  var environmentMembers: [[Int]] = []
  /// For each freeze: the accounts it is about; nil for all.
  var freezeAccounts: [IdentityTable?] = []
  /// From who a ticket is for to places in `ticketGroups`.
  var tickets = IdentityTable()
  /// Places in the list of tickets, for each name.
  var ticketGroups: [[Int32]] = []
  var personNames: [String: Int] = [:]
  private var domains: [String: String] = [:]

  init() {}

  init(_ configuration: Configuration, _ findings: inout [ConfigFinding]) {
    for (place, account) in configuration.accounts.enumerated() {
      accounts[account.id] = place
      _ = accountTable.add(Identity.Form(name: Glob.escaped(account.id), account: nil), value: place)
      if !account.domain.isEmpty { domains[account.domain.lowercased()] = account.id }
      if let environment = configuration.environments.firstIndex(where: { $0.name == account.environment }) {
        _ = environmentOfAccount.add(Identity.Form(name: Glob.escaped(account.id), account: nil), value: environment)
      }
    }
    for (place, person) in configuration.people.enumerated() { personNames[person.name] = place }
    indexPeople(configuration, &findings)
    for (place, entry) in configuration.breakGlass.enumerated() {
      let all = entry.identities + identities(of: entry.person, configuration)
      add(all, to: \.breakGlass, place, "break_glass entries", &findings)
    }
    for (place, entry) in configuration.offboarded.enumerated() {
      let all = entry.identities + identities(of: entry.person, configuration)
      add(all, to: \.offboarded, place, "offboarded entries", &findings)
    }
    for (place, entry) in configuration.serviceIdentities.enumerated() {
      add(entry.identities, to: \.services, place, "service or automation entries", &findings)
    }
    for (place, entry) in configuration.approvedRoles.enumerated() {
      for form in entry.role.forms(domains: domains) { _ = roles.add(form, value: place) }
    }
    indexMembers(configuration)
    indexFreezes(configuration)
    indexTickets(configuration)
  }

  private mutating func indexTickets(_ configuration: Configuration) {
    guard let list = configuration.tickets else { return }
    var groups: [String: Int] = [:]
    for (place, ticket) in list.tickets.enumerated() {
      if let group = groups[ticket.who] {
        ticketGroups[group].append(Int32(place))
        continue
      }
      let group = ticketGroups.count
      groups[ticket.who] = group
      ticketGroups.append([Int32(place)])
      let who = Identity(text: ticket.who, account: nil, origin: list.origin)
      for form in ([who] + identities(of: ticket.who, configuration)).flatMap({ $0.forms(domains: domains) }) {
        tickets.append(form, value: group)
      }
    }
  }

  private mutating func indexPeople(_ configuration: Configuration, _ findings: inout [ConfigFinding]) {
    for (place, person) in configuration.people.enumerated() {
      for identity in person.identities {
        for form in identity.forms(domains: domains) {
          guard let other = people.add(form, value: place) else { continue }
          let name = configuration.people[other].name
          let message = "identity '\(form.name)' belongs to both '\(name)' and '\(person.name)'; leave it to one"
          findings.append(ConfigFinding(.error, .duplicate, message, at: identity.origin))
        }
      }
      for session in person.sessions {
        guard let other = sessions.add(Identity.Form(name: session, account: nil), value: place) else { continue }
        let name = configuration.people[other].name
        let message = "session '\(session)' belongs to both '\(name)' and '\(person.name)'; leave it to one"
        findings.append(ConfigFinding(.error, .duplicate, message, at: person.origin))
      }
    }
  }

  private mutating func add(
    _ identities: [Identity], to table: WritableKeyPath<ConfigurationIndex, IdentityTable>, _ place: Int,
    _ what: String, _ findings: inout [ConfigFinding]
  ) {
    for identity in identities {
      for form in identity.forms(domains: domains) {
        guard self[keyPath: table].add(form, value: place) != nil else { continue }
        let message = "identity '\(form.name)' stands in two \(what); join them"
        findings.append(ConfigFinding(.error, .duplicate, message, at: identity.origin))
      }
    }
  }

  /// All identities of a person, sessions included.
  func identities(of person: String, _ configuration: Configuration) -> [Identity] {
    guard let place = personNames[person] else { return [] }
    let person = configuration.people[place]
    return person.identities
      + person.sessions.flatMap { session in
        ["*/\(session)", "*:\(session)"].map { Identity(text: $0, account: nil, origin: person.origin) }
      }
  }

  private mutating func indexMembers(_ configuration: Configuration) {
    var groups: [(identity: Identity, environments: [Int])] = []
    for (place, environment) in configuration.environments.enumerated() {
      for identity in environment.identities {
        if let known = groups.firstIndex(where: {
          $0.identity.text == identity.text && $0.identity.account == identity.account
        }) {
          groups[known].environments.append(place)
        } else {
          groups.append((identity, [place]))
        }
      }
    }
    for person in configuration.people where !person.environments.isEmpty {
      let places = person.environments.compactMap { name in
        configuration.environments.firstIndex { $0.name == name }
      }
      groups += identities(of: person.name, configuration).map { ($0, places) }
    }
    for (place, group) in groups.enumerated() {
      for form in group.identity.forms(domains: domains) { _ = members.add(form, value: place) }
    }
    environmentMembers = groups.map(\.environments)
  }

  private mutating func indexFreezes(_ configuration: Configuration) {
    freezeAccounts = configuration.changeFreezes.map { freeze in
      guard !freeze.accounts.isEmpty || !freeze.environments.isEmpty else { return nil }
      var table = IdentityTable()
      let inEnvironments = configuration.accounts.filter { freeze.environments.contains($0.environment) }.map(\.id)
      for id in freeze.accounts + inEnvironments {
        _ = table.add(Identity.Form(name: Glob.escaped(id), account: nil), value: 0)
      }
      return table
    }
  }

  func forms(of identity: Identity) -> [Identity.Form] { identity.forms(domains: domains) }
}
