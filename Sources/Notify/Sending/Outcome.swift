import Glibc

/// What became of a try to deliver a message.
enum Outcome: Sendable, Equatable {
  case delivered
  /// The target is there and does not take this message: others may still go.
  case refused(String)
  /// Nothing can be delivered there now.
  ///
  /// - Parameter after: in milliseconds, if the target said when to come again.
  case unreachable(String, after: Int64?)

  static func unreachable(_ words: String) -> Outcome { .unreachable(words, after: nil) }
}

/// How long one try may take, and whether to give up: shared by all ways of delivery.
struct Patience: Sendable {
  /// By the monotonic clock: of the try as a whole, however many addresses it tries.
  let end: Int64
  let interrupted: @Sendable () -> Bool

  init(milliseconds: Int64, interrupted: @escaping @Sendable () -> Bool) {
    end = Clock.monotonic + milliseconds
    self.interrupted = interrupted
  }
}

enum Clock {
  /// Milliseconds since 1970.
  static var now: Int64 { read(CLOCK_REALTIME) }
  static var monotonic: Int64 { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
