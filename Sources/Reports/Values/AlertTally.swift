import Correlation
import Events
import Rules

/// What a page counts of all alerts, taken together in one look: there may be a million, and each look costs.
struct AlertTally {
  /// By rule.
  private(set) var rules: [String: (title: String, level: Level, count: Int)] = [:]
  private(set) var addresses = AddressTally()
  /// By hour of the week in UTC, from Monday on.
  private(set) var week = [Int](repeating: 0, count: 168)
  private var curve: AlertCurve
  private var groups = AlertIncident.Groups()
  private var count = 0

  /// By level, over time.
  var curves: [[Int]] { curve.bins }

  /// The gravest first.
  var incidents: [AlertIncident] { groups.sorted }

  /// Of no alerts yet: they are added in their order.
  init(_ summary: Summary) { curve = AlertCurve(summary, bins: PageCharts.sparkBins) }

  init(_ alerts: AlertList, _ summary: Summary) {
    self.init(summary)
    for place in 0..<alerts.count { add(alerts.glance(place)) }
  }

  mutating func add(_ alert: AlertGlance) {
    rules[alert.ruleID, default: (alert.title, alert.level, 0)].count += 1
    addresses.add(alert)
    // 1 January 1970 was a Thursday.
    if alert.time > 0 { week[(Int(alert.time / Activity.hour) + 72) % 168] += 1 }
    curve.add(alert)
    groups.add(alert, at: count)
    count += 1
  }
}
