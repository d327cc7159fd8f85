import Archive
import Events
import Matching
import Pipeline

/// Lets through to a sink only the events that a filter matches: `search`.
public struct MatchFilter<Inner: Sink>: Sink {
  public private(set) var inner: Inner
  private var matcher: Matcher
  private let names: [FoundFile]
  private var wanted: [UInt16] = []

  /// - Parameter matcher: of a program made of one filter, so that each hit is an event.
  public init(_ matcher: Matcher, files: [FoundFile], inner: Inner) {
    self.inner = inner
    self.matcher = matcher
    names = files
    wanted.reserveCapacity(EventBatch.rowsMax)
  }

  public mutating func begin(file: Int) {
    matcher.begin(file: names[file].name.text)
    inner.begin(file: file)
  }

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    matcher.match(batch, rows: rows)
    wanted.removeAll(keepingCapacity: true)
    for hit in matcher.hits { wanted.append(hit.row) }
    // The inner sink must not run while `wanted` is borrowed from `self`.
    var rows: [UInt16] = []
    swap(&rows, &wanted)
    defer { swap(&rows, &wanted) }
    return rows.withUnsafeBufferPointer { $0.isEmpty || inner.take(batch, rows: $0, file: file) }
  }

  public mutating func end(file: Int, _ entry: FileEntry) { inner.end(file: file, entry) }
}
