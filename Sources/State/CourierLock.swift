import Glibc

/// The right to deliver from a state's outbox: two at a time would tell twice.
public final class CourierLock {
  // Whoever delivers may be about to end, and what was filed since then would wait for the next one.
  private static let triesMax = 10
  private static let napMicroseconds: UInt32 = 100_000

  private var descriptor: Int32

  public init(_ statePath: String) throws(StateError) {
    let path = statePath + ".notify.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw StateError(system: errno, "cannot open \(path)") }
    var tries = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let number = errno
      tries += 1
      if number == EINTR { continue }
      if number == EWOULDBLOCK, tries < CourierLock.triesMax {
        usleep(CourierLock.napMicroseconds)
        continue
      }
      close(descriptor)
      guard number == EWOULDBLOCK else { throw StateError(system: number, "cannot lock \(path)") }
      throw StateError(.busy, "another harrier-notify delivers from \(statePath)")
    }
  }

  public func release() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  deinit { release() }
}
