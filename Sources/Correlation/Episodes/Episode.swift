import Archive
import Events

/// Where a cited event stands.
public struct EventReference: Sendable, BitwiseCopyable {
  public var time: Int64
  public var record: UInt64
  /// The rank of its file.
  public var file: UInt32
  /// Which of a correlation's rules it matches, as bits; those beyond the 32nd have none.
  public internal(set) var members: UInt32
  /// The text of the event's own id, where its source keeps it: ids do not repeat, so there is no use in a table.
  var id: UInt32
  var source: UInt32
}

/// What becomes an alert: some events of one group, found for one reason. Texts and tuples are numbers in the reduce's
/// table, so that an alert takes little room wherever it is kept (`EpisodeLog`).
public struct Episode: Sendable {
  // The contract: the first and the last 50 events are cited.
  static let citedMax = 50
  // What an alert lists of actions; an episode of more different ones is not told by a list.
  static let actionsMax = 20
  // A sentence tells the reasons of no more.
  static let basisMax = 3
  // As many as events at either end.
  static let linksMax = 50
  /// A dimension that not all events share.
  public static let mixed = UInt32.max

  public let detection: Int
  public let time: Int64
  /// A tuple of the group's texts, as its first event has them.
  public let group: UInt32
  public let id: Hash128
  public let note: Note
  /// How many further findings joined the first one.
  public internal(set) var findings = 1
  public internal(set) var firstTime: Int64
  public internal(set) var lastTime: Int64
  public internal(set) var count = 0
  public internal(set) var head: [EventReference] = []
  /// A ring, once it is full.
  var tail: [EventReference] = []
  var tailStart = 0
  /// By dimension: the text that all events share.
  public internal(set) var shared: [UInt32] = []
  public internal(set) var actions: [UInt32] = []
  public internal(set) var hasMoreActions = false
  /// A tuple of `SceneField`s: of the event that completed the first finding.
  public let scene: UInt32
  /// Who its events are by, and what of the scene they do not share.
  public internal(set) var ties = Ties()
  /// Those of `links` whose reasons its sentence tells.
  public var basis: ArraySlice<Hash128> { links.prefix(Episode.basisMax) }
  /// Places of the suppressions that cover all events, whatever their dates.
  var coverings: [Int32] = []
  /// The alerts that it is made of, if it is one of alerts; the first ones.
  public internal(set) var links: [Hash128] = []
  /// If it is to be explained, which few are.
  public internal(set) var evidence: Evidence?
  /// Why it is less than its rule says: all its events are usual.
  public internal(set) var usual: Usual?

  mutating func cite(_ event: EventReference) {
    count += 1
    if head.count < Episode.citedMax {
      head.append(event)
    } else if tail.count < Episode.citedMax {
      tail.append(event)
    } else {
      tail[tailStart] = event
      tailStart = (tailStart + 1) % Episode.citedMax
    }
  }

  /// The event that was cited last matches a further rule.
  mutating func citeAgain(_ members: UInt32) {
    if tail.isEmpty {
      if !head.isEmpty { head[head.count - 1].members |= members }
    } else {
      tail[(tailStart + tail.count - 1) % tail.count].members |= members
    }
  }

  /// An alert that some of its events come from.
  mutating func link(_ alert: Hash128) {
    if links.count < Episode.linksMax, !links.contains(alert) { links.append(alert) }
  }

  /// Keeps of the dimensions what all events have in common.
  mutating func share(_ ids: [UInt32], isSame: (UInt32, UInt32) -> Bool) {
    guard !ids.isEmpty else { return }
    if shared.isEmpty {
      shared = ids
    } else {
      for place in ids.indices where place < shared.count && !isSame(shared[place], ids[place]) {
        shared[place] = Episode.mixed
      }
    }
    let action = ids[Dimension.action.rawValue]
    guard action != 0, !actions.contains(action) else { return }
    if actions.count < Episode.actionsMax { actions.append(action) } else { hasMoreActions = true }
  }

  /// The events that are cited, in order.
  public var cited: [EventReference] { head + tail[tailStart...] + tail[..<tailStart] }
}

extension Array {
  /// A copy with as much room as it needs.
  var trimmed: [Element] {
    var copy: [Element] = []
    copy.reserveCapacity(count)
    copy += self
    return copy
  }
}
