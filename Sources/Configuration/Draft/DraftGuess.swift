// Who is a person, a service, a pipeline or an emergency account, and when people work.

import Rules

/// The parts of a draft.
struct DraftGuess {
  struct Person {
    var name: String
    var groups: [DraftSummary.Group] = []
  }

  /// An identity that no human uses, in all accounts in which it goes by the same name.
  struct Machine {
    var kind: ServiceIdentity.Kind
    var name: String
    var groups: [DraftSummary.Group] = []
  }

  /// A machine with fewer events is not worth an entry.
  private static let serviceEventsMin: UInt64 = 10
  /// An address that so many people share is an office or a gateway; in a large company some share by accident.
  private var officePeopleMin: Int { max(3, people.count / 20) }

  var people: [Person] = []
  var machines: [Machine] = []
  var emergency: [DraftSummary.Group] = []
  /// Identities that are none of these: too few events, or nothing to tell by.
  var undecided = 0
  let summary: DraftSummary

  init(_ summary: DraftSummary) {
    self.summary = summary
    var personPlaces: [String: Int] = [:]
    var machinePlaces: [String: Int] = [:]
    for group in summary.groups where group.caller.type != "root" {
      let caller = group.caller
      if Words.isEmergency(caller.base) {
        emergency.append(group)
      } else if let name = Self.personName(group) {
        let place = personPlaces[name] ?? people.count
        if place == people.count { people.append(Person(name: name)) }
        personPlaces[name] = place
        people[place].groups.append(group)
      } else if let kind = Self.machineKind(group) {
        let key = "\(kind.rawValue) \(caller.base.lowercased())"
        let place = machinePlaces[key] ?? machines.count
        if place == machines.count { machines.append(Machine(kind: kind, name: caller.base)) }
        machinePlaces[key] = place
        machines[place].groups.append(group)
      } else {
        undecided += 1
      }
    }
    people.sort { $0.name < $1.name }
    let few = machines.filter { $0.kind == .service && $0.events < Self.serviceEventsMin }
    undecided += few.reduce(0) { $0 + $1.groups.count }
    machines.removeAll { $0.kind == .service && $0.events < Self.serviceEventsMin }
  }

  private static func personName(_ group: DraftSummary.Group) -> String? {
    let caller = group.caller
    let name = caller.session.isEmpty ? caller.base : caller.session
    // A role by itself is whoever takes it.
    let mayBePerson = !caller.session.isEmpty || caller.type == "user" || caller.type == "federated"
    guard mayBePerson, !Words.isPipeline(name), !Words.isWorkload(name), DraftSigns(group).isPerson else { return nil }
    return Words.person(name)
  }

  private static func machineKind(_ group: DraftSummary.Group) -> ServiceIdentity.Kind? {
    let caller = group.caller
    if Words.isPipeline(caller.base) || group.agents.isTool { return .automation }
    if Words.isWorkload(caller.base) || group.isTireless { return .service }
    // A role whose sessions are nobody's name, and that no browser used.
    return caller.type != "user" && !group.agents.isBrowser ? .service : nil
  }

  /// Addresses that several people share, with their number.
  var offices: [(range: AddressRange, people: Int)] {
    var users: [IPAddress: Set<String>] = [:]
    for person in people {
      for group in person.groups {
        for address in group.addresses.keys { users[address, default: []].insert(person.name) }
      }
    }
    return users.filter { $0.value.count >= officePeopleMin }.map { address, names in
      (AddressRange(masking: address, to: address.isV6 ? 128 : 32), names.count)
    }.sorted { ($0.people, $1.range.network.bits) > ($1.people, $0.range.network.bits) }
  }

