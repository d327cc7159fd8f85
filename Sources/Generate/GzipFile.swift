// One compressed file: written under a temporary name, given its own name when it is complete, gone if it never is.

import CDeflate
import Glibc

/// Compresses into a fixed buffer and writes it out as it fills, so that memory does not depend on the file's size.
/// One writer is used again for file after file.
struct GzipWriter: ~Copyable {
  /// 256 KiB: large enough that system calls do not show in a profile.
  static let bufferBytes = 256 * 1024

  private let stream: OpaquePointer
  private let buffer: UnsafeMutablePointer<UInt8>
  private var descriptor: Int32 = -1
  private var path = ""
  private(set) var compressedBytes: UInt64 = 0
  private(set) var decompressedBytes: UInt64 = 0

  init(level: Int) throws(GenerateError) {
    guard let stream = cdeflate_create(Int32(level)) else {
      throw .system(call: "allocating a compressor", path: "-", code: ENOMEM, text: "out of memory")
    }
    self.stream = stream
    buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: GzipWriter.bufferBytes)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    cdeflate_destroy(stream)
    buffer.deallocate()
  }

  mutating func begin(path: String) throws(GenerateError) {
    descriptor = try Files.create(path)
    self.path = path
    compressedBytes = 0
    decompressedBytes = 0
    cdeflate_reset(stream)
  }

  /// Compresses what the sink holds and empties it.
  mutating func write(_ sink: inout ByteSink, finish: Bool = false) throws(GenerateError) {
    try sink.withBytes { bytes throws(GenerateError) in
      try compress(bytes, finish: finish)
    }
    sink.removeAll()
  }

  private mutating func compress(_ bytes: UnsafeBufferPointer<UInt8>, finish: Bool) throws(GenerateError) {
    var position = 0
    decompressedBytes += UInt64(bytes.count)
    repeat {
      var consumed = 0
      var produced = 0
      // SAFETY: position never passes bytes.count, and the buffer has bufferBytes bytes.
      let status = cdeflate_step(
        stream, bytes.baseAddress.map { $0 + position }, bytes.count - position, finish ? 1 : 0, buffer,
        GzipWriter.bufferBytes, &consumed, &produced)
      if status != 0 { throw .compression(path: path, code: status) }
      position += consumed
      // SAFETY: the first `produced` bytes of the buffer were just written.
      try Files.write(UnsafeRawBufferPointer(start: buffer, count: produced), to: descriptor, path: path)
      compressedBytes += UInt64(produced)
    } while position < bytes.count || (finish && cdeflate_finished(stream) == 0)
  }

  /// Closes the file; it keeps its temporary name.
  mutating func end() throws(GenerateError) {
    let closing = descriptor
    descriptor = -1
    if close(closing) != 0 { throw Files.failure("close", path) }
  }

  /// Closes and removes what was begun and will not be finished.
  mutating func abandon() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    if !path.isEmpty { unlink(path) }
    path = ""
  }
}
