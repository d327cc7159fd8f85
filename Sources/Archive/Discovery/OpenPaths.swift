/// Reaching a path of any length, and owning what was opened.
///
/// The kernel takes at most 4,095 bytes of path in one call, but a tree can be deeper than that. Such a path is walked in
/// pieces: each piece is opened relative to the one before. Discovery and the readers after it share this, so that a
/// file that was found can also be opened.

import Glibc

/// A descriptor that closes itself.
public struct OpenFile: ~Copyable {
  public let descriptor: Int32
  private let close: @Sendable (Int32) -> Void

  init(descriptor: Int32, calls: FileCalls) {
    self.descriptor = descriptor
    close = calls.close
  }

  /// Opens a found file for reading, however long its name.
  ///
  /// Opening never waits, not even for the writer of a FIFO that the user named: whoever reads from it waits, and can be
  /// interrupted. What a walk found was an ordinary file; should something else have taken its place since, the call
  /// fails with EINVAL.
  public init(reading file: FoundFile) throws(FileFault) {
    try self.init(reading: file, calls: .live)
  }

  init(reading file: FoundFile, calls: FileCalls) throws(FileFault) {
    switch file.origin {
    case .stdin:
      self.init(descriptor: try calls.duplicate(STDIN_FILENO), calls: calls)
    case .named, .listed:
      self = try calls.openPath(file.name.bytes, flags: O_RDONLY | O_NOCTTY | O_NONBLOCK)
    case .walked:
      let opened = try calls.openPath(file.name.bytes, flags: O_RDONLY | O_NOCTTY | O_NONBLOCK)
      guard try calls.statusOfDescriptor(opened.descriptor).kind == .file else { throw FileFault(errno: EINVAL) }
      self = opened
    }
  }

  deinit {
    // AT_FDCWD, where a path in pieces starts, is negative and nobody's to close.
    if descriptor >= 0 { close(descriptor) }
  }
}

extension FileCalls {
  /// The longest path one call takes: PATH_MAX (4,096) counts the closing NUL.
  static let pathBytesMax = 4095

  /// O_PATH, which Glibc hides from Swift: passing through a folder takes no permission to read it.
  private static let openPathOnly: Int32 = 0o10_000_000

  func openPath(_ path: [UInt8], flags: Int32) throws(FileFault) -> OpenFile {
    let descriptor = try reach(path) { (base, leaf) throws(FileFault) in
      try open(base, leaf, flags | O_CLOEXEC)
    }
    return OpenFile(descriptor: descriptor, calls: self)
  }

  func statusOfPath(_ path: [UInt8], follow: Bool) throws(FileFault) -> FileStatus {
    try reach(path) { (base, leaf) throws(FileFault) in try status(base, leaf, follow) }
  }

  /// Calls `body` with a directory and a path relative to it that is short enough for the kernel.
  private func reach<R>(
    _ path: [UInt8], _ body: (Int32, Path) throws(FileFault) -> R
  ) throws(FileFault) -> R {
    // No path holds NUL; cutting there would reach another file than the one that was named.
    if path.isEmpty || path.contains(0) { throw FileFault(errno: ENOENT) }
    if path.count <= Self.pathBytesMax {
      return try Self.terminated(path[...]) { (leaf) throws(FileFault) in try body(AT_FDCWD, leaf) }
    }
    return try reachLong(path, body)
  }

  private func reachLong<R>(
    _ path: [UInt8], _ body: (Int32, Path) throws(FileFault) -> R
  ) throws(FileFault) -> R {
    var rest = path[...]
    var base = OpenFile(descriptor: AT_FDCWD, calls: self)
    while rest.count > Self.pathBytesMax {
      guard let slash = rest.prefix(Self.pathBytesMax).lastIndex(of: UInt8(ascii: "/")) else {
        throw FileFault(errno: ENAMETOOLONG)
      }
      let from = base.descriptor
      let piece = try Self.terminated(rest[...slash]) { (piece) throws(FileFault) in
        try open(from, piece, Self.openPathOnly | O_DIRECTORY | O_CLOEXEC)
      }
      base = OpenFile(descriptor: piece, calls: self)
      // A piece that began with a slash would start again at the root.
      rest = rest[(slash + 1)...].drop { $0 == UInt8(ascii: "/") }
    }
    if rest.isEmpty { rest = [UInt8(ascii: ".")] }
    let from = base.descriptor
    return try Self.terminated(rest) { (leaf) throws(FileFault) in try body(from, leaf) }
  }

  private static func terminated<R>(
    _ bytes: ArraySlice<UInt8>, _ body: (Path) throws(FileFault) -> R
  ) throws(FileFault) -> R {
    // SAFETY: the copy ends in NUL and lives until `body` returns; the buffer is bytes.count + 1 long.
    try withTemporary(bytes.count + 1) { (buffer) throws(FileFault) in
      _ = buffer.initialize(from: bytes.lazy.map { CChar(bitPattern: $0) })
      buffer[bytes.count] = 0
      guard let start = buffer.baseAddress else { throw FileFault(errno: EFAULT) }
      return try body(UnsafePointer(start))
    }
  }

  private static func withTemporary<R>(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<CChar>) throws(FileFault) -> R
  ) throws(FileFault) -> R {
    let outcome = withUnsafeTemporaryAllocation(of: CChar.self, capacity: count) { buffer -> Result<R, FileFault> in
      do throws(FileFault) { return .success(try body(buffer)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
