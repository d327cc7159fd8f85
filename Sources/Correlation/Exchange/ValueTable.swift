import Events
import Matching

/// The values that one detection counts or remembers: equal ones, whatever their case, have one number.
public struct ValueTable {
  /// Of folded values, each part of a tuple behind its length.
  private var folded: TextTable
  /// By number: the value as it was seen first.
  private var shown: [[UInt8]] = [[]]
  /// By number: what it says as a number.
  private var numbers: [Decimal.Reading] = [.noNumber]
  /// By source and tuple.
  private var known = NumberMap()
  private var room: [UInt8] = []

  init() { folded = TextTable(seed: UInt64.random(in: .min ... .max)) }

  /// About how much memory it takes.
  var byteCount: Int { folded.byteCount * 2 + shown.count * 48 + known.byteCount }

  mutating func number(of tuple: UInt32, _ source: Int, _ segment: Segment) throws(SegmentError) -> UInt32 {
    if tuple == 0 { return 0 }
    let before = known.number(source, tuple)
    if before != 0 { return before }
    let parts = try segment.texts(tuple)
    var key: [UInt8] = []
    for part in parts {
      part.withUnsafeBytes { CaseFolding.fold($0, into: &room) }
      withUnsafeBytes(of: UInt32(room.count).littleEndian) { key.append(contentsOf: $0) }
      key += room
    }
    let number = key.withUnsafeBytes { folded.intern($0) }
    if Int(number) == shown.count {
      shown.append(Array(parts.joined(separator: [UInt8(ascii: " ")])))
      numbers.append(parts.count == 1 ? Decimal.read(parts[0]) : .noNumber)
    }
    if number != 0 { known.set(source, tuple, number) }
    return number
  }

  /// The value as it was seen first.
  public func text(_ number: UInt32) -> [UInt8] { shown[Int(number)] }

  public func decimal(_ number: UInt32) -> Decimal? {
    guard case .number(let decimal) = numbers[Int(number)] else { return nil }
    return decimal
  }

  func reading(_ number: UInt32) -> Decimal.Reading { numbers[Int(number)] }
}
