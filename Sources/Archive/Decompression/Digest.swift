import CCrypto

/// The SHA-256 of what passes through, freed with its owner.
public struct Digest: ~Copyable {
  private let context: OpaquePointer

  public init?() {
    guard let context = cc_sha256_new() else { return nil }
    self.context = context
    begin()
  }

  deinit { cc_sha256_free(context) }

  public mutating func begin() { _ = cc_sha256_begin(context) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    if bytes.count > 0 { _ = cc_sha256_update(context, bytes.baseAddress, bytes.count) }
  }

  public mutating func end() -> SHA256Value { value { cc_sha256_end(context, $0) } }

  /// Of what has passed so far; more may follow.
  public mutating func soFar() -> SHA256Value { value { cc_sha256_so_far(context, $0) } }

  private func value(_ write: (UnsafeMutablePointer<UInt8>) -> CInt) -> SHA256Value {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { bytes in
      guard let base = bytes.baseAddress else { return }
      // SAFETY: the tuple has exactly the 32 bytes of a digest.
      _ = write(base.assumingMemoryBound(to: UInt8.self))
    }
    return SHA256Value(words: words)
  }
}

/// 32 bytes without a heap object: a ledger holds one for each file.
public struct SHA256Value: Sendable, Equatable {
  public let words: (UInt64, UInt64, UInt64, UInt64)

  public init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  public static func == (a: SHA256Value, b: SHA256Value) -> Bool { a.words == b.words }

  public var hex: String {
    var text: [UInt8] = []
    let digits = Array("0123456789abcdef".utf8)
    withUnsafeBytes(of: words) { bytes in
      for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
