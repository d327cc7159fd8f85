// Reads a text file line by line through a fixed buffer: lists of a million networks and ticket exports are never
// held as a whole. All libc access of this module but the zone database's is here.

import Glibc

/// Why a file could not be read.
struct FileTrouble: Error {
  var message: String
  /// 0: the file as a whole.
  var line = 0
}

enum LineFile {
  /// A read of this size costs nothing beside parsing it.
  private static let chunkBytes = 256 << 10
  /// No network and no ticket is longer; what is, is no text file of lines.
  static let lineBytesMax = 64 << 10
  /// A million tickets with long descriptions, or ten million networks; larger files are a mistake in the path.
  private static let fileBytesMax: UInt64 = 1 << 30

  /// Calls `body` with the number (from 1) and the bytes of each line, without its end; the bytes are good for the
  /// call only. A final line without an end counts; a byte order mark at the beginning does not.
  static func forEachLine(
    _ path: String, _ body: (Int, UnsafeRawBufferPointer) throws(FileTrouble) -> Void
  ) throws(FileTrouble) {
    let descriptor = try openRegular(path)
    defer { close(descriptor) }
    let capacity = chunkBytes + lineBytesMax
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 1)
    defer { buffer.deallocate() }
    var held = 0
    var total: UInt64 = 0
    var number = 0
    while true {
      let got = try fill(descriptor, buffer, from: held)
      total += UInt64(got)
      guard total <= fileBytesMax else {
        throw FileTrouble(message: "is larger than \(fileBytesMax >> 30) GiB; is it the right file?")
      }
      // SAFETY: `held + got` bytes at the beginning of the buffer have been written.
      let content = UnsafeRawBufferPointer(start: buffer.baseAddress, count: held + got)
      let used = try lines(content, isLast: got == 0, &number, body)
      held = content.count - used
      guard got > 0 else { return }
      guard held <= lineBytesMax else {
        throw FileTrouble(message: "a line is longer than \(lineBytesMax >> 10) KiB", line: number + 1)
      }
      // SAFETY: the rest lies within the buffer; memmove allows the overlap.
      if held > 0, let base = buffer.baseAddress { memmove(base, base + used, held) }
    }
  }

  /// Hands out the complete lines and tells how many bytes they took.
  private static func lines(
    _ content: UnsafeRawBufferPointer, isLast: Bool, _ number: inout Int,
    _ body: (Int, UnsafeRawBufferPointer) throws(FileTrouble) -> Void
  ) throws(FileTrouble) -> Int {
    guard let base = content.baseAddress else { return 0 }
    var start = number == 0 && content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < content.count {
      // SAFETY: the search begins and ends within the content.
      let found = memchr(base + start, 0x0A, content.count - start)
      guard found != nil || isLast else { return start }
      var end = found.map { UnsafeRawPointer($0) - base } ?? content.count
      let next = found == nil ? end : end + 1
      if end > start, content[end - 1] == 0x0D { end -= 1 }
      number += 1
      try body(number, UnsafeRawBufferPointer(rebasing: content[start..<end]))
      start = next
    }
    return start
  }

  /// One read, as many bytes as fit a chunk.
  private static func fill(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, from start: Int
  ) throws(FileTrouble) -> Int {
    while true {
      // SAFETY: the callers keep `start` at most one line long, so that a whole chunk is free behind it.
      let got = read(descriptor, buffer.baseAddress.map { $0 + start }, min(chunkBytes, buffer.count - start))
      if got >= 0 { return got }
      if errno != EINTR { throw FileTrouble(message: "cannot be read: \(systemError())") }
    }
  }

  /// The whole content of a small file; nil beyond the limit.
  static func content(_ path: String, bytesMax: Int) throws(FileTrouble) -> [UInt8]? {
    let descriptor = try openRegular(path)
    defer { close(descriptor) }
    return try rest(of: descriptor, bytesMax: bytesMax)
  }

  /// From where the descriptor stands; nil beyond the limit.
  private static func rest(of descriptor: Int32, bytesMax: Int) throws(FileTrouble) -> [UInt8]? {
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkBytes, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let got = try fill(descriptor, buffer, from: 0)
      if got == 0 { return bytes }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      if bytes.count > bytesMax { return nil }
    }
  }

  /// The last bytes of a file, at most `count`.
  static func tail(_ path: String, count: Int) throws(FileTrouble) -> [UInt8] {
    let descriptor = try openRegular(path)
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= 0, lseek(descriptor, max(0, size - off_t(count)), SEEK_SET) >= 0 else {
      throw FileTrouble(message: "cannot be read: \(systemError())")
    }
    return try rest(of: descriptor, bytesMax: .max) ?? []
  }

  private static func openRegular(_ path: String) throws(FileTrouble) -> Int32 {
    // O_NONBLOCK: a FIFO without a writer must not hang the run.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileTrouble(message: "cannot be read: \(systemError())") }
    var status = stat()
    // SAFETY: `status` is a local that fstat fills; the descriptor is open.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw FileTrouble(message: "cannot be read: it is a directory")
    }
    return descriptor
  }

  private static func systemError() -> String {
    // SAFETY: strerror gives a NUL-terminated string that is copied at once.
    String(cString: strerror(errno))
  }
}
