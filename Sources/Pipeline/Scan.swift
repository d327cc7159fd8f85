import Archive
import Correlation
import Events
import Glibc
import Synchronization
import Threads

public struct ScanOptions: Sendable {
  public var jobs = 1
  public var limits = Limits()
  public var range = TimeRange.all
  public var provider: Provider?
  /// The SHA-256 of each file is wanted: for the ledger that is shown or kept.
  public var hashesFiles = true
  public var hashesContent = false
  /// Records that are copies of others and are passed over.
  public var duplicates: Duplicates?
  /// The batches also hold each event's key and the hash of its content.
  public var identity: EventIdentity?
  /// How much content is parsed at once. Results do not depend on it.
  public var blockBytes = Blocks.contentBytes
  /// Told of a pipe from which nothing has come for some seconds.
  public var onSilence: @Sendable (FileName) -> Void = { _ in }
  /// Files of this size and more are decompressed ahead on a thread of their own.
  var readAheadBytesMin = ReadAhead.fileBytesMin

  public init() {}
}

public enum ScanError: Error {
  case plan(PlanError)
  case outOfMemory
  case spill(SpillError)
  case segment(SegmentError)
}

/// What a scan has done so far; read by whoever shows progress.
public final class Progress: Sendable {
  public let filesDone = Atomic<Int>(0)
  public let bytesDone = Atomic<Int>(0)
  public let events = Atomic<Int>(0)
  /// The file that was begun last.
  public let current = Atomic<Int>(0)

  public init() {}

  func finishedFile(bytes: UInt64) {
    filesDone.add(1, ordering: .relaxed)
    bytesDone.add(Int(clamping: bytes), ordering: .relaxed)
  }

  func read(events count: Int) { events.add(count, ordering: .relaxed) }
}

/// What the workers of one scan share: the list of files, where they stand in it, and whether to stop.
final class ScanState: @unchecked Sendable {
  // @unchecked: each entry is written by the one worker that took its file, and read after all have ended.
  let files: [FoundFile]
  let entries: UnsafeMutablePointer<FileEntry>
  let progress: Progress
  private let next = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)
  private let failed = Atomic<Bool>(false)
  private let readAheadClaimed = Atomic<Bool>(false)
  private let interrupted: @Sendable () -> Bool

  /// - Parameter entries: room for one entry each file, which outlives the workers.
  init(
    files: [FoundFile], entries: UnsafeMutablePointer<FileEntry>, progress: Progress,
    interrupted: @escaping @Sendable () -> Bool
  ) {
    self.files = files
    self.entries = entries
    self.progress = progress
    self.interrupted = interrupted
  }

  func takeFile() -> Int? {
    guard !isStopped else { return nil }
    let file = next.add(1, ordering: .relaxed).oldValue
    guard file < files.count else { return nil }
    progress.current.store(file, ordering: .relaxed)
    return file
  }

  var isStopped: Bool { stopped.load(ordering: .relaxed) || interrupted() }
  var hasFailed: Bool { failed.load(ordering: .relaxed) }

  func stop() { stopped.store(true, ordering: .relaxed) }

  func fail(_ error: ScanError) {
    failed.store(true, ordering: .relaxed)
    stop()
  }

  /// One large file at a time is read ahead: two would only compete for the same cores.
  func claimReadAhead() -> Bool {
    readAheadClaimed.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  func releaseReadAhead() { readAheadClaimed.store(false, ordering: .releasing) }
}

/// Reads files with some workers and gives each worker's sink and the ledger.
public func scan<S: Sink>(
  _ discovery: Discovery, plan: FieldPlan, options: ScanOptions, progress: Progress,
  interrupted: @escaping @Sendable () -> Bool, makeSink: (Int) -> S
) throws(ScanError) -> (sinks: [S], ledger: Ledger) {
  // Written in place by the workers: with many files a second copy would be most of the memory.
  var entries = [FileEntry](repeating: FileEntry(), count: max(discovery.files.count, 1))
  let result = entries.withUnsafeMutableBufferPointer { room -> Result<[S], ScanError> in
    guard let base = room.baseAddress else { return .failure(.outOfMemory) }
    let state = ScanState(files: discovery.files, entries: base, progress: progress, interrupted: interrupted)
    return work(state, plan: plan, options: options, makeSink: makeSink)
  }
  if discovery.files.isEmpty { entries.removeAll() }
  return (try result.get(), Ledger(discovery, entries: entries))
}

/// Runs the workers to their end.
private func work<S: Sink>(
  _ state: ScanState, plan: FieldPlan, options: ScanOptions, makeSink: (Int) -> S
) -> Result<[S], ScanError> {
  let count = max(1, min(options.jobs, min(state.files.count, options.limits.openFilesMax)))
  let results = Slots<S>(count: count)
  var workers: [WorkerBox<S>] = []
  do throws(ScanError) {
    for index in 0..<count {
      workers.append(WorkerBox(try Worker(plan: plan, options: options, shared: state, sink: makeSink(index))))
    }
  } catch {
    return .failure(error)
  }
  var threads: [WorkerThread] = []
  for index in 1..<count {
    let box = workers[index]
    threads.append(WorkerThread { results.values[index] = box.run() })
  }
  results.values[0] = workers[0].run()
  for thread in threads { thread.join() }
  return state.hasFailed ? .failure(.outOfMemory) : .success(results.values.compactMap { $0 })
}

/// Carries a worker, which cannot be copied, to its thread.
private final class WorkerBox<S: Sink>: @unchecked Sendable {
  // @unchecked: made on one thread and then used on one other only.
  private var worker: Worker<S>

  init(_ worker: consuming Worker<S>) { self.worker = worker }

  func run() -> S {
    worker.run()
    return worker.sink
  }
}
