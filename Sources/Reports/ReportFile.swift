import Archive
import Glibc

/// A file of a report, or whatever stands where it should be: a pipe and a device are written to, never replaced.
///
///     nothing, a regular file    written beside its place, for its owner only, then renamed: whole or not at all
///     a symbolic link            to a regular file: that file, in its own place; the link stays
///     a pipe, a device, /dev/*   written to as it is
///     -                          the standard output
///     a directory, a dangling link, a socket    an error
public struct ReportFile {
  private static let mode: mode_t = 0o600
  // How long a pipe without a reader is left alone before it is tried again.
  private static let patienceMicroseconds: UInt32 = 20_000

  /// How the bytes get to their place.
  private enum Way {
    case beside(path: String)
    /// A descriptor of our own, or the standard output.
    case through(Int32, isOwn: Bool)
  }

  let path: String
  private let staged: StagedFiles?
  private let interrupted: @Sendable () -> Bool

  /// - Parameters:
  ///   - staged: takes what was written beside its place, to be renamed with others; nil renames it at once.
  ///   - interrupted: whether to stop waiting for somebody to read a pipe.
  public init(
    _ path: String, staged: StagedFiles? = nil, interrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.path = path
    self.staged = staged
    self.interrupted = interrupted
  }

  /// If `body` returns false, no file is left behind; what went into a pipe cannot be taken back.
  ///
  /// - Parameter hashing: whether the pieces tell the SHA-256 of all bytes.
  public func write(hashing: Bool = false, _ body: (ReportPieces) -> Bool) throws(ReportError) {
    switch try way() {
    case .beside(let place): try write(beside: place, hashing, body)
    case .through(let descriptor, let isOwn):
      let pieces = ReportPieces(descriptor, hashing: hashing)
      _ = body(pieces)
      let failure = pieces.finish()
      if isOwn { close(descriptor) }
      if failure != 0 { throw ReportError(path: path, errorNumber: failure) }
    }
  }

  // MARK: Where

  private func way() throws(ReportError) -> Way {
    if path == "-" || path == "/dev/stdout" { return .through(STDOUT_FILENO, isOwn: false) }
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return .beside(path: path) }
      throw ReportError(path: path, errorNumber: errno)
    }
    if status.st_mode & S_IFMT == S_IFREG { return .beside(path: path) }
    // Through a link too: the system decides whether it may be followed.
    let descriptor = try openPatiently(isPipe: stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, !path.hasPrefix("/dev/") else {
      return .through(descriptor, isOwn: true)
    }
    close(descriptor)
    guard let target = realpath(path, nil) else { throw ReportError(path: path, errorNumber: errno) }
    defer { free(target) }
    return .beside(path: String(cString: target))
  }

  private func openPatiently(isPipe: Bool) throws(ReportError) -> Int32 {
    while true {
      let descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      if descriptor >= 0 { return descriptor }
      // A pipe that nobody reads yet.
      guard errno == ENXIO && isPipe || errno == EINTR, !interrupted() else {
        throw ReportError(path: path, errorNumber: errno)
      }
      usleep(ReportFile.patienceMicroseconds)
    }
  }

  // MARK: Beside

  private func write(
    beside place: String, _ hashing: Bool, _ body: (ReportPieces) -> Bool
  ) throws(ReportError) {
    let name = place.split(separator: "/").last.map(String.init) ?? place
    let directory = place.dropLast(name.count)
    // The pattern is what mkstemp asks for.
    var temporary = Array("\(directory).\(name).\(String(repeating: "X", count: 6))".utf8CString)
    let descriptor = mkstemp(&temporary)
    guard descriptor >= 0 else { throw ReportError(path: path, errorNumber: errno) }
    fchmod(descriptor, ReportFile.mode)
    let pieces = ReportPieces(descriptor, hashing: hashing)
    let isComplete = body(pieces)
    var failure = pieces.finish()
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    close(descriptor)
    if isComplete, failure == 0 {
      if let staged { return staged.add(temporary, place) }
      if rename(temporary, place) != 0 { failure = errno }
    }
    if !isComplete || failure != 0 { unlink(temporary) }
    if failure != 0 { throw ReportError(path: path, errorNumber: failure) }
  }
}

/// Takes the pieces of a file, in their order.
public final class ReportPieces {
  private static let bufferBytes = 1 << 20

  private let write: ([UInt8]) -> Int32
  private var failure: Int32 = 0
  private var buffer: [UInt8] = []
  private var digest: Digest?
  /// Bytes so far.
  public private(set) var count = 0

  convenience init(_ descriptor: Int32, hashing: Bool) {
    let output = Output(descriptor: descriptor)
    self.init(hashing: hashing) { bytes in
      output.write(bytes)
      return output.errorNumber
    }
  }

  /// - Parameter write: takes larger pieces and returns an error number, 0 when all went well.
  public init(hashing: Bool, write: @escaping ([UInt8]) -> Int32) {
    self.write = write
    digest = hashing ? Digest() : nil
  }

  public func take(_ piece: [UInt8]) {
    count += piece.count
    piece.withUnsafeBytes { digest?.update($0) }
    if buffer.isEmpty, piece.count >= ReportPieces.bufferBytes {
      // Large enough to go as it is.
      if failure == 0 { failure = write(piece) }
      return
    }
    buffer += piece
    if buffer.count >= ReportPieces.bufferBytes { flush() }
  }

  private func flush() {
    if failure == 0 { failure = write(buffer) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Of all bytes; nothing may be taken afterwards.
  public var sha256: String? { digest?.end().hex }

  /// The error number of a write that failed; 0 without one.
  public func finish() -> Int32 {
    flush()
    return failure
  }
}
