/// On documents made up at random the parser and the reference find the same values.

import Glibc
import Testing

@testable import Events

private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return mixed ^ (mixed >> 33)
  }
}

@Suite struct LookupPropertyTests {
  static let paths = ["a", "b", "a.b", "a.b.c", "b.a", "c.c", "A.b", "event.a", "detail", "a.é", "x.y.z.a.b", "B"]
  static let keys = [
    "a", "b", "c", "A", "B", "a.b", "b.c", "a.b.c", "event", "Event", "data", "detail", "event.a", "event.a.b",
    "Event.a",
    "event.", "x.y", "z", "é", "a.é", "x.y.z",
  ]

  @Test func agreesWithTheReference() throws {
    let rounds = getenv("HARRIER_TORTURE") != nil ? 40_000 : 2000
    let reader = try PathReader(Self.paths)
    let wrappers = Containers.wrappers.map { $0.key.description }
    let flat = try #require(Containers.wrappers.first { $0.flattens }).key.description + "."
    var references = Self.paths.map { ReferenceLookup(path: $0, wrappers: wrappers, flatPrefix: flat) }
    var random = Seeded(state: 7)
    var met = 0
    for round in 0..<rounds {
      let record = object(4, &random)
      let json = record.json
      // Every other time a bad record in front makes each go on its own.
      let found = try reader.read(round % 2 == 0 ? json : "[{\"x\":tru},\(json)]")
      let expected = references.indices.map { references[$0].values(in: record) }
      try #require(found == [expected], "\(round): \(json)")
      met += expected.reduce(0) { $0 + $1.count }
    }
    // The documents are such that most paths are met.
    #expect(met > rounds * 3)
  }

  private func tree(_ depth: Int, _ random: inout Seeded) -> Tree {
    switch depth == 0 ? Int.random(in: 0...4, using: &random) : Int.random(in: 0...15, using: &random) {
    case 0: return .scalar(.string, ["", "x", "a\"b\\", "{\"a\":1", "[é]\n", "{"].randomElement(using: &random)!)
    case 1: return .scalar(.number, ["0", "-1.5e3", "12"].randomElement(using: &random)!)
    case 2: return .scalar(.null, "")
    case 3: return Bool.random(using: &random) ? .scalar(.true, "true") : .scalar(.false, "false")
    case 4: return depth == 0 ? .array([]) : .object([])
    case 5...7:
      return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in tree(depth - 1, &random) })
    case 8, 9:
      return .text(Bool.random(using: &random) ? object(depth - 1, &random) : .array([tree(depth - 1, &random)]))
    default: return object(depth - 1, &random)
    }
  }

  private func object(_ depth: Int, _ random: inout Seeded) -> Tree {
    .object(
      (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (key: Self.keys.randomElement(using: &random)!, value: tree(max(depth, 0), &random))
      })
  }
}