  /// What the names in an account tell of its stage, by the one that most of them tell of; nil if none tells any.
  func stage(ofAccount id: String) -> Stage? {
    var names: [String: Set<String>] = [:]
    var events: [String: UInt64] = [:]
    var all: UInt64 = 0
    for group in summary.groups where group.caller.account == id {
      all += group.events
      guard let stage = Words.stage(group.caller.base) else { continue }
      names[stage, default: []].insert(group.caller.base.lowercased())
      events[stage, default: 0] += group.events
    }
    let total = names.values.reduce(0) { $0 + $1.count }
    guard let best = names.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }) else { return nil }
    return Stage(
      name: best.key, names: best.value.sorted(), of: total, events: events[best.key, default: 0], allEvents: all)
  }

  /// The stage that some names tell of, and how much that says.
  struct Stage {
    /// One visitor called `dev-joe` makes no account one of developers, unless hardly anybody else is there.
    private static let namesMin = 2
    /// One name has to have at least one in four of all events, several one in ten together.
    private static let eventsPerOwnMax: UInt64 = 4
    private static let eventsPerSharedMax: UInt64 = 10

    var name: String
    /// In lower case, those that tell of it.
    var names: [String]
    /// How many names tell of any stage.
    var of: Int
    var events: UInt64
    /// Of all identities in the account.
    var allEvents: UInt64

    var isGuess: Bool {
      let share = names.count < Self.namesMin ? Self.eventsPerOwnMax : Self.eventsPerSharedMax
      return names.count * 3 >= of * 2 && events * share >= allEvents
    }
  }
}

extension DraftGuess.Person {
  /// Those of all of their identities.
  var signs: [String] { DraftSigns.together(groups).ofPerson }
}

extension DraftGuess.Machine {
  var signs: [String] { DraftSigns.together(groups).ofMachine }
  var events: UInt64 { groups.reduce(0) { $0 + $1.events } }
}

/// The hours in which nearly all of some activity lies.
struct DraftHours: Equatable {
  /// A guess from fewer events says nothing.
  static let eventsMin: UInt64 = 100
  /// What happened on one day says when somebody was there, not when people work; five are a week of work.
  private static let daysMin = 5
  /// Two weeks show which days are free.
  private static let spanMillisMin: Int64 = 14 * 86_400_000

  /// Bit 0 is Sunday; nil if the archive is too short to tell.
  var days: UInt8?
  var from: Int
  var length: Int

  /// What is missing before hours are guessed, in words; nil if there is enough.
  static func shortage(_ groups: [DraftSummary.Group]) -> String? {
    let events = groups.reduce(UInt64(0)) { $0 + $1.hours.reduce(0, +) }
    guard events >= Self.eventsMin else {
      return "people have \(events) events; \(Self.eventsMin) are needed to see a rhythm"
    }
    let days = (0..<7).count { day in groups.contains { $0.hours[day * 24..<day * 24 + 24].contains { $0 > 0 } } }
    guard days >= Self.daysMin || Self.span(groups) >= Self.spanMillisMin else {
      return "people are seen on \(days) of 7 days; \(Self.daysMin), or two weeks, are needed to see a rhythm"
    }
    return nil
  }

  private static func span(_ groups: [DraftSummary.Group]) -> Int64 {
    let first = groups.map(\.first).min() ?? .max
    let last = groups.map(\.last).max() ?? .min
    return first <= last ? last - first : 0
  }

  /// The shortest span of hours (UTC) that holds 95 in 100 events, and the days that have at least a quarter of what
  /// the busiest has; nil if that is no rhythm.
  init?(_ groups: [DraftSummary.Group]) {
    var hours = [UInt64](repeating: 0, count: 168)
    for group in groups { for hour in 0..<168 { hours[hour] += group.hours[hour] } }
    let total = hours.reduce(0, +)
    guard Self.shortage(groups) == nil else { return nil }
    let byHour = (0..<24).map { hour in (0..<7).reduce(UInt64(0)) { $0 + hours[$1 * 24 + hour] } }
    var best: (from: Int, length: Int)?
    search: for length in 1..<24 {
      for from in 0..<24 {
        let inside = (0..<length).reduce(UInt64(0)) { $0 + byHour[(from + $1) % 24] }
        guard inside * 100 >= total * 95 else { continue }
        best = (from, length)
        break search
      }
    }
    guard let best else { return nil }
    (from, length) = best
    guard Self.span(groups) >= Self.spanMillisMin else { return }
    // An hour behind midnight belongs to the shift that began on the day before.
    var byDay = [UInt64](repeating: 0, count: 7)
    for day in 0..<7 {
      for hour in 0..<24 { byDay[hour >= best.from ? day : (day + 6) % 7] += hours[day * 24 + hour] }
    }
    let busiest = byDay.max() ?? 0
    days = (0..<7).reduce(UInt8(0)) { byDay[$1] * 4 >= busiest ? $0 | 1 << UInt8($1) : $0 }
  }
}
