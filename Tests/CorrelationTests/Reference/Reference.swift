/// The naive reference of Correlation: `docs/CORRELATION.md`, read literally. Every definition is a loop over all
/// events; nothing is kept up to date, nothing is shared with the engine but the parsed rules.

import Rules

/// An event that a detection takes, in one of its groups.
struct ReferenceHit {
  var event: ReferenceEvent
  var member: Int
  /// Distinct as written; each is one value for each counted field. Empty: the event has none.
  var values: [[String]]

  var time: Int64 { event.time ?? .min }
}

/// The fields of a group, without case; nil where a single rule's event has none.
typealias ReferenceGroup = [String?]

struct ReferenceAlert {
  var rule: String
  /// As its first event has it.
  var group: [String?]
  var time: Int64
  var events: [ReferenceEvent]
  /// The event by which its id is told from others: a chain orders alerts of one moment by their ids.
  var identity: ReferenceKey
  /// When it is a hit of the correlations that refer to it, and with which events.
  var hits: [ReferenceAlertHit] = []

  var firstTime: Int64 { events.first?.time ?? .min }
  var lastTime: Int64 { events.last?.time ?? .min }
}

struct ReferenceAlertHit {
  var time: Int64
  var events: [ReferenceEvent]
}

/// What is counted rather than found.
struct ReferenceCounters: Equatable, CustomStringConvertible {
  var withoutGroup = 0
  var withoutValue = 0
  var withoutNumber = 0
  var tooLarge = 0
  var untimed = 0
  var valuesCut = 0
  var undecided = 0
  var learningUntil: Int64?

  var description: String {
    "without group \(withoutGroup), value \(withoutValue), time \(untimed), number \(withoutNumber), too large \(tooLarge); cut \(valuesCut), undecided \(undecided), "
      + "learning until \(learningUntil.map(String.init) ?? "-")"
  }
}

/// One detection's hits, by group.
struct ReferenceInput {
  var groups: [ReferenceGroup: [ReferenceHit]] = [:]
  /// By group: how the first event writes it.
  var counters = ReferenceCounters()
}

/// Which events a rule matches, and where its fields are.
struct ReferenceRule {
  var matches: (ReferenceEvent) -> Bool
}

struct Reference {
  let archive: ReferenceArchive
  let set: RuleSet
  let everyMatch: Bool
  /// By position in the set: the generator's own idea of what they match.
  let matches: [(ReferenceEvent) -> Bool]
  var places: [String: ReferenceLocation]?
  private(set) var alerts: [ReferenceAlert] = []
  /// By rule label; single rules have none.
  private(set) var counters: [String: ReferenceCounters] = [:]
  private var byCorrelation: [[ReferenceAlert]] = []

  static let combinationsMax = 16

  init(
    _ archive: ReferenceArchive, _ set: RuleSet, matches: [(ReferenceEvent) -> Bool], everyMatch: Bool,
    places: [String: ReferenceLocation]? = nil
  ) {
    self.archive = archive
    self.set = set
    self.matches = matches
    self.everyMatch = everyMatch
    self.places = places
    for (place, rule) in set.rules.enumerated() where rule.raisesAlerts { single(rule, place) }
    for correlation in set.correlations { add(correlation) }
  }

  // MARK: Groups

  /// All ways to take one value of each list, in order; only the first 16 are followed.
  static func combinations(_ lists: [[String]]) -> (combinations: [[String]], isCut: Bool) {
    var result: [[String]] = [[]]
    var isCut = false
    for list in lists {
      isCut = isCut || list.count > combinationsMax
      let values = list.prefix(combinationsMax)
      result = result.flatMap { head in values.map { head + [$0] } }
      isCut = isCut || result.count > combinationsMax
      result = Array(result.prefix(combinationsMax))
    }
    return (result, isCut)
  }

  /// The values of a field, each once.
  static func values(_ event: ReferenceEvent, _ field: String) -> [String] {
    var values: [String] = []
    for value in event.fields[field] ?? [] where !value.isEmpty && !values.contains(value) { values.append(value) }
    return values
  }

