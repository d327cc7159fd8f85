import Archive
import Events

/// What a command does with events: one value for each worker, brought together when all files are read.
///
/// A worker reads whole files in the scan's order, so a sink sees the events of one file in the order of the file,
/// and knows nothing of what the other workers see.
public protocol Sink: Sendable {
  /// Called before the first batch of a file.
  mutating func begin(file: Int)
  /// `rows` are the rows of the batch that are wanted. False: this worker's results need nothing more.
  mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool
  /// Called when a file is done, with what became of it.
  mutating func end(file: Int, _ entry: FileEntry)
}

/// Which events a scan is about, before any filter.
public struct TimeRange: Sendable, Equatable {
  /// Milliseconds; half-open.
  public var since: Int64
  public var until: Int64

  public init(since: Int64 = .min, until: Int64 = .max) {
    self.since = since
    self.until = until
  }

  public static let all = TimeRange()

  public var isAll: Bool { self == .all }

  /// An event without a usable time is in no bounded range.
  @inline(__always)
  func contains(_ time: Int64) -> Bool { time >= since && time < until && time != Timestamp.missing }

  /// The days whose files may hold such events, for pruning by path.
  public var days: ClosedRange<Int32>? {
    guard !isAll else { return nil }
    let first = since == .min ? Int32.min : Int32(clamping: since.flooredDay)
    let last = until == .max ? Int32.max : Int32(clamping: (until - 1).flooredDay)
    return first <= last ? first...last : first...first
  }
}

extension Int64 {
  fileprivate var flooredDay: Int64 { self >= 0 ? self / 86_400_000 : (self - 86_399_999) / 86_400_000 }
}
