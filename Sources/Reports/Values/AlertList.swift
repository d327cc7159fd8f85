import Correlation
import Events
import Rules
import Threads

/// Alerts in the order of reports (by time, then id), made one at a time: a sweep may find a million.
public struct AlertList {
  public let count: Int
  private let level: (Int) -> Level
  private let alert: (Int) -> Alert
  private let sketch: (Int) -> Alert
  private let glance: (Int) -> AlertGlance
  private let again: () -> AlertList

  /// - Parameters:
  ///   - level: of the alert at a place, without making it.
  ///   - glance: what is looked at of all alerts.
  ///   - sketch: an alert without its events, sentences and lists, where that is less work.
  ///   - again: the same list for another thread, if what `alert` reads must not be shared; called on the thread that asks.
  public init(
    count: Int, level: @escaping (Int) -> Level, glance: ((Int) -> AlertGlance)? = nil,
    sketch: ((Int) -> Alert)? = nil, alert: @escaping (Int) -> Alert,
    again: @escaping () -> AlertList
  ) {
    self.count = count
    self.level = level
    self.sketch = sketch ?? alert
    self.glance = glance ?? { AlertGlance(alert($0)) }
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
      count: findings.reduction.episodes.count, level: findings.level, glance: findings.glance,
      sketch: { Alert(sketch: findings.alert($0)) }, alert: { Alert(findings.alert($0)) },
      again: { AlertList(Findings(copy: findings)) })
  }

  public subscript(place: Int) -> Alert { alert(place) }

  /// What is looked at of all alerts.
  func glance(_ place: Int) -> AlertGlance { glance(place) }

  /// The alert without its events, sentences and lists.
  public func sketch(_ place: Int) -> Alert { sketch(place) }

  public func level(_ place: Int) -> Level { level(place) }

  public func forAnotherThread() -> AlertList { again() }

  /// The same alerts, each changed.
  public func mapped(_ change: @escaping (Alert) -> Alert) -> AlertList {
    AlertList(
      count: count, level: level, sketch: { change(sketch($0)) }, alert: { change(alert($0)) },
      again: { again().mapped(change) })
  }

  /// The same alerts; some of them are there already.
  func holding(_ held: [Int: Alert]) -> AlertList {
    AlertList(
      count: count, level: level, glance: glance, sketch: sketch, alert: { held[$0] ?? alert($0) },
      again: { again().holding(held) })
  }

  // Enough for a thread to be worth its start; small beside the memory of a sweep.
  private static let alertsPerPiece = 1024

  /// Makes something of each alert, on several threads, and takes the results in order.
  ///
  /// - Parameter interrupted: whether to leave the rest.
  public func forEach<Value: Sendable>(
    _ places: some RandomAccessCollection<Int>, jobs: Int, interrupted: () -> Bool = { false },
    make: @escaping @Sendable () -> (Int, Alert) -> Value, take: (Value) -> Void
  ) {
    let jobs = max(jobs, 1)
    let copies = (0..<jobs).map { _ in ThreadCopy(forAnotherThread()) }
    var rest = places[...]
    while !rest.isEmpty, !interrupted() {
      var pieces: [(ThreadCopy, [Int])] = []
      for copy in copies where !rest.isEmpty {
        pieces.append((copy, Array(rest.prefix(AlertList.alertsPerPiece))))
        rest = rest.dropFirst(AlertList.alertsPerPiece)
      }
      for values in inParallel(pieces, { copy, own in copy.values(own, make()) }) { values.forEach(take) }
    }
  }

  private final class ThreadCopy: @unchecked Sendable {
    // @unchecked: one thread at a time uses it.
    private let alerts: AlertList

    init(_ alerts: AlertList) { self.alerts = alerts }

    func values<Value>(_ places: [Int], _ make: (Int, Alert) -> Value) -> [Value] {
      places.map { make($0, alerts[$0]) }
    }
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

/// What a report looks at of all alerts, of which there may be a million: few texts, and none that has to be made.
public struct AlertGlance {
  var time: Int64
  var firstTime: Int64
  var lastTime: Int64
  var level: Level
  var title: String
  var ruleID: String
  var account: [UInt8]?
  var sourceIP: [UInt8]?
  var incident: (id: String, score: Int)?
}

extension AlertGlance {
  /// Whether it began and ended at known times.
  var hasTimes: Bool { firstTime != Timestamp.missing && lastTime != Timestamp.missing }

  init(_ alert: Alert) {
    self.init(
      time: alert.time, firstTime: alert.firstTime, lastTime: alert.lastTime, level: alert.level, title: alert.title,
      ruleID: alert.ruleID, account: alert.account,
      sourceIP: alert.sourceIP, incident: alert.incident)
  }
}