  // MARK: Single rules

  private mutating func single(_ rule: Rule, _ place: Int) {
    var names = ["account", "actor"]
    var gap: Int64 = 3_600_000
    if let node = rule.attributes.custom("alert") {
      if let list = node["group-by"] { names = (list.sequence ?? [list]).compactMap { $0.scalar?.text } }
      if let text = node["gap"]?.scalar?.text { gap = Int64(text.dropLast())! * (text.hasSuffix("m") ? 60_000 : 1000) }
    }
    var groups: [ReferenceGroup: [ReferenceEvent]] = [:]
    for event in archive.events.sorted(by: isOrdered) where matches[place](event) {
      let lists = names.map { Reference.values(event, $0) }.map { $0.isEmpty ? ["\0"] : $0 }
      let own = Reference.combinations(lists).combinations.map { $0.map { $0 == "\0" ? nil : withoutCase($0) } }
      for group in Set(own) { groups[group, default: []].append(event) }
    }
    for (group, events) in groups {
      var episode: [ReferenceEvent] = []
      for event in events {
        if let last = episode.last, everyMatch || Reference.isApart(last, event, gap) {
          raise(rule.label, group, episode)
          episode = []
        }
        episode.append(event)
      }
      raise(rule.label, group, episode)
    }
  }

  /// Untimed events are together, and apart from all others.
  private static func isApart(_ a: ReferenceEvent, _ b: ReferenceEvent, _ gap: Int64) -> Bool {
    guard let x = a.time, let y = b.time else { return (a.time == nil) != (b.time == nil) }
    return y - x > gap
  }

  private mutating func raise(_ label: String, _ group: ReferenceGroup, _ events: [ReferenceEvent]) {
    alerts.append(
      ReferenceAlert(rule: label, group: group, time: events[0].time ?? .min, events: events, identity: events[0].key))
  }

  // MARK: Correlations

  private mutating func add(_ correlation: Correlation) {
    var input = input(of: correlation)
    var found: [ReferenceAlert] = []
    let run = ReferenceRun(
      correlation: correlation, groups: input.groups, highWater: archive.highWater, everyMatch: everyMatch,
      places: places)
    let result = correlation.kind.isHistory ? run.history() : run.sigma()
    for one in result.found {
      found.append(
        ReferenceAlert(
          rule: correlation.label, group: one.group, time: one.time, events: one.events,
          identity: one.identity, hits: one.hits))
    }
    input.counters.undecided = result.undecided
    input.counters.withoutValue = result.withoutValue
    input.counters.withoutNumber = result.withoutNumber
    input.counters.tooLarge = result.tooLarge
    input.counters.learningUntil = result.learningUntil
    counters[correlation.label] = input.counters
    byCorrelation.append(found)
    if correlation.raisesAlerts { alerts += found }
  }

  /// The hits of a correlation: of events by rules, of alerts by correlations.
  private func input(of correlation: Correlation) -> ReferenceInput {
    var input = ReferenceInput()
    var (without, untimed, cut): (Set<ReferenceEvent.ID>, Set<ReferenceEvent.ID>, Set<ReferenceEvent.ID>) = ([], [], [])
    for (member, entry) in correlation.members.enumerated() {
      let events: [ReferenceEvent]
      switch entry.target {
      case .rule(let place): events = archive.events.filter(matches[place])
      case .correlation(let place):
        events = chained(place, ordered: correlation.kind == .temporal || correlation.kind == .temporalOrdered)
      }
      let names = correlation.groupBy.map { name in
        correlation.aliases.first { $0.name == name }?.fields[member] ?? name
      }
      for event in events {
        let lists = names.map { Reference.values(event, $0) }
        let values = correlation.valueFields.map { Reference.values(event, $0) }
        let (groups, groupsCut) = Reference.combinations(lists)
        let (tuples, valuesCut) = Reference.combinations(values)
        if lists.contains(where: \.isEmpty) {
          without.insert(event.identity)
          continue
        }
        if groupsCut || valuesCut { cut.insert(event.identity) }
        guard event.time != nil else {
          untimed.insert(event.identity)
          continue
        }
        let own = values.isEmpty || values.contains(where: \.isEmpty) ? [] : tuples
        for group in Set(groups.map { $0.map(withoutCase) }) {
          input.groups[group, default: []].append(ReferenceHit(event: event, member: member, values: own))
        }
      }
    }
    for group in input.groups.keys {
      input.groups[group]?.sort { a, b in
        isOrdered(a.event, b.event) || (!isOrdered(b.event, a.event) && a.member < b.member)
      }
    }
    input.counters.withoutGroup = without.count
    input.counters.untimed = untimed.count
    input.counters.valuesCut = cut.count
    return input
  }

