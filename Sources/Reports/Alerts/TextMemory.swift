/// Texts under small numbers that Harrier has counted up itself: every alert asks for a dozen of them, so that a plain product
/// spreads them instead of a hash under a secret.
struct TextMemory {
  private static let slotsMin = 1 << 10

  /// A key and where its text stands, from 1 on; 0 is an empty slot.
  private var slots = [(key: UInt64, place: UInt32)](repeating: (0, 0), count: slotsMin)
  private var texts: [[UInt8]] = []

  var count: Int { texts.count }

  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    let mask = slots.count - 1
    // The high bits of a product depend on all bits of the key.
    var at = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while slots[at].place != 0, slots[at].key != key { at = (at + 1) & mask }
    return at
  }

  subscript(key: UInt64) -> [UInt8]? {
    get {
      let place = slots[slot(of: key)].place
      return place == 0 ? nil : texts[Int(place) - 1]
    }
    set {
      guard let newValue else { return }
      let at = slot(of: key)
      if slots[at].place != 0 {
        texts[Int(slots[at].place) - 1] = newValue
        return
      }
      texts.append(newValue)
      slots[at] = (key, UInt32(texts.count))
      if texts.count * 2 > slots.count { grow() }
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [(key: UInt64, place: UInt32)](repeating: (0, 0), count: old.count * 2)
    for entry in old where entry.place != 0 { slots[slot(of: entry.key)] = entry }
  }
}
