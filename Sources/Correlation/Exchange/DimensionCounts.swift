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
      var own = [[UInt32: Int]](repeating: [:], count: totals.count)
      // By outcome and action.
      var ends: [UInt64: Int] = [:]
      let uncounted = uncounted[number]
      var quadruples: Set<[UInt32]> = []
      var rows = RowCursor<Segment.CountRow>(segment, .counts)
      while let row = try rows.take() {
        let count = row.count - (uncounted[row.tuple] ?? 0)
        guard count > 0 else { continue }
        let ids = try segment.tuple(row.tuple)
        for (place, text) in ids.enumerated().prefix(totals.count) { own[place][text, default: 0] += Int(count) }
        guard ids.count == totals.count else { continue }
        let end = UInt64(ids[Dimension.outcome.rawValue]) << 32 | UInt64(ids[Dimension.action.rawValue])
        ends[end, default: 0] += Int(count)
        let places = [Dimension.provider, .account, .action, .outcome].map(\.rawValue)
        quadruples.insert(places.map { ids[$0] })
      }
      func text(_ id: UInt32) throws(SegmentError) -> [UInt8] { id == 0 ? [] : try segment.text(id) }
      for ids in quadruples {
        let scope = Scope(provider: try text(ids[0]), account: try text(ids[1]))
        actions[scope, default: []].insert(Sight(action: try text(ids[2]), outcome: try text(ids[3])))
      }
      for place in own.indices {
        for (text, count) in own[place] where text != 0 { totals[place][try segment.text(text), default: 0] += count }
      }
      var outcomes: [UInt32: Bool] = [0: false]
      for (end, count) in ends {
        let outcome = UInt32(end >> 32)
        if outcomes[outcome] == nil { outcomes[outcome] = try segment.text(outcome).elementsEqual("denied".utf8) }
        guard outcomes[outcome] == true else { continue }
        deniedTotals[try segment.text(UInt32(truncatingIfNeeded: end)), default: 0] += count
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
