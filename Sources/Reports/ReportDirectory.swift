import Archive
import Glibc

/// A file of a report could not be written.
public struct ReportError: Error {
  public let path: String
  public let errorNumber: Int32

  public init(path: String, errorNumber: Int32) {
    self.path = path
    self.errorNumber = errorNumber
  }
}

/// Where the files of a report go.
public protocol ReportPlace {
  @discardableResult
  func write(_ name: String, _ body: (ReportPieces) -> Void) throws(ReportError) -> WrittenFile
}

/// The directory that a report is written into.
public struct ReportDirectory: ReportPlace {
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

  @discardableResult
  public func write(_ name: String, _ body: (ReportPieces) -> Void) throws(ReportError) -> WrittenFile {
    var written = WrittenFile(name: name, bytes: 0, sha256: nil)
    try ReportFile("\(path)/\(name)").write(hashing: true) { pieces in
      body(pieces)
      written = WrittenFile(name: name, bytes: pieces.count, sha256: pieces.sha256)
      return true
    }
    return written
  }
}
