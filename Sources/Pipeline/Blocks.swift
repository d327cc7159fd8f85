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
  // Offsets in a block count in 32 bits, and the structural index of a block is five times its size.
  static let contentBytesCeiling = 64 << 20

  private let buffer: UnsafeMutablePointer<UInt8>
  private var large: UnsafeMutablePointer<UInt8>?
  private var largeCapacity = 0
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private let contentBytes: Int
  private let recordBytesMax: Int

  init(contentBytes: Int = Blocks.contentBytes, recordBytesMax: Int = Limits().recordBytesMax) {
    self.contentBytes = min(max(contentBytes, 1), Blocks.contentBytesCeiling)
    self.recordBytesMax = min(max(recordBytesMax, 1), Int(Limits.recordBytesCeiling))
    let room = max(self.contentBytes, Blocks.headroomBytes)
    buffer = .allocate(capacity: Blocks.headroomBytes + room + EventReader.padding)
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
    let wanted = room(consumed: consumed, carry: carry)
    if carry <= Blocks.headroomBytes {
      let content = buffer + Blocks.headroomBytes
      // SAFETY: the carry fits the headroom; the ranges may overlap, as memmove allows.
      memmove(content - carry, from, carry)
      start = content - carry
      if largeCapacity > 0 { dropLarge() }
    } else {
      gather(from, carry, room: wanted)
    }
    // SAFETY: both buffers have `wanted` bytes, and the padding, behind what they hold of the last block.
    let (filled, isLast) = fill(UnsafeMutableRawBufferPointer(start: start + carry, count: wanted))
    count = carry + filled
    return isLast
  }

  /// How much new content to ask for. Where a whole block was too little, as much again, so that a long record is
  /// not looked at once for each block; never more than shows that it is too long (and a character that is cut).
  private func room(consumed: Int, carry: Int) -> Int {
    guard consumed == 0 else { return contentBytes }
    return max(contentBytes, min(carry, recordBytesMax + 4 - carry))
  }

  private mutating func dropLarge() {
    large?.deallocate()
    large = nil
    largeCapacity = 0
  }

  /// Puts the carry at the front of the large buffer, with room for content behind it.
  private mutating func gather(_ from: UnsafeMutablePointer<UInt8>, _ carry: Int, room: Int) {
    let needed = carry + room + EventReader.padding
    if needed <= largeCapacity, let large {
      // SAFETY: the capacity holds the carry; the ranges may overlap.
      memmove(large, from, carry)
      start = large
      return
    }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: needed)
    // SAFETY: the new buffer is larger than the carry and apart from it.
    memcpy(larger, from, carry)
    large?.deallocate()
    large = larger
    largeCapacity = needed
    start = larger
  }
}
