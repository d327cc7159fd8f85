/// Every call that discovery makes to libc, in one place.
///
/// The rest of discovery never names a libc function that can fail. A test replaces one member of `FileCalls` and sees
/// how a directory behaves that cannot be read, vanishes or breaks half-way. Calls that a signal interrupted are
/// repeated here.

import Glibc

/// A call failed; `errno` says how.
public struct FileFault: Error, Equatable, Sendable {
  public let errno: Int32

  public init(errno: Int32) {
    self.errno = errno
  }
}

/// What a directory entry is, as far as discovery cares.
enum EntryKind: UInt8, Sendable {
  case file, directory, link, special
  /// The filesystem does not say without a further call.
  case unknown
}

/// The device and inode: two paths with the same identity are one file.
struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
}

struct FileStatus: Sendable {
  let identity: FileIdentity
  let size: Int64
  let kind: EntryKind
}

/// One entry as the directory holds it. `name` is valid until the next entry of the same directory is read.
struct RawEntry {
  let name: UnsafePointer<CChar>
  let inode: UInt64
  let kind: EntryKind
}

struct FileCalls: Sendable {
  typealias Path = UnsafePointer<CChar>

  /// openat: base directory, path, flags.
  var open: @Sendable (Int32, Path, Int32) throws(FileFault) -> Int32
  var close: @Sendable (Int32) -> Void
  /// A second descriptor for the same open file.
  var duplicate: @Sendable (Int32) throws(FileFault) -> Int32
  /// fstatat: base directory, path, whether a link is followed.
  var status: @Sendable (Int32, Path, Bool) throws(FileFault) -> FileStatus
  /// fstat.
  var statusOfDescriptor: @Sendable (Int32) throws(FileFault) -> FileStatus
  /// fdopendir: the stream owns the descriptor from then on, unless the call fails.
  var openStream: @Sendable (Int32) throws(FileFault) -> OpaquePointer
  /// readdir; nil at the end.
  var nextEntry: @Sendable (OpaquePointer) throws(FileFault) -> RawEntry?
  var closeStream: @Sendable (OpaquePointer) -> Void
  /// read; 0 at the end.
  var read: @Sendable (Int32, UnsafeMutableRawBufferPointer) throws(FileFault) -> Int
  /// poll: whether there is something to read, or the end, within some milliseconds. A signal ends it early.
  var wait: @Sendable (Int32, Int32) -> Bool

  static let live = FileCalls(
    open: { (base, path, flags) throws(FileFault) in
      try repeatIfInterrupted { openat(base, path, flags) }
    },
    close: { _ = Glibc.close($0) },
    duplicate: { (descriptor) throws(FileFault) in
      try repeatIfInterrupted { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }
    },
    status: { (base, path, follow) throws(FileFault) in
      var status = stat()
      _ = try repeatIfInterrupted { fstatat(base, path, &status, follow ? 0 : AT_SYMLINK_NOFOLLOW) }
      return FileStatus(status)
    },
    statusOfDescriptor: { (descriptor) throws(FileFault) in
      var status = stat()
      _ = try repeatIfInterrupted { fstat(descriptor, &status) }
      return FileStatus(status)
    },
    openStream: { (descriptor) throws(FileFault) in
      guard let stream = fdopendir(descriptor) else { throw FileFault(errno: errno) }
      return stream
    },
    nextEntry: { (stream) throws(FileFault) in
      // The end and an error both give nil; only errno tells them apart.
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileFault(errno: errno) }
        return nil
      }
      return RawEntry(entry)
    },
    closeStream: { _ = closedir($0) },
    read: { (descriptor, buffer) throws(FileFault) in
      // SAFETY: read writes at most buffer.count bytes into the buffer it is given.
      try repeatIfInterrupted { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    },
    wait: { descriptor, milliseconds in
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&waiting, 1, milliseconds) > 0
    }
  )
}

private func repeatIfInterrupted<R: FixedWidthInteger>(_ call: () -> R) throws(FileFault) -> R {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw FileFault(errno: errno) }
  }
}

extension FileStatus {
  fileprivate init(_ status: stat) {
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int64(status.st_size)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .special
      }
  }
}

extension RawEntry {
  /// Where the name starts in an entry: after the inode, the offset, the record length and the type.
  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19

  fileprivate init(_ entry: UnsafeMutablePointer<dirent>) {
    // SAFETY: readdir ends d_name with NUL; the pointer stays within the entry, which lives until the next readdir.
    // Going through the address rather than the 256-byte tuple copies nothing and allows names longer than that.
    name = UnsafeRawPointer(entry).advanced(by: Self.nameOffset).assumingMemoryBound(to: CChar.self)
    inode = UInt64(entry.pointee.d_ino)
    kind =
      switch Int(entry.pointee.d_type) {
      case Int(DT_REG): .file
      case Int(DT_DIR): .directory
      case Int(DT_LNK): .link
      case Int(DT_UNKNOWN): .unknown
      default: .special
      }
  }
}
