import Events

/// A segment in a reduce: where its facts come from.
struct FactSource: Sendable {
  let segment: Segment
  /// Nil for a segment of alerts, whose facts bear ranks of files already and are no copies.
  let part: Int?
}

/// A fact on its way through its group.
public struct GroupFact: Sendable, BitwiseCopyable {
  /// `file` is the rank among all files.
  public var fact: Fact
  /// The place of its segment among the sources: its tuples are numbered there.
  var source: UInt32
  /// The number of its value in the detection's `ValueTable`.
  public var value: ValueNumber
}

/// The second exchange: the facts of one detection, group by group, each in the order of time and event key.
struct GroupWalk {
  private struct Head {
    var row: Segment.GroupRow
    var key: [UInt8]
    var rows: RowCursor<Segment.GroupRow>
    var facts: RowCursor<Fact>
  }

  /// The group in hand, its texts without case; empty for facts without a group.
  private(set) var key: [UInt8] = []
  private let shard: GroupShard
  private let sources: [FactSource]
  private let files: FileIndex
  private let distinct: DistinctEvents
  private var heads: [Head?]
  /// By source: how many facts of the group are still to be read.
  private var remaining: [UInt64]
  private var heap = MergeHeap<Fact>()

  init(
    _ detection: Int, _ shard: GroupShard, _ sources: [FactSource], _ files: FileIndex, _ distinct: DistinctEvents
  ) throws(SegmentError) {
    self.shard = shard
    self.sources = sources
    self.files = files
    self.distinct = distinct
    heads = Array(repeating: nil, count: sources.count)
    remaining = Array(repeating: 0, count: sources.count)
    for (place, source) in sources.enumerated() {
      let first = try GroupWalk.first(of: UInt32(detection), source.segment)
      let end = try GroupWalk.first(of: UInt32(detection + 1), source.segment)
      guard first < end else { continue }
      var rows = RowCursor<Segment.GroupRow>(source.segment, .groups, first..<end)
      guard let row = try rows.take() else { continue }
      let facts = RowCursor<Fact>(
        source.segment, .facts, Int(clamping: row.firstFact)..<source.segment.count(.facts))
      heads[place] = Head(row: row, key: try GroupWalk.key(row, source.segment), rows: rows, facts: facts)
      try pass(place)
    }
  }

  var isEmpty: Bool { !heads.contains { $0 != nil } }

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

  private static func key(_ row: Segment.GroupRow, _ segment: Segment) throws(SegmentError) -> [UInt8] {
    try segment.rows(.folded, UInt8.self, at: Int(row.foldedStart), count: Int(row.foldedCount))
  }

  /// The folded texts that a group's key is made of.
  static func texts(_ key: [UInt8]) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var rest = key.dropFirst()
    while rest.count >= 4 {
      let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      texts.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return texts
  }

  /// Goes on to the next group. False when there is none.
  mutating func nextGroup() throws(SegmentError) -> Bool {
    // Whatever the reader of the last group left unread.
    while try next() != nil {}
    var least: Int?
    for (place, head) in heads.enumerated() {
      guard let head else { continue }
      if let known = least, let other = heads[known], !head.key.lexicographicallyPrecedes(other.key) { continue }
      least = place
    }
    guard let least, let first = heads[least] else { return false }
    key = first.key
    for place in heads.indices where heads[place]?.key == key { try enter(place) }
    return true
  }

  private mutating func enter(_ place: Int) throws(SegmentError) {
    guard let row = heads[place]?.row else { return }
    remaining[place] = row.factCount
    if let fact = try read(place) { heap.insert(fact, place) }
  }

  /// The next fact that counts, of the group in hand; at its end the source goes on to its next group.
  private mutating func read(_ place: Int) throws(SegmentError) -> Fact? {
    while remaining[place] > 0 {
      remaining[place] -= 1
      guard var fact = try heads[place]?.facts.take() else { throw SegmentError(message: "a segment lacks facts") }
      guard let part = sources[place].part else { return fact }
      guard fact.file < files.count(part: part) else {
        throw SegmentError(message: "a segment names a file that it has not")
      }
      if distinct.isDropped(part: part, file: fact.file, record: fact.record) { continue }
      fact.file = files.rank(part: part, place: fact.file)
      return fact
    }
    try advance(place)
    try pass(place)
    return nil
  }

  private mutating func advance(_ place: Int) throws(SegmentError) {
    if let row = try heads[place]?.rows.take() {
      heads[place]?.row = row
      heads[place]?.key = try GroupWalk.key(row, sources[place].segment)
    } else {
      heads[place] = nil
    }
  }

  /// Leaves out groups that are not of the shard.
  private mutating func pass(_ place: Int) throws(SegmentError) {
    while let head = heads[place], !shard.has(head.key) {
      heads[place]?.facts.skip(Int(clamping: head.row.factCount))
      try advance(place)
    }
  }

  /// The next fact of the group in hand; nil at its end.
  mutating func next() throws(SegmentError) -> GroupFact? {
    guard let place = heap.first else { return nil }
    let fact = heap.row
    heap.replaceFirst(with: try read(place))
    return GroupFact(fact: fact, source: UInt32(place), value: .none)
  }
}
