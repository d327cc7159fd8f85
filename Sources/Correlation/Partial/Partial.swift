import Archive
import Events
import Glibc
import Matching

/// The serialised form of what map found: one file for any number of parts.
///
///     head       "HARRIERP", version, length of the table
///     table      fingerprint of the rules; for each part its times, fields, issues, files, and the sizes of its segments
///     segments   one after another, each at a multiple of eight
///     digest     SHA-256 of all before
///
/// `docs/PARTIAL.md` describes it to the byte.
public enum Partial {
  static let magic = Array("HARRIERP".utf8)
  static let version: UInt32 = 5
  private static let headBytes = 8 + 4 + 4 + 8
  private static let digestBytes = 32
  // Of a million files; a longer table is no table.
  private static let tableBytesMax = 1 << 30
  private static let pieceBytes = 1 << 20

  // MARK: Writing

  /// Writes parts. `write` takes one piece after another.
  ///
  /// - Parameter interrupted: whether to end early, with an error that says so.
  public static func write(
    _ parts: [Part], fingerprint: SHA256Value, interrupted: () -> Bool = { false }, _ write: ([UInt8]) -> Void
  ) throws(SegmentError) {
    guard var digest = Digest() else { throw SegmentError(message: "out of memory") }
    var table = table(parts, fingerprint)
    table.align()
    var head = ByteWriter()
    for byte in magic { head.put(byte) }
    head.put(version)
    head.put(UInt32(0))
    head.put(UInt64(table.bytes.count))
    for piece in [head.bytes, table.bytes] {
      piece.withUnsafeBytes { digest.update($0) }
      write(piece)
    }
    for segment in parts.flatMap(\.segments) {
      if interrupted() { throw .interrupted }
      try copy(segment.store, &digest, write)
    }
    var tail: [UInt8] = []
    withUnsafeBytes(of: digest.end().words) { tail.append(contentsOf: $0) }
    write(tail)
  }

  private static func copy(
    _ store: SegmentStore, _ digest: inout Digest, _ write: ([UInt8]) -> Void
  ) throws(SegmentError) {
    var at = 0
    while at < store.count {
      let piece = try Segment.read(store, UInt8.self, at: at, count: min(pieceBytes, store.count - at))
      piece.withUnsafeBytes { digest.update($0) }
      write(piece)
      at += piece.count
    }
    let padding = [UInt8](repeating: 0, count: (8 - store.count % 8) % 8)
    padding.withUnsafeBytes { digest.update($0) }
    write(padding)
  }

  private static func table(_ parts: [Part], _ fingerprint: SHA256Value) -> ByteWriter {
    var out = ByteWriter()
    let words = fingerprint.words
    for word in [words.0, words.1, words.2, words.3] { out.put(word) }
    out.put(UInt32(parts.count))
    for part in parts {
      out.put(part.highWater)
      out.put(part.times.first)
      out.put(part.times.last)
      part.presence.write(to: &out)
      out.put(UInt32(part.issues.count))
      for issue in part.issues { out.put(Array(issue.words.utf8)) }
      out.put(UInt32(part.files.count))
      for file in part.files { file.write(to: &out) }
      out.put(UInt32(part.segments.count))
      for segment in part.segments { out.put(UInt64(segment.store.count)) }
    }
    return out
  }

  // MARK: Reading

  /// Opens a partial: its digest and all that it says are checked, its segments are read from the file when they are
  /// needed.
  public static func read(_ path: String, plan: DetectionPlan) throws(PartialError) -> [Part] {
    // A pipe would wait here for somebody to write into it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(errno) }
    let file = SegmentFile(descriptor: descriptor)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    let size = Int(status.st_size)
    guard size >= headBytes + digestBytes else { throw .notAPartial }
    var head = ByteReader(try bytes(file, at: 0, count: headBytes))
    for byte in magic where try head.take(UInt8.self) != byte { throw .notAPartial }
    let version = try head.take(UInt32.self)
    guard version == Partial.version else { throw .version(version) }
    _ = try head.take(UInt32.self)
    let tableBytes = try head.take(UInt64.self)
    guard tableBytes <= UInt64(min(size - headBytes - digestBytes, tableBytesMax)) else {
      throw .damaged("its table is longer than the file")
    }
    try check(file, size: size)
    var table = ByteReader(try bytes(file, at: headBytes, count: Int(tableBytes)))
    return try parts(&table, file, at: headBytes + Int(tableBytes), end: size - digestBytes, plan)
  }

