import Rules

/// Lines for a terminal of some width: wrapped, aligned, in columns. Widths are counted in cells, since Chinese takes two.
///
/// Texts of events are escaped by whoever hands them in (`shown`): a page knows only what may be printed.
struct TextPage {
  /// Cells of the longest name of a level.
  static let levelWidth = 13
  private static let columnMin = 30
  // Further apart, a number is not seen to belong to its name.
  private static let columnMax = 48
  private static let columnGap = 3

  private(set) var bytes: [UInt8] = []
  let width: Int
  private let color: Bool

  init(width: Int, color: Bool) {
    self.width = width
    self.color = color
  }

  static func shown(_ text: [UInt8]) -> String { Escape.terminal(String(decoding: text, as: UTF8.self)) }

  mutating func say(_ line: String) { bytes += (line + "\n").utf8 }

  mutating func heading(_ text: String) {
    say("")
    say(color ? "\u{1B}[1m\(text)\u{1B}[0m" : text)
  }

  /// The name of a level, which is painted where there is paint.
  func painted(_ level: Level, padded: Bool = false) -> String {
    let name = level.name
    let filler = padded ? String(repeating: " ", count: max(0, TextPage.levelWidth - name.count)) : ""
    guard color else { return name + filler }
    let codes: [Level: String] = [.critical: "1;31", .high: "31", .medium: "33", .low: "34", .informational: "2"]
    return "\u{1B}[\(codes[level] ?? "0")m\(name)\u{1B}[0m\(filler)"
  }

  /// `high  what`, and at the right end of the line something short, which gets a line of its own where there is no room.
  mutating func headline(_ level: Level, _ text: String, _ tail: String) {
    let used = level.name.count + 2
    let room = width - used - 2 - Width.of(tail)
    if room >= Width.of(text) {
      say("\(painted(level))  \(Width.fit(text, room))  \(tail)")
    } else {
      let lines = Wrapping.lines(text, first: width - used, rest: width - 4)
      say("\(painted(level))  \(lines.first ?? "")")
      for line in lines.dropFirst() { say("    " + line) }
      wrap(tail, indent: 2)
    }
  }

  /// A paragraph.
  mutating func wrap(_ text: String, indent: Int, rest: Int? = nil) {
    let rest = rest ?? indent
    for (place, line) in Wrapping.lines(text, first: width - indent, rest: width - rest).enumerated() {
      say(String(repeating: " ", count: place == 0 ? indent : rest) + line)
    }
  }

  /// A line of a list: what it is about, and beside it a paragraph, or below it where there is no room.
  mutating func entry(_ head: String, _ text: String) {
    let used = 2 + Width.of(head) + 2
    guard used + TextPage.columnMin <= width else {
      wrap(head, indent: 2)
      wrap(text, indent: 4, rest: 6)
      return
    }
    let lines = Wrapping.lines(text, first: width - used, rest: width - used)
    say("  \(head)  \(lines.first ?? "")".trimmedAtEnd)
    for line in lines.dropFirst() { say(String(repeating: " ", count: used) + line) }
  }

  /// A command for a shell.
  mutating func command(_ text: String) {
    for line in Wrapping.command(text, width: width, mark: "  $ ", rest: 4) { say(line) }
  }

  /// Lists of names and numbers side by side, as many as there is room for.
  mutating func columns(_ lists: [(title: String, rows: [Summary.Counted])]) {
    guard !lists.isEmpty else { return }
    let count = max(1, min(lists.count, (width + TextPage.columnGap) / (TextPage.columnMin + TextPage.columnGap)))
    let cell = min((width - (count - 1) * TextPage.columnGap) / count, TextPage.columnMax)
    let numbers = lists.flatMap(\.rows).map { Amount.grouped(UInt64($0.count)).count }.max() ?? 0
    for start in stride(from: 0, to: lists.count, by: count) {
      let group = lists[start..<min(start + count, lists.count)]
      heading(line(group.map { Width.fit($0.title, cell) }))
      for row in 0..<(group.map(\.rows.count).max() ?? 0) {
        say(
          line(
            group.map { list in
              guard row < list.rows.count else { return String(repeating: " ", count: cell) }
              let number = Amount.grouped(UInt64(list.rows[row].count))
              let filler = String(repeating: " ", count: 1 + numbers - number.count)
              return "  \(Width.fit(TextPage.shown(list.rows[row].text), cell - 3 - numbers))\(filler)\(number)"
            }))
      }
    }
  }

  private func line(_ cells: [String]) -> String {
    cells.joined(separator: String(repeating: " ", count: TextPage.columnGap)).trimmedAtEnd
  }
}

extension Width {
  /// The longest beginning of a text that takes at most so many cells.
  static func head(_ text: String, _ cells: Int) -> String {
    var kept = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let next = of(scalar)
      if used + next > cells { break }
      kept.append(scalar)
      used += next
    }
    return String(kept)
  }
}

extension String {
  /// Without the blanks at its end.
  var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
