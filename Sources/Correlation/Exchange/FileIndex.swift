/// The files of all parts under one numbering: their ranks by the bytes of the paths.
///
/// A file that two parts hold was read twice; the second reading is left out of everything.
struct FileIndex: Sendable {
  /// By part and place: the rank.
  private let ranks: [[UInt32]]
  /// By part and place: whether an earlier part has read the same file.
  private let repeated: [[Bool]]
  /// By rank: the part and the place.
  let places: [(part: Int, place: Int)]
  let hasRepeated: Bool
  /// By rank: when the file was delivered; `Int64.max` if its name does not say.
  private let deliveries: [Int64]

  init(_ parts: [Part]) {
    var order: [(part: Int, place: Int)] = []
    for (part, own) in parts.enumerated() { order += own.files.indices.map { (part, $0) } }
    order.sort { a, b in
      let left = parts[a.part].files[a.place]
      let right = parts[b.part].files[b.place]
      if left.path != right.path { return left.path.lexicographicallyPrecedes(right.path) }
      return left.generation == right.generation ? a < b : left.generation < right.generation
    }
    var ranks = parts.map { [UInt32](repeating: 0, count: $0.files.count) }
    var repeated = parts.map { [Bool](repeating: false, count: $0.files.count) }
    var places: [(part: Int, place: Int)] = []
    var hasRepeated = false
    for next in order {
      if let last = places.last, parts[last.part].files[last.place].isReading(parts[next.part].files[next.place]) {
        repeated[next.part][next.place] = true
        hasRepeated = true
      } else {
        places.append(next)
      }
      ranks[next.part][next.place] = UInt32(places.count - 1)
    }
    self.ranks = ranks
    self.repeated = repeated
    self.places = places
    self.hasRepeated = hasRepeated
    deliveries = places.map { DeliveryStamp.time(ofPath: parts[$0.part].files[$0.place].path) ?? .max }
  }

  /// When a file was delivered, as far as its name tells.
  func delivery(ofRank rank: UInt32) -> Int64? {
    let time = deliveries[Int(rank)]
    return time == .max ? nil : time
  }

  func count(part: Int) -> Int { ranks[part].count }

  @inline(__always)
  func rank(part: Int, place: UInt32) -> UInt32 { ranks[part][Int(place)] }

  @inline(__always)
  func isRepeated(part: Int, place: UInt32) -> Bool { hasRepeated && repeated[part][Int(place)] }
}

extension PartFile {
  /// Whether both are the same reading of the same file.
  fileprivate func isReading(_ other: PartFile) -> Bool { generation == other.generation && path == other.path }
}
