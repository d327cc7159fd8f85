// A CIDR range of a rule or filter.

/// All addresses that share the first bits.
public struct AddressRange: Hashable, Sendable {
  public enum Refusal: Error, Equatable, Sendable {
    case notAnAddress
    case badLength
    /// The range that was probably meant.
    case hostBits(AddressRange)
  }

  public let network: IPAddress
  public let prefixLength: Int

  /// The bits that count, as a mask over `IPAddress.bits`.
  private let mask: UInt128

  /// Reads `10.0.0.0/8`, `fe80::/10`, or a bare address, which is a range of one.
  public init(_ text: String) throws(Refusal) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(parts[0]) else { throw .notAnAddress }
    let isMapped = !address.isV6 && parts[0].contains(UInt8(ascii: ":"))
    let width = address.isV6 ? 128 : 32
    guard parts.count == 2 else {
      self.init(masking: address, to: width)
      return
    }
    guard parts[1].count <= 3, parts[1].allSatisfy(\.isASCIIDigit), !parts[1].isEmpty,
      let written = Int(String(decoding: parts[1], as: UTF8.self))
    else { throw .badLength }
    let length = isMapped ? written - 96 : written
    guard length >= 0, length <= width else { throw .badLength }
    let range = AddressRange(masking: address, to: length)
    guard range.network == address else { throw .hostBits(range) }
    self = range
  }

  /// The range of the given length around an address.
  /// - Precondition: the length fits the kind of address.
  public init(masking address: IPAddress, to length: Int) {
    let width = address.isV6 ? 128 : 32
    precondition(length >= 0 && length <= width, "a prefix is no longer than its address")
    let full: UInt128 = address.isV6 ? .max : UInt128(UInt32.max)
    mask = length == 0 ? 0 : full & (full << UInt128(width - length))
    prefixLength = length
    var network = address
    network.bits &= mask
    self.network = network
  }

  public func contains(_ address: IPAddress) -> Bool {
    address.isV6 == network.isV6 && address.bits & mask == network.bits
  }
}

extension AddressRange: CustomStringConvertible {
  public var description: String { "\(network)/\(prefixLength)" }
}
