import CSQLite

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
  init(sqlite code: Int32, _ detail: String) {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      self.init(.busy, "the state is in use: \(detail)", remedy: "try again when the other command has ended")
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_MISMATCH:
      self.init(.corrupt, "the state is damaged: \(detail)", remedy: StateError.remedyOfDamage)
    case SQLITE_FULL:
      self.init(.failed, "no room left for the state", remedy: "make room and run this again; nothing was changed")
    default:
      self.init(.failed, "the state cannot be read or written: \(detail)")
    }
  }

  static func remedyOfLoss(_ path: String) -> String {
    "restore it from a copy, or begin anew: harrier state reset --state \(path)"
  }

  static let remedyOfDamage =
    "restore it from a copy; or: harrier state export saves what can be read, harrier state reset begins anew"
}
