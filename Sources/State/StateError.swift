import CSQLite
import Glibc

/// What keeps a state from being used: which file, what happened, and what to do about it.
public struct StateError: Error, Sendable {
  public enum Code: Sendable, Equatable {
    /// Another sweep holds it.
    case busy
    /// It is damaged, or no state at all.
    case corrupt
    /// A newer Harrier wrote it.
    case newer
    /// It lies where locks and renames cannot be relied on.
    case network
    /// No state can lie there: it was mistyped, or the directory has to be made first.
    case place
    /// Nothing is there.
    case missing
    /// The disk, its permissions, memory.
    case failed
  }

  public let code: Code
  public let message: String
  public let remedy: String

  public init(_ code: Code, _ message: String, remedy: String = "") {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// From a result code of SQLite.
  ///
  /// - Parameter errorNumber: of the system call that failed last; 0 without one.
  init(sqlite code: Int32, _ text: String, path: String, errorNumber: Int32 = 0) {
    // SQLite's own words for an error of the disk do not say which.
    let cause =
      code & 0xFF == SQLITE_IOERR && errorNumber != 0 ? strerror(errorNumber).map { String(cString: $0) } : nil
    let detail = cause.map { "\(text) (\($0))" } ?? text
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      self.init(.busy, "\(path) is in use: \(detail)", remedy: "try again when the other command has ended")
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_MISMATCH:
      self.init(.corrupt, "\(path) is damaged: \(detail)", remedy: StateError.remedyOfDamage(path))
    case SQLITE_FULL:
      self.init(.failed, "no room left for \(path)", remedy: "make room and run this again; nothing was changed")
    default:
      self.init(
        .failed, "\(path) cannot be read or written: \(detail)",
        remedy: "run this again when that is mended; nothing was changed")
    }
  }

  /// SQLite's findings may have several lines; a message has one.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: ": ")
  }

  static func remedyOfLoss(_ path: String) -> String {
    "restore it from a copy, or begin anew: harrier state reset --state \(path)"
  }

  public static func remedyOfDamage(_ path: String) -> String {
    "restore it from a copy; or save what can be read with harrier state export --state \(path), then begin anew with "
      + "harrier state reset --state \(path)"
  }
}
