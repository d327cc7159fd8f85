/// Small numbers under a pair of small numbers: what a text or a tuple of a segment is called elsewhere.
///
/// The pairs are counted up by Harrier itself, so that a plain product spreads them and no secret is needed.
struct NumberMap: Sendable {
  private static let slotsMin = 1 << 8

  /// A pair and its number; number 0 stands for an empty slot.
  private var slots = [(key: UInt64, number: UInt32)](repeating: (0, 0), count: slotsMin)
  private(set) var count = 0

  var byteCount: Int { slots.count * MemoryLayout<(key: UInt64, number: UInt32)>.stride }

  @inline(__always)
  private static func key(_ a: Int, _ b: UInt32) -> UInt64 { UInt64(a) << 32 | UInt64(b) }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let mask = slots.count - 1
    // The high bits of a product depend on all bits of the key.
    var at = Int(truncatingIfNeeded: key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15).low >> 32) & mask
    while slots[at].number != 0, slots[at].key != key { at = (at + 1) & mask }
    return at
  }

  /// 0 if nothing is known.
  @inline(__always)
  func number(_ a: Int, _ b: UInt32) -> UInt32 { slots[place(of: NumberMap.key(a, b))].number }

  /// Forgets all numbers: of a map that only saves looking them up.
  mutating func forget(beyond most: Int) { if count > most { self = NumberMap() } }

  /// - Parameter number: not 0.
  mutating func set(_ a: Int, _ b: UInt32, _ number: UInt32) {
    let key = NumberMap.key(a, b)
    let at = place(of: key)
    if slots[at].number == 0 { count += 1 }
    slots[at] = (key, number)
    if count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let old = slots
    slots = [(key: UInt64, number: UInt32)](repeating: (0, 0), count: old.count * 2)
    for slot in old where slot.number != 0 { slots[place(of: slot.key)] = slot }
  }
}
