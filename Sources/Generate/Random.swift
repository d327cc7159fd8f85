// Every random decision of the generator comes from here: a small integer generator that gives the same numbers on any
// machine. Nothing is drawn from a shared stream; each event has its own seed, made from the archive's seed, the file
// and the event's number, so that threads and file order change nothing.

/// The finaliser of SplitMix64: a bijection of 64-bit integers that spreads every input bit over the output.
@inline(__always)
func mixed(_ value: UInt64) -> UInt64 {
  var z = value &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// One seed from two: used to walk down from archive to account, file, event and field.
@inline(__always)
func mixed(_ seed: UInt64, _ value: UInt64) -> UInt64 {
  mixed(seed ^ mixed(value))
}

/// SplitMix64: 64 bits of state, enough for the few hundred draws that one event takes.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  @inline(__always)
  mutating func next() -> UInt64 {
    defer { state &+= 0x9E37_79B9_7F4A_7C15 }
    return mixed(state)
  }

  /// A number in `0..<limit`; the bias of the multiplication is below 2^-32 for the limits used here.
  @inline(__always)
  mutating func below(_ limit: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: limit).high
  }

  /// True in `share` of 1000 cases.
  @inline(__always)
  mutating func chance(perMille share: UInt64) -> Bool {
    below(1000) < share
  }
}

/// A weighted choice made by one table look-up: each item owns slots in proportion to its weight, and at least one.
struct Urn {
  /// 4096 slots keep the table of two-byte entries within a core's first-level cache; the rarest item is drawn
  /// about once in 4096.
  static let slotCount = 4096
  private let slots: [UInt16]

  init(weights: [UInt64]) {
    precondition(!weights.isEmpty && weights.count <= Urn.slotCount, "an urn holds 1 to \(Urn.slotCount) items")
    let positive = weights.count(where: { $0 > 0 })
    let total = max(weights.reduce(0, +), 1)
    let shared = UInt64(Urn.slotCount - positive)
    var slots: [UInt16] = []
    slots.reserveCapacity(Urn.slotCount)
    var cumulative: UInt64 = 0
    var given: UInt64 = 0
    for (item, weight) in weights.enumerated() where weight > 0 {
      cumulative += weight
      let upTo = shared * cumulative / total
      slots.append(contentsOf: repeatElement(UInt16(item), count: Int(upTo - given) + 1))
      given = upTo
    }
    self.slots = slots.isEmpty ? [0] : slots
  }

  /// Zipf-like weights: the n-th item is drawn 1/n as often as the first.
  init(zipf count: Int) {
    self.init(weights: (0..<max(count, 1)).map { 1_000_000 / UInt64($0 + 1) })
  }

  /// `total` shared out so that the n-th of `count` gets 1/n of what the first gets.
  static func zipfWeights(_ count: Int, total: UInt64) -> [UInt64] {
    let raw = (0..<count).map { 1_000_000 / UInt64($0 + 1) }
    let sum = max(raw.reduce(0, +), 1)
    return raw.map { max(1, $0 * total / sum) }
  }

  @inline(__always)
  func draw(_ random: inout SplitMix64) -> Int {
    Int(slots[Int(random.below(UInt64(slots.count)))])
  }
}
