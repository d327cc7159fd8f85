import Events
import Rules

/// Alternatives about one value: true if any of them holds. All tests of one field that a rule joins by `or` become
/// one set, so that a list of ten thousand indicators costs one look-up.
///
/// A value is looked at as text alone: `5` and `"5"` are one value, `true` and `"true"` another.
final class TestSet: Sendable {
  /// Whole values without their case.
  private let folded: Set<[UInt8]>
  private let cased: Set<[UInt8]>
  private let numbers: Set<Number>
  private let patterns: PatternSet
  private let casedPatterns: PatternSet
  private let regexes: [Regex]
  private let networks: NetworkSet
  private let tables: [NetworkTable]
  private let comparisons: [(comparison: Comparison, number: Number)]
  private let times: [(part: TimePart, comparison: Comparison, value: Int)]
  private let isAlwaysTrue: Bool
  private let needsFolding: Bool
  private let needsNumber: Bool
  private let needles: Needles?

  /// - Parameter regexes: gives the compiled form of a pattern; equal patterns may share one.
  init(_ tests: [ValueTest], regexes compile: (RegexPattern) throws(Regex.Refusal) -> Regex) throws(Regex.Refusal) {
    var folded: Set<[UInt8]> = []
    var cased: Set<[UInt8]> = []
    var numbers: Set<Number> = []
    var patterns: [TextPattern] = []
    var casedPatterns: [TextPattern] = []
    var regexes: [Regex] = []
    var ranges: [AddressRange] = []
    var tables: [NetworkTable] = []
    var comparisons: [(comparison: Comparison, number: Number)] = []
    var times: [(part: TimePart, comparison: Comparison, value: Int)] = []
    var isAlwaysTrue = false
    for test in tests {
      switch test {
      case .text(let pattern):
        if let literal = pattern.literal {
          if pattern.isCased { cased.insert(literal) } else { folded.insert(CaseFolding.folded(literal)) }
        } else if pattern.shape == .anything {
          isAlwaysTrue = true
        } else if pattern.isCased {
          casedPatterns.append(pattern)
        } else {
          patterns.append(pattern)
        }
      case .bool(let value): folded.insert(Array((value ? "true" : "false").utf8))
      case .number(let number): numbers.insert(number)
      case .regex(let pattern): regexes.append(try compile(pattern))
      case .network(let range): ranges.append(range)
      case .networks(let table): tables.append(table)
      case .compare(let comparison, let number): comparisons.append((comparison, number))
      case .time(let part, let comparison, let value): times.append((part, comparison, value))
      case .null, .exists, .reference: preconditionFailure("not a test of a value")
      }
    }
    self.folded = folded
    self.cased = cased
    self.numbers = numbers
    self.patterns = PatternSet(patterns)
    self.casedPatterns = PatternSet(casedPatterns)
    self.regexes = regexes
    networks = NetworkSet(ranges)
    self.tables = tables
    self.comparisons = comparisons
    self.times = times
    self.isAlwaysTrue = isAlwaysTrue
    needsFolding = !folded.isEmpty || !patterns.isEmpty
    needsNumber = !numbers.isEmpty || !comparisons.isEmpty
    needles = Needles(tests)
  }

  /// - Parameter scratch: room for the folded text, kept from call to call.
  func matches(_ text: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> Bool {
    if isAlwaysTrue { return true }
    if needsFolding {
      CaseFolding.fold(text, into: &scratch)
      if !folded.isEmpty, folded.contains(scratch) { return true }
      if !self.patterns.isEmpty, scratch.withUnsafeBytes({ self.patterns.matches($0) }) { return true }
    }
    if !cased.isEmpty, cased.contains(Array(text)) { return true }
    if casedPatterns.matches(text) { return true }
    if needsNumber, let number = NumberText.parse(text), matches(number) { return true }
    if !networks.isEmpty || !tables.isEmpty, let address = IPAddress(text), holds(address) { return true }
    if !times.isEmpty, matchesTime(text) { return true }
    for regex in regexes where regex.occurs(in: text) { return true }
    return false
  }

  /// Whether some leaf of a record may pass. A quick look at the record's bytes; no leaf passes if it says no.
  func mayPass(inRecord json: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> Bool {
    needles?.mayOccur(in: json, &scratch) ?? true
  }

  private func holds(_ address: IPAddress) -> Bool {
    networks.contains(address) || tables.contains { $0.contains(address) }
  }

  private func matches(_ number: Number) -> Bool {
    if numbers.contains(number) { return true }
    return comparisons.contains { $0.comparison.holds(number, $0.number) }
  }

  private func matchesTime(_ text: UnsafeRawBufferPointer) -> Bool {
    let millis = TimeText.written(Text(text))
    guard millis != Timestamp.missing else { return false }
    return times.contains { $0.comparison.holds(TimeText.value(of: $0.part, in: millis), $0.value) }
  }
}

extension Text {
  init(_ bytes: UnsafeRawBufferPointer) {
    self.init(base: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: bytes.count)
  }
}

/// Many address ranges, asked for one address at a time: one look-up for each length of prefix that occurs.
struct NetworkSet: Sendable {
  private let ranges: Set<AddressRange>
  private let lengths4: [Int]
  private let lengths6: [Int]

  init(_ ranges: [AddressRange]) {
    self.ranges = Set(ranges)
    lengths4 = Set(ranges.filter { !$0.network.isV6 }.map(\.prefixLength)).sorted()
    lengths6 = Set(ranges.filter { $0.network.isV6 }.map(\.prefixLength)).sorted()
  }

  var isEmpty: Bool { ranges.isEmpty }

  func contains(_ address: IPAddress) -> Bool {
    (address.isV6 ? lengths6 : lengths4).contains { ranges.contains(AddressRange(masking: address, to: $0)) }
  }
}
