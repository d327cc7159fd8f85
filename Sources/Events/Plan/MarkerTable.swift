import CSimdJSON

/// The markers of all providers as the parser's slots: which slots speak for which table, and how much.
///
/// Markers are among the first slots, so that their presence in a record fits one word.
struct MarkerTable: Sendable {
  static let slotsMax = 64

  struct Marker {
    var weight = 0
    var endings: [StaticString] = []
  }

  /// By table and slot.
  private(set) var markers: [[Marker]] = []
  private(set) var masks: [UInt64] = []

  mutating func append(_ own: [Marker]) {
    markers.append(own)
    masks.append(own.indices.reduce(0) { own[$1].weight > 0 ? $0 | 1 << UInt64($1) : $0 })
  }

  /// The table whose markers weigh most, and the weights of the best two. Of equal sums the first table wins.
  func heaviest(_ present: UInt64, _ view: RecordView) -> (table: Int, weight: Int, second: Int) {
    var best = (table: -1, weight: 0, second: 0)
    for table in 0..<masks.count {
      let weight = weight(table, present, view)
      if weight > best.weight {
        best = (table, weight, best.weight)
      } else if weight > best.second {
        best.second = weight
      }
    }
    return best
  }

  @inline(__always)
  private func weight(_ table: Int, _ present: UInt64, _ view: RecordView) -> Int {
    var bits = present & masks[table]
    var sum = 0
    while bits != 0 {
      let slot = bits.trailingZeroBitCount
      bits &= bits - 1
      let weight = markers[table][slot].weight
      if view.ends(slot, markers[table][slot].endings) { sum += weight }
    }
    return sum
  }
}
