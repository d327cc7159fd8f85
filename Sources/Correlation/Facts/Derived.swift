import Rules

/// Values made of others.
public enum Derived {
  // A household or an office keeps these bits; the rest changes with the hour.
  private static let bitsV4 = 24
  private static let bitsV6 = 48

  static func text(_ derivation: FactField.Derivation, of id: UInt32, _ segment: inout SegmentBuilder) -> UInt32 {
    let text = segment.texts[id]
    let derived =
      switch derivation {
      case .publicNetwork: isPublic(text) ? network(text) : []
      case .addressFamily: family(text)
      case .agentFamily: agentFamily(text)
      default: network(text)
      }
    return segment.text(derived)
  }

  /// `10.1.2.0/24`; a text that is no address, such as a service's name, stands for itself.
  static func network(_ text: some Collection<UInt8>) -> [UInt8] {
    guard let address = IPAddress(text) else { return Array(text) }
    return Array("\(AddressRange(masking: address, to: address.isV6 ? bitsV6 : bitsV4))".utf8)
  }

  public static let version6 = "6"

  /// Nothing for what is no address.
  static func family(_ text: some Collection<UInt8>) -> [UInt8] {
    IPAddress(text).map { Array(($0.isV6 ? version6 : "4").utf8) } ?? []
  }

  /// What many have at once, each in a network of their own: private and link-local addresses, those between a provider
  /// and its subscribers, and 9.0.0.0/8, which Tencent Cloud uses inside.
  private static let inside: [AddressRange] = [
    "0.0.0.0/8", "9.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10",
  ].compactMap { try? AddressRange($0) }

  static func isPublic(_ text: some Collection<UInt8>) -> Bool {
    guard let address = IPAddress(text) else { return false }
    return !inside.contains { $0.contains(address) }
  }

  /// `aws-cli` of `aws-cli/2.15 Python/3.11`; what a browser says of itself up to the version.
  static func agentFamily(_ text: some Collection<UInt8>) -> [UInt8] {
    var family: [UInt8] = []
    for byte in text {
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "[") && !family.isEmpty {
        break
      }
      if byte != UInt8(ascii: "[") { family.append(byte) }
    }
    return family.isEmpty ? Array(text) : family
  }
}
