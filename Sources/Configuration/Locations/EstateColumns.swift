// The columns of events that come from the configuration and its databases: `environment`, `src_country`, `src_asn`.

import Events
import Rules

/// Fills them from accounts and addresses.
public struct EstateColumns: Annotator {
  private let configuration: Configuration
  private let locations: Locations?

  /// Nil if nothing would ever be filled.
  public init?(_ configuration: Configuration, _ locations: Locations?) {
    guard locations != nil || configuration.accounts.contains(where: { !$0.environment.isEmpty }) else { return nil }
    self.configuration = configuration
    self.locations = locations
  }

  public func text(_ column: Column, of source: Text) -> [UInt8]? {
    switch column {
    case .environment:
      return configuration.environment(ofAccount: source.bytes).map {
        Array(configuration.environments[$0].name.utf8)
      }
    case .sourceCountry:
      return IPAddress(bytes: source.bytes).flatMap { locations?.country(of: $0) }.map { Array($0.utf8) }
    case .sourceASN:
      return IPAddress(bytes: source.bytes).flatMap { locations?.asn(of: $0) }.map { Array("AS\($0)".utf8) }
    default: return nil
    }
  }
}
