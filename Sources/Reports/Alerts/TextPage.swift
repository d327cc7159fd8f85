import Rules

/// Lines for a terminal of some width: wrapped, aligned, in columns. Widths are counted in cells, since Chinese takes two.
///
/// Texts of events are escaped by whoever hands them in (`shown`): a page knows only what may be printed.
struct TextPage {
  /// Cells of the longest name of a level.
  static let levelWidth = 13
  private static let columnMin = 30
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

  /// `HIGH  what`, and at the right end of the line something short.
  mutating func headline(_ level: Level, _ text: String, _ tail: String) {
    let used = level.name.count + 2
    let room = width - used - 2 - Width.of(tail)
    // On a narrow terminal the tail gets a line of its own.
    if room >= min(Width.of(text), TextPage.columnMin) {
      say("\(painted(level))  \(Width.fit(text, room))  \(tail)")
    } else {
      say("\(painted(level))  \(Width.fit(text, width - used, padded: false))")
      wrap(tail, indent: 2)
    }
  }

  /// A paragraph; a word that is longer than a line is cut into lines, so that none of it is lost.
  mutating func wrap(_ text: String, indent: Int, rest: Int? = nil) {
    var line = String(repeating: " ", count: indent)
    let margin = String(repeating: " ", count: rest ?? indent)
    var used = indent
    var isEmpty = true
    for word in text.split(separator: " ") {
      var word = String(word)
      var length = Width.of(word)
      if !isEmpty, used + 1 + length > width {
        say(line)
        (line, used, isEmpty) = (margin, margin.count, true)
      }
      while isEmpty, used + length > width {
        let part = Width.head(word, width - used)
        guard !part.isEmpty else { break }
        say(line + part)
        word = String(word.unicodeScalars.dropFirst(part.unicodeScalars.count))
        length = Width.of(word)
        (line, used) = (margin, margin.count)
      }
      line += isEmpty ? word : " " + word
      used += isEmpty ? length : length + 1
      isEmpty = false
    }
    if !isEmpty { say(line) }
  }

  /// A command for a shell. It can be copied as it stands: lines end where words do, with the shell's own mark, and a word
  /// that is longer than a line stays whole.
  mutating func command(_ text: String) {
    var line = "  $"
    for word in TextPage.words(ofCommand: text) {
      // A space before the word, and room for the mark behind it.
      if line != "  $", Width.of(line) + 1 + Width.of(word) + 2 > width {
        say(line + " \\")
        line = "   "
      }
      line += " " + word
    }
    say(line)
  }

  /// Where a shell would cut it: spaces inside quotes are part of a word.
  static func words(ofCommand text: String) -> [String] {
    var words = [""]
    var quote: Character?
    var isEscaped = false
    for character in text {
      if character == " ", quote == nil, !isEscaped {
        words.append("")
        continue
      }
      words[words.count - 1].append(character)
      if isEscaped {
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// Lists of names and numbers side by side, as many as there is room for.
  mutating func columns(_ lists: [(title: String, rows: [Summary.Counted])]) {
    guard !lists.isEmpty else { return }
    let count = max(1, min(lists.count, (width + TextPage.columnGap) / (TextPage.columnMin + TextPage.columnGap)))
    let cell = (width - (count - 1) * TextPage.columnGap) / count
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
