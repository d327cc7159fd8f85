/// Partials that somebody altered and gave a digest that fits: reduce tells that they are damaged, or takes what they say
/// for true, and goes on either way.

import Archive
import Events
import ReadingSupport
import Reports
import Rules
import Testing

@testable import Correlation

@Suite struct HostilePartialTests {
  private static let digestBytes = 32

  /// With a digest that fits.
  private static func sealed(_ body: some Sequence<UInt8>) throws -> [UInt8] {
    let body = Array(body)
    guard var digest = Digest() else { throw SegmentError(message: "out of memory") }
    body.withUnsafeBytes { digest.update($0) }
    return withUnsafeBytes(of: digest.end().words) { body + $0 }
  }

  /// Reduces a partial and writes its report; nil if it is told to be damaged.
  private static func report(_ bytes: [UInt8]) throws -> [UInt8]? {
    let file = TemporaryFile(bytes)
    let parts: [Part]
    do { parts = try Partial.read(file.path, plan: EveryType.plan) } catch { return nil }
    let reduction = try reduce(parts, plan: EveryType.plan)
    let findings = Findings(EveryType.plan, reduction)
    let providers = [Set<String>](repeating: ["aws"], count: EveryType.plan.rules.count)
    let ledger = SummaryLedger(reduction, EveryType.plan, providers: providers, idle: [])
    var out = SummaryJSON.text(Summary(findings, ledger))
    AlertLines(AlertList(findings), .native, jobs: 1).write { out += $0 }
    out += SweepText(AlertList(findings), Summary(findings, ledger), width: 80, zone: 0).bytes
    return out
  }

  @Test func whatIsNotAlteredIsRead() throws {
    let bytes = try EveryType.partial()
    let report = try #require(try HostilePartialTests.report(bytes))
    #expect(try HostilePartialTests.report(try HostilePartialTests.sealed(bytes.dropLast(32))) == report)
    #expect(String(decoding: report, as: UTF8.self).contains("Type 0"))
  }

  /// Numbers that are one too many, that overflow when something is added, or that point elsewhere.
  private static let numbers: [UInt64] = [
    0, 1, 2, 255, 1000, 1 << 31, (1 << 31) - 1, (1 << 32) - 1, (1 << 32) - 16, 1 << 32, (1 << 60) + 1, 1 << 62,
    (1 << 63) - 1, 1 << 63, .max, .max - 7,
  ]

  @Test(arguments: 0..<6)
  func randomEditsNeverCrash(seed: UInt64) throws {
    let body = Array(try EveryType.partial().dropLast(HostilePartialTests.digestBytes))
    let tableEnd = 24 + body[16..<24].reversed().reduce(0) { $0 << 8 | Int($1) }
    var random = SeededGenerator(seed)
    var refused = 0
    for _ in 0..<100 {
      var edited = body
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let end = Bool.random(using: &random) ? tableEnd + 200 : edited.count
        let place = Int.random(in: 0..<end, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: edited[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: HostilePartialTests.put(&random, &edited, place, bytes: 4)
        default: HostilePartialTests.put(&random, &edited, place, bytes: 8)
        }
      }
      if try HostilePartialTests.report(try HostilePartialTests.sealed(edited)) == nil { refused += 1 }
    }
    #expect(refused > 30 && refused < 100)
  }

  private static func put(_ random: inout SeededGenerator, _ body: inout [UInt8], _ place: Int, bytes: Int) {
    let start = min(place / bytes * bytes, body.count - bytes)
    let number = numbers.randomElement(using: &random) ?? 0
    for i in 0..<bytes { body[start + i] = UInt8(truncatingIfNeeded: number >> UInt64(8 * i)) }
  }

  @Test func partialThatIsCutAndSealedIsRefused() throws {
    let body = Array(try EveryType.partial().dropLast(HostilePartialTests.digestBytes))
    for count in [0, 1, 8, 20, 24, 60, 100, body.count / 2, body.count - 8, body.count - 1] {
      #expect(try HostilePartialTests.report(try HostilePartialTests.sealed(body.prefix(count))) == nil)
    }
    #expect(try HostilePartialTests.report(try HostilePartialTests.sealed(body + [0, 0, 0, 0, 0, 0, 0, 0])) == nil)
  }

  /// Eight bytes at each place in turn: nothing of the tables is left out by chance.
  @Test func everyWordOfTheTablesMayBeAnything() throws {
    let body = Array(try EveryType.partial().dropLast(HostilePartialTests.digestBytes))
    let tableEnd = 24 + body[16..<24].reversed().reduce(0) { $0 << 8 | Int($1) }
    for place in stride(from: 8, to: tableEnd + Segment.tableBytes, by: 8) {
      for byte: UInt8 in [0xFF, 0x7F] {
        var edited = body
        for i in 0..<8 { edited[place + i] = i == 7 ? byte : 0xFF }
        _ = try HostilePartialTests.report(try HostilePartialTests.sealed(edited))
      }
    }
  }
}