  /// The alerts of a correlation as events with the group's fields, in the place of the first event: at the alert's time,
  /// and for those that ask for an order, whenever something joined it.
  private func chained(_ place: Int, ordered: Bool) -> [ReferenceEvent] {
    let correlation = set.correlations[place]
    var begun: [ReferenceKey: UInt64] = [:]
    return byCorrelation[place].flatMap { alert in
      var event = ReferenceEvent()
      for (name, value) in zip(correlation.groupBy, alert.group) { event.fields[name] = value.map { [$0] } ?? [] }
      event.file = alert.events[0].file
      event.record = alert.events[0].record
      let group = alert.group.map { $0 ?? "" }
      let first = ReferenceKey.alert(rule: alert.rule, group: group, key: alert.identity)
      let earlier = begun[first, default: 0]
      begun[first] = earlier + 1
      event.key = .alert(rule: alert.rule, group: group, key: alert.identity, earlier: earlier)
      return Reference.hits(alert, ordered: ordered).map { hit in
        event.time = hit.time
        event.brings = Reference.brought(hit.events)
        return event
      }
    }
  }

  /// The hit at the alert's time; and of the later ones the first and the last of each second.
  private static func hits(_ alert: ReferenceAlert, ordered: Bool) -> [ReferenceAlertHit] {
    var byTime: [Int64: [ReferenceEvent]] = [:]
    for hit in alert.hits where ordered || hit.time == alert.time { byTime[hit.time, default: []] += hit.events }
    let seconds = Dictionary(grouping: byTime.keys.filter { $0 != alert.time }) { $0 / 1000 }
    let times = Set([alert.time] + seconds.values.flatMap { [$0.min()!, $0.max()!] })
    return times.sorted().map { ReferenceAlertHit(time: $0, events: byTime[$0]!) }
  }

  /// Each once, the first 50 and the last.
  private static func brought(_ events: [ReferenceEvent]) -> [ReferenceEvent] {
    var seen: Set<ReferenceEvent.ID> = []
    let unique = events.filter { seen.insert($0.identity).inserted }
    return unique.prefix(50) + (unique.count > 50 ? unique.suffix(1) : [])
  }
}

extension ReferenceEvent {
  /// Tells events from each other; alerts too.
  struct ID: Hashable {
    var place: ReferencePlace
    var key: ReferenceKey
    var time: Int64?
  }

  var identity: ID { ID(place: place, key: key, time: time) }
}

extension ReferenceKey {
  /// The id of an alert: SHA-256 of the rule's label, the group and the first event's key, each behind its length; and of
  /// how many alerts of the group have begun with that event before, if any has.
  static func alert(rule: String, group: [String], key: ReferenceKey, earlier: UInt64 = 0) -> ReferenceKey {
    func little(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) } }
    var folded: [UInt8] = [1]
    for text in group {
      let count = text.utf8.count
      folded += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + Array(text.utf8)
    }
    var bytes: [UInt8] = []
    for part in [Array(rule.utf8), folded] { bytes += little(UInt64(part.count)) + part }
    return digest(bytes + little(key.high) + little(key.low) + (earlier > 0 ? little(earlier) : []))
  }
}
