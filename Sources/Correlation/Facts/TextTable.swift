import Events
import Glibc

/// Texts, or tuples of them, under small numbers: each distinct one is kept once.
///
///     texts    1 "alice"   2 "111122223333"
///     tuples   1 [2, 1]    (account, actor)
///
/// Number 0 is the missing text, and the missing tuple. Both tables hash with a seed of their own, since an attacker
/// chooses the texts; their numbers are never part of a result.
struct InternTable<Element: BitwiseCopyable & Sendable>: Sendable {
  /// Where each entry begins; one more than there are entries.
  private(set) var starts: [UInt32] = [0, 0]
  /// The entries, one behind the other.
  private(set) var elements: [Element] = []
  private var slots = NumberSlots()
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var count: Int { starts.count - 1 }
  /// With what it takes to find them.
  var byteCount: Int { elements.count * MemoryLayout<Element>.stride + starts.count * 24 }
  var encodedBytes: Int { elements.count * MemoryLayout<Element>.stride + starts.count * 4 }

  /// Begins again in the room that there is.
  mutating func removeAll() {
    starts.removeLast(starts.count - 2)
    elements.removeAll(keepingCapacity: true)
    slots.removeAll()
  }

  /// The number of an entry, which may be new; never 0.
  mutating func intern(_ entry: UnsafeBufferPointer<Element>) -> UInt32 {
    let bytes = UnsafeRawBufferPointer(entry)
    let wanted = UInt32(truncatingIfNeeded: FactHash.of(bytes, seed: seed))
    var place = slots.first(wanted)
    while let id = slots.number(at: &place, wanted) {
      if equals(Int(id), bytes, entry.count) { return id }
    }
    let id = append(entry)
    slots.set(place, wanted, id)
    return id
  }

  private mutating func append(_ entry: UnsafeBufferPointer<Element>) -> UInt32 {
    elements.append(contentsOf: entry)
    starts.append(UInt32(elements.count))
    return UInt32(count - 1)
  }

  @inline(__always)
  private func equals(_ id: Int, _ bytes: UnsafeRawBufferPointer, _ count: Int) -> Bool {
    let start = Int(starts[id])
    guard Int(starts[id + 1]) - start == count else { return false }
    guard let base = bytes.baseAddress, count > 0 else { return true }
    return elements.withUnsafeBytes { own in
      // SAFETY: the entry's range lies within the elements, and has as many bytes as the other.
      own.baseAddress.map { memcmp($0 + start * MemoryLayout<Element>.stride, base, bytes.count) == 0 } ?? false
    }
  }

  subscript(id: UInt32) -> ArraySlice<Element> { elements[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])] }
}

typealias TextTable = InternTable<UInt8>
typealias WordTable = InternTable<UInt32>

extension TextTable {
  /// 0 for an empty text.
  mutating func intern(_ text: UnsafeRawBufferPointer) -> UInt32 {
    text.isEmpty ? 0 : text.withMemoryRebound(to: UInt8.self) { intern($0) }
  }

  /// A number of its own, whether the text is there or not; nobody will find it by its text.
  mutating func append(_ text: UnsafeRawBufferPointer) -> UInt32 {
    text.isEmpty ? 0 : text.withMemoryRebound(to: UInt8.self) { append($0) }
  }
}

/// Where a table finds the numbers of its entries: each slot holds a number and, beside it, half of the entry's hash, so
/// that entries that differ are nearly never looked at.
private struct NumberSlots: Sendable {
  // A new table fits the first level of the cache.
  private static let slotsMin = 1 << 10

  /// The hash's half above, the number below; 0 is an empty slot.
  private var slots = [UInt64](repeating: 0, count: slotsMin)
  private var count = 0

  @inline(__always)
  func first(_ hash: UInt32) -> Int { Int(hash) & (slots.count - 1) }

  /// The next number with this hash; nil when `place` is the slot for a new one.
  @inline(__always)
  func number(at place: inout Int, _ hash: UInt32) -> UInt32? {
    while slots[place] != 0 {
      let slot = slots[place]
      if slot >> 32 == UInt64(hash) {
        place = (place + 1) & (slots.count - 1)
        return UInt32(truncatingIfNeeded: slot)
      }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  mutating func set(_ place: Int, _ hash: UInt32, _ number: UInt32) {
    slots[place] = UInt64(hash) << 32 | UInt64(number)
    count += 1
    if count * 2 > slots.count { grow() }
  }

  mutating func removeAll() {
    for i in slots.indices { slots[i] = 0 }
    count = 0
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for slot in old where slot != 0 {
      var place = first(UInt32(slot >> 32))
      while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = slot
    }
  }
}

enum FactHash {
  @inline(__always)
  static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    bytes.baseAddress.map { of($0, bytes.count, seed: seed) } ?? mixed(seed)
  }

  private static func of(_ base: UnsafeRawPointer, _ count: Int, seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: count)
    var at = 0
    // SAFETY: every load ends at or before `count`.
    while count - at >= 8 {
      state = mixed(base.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ state)
      at += 8
    }
    var last: UInt64 = 0
    while at < count {
      last = last << 8 | UInt64(base.load(fromByteOffset: at, as: UInt8.self))
      at += 1
    }
    return mixed(last ^ state)
  }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
