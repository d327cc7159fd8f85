// Break-glass, leavers, services, roles, freezes and suppressions.

import Rules

extension ConfigurationReader {
  mutating func readBreakGlass(_ top: Section) {
    guard top.has("break_glass") else { return }
    // The section replaces the names that are in force without it; an empty list says that there are none.
    result.breakGlass = []
    for node in list(top, "break_glass") {
      let keys = Self.subjectKeys + ["windows", "reason"]
      guard let section = Section(node, "a break_glass entry", keys: keys, context) else { continue }
      let subject = subject(section)
      let windows = section.items("windows").compactMap { window($0, "an approved window") }
      result.breakGlass.append(
        BreakGlass(
          identities: subject.identities, person: subject.person, windows: windows,
          reason: section.text("reason")?.text ?? "", origin: section.origin))
    }
  }

  func window(_ node: YAMLNode, _ what: String, also keys: [String] = []) -> Window? {
    guard let section = Section(node, what, keys: ["from", "to", "reason", "ticket"] + keys, context) else {
      return nil
    }
    return window(section)
  }

  private func window(_ section: Section) -> Window? {
    let from = section.requireMoment("from", "the first moment")
    let to = section.requireMoment("to", "the first moment behind it")
    guard let from, let to else { return nil }
    guard from < to else {
      context.error(.badTime, "\(section.what) ends before it begins: 'to' is not after 'from'", line: section.line)
      return nil
    }
    return Window(
      from: from, to: to, reason: section.text("reason")?.text ?? "", ticket: section.text("ticket")?.text ?? "",
      origin: section.origin)
  }

  mutating func readOffboarded(_ top: Section) {
    for node in list(top, "offboarded") {
      let keys = Self.subjectKeys + ["since", "last_day", "reason"]
      guard let section = Section(node, "an offboarded entry", keys: keys, context) else { continue }
      let subject = subject(section)
      guard let since = leaving(section) else { continue }
      result.offboarded.append(
        Offboarded(
          identities: subject.identities, person: subject.person, since: since,
          reason: section.text("reason")?.text ?? "", origin: section.origin))
    }
  }

  /// `since: TIME`, or `last_day: DATE`, which is over at the next midnight.
  private func leaving(_ section: Section) -> Int64? {
    guard section.has("since") != section.has("last_day") else {
      let message = "\(section.what) needs one of 'since' (a time) and 'last_day' (a date)"
      context.error(.missingKey, message, line: section.line)
      return nil
    }
    guard let text = section.text("last_day") else { return section.moment("since") }
    guard text.text.utf8.count == 10, let day = context.moment(text.text) else {
      let message = "'last_day' \(Quoted(text.text)) is no date; write it like 2026-01-05, or use 'since' for a time"
      context.error(.badTime, message, line: text.line)
      return nil
    }
    // 36 hours further is the next day, whether clocks change or not; its date begins at its midnight.
    let noon = day + 36 * 3_600_000
    let local = noon + Int64(context.zone.offsetSeconds(at: noon)) * 1000
    return context.zone.utc(local: local / 86_400_000 * 86_400_000)
  }

  mutating func readServices(_ top: Section, _ kind: ServiceIdentity.Kind) {
    let what = kind == .service ? "a service entry" : "an automation entry"
    for node in list(top, kind.rawValue) {
      let keys = ["identity", "identities", "account", "networks", "reason"]
      guard let section = Section(node, what, keys: keys, context) else { continue }
      let subject = subject(section, allowsPerson: false)
      result.serviceIdentities.append(
        ServiceIdentity(
          kind: kind, identities: subject.identities, networks: networks(section, "networks"),
          reason: section.text("reason")?.text ?? "", origin: section.origin))
    }
  }

  mutating func readRoles(_ top: Section) {
    for node in list(top, "approved_roles") {
      let keys = ["role", "account", "from", "reason"]
      guard let section = Section(node, "an approved role", keys: keys, context),
        let role = section.require("role", "its name or ARN")
      else { continue }
      let account = section.text("account")?.text
      result.approvedRoles.append(
        ApprovedRole(
          role: Identity(text: role.text, account: account, origin: context.origin(role.line)),
          from: section.texts("from").map(\.text), reason: section.text("reason")?.text ?? "", origin: section.origin))
    }
  }

  mutating func readFreezes(_ top: Section) {
    for node in list(top, "change_freeze") {
      let keys = ["from", "to", "reason", "ticket", "environments", "accounts"]
      guard let section = Section(node, "a change freeze", keys: keys, context), let window = window(section) else {
        continue
      }
      result.changeFreezes.append(
        ChangeFreeze(
          window: window, environments: section.texts("environments").map(\.text),
          accounts: section.texts("accounts").map(\.text)))
    }
  }

  mutating func readSuppressions(_ top: Section) {
    for node in list(top, "suppressions") {
      let keys = ["rule", "actor", "account", "person", "network", "networks", "reason", "until"]
      guard let section = Section(node, "a suppression", keys: keys, context) else { continue }
      let rule = section.require("rule", "the id, name or title of a rule")
      let reason = section.require("reason", "why nobody needs to see these alerts")
      let until = section.requireMoment("until", "the date from which on they are shown again")
      var actor: Identity?
      if let name = section.text("actor") {
        actor = Identity(text: name.text, account: section.text("account")?.text, origin: context.origin(name.line))
      } else if section.has("account") {
        let line = section.keyLine("account")
        context.error(.missingKey, "'account' of a suppression goes with 'actor'", line: line)
      }
      let hasNetworks = section.has("network") || section.has("networks")
      var networks = networks(section, "network")
      if section.has("networks") {
        if section.has("network") {
          context.error(.duplicate, "a suppression has both 'network' and 'networks'", line: section.line)
        }
        networks = self.networks(section, "networks")
      }
      guard let rule, let reason, let until else { continue }
      let person = section.text("person")?.text ?? ""
      let suppression = Suppression(
        rule: rule.text, actor: actor, person: person, networks: hasNetworks ? networks : nil, reason: reason.text,
        until: until, origin: section.origin)
      if suppression.isForMost, !suppression.isNarrowed {
        let message =
          "\(Quoted(rule.text)) suppresses any rule; name the rule, or add an 'actor', 'person' or 'network'"
        context.error(.broad, message, line: rule.line)
      }
      result.suppressions.append(suppression)
    }
  }
}