  private static func bytes(_ file: SegmentFile, at offset: Int, count: Int) throws(PartialError) -> [UInt8] {
    do throws(SegmentError) {
      return try Segment.read(.file(file, offset: offset, count: count), UInt8.self, at: 0, count: count)
    } catch {
      throw .damaged(error.message)
    }
  }

  private static func check(_ file: SegmentFile, size: Int) throws(PartialError) {
    guard var digest = Digest() else { throw .system(ENOMEM) }
    let end = size - digestBytes
    var at = 0
    while at < end {
      let piece = try bytes(file, at: at, count: min(pieceBytes, end - at))
      piece.withUnsafeBytes { digest.update($0) }
      at += piece.count
    }
    var own: [UInt8] = []
    withUnsafeBytes(of: digest.end().words) { own.append(contentsOf: $0) }
    guard try bytes(file, at: end, count: digestBytes) == own else { throw .damaged("its SHA-256 is another") }
  }

  private static func parts(
    _ table: inout ByteReader, _ file: SegmentFile, at start: Int, end: Int, _ plan: DetectionPlan
  ) throws(PartialError) -> [Part] {
    let own = SHA256Value(
      words: (
        try table.take(UInt64.self), try table.take(UInt64.self), try table.take(UInt64.self),
        try table.take(UInt64.self)
      ))
    guard own == plan.fingerprint else { throw .otherRules }
    let shapes = FactShape.all(plan)
    var parts: [Part] = []
    var offset = start
    for _ in 0..<(try table.count(of: 41)) {
      var part = try part(&table, plan)
      for _ in 0..<(try table.count(of: 8)) {
        let count = try table.take(UInt64.self)
        let padded = (count & ~7).addingReportingOverflow(count % 8 == 0 ? 0 : 8)
        guard !padded.overflow, padded.partialValue <= UInt64(end - offset) else {
          throw .damaged("a segment is longer than the file")
        }
        do throws(SegmentError) {
          let segment = try Segment(.file(file, offset: offset, count: Int(count)))
          try SegmentCheck.run(segment, shapes, files: part.files.count)
          part.segments.append(segment)
        } catch {
          throw .damaged(error.message)
        }
        offset += Int(padded.partialValue)
      }
      parts.append(part)
    }
    guard offset == end else { throw .damaged("it holds more than its table tells of") }
    return parts
  }

  /// A part up to its segments.
  private static func part(_ table: inout ByteReader, _ plan: DetectionPlan) throws(PartialError) -> Part {
    var part = Part(files: [], issues: [], segments: [], highWater: 0, times: EventTimes())
    part.highWater = try table.take(Int64.self)
    part.times.first = try table.take(Int64.self)
    part.times.last = try table.take(Int64.self)
    guard Timestamp.isPossible(part.highWater), part.times.isPossible else {
      throw .damaged("a time is not one that events have")
    }
    part.presence = try FieldPresence(&table, count: plan.watched.count)
    for _ in 0..<(try table.count(of: 4)) {
      part.issues.append(PartIssue(words: String(decoding: try table.text(), as: UTF8.self)))
    }
    for _ in 0..<(try table.count(of: PartFile.bytesMin)) {
      let file = try PartFile(&table)
      if let last = part.files.last, file.path.lexicographicallyPrecedes(last.path) {
        throw .damaged("its files are not in order")
      }
      part.files.append(file)
    }
    return part
  }
}
