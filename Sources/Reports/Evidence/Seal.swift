/// HMAC-SHA-256 (RFC 2104): what only somebody with the key can have made.
public struct Seal: Sendable {
  // Of SHA-256.
  private static let blockBytes = 64

  private let inner: [UInt8]
  private let outer: [UInt8]

  public init(key: [UInt8]) {
    var block = key.count > Seal.blockBytes ? Seal.sha256(key) : key
    block += [UInt8](repeating: 0, count: Seal.blockBytes - block.count)
    inner = block.map { $0 ^ 0x36 }
    outer = block.map { $0 ^ 0x5C }
  }

  private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    withUnsafeBytes(of: ReportHash.value(bytes).words) { out += $0 }
    return out
  }

  /// 32 bytes.
  public func code(_ text: [UInt8]) -> [UInt8] { Seal.sha256(outer + Seal.sha256(inner + text)) }
}
