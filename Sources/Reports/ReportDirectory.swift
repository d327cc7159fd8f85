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

  /// Nothing is wrong: somebody wanted it to end. No write gives up because of a signal.
  public var isInterruption: Bool { errorNumber == EINTR }
}

/// Where the files of a report go.
public protocol ReportPlace {
  @discardableResult
  func write(_ name: String, _ body: (ReportPieces) -> Void) throws(ReportError) -> WrittenFile
}

/// The directory that a report is written into.
public struct ReportDirectory: ReportPlace {
  // What every report has.
  static let fixedNames = ["alerts.jsonl", "summary.json", Manifest.fileName]
  // What a report says of people is for its owner.
  private static let mode: mode_t = 0o700

  public let path: String
  private var staged: StagedFiles?

  /// The same directory for files that take their places when they are published.
  func staging(_ files: StagedFiles) -> ReportDirectory {
    var copy = self
    copy.staged = files
    return copy
  }

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

  /// Makes sure that what was renamed stays so, whatever happens to the machine.
  public func sync() throws(ReportError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReportError(path: path, errorNumber: errno) }
    defer { close(descriptor) }
    // Some file systems cannot do it for directories, and need not.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw ReportError(path: path, errorNumber: errno)
    }
  }

  /// Removes what a run that was killed left beside the places of its files. Nobody else may be writing reports here.
  public static func removeLeftovers(in path: String) {
    guard let stream = opendir(path) else { return }
    defer { closedir(stream) }
    let names = Set(ReportKind.allCases.map(\.fileName) + fixedNames)
    while let entry = readdir(stream) {
      let name = name(of: entry)
      // `.alerts.jsonl.k3Xq0Z`, as `mkstemp` names them.
      guard name.hasPrefix("."), let dot = name.lastIndex(of: "."), name[dot...].count == 7 else { continue }
      if names.contains(String(name[..<dot].dropFirst())) { unlink("\(path)/\(name)") }
    }
  }

  static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { bytes in
      // SAFETY: readdir ends the name with NUL; it lives until the next call.
      bytes.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
    }
  }

  @discardableResult
  public func write(_ name: String, _ body: (ReportPieces) -> Void) throws(ReportError) -> WrittenFile {
    var written = WrittenFile(name: name, bytes: 0, sha256: nil)
    try ReportFile("\(path)/\(name)", staged: staged).write(hashing: true) { pieces in
      body(pieces)
      written = WrittenFile(name: name, bytes: pieces.count, sha256: pieces.sha256)
      return true
    }
    return written
  }
}
