import Events
import Glibc

/// Skeletons in bounded memory: sorted runs, the full ones in files that nobody else can see.
struct SkeletonRuns: ~Copyable {
  // A run smaller than this would make thousands of files of a large archive.
  private static let runRowsMin = 4096
  private static let mergeRows = 8192

  private var current: [Skeleton] = []
  private let rowsMax: Int
  private var spilled: [SpillFile] = []
  private let directory: String

  init(bytesMax: UInt64, directory: String) {
    rowsMax = max(SkeletonRuns.runRowsMin, Int(clamping: bytesMax) / MemoryLayout<Skeleton>.stride)
    self.directory = directory
  }

  mutating func append(_ skeleton: Skeleton) throws(SpillError) {
    current.append(skeleton)
    if current.count >= rowsMax { try spill() }
  }

  private mutating func spill() throws(SpillError) {
    current.sort()
    let file = try SpillFile(directory: directory)
    try file.write(current)
    spilled.append(file)
    current.removeAll(keepingCapacity: true)
  }

  /// The runs, each sorted, ready to be merged.
  consuming func finish() -> [SkeletonRun] {
    current.sort()
    return spilled.map { SkeletonRun(file: $0, rows: SkeletonRuns.mergeRows) } + [SkeletonRun(memory: current)]
  }
}

/// One sorted run, read from its beginning.
final class SkeletonRun {
  private var rows: [Skeleton]
  private var next = 0
  private let file: SpillFile?
  private var offset = 0
  private let rowsPerRead: Int

  init(memory rows: [Skeleton]) {
    self.rows = rows
    file = nil
    rowsPerRead = 0
  }

  init(file: SpillFile, rows count: Int) {
    rows = []
    self.file = file
    rowsPerRead = count
  }

  func take() throws(SpillError) -> Skeleton? {
    if next == rows.count {
      guard let file else { return nil }
      rows = try file.read(Skeleton.self, at: offset, count: rowsPerRead)
      offset += rows.count * MemoryLayout<Skeleton>.stride
      next = 0
      if rows.isEmpty { return nil }
    }
    defer { next += 1 }
    return rows[next]
  }
}
