import Events
import Rules

/// Alerts that belong together: by one actor, in one session, with one key or with a key that one of them made.
public struct Incident: Sendable {
  /// That of its first alert.
  public let id: Hash128
  public internal(set) var level = Level.informational
  public internal(set) var score = 0
  /// How many alerts it has.
  public internal(set) var count = 0
}

/// Which incident each alert belongs to. What is kept takes a few bytes an alert, and each alert is read once.
public struct Incidents: Sendable {
  // Attacks that take a night are one story; a month of one administrator is not.
  static let gap: Int64 = 86_400_000
  // What one alert of a level weighs; a chain of attack stages multiplies it.
  private static let weights: [Level: Int] = [.informational: 1, .low: 3, .medium: 10, .high: 30, .critical: 100]
  private static let scoreMax = 9_999

  /// In the order of their first alerts.
  public private(set) var all: [Incident] = []
  /// By alert.
  private var places: [UInt32]

  public func of(_ alert: Int) -> Incident? { places[alert] < all.count ? all[Int(places[alert])] : nil }

  public init(_ reduction: Reduction, _ plan: DetectionPlan) {
    let episodes = reduction.episodes
    var sets = Incidents.joined(reduction, plan)
    places = Array(repeating: 0, count: episodes.count)
    for alert in episodes.indices {
      let root = sets.root(alert)
      // The first alert of an incident is its root, and numbered before the others.
      if root == alert {
        places[alert] = UInt32(all.count)
        all.append(Incident(id: episodes.rows[alert].id))
      } else {
        places[alert] = places[root]
      }
      all[Int(places[alert])].count += 1
    }
    weigh(episodes, plan)
  }

  /// Goes through the alerts in the order of their first times, with what the last of each link was. A handover has a
  /// place in that order as if it were an alert of both keys.
  private static func joined(_ reduction: Reduction, _ plan: DetectionPlan) -> DisjointSets {
    let rows = reduction.episodes.rows
    var order = rows.indices.filter { rows[$0].firstTime != Timestamp.missing }.map { UInt32($0) }
    order.sort { (rows[Int($0)].firstTime, $0) < (rows[Int($1)].firstTime, $1) }
    var sets = DisjointSets(count: rows.count + reduction.handovers.count)
    var links = IncidentLinks(reduction.texts, plan)
    var open = OpenLinks()
    var handed = 0
    func joinHandovers(until time: Int64) {
      while handed < reduction.handovers.count, reduction.handovers[handed].time <= time {
        join(reduction.handovers[handed], UInt32(rows.count + handed), &open, &sets)
        handed += 1
      }
    }
    for alert in order {
      let episode = reduction.episodes[Int(alert)]
      joinHandovers(until: episode.firstTime)
      for link in links.all(episode) {
        if let other = open.join(link, alert, from: episode.firstTime, until: episode.lastTime) {
          sets.join(Int(other), Int(alert))
        }
      }
    }
    joinHandovers(until: .max)
    return sets
  }

  private static func join(_ handover: Handover, _ place: UInt32, _ open: inout OpenLinks, _ sets: inout DisjointSets) {
    for key in [handover.maker, handover.minted] {
      let link = IncidentLink(kind: .key, number: key)
      if let other = open.join(link, place, from: handover.time, until: handover.time) {
        sets.join(Int(other), Int(place))
      }
    }
  }

  /// The weights of its rules, each once, times the number of stages of an attack that they stand for.
  private mutating func weigh(_ episodes: Episodes, _ plan: DetectionPlan) {
    // A rule counts once, with the most that one of its alerts is worth.
    var most: [RuleOfIncident: Level] = [:]
    for (alert, incident) in places.enumerated() {
      let rule = RuleOfIncident(incident: incident, detection: UInt32(episodes.detection(alert)))
      most[rule] = max(most[rule] ?? .informational, plan.level(of: episodes, alert))
    }
    let tactics = plan.detections.map { Set($0.attributes.tags.compactMap(\.attackTactic)) }
    var stages = [Set<String>](repeating: [], count: all.count)
    for (rule, level) in most {
      let incident = Int(rule.incident)
      all[incident].level = max(all[incident].level, level)
      all[incident].score += Incidents.weights[level] ?? 0
      stages[incident].formUnion(tactics[Int(rule.detection)])
    }
    for incident in all.indices {
      all[incident].score = min(all[incident].score * max(stages[incident].count, 1), Incidents.scoreMax)
    }
  }

  private struct RuleOfIncident: Hashable {
    let incident: UInt32
    let detection: UInt32
  }
}

/// By link: the last alert, and when the last one of its alerts ended. What no alert can join any more is forgotten.
private struct OpenLinks {
  // Fewer are not worth the look.
  private static let countMin = 1 << 14

  private var open: [IncidentLink: (alert: UInt32, until: Int64)] = [:]
  private var countMax = countMin

  /// Alerts come in the order of their first times.
  ///
  /// - Returns: the alert that it joins.
  mutating func join(_ link: IncidentLink, _ alert: UInt32, from first: Int64, until last: Int64) -> UInt32? {
    if open.count >= countMax { forget(before: first) }
    let known = open[link]
    open[link] = (alert, max(known?.until ?? .min, last))
    guard let known, OpenLinks.isOpen(known.until, at: first) else { return nil }
    return known.alert
  }

  private mutating func forget(before first: Int64) {
    open = open.filter { OpenLinks.isOpen($0.value.until, at: first) }
    countMax = max(open.count * 2, OpenLinks.countMin)
  }

  private static func isOpen(_ until: Int64, at first: Int64) -> Bool { first - until <= Incidents.gap }
}

/// Which things belong together, so far. The root of some is the first of them.
private struct DisjointSets {
  private var parents: [UInt32]

  init(count: Int) { parents = (0..<count).map { UInt32($0) } }

  mutating func root(_ item: Int) -> Int {
    var item = item
    while parents[item] != item {
      parents[item] = parents[Int(parents[item])]
      item = Int(parents[item])
    }
    return item
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    parents[max(x, y)] = UInt32(min(x, y))
  }
}
