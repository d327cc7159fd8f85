/// The sweep over a plain text: secrets that are known by what stands before them.
///
///     GET /?X-Amz-Signature=0a1b&X-Amz-Date=20260105   a parameter: the value up to what ends it
///     {'password': 'x'}                                a quoted value after a colon
///     Authorization: AWS4-HMAC-SHA256 ...              a header: the rest of the line
///     login --password x                               an option
///     https://user:x@host/                             the password of an address
///     Error in {"password": "x"}: ...                  JSON inside the text
///
/// Every place is looked at once from left to right; what was replaced is passed over.
struct Sweep {
  var at = 0
  var edit = Edit()
  /// JSON is sought inside the text. Not where the text itself was JSON that did not hold together.
  var embedded: Bool
  let level: Int
}

extension Redactor {
  // No name of the table is longer with its separators; more is not looked at.
  static let nameBytesMax = 96

  /// Appends nothing and returns 0 where nothing is secret.
  func sweep(_ text: Span<UInt8>, level: Int, embedded: Bool, into out: inout [UInt8]) -> Int {
    var sweep = Sweep(embedded: embedded, level: level)
    var swept: [UInt8] = []
    while sweep.at < text.count { look(&sweep, text, into: &swept) }
    sweep.edit.finish(text, into: &swept)
    if sweep.edit.count > 0 { out.append(contentsOf: swept) }
    return sweep.edit.count
  }

  private func look(_ sweep: inout Sweep, _ text: Span<UInt8>, into out: inout [UInt8]) {
    let at = sweep.at
    switch text[at] {
    case UInt8(ascii: "="): parameter(&sweep, text, valueAt: at + 1, into: &out)
    case UInt8(ascii: "%") where isEncodedEquals(text, at): parameter(&sweep, text, valueAt: at + 3, into: &out)
    case UInt8(ascii: ":"): colon(&sweep, text, into: &out)
    case UInt8(ascii: " "):
      if let block = SecretMarks.privateKeyBlock(text, space: at) {
        hide(&sweep, text, block, into: &out)
      } else if let token = SecretMarks.credential(text, space: at) {
        hide(&sweep, text, token, into: &out)
      } else {
        option(&sweep, text, into: &out)
      }
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if sweep.embedded { nested(&sweep, text, into: &out) }
    case let byte where index.opensToken(byte):
      guard at == 0 || !SecretMarks.isTokenByte(text[at - 1]) else { break }
      if let end = SecretMarks.webToken(text, at) ?? SecretMarks.knownToken(text, at) {
        hide(&sweep, text, at..<end, into: &out)
      }
    default: break
    }
    sweep.at = max(sweep.at, at + 1)
  }

  private func hide(_ sweep: inout Sweep, _ text: Span<UInt8>, _ range: Range<Int>, into out: inout [UInt8]) {
    sweep.edit.replace(text, range.lowerBound, range.upperBound, by: Self.mark, into: &out)
    sweep.at = range.upperBound
  }

  private func isEncodedEquals(_ text: Span<UInt8>, _ at: Int) -> Bool {
    at + 2 < text.count && text[at + 1] == UInt8(ascii: "3") && text[at + 2] | 0x20 == UInt8(ascii: "d")
  }

  /// The meaning of the name that ends before `end`: quotes, backslashes and blanks after it are passed over.
  private func meaning(ofNameBefore end: Int, _ text: Span<UInt8>) -> NameMeaning {
    var last = end
    let least = max(0, end - Self.nameBytesMax)
    while last > least, isBlank(text[last - 1]) || isQuoting(text[last - 1]) { last -= 1 }
    var first = last
    while first > least, isNameByte(text[first - 1]) { first -= 1 }
    // In `a%26sig=` the two digits of the escape are no part of the name.
    if first > 0, text[first - 1] == UInt8(ascii: "%") { first = min(first + 2, last) }
    return first < last ? index.meaning(of: text, first, last) : []
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    SecretMarks.isTokenByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
  }

  private func isQuoting(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
  }

  private func parameter(_ sweep: inout Sweep, _ text: Span<UInt8>, valueAt: Int, into out: inout [UInt8]) {
    guard valueAt < text.count, text[valueAt] != UInt8(ascii: "=") else { return }
    let meaning = meaning(ofNameBefore: sweep.at, text)
    guard meaning.hides || meaning.contains(.parameter) else { return }
    hideValue(&sweep, text, valueAt, meaning, mustBeQuoted: false, into: &out)
  }

  private func colon(_ sweep: inout Sweep, _ text: Span<UInt8>, into out: inout [UInt8]) {
    let at = sweep.at
    if SecretMarks.hasPrefix(text, at, text.count, "://") {
      address(&sweep, text, from: at + 3, into: &out)
      return
    }
    let meaning = meaning(ofNameBefore: at, text)
    guard meaning.hides else { return }
    let isHeader = meaning.contains(.header) && at > 0 && !isQuoting(text[at - 1])
    guard isHeader else {
      hideValue(&sweep, text, at + 1, meaning, mustBeQuoted: true, into: &out)
      return
    }
    var start = at + 1
    while start < text.count, text[start] == UInt8(ascii: " ") || isQuoting(text[start]) { start += 1 }
    var end = start
    while end < text.count, text[end] != 10, text[end] != 13, !isQuoting(text[end]) { end += 1 }
    if end > start, !SecretMarks.stays(text, start, end, under: meaning) {
      hide(&sweep, text, start..<end, into: &out)
    }
  }

