/// The key of an event: 128 bits that are the same for each copy of it, on each machine and in each version.
///
/// The key is a function of six byte strings, in this order: the provider's name, the account, the event id, what
/// else the provider tells its events apart by (empty for those that need nothing), the time (milliseconds, 64 bits,
/// little-endian) and the action. Each is taken as 64-bit words, little-endian, the last one filled up with zeros:
///
///     "ConsoleLogin"    12, "ConsoleL"    the length and the first eight bytes
///                       "ogin", 0         then sixteen bytes at a time
///
/// Each pair of words is added to a state of two lanes by exclusive or, and the lanes are mixed by two multiplications
/// of 64 by 64 to 128 bits. That step loses nothing, so strings that differ in one pair have different keys.
///
/// It is no secret, and whoever makes up events can make two share a key. Nothing is gained by that: a copy is what
/// shares the content hash as well, and two events that share only the key are both kept and counted as a conflict.
public struct EventKey {
  // The fractions of the square roots of 2, 3, 5 and 7; the last two made odd.
  private static let seeds: (UInt64, UInt64) = (0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B)
  private static let factors: (UInt64, UInt64) = (0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1)
  // One round leaves the last bits of the second word in a few places, two in most.
  private static let lastRounds = 3

  private var a = seeds.0
  private var b = seeds.1

  public static func of(
    provider: Provider, account: Text, eventID: Text, subKey: Text = .none, time: Int64, action: Text
  ) -> Hash128 {
    var key = EventKey(provider)
    return key.of(account: account, eventID: eventID, subKey: subKey, time: time, action: action)
  }

  /// The state that all keys of a provider begin with.
  init(_ provider: Provider) {
    var name = provider.name
    name.withUTF8 { add(Text(base: $0.baseAddress, count: $0.count)) }
  }

  /// The key itself; `self` is used up.
  @inline(__always)
  mutating func of(account: Text, eventID: Text, subKey: Text, time: Int64, action: Text) -> Hash128 {
    add(account)
    add(eventID)
    add(subKey)
    add(8, UInt64(bitPattern: time))
    add(action)
    for _ in 0..<EventKey.lastRounds { mix() }
    return Hash128(a, b)
  }

  @inline(__always)
  private mutating func add(_ text: Text) {
    let count = text.count
    guard count > 0, let base = text.base else { return add(0, 0) }
    let bytes = UnsafeRawPointer(base)
    add(UInt64(count), EventKey.word(bytes, 0, count))
    var at = 8
    while at < count {
      add(EventKey.word(bytes, at, count), EventKey.word(bytes, at + 8, count))
      at += 16
    }
  }

  @inline(__always)
  private mutating func add(_ x: UInt64, _ y: UInt64) {
    a ^= x
    b ^= y
    mix()
  }

  /// Each half is undone by dividing by its factor, which is odd: no two states lead to the same one.
  @inline(__always)
  private mutating func mix() {
    let p = a.multipliedFullWidth(by: EventKey.factors.0)
    a = p.low
    b ^= p.high
    let q = b.multipliedFullWidth(by: EventKey.factors.1)
    b = q.low
    a ^= q.high
  }

  /// The eight bytes at a place, with zeros for those behind the end.
  @inline(__always)
  private static func word(_ bytes: UnsafeRawPointer, _ at: Int, _ count: Int) -> UInt64 {
    let left = count - at
    // SAFETY: each load lies within the `count` bytes of the text.
    if left >= 8 { return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
    if left <= 0 { return 0 }
    if count >= 8 {
      let last = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
      return last >> UInt64(8 * (8 - left))
    }
    var word: UInt64 = 0
    for i in 0..<left { word |= UInt64(bytes.load(fromByteOffset: at + i, as: UInt8.self)) << UInt64(8 * i) }
    return word
  }
}
