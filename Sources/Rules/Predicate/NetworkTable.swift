// A long list of networks under its name. A rule that compares an address with it holds one test, not one for each network:
// lists have up to a million, and who keeps them answers for all at once.

public final class NetworkTable: Sendable {
  /// From this many networks on a list is one test. Shorter ones are written out, so that a rule's text shows them.
  public static let countMin = 1_000

  /// Of the placeholder.
  public let name: String
  private let holds: @Sendable (IPAddress) -> Bool

  public init(name: String, holds: @escaping @Sendable (IPAddress) -> Bool) {
    self.name = name
    self.holds = holds
  }

  public func contains(_ address: IPAddress) -> Bool { holds(address) }

  /// With networks that another list has under the same name.
  func joined(with others: [String]) -> NetworkTable {
    let ranges = others.compactMap { try? AddressRange($0) }
    let own = holds
    return NetworkTable(name: name) { address in
      own(address) || ranges.contains { AddressRange(masking: address, to: $0.prefixLength) == $0 }
    }
  }
}

/// Lists are made once for a run: those of one name are one.
extension NetworkTable: Hashable {
  public static func == (one: NetworkTable, other: NetworkTable) -> Bool { one === other }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
