// Accounts, environments, people, and identities wherever they stand.

import Events
import Rules

extension ConfigurationReader {
  mutating func readAccounts(_ top: Section) {
    let keys = ["id", "name", "environment", "owner", "provider", "domain", "regions"]
    var domains: Set<String> = []
    for node in list(top, "accounts") {
      guard let section = Section(node, "an account", keys: keys, context),
        let id = section.require("id", "the number that events show")
      else { continue }
      if result.accounts.contains(where: { $0.id == id.text }) {
        context.error(.duplicate, "account \(Quoted(id.text)) is given twice", line: id.line)
        continue
      }
      let provider = section.text("provider")
      if let provider, Provider(name: provider.text) == nil {
        let hint = Suggestion.hint(for: provider.text, among: Provider.allCases.map(\.name))
        context.error(.badValue, "unknown provider \(Quoted(provider.text))\(hint)", line: provider.line)
      }
      let domain = section.text("domain")
      if let domain, !domains.insert(domain.text.lowercased()).inserted {
        context.error(.duplicate, "domain \(Quoted(domain.text)) belongs to two accounts", line: domain.line)
      }
      result.accounts.append(
        Account(
          id: id.text, name: section.text("name")?.text ?? "", environment: section.text("environment")?.text ?? "",
          owner: section.text("owner")?.text ?? "", provider: provider?.text ?? "", domain: domain?.text ?? "",
          regions: section.texts("regions").map(\.text), origin: section.origin))
    }
  }

  mutating func readEnvironments(_ top: Section) {
    for pair in named(top, "environments") {
      let what = "environment '\(pair.key)'"
      let keys = ["production", "identities", "regions"]
      // An environment may be a name and nothing else.
      let node = pair.value.isNull ? YAMLNode(.mapping([]), line: pair.line, column: 1) : pair.value
      guard let section = Section(node, what, keys: keys, context) else { continue }
      let production = section.flag("production")
      result.environments.append(
        Environment(
          name: pair.key,
          isProduction: production ?? Environment.productiveNames.contains(pair.key.lowercased()),
          productionOrigin: production == nil ? .standard : context.origin(section.keyLine("production")),
          identities: section.items("identities").compactMap { identity($0, what) },
          regions: section.texts("regions").map(\.text), origin: context.origin(pair.line)))
    }
  }

  mutating func readPeople(_ top: Section) {
    for pair in named(top, "people") {
      let what = "person '\(pair.key)'"
      let keys = ["identities", "sessions", "environments", "working_hours"]
      guard let section = Section(pair.value, what, keys: keys, context) else { continue }
      let identities = section.items("identities").compactMap { identity($0, what) }
      let sessions = section.texts("sessions").map(\.text)
      if !section.has("identities"), !section.has("sessions") {
        context.error(.missingKey, "\(what) needs 'identities' or 'sessions': who it is in events", line: pair.line)
      }
      result.people.append(
        Person(
          name: pair.key, identities: identities, sessions: sessions,
          environments: section.texts("environments").map(\.text), hours: section.node("working_hours").flatMap(hours),
          origin: context.origin(pair.line)))
    }
  }

  // MARK: Parts

  /// The items of a section that is a list.
  func list(_ top: Section, _ key: String) -> [YAMLNode] {
    guard let node = top.node(key) else { return [] }
    guard let items = node.sequence else {
      let remedy = "begin each entry with '- '"
      context.error(.wrongKind, "'\(key)' must be a list, not \(node.kindName); \(remedy)", line: top.keyLine(key))
      return []
    }
    return items
  }

  /// The entries of a section whose keys are names.
  func named(_ top: Section, _ key: String) -> [YAMLPair] {
    guard let node = top.node(key) else { return [] }
    guard let pairs = node.mapping else {
      context.error(
        .wrongKind, "'\(key)' must be a mapping from names, not \(node.kindName)", line: top.keyLine(key))
      return []
    }
    for pair in pairs where pair.key.isEmpty {
      context.error(.emptyValue, "an entry of '\(key)' has no name", line: pair.line)
    }
    return pairs
  }

  /// A name, or a mapping of `identity` and `account`.
  func identity(_ node: YAMLNode, _ what: String) -> Identity? {
    guard node.mapping != nil else {
      return Section.text(node, "an identity of \(what)", context).map {
        Identity(text: $0.text, account: nil, origin: context.origin($0.line))
      }
    }
    guard let section = Section(node, "an identity of \(what)", keys: ["identity", "account"], context),
      let name = section.require("identity", "a name, an id or an ARN")
    else { return nil }
    return Identity(text: name.text, account: section.text("account")?.text, origin: context.origin(name.line))
  }

  static let subjectKeys = ["identity", "identities", "account", "person"]

  /// Who an entry is about: `identity` (with `account`), `identities`, or `person`.
  func subject(_ section: Section, allowsPerson: Bool = true) -> (identities: [Identity], person: String) {
    var identities = section.items("identities").compactMap { identity($0, section.what) }
    if let name = section.text("identity") {
      let account = section.text("account")?.text
      identities.append(Identity(text: name.text, account: account, origin: context.origin(name.line)))
    } else if section.has("account") {
      context.error(
        .missingKey, "'account' of \(section.what) goes with 'identity'", line: section.keyLine("account"))
    }
    let person = allowsPerson ? section.text("person")?.text ?? "" : ""
    if identities.isEmpty, person.isEmpty, !section.has("identity"), !section.has("identities"), !section.has("person")
    {
      let keys = allowsPerson ? "'identity', 'identities' or 'person'" : "'identity' or 'identities'"
      context.error(.missingKey, "\(section.what) needs \(keys): who it is about", line: section.line)
    }
    return (identities, person)
  }
}
