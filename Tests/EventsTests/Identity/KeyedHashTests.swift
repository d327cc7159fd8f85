/// The hash of contents under a secret key: that it is the one described, and that nothing in a text is left out of it.

import Archive
import Testing

@testable import Events

struct KeyedHashTests {
  static let key = HashKey(SIMD4(1, 2, 3, 4))

  static func text(_ count: Int) -> [UInt8] {
    (0..<count).map { i in UInt8(truncatingIfNeeded: i * 131 + (i >> 8) * 7 + count) }
  }

  static func hash(_ bytes: [UInt8], _ hash: KeyedHash) -> Hash128 {
    bytes.withUnsafeBufferPointer { hash.hash(Text(base: $0.baseAddress, count: $0.count)) }
  }

  static func reference(_ key: HashKey) throws -> ReferenceHash {
    guard var digest = Digest() else { throw PlanError.outOfMemory }
    return ReferenceHash(key.expanded(KeyedHash.keyWords, &digest))
  }

  /// Worked out with Python's integers and hashlib, from the words of the key on.
  @Test(arguments: [
    (1, Hash128(0x0C96_FBA4_C339_8953, 0x09B0_AE97_C001_6A46)),
    (15, Hash128(0x1813_E142_0286_C38C, 0x0DAE_716F_6FBD_E404)),
    (16, Hash128(0x0CE7_EEA0_BF31_2B88, 0x1103_CB6F_0657_8B01)),
    (17, Hash128(0x1438_9D63_5F77_BA25, 0x05D7_E4A4_FF90_B4E3)),
    (1023, Hash128(0x1ABE_4313_2F4C_EE22, 0x1B94_B50B_CC5D_2776)),
    (1024, Hash128(0x0A37_B6D9_62E5_6B50, 0x074F_885B_CC8C_D529)),
    (1025, Hash128(0x11BA_03AA_7ED3_276C, 0x0B6C_68CB_81BE_C8A0)),
    (2048, Hash128(0x16C4_15DB_62BF_0F91, 0x1881_40CA_8BBB_15B4)),
    (4100, Hash128(0x1876_DB43_F839_9E1C, 0x1873_AB2D_8995_E487)),
  ])
  func hashesAreTheSameInEachVersion(count: Int, expected: Hash128) throws {
    let keyed = try #require(KeyedHash(KeyedHashTests.key))
    #expect(KeyedHashTests.hash(KeyedHashTests.text(count), keyed) == expected)
  }

  @Test func eachLengthGivesWhatTheDescriptionGives() throws {
    let keyed = try #require(KeyedHash(KeyedHashTests.key))
    let reference = try KeyedHashTests.reference(KeyedHashTests.key)
    for count in 1...4100 {
      let text = KeyedHashTests.text(count)
      #expect(KeyedHashTests.hash(text, keyed) == reference.hash(text), "\(count) bytes")
    }
  }

  /// The highest points, and sums that begin with zeros or ones only: where a fold that is too small would overflow.
  @Test(arguments: [UInt8(0x00), 0x01, 0x7F, 0x80, 0xFE, 0xFF])
  func extremeTextsAndKeysGiveWhatTheDescriptionGives(byte: UInt8) throws {
    for word in [UInt64(0), 1, 1 << 60 - 1, 1 << 63, .max - 1, .max] {
      let words = [UInt64](repeating: word, count: KeyedHash.keyWords - 2) + [UInt64.max, .max - 1]
      let keyed = try #require(KeyedHash(words: words))
      let reference = ReferenceHash(words)
      for count in [1, 16, 1008, 1024, 1040, 8192] {
        let text = [UInt8](repeating: byte, count: count)
        #expect(KeyedHashTests.hash(text, keyed) == reference.hash(text), "words of \(word), \(count) bytes")
      }
    }
  }

  @Test(arguments: [1, 15, 16, 17, 1024, 1025, 2100])
  func eachBitOfATextChangesItsHash(count: Int) throws {
    let keyed = try #require(KeyedHash(KeyedHashTests.key))
    var text = KeyedHashTests.text(count)
    var hashes: Set = [KeyedHashTests.hash(text, keyed)]
    for bit in 0..<count * 8 {
      text[bit / 8] ^= 1 << UInt8(bit % 8)
      hashes.insert(KeyedHashTests.hash(text, keyed))
      text[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(hashes.count == count * 8 + 1)
  }

  @Test(arguments: [0, 1, 15, 16, 1000, 1024])
  func zerosAtTheEndOfATextChangeItsHash(count: Int) throws {
    let keyed = try #require(KeyedHash(KeyedHashTests.key))
    var text = KeyedHashTests.text(count)
    var hashes: Set = [KeyedHashTests.hash(text, keyed)]
    let more = 1100
    for _ in 0..<more {
      text.append(0)
      hashes.insert(KeyedHashTests.hash(text, keyed))
    }
    #expect(hashes.count == more + 1)
  }

  @Test func blocksThatChangePlacesChangeTheHash() throws {
    let keyed = try #require(KeyedHash(KeyedHashTests.key))
    let a = KeyedHashTests.text(1024)
    let b = [UInt8](a.reversed())
    #expect(KeyedHashTests.hash(a + b, keyed) != KeyedHashTests.hash(b + a, keyed))
  }

  @Test func wordsThatChangePlacesChangeTheHash() throws {
    let keyed = try #require(KeyedHash(KeyedHashTests.key))
    let text = KeyedHashTests.text(1024)
    var hashes: Set = [KeyedHashTests.hash(text, keyed)]
    for word in 1..<128 {
      var swapped = text
      for i in 0..<8 { swapped.swapAt(i, word * 8 + i) }
      hashes.insert(KeyedHashTests.hash(swapped, keyed))
    }
    #expect(hashes.count == 128)
  }

  @Test func anotherKeyGivesAnotherHash() throws {
    let text = KeyedHashTests.text(100)
    var hashes: Set<Hash128> = []
    for place in 0..<4 {
      for bit in 0..<64 {
        var words = KeyedHashTests.key.words
        words[place] ^= 1 << UInt64(bit)
        hashes.insert(KeyedHashTests.hash(text, try #require(KeyedHash(HashKey(words)))))
      }
    }
    hashes.insert(KeyedHashTests.hash(text, try #require(KeyedHash(KeyedHashTests.key))))
    #expect(hashes.count == 257)
  }
}
