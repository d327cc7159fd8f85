import Events

/// How many distinct events have each value of each dimension.
public struct DimensionCounts: Sendable {
  /// By dimension: values and counts, the most frequent first, equal ones by their bytes.
  public let values: [[(text: [UInt8], count: Int)]]
  /// The actions of events that were denied.
  public let denied: [(text: [UInt8], count: Int)]

  /// The actions that occurred in each account of each provider, with their outcomes; an event without an account stands
  /// under none.
  public let actions: [Scope: Set<Sight>]

  /// Where detections can have something to look at.
  public struct Scope: Hashable, Sendable {
    public var provider: [UInt8]
    public var account: [UInt8]
  }

  public struct Sight: Hashable, Sendable {
    public var action: [UInt8]
    public var outcome: [UInt8]
  }

  init(_ parts: [Part], _ distinct: DistinctEvents) throws(SegmentError) {
    try self.init(parts.flatMap(\.segments), uncounted: distinct.uncounted)
  }

  /// - Parameter uncounted: by segment and tuple of dimensions: how many events not to count.
  init(_ segments: [Segment], uncounted: [[UInt32: Int64]]) throws(SegmentError) {
    var totals = [[[UInt8]: Int]](repeating: [:], count: Dimension.allCases.count)
    var deniedTotals: [[UInt8]: Int] = [:]
    var actions: [Scope: Set<Sight>] = [:]
    for (number, segment) in segments.enumerated() {
      let own = try SegmentCounts(segment, uncounted: uncounted[number])
      func text(_ id: UInt32) throws(SegmentError) -> [UInt8] { id == 0 ? [] : try segment.text(id) }
      for sight in own.sights {
        let scope = Scope(provider: try text(sight[0]), account: try text(sight[1]))
        actions[scope, default: []].insert(Sight(action: try text(sight[2]), outcome: try text(sight[3])))
      }
      for (place, counts) in own.counts.enumerated() {
        for (id, count) in counts where id != 0 { totals[place][try text(id), default: 0] += count }
      }
      var isDenied: [UInt32: Bool] = [:]
      for (end, count) in own.ends {
        if isDenied[end.outcome] == nil { isDenied[end.outcome] = try text(end.outcome).elementsEqual("denied".utf8) }
        if isDenied[end.outcome] == true { deniedTotals[try text(end.action), default: 0] += count }
      }
    }
    self.actions = actions
    values = totals.map(DimensionCounts.sorted)
    denied = DimensionCounts.sorted(deniedTotals)
  }

  private static func sorted(_ total: [[UInt8]: Int]) -> [(text: [UInt8], count: Int)] {
    total.map { (text: $0.key, count: $0.value) }.sorted { a, b in
      a.count == b.count ? a.text.lexicographicallyPrecedes(b.text) : a.count > b.count
    }
  }
}

/// The counts of one segment, under its own numbers of texts.
private struct SegmentCounts {
  struct End: Hashable {
    var outcome: UInt32
    var action: UInt32
  }

  /// By dimension and text.
  private(set) var counts: [[UInt32: Int]]
  private(set) var ends: [End: Int] = [:]
  /// Provider, account, action, outcome.
  private(set) var sights: Set<SIMD4<UInt32>> = []

  init(_ segment: Segment, uncounted: [UInt32: Int64]) throws(SegmentError) {
    let dimensions = Dimension.allCases.count
    counts = Array(repeating: [:], count: dimensions)
    var tuples = TupleReader(segment)
    var rows = RowCursor<Segment.CountRow>(segment, .counts)
    while let row = try rows.take() {
      let count = row.count - (uncounted[row.tuple] ?? 0)
      guard count > 0 else { continue }
      let ids = Array(try tuples.tuple(row.tuple))
      for (place, text) in ids.prefix(dimensions).enumerated() { counts[place][text, default: 0] += Int(count) }
      guard ids.count == dimensions else { continue }
      func id(_ dimension: Dimension) -> UInt32 { ids[dimension.rawValue] }
      ends[End(outcome: id(.outcome), action: id(.action)), default: 0] += Int(count)
      sights.insert(SIMD4(id(.provider), id(.account), id(.action), id(.outcome)))
    }
  }
}
