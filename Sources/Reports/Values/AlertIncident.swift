import Correlation
import Events
import Rules

/// An incident as alerts tell of it: those that name the same one.
public struct AlertIncident: Sendable {
  public let id: String
  public var score: Int
  public var level = Level.informational
  public var firstTime = Timestamp.missing
  public var lastTime = Timestamp.missing
  /// Of its alerts, in their order.
  public var places: [Int] = []

  /// The gravest first: by level, then score, then time.
  public static func all(_ alerts: AlertList) -> [AlertIncident] {
    var groups = Groups()
    for place in 0..<alerts.count { groups.add(alerts.glance(place), at: place) }
    return groups.sorted
  }

  // Titles of more are hardly others.
  private static let titledMax = 10_000

  /// What was told, the gravest of it, in the order of time; and how many titles more there are.
  func gravestTitles(_ alerts: AlertList, _ countMax: Int) -> (titles: [String], more: Int) {
    var titles: [(title: String, level: Level)] = []
    var known: [String: Int] = [:]
    for place in places.prefix(AlertIncident.titledMax) {
      let alert = alerts.glance(place)
      if let own = known[alert.title] {
        titles[own].level = max(titles[own].level, alert.level)
      } else {
        known[alert.title] = titles.count
        titles.append((alert.title, alert.level))
      }
    }
    let gravest = titles.indices.sorted { a, b in
      titles[a].level == titles[b].level ? a < b : titles[a].level > titles[b].level
    }
    let shown = gravest.prefix(countMax).sorted().map { titles[$0].title }
    return (shown, titles.count - shown.count)
  }

  /// Incidents while alerts are looked at in their order.
  struct Groups {
    private var incidents: [AlertIncident] = []
    private var places: [String: Int] = [:]

    mutating func add(_ alert: AlertGlance, at place: Int) {
      guard let own = alert.incident else { return }
      let known = places[own.id]
      if known == nil {
        places[own.id] = incidents.count
        incidents.append(AlertIncident(id: own.id, score: own.score))
      }
      incidents[known ?? incidents.count - 1].add(alert, place)
    }

    var sorted: [AlertIncident] {
      incidents.sorted { a, b in
        a.level != b.level
          ? a.level > b.level : a.score != b.score ? a.score > b.score : (a.firstTime, a.id) < (b.firstTime, b.id)
      }
    }
  }

  private mutating func add(_ alert: AlertGlance, _ place: Int) {
    places.append(place)
    score = max(score, alert.incident?.score ?? 0)
    level = max(level, alert.level)
    guard alert.hasTimes else { return }
    firstTime = firstTime == Timestamp.missing ? alert.firstTime : min(firstTime, alert.firstTime)
    lastTime = max(lastTime, alert.lastTime)
  }
}
