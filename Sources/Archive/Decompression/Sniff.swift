/// What bytes are, told by the bytes alone: names lie.
public enum Sniff {
  /// How much of a file's beginning tells all that can be told: a tar archive names itself at 257, a table's first
  /// line of column names is longer.
  public static let bytesWanted = 2048

  /// - Parameter isWhole: nothing stands before or behind the bytes.
  static func compression(_ bytes: UnsafeRawBufferPointer, isWhole: Bool = false) -> Compression {
    // Of a file cut off behind two bytes they are all there is.
    if isWhole, bytes.count == 2, bytes[0] == 0x1F, bytes[1] == 0x8B { return .gzip }
    if bytes.count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8 { return .gzip }
    guard bytes.count >= 4 else { return .plain }
    let magic = bytes.loadUnaligned(as: UInt32.self).littleEndian
    // A frame, or one of the sixteen kinds of skippable frames.
    return magic == 0xFD2F_B528 || magic & 0xFFFF_FFF0 == 0x184D_2A50 ? .zstd : .plain
  }

  private static let signatures: [(at: Int, bytes: [UInt8], kind: ForeignKind)] = [
    (0, [0x50, 0x4B, 3, 4], .zip),
    (257, Array("ustar".utf8), .tar),
    (0, Array("BZh".utf8), .bzip2),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz),
    (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
    (0, [4, 0x22, 0x4D, 0x18], .lz4),
    (0, Array("PAR1".utf8), .parquet),
    (0, Array("Obj\u{1}".utf8), .avro),
    (0, Array("ORC".utf8), .orc),
    (0, Array("SQLite format 3".utf8), .sqlite),
    (0, [0x89, 0x50, 0x4E, 0x47], .png),
    (0, [0xFF, 0xD8, 0xFF], .jpeg),
    (0, Array("GIF8".utf8), .gif),
    (0, Array("%PDF".utf8), .pdf),
    (0, [0x7F, 0x45, 0x4C, 0x46], .program),
    (0, [0xFF, 0xFE], .utf16),
    (0, [0xFE, 0xFF], .utf16),
    (0, [0x1F, 0x8B], .gzipInside),
  ]

  // Longer than a stray value in front of records of another encoding, shorter than any key that is not ASCII is far.
  private static let wideBytes = 32

  // Console exports begin with a line of column names.
  private static let csvColumns: [StaticString] = [
    "event time", "eventtime", "event id", "eventid", "event name", "eventname", "event source", "user name",
    "username",
  ]

  /// How many bytes of white space a block begins with, and at the start of a content of the mark in front of it.
  public static func blanksInFront(_ bytes: UnsafeRawBufferPointer, isStart: Bool) -> Int {
    var i = isStart && holds(bytes, 0, [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while i < bytes.count, isBlank(bytes[i]) { i += 1 }
    return i
  }

  /// Judges the beginning of a content, which should hold `bytesWanted` behind the white space if there are so many.
  /// No more is looked at, so that what is in hand by chance changes nothing.
  /// - Parameter isStart: nothing stands before the bytes, not even white space.
  public static func look(_ bytes: UnsafeRawBufferPointer, isStart: Bool = true) -> ContentLook {
    for signature in signatures where isStart && holds(bytes, signature.at, signature.bytes) {
      return .other(signature.kind)
    }
    let blanks = blanksInFront(bytes, isStart: isStart)
    guard blanks < bytes.count else { return .empty }
    return lookBehindBlanks(UnsafeRawBufferPointer(rebasing: bytes[blanks...].prefix(bytesWanted)))
  }

  private static func lookBehindBlanks(_ bytes: UnsafeRawBufferPointer) -> ContentLook {
    if let wide = wideText(bytes) { return wide }
    if bytes[0] == UInt8(ascii: "{") || bytes[0] == UInt8(ascii: "[") || holds(bytes, 0, Array("\"{".utf8)) {
      return .json
    }
    if isInFrontOfJSON(bytes) { return .other(.behindText) }
    if looksLikeCSV(bytes) { return .other(.table) }
    if bytes[0] == UInt8(ascii: "<") { return .other(.markup) }
    return .other(bytes.prefix(512).contains(0) ? .binary : .text)
  }

  /// UTF-16 without a mark: a bracket, and for a while every other byte is zero.
  private static func wideText(_ bytes: UnsafeRawBufferPointer) -> ContentLook? {
    let window = bytes.prefix(wideBytes)
    guard window.count >= 4 else { return nil }
    for (first, kind) in [(1, ForeignKind.utf16BE), (0, .utf16LE)] {
      guard [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(bytes[first]) else { continue }
      let isWide = window.enumerated().allSatisfy { place, byte in (byte == 0) == (place % 2 != first) }
      if isWide { return .other(kind) }
    }
    return nil
  }

  /// Whether the first line begins with other text, such as the head of a syslog line or `var x = [`, and an object
  /// follows in it.
  private static func isInFrontOfJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // A priority, as in `<134>`; else markup, in which scripts hold objects too.
    if bytes[0] == UInt8(ascii: "<"), bytes.count < 2 || !(0x30...0x39).contains(bytes[1]) { return false }
    let line = bytes.prefix { $0 != 0x0A }
    return zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: "{") && $1 == UInt8(ascii: "\"") }
  }

  /// Whether content that begins with a bracket begins as records do, down to the first key. Text in brackets, such as
  /// `[settings]` or `{{ template }}`, does not. Nil where more bytes have to be seen.
  public static func beginsLikeRecords(_ bytes: UnsafeRawBufferPointer) -> Bool? {
    var sawObject = false
    var seen = 0
    for byte in bytes {
      if isBlank(byte) && seen == 0 { continue }
      seen += 1
      if seen > bytesWanted { return false }
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D, 0x1E, 0xEF, 0xBB, 0xBF: continue
      case UInt8(ascii: "["): if sawObject { return false }
      case UInt8(ascii: "{"):
        if sawObject { return false }
        sawObject = true
      case UInt8(ascii: "\""): return sawObject
      default: return false
      }
    }
    return nil
  }

  /// White space of JSON, and what RFC 7464 puts in front of a record.
  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, 0x1E: true
    default: false
    }
  }

  private static func holds(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ wanted: [UInt8]) -> Bool {
    at + wanted.count <= bytes.count && bytes[at..<at + wanted.count].elementsEqual(wanted)
  }

  private static func looksLikeCSV(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let line = bytes.prefix { $0 != 0x0A }
    guard line.contains(UInt8(ascii: ",")) else { return false }
    let text = String(decoding: line, as: UTF8.self).lowercased()
    return csvColumns.contains { text.contains($0.description) }
  }
}
