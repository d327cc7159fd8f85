import Correlation
import Events
import Rules
import Synchronization
import Threads

/// Alerts in the order of reports (by time, then id), made one at a time: a sweep may find a million.
public struct AlertList {
  public let count: Int
  private let level: (Int) -> Level
  private let alert: (Int) -> Alert
  private let sketch: (Int) -> Alert
  private let glance: (Int) -> AlertGlance
  private let again: () -> AlertList
  private let ranks: Ranks

  /// The levels of all alerts, once somebody has asked for the gravest.
  private final class Ranks {
    private var known: [UInt8]?

    func all(_ find: () -> [UInt8]) -> [UInt8] {
      let all = known ?? find()
      known = all
      return all
    }
  }

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
    ranks = Ranks()
  }

  /// The same alerts in the same order, made in another way.
  private init(_ other: AlertList, alert: @escaping (Int) -> Alert, again: @escaping () -> AlertList) {
    count = other.count
    level = other.level
    glance = other.glance
    sketch = other.sketch
    self.alert = alert
    self.again = again
    ranks = other.ranks
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
    AlertList(self, alert: { held[$0] ?? alert($0) }, again: { again().holding(held) })
  }

  // Small beside the memory of a sweep, however many events each of them cites.
  private static let alertsPerPiece = 128
  // Enough for threads to be worth their start, and for none to wait long for the last one.
  private static let piecesPerThread = 8

  /// Makes something of each alert, on several threads, and takes the results in order.
  ///
  /// - Parameter interrupted: whether to leave the rest.
  public func forEach<Value: Sendable>(
    _ places: some RandomAccessCollection<Int>, jobs: Int, interrupted: () -> Bool = { false },
    make: @escaping @Sendable () -> (Int, Alert) -> Value, take: (Value) -> Void
  ) {
    forEachPiece(places, jobs: jobs, interrupted: interrupted) { alerts, places in
      let make = make()
      return places.map { make($0, alerts[$0]) }
    } take: { (values: [Value]) in
      values.forEach(take)
    }
  }

  /// The same with some alerts at a time. What was made is taken while the next is being made.
  func forEachPiece<Value: Sendable>(
    _ places: some RandomAccessCollection<Int>, jobs: Int, interrupted: () -> Bool = { false },
    make: @escaping @Sendable (AlertList, [Int]) -> Value, take: (Value) -> Void
  ) {
    let copies = (0..<max(jobs, 1)).map { _ in ThreadCopy(forAnotherThread()) }
    var rest = places[...]
    var made: Slots<Value>?
    while !rest.isEmpty, !interrupted() {
      var pieces: [[Int]] = []
      while !rest.isEmpty, pieces.count < copies.count * AlertList.piecesPerThread {
        pieces.append(Array(rest.prefix(AlertList.alertsPerPiece)))
        rest = rest.dropFirst(AlertList.alertsPerPiece)
      }
      let round = Round(pieces, make)
      let threads = copies.dropFirst(copies.count == 1 ? 1 : 0).prefix(pieces.count).map { copy in
        WorkerThread { round.work(copy) }
      }
      AlertList.give(made, to: take)
      if threads.isEmpty { round.work(copies[0]) }
      for thread in threads { thread.join() }
      made = round.made
    }
    if !interrupted() { AlertList.give(made, to: take) }
  }

  private static func give<Value>(_ made: Slots<Value>?, to take: (Value) -> Void) {
    guard let made else { return }
    for case let value? in made.values { take(value) }
  }

  private final class ThreadCopy: @unchecked Sendable {
    // @unchecked: one thread at a time uses it.
    let alerts: AlertList

    init(_ alerts: AlertList) { self.alerts = alerts }
  }

  /// Some pieces that threads take one after another.
  private final class Round<Value: Sendable>: Sendable {
    let made: Slots<Value>
    private let pieces: [[Int]]
    private let make: @Sendable (AlertList, [Int]) -> Value
    private let next = Atomic<Int>(0)

    init(_ pieces: [[Int]], _ make: @escaping @Sendable (AlertList, [Int]) -> Value) {
      self.pieces = pieces
      self.make = make
      made = Slots(count: pieces.count)
    }

    func work(_ copy: ThreadCopy) {
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < pieces.count else { return }
        made.values[place] = make(copy.alerts, pieces[place])
      }
    }
  }

  /// The places of the gravest, the earlier of equals first.
  public func gravest(_ countMax: Int) -> [Int] {
    var byLevel = [[Int]](repeating: [], count: Level.allCases.count)
    for (place, rank) in ranks.all({ (0..<count).map { UInt8(level($0).rawValue) } }).enumerated()
    where byLevel[Int(rank)].count < countMax {
      byLevel[Int(rank)].append(place)
    }
    return Array(byLevel.reversed().joined().prefix(countMax))
  }
}

/// What a report looks at of all alerts, of which there may be a million: few texts, and none that has to be made.
public struct AlertGlance: Sendable {
  var time: Int64
  var firstTime: Int64
  var lastTime: Int64
  var level: Level
  var title: String
  var ruleID: String
  var account: [UInt8]?
  var sourceIP: [UInt8]?
  var origin: AddressOrigin?
  /// Whoever acted, if the address is new to them.
  var newTo: [UInt8]?
  var incident: (id: String, score: Int)?
}

extension AlertGlance {
  /// Whether it began and ended at known times.
  var hasTimes: Bool { firstTime != Timestamp.missing && lastTime != Timestamp.missing }

  init(_ alert: Alert) {
    self.init(
      time: alert.time, firstTime: alert.firstTime, lastTime: alert.lastTime, level: alert.level, title: alert.title,
      ruleID: alert.ruleID, account: alert.account,
      sourceIP: alert.sourceIP, origin: alert.origin, newTo: alert.isAddressNew ? alert.person : nil,
      incident: alert.incident)
  }
}
