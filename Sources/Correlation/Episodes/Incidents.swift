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
    for (_, alerts) in Incidents.byLink(reduction) { Incidents.join(alerts, reduction.episodes, &sets) }
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
  private static func byLink(_ reduction: Reduction) -> [Link: [Int]] {
    var lists: [Link: [Int]] = [:]
    for (place, episode) in reduction.episodes.enumerated() where episode.firstTime != Timestamp.missing {
      for link in links(episode, reduction.texts) { lists[link, default: []].append(place) }
    }
    for key in lists.keys {
      lists[key]?.sort { (reduction.episodes[$0].firstTime, $0) < (reduction.episodes[$1].firstTime, $1) }
    }
    return lists
  }

  /// A person in an account, a session, a key.
  private static func links(_ episode: Episode, _ texts: ReduceTexts) -> Set<Link> {
    let scene = texts.tuple(episode.scene)
    func field(_ field: SceneField) -> UInt32 { field.rawValue < scene.count ? scene[field.rawValue] : 0 }
    func shared(_ dimension: Dimension) -> UInt32 {
      guard dimension.rawValue < episode.shared.count else { return 0 }
      let id = episode.shared[dimension.rawValue]
      return id == Episode.mixed ? 0 : id
    }
    var links: Set<Link> = []
    for person in [shared(.actor), field(.actorIssuer)] where person != 0 {
      links.insert(Link(kind: .person, account: shared(.account), text: person))
    }
    if field(.sessionKey) != 0 { links.insert(Link(kind: .session, account: 0, text: field(.sessionKey))) }
    for key in [field(.actorKey), field(.mintedKey)] where key != 0 {
      links.insert(Link(kind: .key, account: 0, text: key))
    }
    return links
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
      for tag in attributes.tags where tag.namespace == "attack" && !isTechnique(tag.name) { stages.insert(tag.name) }
    }
    incident.score = min(sum * max(stages.count, 1), scoreMax)
  }

  /// `t1078.004`, `g0016`, `s0154`: techniques, groups and software; the rest are tactics.
  private static func isTechnique(_ name: String) -> Bool {
    guard let first = name.first, "tgs".contains(first) else { return false }
    return name.dropFirst().first?.isNumber ?? false
  }
}

/// What alerts can have in common; a person is one within an account.
private struct Link: Hashable {
  enum Kind { case person, session, key }
  let kind: Kind
  let account: UInt32
  let text: UInt32
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
