import Glibc

/// Standard input for those who have to read it twice.
public enum StandardInput {
  private static let copyBytes = 1 << 20

  /// A pipe is copied into a nameless temporary file, which takes its place.
  public static func makeRereadable(_ directory: String) throws(ScanError) {
    if lseek(STDIN_FILENO, 0, SEEK_CUR) >= 0 { return }
    let file: Int32
    do throws(SpillError) {
      file = try SpillFile.openNameless(in: directory)
    } catch {
      throw .spill(error)
    }
    defer { close(file) }
    let failure = copy(to: file)
    guard failure == 0, dup2(file, STDIN_FILENO) >= 0 else {
      throw .spill(SpillError(directory: directory, errorNumber: failure == 0 ? errno : failure))
    }
    rewind()
  }

  private static func copy(to file: Int32) -> Int32 {
    withUnsafeTemporaryAllocation(byteCount: copyBytes, alignment: 16) { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return ENOMEM }
      while true {
        let count = read(STDIN_FILENO, base, buffer.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return count < 0 ? errno : 0 }
        var done = 0
        while done < count {
          let written = write(file, base + done, count - done)
          if written < 0 && errno == EINTR { continue }
          if written <= 0 { return errno == 0 ? EIO : errno }
          done += written
        }
      }
    }
  }

  /// Back to the beginning, where that is possible.
  public static func rewind() { _ = lseek(STDIN_FILENO, 0, SEEK_SET) }
}
