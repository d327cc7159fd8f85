// IP addresses and address ranges. One reader serves rules and events, so both sides agree on what an address is.
// An IPv4 address written inside IPv6 (`::ffff:10.0.0.1`) is the IPv4 address: logs mix both spellings for one host.

/// An IPv4 or IPv6 address as a number.
public struct IPAddress: Hashable, Sendable {
  public var isV6: Bool
  /// The address; IPv4 uses the low 32 bits.
  public var bits: UInt128

  public init(v4 bits: UInt32) {
    isV6 = false
    self.bits = UInt128(bits)
  }

  public init(v6 bits: UInt128) {
    let isMapped = bits >> 32 == 0xFFFF
    isV6 = !isMapped
    self.bits = isMapped ? bits & UInt128(UInt32.max) : bits
  }

  /// Reads `10.1.2.3` or `2001:db8::1`; nil for anything else, zone ids, leading zeros and blanks included.
  public init?(_ text: some Collection<UInt8>) {
    // 45 is the longest spelling: an IPv6 address with an IPv4 tail.
    guard text.count <= 45 else { return nil }
    if let bits = Self.v4(text) {
      self.init(v4: bits)
    } else if let bits = Self.v6(text) {
      self.init(v6: bits)
    } else {
      return nil
    }
  }

  private static func v4(_ text: some Collection<UInt8>) -> UInt32? {
    var result: UInt32 = 0
    var octet: UInt32 = 0
    var digits = 0
    var dots = 0
    for byte in text {
      if byte == UInt8(ascii: ".") {
        guard digits > 0, dots < 3 else { return nil }
        result = result << 8 | octet
        (octet, digits, dots) = (0, 0, dots + 1)
      } else {
        guard byte.isASCIIDigit, digits == 0 || octet != 0 else { return nil }
        octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
        guard octet <= 255 else { return nil }
      }
    }
    return dots == 3 && digits > 0 ? result << 8 | octet : nil
  }

  private static func v6(_ text: some Collection<UInt8>) -> UInt128? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count >= 3, parts.count <= 9 else { return nil }
    var head: [UInt16] = []
    var tail: [UInt16] = []
    var hasGap = false
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        let isEdge = index == 0 || index == parts.count - 1
        if isEdge { continue }
        guard !hasGap else { return nil }
        hasGap = true
        continue
      }
      guard let groups = groups(part, isLast: index == parts.count - 1) else { return nil }
      if hasGap { tail += groups } else { head += groups }
    }
    // A single colon at an edge is no gap: `:1:2` and `1:2:` are not addresses, `::1` and `1::` are.
    if parts[0].isEmpty, !parts[1].isEmpty { return nil }
    if parts[parts.count - 1].isEmpty, !parts[parts.count - 2].isEmpty { return nil }
    let count = head.count + tail.count
    guard hasGap ? count <= 7 : count == 8 else { return nil }
    let zeros = [UInt16](repeating: 0, count: 8 - count)
    return (head + zeros + tail).reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
  }

  private static func groups(_ part: some Collection<UInt8>, isLast: Bool) -> [UInt16]? {
    if isLast, let bits = v4(part) {
      return [UInt16(truncatingIfNeeded: bits >> 16), UInt16(truncatingIfNeeded: bits)]
    }
    guard part.count <= 4 else { return nil }
    var value: UInt16 = 0
    for byte in part {
      let lower = byte | 0x20
      if byte.isASCIIDigit {
        value = value << 4 | UInt16(byte - UInt8(ascii: "0"))
      } else if lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "f") {
        value = value << 4 | UInt16(lower - UInt8(ascii: "a") + 10)
      } else {
        return nil
      }
    }
    return [value]
  }
}

extension IPAddress: CustomStringConvertible {
  /// The usual spelling: dotted, or IPv6 in lower case with its longest run of zeros left out.
  public var description: String {
    guard isV6 else {
      return (0..<4).map { String(UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0))) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> (112 - 16 * $0)) }
    var gap = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(gap.count, 1) { gap = start..<end }
      start = max(end, start + 1)
    }
    func hex(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
    return gap.isEmpty ? hex(groups[...]) : hex(groups[..<gap.lowerBound]) + "::" + hex(groups[gap.upperBound...])
  }
}
