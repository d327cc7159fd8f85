import Archive
import Configuration
import Events
import Pipeline

/// `harrier config init PATH...`: the draft of a configuration, made from an archive.
struct ConfigInit {
  private let archive: ArchiveRun
  private let console: Console
  private let names: [String]

  init(_ invocation: Invocation, _ console: Console, paths: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    var archive = try ArchiveRun(invocation, console, paths: paths)
    // How often something happened is what guesses are made by: a copy is no second time.
    archive.dedupe = true
    self.archive = archive
    names = paths.map { String(decoding: $0, as: UTF8.self) }
  }

  func run() throws(UsageError) -> ExitCode {
    let plan = try archive.plan([], also: DraftTally.columns)
    guard let result = archive.scan(plan, { _ in DraftSink(tally: DraftTally(plan)) }) else { return .failed }
    let draft = Draft(result.sinks.map(\.tally), paths: names)
    guard !draft.isEmpty else {
      let code = archive.conclude(result.ledger)
      console.fail("no event was read, so there is nothing to draft a configuration from")
      return code == .done ? .usage : code
    }
    console.results.write(Array(draft.text.utf8))
    if draft.isIncomplete { console.warn("there are more identities than are counted; the draft is not complete") }
    return archive.conclude(result.ledger)
  }
}

/// Counts for the draft.
private struct DraftSink: Sink {
  var tally: DraftTally

  mutating func begin(file: Int) {}

  mutating func take(_ batch: borrowing EventBatch, rows: UnsafeBufferPointer<UInt16>, file: Int) -> Bool {
    tally.take(batch, rows: rows)
    return true
  }

  mutating func end(file: Int, _ entry: FileEntry) {}
}
