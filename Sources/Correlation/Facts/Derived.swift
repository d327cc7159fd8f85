import Rules

/// Values made of others.
enum Derived {
  // A household or an office keeps these bits; the rest changes with the hour.
  private static let bitsV4 = 24
  private static let bitsV6 = 48

  static func text(_ derivation: FactField.Derivation, of id: UInt32, _ segment: inout SegmentBuilder) -> UInt32 {
    let text = segment.texts[id]
    let derived = derivation == .network ? network(text) : agentFamily(text)
    return segment.text(derived)
  }

  /// `10.1.2.0/24`; a text that is no address, such as a service's name, stands for itself.
  static func network(_ text: some Collection<UInt8>) -> [UInt8] {
    guard let address = IPAddress(text) else { return Array(text) }
    return Array("\(AddressRange(masking: address, to: address.isV6 ? bitsV6 : bitsV4))".utf8)
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
