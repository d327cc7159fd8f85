import Correlation
import Events
import Pipeline
import Reports
import Rules

/// Reduces parts, writes the files of the report, and shows what was found.
struct SweepReport {
  enum Shown: String, CaseIterable { case text, jsonl }

  private let console: Console
  private let redactor: Redactor?
  private let directory: String?
  private let failLevel: Level?
  private let format: Shown
  private let zone: Int
  private let jobs: Int

  init(_ invocation: Invocation, _ console: Console, redactor: Redactor?) throws(UsageError) {
    self.console = console
    self.redactor = redactor
    directory = try invocation.directory("out")
    zone = try invocation.zone()
    jobs = try invocation.jobs()
    format = try invocation.choice("format", Shown.self) ?? .text
    let levels = Level.allCases.map(\.name)
    failLevel = try invocation.value("fail-on").map { name throws(UsageError) in
      guard let level = Level.allCases.first(where: { $0.name == name }) else {
        throw UsageError(
          "--fail-on \(name): not one of \(levels.joined(separator: ", "))\(Suggestion.among(levels, for: name))")
      }
      return level
    }
  }

  func conclude(_ parts: [Part], _ detecting: Detecting, providers: [Set<String>]) -> ExitCode {
    var options = ReduceOptions()
    options.everyMatch = detecting.everyMatch
    options.jobs = jobs
    options.configuration = detecting.configuration
    let reduction: Reduction
    do throws(SegmentError) {
      reduction = try reduce(parts, plan: detecting.plan, options: options)
    } catch {
      console.fail("could not finish: \(error.message)")
      return .failed
    }
    let ledger = SummaryLedger(reduction, detecting.plan, providers: providers, idle: detecting.idle)
    let findings = Findings(
      detecting.plan, reduction, configuration: detecting.configuration, redactor: redactor)
    do throws(ReportError) {
      try write(findings, ledger)
    } catch {
      console.fail("cannot write \(error.path): \(SystemMessage.of(error.errorNumber))")
      return .failed
    }
    show(findings, ledger)
    return code(findings, isComplete: ledger.isComplete && !detecting.hasRejections)
  }

  private func code(_ findings: Findings, isComplete: Bool) -> ExitCode {
    if !isComplete { return .incomplete }
    guard let failLevel else { return .done }
    let plan = findings.plan
    let found = findings.reduction.episodes.contains {
      (plan.detections[$0.detection].attributes.level ?? .medium) >= failLevel
    }
    return found ? .nothing : .done
  }

  private func write(_ findings: Findings, _ ledger: SummaryLedger) throws(ReportError) {
    guard let directory else { return }
    let lines = AlertLines(findings, jobs: jobs)
    let report = try ReportDirectory(directory)
    try report.write("alerts.jsonl") { pieces in lines.write { pieces.take($0) } }
    try report.write("summary.json") { $0.take(SummaryJSON.text(findings, ledger)) }
  }

  private func show(_ findings: Findings, _ ledger: SummaryLedger) {
    switch format {
    case .jsonl: AlertLines(findings, jobs: jobs).write { console.results.write($0) }
    case .text:
      let text = SweepText(findings, ledger, width: Console.width, zone: zone)
      console.results.write(text.bytes)
      if let directory { console.note("alerts.jsonl and summary.json are in \(directory)") }
    }
  }
}
