import Events
import Matching

/// The number of a value: a hash under a secret of the run. Two values share one by a chance that nobody can raise and
/// that stays below 2^-60 even among fifty million (`hj_hash` has the proof). It says whether values are equal and
/// nothing else: no order, no choice and no result may depend on it.
public typealias ValueNumber = Hash128

extension ValueNumber {
  /// No value.
  static var none: ValueNumber { Hash128(0, 0) }
}

/// The values that one detection counts or remembers: equal ones, whatever their case, have one number.
///
/// Nothing is kept of values that are not seen any more, however many there are; whoever wants to show one reads it
/// from the segment again.
public struct ValueTable {
  private struct Slot {
    /// Source and tuple.
    var key: UInt64
    var number: ValueNumber
  }

  // Three megabytes at most, for the values that come again and again. A new table fits the first level of the cache.
  private static let slotsMin = 1 << 8
  private static let slotsMax = 1 << 17

  private let hash: KeyedHash
  /// By source and tuple, as far as places last: a value that is not found is read and hashed again.
  private var slots = [Slot](repeating: Slot(key: .max, number: .none), count: slotsMin)
  private var slotsUsed = 0
  /// What the values of the slots say as numbers; empty for detections that do not calculate.
  private var readings: [Decimal.Reading]
  /// What the value asked for last says as a number.
  private(set) var reading = Decimal.Reading.noNumber
  private var room: [UInt8] = []
  private var key: [UInt8] = []

  init(_ hash: KeyedHash, calculates: Bool) {
    self.hash = hash
    readings = calculates ? Array(repeating: .noNumber, count: ValueTable.slotsMin) : []
  }

  var decimal: Decimal? {
    guard case .number(let decimal) = reading else { return nil }
    return decimal
  }

  mutating func number(of tuple: UInt32, _ source: Int, _ segment: Segment) throws(SegmentError) -> ValueNumber {
    reading = .noNumber
    if tuple == 0 { return .none }
    let pair = UInt64(truncatingIfNeeded: source) << 32 | UInt64(tuple)
    let place = ValueTable.place(of: pair, slots.count)
    if slots[place].key == pair {
      if !readings.isEmpty { reading = readings[place] }
      return slots[place].number
    }
    let parts = try segment.texts(tuple)
    key.removeAll(keepingCapacity: true)
    for part in parts {
      part.withUnsafeBytes { CaseFolding.fold($0, into: &room) }
      withUnsafeBytes(of: UInt32(room.count).littleEndian) { key.append(contentsOf: $0) }
      key += room
    }
    let number = number(of: key)
    if !readings.isEmpty, parts.count == 1 { reading = Decimal.read(parts[0]) }
    remember(pair, number)
    return number
  }

  /// The number of a text as it is.
  func number(of text: [UInt8]) -> ValueNumber {
    let number = text.withUnsafeBufferPointer { self.hash.hash(Text(base: $0.baseAddress, count: $0.count)) }
    return Hash128(max(number.high, 1), number.low)
  }

  // MARK: Places

  @inline(__always)
  private static func place(of pair: UInt64, _ count: Int) -> Int {
    // The high bits of a product depend on all bits of the pair.
    Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> 32) & (count - 1)
  }

  private mutating func remember(_ pair: UInt64, _ number: ValueNumber) {
    slotsUsed += 1
    if slotsUsed * 2 > slots.count, slots.count < ValueTable.slotsMax { grow() }
    let place = ValueTable.place(of: pair, slots.count)
    slots[place] = Slot(key: pair, number: number)
    if !readings.isEmpty { readings[place] = reading }
  }

  private mutating func grow() {
    let old = (slots, readings)
    slots = [Slot](repeating: Slot(key: .max, number: .none), count: old.0.count * 2)
    readings = [Decimal.Reading](repeating: .noNumber, count: old.1.count * 2)
    for (from, slot) in old.0.enumerated() where slot.key != .max {
      let place = ValueTable.place(of: slot.key, slots.count)
      slots[place] = slot
      if !readings.isEmpty { readings[place] = old.1[from] }
    }
  }
}
