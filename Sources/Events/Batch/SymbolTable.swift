import Glibc

/// A text of a column: the id of a dictionary entry, or of a text that only this batch holds.
///
///     0                the value is missing
///     1 ... 2^31-1     entry of the worker's `SymbolTable`
///     2^31 ...         text of the batch
public struct Symbol: Equatable, Hashable, Sendable {
  public let raw: UInt32

  @inlinable
  public init(raw: UInt32) { self.raw = raw }

  public static let missing = Symbol(raw: 0)
  @usableFromInline static let localBit: UInt32 = 1 << 31

  @inlinable public var isMissing: Bool { raw == 0 }
  @inlinable public var isLocal: Bool { raw & Symbol.localBit != 0 }
}

/// The dictionary of one worker: each distinct text once, under a small number.
///
/// Predicates are evaluated and counts are kept by that number. The table is bounded and its hash is seeded, because
/// an attacker chooses user agents and names; a text that finds no room is handed back and stays in the batch.
///
/// - Complexity: O(length of the text) expected for each look-up.
public struct SymbolTable: ~Copyable {
  // 512 Ki entries and 32 MiB of text are far above what real archives hold (thousands); with all that belongs to them
  // they are 56 MiB of a worker's memory.
  static let entriesMax = 1 << 19
  static let bytesMax = 32 << 20
  // A longer text hardly repeats, and hashing it would cost more than comparing it later.
  static let textBytesMax = 4096

  private struct Entry {
    var hash: UInt64
    var start: UInt32
    var length: UInt32
  }

  /// All that a look-up needs is beside each other; id 0 is an empty slot.
  private struct Slot {
    var id: UInt32
    /// The upper half of the hash; the lower half says which slot.
    var tag: UInt32
    var start: UInt32
    var length: UInt32
  }

  private var entries: [Entry] = [Entry(hash: 0, start: 0, length: 0)]
  private var slots: [Slot]
  private var storage: UnsafeMutablePointer<UInt8>
  private var storageUsed = 0
  private var storageCapacity: Int
  private let seed: UInt64
  private let entriesMax: Int
  private let bytesMax: Int

  public init(seed: UInt64 = .random(in: .min ... .max), entriesMax: Int = .max, bytesMax: Int = .max) {
    self.seed = seed
    self.entriesMax = min(entriesMax, SymbolTable.entriesMax)
    self.bytesMax = min(bytesMax, SymbolTable.bytesMax)
    slots = SymbolTable.emptySlots(1 << 12)
    storageCapacity = 1 << 16
    storage = .allocate(capacity: storageCapacity)
  }

  deinit { storage.deallocate() }

  /// How many ids are in use; ids are dense, 0 stands for the missing value.
  public var count: Int { entries.count }

  /// The id of the text, new or known; nil when the table is full and the text is not in it.
  public mutating func intern(_ text: Text) -> Symbol? {
    guard let base = text.base, text.count > 0, text.count <= SymbolTable.textBytesMax else { return nil }
    let hash = textHash(base, text.count, seed: seed)
    let mask = slots.count - 1
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var i = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[i]
      if slot.id == 0 { break }
      // SAFETY: an entry's range lies within the storage that was written when it was made.
      if slot.tag == tag, Int(slot.length) == text.count, memcmp(storage + Int(slot.start), base, text.count) == 0 {
        return Symbol(raw: slot.id)
      }
      i = (i + 1) & mask
    }
    return insert(base, text.count, hash: hash, slot: i)
  }

  private mutating func insert(_ base: UnsafePointer<UInt8>, _ length: Int, hash: UInt64, slot: Int) -> Symbol? {
    guard entries.count < entriesMax, storageUsed + length <= bytesMax else { return nil }
    if storageUsed + length > storageCapacity { growStorage(to: storageUsed + length) }
    // SAFETY: the capacity was made sufficient just above; source and storage do not overlap.
    memcpy(storage + storageUsed, base, length)
    let id = UInt32(entries.count)
    let entry = Entry(hash: hash, start: UInt32(storageUsed), length: UInt32(length))
    entries.append(entry)
    storageUsed += length
    slots[slot] = SymbolTable.slot(id, entry)
    if entries.count * 2 > slots.count { growSlots() }
    return Symbol(raw: id)
  }

  private mutating func growStorage(to needed: Int) {
    let capacity = max(storageCapacity * 2, needed)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    // SAFETY: the new storage is at least as large as what is used of the old one.
    memcpy(larger, storage, storageUsed)
    storage.deallocate()
    storage = larger
    storageCapacity = capacity
  }

  private mutating func growSlots() {
    var larger = SymbolTable.emptySlots(slots.count * 2)
    let mask = larger.count - 1
    for id in 1..<entries.count {
      var i = Int(truncatingIfNeeded: entries[id].hash) & mask
      while larger[i].id != 0 { i = (i + 1) & mask }
      larger[i] = SymbolTable.slot(UInt32(id), entries[id])
    }
    slots = larger
  }

  private static func emptySlots(_ count: Int) -> [Slot] {
    [Slot](repeating: Slot(id: 0, tag: 0, start: 0, length: 0), count: count)
  }

  private static func slot(_ id: UInt32, _ entry: Entry) -> Slot {
    Slot(id: id, tag: UInt32(truncatingIfNeeded: entry.hash >> 32), start: entry.start, length: entry.length)
  }

  /// The text of an id of this table. It stays valid until the next `intern`.
  public func text(_ symbol: Symbol) -> Text {
    guard !symbol.isMissing, Int(symbol.raw) < entries.count else { return .none }
    let entry = entries[Int(symbol.raw)]
    // SAFETY: an entry's range lies within the storage that was written when it was made.
    return Text(base: storage + Int(entry.start), count: Int(entry.length))
  }
}

/// A seeded hash of a text: two multiplications for each 16 bytes.
@usableFromInline
func textHash(_ base: UnsafePointer<UInt8>, _ count: Int, seed: UInt64) -> UInt64 {
  let raw = UnsafeRawPointer(base)
  var state = seed ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)
  var at = 0
  // SAFETY: every load ends at or before `count`.
  while count - at > 16 {
    state = mixed(
      raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ state,
      raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self) ^ 0xA076_1D64_78BD_642F)
    at += 16
  }
  let left = count - at
  var first: UInt64 = 0
  var second: UInt64 = 0
  if left >= 8 {
    first = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    second = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
  } else if left >= 4 {
    first = UInt64(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    second = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
  } else if left > 0 {
    first = UInt64(base[at]) << 16 | UInt64(base[at + left / 2]) << 8 | UInt64(base[count - 1])
  }
  return mixed(mixed(first ^ 0xE703_7ED1_A0B4_28DB, second ^ state), 0x8EBC_6AF0_9C88_C6E3 ^ seed)
}

@inline(__always)
private func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = a.multipliedFullWidth(by: b)
  return product.high ^ product.low
}
