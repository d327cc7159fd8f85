/// How far a text goes on without anything that has to be written otherwise: what most texts are made of, looked at eight
/// bytes at a time.
///
///     10 2E 30 2E 30 2E 31 0A    a byte below 20, so these eight are looked at one by one
enum PlainRun {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The place of the first byte from `start` on that is no printable ASCII, or one of two that are.
  @inline(__always)
  static func end(_ bytes: UnsafeRawBufferPointer, from start: Int, except a: UInt8, _ b: UInt8) -> Int {
    let (allA, allB) = (ones &* UInt64(a), ones &* UInt64(b))
    var i = start
    while i + 8 <= bytes.count {
      // SAFETY: the eight bytes lie within the buffer; unaligned loads are allowed.
      let word = bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      guard special(word) | zero(word ^ allA) | zero(word ^ allB) == 0 else { break }
      i += 8
    }
    while i < bytes.count {
      let byte = bytes[i]
      guard byte >= 0x20, byte < 0x7F, byte != a, byte != b else { return i }
      i += 1
    }
    return i
  }

  /// Whether all is printable ASCII.
  static func isAll(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // The second exception is the first again.
    end(bytes, from: 0, except: 0x7F, 0x7F) == bytes.count
  }

  /// Not zero if a byte is a control character, DEL or beyond ASCII.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    (word &- ones &* 0x20) & ~word & tops | word & tops | zero(word ^ ones &* 0x7F)
  }

  /// Not zero if a byte is zero.
  @inline(__always)
  private static func zero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
}
