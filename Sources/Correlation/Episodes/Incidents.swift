import Events
import Rules

/// Alerts that belong together: by one actor, in one session, with one key or with a key that one of them made.
public struct Incident: Sendable {
  /// That of its first alert.
  public let id: Hash128
  public internal(set) var level = Level.informational
  public internal(set) var score = 0
  /// Places of alerts, in their order.
  public internal(set) var alerts: [Int] = []
}

public struct Incidents: Sendable {
  // Attacks that take a night are one story; a month of one administrator is not.
  static let gap: Int64 = 86_400_000
  // What one alert of a level weighs; a chain of attack stages multiplies it.
  private static let weights: [Level: Int] = [.informational: 1, .low: 3, .medium: 10, .high: 30, .critical: 100]
  private static let scoreMax = 9_999

  /// In the order of their first alerts.
  public private(set) var all: [Incident] = []
  private var places: [Int]

  public func of(_ alert: Int) -> Incident? { places[alert] < all.count ? all[places[alert]] : nil }

  public init(_ reduction: Reduction, _ plan: DetectionPlan) {
    var sets = DisjointSets(count: reduction.episodes.count)
    for (_, alerts) in Incidents.byLink(reduction, plan) { Incidents.join(alerts, reduction.episodes, &sets) }
    places = Array(repeating: 0, count: reduction.episodes.count)
    var known: [Int: Int] = [:]
    for alert in reduction.episodes.indices {
      let root = sets.root(alert)
      if known[root] == nil {
        known[root] = all.count
        all.append(Incident(id: reduction.episodes[alert].id))
      }
      places[alert] = known[root] ?? 0
      all[places[alert]].alerts.append(alert)
    }
    for i in all.indices { Incidents.weigh(&all[i], reduction, plan) }
  }

  /// Alerts by what they have in common, each list in the order of first times.
  private static func byLink(_ reduction: Reduction, _ plan: DetectionPlan) -> [IncidentLink: [Int]] {
    var lists: [IncidentLink: [Int]] = [:]
    var links = IncidentLinks(reduction.texts, plan)
    // Most sessions and keys are those of one alert: a list for each would take more room than the alerts.
    var repeated = Repeated(expecting: reduction.episodes.count)
    for episode in reduction.episodes where episode.firstTime != Timestamp.missing {
      for link in links.all(episode) { repeated.note(link) }
    }
    for (place, episode) in reduction.episodes.enumerated() where episode.firstTime != Timestamp.missing {
      for link in links.all(episode) where repeated.contains(link) { lists[link, default: []].append(place) }
    }
    for key in lists.keys {
      lists[key]?.sort { (reduction.episodes[$0].firstTime, $0) < (reduction.episodes[$1].firstTime, $1) }
    }
    return lists
  }

  private static func join(_ alerts: [Int], _ episodes: Episodes, _ sets: inout DisjointSets) {
    var last: (alert: Int, until: Int64)?
    for alert in alerts {
      let episode = episodes[alert]
      if let last, episode.firstTime - last.until <= gap { sets.join(last.alert, alert) }
      last = (alert, max(last?.until ?? .min, episode.lastTime))
    }
  }

  /// The weights of its rules, each once, times the number of stages of an attack that they stand for.
  private static func weigh(_ incident: inout Incident, _ reduction: Reduction, _ plan: DetectionPlan) {
    var stages: Set<String> = []
    var sum = 0
    // A rule counts once, with the most that one of its alerts is worth.
    var levels: [Int: Level] = [:]
    for episode in Episodes(incident.alerts, of: reduction.episodes) {
      levels[episode.detection] = max(levels[episode.detection] ?? .informational, plan.level(of: episode))
    }
    for (detection, level) in levels {
      let attributes = plan.detections[detection].attributes
      incident.level = max(incident.level, level)
      sum += weights[level] ?? 0
      stages.formUnion(attributes.tags.compactMap(\.attackTactic))
    }
    incident.score = min(sum * max(stages.count, 1), scoreMax)
  }
}

/// Which of many things were there at least twice. Now and then it takes one for another: never too few are.
private struct Repeated {
  // Bits for each alert; it has some links.
  private static let bitsPerAlert = 64
  private static let bitsMin = 1 << 12

  private var once: [UInt64]
  private var twice: [UInt64]

  init(expecting count: Int) {
    var bits = Repeated.bitsMin
    while bits < count * Repeated.bitsPerAlert { bits *= 2 }
    once = [UInt64](repeating: 0, count: bits / 64)
    twice = once
  }

  private func place(_ thing: some Hashable) -> (word: Int, bit: UInt64) {
    let hash = UInt64(bitPattern: Int64(thing.hashValue))
    return (Int(truncatingIfNeeded: hash >> 6) & (once.count - 1), 1 << (hash & 63))
  }

  mutating func note(_ thing: some Hashable) {
    let (word, bit) = place(thing)
    twice[word] |= once[word] & bit
    once[word] |= bit
  }

  func contains(_ thing: some Hashable) -> Bool {
    let (word, bit) = place(thing)
    return twice[word] & bit != 0
  }
}

/// Which things belong together, so far.
private struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func root(_ item: Int) -> Int {
    var item = item
    while parents[item] != item {
      parents[item] = parents[parents[item]]
      item = parents[item]
    }
    return item
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    parents[max(x, y)] = min(x, y)
  }
}
