// Text without its case, by Unicode's simple folding: character for character, so that `?` keeps its meaning.
// Bytes that are no UTF-8 stay as they are.

public enum CaseFolding {
  /// Puts the folded text into `out`, replacing what was there. No allocation once `out` is large enough.
  public static func fold(_ text: UnsafeRawBufferPointer, into out: inout [UInt8]) {
    if !foldASCII(text, into: &out) { foldOthers(text, into: &out) }
  }

  /// The same for ASCII letters alone. False if there is anything beyond ASCII.
  static func foldASCII(_ text: UnsafeRawBufferPointer, into out: inout [UInt8]) -> Bool {
    out.removeAll(keepingCapacity: true)
    out.append(contentsOf: text)
    var others: UInt8 = 0
    out.withUnsafeMutableBufferPointer { bytes in
      for i in bytes.indices {
        let byte = bytes[i]
        others |= byte
        bytes[i] = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
      }
    }
    return others < 0x80
  }

  public static func folded(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    text.withUnsafeBytes { fold($0, into: &out) }
    return out
  }

  private static func foldOthers(_ text: UnsafeRawBufferPointer, into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    var at = 0
    while at < text.count {
      let byte = text[at]
      if byte < 0x80 {
        out.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
        at += 1
        continue
      }
      let length = UTF8Step.length(text, at)
      let scalar = UTF8Step.scalar(text, at, length)
      let folded = length > 1 ? fold(scalar) : scalar
      if folded == scalar {
        out.append(contentsOf: text[at..<at + length])
      } else {
        UTF8Step.append(folded, to: &out)
      }
      at += length
    }
  }

  /// - Complexity: O(log *n*) in the ranges of the table.
  static func fold(_ scalar: UInt32) -> UInt32 {
    var low = 0
    var high = FoldTable.ranges.count
    while low < high {
      let middle = (low + high) / 2
      if FoldTable.ranges[middle].last < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < FoldTable.ranges.count else { return scalar }
    let range = FoldTable.ranges[low]
    guard scalar >= range.first, (scalar - range.first) % range.step == 0 else { return scalar }
    return UInt32(bitPattern: Int32(bitPattern: scalar) + range.offset)
  }
}

/// Steps through UTF-8 that may be broken: a byte that begins no character is one by itself.
enum UTF8Step {
  /// How many bytes the character at `at` has.
  @inline(__always)
  static func length(_ text: UnsafeRawBufferPointer, _ at: Int) -> Int {
    let first = text[at]
    let wanted = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1
    guard wanted > 1, at + wanted <= text.count else { return 1 }
    for i in at + 1..<at + wanted where text[i] & 0xC0 != 0x80 { return 1 }
    return wanted
  }

  /// How many bytes the character before `end` has.
  static func lengthBefore(_ text: UnsafeRawBufferPointer, _ end: Int) -> Int {
    var start = end - 1
    while start > 0, end - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start + length(text, start) == end ? end - start : 1
  }

  static func scalar(_ text: UnsafeRawBufferPointer, _ at: Int, _ length: Int) -> UInt32 {
    guard length > 1 else { return UInt32(text[at]) }
    var value = UInt32(text[at]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for i in 1..<length { value = value << 6 | UInt32(text[at + i] & 0x3F) }
    return value
  }

  static func append(_ scalar: UInt32, to out: inout [UInt8]) {
    if scalar < 0x80 {
      out.append(UInt8(scalar))
    } else if scalar < 0x800 {
      out.append(UInt8(0xC0 | scalar >> 6))
      out.append(UInt8(0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      out.append(UInt8(0xE0 | scalar >> 12))
      out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      out.append(UInt8(0x80 | scalar & 0x3F))
    } else {
      out.append(UInt8(0xF0 | scalar >> 18 & 0x07))
      out.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      out.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
