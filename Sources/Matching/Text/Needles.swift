import Rules

/// Texts of which at least one stands literally in a record if any of its values passes some tests.
///
/// A search for a word in all values would otherwise take every record apart. What an escape could have written in
/// another way (quotes, slashes, control characters, and with `\\u` anything) is never concluded from.
struct Needles: Sendable {
  // One letter is in every record.
  private static let bytesMin = 2

  // Up to here the C library's search, text by text, is the faster one.
  private static let fewMax = 8

  private let texts: [[UInt8]]
  /// In place of `texts`, if there are more.
  private let automaton: LiteralAutomaton?

  /// Nil if no such texts can be given for all of the tests.
  init?(_ tests: [ValueTest]) {
    var texts: Set<[UInt8]> = []
    for test in tests {
      guard let needle = Needles.needle(of: test) else { return nil }
      texts.insert(needle)
    }
    let isMany = texts.count > Needles.fewMax
    guard !isMany || texts.reduce(0, { $0 + $1.count }) <= LiteralAutomaton.bytesMax else { return nil }
    self.texts = isMany ? [] : Array(texts)
    automaton = isMany ? LiteralAutomaton(Array(texts)) : nil
  }

  static func canBeGiven(for tests: [ValueTest]) -> Bool { tests.allSatisfy { needle(of: $0) != nil } }

  /// The longest stretch of a pattern's text that a record holds as it is.
  private static func needle(of test: ValueTest) -> [UInt8]? {
    guard case .text(let pattern) = test else { return nil }
    var best: ArraySlice<UInt8> = []
    for case .literal(let text) in pattern.parts {
      for stretch in text.split(whereSeparator: { !isPlain($0) }) where stretch.count > best.count { best = stretch }
    }
    return best.count >= bytesMin ? CaseFolding.folded(Array(best)) : nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "/")
  }

  func mayOccur(in json: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> Bool {
    // A letter beyond ASCII may fold to one within it.
    guard CaseFolding.foldASCII(json, into: &scratch) else { return true }
    return scratch.withUnsafeBytes { text in
      texts.contains { text.firstIndex(of: $0, from: 0) != nil } || automaton?.anyOccurs(in: text) ?? false
        || text.firstIndex(of: [UInt8(ascii: "\\"), UInt8(ascii: "u")], from: 0) != nil
    }
  }
}
