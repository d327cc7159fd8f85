import Correlation
import Rules

/// Alerts in the order of reports (by time, then id), made one at a time: a sweep may find a million.
public struct AlertList {
  public let count: Int
  private let level: (Int) -> Level
  private let alert: (Int) -> Alert
  private let again: () -> AlertList

  /// - Parameters:
  ///   - level: of the alert at a place, without making it.
  ///   - again: the same list for another thread, if what `alert` reads must not be shared; called on the thread that asks.
  public init(
    count: Int, level: @escaping (Int) -> Level, alert: @escaping (Int) -> Alert, again: @escaping () -> AlertList
  ) {
    self.count = count
    self.level = level
    self.alert = alert
    self.again = again
  }

  /// Alerts that are all there.
  public init(_ alerts: [Alert]) {
    self.init(
      count: alerts.count, level: { alerts[$0].level }, alert: { alerts[$0] }, again: { AlertList(alerts) })
  }

  public init(_ findings: Findings) {
    self.init(
      count: findings.reduction.episodes.count, level: findings.level, alert: { Alert(findings.alert($0)) },
      again: { AlertList(Findings(copy: findings)) })
  }

  public subscript(place: Int) -> Alert { alert(place) }

  public func level(_ place: Int) -> Level { level(place) }

  public func forAnotherThread() -> AlertList { again() }

  /// The same alerts, each changed.
  public func mapped(_ change: @escaping (Alert) -> Alert) -> AlertList {
    AlertList(
      count: count, level: level, alert: { change(alert($0)) }, again: { again().mapped(change) })
  }

  /// The places of the gravest, the earlier of equals first.
  public func gravest(_ countMax: Int) -> [Int] {
    var byLevel = [[Int]](repeating: [], count: Level.allCases.count)
    for place in 0..<count {
      let rank = level(place).rawValue
      if byLevel[rank].count < countMax { byLevel[rank].append(place) }
    }
    return Array(byLevel.reversed().joined().prefix(countMax))
  }
}
