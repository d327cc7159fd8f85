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
  // A new table fits the first level of the cache.
  private static let slotsMin = 1 << 10

  /// Where each entry begins; one more than there are entries.
  private(set) var starts: [UInt32] = [0, 0]
  private(set) var words: [UInt32] = []
  private var hashes: [UInt32] = [0]
  private var slots = [UInt32](repeating: 0, count: slotsMin)
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var count: Int { hashes.count }
  var byteCount: Int { words.capacity * 4 + starts.capacity * 8 + slots.count * 4 }

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
    let mask = slots.count - 1
    var i = Int(wanted) & mask
    while slots[i] != 0 {
      let id = Int(slots[i])
      if hashes[id] == wanted, equals(id, tuple) { return slots[i] }
      i = (i + 1) & mask
    }
    let id = UInt32(hashes.count)
    words.append(contentsOf: tuple)
    starts.append(UInt32(words.count))
    hashes.append(wanted)
    slots[i] = id
    if hashes.count * 2 > slots.count { grow() }
    return id
  }

  @inline(__always)
  private func equals(_ id: Int, _ tuple: UnsafeBufferPointer<UInt32>) -> Bool {
    let start = Int(starts[id])
    guard Int(starts[id + 1]) - start == tuple.count else { return false }
    for i in 0..<tuple.count where words[start + i] != tuple[i] { return false }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for id in 1..<hashes.count {
      var i = Int(hashes[id]) & mask
      while slots[i] != 0 { i = (i + 1) & mask }
      slots[i] = UInt32(id)
    }
  }

  func tuple(_ id: UInt32) -> ArraySlice<UInt32> { words[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])] }
}

/// The texts of a segment.
struct TextTable {
  private static let slotsMin = 1 << 10

  private(set) var starts: [UInt32] = [0, 0]
  private(set) var bytes: [UInt8] = []
  private var hashes: [UInt32] = [0]
  private var slots = [UInt32](repeating: 0, count: slotsMin)
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var count: Int { hashes.count }
  var byteCount: Int { bytes.capacity + starts.capacity * 8 + slots.count * 4 }

  /// 0 for an empty text.
  mutating func intern(_ text: UnsafeRawBufferPointer) -> UInt32 {
    guard let base = text.baseAddress, text.count > 0 else { return 0 }
    let wanted = UInt32(truncatingIfNeeded: FactHash.of(base, text.count, seed: seed))
    let mask = slots.count - 1
    var i = Int(wanted) & mask
    while slots[i] != 0 {
      let id = Int(slots[i])
      if hashes[id] == wanted, equals(id, base, text.count) { return slots[i] }
      i = (i + 1) & mask
    }
    let id = UInt32(hashes.count)
    bytes.append(contentsOf: text)
    starts.append(UInt32(bytes.count))
    hashes.append(wanted)
    slots[i] = id
    if hashes.count * 2 > slots.count { grow() }
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

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for id in 1..<hashes.count {
      var i = Int(hashes[id]) & mask
      while slots[i] != 0 { i = (i + 1) & mask }
      slots[i] = UInt32(id)
    }
  }

  func text(_ id: UInt32) -> ArraySlice<UInt8> { bytes[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])] }
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
