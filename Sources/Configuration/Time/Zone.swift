// A time zone: an offset, or the system's own table for an IANA name, read here so that neither Foundation nor the
// process's TZ is needed and any thread may ask.
//
// The file (TZif, RFC 8536) holds moments and what applies from each on:
//   moments  [-1325491200, ..., 684867600]     seconds since 1970
//   offsets  [28800, 32400, ..., 28800]        seconds east of UTC; one more than moments, the first applies before all
//   footer   "CST-8", "CET-1CEST,M3.5.0,M10.5.0/3"  the rule after the last moment

import Glibc

public struct Zone: Sendable, Equatable {
  public let name: String
  private let moments: [Int64]
  private let offsets: [Int32]
  private let rule: ZoneRule?

  public static let utc = Zone(name: "UTC", offsetSeconds: 0)

  init(name: String, offsetSeconds: Int) {
    self.name = name
    moments = []
    offsets = [Int32(offsetSeconds)]
    rule = nil
  }

  /// Seconds east of UTC at a moment given in milliseconds.
  /// - Complexity: O(log *n*) in the number of the zone's changes.
  public func offsetSeconds(at millis: Int64) -> Int {
    let seconds = millis >= 0 ? millis / 1000 : (millis - 999) / 1000
    if let rule, moments.last.map({ seconds >= $0 }) ?? true { return rule.offset(at: seconds) }
    var low = 0
    var high = moments.count
    while low < high {
      let middle = (low + high) >> 1
      if moments[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return Int(offsets[low])
  }

  /// The moment at which clocks of the zone show a local time. A time that is skipped or comes twice when clocks change
  /// is read with the offset from before.
  func utc(local millis: Int64) -> Int64 {
    let before = offsetSeconds(at: millis - 86_400_000)
    let guess = millis - Int64(before) * 1000
    let offset = offsetSeconds(at: guess)
    let second = millis - Int64(offset) * 1000
    return offsetSeconds(at: second) == offset ? second : guess
  }

  // MARK: Reading

  /// Where glibc looks; `TZDIR` overrides it there and here.
  private static let directoryDefault = "/usr/share/zoneinfo"
  /// The largest zone of the database has 4 KB.
  private static let fileBytesMax = 256 << 10

  /// `UTC`, `+08:00` or `Asia/Shanghai`.
  init(named name: String) throws(FileTrouble) {
    if ["UTC", "Z", "GMT"].contains(name.uppercased()) {
      self = .utc
    } else if let offset = Self.offset(name) {
      self.init(name: name, offsetSeconds: offset)
    } else {
      try self.init(database: name)
    }
  }

  /// `+08:00`, `-0330`, `+8`.
  private static func offset(_ text: String) -> Int? {
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    var hours = parts[0]
    var minutes: Substring = parts.count == 2 ? parts[1] : "00"
    if parts.count == 1, hours.count == 4 { (hours, minutes) = (hours.prefix(2), hours.suffix(2)) }
    guard parts.count <= 2, hours.count <= 2, minutes.count == 2, let h = UInt8(hours), let m = UInt8(minutes),
      h <= 14, m <= 59
    else { return nil }
    return (Int(h) * 3600 + Int(m) * 60) * (sign == "-" ? -1 : 1)
  }

  private init(database name: String) throws(FileTrouble) {
    // A name is a path below the database; it must not lead out of it.
    let isSafe = name.utf8.allSatisfy { byte in
      let lower = byte | 0x20
      return lower >= 0x61 && lower <= 0x7A || byte >= 0x30 && byte <= 0x39 || "/_-+".utf8.contains(byte)
    }
    guard isSafe, !name.isEmpty, !name.hasPrefix("/") else { throw FileTrouble(message: "") }
    // SAFETY: getenv gives a NUL-terminated string that is copied at once.
    let directory = getenv("TZDIR").map { String(cString: $0) } ?? Self.directoryDefault
    guard let bytes = try LineFile.content(directory + "/" + name, bytesMax: Self.fileBytesMax),
      let table = ZoneTable(bytes)
    else { throw FileTrouble(message: "is no zone file") }
    self.name = name
    moments = table.moments
    offsets = table.offsets
    rule = table.rule
  }

  /// The names of the database that could be meant, for a message.
  static func names() -> [String] {
    guard let bytes = try? LineFile.content(directoryDefault + "/tzdata.zi", bytesMax: 1 << 20) else { return [] }
    return bytes.split(separator: 0x0A).compactMap { line in
      let words = line.split(separator: 0x20)
      guard words.count > 1 else { return nil }
      if words[0] == [UInt8(ascii: "Z")] { return String(decoding: words[1], as: UTF8.self) }
      return words[0] == [UInt8(ascii: "L")] && words.count > 2 ? String(decoding: words[2], as: UTF8.self) : nil
    }
  }
}

/// The content of a TZif file, version 2 or later.
private struct ZoneTable {
  var moments: [Int64] = []
  var offsets: [Int32] = []
  var rule: ZoneRule?

  init?(_ bytes: [UInt8]) {
    var reader = BigEndianReader(bytes)
    // The first block has 32-bit moments and is there for old readers.
    guard let old = reader.header(), old.version >= 2, reader.skip(old.bytes(momentBytes: 4)),
      let counts = reader.header()
    else { return nil }
    var moments: [Int64] = []
    var places: [Int] = []
    for _ in 0..<counts.moments { moments.append(reader.integer(8)) }
    for _ in 0..<counts.moments { places.append(Int(reader.integer(1))) }
    var types: [Int32] = []
    for _ in 0..<counts.types {
      types.append(Int32(truncatingIfNeeded: reader.integer(4)))
      _ = reader.skip(2)
    }
    guard let first = types.first, places.allSatisfy({ $0 < types.count }),
      zip(moments, moments.dropFirst()).allSatisfy({ $0 < $1 }),
      reader.skip(counts.letters + counts.leaps * 12 + counts.standards + counts.universals)
    else { return nil }
    self.moments = moments
    offsets = [first] + places.map { types[$0] }
    let footer = reader.rest.drop { $0 == 0x0A }.prefix { $0 != 0x0A }
    rule = ZoneRule(footer)
  }
}

private struct BigEndianReader {
  struct Counts {
    var version: Int
    var universals: Int
    var standards: Int
    var leaps: Int
    var moments: Int
    var types: Int
    var letters: Int

    func bytes(momentBytes: Int) -> Int {
      moments * (momentBytes + 1) + types * 6 + letters + leaps * (momentBytes + 4) + standards + universals
    }
  }

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var rest: ArraySlice<UInt8> { bytes[min(at, bytes.count)...] }

  /// Signed; zeros behind the end, which `skip` or the next header then finds missing.
  mutating func integer(_ width: Int) -> Int64 {
    var value: Int64 = 0
    for index in at..<(at + width) { value = value << 8 | Int64(index < bytes.count ? bytes[index] : 0) }
    at += width
    let unused = Int64(64 - 8 * width)
    return width == 1 ? value : (value << unused) >> unused
  }

  mutating func skip(_ count: Int) -> Bool {
    at += count
    return at <= bytes.count
  }

  mutating func header() -> Counts? {
    guard at + 44 <= bytes.count, bytes[at...].starts(with: Array("TZif".utf8)) else { return nil }
    let digit = bytes[at + 4]
    let version = digit >= 0x32 && digit <= 0x39 ? Int(digit - 0x30) : 1
    at += 20
    var counts: [Int] = []
    for _ in 0..<6 { counts.append(Int(integer(4))) }
    // The whole file is bounded, so no count may pass it.
    guard counts.allSatisfy({ $0 >= 0 && $0 <= bytes.count }) else { return nil }
    return Counts(
      version: version, universals: counts[0], standards: counts[1], leaps: counts[2], moments: counts[3],
      types: counts[4], letters: counts[5])
  }
}
