import Archive
import Glibc

/// What is in the way of a report or a partial, as far as it can be told before anything is read: hours of reading are not
/// to end at a directory that was mistyped. What is made to see whether it can be is taken away at once. A disk that fills
/// later is noticed when it does.
extension ReportDirectory {
  /// What is in the way of a report; nil if nothing is.
  public static func obstacle(to path: String, _ options: ReportOptions) -> ReportError? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let number = errno
      // A link to nothing is no place for a directory either.
      guard number == ENOENT, lstat(path, &status) != 0 else { return ReportError(path: path, errorNumber: number) }
      return obstacle(toEntryOf: ReportDirectory.parent(of: path)) ?? obstacle(toMaking: path)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return ReportError(path: path, errorNumber: ENOTDIR) }
    if let obstacle = obstacle(toEntryOf: path) ?? obstacle(toFilesIn: path) { return obstacle }
    let kinds = options.kinds.union(ReportKind.standard)
    for name in fixedNames + kinds.map(\.fileName) {
      if let obstacle = ReportFile("\(path)/\(name)").obstacle({ obstacle(toEntryOf: $0) }) { return obstacle }
    }
    let folders = [PreviousManifest.directory] + (options.kept == nil ? [] : [KeptReports.directory])
    for name in folders where stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT != S_IFDIR {
      return ReportError(path: "\(path)/\(name)", errorNumber: ENOTDIR)
    }
    return nil
  }

  /// Whether something can be made in a directory, which has to be there.
  fileprivate static func obstacle(toEntryOf path: String) -> ReportError? {
    var status = stat()
    guard stat(path, &status) == 0 else { return ReportError(path: path, errorNumber: errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { return ReportError(path: path, errorNumber: ENOTDIR) }
    return access(path, W_OK | X_OK) == 0 ? nil : ReportError(path: path, errorNumber: errno)
  }

  /// Root may do what permissions forbid, and some file systems (`/proc`) refuse all the same: only trying tells.
  private static func obstacle(toMaking path: String) -> ReportError? {
    guard mkdir(path, 0o700) == 0 else { return obstacle(errno, at: path) }
    rmdir(path)
    return nil
  }

  /// The same for a file in a directory that is there. Its name is that of a leftover, in case this ends in between.
  private static func obstacle(toFilesIn path: String) -> ReportError? {
    var name = Array("\(path)/.\(Manifest.fileName).XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return obstacle(errno, at: path) }
    close(descriptor)
    unlink(name)
    return nil
  }

  private static func obstacle(_ number: Int32, at path: String) -> ReportError? {
    PlaceTrouble.isLasting(number) ? ReportError(path: path, errorNumber: number) : nil
  }

  /// What is in the way of another entry of a directory.
  fileprivate static func obstacle(toAnyEntryOf path: String) -> ReportError? {
    obstacle(toEntryOf: path) ?? obstacle(toFilesIn: path)
  }

  /// The directory that holds an entry, whether or not its path ends in slashes.
  fileprivate static func parent(of path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  }
}

extension ReportFile {
  /// What is in the way of this file; nil if nothing is.
  public var obstacle: ReportError? { obstacle { ReportDirectory.obstacle(toAnyEntryOf: $0) } }

  /// - Parameter entry: what is in the way of an entry of a directory.
  fileprivate func obstacle(_ entry: (String) -> ReportError?) -> ReportError? {
    if path == "-" || path == "/dev/stdout" { return nil }
    var status = stat()
    guard lstat(path, &status) == 0 else {
      return errno == ENOENT
        ? entry(ReportDirectory.parent(of: path))
        : ReportError(path: path, errorNumber: errno)
    }
    // Through a link: what it leads to is written to, and has to be there.
    guard stat(path, &status) == 0 else { return ReportError(path: path, errorNumber: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return ReportError(path: path, errorNumber: EISDIR)
    case S_IFREG where !path.hasPrefix("/dev/"):
      guard let target = realpath(path, nil) else { return ReportError(path: path, errorNumber: errno) }
      defer { free(target) }
      return entry(ReportDirectory.parent(of: String(cString: target)))
    default: return access(path, W_OK) == 0 ? nil : ReportError(path: path, errorNumber: errno)
    }
  }
}
