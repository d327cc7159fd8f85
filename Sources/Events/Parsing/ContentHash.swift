import Archive
import CSimdJSON

/// The first half of a SHA-256: short enough to keep for each event, and no attacker finds two texts that share it.
public struct Hash128: Hashable, Comparable, Sendable {
  public let high: UInt64
  public let low: UInt64

  public init(_ high: UInt64, _ low: UInt64) {
    self.high = high
    self.low = low
  }

  public static func < (a: Hash128, b: Hash128) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

/// Hashes events without the white space between their tokens: a pretty-printed copy is the same event.
struct ContentHasher {
  private let digest: DigestBox
  private var compact: [UInt8] = []

  init?() {
    guard let digest = DigestBox() else { return nil }
    self.digest = digest
  }

  mutating func hash(_ event: Text) -> Hash128 {
    if compact.count < event.count { compact = [UInt8](repeating: 0, count: event.count * 2) }
    guard let base = event.base else { return Hash128(0, 0) }
    return compact.withUnsafeMutableBufferPointer { room in
      guard let out = room.baseAddress else { return Hash128(0, 0) }
      // SAFETY: the compact form is never longer than the text, and that much room there is.
      let count = hj_compact(base, event.count, out)
      return digest.hash(UnsafeRawBufferPointer(start: out, count: count))
    }
  }
}

/// A digest that is used again for each text.
public final class DigestBox {
  private var digest: Digest

  public init?() {
    guard let digest = Digest() else { return nil }
    self.digest = digest
  }

  public func hash(_ bytes: UnsafeRawBufferPointer) -> Hash128 {
    digest.begin()
    digest.update(bytes)
    let words = digest.end().words
    return Hash128(words.0, words.1)
  }
}
