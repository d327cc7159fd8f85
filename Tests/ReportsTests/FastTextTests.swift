import Correlation
import Events
import Testing

@testable import Reports

/// What is written fast is written as it would be slowly, one byte after another.
@Suite struct FastTextTests {
  private var random = SystemRandomNumberGenerator()

  /// Bytes that have to be written otherwise, at any place among those that have not.
  private mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in
      Int.random(in: 0..<8, using: &random) == 0
        ? [0, 0x0A, 0x1F, 0x20, 0x22, 0x2C, 0x5C, 0x7E, 0x7F, 0x80, 0xC3, 0xA9, 0xFF].randomElement(using: &random) ?? 0
        : UInt8.random(in: 0x20..<0x7F, using: &random)
    }
  }

  @Test mutating func runOfPlainTextEndsAtTheFirstByteThatIsNone() {
    for count in 0..<40 {
      for _ in 0..<200 {
        let text = bytes(count)
        let start = Int.random(in: 0...count, using: &random)
        let isPlain = { (byte: UInt8) in byte >= 0x20 && byte < 0x7F }
        let end = text[start...].firstIndex { !isPlain($0) || $0 == 0x22 || $0 == 0x5C } ?? count
        text.withUnsafeBytes {
          #expect(PlainRun.end($0, from: start, except: 0x22, 0x5C) == end)
          #expect(PlainRun.isAll($0) == text.allSatisfy(isPlain))
        }
      }
    }
  }

  @Test mutating func csvDoublesQuotesWhereverTheyStand() {
    for _ in 0..<2000 {
      let text = bytes(Int.random(in: 0..<30, using: &random)).map { $0 < 0x20 || $0 >= 0x7F ? UInt8(ascii: "x") : $0 }
      var expected = text.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] }
      let isFormula = text.first.map { "=+-@".utf8.contains($0) } ?? false
      if isFormula { expected.insert(UInt8(ascii: "'"), at: 0) }
      if isFormula || text.contains(0x22) || text.contains(0x2C) { expected = [0x22] + expected + [0x22] }
      var out: [UInt8] = []
      text.withUnsafeBytes { Escape.csv($0, to: &out) }
      #expect(out == expected)
    }
  }

  @Test mutating func timesAreThoseOfTimestamp() {
    var clock = ClockText()
    var times: [Int64] = [0, -1, 86_399_999, 86_400_000, 253_402_300_799_999, Samples.time]
    for _ in 0..<500 { times.append(.random(in: -1_000_000_000...4_000_000_000_000, using: &random)) }
    for step in 0..<500 { times.append(Samples.time + Int64(step) * 7_654_321) }
    for time in times {
      var out: [UInt8] = []
      clock.append(time, to: &out)
      #expect(String(decoding: out, as: UTF8.self) == Timestamp.string(time))
    }
  }

  @Test(arguments: [0, 9, 10, -1, -10, 1_234_567, Int.max, Int.min]) func numbersAreThoseOfSwift(number: Int) {
    var out = Array("x".utf8)
    Decimals.append(number, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == "x\(number)")
  }

  @Test func textsAreFoundUnderTheirNumbers() {
    var memory = TextMemory()
    // Fields lie in the upper half.
    let keys = (0..<5000).map { UInt64($0 % 7) << 32 | UInt64($0) }
    for key in keys {
      #expect(memory[key] == nil)
      memory[key] = Array("\(key)".utf8)
    }
    for key in keys { #expect(memory[key] == Array("\(key)".utf8)) }
    memory[keys[3]] = []
    #expect(memory[keys[3]] == [])
  }

  /// More than a round of pieces, and a last piece that is not full.
  @Test(arguments: [1, 2, 5]) func alertsAreTakenInTheirOrder(jobs: Int) {
    let alerts = (0..<5001).map { Samples.alert($0) }
    var taken: [String] = []
    AlertList(alerts).forEach(alerts.indices, jobs: jobs) {
      { _, alert in alert.id }
    } take: {
      taken.append($0)
    }
    #expect(taken == alerts.map(\.id))
  }

  @Test func pageCountsTheSameOfWrittenAlertsAsOfAllAtOnce() {
    let alerts = (0..<700).map { Samples.alert($0, level: $0 % 3 == 0 ? .low : .critical) }
    let content = Samples.content(alerts)
    var counted = AlertTally(content.summary)
    let kept = AlertLines(content.alerts, .native, jobs: 2).write(
      [{ _ in }], keeping: [7], as: PageData.trimmed, counting: &counted)
    let atOnce = AlertTally(content.alerts, content.summary)
    #expect(kept.keys.sorted() == [7])
    #expect(counted.curves == atOnce.curves && counted.curves.joined().reduce(0, +) == 700)
    #expect(counted.week == atOnce.week && counted.addresses == atOnce.addresses)
    #expect(counted.rules.mapValues(\.count) == atOnce.rules.mapValues(\.count))
    #expect(counted.incidents.map(\.id) == atOnce.incidents.map(\.id))
    #expect(counted.incidents.map(\.places) == atOnce.incidents.map(\.places))
  }
}
