/// Sorts skeletons by their keys.
///
/// Keys are hashes: their first bits say nearly where a row belongs. One pass brings the rows near their places, and
/// what few remain together are compared.
enum SkeletonOrder {
  // So few rows in a place that nearly all moves are inside one line of the cache.
  private static let rowsPerPlace = 8
  private static let bitsMax = 20
  // Longer runs are copies of one event, or keys that somebody chose: they get a sort that cannot become quadratic.
  private static let insertionMax = 32

  static func sorted(_ rows: [Skeleton]) -> [Skeleton] {
    let bits = min(max(Int.bitWidth - (rows.count / rowsPerPlace).leadingZeroBitCount, 1), bitsMax)
    let shift = UInt64(UInt64.bitWidth - bits)
    var starts = [Int](repeating: 0, count: 1 << bits + 1)
    for row in rows { starts[Int(row.key.high >> shift) + 1] += 1 }
    for place in 1..<starts.count { starts[place] += starts[place - 1] }
    var next = starts
    return [Skeleton](unsafeUninitializedCapacity: rows.count) { room, count in
      for row in rows {
        let place = Int(row.key.high >> shift)
        // SAFETY: the counts of the first pass add up to the number of rows; each place is written once.
        room.initializeElement(at: next[place], to: row)
        next[place] += 1
      }
      count = rows.count
      for place in 0..<starts.count - 1 { sort(&room, starts[place], starts[place + 1]) }
    }
  }

  private static func sort(_ rows: inout UnsafeMutableBufferPointer<Skeleton>, _ start: Int, _ end: Int) {
    guard end - start > 1 else { return }
    guard end - start <= insertionMax else {
      rows[start..<end].sort(by: Skeleton.isOrdered)
      return
    }
    for i in start + 1..<end {
      let row = rows[i]
      var at = i
      while at > start, Skeleton.isOrdered(row, rows[at - 1]) {
        rows[at] = rows[at - 1]
        at -= 1
      }
      rows[at] = row
    }
  }
}
