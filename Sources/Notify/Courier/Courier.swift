import Configuration
import Glibc
import Reports
import Rules
import State

/// Takes what waits in an outbox to its targets, until nothing is due or the time is over.
///
/// A row is crossed out after its message was taken: a courier that is killed in between tells again, under the same key.
/// While something is sent, the state is not touched: a sweep never waits for a network.
public struct Courier {
  // The other targets have their turn after so many messages, or so long: one that takes everything slowly is not alone.
  private static let turnMax = 50
  private static let turnMillisMax: Int64 = 5_000
  // Refused by a target that answers: one message may be bad, three in a row are the target.
  private static let refusalsMax = 3
  // What is older is history: it is in `harrier alerts`.
  private static let rowAgeMillisMax: Int64 = 7 * 86_400_000
  // A sign of life from an hour ago says nothing of now.
  private static let signAgeMillisMax: Int64 = 3_600_000
  // How long to sleep before looking whether somebody wants an end.
  private static let napMicroseconds: UInt32 = 100_000
  // A sweep that writes keeps others out for a while.
  private static let busyTriesMax = 12

  public struct Result: Sendable {
    /// Messages; a digest is one.
    public var sent = 0
    /// Alerts in them, and signs of life.
    public var rows = 0
    public var failures = 0
    public var dead = 0
    public var waiting = 0
    public var lastError: String?
  }

  private let state: State
  private let notify: Notify
  private let end: Int64
  private let staysForRetries: Bool
  private let interrupted: @Sendable () -> Bool
  private var result = Result()
  private var random = SystemRandomNumberGenerator()

  /// - Parameter staysForRetries: waits for the next try of what failed, if it comes before the deadline.
  public init(
    _ state: State, _ notify: Notify, deadline milliseconds: Int64, staysForRetries: Bool,
    interrupted: @escaping @Sendable () -> Bool
  ) {
    self.state = state
    self.notify = notify
    end = Clock.monotonic + milliseconds
    self.staysForRetries = staysForRetries
    self.interrupted = interrupted
  }

  private var isOver: Bool { interrupted() || Clock.monotonic >= end }

  public mutating func run() throws(StateError) -> Result {
    while !isOver {
      var next: Int64?
      for target in try patiently({ () throws(StateError) in try state.waitingTargets() }) where !isOver {
        guard let moment = try serve(target) else { continue }
        next = min(next ?? moment, moment)
      }
      guard let next else { break }
      let wait = next - Clock.now
      guard wait <= 0 || staysForRetries && Clock.monotonic + wait < end else { break }
      try sleep(wait)
    }
    result.waiting = try patiently { () throws(StateError) in try state.outboxCount(.waiting) }
    return result
  }

  private func sleep(_ milliseconds: Int64) throws(StateError) {
    let until = Clock.monotonic + milliseconds
    while Clock.monotonic < until, !isOver { usleep(Courier.napMicroseconds) }
  }

  /// The state is short of time only while a sweep writes.
  private func patiently<T>(_ body: () throws(StateError) -> T) throws(StateError) -> T {
    for _ in 1..<Courier.busyTriesMax {
      do throws(StateError) {
        return try body()
      } catch {
        guard error.code == .busy else { throw error }
      }
    }
    return try body()
  }

  // MARK: One target

  /// - Returns: when to come again, in milliseconds since 1970; nil if nothing waits.
  private mutating func serve(_ name: String) throws(StateError) -> Int64? {
    var refusals = 0
    let turnEnd = Clock.monotonic + Courier.turnMillisMax
    for _ in 0..<Courier.turnMax where Clock.monotonic < turnEnd {
      guard !isOver else { return Clock.now }
      let now = Clock.now
      let pause = try patiently { () throws(StateError) in try state.pause(of: name) }
      if let pause, pause.due > now { return pause.due }
      var rows = try patiently { () throws(StateError) in try state.outbox(.waiting, target: name) }
      rows = try withoutExpired(rows, name, now)
      guard let target = notify.target(name) else { return try lose(rows, name) }
      let span = target.rate?.milliseconds ?? 0
      let sent = try patiently { () throws(StateError) in try state.sentTimes(name, since: now - span) }
      let ids: [Int64]
      switch Batch(rows, sent: target.rate == nil ? [] : sent, target.rate, now: now) {
      case .none: return nil
      case .later(let moment): return moment
      case .one(let id): ids = [id]
      case .digest(let all): ids = all
      }
      let chosen = ids.compactMap { id in rows.first { $0.id == id } }
      let outcome = try send(chosen, target)
      try note(outcome, chosen, target, pause, &refusals)
    }
    return Clock.now
  }

