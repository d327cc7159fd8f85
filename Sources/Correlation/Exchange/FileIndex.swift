/// The files of all parts under one numbering: their ranks by the bytes of the paths.
///
/// One path may stand for several readings: two machines name different logs alike, what comes through a pipe has no name
/// at all, a log grows between two maps. A reading is the same as another if path and ledger line, with the SHA-256 of
/// the bytes in it, say the same; it has one rank, and counts once among the files. Its records are told from copies by
/// `DistinctEvents`, so nothing depends on whether two readings are taken for one.
struct FileIndex: Sendable {
  /// By part and place: the rank.
  private let ranks: [[UInt32]]
  /// By rank: the part and the place.
  let places: [(part: Int, place: Int)]
  /// By rank: when the file was delivered; `Int64.max` if its name does not say.
  private let deliveries: [Int64]

  init(_ parts: [Part]) {
    var order: [(part: Int, place: Int)] = []
    for (part, own) in parts.enumerated() { order += own.files.indices.map { (part, $0) } }
    order.sort { a, b in
      switch parts[a.part].files[a.place].order(parts[b.part].files[b.place]) {
      case .before: true
      case .after: false
      // Which one stands for both shows in nothing but this.
      case .same: a < b
      }
    }
    var ranks = parts.map { [UInt32](repeating: 0, count: $0.files.count) }
    var places: [(part: Int, place: Int)] = []
    for next in order {
      if let last = places.last, parts[last.part].files[last.place].isReading(parts[next.part].files[next.place]) {
        ranks[next.part][next.place] = UInt32(places.count - 1)
        continue
      }
      places.append(next)
      ranks[next.part][next.place] = UInt32(places.count - 1)
    }
    self.ranks = ranks
    self.places = places
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
}

extension PartFile {
  fileprivate enum Order { case before, same, after }

  /// By path, reading and content; of what is the same, what counts as a loss comes first.
  fileprivate func order(_ other: PartFile) -> Order {
    if path != other.path { return path.lexicographicallyPrecedes(other.path) ? .before : .after }
    if generation != other.generation { return generation < other.generation ? .before : .after }
    let (own, others) = (reading, other.reading)
    if own != others { return own.lexicographicallyPrecedes(others) ? .before : .after }
    if isLoss != other.isLoss { return isLoss ? .before : .after }
    return .same
  }

  /// Whether both are the same reading of the same file.
  fileprivate func isReading(_ other: PartFile) -> Bool {
    generation == other.generation && path == other.path && reading == other.reading
  }

  /// What was read, however the file came to be named.
  private var reading: [UInt8] {
    var out = ByteWriter()
    writeReading(to: &out)
    return out.bytes
  }
}
