/// Hashes of contents: the pair of words that tells events apart, the secret that a hash may be keyed with, and both
/// ways of hashing.
import Archive
import CSimdJSON

/// 128 bits that stand for something longer: short enough to keep for each event.
public struct Hash128: Hashable, Comparable, Sendable, BitwiseCopyable {
  public let high: UInt64
  public let low: UInt64

  @inlinable
  public init(_ high: UInt64, _ low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable
  public static func < (a: Hash128, b: Hash128) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

/// The secret of keyed hashes. Hashes under different keys have nothing to do with each other: a state that keeps
/// hashes keeps their key.
public struct HashKey: Sendable, Equatable {
  public let words: SIMD4<UInt64>

  /// - Parameter words: 256 random bits.
  public init(_ words: SIMD4<UInt64>) { self.words = words }

  /// A new one, from the system's source of randomness.
  public static func random() -> HashKey {
    var source = SystemRandomNumberGenerator()
    return HashKey(SIMD4(source.next(), source.next(), source.next(), source.next()))
  }

  /// As many words as a hash takes, none of which tells another: SHA-256 of the key and a counter, from 0 on.
  func expanded(_ count: Int, _ digest: inout Digest) -> [UInt64] {
    var expanded: [UInt64] = []
    var counter: UInt64 = 0
    while expanded.count < count {
      digest.begin()
      withUnsafeBytes(of: (words, counter)) { bytes in digest.update(UnsafeRawBufferPointer(rebasing: bytes[..<40])) }
      let block = digest.end().words
      expanded += [block.0, block.1, block.2, block.3]
      counter += 1
    }
    return expanded
  }
}

/// A hash under a secret key: six times as fast as a digest, and equal for two texts only by a chance that nobody who
/// does not see the key or the hashes can raise. How small it is stands with `hj_hash`.
public final class KeyedHash: @unchecked Sendable {
  // @unchecked: nothing changes the key.
  static let keyWords = Int(HJ_HASH_KEY_WORDS)

  private let key: OpaquePointer

  public convenience init?(_ key: HashKey) {
    guard var digest = Digest() else { return nil }
    self.init(words: key.expanded(KeyedHash.keyWords, &digest))
  }

  /// - Parameter words: `keyWords` of them, the key as it is used.
  init?(words: [UInt64]) {
    precondition(words.count == KeyedHash.keyWords)
    guard let key = words.withUnsafeBufferPointer({ $0.baseAddress.flatMap(hj_hash_key_new) }) else { return nil }
    self.key = key
  }

  deinit { hj_hash_key_free(key) }

  public func hash(_ text: Text) -> Hash128 {
    guard let base = text.base else { return Hash128(0, 0) }
    // SAFETY: the text is read from its beginning to its end.
    let hash = hj_hash(key, base, text.count)
    return Hash128(hash.high, hash.low)
  }
}

/// The first half of SHA-256: no attacker finds two texts that share it, and it is the same on each machine.
final class ShortDigest {
  private var digest: Digest

  init?() {
    guard let digest = Digest() else { return nil }
    self.digest = digest
  }

  func hash(_ text: Text) -> Hash128 {
    digest.begin()
    digest.update(text.bytes)
    let words = digest.end().words
    return Hash128(words.0, words.1)
  }
}
