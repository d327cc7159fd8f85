// The draft of a configuration, made from the counts of an archive: every guess with the reason beside it. It is a
// configuration that can be used at once, and that a person should read first.

import Events
import Rules

public struct Draft {
  /// A longer list is no description of what is usual.
  private static let networksMax = 20
  /// A machine with more networks, or with fewer events from each, gets a new address each time it starts.
  private static let machineNetworksMax = 8
  private static let eventsPerNetworkMin: UInt64 = 10
  /// Working hours longer than this are those of several time zones.
  private static let shiftHoursMax = 14

  /// A remark has room for these.
  private static let stageNamesMax = 3

  private let guess: DraftGuess
  /// Of all people together.
  private let allHours: DraftHours?
  private var lines: [String] = []

  /// - Parameter paths: what was read, for the heading.
  public init(_ tallies: [DraftTally], paths: [String]) {
    guess = DraftGuess(DraftSummary(tallies))
    allHours = DraftHours(guess.people.flatMap(\.groups))
    heading(paths)
    accounts()
    environments()
    people()
    emergency()
    machines(.automation, "pipelines that change things: their ordinary changes on their networks are routine")
    machines(.service, "workloads, agents and scanners: no human signs in with them")
    networks()
    hours()
    rest()
  }

  /// Whether no event was counted: there is nothing to draft from.
  public var isEmpty: Bool { guess.summary.accounts.isEmpty && guess.summary.groups.isEmpty }

  public var text: String { lines.joined(separator: "\n") + "\n" }

  /// Whether there were more identities than are counted.
  public var isIncomplete: Bool { guess.summary.isOverflown }

  // MARK: Writing

  private mutating func comment(_ text: String) { lines.append("# \(YAMLText.comment(text))") }

  private mutating func line(_ text: String, _ remark: String = "") {
    lines.append(remark.isEmpty ? text : "\(text)  # \(YAMLText.comment(remark))")
  }

  private mutating func section(_ name: String, _ about: String, isEmpty: Bool, none: String) {
    lines.append("")
    comment(about)
    if isEmpty {
      comment("\(name): \(none)")
    } else {
      lines.append("\(name):")
    }
  }

  private func quoted(_ text: String) -> String { YAMLText.quoted(text) }

  private static func date(_ millis: Int64) -> String { String(Timestamp.string(millis).prefix(10)) }

  private static func activity(_ groups: [DraftSummary.Group]) -> String {
    let events = groups.reduce(UInt64(0)) { $0 + $1.events }
    let first = groups.map(\.first).min() ?? .max
    let last = groups.map(\.last).max() ?? .min
    let span = first <= last ? ", \(date(first)) to \(date(last))" : ""
    return "\(amount(events, "event"))\(span)"
  }

