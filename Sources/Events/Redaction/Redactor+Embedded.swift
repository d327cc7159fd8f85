/// JSON in the middle of a text, as in an error message that quotes the request.
///
///     Invalid input {"password":"x"} at ...      read from the brace to the one that closes it
///     Invalid input {\"password\":\"x\"} at ...  the rest of the text is unescaped, read again and escaped again
extension Redactor {
  /// The brace or bracket is at the sweep's place.
  func nested(_ sweep: inout Sweep, _ text: Span<UInt8>, into out: inout [UInt8]) {
    let start = sweep.at
    var next = start + 1
    while next < text.count, isBlank(text[next]) || opensJSON(text[next]) { next += 1 }
    guard next < text.count else { return }
    let isEscaped = text[next] == UInt8(ascii: "\\")
    guard isEscaped || text[next] == UInt8(ascii: "\"") else { return }
    if sweep.level >= Self.nestingMax {
      sweep.edit.replace(text, start, text.count, by: Self.mark, into: &out)
      sweep.at = text.count
      return
    }
    let end = isEscaped ? text.count : closing(text, start)
    var changed: [UInt8] = []
    let count =
      isEscaped
      ? escaped(text, start, end, level: sweep.level + 1, into: &changed)
      : document(text.extracting(start..<end), level: sweep.level + 1, into: &changed)
    if count > 0 {
      sweep.edit.replace(text, start, end, by: changed, count: count, into: &out)
      sweep.at = end
    } else if isEscaped {
      // The rest was read; to unescape it again at each brace would take quadratic time.
      sweep.embedded = false
    } else {
      sweep.at = end
    }
  }

  /// The end of the JSON that begins at `start`, or of the text if it is not closed.
  private func closing(_ text: Span<UInt8>, _ start: Int) -> Int {
    var depth = 0
    var inString = false
    var at = start
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "\\") where inString: at += 1
      case UInt8(ascii: "\""): inString.toggle()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if !inString { depth += 1 }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if !inString { depth -= 1 }
        if depth == 0 { return at + 1 }
      default: break
      }
      at += 1
    }
    return text.count
  }
}
