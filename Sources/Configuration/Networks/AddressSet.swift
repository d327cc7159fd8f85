// A set of networks that answers for a million prefixes in some twenty steps: the ranges are sorted, and those that
// overlap or touch are joined, so that a binary search over their starts decides.
//
// Example: 10.0.0.0/25, 10.0.0.128/25, 10.0.0.7/32 and 192.0.2.1 become
//   v4Starts  [10.0.0.0,   192.0.2.1]
//   v4Ends    [10.0.0.255, 192.0.2.1]     (inclusive, so that 255.255.255.255 needs no wider type)

import Rules

/// Networks of both kinds, for questions only.
public struct AddressSet: Sendable, Equatable {
  private var v4Starts: [UInt32] = []
  private var v4Ends: [UInt32] = []
  private var v6Starts: [UInt128] = []
  private var v6Ends: [UInt128] = []

  public init() {}

  public init(_ ranges: some Sequence<AddressRange>) {
    var builder = AddressSetBuilder()
    for range in ranges { builder.add(range) }
    self = builder.build()
  }

  init(v4Starts: [UInt32], v4Ends: [UInt32], v6Starts: [UInt128], v6Ends: [UInt128]) {
    self.v4Starts = v4Starts
    self.v4Ends = v4Ends
    self.v6Starts = v6Starts
    self.v6Ends = v6Ends
  }

  public var isEmpty: Bool { v4Starts.isEmpty && v6Starts.isEmpty }

  /// How many ranges are left when neighbours are joined.
  public var rangeCount: Int { v4Starts.count + v6Starts.count }

  /// Whether the address lies in one of the networks.
  /// - Complexity: O(log *n*) in the number of ranges.
  public func contains(_ address: IPAddress) -> Bool {
    if address.isV6 { return Self.holds(address.bits, v6Starts, v6Ends) }
    return Self.holds(UInt32(truncatingIfNeeded: address.bits), v4Starts, v4Ends)
  }

  /// The same for an address as it is written; false for what is no address.
  public func contains(_ text: UnsafeRawBufferPointer) -> Bool {
    guard !isEmpty, let address = IPAddress(bytes: text) else { return false }
    return contains(address)
  }

  @inline(__always)
  private static func holds<N: FixedWidthInteger>(_ value: N, _ starts: [N], _ ends: [N]) -> Bool {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) >> 1
      if starts[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low > 0 && value <= ends[low - 1]
  }

  /// An address that lies in both sets, if there is one.
  /// - Complexity: O(*n* + *m*).
  public func overlap(with other: AddressSet) -> IPAddress? {
    if let bits = Self.first(v4Starts, v4Ends, other.v4Starts, other.v4Ends) { return IPAddress(v4: bits) }
    return Self.first(v6Starts, v6Ends, other.v6Starts, other.v6Ends).map { IPAddress(v6: $0) }
  }

  private static func first<N: FixedWidthInteger>(_ a: [N], _ aEnds: [N], _ b: [N], _ bEnds: [N]) -> N? {
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      let start = max(a[i], b[j])
      if start <= min(aEnds[i], bEnds[j]) { return start }
      if aEnds[i] < bEnds[j] { i += 1 } else { j += 1 }
    }
    return nil
  }

  /// The set as the fewest prefixes, IPv4 first, at most `limit` of them.
  public func prefixes(limit: Int = .max) -> [AddressRange] {
    var result: [AddressRange] = []
    for (start, end) in zip(v4Starts, v4Ends) where result.count < limit {
      Self.split(UInt128(start), UInt128(end), width: 32, limit, &result) {
        IPAddress(v4: UInt32(truncatingIfNeeded: $0))
      }
    }
    for (start, end) in zip(v6Starts, v6Ends) where result.count < limit {
      Self.split(start, end, width: 128, limit, &result) { IPAddress(v6: $0) }
    }
    return result
  }

  private static func split(
    _ first: UInt128, _ last: UInt128, width: Int, _ limit: Int, _ result: inout [AddressRange],
    _ address: (UInt128) -> IPAddress
  ) {
    var start = first
    while result.count < limit {
      // The largest block that begins here and does not pass the end.
      var free = min(start.trailingZeroBitCount, width)
      while free > 0, last - start < (free == 128 ? .max : (1 << UInt128(free)) - 1) { free -= 1 }
      result.append(AddressRange(masking: address(start), to: width - free))
      let size = free == 128 ? UInt128.max : (1 << UInt128(free)) - 1
      guard last - start > size else { return }
      start += size + 1
    }
  }

  /// Feeds the ranges to a hash, in an order that does not depend on how they were written.
  func forEachWord(_ body: (UInt64) -> Void) {
    body(UInt64(v4Starts.count))
    for (start, end) in zip(v4Starts, v4Ends) { body(UInt64(start) << 32 | UInt64(end)) }
    body(UInt64(v6Starts.count))
    for (start, end) in zip(v6Starts, v6Ends) {
      for bits in [start, end] {
        body(UInt64(truncatingIfNeeded: bits >> 64))
        body(UInt64(truncatingIfNeeded: bits))
      }
    }
  }
}

/// Collects ranges in any order.
struct AddressSetBuilder {
  private struct V6Range {
    var start: UInt128
    var end: UInt128
  }

  /// Start and end in one word, so that the order of words is the order of ranges.
  private var v4: [UInt64] = []
  private var v6: [V6Range] = []

  var count: Int { v4.count + v6.count }

  mutating func add(_ range: AddressRange) {
    add(range.network, length: range.prefixLength)
  }

  /// - Precondition: no bit of the address is set behind the length.
  mutating func add(_ network: IPAddress, length: Int) {
    if network.isV6 {
      let rest: UInt128 = length == 0 ? .max : (1 << UInt128(128 - length)) - 1
      v6.append(V6Range(start: network.bits, end: network.bits | rest))
    } else {
      let start = UInt64(truncatingIfNeeded: network.bits)
      let rest: UInt64 = (1 << UInt64(32 - length)) - 1
      v4.append(start << 32 | start | rest)
    }
  }

  mutating func reserve(_ more: Int) { v4.reserveCapacity(v4.count + more) }

  consuming func build() -> AddressSet {
    // Published lists are usually sorted already.
    if !Self.isSorted(v4) { v4.sort() }
    v6.sort { $0.start < $1.start }
    let four = Self.join(v4.count) { [v4] in
      (UInt32(truncatingIfNeeded: v4[$0] >> 32), UInt32(truncatingIfNeeded: v4[$0]))
    }
    let six = Self.join(v6.count) { [v6] in (v6[$0].start, v6[$0].end) }
    return AddressSet(v4Starts: four.starts, v4Ends: four.ends, v6Starts: six.starts, v6Ends: six.ends)
  }

  private static func isSorted(_ words: [UInt64]) -> Bool {
    var previous: UInt64 = 0
    for word in words {
      if word < previous { return false }
      previous = word
    }
    return true
  }

  private static func join<N: FixedWidthInteger>(
    _ count: Int, _ range: (Int) -> (N, N)
  ) -> (starts: [N], ends: [N]) {
    var starts: [N] = []
    var ends: [N] = []
    starts.reserveCapacity(count)
    ends.reserveCapacity(count)
    for index in 0..<count {
      let (start, end) = range(index)
      if let last = ends.last, last == N.max || start <= last + 1 {
        if end > last { ends[ends.count - 1] = end }
      } else {
        starts.append(start)
        ends.append(end)
      }
    }
    return (starts, ends)
  }
}
