import Archive
import Glibc

/// The right to sweep with a state: one process has it, for as long as it lives. It is a lock on a file beside the state,
/// since SQLite's own locks begin and end with each transaction.
final class StateLock {
  private let descriptor: Int32

  convenience init(_ statePath: String) throws(StateError) {
    let path = statePath + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let number = errno
      // Where a state is, it may only be out of reach for now; where none can be made, no next run will do better.
      let isHopeless = !State.isThere(statePath) && PlaceTrouble.isLasting(number)
      throw StateError(
        system: number, "cannot open \(path)", code: isHopeless ? .place : .failed,
        remedy: isHopeless ? StatePlace.remedy : "")
    }
    try self.init(descriptor, path, statePath)
  }

  /// The same without leaving a file where none is: nil.
  static func ofExisting(_ statePath: String) throws(StateError) -> StateLock? {
    let path = statePath + ".lock"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw StateError(system: errno, "cannot open \(path)")
    }
    return try StateLock(descriptor, path, statePath)
  }

  private init(_ descriptor: Int32, _ path: String, _ statePath: String) throws(StateError) {
    self.descriptor = descriptor
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      let number = errno
      guard number == EWOULDBLOCK else { throw StateError(system: number, "cannot lock \(path)") }
      throw StateError(
        .busy, "another sweep holds \(statePath)", remedy: "it ends with code 75, so that cron tries again")
    }
  }

  deinit { close(descriptor) }

  /// Whether there has been a state, by the file beside it: an empty one in its place has lost its content.
  static func remembersState(_ statePath: String) -> Bool {
    var status = stat()
    return lstat(statePath + ".lock", &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
  }

  /// From now on there has been none.
  func forgetState() throws(StateError) {
    guard ftruncate(descriptor, 0) == 0 else { throw StateError(system: errno, "cannot change the lock of the state") }
  }

  func noteState() {
    let mark: [UInt8] = Array("a state of harrier lies beside this file\n".utf8)
    // Without the mark, only the check above is weaker.
    _ = mark.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }
}

extension StateError {
  init(system number: Int32, _ what: String, code: Code = .failed, remedy: String = "") {
    let words = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    self.init(code, "\(what): \(words)", remedy: remedy)
  }
}
