/// Some of the groups of a detection: which ones depends on their texts alone.
struct GroupShard: Sendable {
  // Enough for two threads with one detection between them; every shard passes the groups of the others.
  private static let count: UInt64 = 2

  static let whole = GroupShard(number: nil)
  static let all = (0..<count).map { GroupShard(number: $0) }

  private let number: UInt64?

  var isFirst: Bool { number ?? 0 == 0 }

  func has(_ key: [UInt8]) -> Bool {
    guard let number else { return true }
    let hash = key.withUnsafeBytes { FactHash.of($0, seed: 0) }
    return hash % GroupShard.count == number
  }
}
