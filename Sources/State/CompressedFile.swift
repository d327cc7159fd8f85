import Archive
import Glibc

/// Whether a compressed file holds what a known one held: `logrotate` compresses logs some time after it has turned them.
enum CompressedFile {
  // Larger than most reads of a pipe, small beside any budget.
  private static let pieceBytes = 1 << 18
  // The two bytes that gzip begins with, and the size of the content that it ends with.
  private static let gzipMagic: [UInt8] = [0x1F, 0x8B]
  private static let tailBytes = 4
  // With less there is no room for a header, a block and the end.
  private static let bytesMin: off_t = 12
  // What a frame of zstd begins with; the longest header of one.
  private static let zstdMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  private static let zstdHeaderBytesMax = 18

  /// How long its content may be, as a file says of itself. It may lie: only the hash decides.
  enum ContentSize {
    case exactly(Int64)
    /// zstd need not say how long its content is, and does not where it was made in a pipe.
    case atLeast(Int64)
  }

  /// Nil for what is neither gzip nor zstd.
  static func contentSize(_ path: [UInt8]) -> ContentSize? {
    let descriptor = (path + [0]).withUnsafeBufferPointer { bytes in
      // SAFETY: the bytes end with NUL and live through the call.
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) } ?? -1
      }
    }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= bytesMin, let head = read(descriptor, min(zstdHeaderBytesMax, Int(end)), at: 0) else { return nil }
    if head.starts(with: zstdMagic) { return .atLeast(sizeOfFirstFrame(head)) }
    guard head.starts(with: gzipMagic), let tail = read(descriptor, tailBytes, at: end - off_t(tailBytes)) else {
      return nil
    }
    return .exactly(tail.reversed().reduce(0) { $0 << 8 | Int64($1) })
  }

  /// RFC 8878, 3.1.1.1; 0 where the header does not say.
  private static func sizeOfFirstFrame(_ head: [UInt8]) -> Int64 {
    let flags = head[zstdMagic.count]
    let isSingleSegment = flags & 0x20 != 0
    let kind = Int(flags >> 6)
    let length = kind == 0 ? (isSingleSegment ? 1 : 0) : 1 << kind
    let start = zstdMagic.count + 1 + (isSingleSegment ? 0 : 1) + [0, 1, 2, 4][Int(flags & 3)]
    guard length > 0, start + length <= head.count else { return 0 }
    let size = head[start..<start + length].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int64(clamping: kind == 1 ? size + 256 : size)
  }

  private static func read(_ descriptor: Int32, _ count: Int, at place: off_t) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    // SAFETY: pread writes at most as many bytes as the array has.
    let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, place) }
    return read == count ? bytes : nil
  }

  /// Of the content and of the file; nil where it cannot be read to its end, or its content is longer than `sizeMax`.
  static func hashes(_ file: FoundFile, sizeMax: Int64) -> (
    content: SHA256Value, size: Int64, file: SHA256Value
  )? {
    guard var reader = ContentReader(limits: Limits(), hashesFile: true, hashesContent: true),
      reader.open(file) == 0
    else { return nil }
    withUnsafeTemporaryAllocation(byteCount: pieceBytes, alignment: 64) { room in
      while !reader.isAtEnd, reader.report.bytesOut <= UInt64(clamping: sizeMax) {
        if reader.read(into: room) == 0, !reader.isAtEnd { break }
      }
    }
    reader.close()
    let report = reader.report
    guard report.trouble == .none, report.trailingBytes == 0, report.bytesOut <= UInt64(clamping: sizeMax),
      let content = report.contentSHA256, let own = report.sha256
    else { return nil }
    return (content, Int64(clamping: report.bytesOut), own)
  }
}
