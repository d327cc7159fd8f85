import Events
import Foundation
import Rules
import Testing

@testable import Configuration

/// Locations of addresses, from the test databases that MaxMind gives away.
@Suite struct LocationTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures/mmdb").path

  static func locations(_ databases: String) throws -> Locations {
    let configuration = try configuration("geoip: {\(databases)}")
    return try #require(try Locations(configuration))
  }

  @Test(arguments: [
    ("81.2.69.142", "GB"), ("89.160.20.112", "SE"), ("2001:218::1", "JP"), ("::ffff:81.2.69.142", "GB"),
    ("10.0.0.1", nil),
  ])
  func countryOfAnAddressIsRead(address: String, country: String?) throws {
    let locations = try Self.locations("city: \(Self.folder)/GeoLite2-City-Test.mmdb")
    let known = try #require(IPAddress(address.utf8))
    #expect(locations.country(of: known) == country)
    #expect(locations.knowsPlaces && locations.knowsCountries)
  }

  @Test(arguments: [
    ("GeoLite2-ASN-Test", "knows no places"), ("MaxMind-DB-test-broken-search-tree-24", "it is damaged"),
  ])
  func databaseThatKnowsNoPlacesIsToldOf(name: String, words: String) throws {
    let locations = try Self.locations("city: \(Self.folder)/\(name).mmdb")
    #expect(!locations.knowsPlaces)
    #expect(locations.findings.count == 1)
    #expect(locations.findings.first?.description.contains(words) == true)
    #expect(try Self.locations("city: \(Self.folder)/GeoLite2-City-Test.mmdb").findings.isEmpty)
  }

  /// A country is no place: whoever names that database alone is told that no journey is measured.
  @Test(
    arguments: [
      ("country", "City", ["no-places"]), ("country", "ASN", ["bad-database", "no-places"]),
      ("asn", "ASN", ["no-places"]),
      ("city", "City", []),
    ] as [(String, String, [String])])
  func databasesWithoutPlacesAreToldOf(kind: String, name: String, codes: [String]) throws {
    let locations = try Self.locations("\(kind): \(Self.folder)/GeoLite2-\(name)-Test.mmdb")
    #expect(locations.findings.map(\.code.rawValue) == codes)
    #expect(locations.knowsPlaces == codes.isEmpty)
  }

  @Test func placeHasANameAndAPosition() throws {
    let locations = try Self.locations("city: \(Self.folder)/GeoLite2-City-Test.mmdb")
    let address = try #require(IPAddress("81.2.69.142".utf8))
    let place = try #require(locations.position(of: address))
    #expect(place.name == "London, GB")
    #expect(abs(place.latitude - 51_514_200) < 100_000)
    #expect(abs(place.longitude + 93_100) < 100_000)
  }

  @Test func columnsAreFilledFromDatabases() throws {
    let configuration = try configuration(
      """
      geoip: {city: \(Self.folder)/GeoLite2-City-Test.mmdb, asn: \(Self.folder)/GeoLite2-ASN-Test.mmdb}
      accounts: [{id: '7', environment: prod}]
      environments: {prod: {}}
      """)
    let columns = try #require(EstateColumns(configuration, try Locations(configuration)))
    func text(_ column: Column, _ source: String) -> String? {
      var copy = source
      return copy.withUTF8 { bytes in
        columns.text(column, of: Text(base: bytes.baseAddress, count: bytes.count)).map {
          String(decoding: $0, as: UTF8.self)
        }
      }
    }
    #expect(text(.sourceCountry, "81.2.69.142") == "GB")
    #expect(text(.sourceASN, "1.128.0.1") == "AS1221")
    #expect(text(.sourceCountry, "cloudtrail.amazonaws.com") == nil)
    #expect(text(.environment, "7") == "prod")
    #expect(text(.environment, "8") == nil)
    #expect(EstateColumns(.standard, nil) == nil)
  }

  @Test(arguments: ["MaxMind-DB-test-broken-pointers-24.mmdb", "MaxMind-DB-test-broken-search-tree-24.mmdb"])
  func damagedDatabaseAnswersNothingAndHarmsNobody(name: String) throws {
    let locations = try Self.locations("city: \(Self.folder)/\(name)")
    for number in UInt32(0)..<4096 {
      _ = locations.country(of: IPAddress(v4: number &* 1_048_583))
      _ = locations.position(of: IPAddress(v4: number &* 1_048_583))
    }
  }

  @Test func countryThatIsNotExpectedIsNamed() throws {
    let configuration = try configuration(
      "geoip: {city: \(Self.folder)/GeoLite2-City-Test.mmdb}\nallowed_countries: [SE, DE]")
    let locations = try Locations(configuration)
    var event = QuestionedEvent(names: [Array("ann".utf8)], ownAccount: [], account: [], time: 0)
    for (address, isWrong) in [("81.2.69.142", true), ("89.160.20.112", false), ("10.0.0.1", false)] {
      event.address = IPAddress(address.utf8)
      #expect((configuration.violation(of: .allowedCountry, event, locations) != nil) == isWrong)
    }
    #expect(configuration.missing(for: .allowedCountry, nil) == "the configuration has no geoip")
    #expect(configuration.missing(for: .allowedCountry, locations) == nil)
  }
}
