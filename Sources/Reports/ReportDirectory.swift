import Glibc

/// A file of a report could not be written.
public struct ReportError: Error {
  public let path: String
  public let errorNumber: Int32
}

/// The directory that a report is written into.
public struct ReportDirectory {
  // What a report says of people is for its owner.
  private static let mode: mode_t = 0o700

  public let path: String

  /// Makes the directory if it is not there.
  public init(_ path: String) throws(ReportError) {
    self.path = path
    if mkdir(path, ReportDirectory.mode) != 0 {
      let number = errno
      var status = stat()
      guard number == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw ReportError(path: path, errorNumber: number == EEXIST ? ENOTDIR : number)
      }
    }
  }

  public func write(_ name: String, _ body: (ReportPieces) -> Void) throws(ReportError) {
    try ReportFile("\(path)/\(name)").write { pieces in
      body(pieces)
      return true
    }
  }
}

/// A file that is written whole or not at all: beside its place, for its owner only, then renamed.
public struct ReportFile {
  private static let mode: mode_t = 0o600

  private let path: String

  public init(_ path: String) { self.path = path }

  /// If `body` returns false, nothing is left behind.
  public func write(_ body: (ReportPieces) -> Bool) throws(ReportError) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let directory = path.dropLast(name.count)
    // The pattern is what mkstemp asks for.
    var temporary = Array("\(directory).\(name).\(String(repeating: "X", count: 6))".utf8CString)
    let descriptor = mkstemp(&temporary)
    guard descriptor >= 0 else { throw ReportError(path: path, errorNumber: errno) }
    fchmod(descriptor, ReportFile.mode)
    let pieces = ReportPieces(descriptor)
    let isComplete = body(pieces)
    var failure = pieces.finish()
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    close(descriptor)
    if isComplete, failure == 0, rename(temporary, path) != 0 { failure = errno }
    if !isComplete || failure != 0 { unlink(temporary) }
    if failure != 0 { throw ReportError(path: path, errorNumber: failure) }
  }
}

/// Takes the pieces of a file, in their order.
public final class ReportPieces {
  private static let bufferBytes = 1 << 20

  private let output: Output
  private var buffer: [UInt8] = []

  init(_ descriptor: Int32) { output = Output(descriptor: descriptor) }

  public func take(_ piece: [UInt8]) {
    buffer += piece
    if buffer.count >= ReportPieces.bufferBytes { flush() }
  }

  private func flush() {
    output.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// The error number of a write that failed; 0 without one.
  func finish() -> Int32 {
    flush()
    return output.errorNumber
  }
}
