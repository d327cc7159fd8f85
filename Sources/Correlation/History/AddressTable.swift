import Configuration
import Rules

/// What is known of the addresses among a detection's values: each is read once.
struct AddressTable {
  enum Reading {
    /// A service's name, perhaps.
    case noAddress
    /// It says nothing of where a person is.
    case excluded
    /// - Parameter network: a number of its own for each network.
    case address(IPAddress, network: UInt32)
  }

  private let excluded: AddressSet
  /// By value; nil for what has not been asked for.
  private var readings: [Reading?] = []
  /// Numbers of networks, by their texts.
  private var numbers: [[UInt8]: UInt32] = [:]
  private var networks: [[UInt8]] = []

  init(excluding ranges: [AddressRange]) { excluded = AddressSet(ranges) }

  mutating func read(_ value: UInt32, _ context: GroupContext) -> Reading {
    guard value != 0 else { return .noAddress }
    let place = Int(value)
    if place >= readings.count {
      readings.append(contentsOf: repeatElement(nil, count: max(place + 1, readings.count * 2) - readings.count))
    }
    if let known = readings[place] { return known }
    let reading = read(context.values.text(value), context.estate.configuration)
    readings[place] = reading
    return reading
  }

  private mutating func read(_ text: [UInt8], _ configuration: Configuration) -> Reading {
    guard let address = IPAddress(text) else { return .noAddress }
    if excluded.contains(address) || configuration.isExit(address) { return .excluded }
    let network = Derived.network(text)
    let number = numbers[network] ?? UInt32(networks.count)
    if Int(number) == networks.count {
      numbers[network] = number
      networks.append(network)
    }
    return .address(address, network: number)
  }

  func text(ofNetwork number: UInt32) -> [UInt8] { networks[Int(number)] }
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
