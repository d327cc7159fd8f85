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

  /// The same for bytes in memory, compiled for them: lists of a million addresses are read through here.
  public init?(bytes: UnsafeRawBufferPointer) {
    self.init(bytes)
  }

  private static func v6(_ text: some Collection<UInt8>) -> UInt128? {
    var groups = V6Groups()
    var index = text.startIndex
    if text.first == UInt8(ascii: ":") {
      index = text.index(after: index)
      guard index < text.endIndex, text[index] == UInt8(ascii: ":") else { return nil }
      index = text.index(after: index)
      groups.gap = 0
      if index == text.endIndex { return 0 }
    }
    while true {
      let start = index
      var value: UInt128 = 0
      var digits = 0
      while index < text.endIndex, digits < 4, let digit = hexDigit(text[index]) {
        value = value << 4 | digit
        digits += 1
        index = text.index(after: index)
      }
      guard digits > 0 else { return nil }
      if index < text.endIndex, text[index] == UInt8(ascii: ".") {
        guard let tail = v4(text[start...]) else { return nil }
        return groups.append(UInt128(tail), count: 2) ? groups.address : nil
      }
      guard groups.append(value, count: 1) else { return nil }
      if index == text.endIndex { return groups.address }
      guard text[index] == UInt8(ascii: ":") else { return nil }
      index = text.index(after: index)
      // A single colon at the end is no gap: `1:2:` is no address, `1::` is.
      guard index < text.endIndex else { return nil }
      guard text[index] == UInt8(ascii: ":") else { continue }
      guard groups.gap == nil else { return nil }
      groups.gap = groups.count
      index = text.index(after: index)
      if index == text.endIndex { return groups.address }
    }
  }

  private static func hexDigit(_ byte: UInt8) -> UInt128? {
    if byte.isASCIIDigit { return UInt128(byte - UInt8(ascii: "0")) }
    let lower = byte | 0x20
    guard lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "f") else { return nil }
    return UInt128(lower - UInt8(ascii: "a") + 10)
  }
}

/// The groups of an IPv6 address in the order written: `1::2` has the bits 0001_0002, a count of 2 and its gap at 1.
private struct V6Groups {
  var bits: UInt128 = 0
  var count = 0
  /// How many groups stand before `::`.
  var gap: Int?

  mutating func append(_ value: UInt128, count more: Int) -> Bool {
    guard count + more <= 8 else { return false }
    bits = bits << UInt128(16 * more) | value
    count += more
    return true
  }

  /// Nil unless there are eight groups, those that the gap stands for included.
  var address: UInt128? {
    guard let gap else { return count == 8 ? bits : nil }
    guard count <= 7 else { return nil }
    let tail = UInt128(16 * (count - gap))
    let low = bits & ((1 << tail) - 1)
    return (bits >> tail) << UInt128(128 - 16 * gap) | low
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
