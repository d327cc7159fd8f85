import Glibc

/// The temporary files could not be written or read: the run cannot give an exact answer.
public struct SpillError: Error {
  public let directory: String
  public let errorNumber: Int32
}

/// A temporary file without a name: it is gone with its last descriptor, whatever happens to the process.
final class SpillFile {
  private let descriptor: Int32
  private let directory: String
  private var size = 0

  init(directory: String) throws(SpillError) {
    self.directory = directory
    descriptor = try SpillFile.openNameless(in: directory)
  }

  /// A descriptor that the caller closes.
  static func openNameless(in directory: String) throws(SpillError) -> Int32 {
    // The pattern is what mkstemp asks for; it makes the file with mode 0600.
    var name = Array("\(directory)/harrier-\(String(repeating: "X", count: 6))".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw SpillError(directory: directory, errorNumber: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(name)
    return descriptor
  }

  deinit { close(descriptor) }

  func write<T>(_ values: [T]) throws(SpillError) {
    let failure = values.withUnsafeBytes { bytes in
      defer { size += bytes.count }
      return SpillFile.write(bytes, to: descriptor, at: size)
    }
    if failure != 0 { throw SpillError(directory: directory, errorNumber: failure) }
  }

  /// Returns an error number, 0 when all was written.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int) -> Int32 {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = pwrite(descriptor, base + done, bytes.count - done, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return errno == 0 ? EIO : errno }
      done += count
    }
    return 0
  }

  /// At most `count` values from a place on; fewer at the end.
  func read<T>(_ type: T.Type, at offset: Int, count: Int) throws(SpillError) -> [T] {
    let available = min(count, (size - offset) / MemoryLayout<T>.stride)
    guard available > 0 else { return [] }
    var failure: Int32 = 0
    let values = [T](unsafeUninitializedCapacity: available) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      var done = 0
      // SAFETY: the values were written from memory of the same type; the buffer has room for all that is read.
      while done < available * MemoryLayout<T>.stride, let base = bytes.baseAddress {
        let more = pread(descriptor, base + done, available * MemoryLayout<T>.stride - done, off_t(offset + done))
        if more < 0 && errno == EINTR { continue }
        guard more > 0 else {
          failure = errno == 0 ? EIO : errno
          return
        }
        done += more
      }
      initialized = available
    }
    if failure != 0 { throw SpillError(directory: directory, errorNumber: failure) }
    return values
  }
}
