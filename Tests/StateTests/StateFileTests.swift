import Archive
import Correlation
import Events
import Foundation
import Testing

@testable import State

/// What a state is, and what it refuses to be.
@Suite struct StateFileTests {
  final class Place {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("state-\(UUID().uuidString)")
    var path: String { folder.appendingPathComponent("state").path }

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  private static func code(_ body: () throws -> Void) -> StateError.Code? { error(body)?.code }

  private static func error(_ body: () throws -> Void) -> StateError? {
    do {
      try body()
      return nil
    } catch let error as StateError {
      return error
    } catch {
      return nil
    }
  }

  @Test func keyIsMadeOnceAndKept() throws {
    let place = try Place()
    let key = try State.forSweep(place.path).hashKey()
    #expect(try State.forSweep(place.path).hashKey() == key)
    let other = try Place()
    #expect(try State.forSweep(other.path).hashKey() != key)
  }

  @Test func oneSweepAtATimeHoldsIt() throws {
    let place = try Place()
    let first = try State.forSweep(place.path)
    #expect(StateFileTests.code { _ = try State.forSweep(place.path) } == .busy)
    _ = try State.existing(place.path)
    withExtendedLifetime(first) {}
  }

  @Test func whatIsNoStateIsRefused() throws {
    let place = try Place()
    #expect(StateFileTests.code { _ = try State.existing(place.path) } == .missing)
    try Data("not a database, but long enough to look at it as one".utf8).write(to: URL(fileURLWithPath: place.path))
    #expect(StateFileTests.code { _ = try State.forSweep(place.path) } == .corrupt)
    let other = try Place()
    let database = try Database(StateFileTests.empty(other.path))
    try database.execute("CREATE TABLE x (y)")
    #expect(StateFileTests.code { _ = try State.forSweep(other.path) } == .corrupt)
    let link = try Place()
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: place.path)
    #expect(StateFileTests.code { _ = try State.forSweep(link.path) } == .place)
  }

  private static func empty(_ path: String) throws -> String {
    try Data().write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func stateOfANewerHarrierIsRefused() throws {
    let place = try Place()
    do {
      let state = try State.forSweep(place.path)
      try state.database.execute("PRAGMA user_version = 999")
    }
    #expect(StateFileTests.code { _ = try State.forSweep(place.path) } == .newer)
  }

  @Test func stateThatLostItsContentIsNotBegunAnew() throws {
    let place = try Place()
    _ = try State.forSweep(place.path)
    try Data().write(to: URL(fileURLWithPath: place.path))
    // Whoever comes, and whatever for, is told the same.
    func check() throws {
      let errors = [
        StateFileTests.error { _ = try State.forSweep(place.path) },
        StateFileTests.error { _ = try State.existing(place.path) },
        StateFileTests.error { _ = try State.forTrial(place.path) },
      ]
      for error in errors {
        #expect(error?.code == .corrupt)
        #expect(error?.remedy.contains("harrier state reset") == true)
      }
    }
    try check()
    try FileManager.default.removeItem(atPath: place.path)
    try check()
  }

  @Test func transactionIsWholeOrNothing() throws {
    let place = try Place()
    let state = try State.forSweep(place.path)
    let row = RunRow(
      finished: 1, files: 1, events: 1, duplicates: 0, alreadySeen: 0, tooLate: 0, rules: "r", configuration: nil)
    #expect(
      StateFileTests.code {
        try state.transaction { () throws(StateError) in
          _ = try state.begin(row)
          throw StateError(.failed, "on purpose")
        }
      } == .failed)
    #expect(try state.totals().events == 0)
    try state.transaction { () throws(StateError) in _ = try state.begin(row) }
    #expect(try state.totals().events == 1)
  }

  @Test func promisedReportIsKeptUntilItIsDelivered() throws {
    let place = try Place()
    let long = [UInt8](repeating: 7, count: 3 << 20)
    do {
      let state = try State.forSweep(place.path)
      try state.transaction { () throws(StateError) in
        let number = try state.promise(runs: 1...1, target: Array("/out".utf8))
        try state.append(long, to: number, file: 0, name: "long")
        try state.append([1, 2], to: number, file: 0, name: "long")
        try state.append([], to: number, file: 1, name: "empty")
      }
    }
    let state = try State.forSweep(place.path)
    let promised = try #require(try state.promised().first)
    #expect(try state.pages(of: promised.id).map(\.name) == ["long", "empty"])
    var bytes: [UInt8] = []
    try state.read(promised.id, file: 0) { bytes += $0 }
    #expect(bytes == long + [1, 2])
    let mark = ManifestMark(sequence: 3, sha256: "ab")
    try state.acknowledge(promised, mark, tellsLosses: true)
    #expect(try state.promised().isEmpty)
    #expect(try state.delivered().map(\.mark) == [mark])
  }

  @Test(arguments: [(0x6969, "NFS"), (0xFF53_4D42, "CIFS"), (0x6573_5546, "FUSE")])
  func networkIsRefusedUnlessToldOtherwise(kind: Int64, name: String) throws {
    let refusal = try #require(StatePlace.refusal("/net/state", kind))
    #expect(refusal.code == .network)
    #expect(refusal.message.contains("/net/state") && refusal.message.contains(name))
    #expect(refusal.remedy.contains("--state-on-network"))
  }

  @Test(arguments: [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994]) func localDiskIsTaken(kind: Int64) {
    #expect(StatePlace.refusal("/var/state", kind) == nil)
  }
}
