import Events

/// How many distinct values there were, and a few of them: the smallest hashes of all values seen.
///
/// Exact up to `hashesMax` values; beyond, the largest kept hash tells how densely hashes lie (within about 6 %). Two
/// sketches merge to what one would have been, so the result depends on neither threads nor order.
struct ValueSketch: Sendable {
  static let hashesMax = 256
  static let examplesMax = 3
  static let exampleBytesMax = 80

  private var hashes: [UInt64] = []
  private(set) var examples: [(hash: UInt64, text: [UInt8])] = []

  mutating func insert(_ bytes: UnsafeRawBufferPointer, _ shown: () -> [UInt8]) {
    let hash = StableHash.of(bytes)
    guard insert(hash) else { return }
    guard examples.count < ValueSketch.examplesMax || hash < examples[examples.count - 1].hash else { return }
    insertExample(hash, shown())
  }

  private mutating func insert(_ hash: UInt64) -> Bool {
    if hashes.count == ValueSketch.hashesMax, hash >= hashes[hashes.count - 1] { return false }
    var low = 0
    var high = hashes.count
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    if low < hashes.count && hashes[low] == hash { return false }
    hashes.insert(hash, at: low)
    if hashes.count > ValueSketch.hashesMax { hashes.removeLast() }
    return true
  }

  private mutating func insertExample(_ hash: UInt64, _ text: [UInt8]) {
    if examples.contains(where: { $0.hash == hash }) { return }
    examples.append((hash, text))
    examples.sort { $0.hash < $1.hash }
    if examples.count > ValueSketch.examplesMax { examples.removeLast() }
  }

  mutating func merge(_ other: ValueSketch) {
    for hash in other.hashes { _ = insert(hash) }
    for example in other.examples { insertExample(example.hash, example.text) }
  }

  var distinct: UInt64 {
    guard hashes.count == ValueSketch.hashesMax, let largest = hashes.last else { return UInt64(hashes.count) }
    return UInt64(Double(hashes.count - 1) / (Double(largest) / 18_446_744_073_709_551_616.0))
  }

  var isExact: Bool { hashes.count < ValueSketch.hashesMax }
}

/// A hash that is the same in every run: for results, never for tables that an attacker could fill.
enum StableHash {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    // FNV alone leaves the high bits of short texts alike.
    state ^= state >> 32
    state = state &* 0xD6E8_FEB8_6659_FD93
    return state ^ (state >> 32)
  }
}
