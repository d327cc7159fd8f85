import Archive
import Correlation
import Events
import Glibc
import Pipeline
import Reports
import Rules
import State

/// `harrier sweep PATH... --state FILE`: reads what is new, decides it together with what is kept, tells what is news.
struct StateSweep {
  private let console: Console
  private let flags: StateFlags
  private let detecting: Detecting
  private let report: SweepReport
  private let archive: ArchiveRun
  private let state: State
  private let delivery: Delivery
  private let telling: Telling?

  static func run(_ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
    let flags = try StateFlags(invocation)
    let report = try SweepReport(invocation, console)
    // Later, people have been promised to be told: a place that breaks keeps no sweep off.
    if !flags.isDryRun, !State.isThere(flags.path) { try report.checkPlace() }
    let detecting = try Detecting(invocation, console)
    do {
      // Before anything else: whoever comes second must not look for files first.
      let state =
        try flags.isDryRun
        ? State.forTrial(flags.path, flags.options) : State.forSweep(flags.path, flags.options)
      let telling = Telling(invocation, detecting.configuration, state: flags.path)
      let round = { () throws -> ExitCode in
        let archive = try ArchiveRun(invocation, console, paths: invocation.operands[...])
        return try StateSweep(console, flags, detecting, report, archive, state, telling).sweep()
      }
      guard invocation.has("watch") else { return try round() }
      return try WatchingSweep(invocation, console, state: flags.path).run(round)
    } catch {
      return try ended(by: error, console)
    }
  }

  static func ended(by error: any Error, _ console: Console) throws(UsageError) -> ExitCode {
    switch error {
    case let error as UsageError: throw error
    case let error as StateError:
      console.fail(Escape.terminal(error.message), remedy: Escape.terminal(error.remedy))
      return error.code == .busy ? .busy : error.code == .place ? .usage : .failed
    case let error as SegmentError where error.isInterruption:
      console.note("interrupted: nothing was written, and the state is as it was")
      return .interrupted
    case let error as SegmentError: console.fail("could not finish: \(error.message)")
    case let error as ReportError:
      console.fail("cannot write \(Escape.terminal(error.path)): \(SystemMessage.of(error.errorNumber))")
    default: console.fail("could not finish: \(error)")
    }
    return .failed
  }

  private init(
    _ console: Console, _ flags: StateFlags, _ detecting: Detecting, _ report: SweepReport, _ archive: ArchiveRun,
    _ state: State, _ telling: Telling?
  ) {
    self.console = console
    self.flags = flags
    self.detecting = detecting
    self.report = report
    self.archive = archive
    self.state = state
    self.telling = telling
    delivery = Delivery(state, report, console)
  }

  private func sweep() throws -> ExitCode {
    let held = flags.isDryRun ? [] : try delivery.deliverPromised()
    var known = try state.files()
    let choice = FileChoice(
      archive.discovery.files, known: known, now: Invocation.clock * 1_000_000, readsAll: flags.backfills)
    guard !choice.readings.isEmpty else { return try concludeWithoutFiles(choice, held) }
    choice.apply(to: &known)
    var archive = archive
    archive.discovery = archive.discovery.with(only: choice.readings.map(\.place))
    archive.options.hashesFiles = true
    let highWater = try state.highWater()
    let earliest =
      flags.backfills ? .min : max(flags.horizons.earliest(highWater: highWater), try state.settled())
    let identity = EventIdentity.keyed(try state.hashKey())
    // A file that has grown is read on. With --backfill the new reading takes the place of what is kept of the old one.
    let readBefore = flags.backfills ? [:] : choice.readBefore
    guard
      let (mapped, providers) = try detecting.map(
        archive, identity: identity, earliest: earliest, readBefore: readBefore)
    else {
      return .failed
    }
    LossReport(mapped.ledger, console, range: archive.options.range, insists: true).tell()
    if Interrupt.seen.load(ordering: .relaxed) { return interrupted(mapped.ledger) }
    let intake = Intake(mapped.part, choice, archive.discovery.files)
    let run: StateRun
    do {
      run = try StateRun(
        state, intake, known: known, detecting: detecting, report: report, flags: flags, highWater: highWater,
        memory: archive.memory)
    } catch let error as SegmentError where error.isInterruption {
      return interrupted(mapped.ledger)
    }
    return try conclude(run, choice, providers, held)
  }

  private func interrupted(_ ledger: Ledger) -> ExitCode {
    report.tellInterrupted(ledger, "nothing was written, and the state is as it was")
  }

  // MARK: Results

  private func conclude(
    _ run: StateRun, _ choice: FileChoice, _ providers: [Set<String>], _ held: [Publication]
  ) throws -> ExitCode {
    var told = try RunReport(
      run, detecting, report, providers: providers, choice, leftOut: archive.discovery.leftOut)
    if flags.learns { told.silence() }
    let untold = try state.untoldLosses()
    tell(told.carry(untold))
    if flags.isDryRun {
      report.lines(report.told(told.content)) { console.results.write($0) }
      try run.requireAlerts()
      return code(told)
    }
    let publication = try state.transaction { () throws(StateError) -> Int64 in
      let number = try run.write(told.row, choice, learns: flags.learns)
      try state.set(overview: Overview.text(told.content.summary, accounts: detecting.accounts))
      // What earlier runs had to tell was filed with them.
      try telling?.file(told.content, as: report.told(told.content), run: number, state)
      if hasSeenItsLogs { try telling?.sign(run: number, state) }
      try told.carry(Delivery.runs(held), state)
      let publication = try delivery.promise(told, run: number, held: held)
      try run.requireAlerts()
      return publication
    }
    try deliver(publication)
    if let directory = report.directory {
      report.lines(report.told(told.content)) { console.results.write($0) }
      if report.format == .text { console.note("report: \(Escape.terminal(directory))/report.html") }
    }
    tell(choice)
    try telling?.begin(state, console)
    return code(told)
  }

