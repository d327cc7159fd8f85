import Glibc

/// A plain thread that runs one closure and is joined by its owner.
public final class WorkerThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private var handle = pthread_t()
  private var isRunning = false

  /// Where the system gives no thread the work is done here and now: slower, never lost.
  public init(_ run: @escaping @Sendable () -> Void) {
    if !start(run) { run() }
  }

  /// For work that would wait for its starter: nil where the system gives no thread.
  public init?(orNone run: @escaping @Sendable () -> Void) {
    if !start(run) { return nil }
  }

  private func start(_ run: @escaping @Sendable () -> Void) -> Bool {
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
    if failure != 0 { body.release() }
    return isRunning
  }

  public func join() {
    if isRunning { pthread_join(handle, nil) }
    isRunning = false
  }
}

/// Does something with each item, each on a thread of its own, and gives the results in the order of the items.
public func inParallel<Item: Sendable, Value: Sendable>(
  _ items: [Item], _ body: @escaping @Sendable (Item) -> Value
) -> [Value] {
  let results = Slots<Value>(count: items.count)
  var threads: [WorkerThread] = []
  for (place, item) in items.enumerated().dropFirst() {
    threads.append(WorkerThread { results.values[place] = body(item) })
  }
  if let first = items.first { results.values[0] = body(first) }
  for thread in threads { thread.join() }
  return results.values.compactMap { $0 }
}

/// Room for the results of threads.
public final class Slots<Value: Sendable>: @unchecked Sendable {
  // @unchecked: each place is written by one thread and read after all are joined.
  public var values: UnsafeMutableBufferPointer<Value?>

  public init(count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: nil)
  }

  deinit {
    values.deinitialize()
    values.deallocate()
  }
}
