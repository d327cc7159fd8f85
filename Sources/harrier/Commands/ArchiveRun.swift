import Archive
import Events
import Glibc
import Investigate
import Pipeline
import Reports

/// What every command that reads an archive shares: finding the files, reading them, and saying what was lost.
struct ArchiveRun {
  let console: Console
  var discovery: Discovery
  var options: ScanOptions
  let zone: Int
  var dedupe: Bool
  let redactor: Redactor?
  let memory: UInt64
  /// Fills the columns that no record holds; for commands that take a configuration.
  var annotator: (any Annotator)?

  // The default of the contract.
  static let memoryDefault: UInt64 = 512 << 20

  // Below this every few events would be a file of their own, more than can be merged.
  static let memoryMin: UInt64 = 1 << 20

  static var temporaryDirectory: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  init(_ invocation: Invocation, _ console: Console, paths: ArraySlice<[UInt8]>) throws(UsageError) {
    guard !paths.isEmpty else {
      throw UsageError("no paths given", remedy: "name files, directories, globs, - for stdin or @FILE for a list")
    }
    self.console = console
    zone = try invocation.zone()
    dedupe = invocation.has("dedupe")
    redactor = invocation.has("no-redact") ? nil : Redactor()
    memory = try invocation.memory()
    var options = ScanOptions()
    options.range = try invocation.range(zone: zone)
    options.provider = try invocation.provider()
    options.hashesContent = invocation.has("hash-content")
    // Hashes of files stand in the ledger and in manifests, also in those of partials; others need not compute them.
    options.hashesFiles =
      invocation.command == .sources || invocation.command == .map
      || invocation.command == .sweep && invocation.has("out")
    options.jobs = try invocation.jobs()
    options.limits = try ArchiveRun.limits(invocation)
    options.onSilence = { name in
      console.warn("\(name): nothing has come out of this pipe yet; waiting for it (Ctrl-C ends the run)")
    }
    self.options = options
    let days = invocation.has("ignore-path-dates") ? nil : options.range.days
    var wanted = DiscoveryOptions(
      followLinks: invocation.has("follow"), dateRange: days,
      isCancelled: { Interrupt.seen.load(ordering: .relaxed) })
    wanted.own = OwnPlaces(invocation)
    discovery = discover(Array(paths), options: wanted)
    if let list = paths.first(where: { $0.first == UInt8(ascii: "@") }), paths.count == 1, discovery.files.isEmpty,
      discovery.issues.isEmpty
    {
      throw UsageError("\(FileName(list)): the list names no path", remedy: "it should hold one path a line")
    }
  }

  private static func limits(_ invocation: Invocation) throws(UsageError) -> Limits {
    var limits = Limits()
    if let bytes = try invocation.size("max-record") {
      guard bytes <= Limits.recordBytesCeiling else {
        throw UsageError(
          "--max-record is at most \(Limits.recordBytesCeiling >> 20)M: a parser holds several times that")
      }
      limits.recordBytesMax = Int(bytes)
    }
    limits.nestingMax = try invocation.number("max-nesting", in: 1...1024) ?? limits.nestingMax
    limits.expansionRatioMax = UInt64(
      try invocation.number("max-ratio", in: 1...1_000_000) ?? Int(limits.expansionRatioMax))
    limits.expandedBytesMax = try invocation.size("max-expanded") ?? limits.expandedBytesMax
    limits.openFilesMax = try invocation.number("max-open", in: 1...100_000) ?? limits.openFilesMax
    return limits
  }

  /// Reads everything; nil when that could not be done, which has then been said.
  func scan<S: Sink>(_ plan: FieldPlan, _ makeSink: (Int) -> S) -> (sinks: [S], ledger: Ledger)? {
    var options = options
    if dedupe {
      guard let duplicates = duplicates() else { return nil }
      options.duplicates = duplicates
    }
    let progress = Progress()
    let line = ProgressLine(progress, files: discovery.files, console: console)
    defer { line.end() }
    do throws(ScanError) {
      return try Pipeline.scan(
        discovery, plan: plan, options: options, progress: progress,
        interrupted: { Interrupt.seen.load(ordering: .relaxed) }, makeSink: makeSink)
    } catch {
      line.end()
      console.fail("could not finish: \(error.description)")
      return nil
    }
  }

  /// A first reading that finds the copies. What cannot be read twice is put aside first.
  private func duplicates() -> Duplicates? {
    let progress = Progress()
    let line = ProgressLine(progress, files: discovery.files, console: console)
    defer { line.end() }
    let temporary = ArchiveRun.temporaryDirectory
    do throws(ScanError) {
      if discovery.files.contains(where: { $0.origin == .stdin }) { try StandardInput.makeRereadable(temporary) }
      let found = try findDuplicates(
        discovery, options: options, memory: memory, temporaryDirectory: temporary, progress: progress,
        interrupted: { Interrupt.seen.load(ordering: .relaxed) })
      StandardInput.rewind()
      line.end()
      if found.duplicates.conflicts > 0 {
        let events = Amount.of(Int(clamping: found.duplicates.conflicts), "event")
        let share = found.duplicates.conflicts == 1 ? "shares" : "share"
        console.warn("\(events) \(share) the id of another but not its content; all are kept")
      }
      return found.duplicates
    } catch {
      line.end()
      console.fail("could not finish: \(error.description)")
      return nil
    }
  }

  /// The exit code of a run that got through, after telling what it could not read.
  func conclude(_ ledger: Ledger, found: Bool = true) -> ExitCode {
    LossReport(ledger, console, range: options.range).tell()
    if Interrupt.seen.load(ordering: .relaxed) {
      let events = ledger.entries.reduce(0) { $0 + Int(clamping: $1.tally.records) }
      let files = ledger.entries.count { $0.status != .unread }
      console.note("interrupted: \(Amount.of(files, "file")), \(Amount.of(events, "event")) so far")
      return .interrupted
    }
    if !ledger.isComplete { return .incomplete }
    return found ? .done : .nothing
  }

  func plan(_ fields: [Field], also columns: [Column] = []) throws(UsageError) -> FieldPlan {
    do throws(PlanError) {
      var plan = try FieldPlan(fields: fields, also: options.range.isAll ? columns : columns + [.time])
      plan.annotator = annotator
      return plan
    } catch {
      throw UsageError("\(error)")
    }
  }
}

extension ScanError {
  var description: String {
    switch self {
    case .plan(let error): "the field plan cannot be made: \(error)"
    case .outOfMemory: "out of memory; fewer --jobs need less"
    case .segment(let error): "temporary results: \(error.message)"
    case .spill(let error):
      "temporary files in \(error.directory): \(SystemMessage.of(error.errorNumber)); TMPDIR names another place"
    }
  }
}

extension Invocation {
  /// What may be kept in memory, in bytes.
  func memory() throws(UsageError) -> UInt64 {
    let memory = try size("memory") ?? ArchiveRun.memoryDefault
    guard memory >= ArchiveRun.memoryMin else { throw UsageError("--memory \(value("memory") ?? ""): at least 1M") }
    return memory
  }
}
