// Whether a regular expression can be run. What needs backtracking (look-around, back references, possessive
// repetition) is told first, because RE2 would only call it a syntax error; then RE2 itself has the word, so that what
// it refuses is an error of the rule like any other.

import CRE2

enum RegexSyntax {
  /// Longer patterns are refused before RE2 sees them.
  private static let patternBytesMax = 32 << 10

  private static let messageBytes = 256

  /// Throws if no linear-time engine can run the pattern.
  static func check(_ regex: RegexPattern) throws(RuleFault) {
    let bytes = Array(regex.pattern.utf8)
    try checkBrackets(bytes)
    try compile(bytes, regex.flags)
  }

  /// Has RE2 compile the pattern, and forgets the result.
  private static func compile(_ bytes: [UInt8], _ flags: RegexPattern.Flags) throws(RuleFault) {
    var bits: UInt32 = 0
    if flags.contains(.ignoreCase) { bits |= UInt32(HR_IGNORE_CASE) }
    if flags.contains(.multiline) { bits |= UInt32(HR_MULTILINE) }
    if flags.contains(.dotMatchesLineBreaks) { bits |= UInt32(HR_DOT_ALL) }
    var position = -1
    var message = [CChar](repeating: 0, count: messageBytes)
    // SAFETY: the pattern is read within its count; the message is written within its own, ended by NUL.
    if let made = hr_regex_new(bytes, bytes.count, bits, &message, message.count, &position) {
      hr_regex_free(made)
      return
    }
    let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let place = position < 0 ? "" : " at byte \(position + 1)"
    throw RuleFault(.badRegex, "the regular expression is invalid: \(text)\(place)")
  }

  private static func checkBrackets(_ bytes: [UInt8]) throws(RuleFault) {
    guard bytes.count <= patternBytesMax else {
      throw RuleFault(.badRegex, "the regular expression has more than \(patternBytesMax >> 10) KiB")
    }
    var groups: [Int] = []
    var scan = RegexScanner(bytes)
    while let token = try scan.next() {
      switch token.kind {
      case .open:
        groups.append(token.start)
        try refuseLookaround(bytes, at: token.start)
      case .close:
        guard groups.popLast() != nil else { throw fault("unexpected ')'", token.start) }
      case .escape:
        try refuseBackReference(bytes, at: token.start)
      case .possessive:
        throw nonLinear("possessive repetition", token.start)
      case .bar, .other: break
      }
    }
    if let open = groups.last { throw fault("missing ')' for the group", open) }
  }

  /// Whether the pattern is made of nothing but `.*`, `.+` and anchors.
  static func takesAnything(_ pattern: String) -> Bool {
    var rest = Substring(pattern)
    while let piece = [".*?", ".+?", ".*", ".+", "^", "$"].first(where: rest.hasPrefix) {
      rest = rest.dropFirst(piece.count)
    }
    // `^$` is the empty text, and nothing else.
    return rest.isEmpty && (pattern.contains(".") || pattern.isEmpty || pattern == "^" || pattern == "$")
  }

  /// Adds `.*` at the ends that have neither an anchor nor `.*`; alternatives are grouped first.
  static func padded(_ pattern: String, atStart: Bool, atEnd: Bool) -> String {
    let addsBefore = atStart && !pattern.hasPrefix(".*") && !pattern.hasPrefix("^")
    let addsAfter = atEnd && !pattern.hasSuffix(".*") && !endsWithAnchor(pattern)
    guard addsBefore || addsAfter else { return pattern }
    let body = hasTopLevelAlternatives(pattern) ? "(?:\(pattern))" : pattern
    return (addsBefore ? ".*" : "") + body + (addsAfter ? ".*" : "")
  }

  private static func endsWithAnchor(_ pattern: String) -> Bool {
    guard pattern.hasSuffix("$") else { return false }
    let backslashes = pattern.utf8.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count
    return backslashes.isMultiple(of: 2)
  }

  private static func hasTopLevelAlternatives(_ pattern: String) -> Bool {
    var scan = RegexScanner(Array(pattern.utf8))
    var depth = 0
    while let token = try? scan.next() {
      switch token.kind {
      case .open: depth += 1
      case .close: depth -= 1
      case .bar where depth == 0: return true
      default: break
      }
    }
    return false
  }

