import Events

/// How bytes that an attacker may have chosen reach a JSON text, a table, a spreadsheet or a terminal.
///
/// Nothing is written as it came: every format has its own way to be broken out of.
public enum Escape {
  /// A JSON string with its quotes. Invalid UTF-8 becomes U+FFFD, so that the line stays JSON; what hides or moves other
  /// text is written as an escape, which means the same to a program and nothing to a terminal.
  public static func json(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var i = 0
    var start = 0
    while true {
      i = PlainRun.end(bytes, from: i, except: UInt8(ascii: "\""), UInt8(ascii: "\\"))
      guard i < bytes.count else { break }
      let byte = bytes[i]
      out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<i]))
      if byte >= 0x80 {
        let length = UTF8Scan.length(bytes, i)
        if length > 0, UTF8Scan.isHidden(bytes, i, length) {
          appendJSONEscape(UTF8Scan.scalar(bytes, i, length), to: &out)
        } else if length > 0 {
          out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[i..<i + length]))
        } else {
          out.append(contentsOf: [0xEF, 0xBF, 0xBD])
        }
        i += max(length, 1)
      } else {
        appendJSONControl(byte, to: &out)
        i += 1
      }
      start = i
    }
    out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<bytes.count]))
    out.append(UInt8(ascii: "\""))
  }

  private static func appendJSONControl(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
    case 0x0A: out.append(UInt8(ascii: "n"))
    case 0x0D: out.append(UInt8(ascii: "r"))
    case 0x09: out.append(UInt8(ascii: "t"))
    default: out.append(contentsOf: [0x75, 0x30, 0x30, hex(byte >> 4), hex(byte & 15)])
    }
  }

  /// `\u202e`, beyond 16 bits as two surrogates.
  private static func appendJSONEscape(_ scalar: UInt32, to out: inout [UInt8]) {
    let units = scalar < 0x10000 ? [scalar] : [0xD7C0 + scalar >> 10, 0xDC00 + scalar & 0x3FF]
    for unit in units {
      out.append(contentsOf: [0x5C, 0x75])
      for shift in [12, 8, 4, 0] as [UInt32] { out.append(hex(UInt8(unit >> shift & 15))) }
    }
  }

  /// A JSON record as it stands, for a terminal: the same JSON, with escapes for whatever a terminal would act on.
  /// Newlines and tabs, as a pretty-printed record has them, stay.
  public static func record(_ json: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    var i = 0
    while i < json.count {
      let byte = json[i]
      let length = UTF8Scan.length(json, i)
      if length == 0 {
        out.append(contentsOf: [0xEF, 0xBF, 0xBD])
      } else if length > 1, UTF8Scan.isHidden(json, i, length) {
        appendJSONEscape(UTF8Scan.scalar(json, i, length), to: &out)
      } else if byte == 0x7F || byte < 0x20 && byte != 0x0A && byte != 0x09 {
        appendJSONEscape(UInt32(byte), to: &out)
      } else {
        out.append(contentsOf: UnsafeRawBufferPointer(rebasing: json[i..<i + length]))
      }
      i += max(length, 1)
    }
  }

  static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x57 + digit }

  /// Of what a spreadsheet takes for a formula: `=`, `+`, `-`, `@`, and white space that it drops in front of one.
  private static let formulaStarts: [UInt8] = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0A, 0x0D]
  /// `＝`, `＋`, `－` and `＠`, which some take for the same where people write Chinese or Japanese.
  private static let wideFormulaStarts: [[UInt8]] = [
    [0xEF, 0xBC, 0x9D], [0xEF, 0xBC, 0x8B], [0xEF, 0xBC, 0x8D], [0xEF, 0xBC, 0xA0],
  ]

  /// A CSV field. Quoted where needed; what a spreadsheet would take for a formula gets an apostrophe in front.
  public static func csv(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    csv(bytes, isMarked: isFormula(bytes), to: &out)
  }

  /// A CSV field of a table for spreadsheets: also numbers that they would change, and what begins with an apostrophe, get
  /// one in front. So whoever takes one apostrophe off wherever a field begins with it has every text as it was.
  static func sheet(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    csv(bytes, isMarked: isFormula(bytes) || bytes.first == 0x27 || isChangedAsNumber(bytes), to: &out)
  }

  private static func isFormula(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.first.map { formulaStarts.contains($0) } ?? false || wideFormulaStarts.contains { bytes.starts(with: $0) }
  }

  // Spreadsheets compute with doubles.
  private static let exactDigits = 15

  /// `0123`, what has more digits than a spreadsheet keeps, and `12e5`.
  private static func isChangedAsNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let first = bytes.first, first >= 0x30, first <= 0x39 else { return false }
    let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    if digits == bytes.count { return digits > exactDigits || digits > 1 && first == 0x30 }
    let exponent = bytes[(digits + 1)...]
    return bytes[digits] | 0x20 == 0x65 && !exponent.isEmpty && exponent.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  private static func csv(_ bytes: UnsafeRawBufferPointer, isMarked: Bool, to out: inout [UInt8]) {
    // Nearly always nothing stops this look before the end, or a comma does.
    let rest = bytes[PlainRun.end(bytes, from: 0, except: 0x22, 0x2C)...]
    let needsQuotes = isMarked || rest.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    if needsQuotes { out.append(0x22) }
    if isMarked { out.append(0x27) }
    // Nearly always there is nothing else to be written otherwise.
    if PlainRun.isAll(bytes) {
      appendDoublingQuotes(bytes, to: &out)
    } else {
      forEachShown(bytes, keepingNewlines: true) { appendDoublingQuotes($0, to: &out) }
    }
    if needsQuotes { out.append(0x22) }
  }

  private static func appendDoublingQuotes(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    var start = 0
    var i = 0
    while true {
      i = PlainRun.end(bytes, from: i, except: 0x22, 0x22)
      guard i < bytes.count else { break }
      if bytes[i] == 0x22 {
        out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...i]))
        start = i
      }
      i += 1
    }
    out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
  }

  /// A field of tab-separated text: tabs, newlines and backslashes are written with a backslash, what a terminal would
  /// act on as `\xNN` or `\u{N}`. What a spreadsheet would take for a formula gets an apostrophe in front.
  public static func tsv(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    if isFormula(bytes) { out.append(0x27) }
    var start = 0
    for end in 0...bytes.count {
      let letter: UInt8? =
        switch end < bytes.count ? bytes[end] : 0 {
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x5C: 0x5C
        default: nil
        }
      guard letter != nil || end == bytes.count else { continue }
      forEachShown(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), keepingNewlines: false) {
        out.append(contentsOf: $0)
      }
      if let letter { out.append(contentsOf: [0x5C, letter]) }
      start = end + 1
    }
  }

  /// A cell of a Markdown table, or a line: no markup, no markdown, no line breaks, and no link of what looks like one.
  public static func markdown(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    let bytes = UnsafeRawBufferPointer(rebasing: bytes[beginLine(bytes, to: &out)...])
    var last: UInt32 = 0
    forEachShown(bytes, keepingNewlines: false) { part in
      for (place, byte) in part.enumerated() {
        switch byte {
        case UInt8(ascii: "<"): out.append(contentsOf: Array("&lt;".utf8))
        case UInt8(ascii: ">"): out.append(contentsOf: Array("&gt;".utf8))
        case UInt8(ascii: "&"): out.append(contentsOf: Array("&amp;".utf8))
        case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"),
          UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "~"), UInt8(ascii: "!"):
          out.append(contentsOf: [0x5C, byte])
        // `http://` and `www.` make links by themselves.
        case UInt8(ascii: ":") where part.dropFirst(place + 1).starts(with: "//".utf8):
          out.append(contentsOf: [0x5C, byte])
        case UInt8(ascii: ".") where last == Escape.www: out.append(contentsOf: [0x5C, byte])
        default: out.append(byte)
        }
        last = last << 8 & 0xFF_FFFF | UInt32(byte | 0x20)
      }
    }
  }

  private static let www = "www".utf8.reduce(0) { $0 << 8 | UInt32($1) }

  /// Of what would begin a heading, a list or a block of code at the beginning of a line: writes it as text.
  ///
  /// - Returns: how many bytes it took.
  private static func beginLine(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) -> Int {
    guard let first = bytes.first else { return 0 }
    switch first {
    case UInt8(ascii: " "): out.append(contentsOf: Array("&#32;".utf8))
    case UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="):
      out.append(contentsOf: [0x5C, first])
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
      let rest = bytes[digits.count...]
      guard let mark = rest.first, mark == 0x2E || mark == 0x29, rest.dropFirst().first ?? 0x20 == 0x20 else {
        return 0
      }
      out.append(contentsOf: digits)
      out.append(contentsOf: [0x5C, mark])
      return digits.count + 1
    default: return 0
    }
    return 1
  }

  /// Text for a terminal: control characters, escape sequences and marks that turn the direction of text are shown as
  /// `\xNN` or `\u{N}`, never sent.
  public static func terminal(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    forEachShown(bytes, keepingNewlines: false) { out.append(contentsOf: $0) }
  }

  public static func terminal(_ text: String) -> String {
    var out: [UInt8] = []
    Array(text.utf8).withUnsafeBytes { terminal($0, to: &out) }
    return String(decoding: out, as: UTF8.self)
  }

  /// Calls the body with stretches of harmless UTF-8 and with the written form of everything else.
  static func forEachShown(
    _ bytes: UnsafeRawBufferPointer, keepingNewlines: Bool, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    var i = 0
    var start = 0
    func flush() { if i > start { body(UnsafeRawBufferPointer(rebasing: bytes[start..<i])) } }
    while i < bytes.count {
      let byte = bytes[i]
      let length = byte < 0x80 ? 1 : UTF8Scan.length(bytes, i)
      let isControl = byte < 0x20 || byte == 0x7F
      let isKept = keepingNewlines && (byte == 0x0A || byte == 0x0D || byte == 0x09)
      if length > 0, !isControl || isKept, byte < 0x80 || !UTF8Scan.isHidden(bytes, i, length) {
        i += length
        continue
      }
      flush()
      let written =
        length > 1
        ? "\\u{\(String(UTF8Scan.scalar(bytes, i, length), radix: 16))}"
        : "\\x" + String(decoding: [hex(byte >> 4), hex(byte & 15)], as: UTF8.self)
      Array(written.utf8).withUnsafeBytes(body)
      i += max(length, 1)
      start = i
    }
    flush()
  }
}

