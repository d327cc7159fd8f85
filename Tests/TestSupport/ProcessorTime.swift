// Bounds of time in tests hold on a busy machine too: only what this thread itself has worked is counted.

import Foundation

/// How long the calling thread worked at something; what waits or runs beside it is not counted.
public func processorTime(of work: () throws -> Void) rethrows -> Duration {
  let start = now()
  try work()
  return now() - start
}

private func now() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
