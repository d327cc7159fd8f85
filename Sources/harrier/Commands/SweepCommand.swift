import Archive
import Configuration
import Correlation
import Events
import Matching
import Pipeline
import Reports
import Rules
import Synchronization

/// `harrier sweep PATH...`: map, reduce and report in one process.
struct SweepCommand {
  private let archive: ArchiveRun
  private let console: Console
  private let detecting: Detecting
  private let report: SweepReport

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    self.console = console
    try StateFlags.refuseAlone(invocation)
    report = try SweepReport(invocation, console)
    try report.checkPlace()
    detecting = try Detecting(invocation, console)
    archive = try ArchiveRun(invocation, console, paths: invocation.operands[...])
    if detecting.configuration.notify != nil {
      console.note("notify: nobody is told by a sweep without --state FILE")
    }
  }

  func run() throws(UsageError) -> ExitCode {
    guard let (mapped, providers) = try detecting.map(archive, identity: nil) else { return .failed }
    // Paths hold accounts: under pseudonyms the summary tells how many files were damaged, not which.
    if !report.isPseudonymised {
      LossReport(mapped.ledger, console, range: archive.options.range, insists: true).tell()
    }
    if Interrupt.seen.load(ordering: .relaxed) {
      return report.tellInterrupted(mapped.ledger, "no report was written")
    }
    return report.conclude([mapped.part], detecting, providers: providers, leftOut: archive.discovery.leftOut)
  }
}

/// The rules of a sweep, as detections.
struct Detecting {
  let plan: DetectionPlan
  let everyMatch: Bool
  let estate: Estate
  private let rules: LoadedRules
  private let console: Console
  /// What the user said; else the clock, when it is asked.
  private let now: Int64?
  private let memory: UInt64
  private let rejected = RejectedRules()

  init(_ invocation: Invocation, _ console: Console, rules given: LoadedRules? = nil) throws(UsageError) {
    self.console = console
    if let given { rules = given } else { rules = try LoadedRules(invocation) }
    estate = Estate(rules.configuration, try rules.configuration.locations())
    plan = DetectionPlan(rules.set, estate: estate)
    for finding in estate.locations?.findings ?? [] {
      if finding.severity == .note { console.note(finding.description) } else { console.warn(finding.description) }
    }
    everyMatch = invocation.has("every-match")
    memory = try invocation.memory()
    now = try invocation.moment("now", zone: try invocation.zone())
    guard plan.detections.contains(where: \.raisesAlerts) else {
      throw UsageError("no usable rule in \(rules.paths.joined(separator: ", "))")
    }
  }

  /// Reads an archive; nil when that could not be done, which has then been said.
  func map(
    _ archive: ArchiveRun, identity: EventIdentity?, earliest: Int64 = .min, readBefore: [Int: UInt32] = [:]
  ) throws(UsageError) -> (mapped: (part: Part, ledger: Ledger), providers: [Set<String>])? {
    let map: SweepMap
    var options = options(archive, identity, earliest)
    options.readBefore = readBefore
    do throws(ScanError) { map = try SweepMap(plan, options) } catch {
      throw UsageError("the rules cannot be run: \(error.description)")
    }
    rejected.set(map.program)
    tellRejections()
    let progress = Progress()
    let line = ProgressLine(progress, files: archive.discovery.files, console: console)
    defer { line.end() }
    do throws(ScanError) {
      let mapped = try map.run(
        archive.discovery, progress: progress, interrupted: { Interrupt.seen.load(ordering: .relaxed) })
      return (mapped, plan.providers(of: map.program))
    } catch {
      line.end()
      console.fail("could not finish: \(error.description)")
      return nil
    }
  }

  var configuration: Configuration { estate.configuration }

  /// For `travel`: without a database that knows cities, networks are counted.
  var places: (any PlaceLocator)? { estate.locations.flatMap { $0.knowsPlaces ? $0 : nil } }

  private func options(_ archive: ArchiveRun, _ identity: EventIdentity?, _ earliest: Int64) -> SweepOptions {
    var options = SweepOptions()
    options.scan = archive.options
    options.scan.identity = identity
    options.memory = archive.memory
    options.temporaryDirectory = ArchiveRun.temporaryDirectory
    options.now = now ?? Invocation.clock
    options.annotator = EstateColumns(configuration, estate.locations)
    options.earliest = earliest
    return options
  }

  var reduceOptions: ReduceOptions {
    var options = ReduceOptions()
    options.everyMatch = everyMatch
    options.estate = estate
    options.places = places
    options.alerts = AlertMemory(memory: memory, temporaryDirectory: ArchiveRun.temporaryDirectory)
    options.interrupted = { Interrupt.seen.load(ordering: .relaxed) }
    return options
  }

  /// Detections that wait for the configuration, each once, with everything that it waits for.
  var idle: [IdleDetection] {
    let written = rules.set.rejected.filter { $0.waits && !$0.isSilent }.map { document in
      let reasons = rules.idle.filter { $0.file == document.place.file && $0.rule == document.label }.map(\.message)
      return IdleDetection(
        rule: document.label, title: document.title ?? document.label, level: document.level, reasons: reasons)
    }
    let raising =
      rules.set.rules.filter(\.raisesAlerts).map(\.attributes)
      + rules.set.correlations.filter(\.raisesAlerts).map(\.attributes)
    let planned = plan.idle.compactMap { waiting in
      raising.first { $0.place.file == waiting.file && $0.place.line == waiting.line }.map {
        IdleDetection(rule: waiting.rule, title: $0.title, level: $0.level?.name, reasons: [waiting.message])
      }
    }
    return written + planned
  }

  /// Which rules were left out, and why.
  var rejections: [String] {
    rules.set.diagnostics.filter { $0.severity == .error }.map(\.description) + plan.rejections.map(\.description)
      + rejected.ofProgram
  }

  /// Once, however many rounds there are, and also where warnings are switched off: what is not looked for is no silence.
  func tellRejections() {
    guard rejected.takeTelling() else { return }
    for rejection in rejections { console.insist(rejection) }
    for reference in rules.unknownReferences { console.warn(reference) }
  }

  var hasRejections: Bool { rules.set.hasErrors || !plan.rejections.isEmpty || !rejected.ofProgram.isEmpty }

  /// Without reading an archive: for partials.
  func providers() -> [Set<String>] {
    let program = MatchProgram(rules: plan.rules, aggregated: true)
    rejected.set(program)
    return plan.providers(of: program)
  }
}

/// What is known only once the rules are compiled, and whether it was told.
private final class RejectedRules: Sendable {
  private let known = Mutex<(program: [String], isTold: Bool)>(([], false))

  var ofProgram: [String] { known.withLock { $0.program } }

  func set(_ program: MatchProgram) { known.withLock { $0.program = program.rejections.map(\.diagnostic.description) } }

  /// True the first time.
  func takeTelling() -> Bool {
    known.withLock { known in
      defer { known.isTold = true }
      return !known.isTold
    }
  }
}
