import Events

/// How many distinct events each place has in each hour: what a heat map and a coverage matrix are made of.
public struct Activity: Sendable {
  public static let hour: Int64 = 3_600_000

  /// Where events come from. Texts may be empty.
  public struct Site: Sendable, Hashable {
    public var provider: [UInt8]
    public var account: [UInt8]
    public var region: [UInt8]

    public init(provider: [UInt8], account: [UInt8], region: [UInt8]) {
      self.provider = provider
      self.account = account
      self.region = region
    }
  }

  public struct Cell: Sendable, BitwiseCopyable {
    /// A place in `sites`.
    public var site: Int
    /// Hours since 1970; 0 for events without a time.
    public var hour: Int
    public var count: Int

    public init(site: Int, hour: Int, count: Int) {
      self.site = site
      self.hour = hour
      self.count = count
    }
  }

  /// In the order of their texts' bytes.
  public let sites: [Site]
  /// In the order of sites and hours.
  public let cells: [Cell]

  public init(sites: [Site], cells: [Cell]) {
    self.sites = sites
    self.cells = cells
  }
}

/// Counts events by place and hour, one segment after another.
struct ActivityCounter: Sendable {
  private var sites: [Activity.Site: UInt32] = [:]
  private var table = CellTable()

  /// Adds the events of a segment that count.
  mutating func add(_ segment: Segment, isCounted: (Skeleton) throws(SegmentError) -> Bool) throws(SegmentError) {
    let places = try places(segment)
    var skeletons = RowCursor<Skeleton>(segment, .skeletons)
    while let skeleton = try skeletons.take() {
      guard try isCounted(skeleton) else { continue }
      let tuple = Int(skeleton.dimensions)
      guard tuple < places.count, places[tuple] != 0 else {
        throw SegmentError(message: "a segment names a tuple that it has not")
      }
      table.count(UInt64(places[tuple]) << 32 | skeleton.hour)
    }
  }

  /// By tuple of dimensions: the site's number and 1.
  private mutating func places(_ segment: Segment) throws(SegmentError) -> [UInt32] {
    var places = [UInt32](repeating: 0, count: max(0, segment.count(.tupleStarts) - 1))
    var known: [SIMD4<UInt32>: UInt32] = [:]
    var tuples = TupleReader(segment)
    var rows = RowCursor<Segment.CountRow>(segment, .counts)
    while let row = try rows.take() {
      guard Int(row.tuple) < places.count else { continue }
      let ids = Array(try tuples.tuple(row.tuple))
      var own = SIMD4<UInt32>()
      for (i, dimension) in [Dimension.provider, .account, .region].enumerated() where dimension.rawValue < ids.count {
        own[i] = ids[dimension.rawValue]
      }
      if known[own] == nil { known[own] = try site(own, segment) + 1 }
      places[Int(row.tuple)] = known[own] ?? 0
    }
    return places
  }

  private mutating func site(_ ids: SIMD4<UInt32>, _ segment: Segment) throws(SegmentError) -> UInt32 {
    func text(_ id: UInt32) throws(SegmentError) -> [UInt8] { id == 0 ? [] : try segment.text(id) }
    let site = Activity.Site(provider: try text(ids[0]), account: try text(ids[1]), region: try text(ids[2]))
    if let number = sites[site] { return number }
    let number = UInt32(sites.count)
    sites[site] = number
    return number
  }

  var activity: Activity {
    let order = sites.sorted { a, b in
      let (x, y) = (a.key, b.key)
      if x.provider != y.provider { return x.provider.lexicographicallyPrecedes(y.provider) }
      if x.account != y.account { return x.account.lexicographicallyPrecedes(y.account) }
      return x.region.lexicographicallyPrecedes(y.region)
    }
    var places = [Int](repeating: 0, count: order.count)
    for (place, entry) in order.enumerated() { places[Int(entry.value)] = place }
    let cells = table.entries.map { key, count in
      Activity.Cell(site: places[Int(key >> 32) - 1], hour: Int(key & 0xFFFF_FFFF), count: count)
    }
    return Activity(sites: order.map(\.key), cells: cells.sorted { ($0.site, $0.hour) < ($1.site, $1.hour) })
  }
}

/// Counts by key; nothing but that, since every event passes it.
private struct CellTable: Sendable {
  // Half of the slots stay empty, so that look-ups stay short.
  private static let slotsMin = 1 << 12

  private var keys = [UInt64](repeating: 0, count: slotsMin)
  private var counts = [Int](repeating: 0, count: slotsMin)
  private var used = 0

  /// - Parameter key: not 0.
  @inline(__always)
  mutating func count(_ key: UInt64) {
    let slot = slot(key)
    if keys[slot] == 0 {
      keys[slot] = key
      used += 1
      counts[slot] = 1
      if used * 2 > keys.count { grow() }
    } else {
      counts[slot] += 1
    }
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = zip(keys, counts).filter { $0.0 != 0 }
    keys = [UInt64](repeating: 0, count: keys.count * 2)
    counts = [Int](repeating: 0, count: keys.count)
    for (key, count) in old {
      let slot = slot(key)
      keys[slot] = key
      counts[slot] = count
    }
  }

  var entries: [(key: UInt64, count: Int)] {
    zip(keys, counts).filter { $0.0 != 0 }.map { (key: $0, count: $1) }
  }
}
