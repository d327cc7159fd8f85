/// How many cells of a terminal a text takes: Chinese and other wide characters take two, combining ones none.
public enum Width {
  public static func of(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + of($1) } }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    if isCombining(value) { return 0 }
    return isWide(value) ? 2 : 1
  }

  private static func isCombining(_ value: UInt32) -> Bool {
    switch value {
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x0E31, 0x0E34...0x0E3A,
      0x0E47...0x0E4E, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0x3099, 0x309A, 0xFE00...0xFE0F,
      0xFE20...0xFE2F, 0xE0100...0xE01EF:
      true
    default: false
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// The text cut to a number of cells (with an ellipsis) and filled up with spaces.
  public static func fit(_ text: String, _ cells: Int, padded: Bool = true) -> String {
    let width = of(text)
    if width <= cells { return padded ? text + String(repeating: " ", count: cells - width) : text }
    var kept = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let next = of(scalar)
      if used + next > cells - 1 { break }
      kept.append(scalar)
      used += next
    }
    let filler = padded ? String(repeating: " ", count: max(0, cells - used - 1)) : ""
    return String(kept) + (cells > 0 ? "…" : "") + filler
  }
}
