import Archive
import Glibc

/// Whether a compressed file holds what a known one held: `logrotate` compresses logs some time after it has turned them.
enum CompressedFile {
  // Larger than most reads of a pipe, small beside any budget.
  private static let pieceBytes = 1 << 18
  // The two bytes that gzip begins with, and the size of the content that it ends with.
  private static let magic: [UInt8] = [0x1F, 0x8B]
  private static let tailBytes = 4
  // With less there is no room for a header, a block and the end.
  private static let bytesMin: off_t = 18

  /// How long a gzip file says its content is, below 4 GiB; nil for anything else. It may lie: only the hash decides.
  static func contentSize(_ path: [UInt8]) -> Int64? {
    let descriptor = (path + [0]).withUnsafeBufferPointer { bytes in
      // SAFETY: the bytes end with NUL and live through the call.
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) } ?? -1
      }
    }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= bytesMin, read(descriptor, magic.count, at: 0) == magic,
      let tail = read(descriptor, tailBytes, at: end - off_t(tailBytes))
    else { return nil }
    return tail.reversed().reduce(0) { $0 << 8 | Int64($1) }
  }

  private static func read(_ descriptor: Int32, _ count: Int, at place: off_t) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    // SAFETY: pread writes at most as many bytes as the array has.
    let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, place) }
    return read == count ? bytes : nil
  }

  /// Of the content and of the file; nil where it cannot be read to its end, or its content is longer or shorter.
  static func hashes(_ file: FoundFile, contentSize: Int64) -> (
    content: SHA256Value, file: SHA256Value
  )? {
    guard var reader = ContentReader(limits: Limits(), hashesFile: true, hashesContent: true),
      reader.open(file) == 0
    else { return nil }
    withUnsafeTemporaryAllocation(byteCount: pieceBytes, alignment: 64) { room in
      while !reader.isAtEnd, reader.report.bytesOut <= UInt64(clamping: contentSize) {
        if reader.read(into: room) == 0, !reader.isAtEnd { break }
      }
    }
    reader.close()
    let report = reader.report
    guard report.trouble == .none, report.trailingBytes == 0,
      report.bytesOut == UInt64(clamping: contentSize),
      let content = report.contentSHA256, let own = report.sha256
    else { return nil }
    return (content, own)
  }
}
