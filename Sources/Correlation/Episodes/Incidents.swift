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
    var sets = IncidentJoining.joined(reduction, plan)
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
