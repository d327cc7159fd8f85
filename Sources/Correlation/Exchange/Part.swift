import Archive
import Events
import Matching

/// What map found in some files, on one machine or in one process: all that reduce needs of them.
public struct Part: Sendable {
  /// Sorted by the bytes of the paths; facts and skeletons refer to them by their places.
  public var files: [PartFile]
  /// What was not read at all.
  public var issues: [PartIssue]
  public var segments: [Segment]
  /// The latest time of an event that is not too far in the future; `Timestamp.missing` without any.
  public var highWater: Int64
  /// Of the events in question.
  public var times: EventTimes
  /// Which fields occurred in which account; nothing in what an earlier run kept.
  public var presence = FieldPresence()
  /// Events that are too late for anything but rules of single events.
  public var tooLate = 0
  /// Events at the beginning of files that were read before; they stand nowhere else in the part.
  public var alreadySeen = 0

  public init(files: [PartFile], issues: [PartIssue], segments: [Segment], highWater: Int64, times: EventTimes) {
    self.files = files
    self.issues = issues
    self.segments = segments
    self.highWater = highWater
    self.times = times
  }

  /// Whether all that was asked for was read.
  public var isWhole: Bool { issues.isEmpty && !files.contains(where: \.isLoss) }

  /// Of something that was asked for and could not be read.
  public init(issue: String) {
    self.init(
      files: [], issues: [PartIssue(words: issue)], segments: [], highWater: Timestamp.missing, times: EventTimes())
  }
}

/// The ledger's line for a file.
public struct PartFile: Sendable {
  public var path: [UInt8]
  public var entry: FileEntry
  /// Whether something of it was lost.
  public var isLoss: Bool
  /// Which reading of the path it is, where several are kept: what a file held before it was replaced still counts.
  public var generation: UInt32 = 0

  public init(path: [UInt8], entry: FileEntry, isLoss: Bool) {
    self.path = path
    self.entry = entry
    self.isLoss = isLoss
  }
}

/// A path that was asked for and gave nothing to read.
public struct PartIssue: Sendable, Comparable, Hashable {
  public var words: String

  public init(words: String) { self.words = words }

  public static func < (a: PartIssue, b: PartIssue) -> Bool { a.words < b.words }
}

/// The first and the last time of some events. Bringing two together is the same in any order.
public struct EventTimes: Sendable, Equatable {
  public var first = Int64.max
  public var last = Int64.min

  public init() {}

  @inline(__always)
  public mutating func note(_ time: Int64) {
    guard time != Timestamp.missing else { return }
    first = min(first, time)
    last = max(last, time)
  }

  /// Whether events can have these times, or there are none.
  var isPossible: Bool {
    self == EventTimes()
      || first <= last && [first, last].allSatisfy { $0 != Timestamp.missing && Timestamp.isPossible($0) }
  }

  public mutating func merge(_ other: EventTimes) {
    first = min(first, other.first)
    last = max(last, other.last)
  }
}
