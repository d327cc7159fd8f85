import Correlation
import Events
import Pipeline
import Reports
import Rules

/// `harrier map PATH... -o PARTIAL`: what these paths hold, for a reduce here or elsewhere.
struct MapCommand {
  private let archive: ArchiveRun
  private let console: Console
  private let detecting: Detecting
  private let output: String

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    guard let output = try PartialOutput.path(invocation) else {
      throw UsageError("map needs a file to write", remedy: "harrier map PATH... -o FILE")
    }
    self.output = output
    self.console = console
    detecting = try Detecting(invocation, console)
    archive = try ArchiveRun(invocation, console, paths: invocation.operands[...])
  }

  func run() throws(UsageError) -> ExitCode {
    // Others compare these hashes with theirs: no secret key.
    guard let (mapped, _) = try detecting.map(archive, identity: .digest) else { return .failed }
    let code = archive.conclude(mapped.ledger)
    if code == .interrupted { return code }
    guard PartialOutput(console).write([mapped.part], detecting.plan, to: output) else {
      return Interrupt.seen.load(ordering: .relaxed) ? .interrupted : .failed
    }
    return detecting.hasRejections ? .incomplete : code
  }
}

/// `harrier reduce PARTIAL...`: the report of a sweep over all that the partials were made from; with `-o`, one partial.
struct ReduceCommand {
  private let console: Console
  private let detecting: Detecting
  private let report: SweepReport
  private let output: String?
  /// Whether a report is asked for; with `-o` alone none is.
  private let reports: Bool
  private let paths: [String]

  // What makes no sense for a partial.
  private static let flagsOfReports = ["out", "report", "format", "fail-on", "alert-format", "lang", "pseudonymise"]

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    guard !invocation.operands.isEmpty else {
      throw UsageError("reduce needs partials", remedy: "make them with: harrier map PATH... -o FILE")
    }
    self.console = console
    paths = try Invocation.texts(invocation.operands)
    output = try PartialOutput.path(invocation)
    let asked = ReduceCommand.flagsOfReports.first { invocation.has($0) }
    if output == "-", let asked {
      throw UsageError(
        "-o - and --\(asked) both want the standard output", remedy: "write the partial into a file, or reduce twice")
    }
    reports = output == nil || asked != nil
    detecting = try Detecting(invocation, console)
    report = try SweepReport(invocation, console)
    try report.checkPlace()
  }

  func run() throws(UsageError) -> ExitCode {
    var parts: [Part] = []
    var isComplete = true
    for path in paths {
      if Interrupt.seen.load(ordering: .relaxed) { return interrupted() }
      let (own, issue) = try read(path)
      parts += own
      guard let issue else { continue }
      console.warn(issue)
      parts.append(Part(issue: issue))
      isComplete = false
    }
    detecting.tellRejections()
    if let output {
      guard PartialOutput(console).write(parts, detecting.plan, to: output) else {
        return Interrupt.seen.load(ordering: .relaxed) ? interrupted() : .failed
      }
    }
    guard reports else {
      let isWhole = isComplete && !detecting.hasRejections && parts.allSatisfy(\.isWhole)
      return isWhole ? .done : .incomplete
    }
    return report.conclude(parts, detecting, providers: detecting.providers())
  }

  private func interrupted() -> ExitCode {
    console.note("interrupted; nothing was written")
    return .interrupted
  }

  /// A partial that cannot be read is told of and left out, as a path of a sweep is; what it was made with is a matter
  /// of how the command was typed.
  private func read(_ path: String) throws(UsageError) -> (parts: [Part], issue: String?) {
    do throws(PartialError) {
      return (try Partial.read(path == "-" ? try standardInput() : path, plan: detecting.plan), nil)
    } catch {
      switch error {
      case .otherRules: throw UsageError("\(path): \(error.description)")
      case .system(let number): return ([], "\(path): \(SystemMessage.of(number))")
      default: return ([], "\(path): \(error.description)")
      }
    }
  }

  /// Where the bytes of the standard input can be read at any place: those of a pipe are put into a file first.
  private func standardInput() throws(PartialError) -> String {
    do throws(ScanError) {
      try StandardInput.makeRereadable(ArchiveRun.temporaryDirectory)
    } catch {
      if case .spill(let error) = error { throw .system(error.errorNumber) }
      throw .notAFile
    }
    return "/dev/stdin"
  }
}

/// Writes a partial, whole or not at all.
struct PartialOutput {
  private let console: Console

  init(_ console: Console) { self.console = console }

  /// What `-o` names, if it can be written; nil without it.
  static func path(_ invocation: Invocation) throws(UsageError) -> String? {
    guard let path = invocation.value("output") else { return nil }
    guard path != "-" || !Console.isTerminal else {
      throw UsageError("a partial is nothing for a terminal", remedy: "harrier map PATH... -o FILE")
    }
    try OutputPlace.check(file: path)
    return path
  }

  func write(_ parts: [Part], _ plan: DetectionPlan, to path: String) -> Bool {
    var failure: SegmentError?
    do throws(ReportError) {
      try ReportFile(path, interrupted: { Interrupt.seen.load(ordering: .relaxed) }).write { pieces in
        do throws(SegmentError) {
          try Partial.write(
            parts, fingerprint: plan.fingerprint, interrupted: { Interrupt.seen.load(ordering: .relaxed) }
          ) { pieces.take($0) }
        } catch {
          failure = error
        }
        return failure == nil
      }
    } catch {
      console.fail("cannot write \(error.path): \(SystemMessage.of(error.errorNumber))")
      return false
    }
    if let failure, !failure.isInterruption { console.fail("could not finish: \(failure.message)") }
    return failure == nil
  }
}
