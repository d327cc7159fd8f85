import Configuration
import Rules

/// What is known of the addresses among a detection's values: those that come again are read once.
struct AddressTable {
  enum Reading {
    /// A service's name, perhaps.
    case noAddress
    /// It says nothing of where a person is.
    case excluded
    /// - Parameter network: a number of its own for each network.
    case address(IPAddress, network: ValueNumber)
  }

  // Addresses of a flood do not come again; four megabytes.
  private static let countMax = 1 << 16

  private let excluded: AddressSet
  /// By value.
  private var readings: [ValueNumber: Reading] = [:]

  init(excluding ranges: [AddressRange]) { excluded = AddressSet(ranges) }

  mutating func read(_ fact: GroupFact, _ context: GroupContext) -> Reading {
    guard fact.value != .none else { return .noAddress }
    if let known = readings[fact.value] { return known }
    if readings.count >= AddressTable.countMax { readings = [:] }
    let reading = read(context.text(of: fact), context)
    readings[fact.value] = reading
    return reading
  }

  private func read(_ text: [UInt8], _ context: GroupContext) -> Reading {
    guard let address = IPAddress(text) else { return .noAddress }
    if excluded.contains(address) || context.estate.configuration.isExit(address) { return .excluded }
    return .address(address, network: context.values.number(of: Derived.network(text)))
  }
}

/// Many ranges, asked at once: clouds publish thousands of them.
struct AddressSet {
  private var ranges: Set<AddressRange> = []
  /// The lengths that occur, for IPv4 and IPv6.
  private var lengthsV4: [Int] = []
  private var lengthsV6: [Int] = []

  init(_ ranges: [AddressRange]) {
    self.ranges = Set(ranges)
    lengthsV4 = Set(ranges.filter { !$0.network.isV6 }.map(\.prefixLength)).sorted()
    lengthsV6 = Set(ranges.filter { $0.network.isV6 }.map(\.prefixLength)).sorted()
  }

  func contains(_ address: IPAddress) -> Bool {
    (address.isV6 ? lengthsV6 : lengthsV4).contains { ranges.contains(AddressRange(masking: address, to: $0)) }
  }
}
