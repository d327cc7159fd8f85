import Events

/// What one run has read, where much was known before: each event that is new once, and the others by why they do not count.
public struct RunCounts: Sendable {
  public private(set) var distinct = 0
  /// Copies, in this run, of events of this run or of earlier ones.
  public private(set) var duplicates = 0
  /// Records that were read before, of files that were read again.
  public private(set) var alreadySeen = 0
  public private(set) var conflicts = 0
  public private(set) var counts: DimensionCounts
  public private(set) var activity: Activity

  /// - Parameters:
  ///   - known: what was kept of earlier runs.
  ///   - rereadings: by place among the new part's files: whether an earlier reading of the file is known.
  ///   - readBefore: by place among the new part's files: how many records at its beginning were read before.
  public init(_ new: Part, known: [Part], rereadings: [Bool], readBefore: [UInt32]) throws(SegmentError) {
    let parts = [new] + known
    let files = FileIndex(parts)
    var walk = try RunWalk(parts, files, rereadings, readBefore)
    try walk.run()
    distinct = walk.distinct
    duplicates = walk.duplicates
    alreadySeen = walk.alreadySeen + new.alreadySeen
    conflicts = walk.conflicts
    counts = try DimensionCounts(new.segments, uncounted: walk.uncounted)
    var activity = ActivityCounter()
    for segment in new.segments {
      try activity.add(segment) { skeleton throws(SegmentError) in
        !walk.uncountedRecords[Int(skeleton.file)].contains(skeleton.record)
      }
    }
    self.activity = activity.activity
  }
}

extension Reduction {
  /// What reports say of a run: alerts that it has news of, and nothing of what was read before.
  public func narrowed(to run: RunCounts, _ new: Part, episodes: Episodes) -> Reduction {
    var narrowed = self
    narrowed.files = new.files
    narrowed.issues = Set(new.issues).sorted()
    narrowed.episodes = episodes
    narrowed.suppressed = Episodes()
    narrowed.counts = run.counts
    narrowed.activity = run.activity
    narrowed.presence = new.presence
    narrowed.distinct = run.distinct
    narrowed.duplicates = run.duplicates
    narrowed.conflicts = run.conflicts
    narrowed.times = new.times
    return narrowed
  }
}

/// All skeletons in the order of keys and contents; the new part is number 0.
private struct RunWalk {
  var distinct = 0
  var duplicates = 0
  var alreadySeen = 0
  var conflicts = 0
  /// By segment of the new part and tuple of dimensions.
  var uncounted: [[UInt32: Int64]]
  /// By file of the new part: the records that are copies.
  var uncountedRecords: [DroppedRecords]
  private let newSegments: Int
  private let rereadings: [Bool]
  private let readBefore: [UInt32]
  private var runs: [RowCursor<Skeleton>] = []
  private var heads = MergeHeap<Skeleton>()
  private let files: FileIndex

  init(_ parts: [Part], _ files: FileIndex, _ rereadings: [Bool], _ readBefore: [UInt32]) throws(SegmentError) {
    self.files = files
    self.rereadings = rereadings
    self.readBefore = readBefore
    newSegments = parts[0].segments.count
    uncounted = Array(repeating: [:], count: newSegments)
    uncountedRecords = Array(repeating: DroppedRecords(), count: parts[0].files.count)
    let segments = parts.flatMap(\.segments)
    for segment in segments { runs.append(RowCursor<Skeleton>(segment, .skeletons, sources: segments.count)) }
    for place in runs.indices {
      if let head = try runs[place].take() { heads.insert(head, place) }
    }
  }

  mutating func run() throws(SegmentError) {
    var copies: [(row: Skeleton, run: Int)] = []
    var lastKey: Hash128?
    while let run = heads.first {
      let row = heads.row
      if let first = copies.first, first.row.key != row.key || first.row.content != row.content {
        try settle(&copies, &lastKey)
      }
      copies.append((row, run))
      heads.replaceFirst(with: try runs[run].take())
    }
    if !copies.isEmpty { try settle(&copies, &lastKey) }
  }

  /// Of the new part.
  private func isReadBefore(_ row: Skeleton) -> Bool {
    Int(row.file) < readBefore.count && row.record <= readBefore[Int(row.file)]
  }

  /// All copies of one event.
  private mutating func settle(
    _ copies: inout [(row: Skeleton, run: Int)], _ lastKey: inout Hash128?
  ) throws(SegmentError) {
    var isKnown = copies.contains { $0.run >= newSegments || isReadBefore($0.row) }
    if let first = copies.first {
      if lastKey == first.row.key, !isKnown { conflicts += 1 }
      lastKey = first.row.key
    }
    for copy in copies where copy.run < newSegments {
      guard copy.row.file < files.count(part: 0) else {
        throw SegmentError(message: "a segment names a file that it has not")
      }
      if isKnown {
        if rereadings[Int(copy.row.file)] { alreadySeen += 1 } else { duplicates += 1 }
        uncounted[copy.run][copy.row.dimensions, default: 0] += 1
        uncountedRecords[Int(copy.row.file)].insert(copy.row.record)
      } else {
        isKnown = true
        distinct += 1
      }
    }
    copies.removeAll(keepingCapacity: true)
  }
}
