import Events
import Matching

extension SegmentBuilder {
  /// The encoded segment. The builder is empty afterwards, and ready for more.
  public mutating func seal() -> [UInt8] {
    var groups: [Segment.GroupRow] = []
    var folded: [UInt8] = []
    var sorted: [Fact] = []
    sorted.reserveCapacity(factCount)
    for detection in facts.indices { addGroups(of: detection, &groups, &folded, &sorted) }
    var rows: [Segment.CountRow] = []
    for (tuple, count) in counts.enumerated() where count > 0 {
      rows.append(Segment.CountRow(tuple: UInt32(tuple), count: count))
    }
    var out = SegmentBytes(
      sections: Segment.Section.allCases.count,
      room: texts.encodedBytes + tuples.encodedBytes + rows.count * MemoryLayout<Segment.CountRow>.stride
        + skeletons.count * MemoryLayout<Skeleton>.stride + groups.count * MemoryLayout<Segment.GroupRow>.stride
        + folded.count + sorted.count * MemoryLayout<Fact>.stride)
    out.append(texts.starts)
    out.append(texts.elements)
    out.append(tuples.starts)
    out.append(tuples.elements)
    out.append(rows)
    out.append(SkeletonOrder.sorted(skeletons))
    out.append(groups)
    out.append(folded)
    out.append(sorted)
    removeAll()
    return out.bytes
  }

  /// Sorts the facts of a detection by their groups' texts, and within a group by time.
  private mutating func addGroups(
    of detection: Int, _ groups: inout [Segment.GroupRow], _ folded: inout [UInt8], _ sorted: inout [Fact]
  ) {
    guard !facts[detection].isEmpty else { return }
    var own: [Fact] = []
    swap(&own, &facts[detection])
    let (names, places) = groupNames(of: own)
    let order = names.indices.sorted { names[$0].key.lexicographicallyPrecedes(names[$1].key) }
    let starts = SegmentBuilder.distribute(own, places, in: order, to: &sorted)
    for (rank, place) in order.enumerated() {
      let range = starts[rank]..<starts[rank + 1]
      sorted.withUnsafeMutableBufferPointer { $0[range].sort(by: Fact.isOrdered) }
      let key = names[place].key
      groups.append(
        Segment.GroupRow(
          detection: UInt32(detection), tuple: names[place].tuple, foldedStart: UInt32(folded.count),
          foldedCount: UInt32(key.count), firstFact: UInt64(range.lowerBound), factCount: UInt64(range.count)))
      folded += key
    }
    own.removeAll(keepingCapacity: true)
    swap(&own, &facts[detection])
  }

  /// The groups of some facts, and each fact's place among them. Tuples that differ in case alone are one group, with the
  /// tuple of the first.
  private func groupNames(of facts: [Fact]) -> (names: [(key: [UInt8], tuple: UInt32)], places: [Int32]) {
    var names: [(key: [UInt8], tuple: UInt32)] = []
    var byKey: [[UInt8]: Int32] = [:]
    // By tuple.
    var known = [Int32](repeating: -1, count: tuples.count)
    var places = [Int32](repeating: 0, count: facts.count)
    for (i, fact) in facts.enumerated() {
      let tuple = Int(fact.group)
      if known[tuple] < 0 {
        let key = foldedKey(fact.group)
        let place = byKey[key] ?? Int32(names.count)
        if Int(place) == names.count {
          byKey[key] = place
          names.append((key, fact.group))
        }
        known[tuple] = place
      }
      places[i] = known[tuple]
    }
    return (names, places)
  }

  /// Puts facts behind `sorted`, group by group in their order, and gives where each group begins.
  private static func distribute(
    _ facts: [Fact], _ places: [Int32], in order: [Int], to sorted: inout [Fact]
  ) -> [Int] {
    var sizes = [Int](repeating: 0, count: order.count)
    for place in places { sizes[Int(place)] += 1 }
    var starts = [sorted.count]
    var next = sizes
    for place in order {
      next[place] = starts[starts.count - 1]
      starts.append(next[place] + sizes[place])
    }
    // Room for all, in the order in which they are: each is then put where it belongs.
    sorted.append(contentsOf: facts)
    for (fact, place) in zip(facts, places) {
      sorted[next[Int(place)]] = fact
      next[Int(place)] += 1
    }
    return starts
  }

  /// The texts of a group without their case, each behind its length. Nothing at all stands for a missing group.
  func foldedKey(_ tuple: UInt32) -> [UInt8] {
    guard tuple != 0 else { return [] }
    return GroupKey.folded(tuples[tuple]) { id, folded in
      texts[id].withUnsafeBytes { CaseFolding.fold($0, into: &folded) }
    }
  }
}

/// The bytes of a segment as they grow.
struct SegmentBytes {
  private(set) var bytes: [UInt8]
  private var next = 0

  /// - Parameter room: how many bytes the sections will have, about.
  init(sections: Int, room: Int) {
    bytes = []
    // Each section begins at a multiple of eight.
    bytes.reserveCapacity(sections * (16 + 8) + room)
    bytes.append(contentsOf: repeatElement(0, count: sections * 16))
  }

  /// Adds the next section.
  mutating func append<T: BitwiseCopyable>(_ rows: [T]) {
    // Rows of 64 bits begin at multiples of eight.
    while bytes.count % 8 != 0 { bytes.append(0) }
    put(UInt64(bytes.count), at: next * 16)
    put(UInt64(rows.count), at: next * 16 + 8)
    rows.withUnsafeBytes { bytes.append(contentsOf: $0) }
    next += 1
  }

  private mutating func put(_ number: UInt64, at offset: Int) {
    withUnsafeBytes(of: number.littleEndian) { value in
      for (i, byte) in value.enumerated() { bytes[offset + i] = byte }
    }
  }
}
