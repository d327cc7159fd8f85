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

  /// The stage that most names in an account tell of, if it is most of those that tell any.
  func stage(ofAccount id: String) -> (name: String, votes: Int, of: Int)? {
    var votes: [String: Int] = [:]
    for group in summary.groups where group.caller.account == id {
      if let stage = Words.stage(group.caller.base) { votes[stage, default: 0] += 1 }
    }
    let total = votes.values.reduce(0, +)
    guard let best = votes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value * 3 >= total * 2 else {
      return nil
    }
    return (best.key, best.value, total)
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
  /// Two weeks show which days are free.
  private static let spanMillisMin: Int64 = 14 * 86_400_000

  /// Bit 0 is Sunday; nil if the archive is too short to tell.
  var days: UInt8?
  var from: Int
  var length: Int

  /// The shortest span of hours (UTC) that holds 95 in 100 events, and the days that have at least a quarter of what
  /// the busiest has; nil if that is no rhythm.
  init?(_ groups: [DraftSummary.Group]) {
    var hours = [UInt64](repeating: 0, count: 168)
    for group in groups { for hour in 0..<168 { hours[hour] += group.hours[hour] } }
    let total = hours.reduce(0, +)
    guard total >= Self.eventsMin else { return nil }
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
    let first = groups.map(\.first).min() ?? .max
    let last = groups.map(\.last).max() ?? .min
    guard first <= last, last - first >= Self.spanMillisMin else { return }
    // An hour behind midnight belongs to the shift that began on the day before.
    var byDay = [UInt64](repeating: 0, count: 7)
    for day in 0..<7 {
      for hour in 0..<24 { byDay[hour >= best.from ? day : (day + 6) % 7] += hours[day * 24 + hour] }
    }
    let busiest = byDay.max() ?? 0
    days = (0..<7).reduce(UInt8(0)) { byDay[$1] * 4 >= busiest ? $0 | 1 << UInt8($1) : $0 }
  }
}
