import Configuration
import Foundation
import Testing

@testable import Notify
@testable import State

/// What goes out next, and when a target is tried again.
@Suite struct CourierTests {
  static func row(_ id: Int64, level: Int = 2, due: Int64 = 0) -> OutboxRow {
    OutboxRow(
      id: id, key: "k\(id)", target: "t", run: 1, level: level, created: 0, status: .waiting, attempts: 0, due: due)
  }

  static func rate(_ messages: Int) throws -> NotifyTarget.Rate {
    let text = "notify: {targets: {t: {mail: [a@b.example], rate: {messages: \(messages), per: 10s}}}}"
    return try #require(Configuration.read(Array(text.utf8), file: "t.yaml").configuration?.notify?.target("t")?.rate)
  }

  @Test func withRoomForAllTheOldestGoesFirst() throws {
    let rows = [Self.row(1, level: 0), Self.row(2, level: 4)]
    #expect(Batch(rows, sent: [], try Self.rate(2), now: 100) == .one(1))
    #expect(Batch(rows, sent: [], nil, now: 100) == .one(1))
  }

  @Test func withoutRoomForAllTheGravestGoFirstAndTheRestIsADigest() throws {
    let rows = [Self.row(1, level: 0), Self.row(2, level: 4), Self.row(3, level: 4), Self.row(4, level: 1)]
    #expect(Batch(rows, sent: [], try Self.rate(3), now: 100) == .one(2))
    #expect(Batch(rows, sent: [10, 20], try Self.rate(3), now: 100) == .digest([2, 3, 4, 1]))
    #expect(Batch([rows[0]], sent: [10, 20], try Self.rate(3), now: 100) == .one(1))
  }

  @Test func withoutAnyRoomItWaitsUntilTheOldestMessageIsOutOfTheSpan() throws {
    let rows = [Self.row(1)]
    #expect(Batch(rows, sent: [10, 20, 30], try Self.rate(3), now: 100) == .later(10_010))
    #expect(Batch(rows, sent: [10, 20, 30], try Self.rate(2), now: 100) == .later(10_020))
  }

  @Test func whatIsNotDueIsLeftAlone() throws {
    #expect(Batch([Self.row(1, due: 500), Self.row(2, due: 300)], sent: [], nil, now: 100) == .later(300))
    #expect(Batch([Self.row(1, due: 500), Self.row(2, due: 100)], sent: [], nil, now: 100) == .one(2))
    #expect(Batch([], sent: [], nil, now: 100) == .none)
  }

  @Test func pausesDoubleUpToAnHourAndDiffer() {
    var random = SystemRandomNumberGenerator()
    let backOff = BackOff(firstMillis: 5_000)
    for (failures, longest) in [(1, 5_000), (2, 10_000), (5, 80_000), (11, 3_600_000), (200, 3_600_000)] {
      let pauses = (0..<200).map { _ in backOff.pause(after: failures, using: &random) }
      #expect(pauses.allSatisfy { $0 >= Int64(longest / 2) && $0 <= Int64(longest) })
      #expect(Set(pauses).count > 100)
    }
  }
}
