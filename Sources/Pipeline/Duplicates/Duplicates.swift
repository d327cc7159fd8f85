import Archive
import Events
import Glibc

/// Which records of a scan are copies of others: one bit for each record of a file that has any.
public struct Duplicates: Sendable {
  public private(set) var copies: UInt64 = 0
  /// Events that share the key of another and have other content; none of them is dropped.
  public private(set) var conflicts: UInt64 = 0
  private var dropped: [[UInt64]]

  init(files: Int) { dropped = [[UInt64]](repeating: [], count: files) }

  mutating func drop(file: Int, record: UInt64) {
    let word = Int(record / 64)
    if word >= dropped[file].count {
      dropped[file].append(contentsOf: repeatElement(0, count: word + 1 - dropped[file].count))
    }
    dropped[file][word] |= 1 << (record % 64)
    copies += 1
  }

  mutating func noteConflict() { conflicts += 1 }

  @inline(__always)
  func isDropped(file: Int, record: UInt64) -> Bool {
    let word = Int(record / 64)
    return word < dropped[file].count && dropped[file][word] >> (record % 64) & 1 == 1
  }
}

/// Finds the copies among all events: the copy in the file with the smallest path bytes, and there the first, is kept.
///
/// The first exchange of a reduce: exact within the memory budget, with sorted runs in temporary files beyond it.
public func findDuplicates(
  _ discovery: Discovery, options: ScanOptions, memory: UInt64, temporaryDirectory: String, progress: Progress,
  interrupted: @escaping @Sendable () -> Bool
) throws(ScanError) -> (duplicates: Duplicates, ledger: Ledger) {
  var options = options
  options.range = .all
  options.identity = .keyed(.random())
  options.hashesFiles = false
  let plan: FieldPlan
  do throws(PlanError) {
    plan = try FieldPlan(columns: EventIdentity.columns)
  } catch {
    throw .plan(error)
  }
  let ranks = pathRanks(discovery.files)
  let share = memory / UInt64(max(options.jobs, 1)) / 2
  let (sinks, ledger) = try scan(
    discovery, plan: plan, options: options, progress: progress, interrupted: interrupted
  ) { _ in SkeletonSink(ranks: ranks, bytesMax: share, directory: temporaryDirectory) }
  do throws(SpillError) {
    var runs: [SkeletonRun] = []
    for sink in sinks { runs += try sink.runs() }
    return (try merge(runs, discovery.files.count), ledger)
  } catch {
    throw .spill(error)
  }
}

/// By file: its place among all files by the bytes of their paths.
func pathRanks(_ files: [FoundFile]) -> [UInt32] {
  var ranks = [UInt32](repeating: 0, count: files.count)
  let sorted = files.indices.sorted { a, b in files[a].name == files[b].name ? a < b : files[a].name < files[b].name }
  for (rank, file) in sorted.enumerated() { ranks[file] = UInt32(rank) }
  return ranks
}

private func merge(_ runs: [SkeletonRun], _ files: Int) throws(SpillError) -> Duplicates {
  var duplicates = Duplicates(files: files)
  var heads: [(skeleton: Skeleton, run: Int)] = []
  for (index, run) in runs.enumerated() {
    if let first = try run.take() { heads.append((first, index)) }
  }
  heads.sort { $0.skeleton > $1.skeleton }
  var kept: Skeleton?
  while let head = heads.popLast() {
    if let kept, head.skeleton.isCopy(of: kept) {
      duplicates.drop(file: Int(head.skeleton.file), record: head.skeleton.record)
    } else {
      if let kept, kept.key == head.skeleton.key { duplicates.noteConflict() }
      kept = head.skeleton
    }
    guard let next = try runs[head.run].take() else { continue }
    // Few runs and long stretches from each: the place is found by looking, from the end.
    var place = heads.count
    while place > 0 && heads[place - 1].skeleton < next { place -= 1 }
    heads.insert((next, head.run), at: place)
  }
  return duplicates
}

/// Collects skeletons.
struct SkeletonSink: Sink {
  private final class State: @unchecked Sendable {
    // @unchecked: one worker uses it while it reads; the merge takes it over afterwards.
    var runs: SkeletonRuns?
    var failure: SpillError?

    init(_ runs: consuming SkeletonRuns) { self.runs = consume runs }
  }

  private let state: State
  private let ranks: [UInt32]

  init(ranks: [UInt32], bytesMax: UInt64, directory: String) {
    self.ranks = ranks
    state = State(SkeletonRuns(bytesMax: bytesMax, directory: directory))
  }

  mutating func begin(file: Int) {}
  mutating func end(file: Int, _ entry: FileEntry) {}

  mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    do throws(SpillError) {
      for row in rows {
        try state.runs?.append(
          Skeleton(
            key: batch.eventKeys[Int(row)], content: batch.contentHashes[Int(row)], pathRank: ranks[file],
            file: UInt32(file), record: batch.numbers[Int(row)]))
      }
      return true
    } catch {
      state.failure = error
      return false
    }
  }

  func runs() throws(SpillError) -> [SkeletonRun] {
    if let failure = state.failure { throw failure }
    guard let runs = state.runs.take() else { return [] }
    return runs.finish()
  }
}