  private static func refuseLookaround(_ bytes: [UInt8], at start: Int) throws(RuleFault) {
    func follows(_ text: String) -> Bool { bytes[(start + 1)...].starts(with: text.utf8) }
    if follows("?=") || follows("?!") || follows("?<=") || follows("?<!") { throw nonLinear("look-around", start) }
    if follows("?>") { throw nonLinear("an atomic group", start) }
    if follows("?(") { throw nonLinear("a conditional group", start) }
    if follows("?P=") || follows("?P>") || follows("?R") || follows("?&") {
      throw nonLinear("a back reference or recursion", start)
    }
  }

  private static func refuseBackReference(_ bytes: [UInt8], at start: Int) throws(RuleFault) {
    guard start + 1 < bytes.count else { return }
    let next = bytes[start + 1]
    if next == UInt8(ascii: "k") || (next > UInt8(ascii: "0") && next <= UInt8(ascii: "9")) {
      throw nonLinear("a back reference", start)
    }
  }

  private static func nonLinear(_ what: String, _ offset: Int) -> RuleFault {
    let message = "\(what) at byte \(offset + 1) of the regular expression needs backtracking, which is not supported"
    return RuleFault(.nonLinearRegex, message)
  }

  fileprivate static func fault(_ what: String, _ offset: Int) -> RuleFault {
    RuleFault(.badRegex, "the regular expression is invalid: \(what) at byte \(offset + 1)")
  }
}

/// Cuts a pattern into the few kinds of tokens that matter above.
private struct RegexScanner {
  enum Kind { case open, close, bar, escape, possessive, other }

  let bytes: [UInt8]
  var index = 0
  private var isAfterRepetition = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() throws(RuleFault) -> (kind: Kind, start: Int)? {
    guard index < bytes.count else { return nil }
    let start = index
    let byte = bytes[index]
    index += 1
    let wasAfterRepetition = isAfterRepetition
    isAfterRepetition = false
    switch byte {
    case UInt8(ascii: "("): return (.open, start)
    case UInt8(ascii: ")"): return (.close, start)
    case UInt8(ascii: "|"): return (.bar, start)
    case UInt8(ascii: "["):
      try skipClass(from: start)
      return (.other, start)
    case UInt8(ascii: "\\"): return (try skipEscape(from: start), start)
    case UInt8(ascii: "+") where wasAfterRepetition: return (.possessive, start)
    case UInt8(ascii: "*"), UInt8(ascii: "+"): isAfterRepetition = true
    case UInt8(ascii: "?"):
      // Directly after another repetition this is its lazy mark; after '(' it starts a group's flags.
      isAfterRepetition = !wasAfterRepetition && start > 0 && bytes[start - 1] != UInt8(ascii: "(")
    case UInt8(ascii: "}"): isAfterRepetition = isRepetitionBrace(before: start)
    default: break
    }
    return (.other, start)
  }

  private func isRepetitionBrace(before end: Int) -> Bool {
    var position = end - 1
    while position >= 0, bytes[position].isASCIIDigit || bytes[position] == UInt8(ascii: ",") { position -= 1 }
    return position >= 0 && position < end - 1 && bytes[position] == UInt8(ascii: "{")
  }

  private mutating func skipEscape(from start: Int) throws(RuleFault) -> Kind {
    guard index < bytes.count else { throw RegexSyntax.fault("nothing after the backslash", start) }
    let escaped = bytes[index]
    index += 1
    guard escaped == UInt8(ascii: "Q") else { return .escape }
    // `\Q...\E`: everything between is literal.
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "E") {
        index += 2
        return .other
      }
      index += 1
    }
    return .other
  }

  private mutating func skipClass(from start: Int) throws(RuleFault) {
    if index < bytes.count, bytes[index] == UInt8(ascii: "^") { index += 1 }
    var isFirst = true
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "]") where !isFirst: return
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "[") where index < bytes.count && bytes[index] == UInt8(ascii: ":"):
        while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: ":") && bytes[index + 1] == UInt8(ascii: "]")) {
          index += 1
        }
        index += 2
      default: break
      }
      isFirst = false
    }
    throw RegexSyntax.fault("missing ']'", start)
  }
}
