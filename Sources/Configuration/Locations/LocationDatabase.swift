// Where addresses are, as MaxMind databases say. A database is mapped into memory and read by several threads at once;
// it is opened when a command needs it, not when the configuration is read.

import CMaxMind
import Rules

/// One open database.
final class LocationDatabase: @unchecked Sendable {
  // @unchecked: nothing is written after `init`; the library's look-ups only read the mapped file.
  private let database: OpaquePointer

  init(_ path: String) throws(FileTrouble) {
    var message: UnsafePointer<CChar>?
    // SAFETY: the path is a NUL-terminated copy for the call; the message is a constant of the library.
    guard let database = hm_open(path, &message) else {
      throw FileTrouble(message: message.map { String(cString: $0) } ?? "cannot be opened")
    }
    self.database = database
  }

  /// Such as `GeoLite2-City`.
  var type: String {
    // SAFETY: the text lives as long as the database, and ends with NUL.
    String(cString: hm_type(database))
  }

  // SAFETY: the database is open, and the call only reads it.
  var isDamaged: Bool { hm_is_damaged(database) != 0 }

  /// Whether it is of a kind that knows where addresses are, and not only what country or network they belong to.
  var isOfPlaces: Bool {
    let type = type.lowercased()
    return !["country", "asn", "isp", "domain", "connection-type", "anonymous"].contains { type.contains($0) }
  }

  /// Whether it may know what country an address is in; vendors' names for several things at once pass.
  var isOfCountries: Bool {
    let type = type.lowercased()
    return isOfPlaces || type.contains("country")
  }

  deinit {
    // SAFETY: the database came from hm_open and this is the only place that closes it.
    hm_close(database)
  }

  func find(_ address: IPAddress) -> Finding? {
    let width = address.isV6 ? 16 : 4
    let bytes = (0..<width).map { UInt8(truncatingIfNeeded: address.bits >> UInt128((width - 1 - $0) * 8)) }
    var location = hm_location()
    // SAFETY: the array has the 4 or 16 bytes that the flag announces; the location is written by the call.
    guard hm_lookup(database, bytes, address.isV6 ? 1 : 0, &location) == 1 else { return nil }
    return Finding(location)
  }

  /// What one database knows of an address.
  struct Finding {
    var country: String?
    var city: String?
    var asn: UInt32?
    /// Millionths of a degree.
    var position: (latitude: Int32, longitude: Int32)?

    fileprivate init(_ location: hm_location) {
      country = Finding.text(location.country, location.country_length).flatMap { $0.utf8.count == 2 ? $0 : nil }
      city = Finding.text(location.city, location.city_length)
      if location.asn != 0 {
        asn = location.asn
      } else if let text = Finding.text(location.asn_text, location.asn_text_length) {
        asn = UInt32(text.uppercased().hasPrefix("AS") ? String(text.dropFirst(2)) : text)
      }
      if location.has_position != 0, abs(location.latitude) <= 90, abs(location.longitude) <= 180 {
        position = (
          Int32((location.latitude * 1_000_000).rounded()), Int32((location.longitude * 1_000_000).rounded())
        )
      }
    }

    private static func text(_ base: UnsafePointer<CChar>?, _ length: UInt32) -> String? {
      guard let base, length > 0 else { return nil }
      // SAFETY: the library gives a range of the mapped file, which is open.
      return String(decoding: UnsafeRawBufferPointer(start: base, count: Int(length)), as: UTF8.self)
    }
  }
}
