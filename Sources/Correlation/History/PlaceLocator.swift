import Glibc
import Rules

/// Where addresses are: what a location database knows.
public protocol PlaceLocator: Sendable {
  /// Nil for an address whose place is not known.
  func place(of address: IPAddress) -> Place?
}

/// A place on the globe.
public struct Place: Sendable, Equatable {
  /// In millionths of a degree, north and east of Greenwich positive.
  public var latitude: Int32
  public var longitude: Int32
  /// As alerts show it.
  public var name: String

  public init(latitude: Int32, longitude: Int32, name: String) {
    self.latitude = latitude
    self.longitude = longitude
    self.name = name
  }

  // The mean radius.
  private static let earthKilometres = 6371.0
  private static let radiansPerMillionth = Double.pi / 180_000_000

  /// The great circle to another place in whole kilometres. A database is hundreds of times less exact than its rounding.
  func kilometres(to other: Place) -> Int64 {
    let north = Double(latitude) * Place.radiansPerMillionth
    let otherNorth = Double(other.latitude) * Place.radiansPerMillionth
    let up = sin((otherNorth - north) / 2)
    let across = sin((Double(other.longitude) - Double(longitude)) * Place.radiansPerMillionth / 2)
    let chord = up * up + cos(north) * cos(otherNorth) * across * across
    return Int64((2 * Place.earthKilometres * asin(min(1, chord.squareRoot()))).rounded())
  }
}
