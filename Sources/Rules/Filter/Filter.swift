// The filter language of the command line: short to type, and able to say all that a Sigma selection can. The grammar
// is in docs/RULES.md. It has no semantics of its own: every comparison becomes a `DetectionItem`, as in a rule.

/// Reads and writes filters.
public enum Filter {
  /// Reads a filter.
  /// - Complexity: O(*n*) in the length of the text.
  public static func parse(
    _ text: String, placeholders: Placeholders = Placeholders()
  ) throws(FilterError) -> Predicate {
    var parser = try FilterParser(text, placeholders: placeholders)
    return try parser.whole()
  }

  /// Writes a predicate as a filter. Reading it gives an equal predicate.
  public static func text(of predicate: Predicate) -> String {
    FilterPrinter.text(of: predicate)
  }

  /// Words that mean something at the start of a comparison. As a name or keyword they are quoted.
  static let reservedWords: Set<String> = [
    "and", "or", "not", "exists", "all", "any", "in", "is", "contains", "startswith", "endswith", "null", "true",
    "false",
  ]
}

/// What is wrong with a filter, and where.
public struct FilterError: Error, Equatable, Sendable {
  public var message: String
  /// Counted from 1.
  public var line: Int
  /// Counted from 1, in Unicode scalars.
  public var column: Int
  /// The line of the filter around the fault and a line with `^` below it, safe to print.
  public var excerpt: String
}

extension FilterError: CustomStringConvertible {
  public var description: String { "\(summary)\n\(excerpt)" }

  /// Place and message, in one line.
  public var summary: String { "filter, line \(line), column \(column): \(message)" }
}

extension FilterError {
  /// Scalars shown before and behind the fault: the whole fits a narrow terminal.
  private static let contextMax = 36

  init(_ message: String, in bytes: [UInt8], at offset: Int) {
    let position = min(offset, bytes.count)
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<position].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[position...].firstIndex(of: newline) ?? bytes.count
    let before = String(decoding: bytes[start..<position], as: UTF8.self).unicodeScalars
    let after = String(decoding: bytes[position..<end], as: UTF8.self).unicodeScalars
    let lead = before.count > Self.contextMax ? "..." : ""
    let tail = after.count > Self.contextMax ? "..." : ""
    let shownBefore = lead + Self.printable(before.suffix(Self.contextMax))
    let shownAfter = Self.printable(after.prefix(Self.contextMax)) + tail
    self.message = message
    line = bytes[..<position].count { $0 == newline } + 1
    column = before.count + 1
    excerpt =
      "  \(shownBefore)\(shownAfter)\n  \(Self.blank(shownBefore))^"
  }

  /// Blanks as wide as the text is on a terminal.
  private static func blank(_ text: String) -> String {
    String(repeating: " ", count: text.unicodeScalars.reduce(0) { $0 + cells(of: $1) })
  }

  /// Marks on letters take no cell, East Asian characters and pictures two.
  private static func cells(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// One scalar for one, so that the mark stays under its place.
  private static func printable(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    for scalar in scalars {
      let isShown = scalar == " " || Quoted.printable(scalar).unicodeScalars.count == 1
      text.unicodeScalars.append(isShown ? scalar : scalar == "\t" ? " " : "\u{FFFD}")
    }
    return text
  }
}
