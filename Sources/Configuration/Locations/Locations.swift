// What all databases of a configuration together say of an address.

import Events
import Rules

/// The open databases of `geoip`. The city database also knows countries; the country database goes before it.
public struct Locations: Sendable {
  private var databases: [Databases.Kind: LocationDatabase] = [:]

  public func has(_ kind: Databases.Kind) -> Bool { databases[kind] != nil }
  /// Whether anything says which country an address is in.
  public var knowsCountries: Bool { has(.country) || has(.city) }
  public private(set) var knowsPlaces = false
  /// Databases that cannot be what they are named as: they are used for what they give.
  public private(set) var findings: [ConfigFinding] = []

  /// Nil without a `geoip` section.
  public init?(_ configuration: Configuration) throws(ConfigFinding) {
    guard !configuration.databases.entries.isEmpty else { return nil }
    for entry in configuration.databases.entries {
      do throws(FileTrouble) {
        let database = try LocationDatabase(entry.path)
        databases[entry.kind] = database
        examine(database, entry.kind, entry.path, at: entry.origin)
      } catch {
        throw ConfigFinding(.error, .badDatabase, "\(entry.path): \(error.message)", at: entry.origin)
      }
    }
    tellOfPlaces(configuration.databases)
  }

  /// Whoever names databases may believe that journeys are measured with them.
  private mutating func tellOfPlaces(_ databases: Databases) {
    guard let entry = databases.entries.first, !has(.city) else { return }
    let message = "there is no 'city' database, which alone knows places; 'travel' counts networks instead"
    findings.append(ConfigFinding(.note, .noPlaces, message, at: entry.origin))
  }

  private mutating func examine(
    _ database: LocationDatabase, _ kind: Databases.Kind, _ path: String, at origin: Origin
  ) {
    var fault: String?
    if database.isDamaged {
      fault = "it is damaged: addresses cannot be looked up"
    } else if kind == .city, !database.isOfPlaces {
      fault = "it is a database of type \(database.type), which knows no places"
    } else if kind == .country, !database.isOfCountries {
      fault = "it is a database of type \(database.type), which knows no countries"
    }
    if kind == .city { knowsPlaces = fault == nil }
    guard let fault else { return }
    let consequence = kind == .city ? "; 'travel' counts networks instead" : ""
    findings.append(ConfigFinding(.warning, .badDatabase, "\(path): \(fault)\(consequence)", at: origin))
  }

  /// As two letters (ISO 3166).
  public func country(of address: IPAddress) -> String? {
    for kind in [Databases.Kind.country, .city] {
      if let country = databases[kind]?.find(address)?.country { return country }
    }
    return nil
  }

  public func asn(of address: IPAddress) -> UInt32? { databases[.asn]?.find(address)?.asn }

  /// Where it is, in millionths of a degree, and what that is called: `Berlin, DE`.
  public func position(of address: IPAddress) -> (latitude: Int32, longitude: Int32, name: String)? {
    guard let found = databases[.city]?.find(address), let position = found.position else { return nil }
    let name = [found.city, found.country ?? country(of: address)].compactMap { $0 }.joined(separator: ", ")
    return (position.latitude, position.longitude, name.isEmpty ? "a place without a name" : name)
  }
}