  private mutating func send(_ rows: [OutboxRow], _ target: NotifyTarget) throws(StateError) -> Outcome {
    let left = min(target.timeoutMilliseconds, max(1, end - Clock.monotonic))
    let patience = Patience(milliseconds: left, interrupted: interrupted)
    if case .ping = target.way { return Deliverer(target: target).sign(patience) }
    guard let notice = try notice(rows) else { return .refused("the message cannot be read") }
    return Deliverer(target: target).send(notice, patience)
  }

  private func notice(_ rows: [OutboxRow]) throws(StateError) -> Notice? {
    var counts = [Int](repeating: 0, count: Level.allCases.count)
    var lines: [[UInt8]] = []
    for row in rows {
      // Of many, the gravest are shown.
      let isRest = row.level >= 0 && row.key.hasSuffix(OutboxKey.restSuffix)
      if lines.count < Notice.shownMax || isRest {
        let payload = try patiently { () throws(StateError) in try state.payload(of: row.id) }
        if let rest = NoticeRest.counts(payload) {
          for (level, count) in rest.enumerated() { counts[level] += count }
          continue
        }
        if rows.count == 1 { return Notice(key: row.key, line: payload) }
        lines.append(payload)
      }
      if counts.indices.contains(row.level) { counts[row.level] += 1 }
    }
    let ids = rows.map(\.id)
    return Notice(digest: OutboxKey.digest(ids), counts: counts, lines: lines)
  }

  // MARK: What became of it

  private mutating func note(
    _ outcome: Outcome, _ rows: [OutboxRow], _ target: NotifyTarget, _ pause: OutboxPause?, _ refusals: inout Int
  ) throws(StateError) {
    let ids = rows.map(\.id)
    switch outcome {
    case .delivered:
      refusals = 0
      let now = Clock.now
      try patiently { () throws(StateError) in try state.delivered(ids, target: target.name, at: now) }
      result.sent += 1
      result.rows += rows.count
    // Nobody failed: there was no time.
    case .unreachable where interrupted(): return
    case .refused(let words):
      refusals += 1
      try fail(rows, target, words, pause, isTarget: refusals >= Courier.refusalsMax, after: nil)
    case .unreachable(let words, let after):
      try fail(rows, target, words, pause, isTarget: true, after: after)
    }
  }

  private mutating func fail(
    _ rows: [OutboxRow], _ target: NotifyTarget, _ words: String, _ pause: OutboxPause?, isTarget: Bool, after: Int64?
  ) throws(StateError) {
    let now = Clock.now
    let backOff = BackOff(firstMillis: target.pauseMilliseconds)
    let due = rows.map { row -> Int64? in
      guard row.attempts + 1 < target.tries else { return nil }
      // The pause of the target is enough for its rows.
      return isTarget ? now : now + backOff.pause(after: row.attempts + 1, using: &random)
    }
    var next: OutboxPause?
    if isTarget {
      let failures = (pause?.failures ?? 0) + 1
      let wait = max(backOff.pause(after: failures, using: &random), min(after ?? 0, BackOff.longestMillis))
      next = OutboxPause(failures: failures, due: now + wait)
    }
    let ids = rows.map(\.id)
    try patiently { () throws(StateError) in
      try state.failed(ids, target: target.name, error: words, due: due, pause: next)
    }
    result.failures += 1
    result.dead += due.count { $0 == nil }
    result.lastError = "\(target.name == Notify.pingName ? "ping" : target.name): \(words)"
  }

  private mutating func withoutExpired(
    _ rows: [OutboxRow], _ name: String, _ now: Int64
  ) throws(StateError) -> [OutboxRow] {
    if name == Notify.pingName {
      let old = rows.filter { now - $0.created > Courier.signAgeMillisMax }.map(\.id)
      if !old.isEmpty { try patiently { () throws(StateError) in try state.drop(old) } }
      return rows.filter { !old.contains($0.id) }
    }
    let old = rows.filter { now - $0.created > Courier.rowAgeMillisMax }.map(\.id)
    guard !old.isEmpty else { return rows }
    try patiently { () throws(StateError) in
      try state.failed(
        old, target: name, error: "could not be delivered for 7 days", due: old.map { _ in nil }, pause: nil)
    }
    result.dead += old.count
    return rows.filter { now - $0.created <= Courier.rowAgeMillisMax }
  }

  /// A target that nobody knows any more: its rows wait until they are too old, or somebody drops them.
  private mutating func lose(_ rows: [OutboxRow], _ name: String) throws(StateError) -> Int64? {
    guard let row = rows.first else { return nil }
    let words = "the configuration has no target of this name"
    let pause = OutboxPause(failures: 1, due: Clock.now + BackOff.longestMillis)
    try patiently { () throws(StateError) in
      try state.failed([row.id], target: name, error: words, due: [Clock.now], pause: pause)
    }
    result.failures += 1
    result.lastError = "\(name): \(words)"
    return pause.due
  }
}