  private static func amount(_ count: UInt64, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  // MARK: Sections

  private mutating func heading(_ paths: [String]) {
    comment("A draft, guessed from \(paths.joined(separator: " ")). Read every line before you rely on it:")
    comment("what is listed here as usual is what happened, and an intruder may have been part of it.")
    if isIncomplete { comment("There were more identities than are counted; this draft is not complete.") }
    lines.append("version: \(ConfigurationReader.version)")
  }

  private mutating func accounts() {
    let accounts = guess.summary.accounts
    section("accounts", "accounts with events", isEmpty: accounts.isEmpty, none: "none seen")
    var seen: Set<String> = []
    for entry in accounts where seen.insert(entry.account.id).inserted {
      let regions = entry.regions.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(5)
      line("  - id: \(quoted(entry.account.id))", Self.amount(entry.events, "event"))
      if entry.account.provider != .unknown { line("    provider: \(entry.account.provider.name)") }
      if let stage = guess.stage(ofAccount: entry.account.id) { self.stage(stage) }
      if !regions.isEmpty {
        line(
          "    # regions seen: \(YAMLText.comment(regions.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")))")
      }
    }
  }

  private mutating func stage(_ stage: DraftGuess.Stage) {
    guard stage.isGuess else {
      let names = stage.names.prefix(Self.stageNamesMax).joined(separator: ", ")
      let share = "\(stage.events) of \(Self.amount(stage.allEvents, "event"))"
      return line("    # environment: too little to guess by; \(YAMLText.comment("\(names): \(share)"))")
    }
    line(
      "    environment: \(YAMLText.key(stage.name))",
      "guess: \(stage.names.count) of \(stage.of) names that tell a stage say so")
  }

  private mutating func environments() {
    let stages = guess.summary.accounts.compactMap { guess.stage(ofAccount: $0.account.id) }
    let names = Set(stages.filter(\.isGuess).map(\.name)).sorted()
    section(
      "environments", "environments; identities and regions that belong in one may be listed", isEmpty: names.isEmpty,
      none: stages.isEmpty ? "no name of an identity tells one" : "too few names of identities tell one")
    for name in names {
      let isProduction = Environment.productiveNames.contains(name)
      line("  \(YAMLText.key(name)):")
      line("    production: \(isProduction)", "guess: by its name")
    }
  }

  private mutating func people() {
    section(
      "people", "people, joined by name across providers: check that equal names are one person",
      isEmpty: guess.people.isEmpty, none: "nobody found")
    for person in guess.people {
      let signs = person.signs.joined(separator: ", ")
      line("  \(quoted(person.name)):", "guess: \(Self.activity(person.groups)); \(signs)")
      let named = person.groups.filter { $0.caller.session.isEmpty }
      if !named.isEmpty { line("    identities:") }
      for group in named { identity(group.caller, indent: "      ") }
      let sessions = Set(person.groups.map(\.caller.session).filter { !$0.isEmpty }).sorted()
      if !sessions.isEmpty {
        line("    sessions: [\(sessions.map { quoted(Glob.escaped($0)) }.joined(separator: ", "))]")
      }
      if let allHours, allHours.length > Self.shiftHoursMax { personalHours(person) }
    }
  }

  private mutating func identity(_ caller: DraftCaller, indent: String) {
    let account = caller.account.isEmpty ? "" : ", account: \(quoted(caller.account))"
    line("\(indent)- {identity: \(quoted(caller.name))\(account)}", caller.provider.name)
  }

  private mutating func emergency() {
    section(
      "break_glass", "break-glass identities; add the windows in which their use was approved",
      isEmpty: guess.emergency.isEmpty, none: "no name suggests one; the usual names are watched anyway")
    for group in guess.emergency {
      let account = group.caller.account.isEmpty ? "" : ", account: \(quoted(group.caller.account))"
      line(
        "  - identities: [{identity: \(quoted(group.caller.name))\(account)}]",
        "guess: by its name; \(Self.activity([group]))")
    }
  }

  private mutating func machines(_ kind: ServiceIdentity.Kind, _ about: String) {
    let machines = guess.machines.filter { $0.kind == kind }
    section(kind.rawValue, about, isEmpty: machines.isEmpty, none: "none found")
    for machine in machines {
      line("  # \(YAMLText.comment(machine.name)): guess: \(YAMLText.comment(Self.reason(machine)))")
      line("  - identities:")
      for group in machine.groups { identity(group.caller, indent: "      ") }
      usualNetworks(machine.groups)
    }
  }

  private static func reason(_ machine: DraftGuess.Machine) -> String {
    var hours = 0
    var days = 0
    for group in machine.groups {
      hours = max(hours, group.spread.hours)
      days = max(days, group.spread.days)
    }
    let writes = machine.groups.reduce(UInt64(0)) { $0 + $1.writes }
    let agents = machine.groups.reduce(into: DraftAgents()) { $0.add($1.agents) }.names
    let signs = machine.signs.filter { $0 != "active round the clock" }.map { "; \($0)" }.joined()
    return "\(activity(machine.groups)), \(Self.amount(writes, "change")), in up to \(hours) of 24 hours on "
      + "\(days) of 7 days; agents: \(agents.joined(separator: ", "))\(signs)"
  }

  private mutating func usualNetworks(_ groups: [DraftSummary.Group]) {
    let networks = AddressSet(groups.flatMap(\.networks)).prefixes(limit: Self.machineNetworksMax + 1)
    let events = groups.reduce(UInt64(0)) { $0 + $1.events }
    let isChanging =
      networks.count > Self.machineNetworksMax || UInt64(networks.count) * Self.eventsPerNetworkMin > events
    if groups.contains(where: \.hasManyAddresses) || isChanging {
      line("    # networks: its addresses change all the time; name the ranges of your cloud or gateway")
    } else if networks.isEmpty {
      line("    # networks: no event shows an address")
    } else {
      line("    networks: [\(networks.map { quoted($0.description) }.joined(separator: ", "))]")
    }
  }

  private mutating func networks() {
    let offices = guess.offices.prefix(Self.networksMax)
    section(
      "networks", "networks; blocked ones and long lists may stand in files, as '@blocked.txt'",
      isEmpty: offices.isEmpty,
      none: "no address is shared by several people")
    if offices.isEmpty { return }
    line("  trusted:")
    for office in offices {
      line("    - \(quoted(office.range.description))", "guess: \(office.people) people work from it")
    }
  }

  // MARK: Hours

  private mutating func personalHours(_ person: DraftGuess.Person) {
    guard let hours = DraftHours(person.groups), hours.length <= Self.shiftHoursMax else { return }
    line("    working_hours: {\(Self.text(hours))}", "guess: 95 % of this person's events")
  }

  private mutating func hours() {
    guard let hours = allHours else {
      section(
        "working_hours", "working hours", isEmpty: true,
        none: DraftHours.shortage(guess.people.flatMap(\.groups)) ?? "people show no rhythm")
      return
    }
    guard hours.length <= Self.shiftHoursMax else {
      let none = "people work in several time zones; those who show a rhythm have their own"
      section("working_hours", "working hours", isEmpty: true, none: none)
      return
    }
    section("working_hours", "working hours of all people, in UTC: say your time zone", isEmpty: false, none: "")
    for part in Self.parts(hours) { line("  \(part)") }
    if hours.days == nil {
      comment("the archive is too short to show which days are free; Monday to Friday is assumed")
    }
    comment("guess: 95 % of what people did lies in these hours; holidays: ['2026-01-01'] may be added")
  }

  private static func parts(_ hours: DraftHours) -> [String] {
    let mask = hours.days ?? WorkingHours.standardDays
    let days = (0..<7).filter { mask & (1 << UInt8($0)) != 0 }.map { Weekday.names[$0] }
    let end = (hours.from + hours.length) % 24
    return [
      "timezone: UTC", "days: [\(days.joined(separator: ", "))]", "from: '\(WorkingHours.clock(hours.from * 60))'",
      "to: '\(WorkingHours.clock(end == 0 ? 1440 : end * 60))'",
    ]
  }

  private static func text(_ hours: DraftHours) -> String { parts(hours).joined(separator: ", ") }

  private mutating func rest() {
    lines.append("")
    let rest = guess.undecided == 1 ? "1 identity is" : "\(guess.undecided) identities are"
    comment("\(rest) none of these: too few events, or nothing to tell by.")
    comment("Not guessed: offboarded, approved_roles, change_freeze, tickets, naming, allowed_countries, geoip,")
    comment("thresholds, runbooks, suppressions. 'harrier config show' prints what is in force without them.")
  }
}
