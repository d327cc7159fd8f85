/// The groups that one segment has for a detection, one after another, and the facts of the one in hand.
struct SourceGroups {
  /// The group in hand, its texts without case.
  private(set) var key: [UInt8] = []
  private let shard: GroupShard
  private var rows: RowCursor<Segment.GroupRow>
  private var folded: RowPages<UInt8>
  private var facts: RowCursor<Fact>
  /// How many facts of the group in hand are still to be read.
  private var remaining = 0

  /// Nil if the segment has no group of the shard.
  ///
  /// - Parameter sources: how many segments are read at a time.
  init?(_ segment: Segment, _ detection: Int, _ shard: GroupShard, sources: Int) throws(SegmentError) {
    let first = try SourceGroups.first(of: UInt32(detection), segment)
    let end = try SourceGroups.first(of: UInt32(detection + 1), segment)
    guard first < end else { return nil }
    self.shard = shard
    let row = try segment.rows(.groups, Segment.GroupRow.self, at: first, count: 1)
    rows = RowCursor(segment, .groups, first..<end, sources: sources)
    folded = RowPages(segment, .folded, sources: sources)
    facts = RowCursor(segment, .facts, Int(clamping: row[0].firstFact)..<segment.count(.facts), sources: sources)
    guard try advance() else { return nil }
  }

  private static func first(of detection: UInt32, _ segment: Segment) throws(SegmentError) -> Int {
    var low = 0
    var high = segment.count(.groups)
    while low < high {
      let middle = (low + high) / 2
      let row = try segment.rows(.groups, Segment.GroupRow.self, at: middle, count: 1)
      if row[0].detection < detection { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Goes on to the next group of the shard; false without one.
  mutating func advance() throws(SegmentError) -> Bool {
    facts.skip(remaining)
    remaining = 0
    while let row = try rows.take() {
      key = Array(try folded.rows(at: Int(row.foldedStart), count: Int(row.foldedCount)))
      let count = Int(clamping: row.factCount)
      if shard.has(key) {
        remaining = count
        return true
      }
      facts.skip(count)
    }
    return false
  }

  /// The next fact of the group in hand, as the segment has it; nil at the group's end.
  mutating func next() throws(SegmentError) -> Fact? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    guard let fact = try facts.take() else { throw SegmentError(message: "a segment lacks facts") }
    return fact
  }
}

/// A group's key, in the order in which groups are walked.
struct GroupKey: MergeOrdered {
  let bytes: [UInt8]

  static func isOrdered(_ a: GroupKey, _ b: GroupKey) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

  /// A 1, so that it differs from that of a missing group, then each text behind its length.
  ///
  /// - Parameter fold: puts the text of a number into a room, without its case.
  static func folded(_ ids: some Sequence<UInt32>, _ fold: (UInt32, inout [UInt8]) -> Void) -> [UInt8] {
    var key: [UInt8] = [1]
    var room: [UInt8] = []
    for id in ids {
      fold(id, &room)
      withUnsafeBytes(of: UInt32(room.count).bigEndian) { key.append(contentsOf: $0) }
      key += room
    }
    return key
  }
}
