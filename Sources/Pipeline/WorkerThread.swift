import Glibc

/// A plain thread that runs one closure and is joined by its owner.
public final class WorkerThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private var handle = pthread_t()
  private var isRunning = false

  public init(_ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(Body(run))
    let failure = pthread_create(
      &handle, nil,
      { argument in
        guard let argument else { return nil }
        // SAFETY: the argument is the retained body, taken over exactly once.
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    isRunning = failure == 0
    // Without a thread the work is done here and now: slower, never lost.
    if failure != 0 { body.takeRetainedValue().run() }
  }

  public func join() {
    if isRunning { pthread_join(handle, nil) }
    isRunning = false
  }
}
