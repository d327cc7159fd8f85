/// Rows that have one order for all runs that are merged.
protocol MergeOrdered {
  static func isOrdered(_ a: Self, _ b: Self) -> Bool
}

/// The next row of each run that is merged, the smallest one in front.
struct MergeHeap<Row: MergeOrdered> {
  private var entries: [(row: Row, run: Int)] = []

  /// The run whose row is in front.
  var first: Int? { entries.first?.run }
  /// The row in front, if there is one.
  var row: Row { entries[0].row }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  mutating func insert(_ row: Row, _ run: Int) {
    entries.append((row, run))
    var at = entries.count - 1
    while at > 0 {
      let parent = (at - 1) / 2
      guard Row.isOrdered(entries[at].row, entries[parent].row) else { return }
      entries.swapAt(at, parent)
      at = parent
    }
  }

  /// Puts the next row of the run in front into its place; without one the run is done.
  mutating func replaceFirst(with row: Row?) {
    if let row {
      entries[0].row = row
    } else {
      let last = entries.removeLast()
      if entries.isEmpty { return }
      entries[0] = last
    }
    var at = 0
    while at * 2 + 1 < entries.count {
      var least = at * 2 + 1
      if least + 1 < entries.count, Row.isOrdered(entries[least + 1].row, entries[least].row) { least += 1 }
      guard Row.isOrdered(entries[least].row, entries[at].row) else { return }
      entries.swapAt(at, least)
      at = least
    }
  }
}
