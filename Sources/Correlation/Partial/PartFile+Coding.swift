import Archive

/// The ledger's line of a file in a partial.
extension PartFile {
  // A path's length, and the numbers below.
  static let bytesMin = 4 + 150

  func write(to out: inout ByteWriter) {
    out.put(path)
    out.put(isLoss)
    writeReading(to: &out)
  }

  /// All but how it was named.
  func writeReading(to out: inout ByteWriter) {
    out.put(entry.status.rawValue)
    write(entry.content, to: &out)
    write(entry.tally, to: &out)
  }

  private func write(_ content: ContentReport, to out: inout ByteWriter) {
    out.put(content.compression.rawValue)
    out.put(content.bytesIn)
    out.put(content.bytesOut)
    out.put(content.members)
    out.put(content.badChecksums)
    out.put(content.trouble.rawValue)
    out.put(content.troubleOffset)
    out.put(content.trailingBytes)
    out.put(content.errorNumber)
    out.put(content.deletedWhileRead)
    out.put(content.changedWhileRead)
    for digest in [content.sha256, content.contentSHA256] {
      out.put(digest != nil)
      let words = digest?.words ?? (0, 0, 0, 0)
      for word in [words.0, words.1, words.2, words.3] { out.put(word) }
    }
  }

  private func write(_ tally: ReadTally, to out: inout ByteWriter) {
    for number in [tally.records, tally.recordBytes, tally.framingBytes, tally.skippedBytes] { out.put(number) }
    for i in tally.skips.indices { out.put(tally.skips[i]) }
    out.put(tally.duplicateKeys)
    out.put(tally.firstTime)
    out.put(tally.lastTime)
    out.put(tally.untimed)
    for i in tally.providers.indices { out.put(tally.providers[i]) }
    out.put(tally.firstLoss != nil)
    out.put(tally.firstLoss?.offset ?? 0)
    out.put(tally.firstLoss?.reason.rawValue ?? 0)
    switch tally.container {
    case .none: out.put(UInt16(0))
    case .lines: out.put(UInt16(1))
    case .array: out.put(UInt16(2))
    case .envelope(let name): out.put(UInt16(3) | UInt16(name) << 8)
    }
    out.put(tally.isUnclosed)
  }

  init(_ input: inout ByteReader) throws(PartialError) {
    path = try input.text()
    isLoss = try input.flag()
    entry = FileEntry()
    guard let status = ReadStatus(rawValue: try input.take(UInt8.self)) else { throw .damaged("an unknown status") }
    entry.status = status
    entry.content = try PartFile.content(&input)
    entry.tally = try PartFile.tally(&input)
  }

  private static func content(_ input: inout ByteReader) throws(PartialError) -> ContentReport {
    var content = ContentReport()
    guard let compression = Compression(rawValue: try input.take(UInt8.self)) else {
      throw .damaged("an unknown compression")
    }
    content.compression = compression
    content.bytesIn = try input.take(UInt64.self)
    content.bytesOut = try input.take(UInt64.self)
    content.members = try input.take(UInt32.self)
    content.badChecksums = try input.take(UInt32.self)
    guard let trouble = ContentTrouble(rawValue: try input.take(UInt8.self)) else {
      throw .damaged("an unknown kind of trouble")
    }
    content.trouble = trouble
    content.troubleOffset = try input.take(UInt64.self)
    content.trailingBytes = try input.take(UInt64.self)
    content.errorNumber = try input.take(Int32.self)
    content.deletedWhileRead = try input.flag()
    content.changedWhileRead = try input.flag()
    content.sha256 = try digest(&input)
    content.contentSHA256 = try digest(&input)
    return content
  }

  private static func digest(_ input: inout ByteReader) throws(PartialError) -> SHA256Value? {
    let isThere = try input.flag()
    let value = SHA256Value(
      words: (
        try input.take(UInt64.self), try input.take(UInt64.self), try input.take(UInt64.self),
        try input.take(UInt64.self)
      ))
    return isThere ? value : nil
  }

  private static func tally(_ input: inout ByteReader) throws(PartialError) -> ReadTally {
    var tally = ReadTally()
    tally.records = try input.take(UInt64.self)
    tally.recordBytes = try input.take(UInt64.self)
    tally.framingBytes = try input.take(UInt64.self)
    tally.skippedBytes = try input.take(UInt64.self)
    for i in tally.skips.indices { tally.skips[i] = try input.take(UInt32.self) }
    tally.duplicateKeys = try input.take(UInt64.self)
    tally.firstTime = try input.take(Int64.self)
    tally.lastTime = try input.take(Int64.self)
    tally.untimed = try input.take(UInt64.self)
    for i in tally.providers.indices { tally.providers[i] = try input.take(UInt32.self) }
    let hasLoss = try input.flag()
    let offset = try input.take(UInt64.self)
    let reason = try input.take(UInt8.self)
    if hasLoss, let reason = SkipReason(rawValue: reason) { tally.firstLoss = (offset, reason) }
    let container = try input.take(UInt16.self)
    switch container & 0xFF {
    case 1: tally.container = .lines
    case 2: tally.container = .array
    case 3: tally.container = .envelope(UInt8(container >> 8))
    default: tally.container = .none
    }
    tally.isUnclosed = try input.flag()
    return tally
  }
}
