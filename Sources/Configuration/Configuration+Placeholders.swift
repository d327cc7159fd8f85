// The lists as placeholders for rules (`actor|expand: '%break_glass_actors%'`). A list that the configuration leaves
// empty is there and empty. Names lose their account here, since a rule compares one field: a rule's list may match a
// namesake in another account, the lookups do not.

import Events
import Rules

extension Configuration {
  /// The names that rules may use.
  public static let placeholderNames = [
    "break_glass_actors", "offboarded_actors", "offboarded_dates", "service_actors", "automation_actors",
    "machine_actors", "people_actors",
    "known_accounts", "trusted_networks", "blocked_networks", "approved_roles", "prod_accounts", "dev_actors",
    "allowed_regions", "allowed_countries",
  ]

  /// One more than a rule's value takes. Rules that compare addresses with a long list take its table; one that compares
  /// other text with it is refused, with a reason, and need not have more of it.
  private static let networksMax = 10_001

  /// The lists of networks that are too long to be written out.
  public var networkTables: [String: NetworkTable] {
    var tables: [String: NetworkTable] = [:]
    for (name, sets) in [
      "trusted_networks": [trustedNetworks.set, vpnNetworks.set], "blocked_networks": [blockedNetworks.set],
    ] {
      let count = sets.reduce(0) { $0 + $1.prefixes(limit: NetworkTable.countMin).count }
      guard count >= NetworkTable.countMin, lists.allSatisfy({ $0.name != name }) else { continue }
      tables[name] = NetworkTable(name: name) { address in sets.contains { $0.contains(address) } }
    }
    return tables
  }

  /// Lists that are never empty, to which the section `lists` may add.
  static let presetLists = [
    // Policies that allow everything and that logs call by a number: Tencent Cloud's AdministratorAccess.
    "admin_policies": ["1"],
    // Roles that single sign-on makes for people.
    "people_actors": ["AWSReservedSSO_*", "AliyunReservedSSO-*", "TencentReservedSSO-*"],
  ]

  public var placeholders: [String: [String]] {
    var values = [
      "break_glass_actors": names(breakGlass.flatMap { $0.identities + people($0.person) }),
      "offboarded_actors": names(offboarded.flatMap { $0.identities + people($0.person) }),
      "offboarded_dates": leavingDates,
      "service_actors": names(serviceIdentities.filter { $0.kind == .service }.flatMap(\.identities)),
      "automation_actors": names(serviceIdentities.filter { $0.kind == .automation }.flatMap(\.identities)),
      "machine_actors": names(serviceIdentities.flatMap(\.identities)),
      "people_actors": names(people.flatMap { people($0.name) }),
      "known_accounts": accounts.map { Glob.escaped($0.id) },
      "trusted_networks": unique(networks(trustedNetworks) + networks(vpnNetworks)),
      "blocked_networks": networks(blockedNetworks),
      "approved_roles": names(approvedRoles.map(\.role)),
      "prod_accounts": accounts.filter { account in
        environments.contains { $0.isProduction && $0.name == account.environment }
      }.map { Glob.escaped($0.id) },
      "dev_actors": names(developers),
      "allowed_regions": unique(
        (allowedRegions.map(\.text) + environments.flatMap(\.regions) + accounts.flatMap(\.regions))
          .map(Glob.escaped)),
      "allowed_countries": allowedCountries.map(\.text),
    ]
    for list in lists { values[list.name] = list.values.map(\.text) }
    for (name, preset) in Self.presetLists { values[name, default: []] += preset }
    return values
  }

  /// Identities that belong in some environment, but in none that is productive.
  private var developers: [Identity] {
    let productive = environments.filter(\.isProduction)
    let inside = Set(productive.flatMap(\.identities).map(\.text))
    let outsiders = environments.filter { !$0.isProduction }.flatMap(\.identities).filter { !inside.contains($0.text) }
    let names = Set(productive.map(\.name))
    let people = people.filter { !$0.environments.isEmpty && names.isDisjoint(with: $0.environments) }
    return outsiders + people.flatMap { index.identities(of: $0.name, self) }
  }

  /// `name=moment` for correlations of type `after`, which know no patterns.
  private var leavingDates: [String] {
    unique(
      offboarded.flatMap { leaver in
        names(leaver.identities + people(leaver.person)).filter { !$0.contains(where: "*?\\".contains) }
          .map { "\($0)=\(Timestamp.string(leaver.since))" }
      })
  }

  private func people(_ name: String) -> [Identity] { index.identities(of: name, self) }

  private func names(_ identities: [Identity]) -> [String] {
    unique(identities.flatMap { index.forms(of: $0).map(\.name) })
  }

  private func networks(_ list: NetworkList) -> [String] {
    list.set.prefixes(limit: Self.networksMax).map(\.description)
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
