/// The keyed hash as the head of hash.cpp describes it, one term at a time in 128 bits: slow, and nothing folded.

@testable import Events

struct ReferenceHash {
  private static let blockBytes = 1024
  private static let prime: UInt128 = (1 << 61) - 1
  private static let part: UInt128 = 1 << 60

  private let key: [UInt64]

  /// - Parameter key: 130 words for the sums, then one for each point.
  init(_ key: [UInt64]) { self.key = key }

  func hash(_ text: [UInt8]) -> Hash128 {
    var coefficients: [UInt128] = [UInt128(text.count + 1)]
    for start in stride(from: 0, to: text.count, by: ReferenceHash.blockBytes) {
      coefficients += parts(Array(text[start..<min(start + ReferenceHash.blockBytes, text.count)]))
    }
    return Hash128(value(of: coefficients, at: key[130]), value(of: coefficients, at: key[131]))
  }

  private func value(of coefficients: [UInt128], at word: UInt64) -> UInt64 {
    let point = UInt128(word) % ReferenceHash.part
    return UInt64(coefficients.reduce(0) { ($0 * point + $1) % ReferenceHash.prime })
  }

  private func parts(_ block: [UInt8]) -> [UInt128] {
    let padded = block + [UInt8](repeating: 0, count: (16 - block.count % 16) % 16)
    let words = stride(from: 0, to: padded.count, by: 8).map { at in
      padded[at..<at + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    let first = sum(words, 0)
    let second = sum(words, 2)
    let part = ReferenceHash.part
    let tops = (first >> 120) * 256 + (second >> 120)
    return [first % part, first / part % part, second % part, second / part % part, tops]
  }

  private func sum(_ words: [UInt64], _ shift: Int) -> UInt128 {
    var sum: UInt128 = 0
    for i in stride(from: 0, to: words.count, by: 2) {
      let a = UInt128(words[i] &+ key[i + shift])
      let b = UInt128(words[i + 1] &+ key[i + 1 + shift])
      sum &+= a * b
    }
    return sum
  }
}
