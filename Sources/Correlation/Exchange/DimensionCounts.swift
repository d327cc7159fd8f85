import Events

/// How many distinct events have each value of each dimension.
public struct DimensionCounts: Sendable {
  /// By dimension: values and counts, the most frequent first, equal ones by their bytes.
  public let values: [[(text: [UInt8], count: Int)]]

  init(_ parts: [Part], _ distinct: DistinctEvents) throws(SegmentError) {
    var totals = [[[UInt8]: Int]](repeating: [:], count: Dimension.allCases.count)
    for (number, segment) in parts.flatMap(\.segments).enumerated() {
      var own = [[UInt32: Int]](repeating: [:], count: totals.count)
      let uncounted = distinct.uncounted[number]
      var rows = RowCursor<Segment.CountRow>(segment, .counts)
      while let row = try rows.take() {
        let count = row.count - (uncounted[row.tuple] ?? 0)
        guard count > 0 else { continue }
        for (place, text) in try segment.tuple(row.tuple).enumerated().prefix(totals.count) {
          own[place][text, default: 0] += Int(count)
        }
      }
      for place in own.indices {
        for (text, count) in own[place] where text != 0 { totals[place][try segment.text(text), default: 0] += count }
      }
    }
    values = totals.map { total in
      total.map { (text: $0.key, count: $0.value) }.sorted { a, b in
        a.count == b.count ? a.text.lexicographicallyPrecedes(b.text) : a.count > b.count
      }
    }
  }
}