  /// The value that begins at `from` or after blanks and a quote.
  private func hideValue(
    _ sweep: inout Sweep, _ text: Span<UInt8>, _ from: Int, _ meaning: NameMeaning, mustBeQuoted: Bool,
    into out: inout [UInt8]
  ) {
    var start = from
    while start < text.count, text[start] == UInt8(ascii: " ") { start += 1 }
    // A blank after the sign is part of `name = value`, but not of a value that is empty.
    if start > from, !mustBeQuoted, sweep.at == 0 || text[sweep.at - 1] != UInt8(ascii: " ") { return }
    var quote = start
    while quote < text.count, text[quote] == UInt8(ascii: "\\") { quote += 1 }
    var end = start
    if quote < text.count, text[quote] == UInt8(ascii: "\"") || text[quote] == UInt8(ascii: "'") {
      // The closing quote is escaped as the opening one was.
      let slashes = quote - start
      start = quote + 1
      end = closingQuote(text, start, text[quote], slashes: slashes)
    } else {
      guard !mustBeQuoted else { return }
      let isEncoded = text[sweep.at] == UInt8(ascii: "%")
      while end < text.count, !endsValue(text, end, isEncoded: isEncoded) { end += 1 }
      guard !SecretMarks.stays(text, start, end, under: meaning) else { return }
      while end > start + 1, isClosing(text[end - 1]) { end -= 1 }
    }
    if end > start, !SecretMarks.stays(text, start, end, under: meaning) {
      hide(&sweep, text, start..<end, into: &out)
    }
  }

  private func closingQuote(_ text: Span<UInt8>, _ from: Int, _ quote: UInt8, slashes: Int) -> Int {
    var at = from
    var run = 0
    while at < text.count {
      if text[at] == quote, run <= slashes { return at - run }
      run = text[at] == UInt8(ascii: "\\") ? run + 1 : 0
      at += 1
    }
    return at
  }

  private func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  private func endsValue(_ text: Span<UInt8>, _ at: Int, isEncoded: Bool) -> Bool {
    switch text[at] {
    case UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"), 32, 10, 13, 9: true
    case let byte where isQuoting(byte): true
    case UInt8(ascii: ","): isListComma(text, at)
    case UInt8(ascii: "%") where isEncoded:
      SecretMarks.hasPrefix(text, at, text.count, "%26") || SecretMarks.hasPrefix(text, at, text.count, "%22")
    default: false
    }
  }

  /// Whether a comma parts `a=1, b=2` or `a=1,b=2` rather than standing in a value.
  private func isListComma(_ text: Span<UInt8>, _ comma: Int) -> Bool {
    var at = comma + 1
    if at == text.count || isBlank(text[at]) { return true }
    let limit = min(text.count, comma + Self.nameBytesMax)
    while at < limit, isNameByte(text[at]) { at += 1 }
    return at > comma + 1 && at < text.count && text[at] == UInt8(ascii: "=")
  }

  /// `--password x`, where the space is at the sweep's place.
  private func option(_ sweep: inout Sweep, _ text: Span<UInt8>, into out: inout [UInt8]) {
    let at = sweep.at
    var first = at
    while first > 0, at - first < Self.nameBytesMax, SecretMarks.isTokenByte(text[first - 1]) { first -= 1 }
    guard at - first > 3, text[first] == UInt8(ascii: "-"), text[first + 1] == UInt8(ascii: "-"), at + 1 < text.count,
      text[at + 1] != UInt8(ascii: "-")
    else { return }
    let meaning = index.meaning(of: text, first, at)
    guard meaning.hides else { return }
    var start = at + 1
    if isQuoting(text[start]) { start += 1 }
    var end = start
    while end < text.count, !isBlank(text[end]), !isQuoting(text[end]) { end += 1 }
    if end > start, !SecretMarks.stays(text, start, end, under: meaning) {
      hide(&sweep, text, start..<end, into: &out)
    }
  }

  /// `user:password@host` behind `://`.
  private func address(_ sweep: inout Sweep, _ text: Span<UInt8>, from: Int, into out: inout [UInt8]) {
    var colon: Int?
    var sign: Int?
    var at = from
    scan: while at < text.count {
      switch text[at] {
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"): break scan
      case let byte where isBlank(byte) || isQuoting(byte): break scan
      case UInt8(ascii: ":"): colon = colon ?? at
      case UInt8(ascii: "@"): sign = at
      default: break
      }
      at += 1
    }
    guard let colon, let sign, colon + 1 < sign, !SecretMarks.stays(text, colon + 1, sign, under: []) else { return }
    hide(&sweep, text, colon + 1..<sign, into: &out)
  }
}
