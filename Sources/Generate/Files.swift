// The system calls that the generator needs, each turned into a typed error.

import Glibc

enum Files {
  static func failure(_ call: String, _ path: String) -> GenerateError {
    let code = errno
    return .system(call: call, path: path, code: code, text: String(cString: strerror(code)))
  }

  /// Opens a new file for writing, mode 0644 whatever the umask says.
  static func create(_ path: String) throws(GenerateError) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure("open", path) }
    if fchmod(descriptor, 0o644) != 0 {
      let error = failure("fchmod", path)
      close(descriptor)
      throw error
    }
    return descriptor
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(GenerateError) {
    var position = 0
    while position < bytes.count {
      // SAFETY: position < count, so base + position points inside the bytes.
      let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + position }, bytes.count - position)
      if written < 0 && errno == EINTR { continue }
      if written < 0 { throw failure("write", path) }
      position += written
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(GenerateError) {
    var failure: GenerateError?
    bytes.withUnsafeBytes { buffer in
      do throws(GenerateError) { try write(buffer, to: descriptor, path: path) } catch { failure = error }
    }
    if let failure {
      close(descriptor)
      throw failure
    }
  }

  static func closeChecked(_ descriptor: Int32, path: String) throws(GenerateError) {
    if close(descriptor) != 0 { throw failure("close", path) }
  }

  static func rename(_ from: String, to: String) throws(GenerateError) {
    if Glibc.rename(from, to) != 0 { throw failure("rename", to) }
  }

  /// Makes a directory and those above it; returns the ones that did not exist, topmost first.
  static func makeDirectories(_ path: String) throws(GenerateError) -> [String] {
    if mkdir(path, 0o755) == 0 { return [path] }
    if errno == EEXIST && isDirectory(path) { return [] }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw failure("mkdir", path)
    }
    let above = try makeDirectories(String(path[..<slash]))
    if mkdir(path, 0o755) == 0 { return above + [path] }
    // Another worker may have made it in between.
    if errno == EEXIST && isDirectory(path) { return above }
    throw failure("mkdir", path)
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    let result = stat(path, &status)
    return result == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True if the directory is missing or holds nothing.
  static func isEmptyOrMissing(_ path: String) throws(GenerateError) -> Bool {
    guard let directory = opendir(path) else {
      if errno == ENOENT { return true }
      throw failure("opendir", path)
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        // SAFETY: readdir ends d_name with a NUL within its 256 bytes.
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { return false }
    }
    return true
  }
}

extension Files {
  /// Best effort: used while giving up, when the first error is the one worth telling.
  static func remove(_ path: String) {
    unlink(path)
  }

  static func removeDirectory(_ path: String) {
    rmdir(path)
  }
}
