/// Finds the file that already has an identity, at 8 to 16 bytes a file.
///
/// A dictionary from identity to index would cost four times that. This table holds only indices into the list of files
/// and compares with the identity that the list holds anyway.

struct IdentityTable {
  /// Indices into the files, or `vacant`; a power of two, at most half full, so a search always ends.
  private var slots: [UInt32] = []
  private var count = 0
  /// Inode numbers can be chosen by who fills a disk; the seed keeps them from being chosen to collide.
  private let seed = UInt64.random(in: .min ... .max)

  private static let vacant = UInt32.max
  private static let slotsMin = 64

  /// The index of the file with this identity.
  func index(of identity: FileIdentity, in files: [FoundFile]) -> Int? {
    if slots.isEmpty { return nil }
    let found = slots[slot(of: identity, in: files)]
    return found == Self.vacant ? nil : Int(found)
  }

  /// Records that `files[index]` has its identity. The identity must not be in the table yet.
  mutating func insert(_ index: Int, in files: [FoundFile]) {
    if (count + 1) * 2 > slots.count { grow(files) }
    slots[slot(of: files[index].identity, in: files)] = UInt32(index)
    count += 1
  }

  private mutating func grow(_ files: [FoundFile]) {
    let old = slots
    slots = [UInt32](repeating: Self.vacant, count: max(Self.slotsMin, old.count * 2))
    for index in old where index != Self.vacant {
      slots[slot(of: files[Int(index)].identity, in: files)] = index
    }
  }

  /// Where the identity is, or the vacant slot where it belongs.
  private func slot(of identity: FileIdentity, in files: [FoundFile]) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(identity)) & mask
    while slots[slot] != Self.vacant, files[Int(slots[slot])].identity != identity {
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// Two rounds of multiply and fold; the halves of the 128-bit product carry every input bit into the low ones.
  private func hash(_ identity: FileIdentity) -> UInt64 {
    let first = (identity.inode ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    let second = (first.low ^ first.high ^ identity.device).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return second.low ^ second.high
  }
}
