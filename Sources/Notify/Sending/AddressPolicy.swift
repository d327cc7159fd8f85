import Glibc

/// Which addresses a message may be sent to. The question is asked of the address that is connected to, after a name was
/// resolved: what a name leads to may be somebody else's choice.
struct AddressPolicy: Sendable {
  /// Loopback and the networks of houses and companies.
  let allowsPrivate: Bool

  private enum Kind {
    case never(String)
    case `private`(String)
  }

  private struct Range {
    let bytes: [UInt8]
    let length: Int
    let kind: Kind
  }

  // 128 bits each, IPv4 behind ::ffff:0:0/96. An earlier range decides.
  private static let ranges: [Range] = [
    // Metadata of clouds: whoever asks there gets the machine's keys. All of 169.254.0.0/16 follows below.
    v4([100, 100, 100, 200], 32, .never("a metadata address")), v4([192, 0, 0, 192], 32, .never("a metadata address")),
    v4([168, 63, 129, 16], 32, .never("a metadata address")),
    // AWS (all of its services of this kind), Google, Oracle, Scaleway.
    Range(bytes: [0xFD, 0x00, 0x0E, 0xC2] + zeros(12), length: 32, kind: .never("a metadata address")),
    Range(bytes: [0xFD, 0x20, 0x00, 0xCE] + zeros(10) + [2, 0x54], length: 128, kind: .never("a metadata address")),
    Range(
      bytes: [0xFD, 0x00, 0x00, 0xC1] + zeros(8) + [0xA9, 0xFE, 0xA9, 0xFE], length: 128,
      kind: .never("a metadata address")),
    Range(bytes: [0xFD, 0x00, 0x00, 0x42] + zeros(11) + [0x42], length: 128, kind: .never("a metadata address")),
    v4([169, 254, 0, 0], 16, .never("a link-local or metadata address")),
    Range(bytes: [0xFE, 0x80] + zeros(14), length: 10, kind: .never("a link-local address")),
    v4([0, 0, 0, 0], 8, .never("no address of a host")), v4([224, 0, 0, 0], 3, .never("no address of a host")),
    Range(bytes: [0xFF] + zeros(15), length: 8, kind: .never("no address of a host")),
    Range(bytes: zeros(16), length: 128, kind: .never("no address of a host")),
    v4([127, 0, 0, 0], 8, .private("a loopback address")), v4([10, 0, 0, 0], 8, .private("a private address")),
    v4([172, 16, 0, 0], 12, .private("a private address")), v4([192, 168, 0, 0], 16, .private("a private address")),
    v4([100, 64, 0, 0], 10, .private("a private address")),
    Range(bytes: zeros(15) + [1], length: 128, kind: .private("a loopback address")),
    Range(bytes: [0xFC] + zeros(15), length: 7, kind: .private("a private address")),
    // RFC 8215: behind a translator of this network.
    Range(bytes: [0x00, 0x64, 0xFF, 0x9B, 0, 1] + zeros(10), length: 48, kind: .private("a private address")),
    Range(bytes: [0xFE, 0xC0] + zeros(14), length: 10, kind: .private("a private address")),
  ]

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  private static func v4(_ bytes: [UInt8], _ length: Int, _ kind: Kind) -> Range {
    Range(bytes: zeros(10) + [0xFF, 0xFF] + bytes, length: 96 + length, kind: kind)
  }

  /// Why an address is refused; nil if it is not.
  func refusal(_ address: UnsafePointer<sockaddr>) -> String? {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      // SAFETY: an address of this family is a sockaddr_in.
      let bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { own in
        withUnsafeBytes(of: own.pointee.sin_addr) { Array($0) }
      }
      return refusal(AddressPolicy.zeros(10) + [0xFF, 0xFF] + bytes)
    case AF_INET6:
      // SAFETY: an address of this family is a sockaddr_in6.
      let bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { own in
        withUnsafeBytes(of: own.pointee.sin6_addr) { Array($0) }
      }
      return refusal(bytes)
    default: return "no internet address"
    }
  }

  /// - Parameter bytes: 16 of them.
  func refusal(_ bytes: [UInt8]) -> String? {
    if let inner = AddressPolicy.unwrapped(bytes), let words = refusal(inner) { return words }
    for range in AddressPolicy.ranges where AddressPolicy.matches(bytes, range) {
      switch range.kind {
      case .never(let words): return "\(words), where no message is sent to"
      case .private(let words):
        return allowsPrivate ? nil : "\(words); allow_private: true permits it"
      }
    }
    return nil
  }

  /// IPv4 in other clothes: compatible (::a.b.c.d), translated (::ffff:0:a.b.c.d), NAT64 (64:ff9b::/96 and, within a
  /// network, 64:ff9b:1::/48), 6to4 (2002::/16). Nil for all others.
  private static func unwrapped(_ bytes: [UInt8]) -> [UInt8]? {
    let mapped = zeros(10) + [0xFF, 0xFF]
    if bytes.starts(with: [0x20, 0x02]) { return mapped + bytes[2..<6] }
    let isTranslated =
      bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B] + zeros(8))
      || bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B, 0, 1]) || bytes.starts(with: zeros(8) + [0xFF, 0xFF, 0, 0])
      || bytes.starts(with: zeros(12)) && bytes[12] != 0
    return isTranslated ? mapped + bytes[12...] : nil
  }

  private static func matches(_ bytes: [UInt8], _ range: Range) -> Bool {
    let whole = range.length / 8
    guard bytes[..<whole] == range.bytes[..<whole] else { return false }
    let rest = range.length % 8
    guard rest > 0 else { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
    return bytes[whole] & mask == range.bytes[whole] & mask
  }
}
