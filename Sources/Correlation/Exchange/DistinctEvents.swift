import Events

/// The first exchange: which records are copies of others, and what remains to be counted.
///
/// All skeletons of all parts are walked in the order of event keys. Of copies the first stays: the one in the file with
/// the smallest path bytes, and there the smallest record number. A record that two parts hold of one reading is one
/// record: it counts once, and is no duplicate.
struct DistinctEvents: Sendable {
  private(set) var events = 0
  private(set) var duplicates = 0
  /// Events that share the key of another and have other content.
  private(set) var conflicts = 0
  /// By part and file: one bit for each record that is a copy.
  private var dropped: [[DroppedRecords]]
  private var hasDropped = false
  /// By segment and tuple of dimensions: how many events not to count.
  private(set) var uncounted: [[UInt32: Int64]]
  private(set) var activity = ActivityCounter()
  /// For all who walk what is left.
  let interruption: Interruption

  init(_ parts: [Part], _ files: FileIndex, _ interruption: Interruption = .none) throws(SegmentError) {
    self.interruption = interruption
    dropped = parts.map { [DroppedRecords](repeating: DroppedRecords(), count: $0.files.count) }
    let sources = parts.enumerated().flatMap { part, own in own.segments.map { (part: part, segment: $0) } }
    uncounted = [[UInt32: Int64]](repeating: [:], count: sources.count)
    var runs: [SkeletonRun] = []
    for (number, source) in sources.enumerated() {
      let cursor = RowCursor<Skeleton>(source.segment, .skeletons, sources: sources.count)
      runs.append(SkeletonRun(cursor: cursor, part: source.part, number: number))
    }
    try walk(&runs, files)
    runs = []
    var activity = ActivityCounter()
    for source in sources {
      try activity.add(source.segment) { [self] skeleton throws(SegmentError) in
        !isDropped(part: source.part, file: skeleton.file, record: skeleton.record)
      }
    }
    self.activity = activity
  }

  private mutating func walk(_ runs: inout [SkeletonRun], _ files: FileIndex) throws(SegmentError) {
    var heads = MergeHeap<Skeleton>()
    for place in runs.indices {
      if let head = try runs[place].take(files) { heads.insert(head, place) }
    }
    // The last row: what is kept of its key and content has been met with it or before.
    var last: Skeleton?
    var pace = Interruption.Pace()
    while let place = heads.first {
      try interruption.check(&pace)
      let head = heads.row
      if let last, last.key == head.key, last.content == head.content {
        if last.file != head.file || last.record != head.record { duplicates += 1 }
        drop(part: runs[place].part, file: runs[place].placeInPart, record: head.record)
        uncounted[runs[place].number][head.dimensions, default: 0] += 1
      } else {
        if let last, last.key == head.key { conflicts += 1 }
        events += 1
      }
      last = head
      heads.replaceFirst(with: try runs[place].take(files))
    }
  }

  private mutating func drop(part: Int, file: UInt32, record: UInt64) {
    hasDropped = true
    dropped[part][Int(file)].insert(record)
  }

  @inline(__always)
  func isDropped(part: Int, file: UInt32, record: UInt64) -> Bool {
    hasDropped && dropped[part][Int(file)].contains(record)
  }
}

/// Some records of a file: a bit for each, as long as there are not far fewer of them than bits.
struct DroppedRecords: Sendable {
  // So many words may be empty for each that is not: a partial that names one record with a number like 2^60 must not
  // get the memory for all that come before.
  private static let wordsMin = 1 << 10
  private static let wordsPerRecord = 64

  private var words: [UInt64] = []
  private var far: Set<UInt64> = []
  private var count = 0

  mutating func insert(_ record: UInt64) {
    count += 1
    let word = record / 64
    guard word < DroppedRecords.wordsMin + count * DroppedRecords.wordsPerRecord else {
      far.insert(record)
      return
    }
    let place = Int(word)
    if place >= words.count { words.append(contentsOf: repeatElement(0, count: place + 1 - words.count)) }
    words[place] |= 1 << (record % 64)
  }

  @inline(__always)
  func contains(_ record: UInt64) -> Bool {
    let word = record / 64
    if word < words.count, words[Int(word)] >> (record % 64) & 1 == 1 { return true }
    return !far.isEmpty && far.contains(record)
  }
}

/// The skeletons of one segment, under the ranks of all parts.
private struct SkeletonRun {
  var cursor: RowCursor<Skeleton>
  let part: Int
  let number: Int
  /// Of the row that was taken last.
  private(set) var placeInPart: UInt32 = 0

  mutating func take(_ files: FileIndex) throws(SegmentError) -> Skeleton? {
    guard var row = try cursor.take() else { return nil }
    guard row.file < files.count(part: part) else {
      throw SegmentError(message: "a segment names a file that it has not")
    }
    placeInPart = row.file
    row.file = files.rank(part: part, place: row.file)
    return row
  }
}
