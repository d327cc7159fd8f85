import Events

/// A segment in a reduce: where its facts come from.
struct FactSource: Sendable {
  let segment: Segment
  /// Nil for a segment of alerts, whose facts bear ranks of files already and are no copies.
  let part: Int?
  /// Of alerts: the events that each hit brings.
  var brought: [AlertHitKey: [GroupFact]] = [:]
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
  /// The group in hand, its texts without case; empty for facts without a group.
  private(set) var key: [UInt8] = []
  private let sources: [FactSource]
  private let files: FileIndex
  private let distinct: DistinctEvents
  private var own: [SourceGroups?] = []
  /// The next group of each source; without those that have the one in hand.
  private var groups = MergeHeap<GroupKey>()
  private var facts = MergeHeap<Fact>()
  private var pace = Interruption.Pace()

  init(
    _ detection: Int, _ shard: GroupShard, _ sources: [FactSource], _ files: FileIndex, _ distinct: DistinctEvents
  ) throws(SegmentError) {
    self.sources = sources
    self.files = files
    self.distinct = distinct
    for (place, source) in sources.enumerated() {
      let own = try SourceGroups(source.segment, detection, shard, sources: sources.count)
      if let own { groups.insert(GroupKey(bytes: own.key), place) }
      self.own.append(own)
    }
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
    try distinct.interruption.check(&pace)
    guard groups.first != nil else { return false }
    key = groups.row.bytes
    var places: [Int] = []
    while let place = groups.first, groups.row.bytes == key {
      places.append(place)
      groups.replaceFirst(with: nil)
    }
    for place in places {
      if let fact = try read(place) { facts.insert(fact, place) }
    }
    return true
  }

  /// The next fact that counts, of the group in hand; at its end the source goes on to its next group.
  private mutating func read(_ place: Int) throws(SegmentError) -> Fact? {
    while var fact = try own[place]?.next() {
      guard let part = sources[place].part else { return fact }
      guard fact.file < files.count(part: part) else {
        throw SegmentError(message: "a segment names a file that it has not")
      }
      if distinct.isDropped(part: part, file: fact.file, record: fact.record) { continue }
      fact.file = files.rank(part: part, place: fact.file)
      return fact
    }
    if try own[place]?.advance() == true, let key = own[place]?.key {
      groups.insert(GroupKey(bytes: key), place)
    } else {
      own[place] = nil
    }
    return nil
  }

  /// The next fact of the group in hand; nil at its end.
  mutating func next() throws(SegmentError) -> GroupFact? {
    guard let place = facts.first else { return nil }
    try distinct.interruption.check(&pace)
    let fact = facts.row
    facts.replaceFirst(with: try read(place))
    return GroupFact(fact: fact, source: UInt32(place), value: .none)
  }
}
