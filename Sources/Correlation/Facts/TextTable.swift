import Events
import Glibc

/// Texts and tuples of them under small numbers, for one segment: each distinct one is kept once.
///
///     texts    1 "alice"   2 "111122223333"
///     tuples   1 [2, 1]    (account, actor)
///
/// Number 0 is the missing text, and the missing tuple. Both tables hash with a seed of their own, since an attacker
/// chooses the texts; their numbers are never part of a result.
struct WordTable {
  /// Where each entry begins; one more than there are entries.
  private(set) var starts: [UInt32] = [0, 0]
  private(set) var words: [UInt32] = []
  private var slots = NumberSlots()
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var count: Int { starts.count - 1 }
  var byteCount: Int { words.count * 4 + starts.count * 24 }
  var encodedBytes: Int { words.count * 4 + starts.count * 4 }

  /// Begins again in the room that there is.
  mutating func removeAll() {
    starts.removeLast(starts.count - 2)
    words.removeAll(keepingCapacity: true)
    slots.removeAll()
  }

  @inline(__always)
  private func hash(_ tuple: UnsafeBufferPointer<UInt32>) -> UInt32 {
    var state = seed
    for word in tuple {
      let product = (state ^ UInt64(word)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      state = product.high ^ product.low &+ 0xA076_1D64_78BD_642F
    }
    return UInt32(truncatingIfNeeded: state ^ state >> 32)
  }

  mutating func intern(_ tuple: UnsafeBufferPointer<UInt32>) -> UInt32 {
    let wanted = hash(tuple)
    var place = slots.first(wanted)
    while let id = slots.number(at: &place, wanted) {
      if equals(Int(id), tuple) { return id }
    }
    let id = UInt32(count)
    words.append(contentsOf: tuple)
    starts.append(UInt32(words.count))
    slots.set(place, wanted, id)
    return id
  }

  @inline(__always)
  private func equals(_ id: Int, _ tuple: UnsafeBufferPointer<UInt32>) -> Bool {
    let start = Int(starts[id])
    guard Int(starts[id + 1]) - start == tuple.count else { return false }
    for i in 0..<tuple.count where words[start + i] != tuple[i] { return false }
    return true
  }

  func tuple(_ id: UInt32) -> ArraySlice<UInt32> { words[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])] }
}

/// The texts of a segment.
struct TextTable {
  private(set) var starts: [UInt32] = [0, 0]
  private(set) var bytes: [UInt8] = []
  private var slots = NumberSlots()
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var count: Int { starts.count - 1 }
  var byteCount: Int { bytes.count + starts.count * 24 }
  var encodedBytes: Int { bytes.count + starts.count * 4 }

  /// Begins again in the room that there is.
  mutating func removeAll() {
    starts.removeLast(starts.count - 2)
    bytes.removeAll(keepingCapacity: true)
    slots.removeAll()
  }

  /// 0 for an empty text.
  mutating func intern(_ text: UnsafeRawBufferPointer) -> UInt32 {
    guard let base = text.baseAddress, text.count > 0 else { return 0 }
    let wanted = UInt32(truncatingIfNeeded: FactHash.of(base, text.count, seed: seed))
    var place = slots.first(wanted)
    while let id = slots.number(at: &place, wanted) {
      if equals(Int(id), base, text.count) { return id }
    }
    let id = UInt32(count)
    bytes.append(contentsOf: text)
    starts.append(UInt32(bytes.count))
    slots.set(place, wanted, id)
    return id
  }

  private func equals(_ id: Int, _ base: UnsafeRawPointer, _ count: Int) -> Bool {
    let start = Int(starts[id])
    guard Int(starts[id + 1]) - start == count else { return false }
    return bytes.withUnsafeBytes { own in
      // SAFETY: the entry's range lies within the bytes, and has `count` of them.
      own.baseAddress.map { memcmp($0 + start, base, count) == 0 } ?? false
    }
  }

  func text(_ id: UInt32) -> ArraySlice<UInt8> { bytes[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])] }
}

/// Where a table finds the numbers of its entries: each slot holds a number and, beside it, half of the entry's hash, so
/// that entries that differ are nearly never looked at.
private struct NumberSlots {
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
  static func of(_ base: UnsafeRawPointer, _ count: Int, seed: UInt64) -> UInt64 {
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
