import Glibc
import Synchronization

/// Where results go: one descriptor, written whole or not at all as far as the other side allows.
///
/// A closed pipe is no error of ours: the rest is dropped and `isClosed` tells whoever produces to stop.
public final class Output: @unchecked Sendable {
  // @unchecked: the descriptor is constant; the state is atomic; callers serialise writes.
  private let descriptor: Int32
  private let closed = Atomic<Bool>(false)
  private let failure = Atomic<Int32>(0)

  public init(descriptor: Int32) { self.descriptor = descriptor }

  public var isClosed: Bool { closed.load(ordering: .relaxed) }
  /// The error number of a write that failed for another reason than a closed pipe (a full disk), 0 when none did.
  public var errorNumber: Int32 { failure.load(ordering: .relaxed) }

  public func write(_ bytes: UnsafeRawBufferPointer) {
    var done = 0
    while done < bytes.count && !isClosed {
      guard let base = bytes.baseAddress else { return }
      let count = Glibc.write(descriptor, base + done, bytes.count - done)
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        if errno != EPIPE { failure.store(errno, ordering: .relaxed) }
        closed.store(true, ordering: .relaxed)
      }
    }
  }

  public func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0) } }
}

/// The three streams that every program is given.
public enum StandardStreams {
  /// Takes the places of those that whoever started us has closed: the next file that is opened would stand there, and get
  /// what is meant for people. What is read from or written to them fails, as it should.
  public static func hold() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