/// UTF-8 by hand: the bytes are not trusted to be any.
enum UTF8Scan {
  /// The length of the well-formed character at `i`, 0 when there is none.
  static func length(_ bytes: UnsafeRawBufferPointer, _ i: Int) -> Int {
    let first = bytes[i]
    let length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, i + length <= bytes.count else { return 0 }
    for k in 1..<max(length, 1) where bytes[i + k] & 0xC0 != 0x80 { return 0 }
    let value = scalar(bytes, i, length)
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : length == 4 ? 0x1_0000 : 0
    return value < least || value > 0x10_FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : length
  }

  static func scalar(_ bytes: UnsafeRawBufferPointer, _ i: Int, _ length: Int) -> UInt32 {
    var value = UInt32(bytes[i]) & (length == 1 ? 0x7F : 0x7F >> UInt32(length))
    for k in 1..<max(length, 1) { value = value << 6 | UInt32(bytes[i + k] & 0x3F) }
    return value
  }

  /// C1 controls, marks of direction, line separators, zero-width characters, tags: what hides or moves other text.
  static func isHidden(_ bytes: UnsafeRawBufferPointer, _ i: Int, _ length: Int) -> Bool {
    switch scalar(bytes, i, length) {
    case 0x80...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      true
    default: false
    }
  }
}
