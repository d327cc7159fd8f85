// Text from rule files inside messages. It may hold escape sequences or be megabytes long; a message shows it in
// quotes, in one line, cut.

/// Quotes a piece of a rule for a message.
package struct Quoted: CustomStringConvertible {
  /// Longer pieces do not help to find the place.
  private static let scalarsMax = 60

  let text: String

  package init(_ text: some StringProtocol) {
    self.text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.scalarsMax + 1)))
  }

  package var description: String {
    var result = "'"
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == Self.scalarsMax { return result + "...'" }
      result += Self.printable(scalar)
    }
    return result + "'"
  }

  /// Control characters and the marks that reorder or hide text are written as `\u{..}`.
  static func printable(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }
}

/// Finds the word that was meant.
package enum Suggestion {
  /// Two slips at most, and never more than a third of the word: beyond that a guess misleads.
  private static let distanceMax = 2

  /// ` (did you mean 'x'?)`, or nothing.
  package static func hint(for word: String, among candidates: some Sequence<String>) -> String {
    guard let best = nearest(to: word, among: candidates) else { return "" }
    return " (did you mean \(Quoted(best))?)"
  }

  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let bytes = Array(word.lowercased().utf8.prefix(64))
    let limit = min(distanceMax, max(1, bytes.count / 3))
    var best: (slips: Int, word: String)?
    for candidate in candidates where candidate != word {
      let other = Array(candidate.lowercased().utf8.prefix(64))
      guard abs(other.count - bytes.count) <= limit else { continue }
      let slips = distance(bytes, other)
      if slips <= limit, slips < best?.slips ?? .max { best = (slips, candidate) }
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = previous
    for i in left.indices {
      current[0] = i + 1
      for j in right.indices {
        let cost = left[i] == right[j] ? 0 : 1
        current[j + 1] = min(previous[j + 1] + 1, current[j] + 1, previous[j] + cost)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          current[j + 1] = min(current[j + 1], before[j - 1] + 1)
        }
      }
      (before, previous, current) = (previous, current, before)
    }
    return previous[right.count]
  }
}
