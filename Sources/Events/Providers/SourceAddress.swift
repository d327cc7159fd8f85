import Glibc

/// Where a request came from: an address, or a name in its place.
///
/// Logs put service names, "Internal" and masked addresses where an address belongs. `src_ip` holds only what parses
/// strictly (no leading zeros, no zone), everything else goes to `src_label`.
enum SourceAddress {
  // The longest spelling of an IPv6 address (with an IPv4 tail) is 45 characters.
  private static let textBytesMax = 45

  static func ip(_ text: Text) -> Text { isAddress(text) ? text : .none }

  static func label(_ text: Text) -> Text { isAddress(text) ? .none : text }

  static func isAddress(_ text: Text) -> Bool { version4(text) != nil || isVersion6(text) }

  /// The four numbers as one; nil for anything but a strict dotted quad.
  static func version4(_ text: Text) -> UInt32? {
    guard text.count >= 7, text.count <= 15 else { return nil }
    var address: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var parts = 0
    for i in 0...text.count {
      let byte = i < text.count ? text[i] : UInt8(ascii: ".")
      if byte == UInt8(ascii: ".") {
        guard digits > 0, parts < 4 else { return nil }
        address = address << 8 | part
        parts += 1
        (part, digits) = (0, 0)
      } else {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits == 0 || part > 0 else { return nil }
        part = part * 10 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
        guard part <= 255 else { return nil }
      }
    }
    return parts == 4 ? address : nil
  }

  private static func isVersion6(_ text: Text) -> Bool {
    guard text.count >= 2, text.count <= textBytesMax, text.firstIndex(of: UInt8(ascii: ":")) != nil else {
      return false
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: textBytesMax + 1) { buffer in
      for i in 0..<text.count { buffer[i] = CChar(bitPattern: text[i]) }
      buffer[text.count] = 0
      var address = in6_addr()
      return inet_pton(AF_INET6, buffer.baseAddress, &address) == 1
    }
  }

  /// Addresses that no client on the internet has: private, loopback, link-local, carrier-grade NAT and 9.0.0.0/8,
  /// which Tencent Cloud uses inside.
  static func isInside(_ text: Text) -> Bool {
    guard let address = version4(text) else { return false }
    switch address >> 24 {
    case 9, 10, 127: return true
    case 100: return address >> 22 == 100 << 2 | 1
    case 169: return address >> 16 == 169 << 8 | 254
    case 172: return address >> 20 == 172 << 4 | 1
    case 192: return address >> 16 == 192 << 8 | 168
    default: return false
    }
  }
}
