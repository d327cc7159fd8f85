/// `travel`, read literally, over the few addresses that the generator knows.

import Foundation
import Rules

/// Degrees north and east.
struct ReferenceLocation: Equatable {
  var north: Double
  var east: Double

  /// The great circle, by the angle between two directions.
  func kilometres(to other: ReferenceLocation) -> Double {
    func direction(_ place: ReferenceLocation) -> SIMD3<Double> {
      let (up, round) = (place.north * .pi / 180, place.east * .pi / 180)
      return SIMD3(cos(up) * cos(round), cos(up) * sin(round), sin(up))
    }
    return 6371 * acos(max(-1, min(1, (direction(self) * direction(other)).sum())))
  }
}

/// What the generator knows of an address.
struct ReferenceAddress {
  var text: String
  var network: String
  /// Nil: no database knows.
  var location: ReferenceLocation?
  /// Whether 192.0.2.0/24, the range that rules exclude, holds it.
  var isExcludable = false

  static let all: [ReferenceAddress] = [
    ReferenceAddress(
      text: "203.0.113.7", network: "203.0.113.0/24", location: ReferenceLocation(north: 52.5, east: 13.4)),
    ReferenceAddress(
      text: "203.0.113.200", network: "203.0.113.0/24", location: ReferenceLocation(north: 52.4, east: 13.1)),
    ReferenceAddress(
      text: "198.51.100.1", network: "198.51.100.0/24", location: ReferenceLocation(north: -33.9, east: 151.2)),
    ReferenceAddress(text: "198.51.101.1", network: "198.51.101.0/24", location: nil),
    ReferenceAddress(
      text: "192.0.2.9", network: "192.0.2.0/24", location: ReferenceLocation(north: 40.7, east: -74),
      isExcludable: true),
    ReferenceAddress(
      text: "2001:db8::A", network: "2001:db8::/48", location: ReferenceLocation(north: 35.7, east: 139.7)),
    ReferenceAddress(
      text: "2001:DB8::a", network: "2001:db8::/48", location: ReferenceLocation(north: 35.7, east: 139.7)),
    ReferenceAddress(
      text: "2001:db8:0:7::1", network: "2001:db8::/48", location: ReferenceLocation(north: 48.9, east: 2.4)),
    ReferenceAddress(
      text: "2001:db8:1::1", network: "2001:db8:1::/48", location: ReferenceLocation(north: 35.6, east: 139.6)),
  ]

  static func of(_ text: String) -> ReferenceAddress? { all.first { withoutCase($0.text) == withoutCase(text) } }
}

extension ReferenceRun {
  /// The hits with an address that is not passed over.
  private func addressed(_ hits: [ReferenceHit]) -> [(hit: ReferenceHit, address: ReferenceAddress)] {
    let all = hits.flatMap { hit in hit.values.compactMap { ReferenceAddress.of($0[0]).map { (hit, $0) } } }
    return all.filter { settings.exclude.isEmpty || !$0.1.isExcludable }
  }

  func networks(_ hits: [ReferenceHit]) -> [ReferenceMatch] {
    let known = addressed(hits)
    var found: [ReferenceMatch] = []
    for t in ReferenceRun.moments(known.map(\.hit)) {
      let window = known.filter { $0.hit.time >= t - settings.within && $0.hit.time <= t }
      let before = window.filter { $0.hit.time < t }
      guard Set(window.map(\.address.network)).count >= settings.networks,
        Set(before.map(\.address.network)).count < settings.networks
      else { continue }
      found.append(ReferenceMatch(time: t, hits: window.map(\.hit)))
    }
    return found
  }

  func travel(_ hits: [ReferenceHit], _ places: [String: ReferenceLocation]) -> [ReferenceMatch] {
    var stops: [(hit: ReferenceHit, location: ReferenceLocation)] = []
    for (hit, address) in addressed(hits) {
      guard let location = places[address.text], stops.last?.hit.event.identity != hit.event.identity else { continue }
      stops.append((hit, location))
    }
    var found: [ReferenceMatch] = []
    for (a, b) in zip(stops, stops.dropFirst()) {
      let kilometres = a.location.kilometres(to: b.location).rounded()
      let duration = b.hit.time - a.hit.time
      guard duration <= span, kilometres >= 100, kilometres * 3_600_000 > Double(settings.speed) * Double(duration)
      else { continue }
      found.append(ReferenceMatch(time: b.hit.time, hits: [a.hit, b.hit]))
    }
    return found
  }
}
