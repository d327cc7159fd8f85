/// Texts cut into lines for a terminal of some width, in cells.
public enum Wrapping {
  /// Cuts a text between words.
  ///
  /// - Parameters:
  ///   - first: cells of the first line.
  ///   - rest: cells of the others.
  ///   - cutsWords: a word that is longer than a line is cut, so that none of it is lost; otherwise it stays whole and can be
  ///     copied.
  public static func lines(_ text: String, first: Int, rest: Int, cutsWords: Bool = true) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    var room: Int { lines.isEmpty ? first : rest }
    for word in text.split(separator: " ") {
      var word = String(word)
      if !line.isEmpty, used + 1 + Width.of(word) > room {
        lines.append(line)
        (line, used) = ("", 0)
      }
      while cutsWords, line.isEmpty, Width.of(word) > room {
        let part = Width.head(word, room)
        guard !part.isEmpty else { break }
        lines.append(part)
        word = String(word.unicodeScalars.dropFirst(part.unicodeScalars.count))
      }
      used += Width.of(word) + (line.isEmpty ? 0 : 1)
      line += line.isEmpty ? word : " " + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// A command for a shell. It can be copied as it stands: lines end where words do, with the shell's own mark, and a word
  /// that is longer than a line stays whole.
  ///
  /// - Parameters:
  ///   - mark: before the command.
  ///   - rest: blanks before its further lines.
  public static func command(_ text: String, width: Int, mark: String, rest: Int) -> [String] {
    var lines: [String] = []
    var line = mark
    var isBegun = false
    for phrase in phrases(ofCommand: text) {
      // A space before it, and room for the mark behind it.
      if isBegun, Width.of(line) + 1 + Width.of(phrase) + 2 > width {
        lines.append(line + " \\")
        line = String(repeating: " ", count: rest)
        isBegun = false
      }
      line += isBegun ? " " + phrase : phrase
      isBegun = true
    }
    return lines + [line]
  }

  /// Its words, each flag together with what is probably its value.
  private static func phrases(ofCommand text: String) -> [String] {
    var phrases: [String] = []
    for word in words(ofCommand: text) {
      if let last = phrases.last, last.hasPrefix("--"), !last.contains(" "), !word.hasPrefix("-") {
        phrases[phrases.count - 1] = last + " " + word
      } else {
        phrases.append(word)
      }
    }
    return phrases
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
}
