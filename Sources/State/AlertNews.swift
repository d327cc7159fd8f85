import Archive
import Events

/// What is told of an alert.
public struct AlertChange: Sendable, Equatable {
  public enum Kind: Int64, Sendable {
    case new, updated, withdrawn

    public var name: String { String(describing: self) }
  }

  public var kind: Kind
  public var id: String
  /// The alert that this one stands for from now on, if its id was another.
  public var replaces: String?
  /// Among the alerts that were found; nil for a withdrawn one.
  public var place: Int?

  public init(kind: Kind, id: String, replaces: String?, place: Int?) {
    self.kind = kind
    self.id = id
    self.replaces = replaces
    self.place = place
  }
}

/// Until where alerts can still change, by form of a rule: what is further behind the newest event is settled.
public struct Settled: Sendable {
  /// An alert whose last event is before this is as it will stay.
  public var before: Int64
  /// Hits before this are no longer kept: alerts that began before cannot be found again as they were.
  public var keptSince: Int64
  /// The same, for what earlier runs have left: they may have been told to keep less.
  public var heldSince: Int64

  public init(before: Int64, keptSince: Int64, heldSince: Int64 = .min) {
    self.before = before
    self.keptSince = keptSince
    self.heldSince = heldSince
  }
}

/// Compares the alerts that a reduction found with those that are known: what is new, what has changed, what was none.
///
/// An alert is the same if its id is. A found alert with another id follows a known one of the same rule and group whose
/// time it overlaps, if that one is not found any more. Settled alerts stay as they are, whatever is found there: but what
/// an event brings that comes so late is told as an alert of its own.
public struct AlertNews: Sendable {
  /// What of a found alert was read in this run, where only that can tell whether it is news.
  public enum Arrival: Sendable {
    /// Events of a file that is new or has grown.
    case first
    /// Events of files that take the place of known ones: they may be known, though nothing is kept of them any more.
    case again
  }

  /// In the order of time, then id.
  public private(set) var changes: [AlertChange] = []
  /// Found alerts that are known and tell nothing new: their words may have changed.
  public private(set) var unchanged: [Int] = []
  /// The same of settled alerts: only the incident that they are in may be another.
  public private(set) var settledTwins: [Int] = []
  /// Known alerts that others stand for now.
  public private(set) var replaced: [(id: String, by: String)] = []

  private struct Story: Hashable {
    var rule: String
    var group: [UInt8]
  }

  private let settled: [SHA256Value.Key: Settled]
  private let takesSettled: Bool
  private var known: [String: KnownAlert] = [:]
  private var byStory: [Story: [KnownAlert]] = [:]
  private var foundIDs: Set<String> = []

  /// - Parameters:
  ///   - found: with those that are suppressed.
  ///   - suppressed: whose place is in here is not told of.
  ///   - settled: for each form of a rule whose hits have been kept.
  ///   - takesSettled: alerts of long ago may be new: files are read again for rules that did not know them.
  ///   - arrival: by place: whether the alert is one of events that a run may bring however late they are, and is made of
  ///     events that this run has brought.
  public init(
    known all: [KnownAlert], found: [KnownAlert], suppressed: Set<Int>, settled: [(SHA256Value, Settled)],
    takesSettled: Bool = false, arrival: (Int) -> Arrival? = { _ in nil }
  ) {
    self.takesSettled = takesSettled
    self.settled = Dictionary(settled.map { ($0.0.key, $0.1) }) { first, _ in first }
    for alert in all where alert.status == .current || alert.status == .learned {
      known[alert.id] = alert
      byStory[Story(rule: alert.rule, group: alert.groupKey), default: []].append(alert)
    }
    let withdrawn = Dictionary(
      all.filter { $0.status == .withdrawn || $0.status == .replaced }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    foundIDs = Set(found.map(\.id))
    var taken: Set<String> = []
    for (place, alert) in found.enumerated() where !suppressed.contains(place) {
      decide(alert, place, &taken, wasKnown: withdrawn[alert.id] != nil, arrival)
    }
    for alert in all where alert.status == .current && !foundIDs.contains(alert.id) && !taken.contains(alert.id) {
      guard let line = self.settled[alert.detection.key], !isSettledKnown(alert, line) else { continue }
      changes.append(AlertChange(kind: .withdrawn, id: alert.id, replaces: nil, place: nil))
    }
    sort(found, all)
  }

  private func isSettled(_ alert: KnownAlert, _ line: Settled) -> Bool {
    if alert.lastTime == Timestamp.missing { return false }
    return max(alert.time, alert.lastTime) < line.before || alert.firstTime < line.keptSince
  }

  private func isSettledKnown(_ alert: KnownAlert, _ line: Settled) -> Bool {
    isSettled(alert, line)
      || !takesSettled && alert.lastTime != Timestamp.missing && alert.firstTime < line.heldSince
  }

  private mutating func decide(
    _ alert: KnownAlert, _ place: Int, _ taken: inout Set<String>, wasKnown: Bool, _ arrival: (Int) -> Arrival?
  ) {
    if let same = known[alert.id] {
      // What was open for long may be closed by an event that has come now.
      var latest = same
      latest.time = max(same.time, alert.time)
      latest.lastTime = max(same.lastTime, alert.lastTime)
      if let line = settled[same.detection.key], isSettledKnown(latest, line) {
        if same.essence == alert.essence { settledTwins.append(place) }
        return
      }
      if same.essence == alert.essence { return unchanged.append(place) }
      let kind: AlertChange.Kind = same.status == .learned ? .new : .updated
      return changes.append(AlertChange(kind: kind, id: alert.id, replaces: nil, place: place))
    }
    let line = settled[alert.detection.key]
    var late: Arrival?
    if let line, !takesSettled, isSettled(alert, line) {
      late = arrival(place)
      if late == nil { return }
    }
    let overlapping = (byStory[Story(rule: alert.rule, group: alert.groupKey)] ?? []).filter {
      !foundIDs.contains($0.id) && $0.firstTime <= alert.lastTime && alert.firstTime <= $0.lastTime
    }
    if let line, overlapping.contains(where: { isSettledKnown($0, line) }) {
      // What is going on longer than hits are kept is known, whatever is left of it.
      guard late == .first, max(alert.time, alert.lastTime) < line.before else { return }
      return changes.append(AlertChange(kind: wasKnown ? .updated : .new, id: alert.id, replaces: nil, place: place))
    }
    guard let predecessor = overlapping.first(where: { !taken.contains($0.id) }) else {
      return changes.append(
        AlertChange(kind: wasKnown ? .updated : .new, id: alert.id, replaces: nil, place: place))
    }
    taken.insert(predecessor.id)
    replaced.append((predecessor.id, alert.id))
    if predecessor.status == .learned {
      return changes.append(AlertChange(kind: .new, id: alert.id, replaces: nil, place: place))
    }
    changes.append(AlertChange(kind: .updated, id: alert.id, replaces: predecessor.id, place: place))
  }

  private mutating func sort(_ found: [KnownAlert], _ all: [KnownAlert]) {
    func time(_ change: AlertChange) -> Int64 { change.place.map { found[$0].time } ?? known[change.id]?.time ?? 0 }
    changes.sort { a, b in
      let (x, y) = (time(a), time(b))
      return x == y ? a.id < b.id : x < y
    }
  }
}

extension SHA256Value {
  /// For dictionaries.
  struct Key: Hashable, Sendable {
    let bytes: [UInt8]
  }

  var key: Key { Key(bytes: bytes) }
}