  /// Nothing to read: nothing can have changed.
  private func concludeWithoutFiles(_ choice: FileChoice, _ held: [Publication]) throws -> ExitCode {
    LossReport(Ledger(archive.discovery, entries: []), console, insists: true).tell()
    detecting.tellRejections()
    var told = RunReport(nothingNewIn: archive.discovery, detecting, choice, accounts: try state.accounts())
    try told.carry(Delivery.runs(held), state)
    let untold = try state.untoldLosses()
    tell(told.carry(untold))
    let isOwed = !held.isEmpty || !untold.isEmpty
    if !flags.isDryRun { try note(choice, told, held, isOwed: isOwed) }
    // Without a directory, what is owed was told by the promised lines. A directory of logs that is gone is no silence.
    let wasTold = report.directory == nil && isOwed && !flags.isDryRun
    if !wasTold, report.showsLine || !held.isEmpty || !told.content.summary.isComplete {
      report.lines(report.told(told.content)) { console.results.write($0) }
    }
    tell(choice)
    if !flags.isDryRun { try telling?.begin(state, console) }
    return code(told)
  }

  /// Whoever is told of alerts does not wait for the disk of reports.
  private func deliver(_ publication: Int64) throws {
    do {
      try delivery.deliver(publication)
    } catch {
      try? telling?.begin(state, console)
      throw error
    }
  }

  /// - Parameter isOwed: whether there is something to tell of earlier runs.
  private func note(_ choice: FileChoice, _ told: RunReport, _ held: [Publication], isOwed: Bool) throws {
    let hasReport = try isOwed || report.directory != nil && !delivery.isInPlace(told)
    let signs = hasSeenItsLogs && telling?.hasSign ?? false
    guard !choice.updates.isEmpty || hasReport || signs else { return }
    // The report is promised as any other: killed while it takes the place of another one, it would lie there mixed.
    let publication = try state.transaction { () throws(StateError) -> Int64? in
      try MovedFiles.note(choice, state)
      if signs { try telling?.sign(run: 0, state) }
      return hasReport ? try delivery.promise(told, run: nil, held: held) : nil
    }
    if let publication { try deliver(publication) }
  }

  /// Whoever waits for signs of life is to notice that logs are gone. A damaged file is told once, by other means.
  private var hasSeenItsLogs: Bool { !archive.discovery.issues.contains(where: \.isLoss) }

  // As many as of a run's own losses.
  private static let lossesMax = 5

  /// Also where warnings are switched off: whoever waits for this run has not heard of them.
  private func tell(_ losses: [String]) {
    guard !report.isPseudonymised else { return }
    for loss in losses.prefix(StateSweep.lossesMax) { console.insist(loss) }
    if losses.count > StateSweep.lossesMax { console.insist("and \(losses.count - StateSweep.lossesMax) more") }
  }

  private func tell(_ choice: FileChoice) {
    var parts = ["\(Amount.of(choice.readings.count, "file")) read", "\(choice.unchangedCount) known"]
    if choice.movedCount > 0 { parts.append("\(choice.movedCount) moved") }
    if choice.grownCount > 0 { parts.append("\(choice.grownCount) grown") }
    if choice.replacedCount > 0 { parts.append("\(choice.replacedCount) replaced") }
    console.note(parts.joined(separator: ", "))
  }

  private func code(_ told: RunReport) -> ExitCode {
    if !told.content.summary.isComplete { return .incomplete }
    guard let level = report.failLevel else { return .done }
    return told.levels.contains { $0 >= level } ? .nothing : .done
  }
}

/// What a run has read: the part, and which readings its files are.
struct Intake {
  private(set) var part: Part
  /// By place of the part's files.
  private(set) var readings: [FileChoice.Reading] = []
  /// By place of the part's files: how much could not be read.
  private(set) var losses: [UInt32] = []

  init(_ part: Part, _ choice: FileChoice, _ files: [FoundFile]) {
    self.part = part
    var byName: [FileName: FileChoice.Reading] = [:]
    for (place, reading) in choice.readings.enumerated() { byName[files[place].name] = reading }
    for place in part.files.indices {
      let name = FileName(part.files[place].path)
      var reading = byName[name] ?? FileChoice.Reading(place: 0, generation: 0, stamp: nil, isAgain: false)
      let file = part.files[place]
      losses.append(file.isLoss ? max(1, UInt32(clamping: file.entry.tally.lossCount)) : 0)
      // What an earlier run has told is not told for ever.
      if reading.earlier != nil, losses[place] <= reading.lossesBefore { self.part.files[place].isLoss = false }
      // What could not be read to its end does not take the place of anything.
      if file.entry.content.sha256 == nil { reading.begunWith = [] }
      readings.append(reading)
      self.part.files[place].generation = reading.generation
    }
  }
}
