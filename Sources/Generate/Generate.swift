// The way in: checks the options, plans, lets workers write the files, writes the truth, and leaves nothing behind
// when it fails.

import Dispatch
import Synchronization

/// Writes an archive and returns what it holds. Prints nothing.
///
/// `progress` is called from worker threads, one call at a time. When the run fails or is cancelled, every file and
/// directory it made is removed again.
public func generate(
  _ options: GenerateOptions, cancellation: GenerateCancellation? = nil,
  progress: (@Sendable (GenerateProgress) -> Void)? = nil
) throws(GenerateError) -> GenerateSummary {
  try options.validate()
  if try !Files.isEmptyOrMissing(options.outputDirectory) && !options.overwrite {
    throw .directoryNotEmpty(options.outputDirectory)
  }
  let plan = Plan(options: options)
  let run = Run(options: options, plan: plan, cancellation: cancellation, progress: progress)
  run.prepare()
  DispatchQueue.concurrentPerform(iterations: min(options.jobs, plan.files.count)) { _ in run.work() }
  return try run.finish()
}

/// What the workers of one run share.
final class Run: Sendable {
  let options: GenerateOptions
  let plan: Plan
  let cancellation: GenerateCancellation?
  private let progress: (@Sendable (GenerateProgress) -> Void)?
  private let nextFile = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)
  private let tally = Mutex(Tally())

  private struct Tally {
    var summary = GenerateSummary()
    /// Number and size of each finished file: enough to find its name again, and a fraction of its length.
    var made: [(number: Int, events: UInt64, decompressedBytes: UInt64)] = []
    var eventsDone = 0
    var directories: [String] = []
    var failure: GenerateError?
  }

  init(
    options: GenerateOptions, plan: Plan, cancellation: GenerateCancellation?,
    progress: (@Sendable (GenerateProgress) -> Void)?
  ) {
    self.options = options
    self.plan = plan
    self.cancellation = cancellation
    self.progress = progress
  }

  var shouldStop: Bool {
    stopped.load(ordering: .relaxed) || cancellation?.isCancelled == true
  }

  func prepare() {
    do {
      try makeDirectories(options.outputDirectory)
    } catch {
      fail(error)
    }
  }

  func makeDirectories(_ path: String) throws(GenerateError) {
    let made = try Files.makeDirectories(path)
    if !made.isEmpty { tally.withLock { $0.directories.append(contentsOf: made) } }
  }

  /// One worker: takes the next file until there are none.
  func work() {
    do {
      var worker = try Worker(run: self)
      while !shouldStop {
        let number = nextFile.wrappingAdd(1, ordering: .relaxed).oldValue
        if number >= plan.files.count { break }
        let result = try worker.writeFile(number)
        record(result)
      }
    } catch {
      fail(error)
    }
  }

  private func record(_ file: WrittenFile) {
    tally.withLock { tally in
      tally.made.append((file.number, file.events, file.decompressedBytes))
      tally.summary.files += 1
      tally.summary.events += Int(file.events)
      tally.summary.decompressedBytes += file.decompressedBytes
      tally.summary.compressedBytes += file.compressedBytes
    }
  }

  /// Tells the caller how far the run is.
  func advance(by events: Int) {
    tally.withLock { tally in
      tally.eventsDone += events
      progress?(
        GenerateProgress(
          filesDone: tally.summary.files, filesTotal: plan.files.count, eventsDone: tally.eventsDone,
          eventsTotal: options.events))
    }
  }

  private func fail(_ error: GenerateError) {
    tally.withLock { if $0.failure == nil { $0.failure = error } }
    stopped.store(true, ordering: .relaxed)
  }

  func finish() throws(GenerateError) -> GenerateSummary {
    if cancellation?.isCancelled == true { fail(.cancelled) }
    let outcome = tally.withLock { (summary: $0.summary, failure: $0.failure) }
    if let failure = outcome.failure {
      removeEverything()
      throw failure
    }
    do throws(GenerateError) {
      try writeTruth()
    } catch {
      removeEverything()
      throw error
    }
    var summary = outcome.summary
    summary.plantedEvents = plan.planted.events.count
    summary.planted = plan.planted.summaries(of: plan)
    summary.omitted = plan.planted.omitted.filter { !$0.isBenign }.map(\.kind)
    return summary
  }

  private func writeTruth() throws(GenerateError) {
    let path = options.outputDirectory + "/truth.json"
    let temporary = options.outputDirectory + "/.truth.partial"
    let text = Array(Truth(options: options, plan: plan).text().utf8)
    let descriptor = try Files.create(temporary)
    do throws(GenerateError) {
      try Files.write(text, to: descriptor, path: temporary)
      try Files.closeChecked(descriptor, path: temporary)
      try Files.rename(temporary, to: path)
    } catch {
      Files.remove(temporary)
      throw error
    }
  }

  private func removeEverything() {
    let (made, directories) = tally.withLock { ($0.made, $0.directories) }
    for file in made {
      let key = Layout.key(
        plan.files[file.number], number: file.number, plan: plan, records: file.events,
        decompressedBytes: file.decompressedBytes)
      Files.remove("\(options.outputDirectory)/\(key.directory)/\(key.name)")
    }
    // Deepest first. Workers note what they made in any order: one may note a folder inside another's before that.
    for directory in directories.sorted(by: { $0.utf8.count > $1.utf8.count }) { Files.removeDirectory(directory) }
  }
}
