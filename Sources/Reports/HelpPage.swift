/// A help text for a terminal of some width. Paragraphs and columns are set anew; commands can be copied as they stand.
public struct HelpPage {
  // Longer lines are tiring to read.
  private static let widthMax = 100
  // Where a column would leave less than half of the line, explanations stand below their terms.
  private static let indentBelow = 8

  public private(set) var text = ""
  private let width: Int

  public init(width: Int = Terminal.textWidth) { self.width = min(width, HelpPage.widthMax) }

  public mutating func say(_ line: String = "") { text += line + "\n" }

  public mutating func paragraph(_ words: String, indent: Int = 0, rest: Int = 0) {
    let lines = Wrapping.lines(words, first: width - indent, rest: width - rest, cutsWords: false)
    for (place, line) in lines.enumerated() {
      say(String(repeating: " ", count: place == 0 ? indent : rest) + line)
    }
  }

  public mutating func usage(_ command: String) { paragraph("Usage: \(command)", rest: 7) }

  /// A term, and its explanation in a column beside it.
  ///
  /// - Parameter term: with the blanks before it.
  public mutating func entry(_ term: String, _ explanation: String, column: Int) {
    let column = column * 2 <= width ? column : HelpPage.indentBelow
    let margin = String(repeating: " ", count: column)
    var lines = Wrapping.lines(explanation, first: width - column, rest: width - column, cutsWords: false)
    if Width.of(term) + 2 <= column, let first = lines.first {
      say(Width.fit(term, column) + first)
      lines.removeFirst()
    } else {
      let indent = term.prefix { $0 == " " }.count
      paragraph(term, indent: indent, rest: indent + 2)
    }
    for line in lines { say(margin + line) }
  }

  /// A text as it is written in the sources: paragraphs, `term  explanation` behind blanks, and commands below `Example:`.
  public mutating func add(_ source: String) {
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    if lines.last == "" { lines.removeLast() }
    var areCommands = false
    while let line = lines.popFirst() {
      let indent = line.prefix { $0 == " " }.count
      let words = String(line.dropFirst(indent))
      if words.isEmpty {
        areCommands = false
        say()
      } else if indent == 0 {
        areCommands = words.hasPrefix("Example")
        if words.hasPrefix("Usage: ") {
          usage(String(words.dropFirst(7)))
        } else {
          paragraph(HelpPage.joined(words, &lines))
        }
      } else if areCommands {
        let mark = String(repeating: " ", count: indent)
        for line in Wrapping.command(words, width: width, mark: mark, rest: indent + 4) { say(line) }
      } else {
        add(term: line, words, indent, &lines)
      }
    }
  }

  private mutating func add(term line: String, _ words: String, _ indent: Int, _ lines: inout ArraySlice<String>) {
    guard let gap = words.firstRange(of: "  ") else {
      paragraph(words, indent: indent, rest: indent + 2)
      return
    }
    let explanation = words[gap.lowerBound...].drop { $0 == " " }
    let column = line.count - explanation.count
    var whole = String(explanation)
    while let next = lines.first, next.prefix(while: { $0 == " " }).count == column {
      whole += " " + next.dropFirst(column)
      lines.removeFirst()
    }
    entry(String(line.prefix(indent) + words[..<gap.lowerBound]), whole, column: column)
  }

  /// A paragraph from its lines; a line that ends with a colon is the last of one.
  private static func joined(_ first: String, _ lines: inout ArraySlice<String>) -> String {
    var whole = first
    while !whole.hasSuffix(":"), let next = lines.first, let character = next.first, character != " " {
      whole += " " + next
      lines.removeFirst()
    }
    return whole
  }
}
