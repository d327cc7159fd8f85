import Glibc

/// The compressed bytes of one file as they are on disk: read in pieces, counted and hashed.
struct InputFile: ~Copyable {
  // One system call for most files of an archive; a larger buffer gains nothing measurable.
  static let bufferBytes = 256 * 1024
  // How long an interrupt may go unnoticed while a pipe is silent.
  static let patienceMillis: Int32 = 100
  // How long a pipe may give nothing at all before its reader is told: longer than any pipeline needs to begin.
  static let silenceMillis: Int32 = 3000

  // ISA-L loads whole words at the end of its input.
  private static let slackBytes = 64

  private var file: OpenFile?
  private var descriptor: Int32 = -1
  private var isRegular = false
  private var start: UInt64 = 0
  private var end: UInt64 = 0
  private let buffer: UnsafeMutableRawPointer
  private var filled = 0
  private(set) var used = 0
  private(set) var isAtEnd = false
  private(set) var errorNumber: Int32 = 0
  private(set) var bytesRead: UInt64 = 0
  private var digest: Digest
  private let hashes: Bool
  private let isCancelled: @Sendable () -> Bool
  private let onSilence: @Sendable (FileName) -> Void
  private var name = FileName("")
  private var sizeAtOpen: Int64 = -1
  private var modifiedAtOpen = timespec()

  init?(
    hashes: Bool, isCancelled: @escaping @Sendable () -> Bool, onSilence: @escaping @Sendable (FileName) -> Void
  ) {
    self.hashes = hashes
    self.onSilence = onSilence
    guard let digest = Digest() else { return nil }
    self.digest = digest
    self.isCancelled = isCancelled
    buffer = .allocate(byteCount: InputFile.bufferBytes + InputFile.slackBytes, alignment: 64)
  }

  deinit {
    buffer.deallocate()
  }

  /// The bytes read and not yet used.
  var pending: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer + used, count: filled - used) }

  /// Where in the file the next pending byte stands.
  var offset: UInt64 { bytesRead - UInt64(filled - used) }

  /// Opens a found file. Returns an error number, 0 when it worked.
  mutating func open(_ found: FoundFile) -> Int32 {
    filled = 0
    used = 0
    bytesRead = 0
    isAtEnd = false
    errorNumber = 0
    digest.begin()
    name = found.name
    do throws(FileFault) {
      let opened = try OpenFile(reading: found)
      descriptor = opened.descriptor
      file = consume opened
    } catch {
      return error.errno
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return fail(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { return fail(EISDIR) }
    isRegular = status.st_mode & S_IFMT == S_IFREG
    sizeAtOpen = Int64(status.st_size)
    modifiedAtOpen = status.st_mtim
    return 0
  }

  /// The size when it was opened, -1 for what is no regular file.
  var size: Int64 { isRegular ? sizeAtOpen : -1 }

  private mutating func fail(_ number: Int32) -> Int32 {
    close()
    return number
  }

  /// Reads more once everything pending has been used. False at the end or on an error.
  mutating func refill() -> Bool {
    guard used == filled, !isAtEnd else { return used < filled }
    used = 0
    filled = 0
    while waitForInput() {
      let count = read(descriptor, buffer, InputFile.bufferBytes)
      if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      if count <= 0 {
        errorNumber = count < 0 ? errno : 0
        isAtEnd = true
        return false
      }
      filled = count
      bytesRead += UInt64(count)
      if hashes { digest.update(UnsafeRawBufferPointer(start: buffer, count: count)) }
      return true
    }
    isAtEnd = true
    return false
  }

  /// Nothing is here now, and a pipe may give more later.
  var isDry: Bool {
    guard !isRegular, used == filled, !isAtEnd else { return false }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) == 0
  }

  /// A pipe may stay silent for ever: it is looked at again and again, so that an interrupt is seen. False when there
  /// was one.
  private func waitForInput() -> Bool {
    var waited: Int32 = 0
    while !isRegular {
      if isCancelled() { return false }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, InputFile.patienceMillis) > 0 { return true }
      waited = min(waited + InputFile.patienceMillis, .max / 2)
      if waited == InputFile.silenceMillis && bytesRead == 0 { onSilence(name) }
    }
    return true
  }

  /// Reads until at least `count` bytes are pending or the file ends. For a look at what begins here.
  mutating func fill(atLeast count: Int) {
    guard filled - used < count else { return }
    // SAFETY: what is pending lies within the buffer; the ranges may overlap, as memmove allows.
    memmove(buffer, buffer + used, filled - used)
    filled -= used
    used = 0
    while filled < count, !isAtEnd, waitForInput() {
      let more = read(descriptor, buffer + filled, InputFile.bufferBytes - filled)
      if more < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      if more <= 0 {
        errorNumber = more < 0 ? errno : 0
        isAtEnd = true
        return
      }
      if hashes { digest.update(UnsafeRawBufferPointer(start: buffer + filled, count: more)) }
      filled += more
      bytesRead += UInt64(more)
    }
  }

  mutating func use(_ count: Int) { used += count }

  /// Whether the file was deleted or changed since it was opened.
  ///
  /// `shrank`: its end came before the size it had; what stood there then is lost.
  func changes() -> (deleted: Bool, changed: Bool, shrank: Bool) {
    guard isRegular else { return (false, false, false) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return (false, false, false) }
    let shrank = isAtEnd && errorNumber == 0 && bytesRead < UInt64(max(sizeAtOpen, 0))
    let moved = status.st_mtim.tv_sec != modifiedAtOpen.tv_sec || status.st_mtim.tv_nsec != modifiedAtOpen.tv_nsec
    return (status.st_nlink == 0, moved || Int64(status.st_size) != sizeAtOpen, shrank)
  }

  /// The hash of everything read; nil when it was not asked for.
  mutating func finish() -> SHA256Value? { hashes ? digest.end() : nil }

  mutating func close() {
    file = nil
    descriptor = -1
  }
}
