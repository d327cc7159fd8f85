import Events

/// What test sets said of texts of the worker's dictionary. A table of fixed size: two pairs that meet in one place
/// take turns, so memory is bounded whatever rules and events hold.
struct OutcomeCache: Sendable {
  // 128 KiB: fits the second-level cache beside the block that is parsed.
  private static let entriesMax = 1 << 14
  private static let free = UInt64.max

  private var entries = [UInt64](repeating: OutcomeCache.free, count: OutcomeCache.entriesMax)

  @inline(__always)
  private static func place(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 50)
  }

  /// Symbols have 31 bits, leaves fewer than 31.
  @inline(__always)
  private static func key(_ leaf: Int, _ symbol: UInt32) -> UInt64 { UInt64(leaf) << 32 | UInt64(symbol) }

  @inline(__always)
  func outcome(_ leaf: Int, _ symbol: UInt32) -> Bool? {
    let key = OutcomeCache.key(leaf, symbol)
    let entry = entries[OutcomeCache.place(key)]
    return entry >> 1 == key ? entry & 1 == 1 : nil
  }

  @inline(__always)
  mutating func note(_ outcome: Bool, _ leaf: Int, _ symbol: UInt32) {
    let key = OutcomeCache.key(leaf, symbol)
    entries[OutcomeCache.place(key)] = key << 1 | (outcome ? 1 : 0)
  }
}
