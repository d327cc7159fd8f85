import Archive
import Events
import Pipeline

/// Notices which of the paths that a user named occur in no record: most often the name is mistyped.
///
/// A path is looked for until it is met once, so the watch costs nothing where names are right.
public struct FieldWatch<Inner: Sink>: Sink {
  public private(set) var inner: Inner
  private let paths: [String]
  private var unseen: [Int]

  public init(_ plan: FieldPlan, inner: Inner) {
    self.inner = inner
    paths = plan.paths
    unseen = Array(plan.paths.indices)
  }

  public mutating func begin(file: Int) { inner.begin(file: file) }
  public mutating func end(file: Int, _ entry: FileEntry) { inner.end(file: file, entry) }

  public mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    if !unseen.isEmpty { look(batch, rows) }
    return inner.take(batch, rows: rows, file: file)
  }

  private mutating func look(_ batch: borrowing EventBatch, _ rows: UnsafeBufferPointer<UInt16>) {
    var left: [Int] = []
    for path in unseen {
      var isSeen = false
      for row in rows where !isSeen { isSeen = batch.pathValueCount(path, Int(row)) > 0 }
      if !isSeen { left.append(path) }
    }
    unseen = left
  }

  /// The paths that none of the workers met, in the order of the plan.
  public static func unseen(_ watches: [FieldWatch]) -> [String] {
    guard let first = watches.first else { return [] }
    return first.paths.indices.filter { path in watches.allSatisfy { $0.unseen.contains(path) } }.map {
      first.paths[$0]
    }
  }
}
