import Archive
import Events
import Glibc

/// The content of one file as blocks that a reader can be fed, each with what was left of the one before in front.
///
///     | headroom ....... carry | new content ............ | padding |
///                        ^ a block begins here
///
/// The headroom takes what is left of a record that a block cut. A record that is longer than the headroom is put
/// together in a buffer of its own, up to the limit on records.
struct Blocks: ~Copyable {
  // Fits the second-level cache together with the structural index made of it.
  static let contentBytes = 256 * 1024
  static let headroomBytes = 64 * 1024

  private let buffer: UnsafeMutablePointer<UInt8>
  private var large: UnsafeMutablePointer<UInt8>?
  private var largeCapacity = 0
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private let contentBytes: Int

  init(contentBytes: Int = Blocks.contentBytes) {
    self.contentBytes = contentBytes
    buffer = .allocate(capacity: Blocks.headroomBytes + contentBytes + EventReader.padding)
    start = buffer + Blocks.headroomBytes
  }

  deinit {
    buffer.deallocate()
    large?.deallocate()
  }

  mutating func begin() {
    start = buffer + Blocks.headroomBytes
    count = 0
    large?.deallocate()
    large = nil
    largeCapacity = 0
  }

  /// How new content is written: how much it was, and whether it was the last.
  typealias Fill = (UnsafeMutableRawBufferPointer) -> (count: Int, isLast: Bool)

  /// Makes the next block of what was not consumed and of new content. True when nothing follows it.
  mutating func next(consumed: Int, fill: Fill) -> Bool {
    let carry = count - consumed
    let from = start + consumed
    if carry <= Blocks.headroomBytes {
      let content = buffer + Blocks.headroomBytes
      // SAFETY: the carry fits the headroom; the ranges may overlap, as memmove allows.
      memmove(content - carry, from, carry)
      start = content - carry
      if largeCapacity > 0 { dropLarge() }
    } else {
      gather(from, carry)
    }
    let room = UnsafeMutableRawBufferPointer(start: start + carry, count: contentBytes)
    let (filled, isLast) = fill(room)
    count = carry + filled
    return isLast
  }

  private mutating func dropLarge() {
    large?.deallocate()
    large = nil
    largeCapacity = 0
  }

  /// Puts the carry at the front of the large buffer, with room for content behind it.
  private mutating func gather(_ from: UnsafeMutablePointer<UInt8>, _ carry: Int) {
    let needed = carry + contentBytes + EventReader.padding
    if needed <= largeCapacity, let large {
      // SAFETY: the capacity holds the carry; the ranges may overlap.
      memmove(large, from, carry)
      start = large
      return
    }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: needed * 2)
    // SAFETY: the new buffer is larger than the carry and apart from it.
    memcpy(larger, from, carry)
    large?.deallocate()
    large = larger
    largeCapacity = needed * 2
    start = larger
  }
}
