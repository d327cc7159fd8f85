import Events
import Matching

/// The values that one detection counts or remembers: equal ones, whatever their case, have one number.
public struct ValueTable {
  /// Of folded values, each part of a tuple behind its length.
  private var folded: TextTable
  /// By number: the value as it was seen first.
  private var shown: [[UInt8]] = [[]]
  /// By number: what it says as a number.
  private var numbers: [Decimal?] = [nil]
  /// By source: the number of each of its tuples.
  private var known: [[UInt32: UInt32]]
  private var room: [UInt8] = []

  init(sources: Int) {
    folded = TextTable(seed: UInt64.random(in: .min ... .max))
    known = Array(repeating: [:], count: sources)
  }

  /// About how much memory it takes.
  var byteCount: Int { folded.byteCount * 2 + shown.count * 48 + known.reduce(0) { $0 + $1.count * 16 } }

  mutating func number(of tuple: UInt32, _ source: Int, _ segment: Segment) throws(SegmentError) -> UInt32 {
    if tuple == 0 { return 0 }
    if let number = known[source][tuple] { return number }
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
      numbers.append(parts.count == 1 ? Decimal(parts[0]) : nil)
    }
    known[source][tuple] = number
    return number
  }

  /// The value as it was seen first.
  public func text(_ number: UInt32) -> [UInt8] { shown[Int(number)] }

  public func decimal(_ number: UInt32) -> Decimal? { numbers[Int(number)] }
}
