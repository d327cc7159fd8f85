import Archive
import Correlation
import Events
import Pipeline
import Reports
import Rules

/// Reduces parts, writes the files of the report, and shows what was found.
struct SweepReport {
  enum Shown: String, CaseIterable { case text, jsonl }

  let console: Console
  let redactor: Redactor?
  let directory: String?
  let failLevel: Level?
  let format: Shown
  let reports: ReportOptions
  let pseudonyms: Pseudonyms?
  /// One line about the run in the place of the summary.
  let showsLine: Bool

  var isPseudonymised: Bool { reports.isPseudonymised }

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    self.console = console
    redactor = invocation.has("no-redact") ? nil : Redactor()
    directory = try invocation.directory("out")
    pseudonyms = try invocation.pseudonyms()
    var reports = try invocation.reports()
    reports.isPseudonymised = pseudonyms != nil
    self.reports = reports
    format = try invocation.choice("format", Shown.self) ?? .text
    showsLine = invocation.has("summary-line")
    if showsLine, format == .jsonl {
      throw UsageError("--summary-line: the lines of --format jsonl are alerts", remedy: "leave one of them out")
    }
    let levels = Level.allCases.map(\.name)
    failLevel = try invocation.value("fail-on").map { name throws(UsageError) in
      guard let level = Level.allCases.first(where: { $0.name == name }) else {
        throw UsageError(
          "--fail-on \(name): not one of \(levels.joined(separator: ", "))\(Suggestion.among(levels, for: name))")
      }
      return level
    }
  }

  /// Refuses a place that cannot take the report.
  func checkPlace() throws(UsageError) { try OutputPlace.check(directory, reports) }

  /// What all parts together hold.
  ///
  /// - Parameter earlier: what was read besides, and is not kept.
  func reduction(
    of parts: [Part], _ detecting: Detecting, earlier: EarlierReading = EarlierReading()
  ) throws(SegmentError) -> Reduction {
    var options = detecting.reduceOptions
    options.earlier = earlier
    options.jobs = reports.jobs
    return try reduce(parts, plan: detecting.plan, options: options)
  }

  /// - Parameter leftOut: what was not read on purpose.
  func conclude(
    _ parts: [Part], _ detecting: Detecting, providers: [Set<String>], leftOut: [String] = []
  ) -> ExitCode {
    let reduction: Reduction
    do throws(SegmentError) {
      reduction = try self.reduction(of: parts, detecting)
    } catch {
      if error.isInterruption { return interrupted(parts) }
      console.fail("could not finish: \(error.message)")
      return .failed
    }
    let ledger = SummaryLedger(reduction, detecting.plan, providers: providers, idle: detecting.idle)
    let findings = Findings(
      detecting.plan, reduction, configuration: detecting.configuration,
      locations: detecting.estate.locations, redactor: redactor)
    var found = detecting.content(findings, ledger)
    found.summary.leftOut = leftOut
    let content = told(found)
    if SweepReport.isInterrupted() { return interrupted(parts) }
    do throws(ReportError) {
      try write(content, reduction)
    } catch {
      if reduction.hasLostAlerts { return lost() }
      if error.isInterruption { return interrupted(parts) }
      console.fail("cannot write \(error.path): \(SystemMessage.of(error.errorNumber))")
      return .failed
    }
    show(content)
    if reduction.hasLostAlerts { return lost() }
    if SweepReport.isInterrupted() {
      console.note("interrupted: not all is shown" + (directory.map { "; the report is in \($0)" } ?? ""))
      return .interrupted
    }
    return code(findings, isComplete: content.summary.isComplete)
  }

  /// What was read by then, and that nothing came of it.
  private func interrupted(_ parts: [Part]) -> ExitCode {
    let entries = parts.flatMap(\.files).map(\.entry)
    let events = entries.reduce(0) { $0 + Int(clamping: $1.tally.records) }
    console.note(
      "interrupted: \(Amount.of(entries.count, "file")), \(Amount.of(events, "event")) read; no report was written")
    tellInterrupted(files: entries.count, events: events)
    return .interrupted
  }

  /// What was read by the time that somebody wanted an end, and what became of it.
  func tellInterrupted(_ ledger: Ledger, _ words: String) -> ExitCode {
    let files = ledger.entries.count { $0.status != .unread }
    let events = ledger.entries.reduce(0) { $0 + Int(clamping: $1.tally.records) }
    console.note("interrupted: \(Amount.of(files, "file")), \(Amount.of(events, "event")) so far; \(words)")
    tellInterrupted(files: files, events: events)
    return .interrupted
  }

  private func tellInterrupted(files: Int, events: Int) {
    guard showsLine else { return }
    var line = SummaryLine()
    (line.files, line.events, line.isInterrupted) = (files, events, true)
    console.results.write(line.bytes)
  }

  static let lostAlerts = "alerts cannot be read back from a temporary file"

  private func lost() -> ExitCode {
    console.fail("could not finish: \(SweepReport.lostAlerts)")
    return .failed
  }

  private func code(_ findings: Findings, isComplete: Bool) -> ExitCode {
    if !isComplete { return .incomplete }
    guard let failLevel else { return .done }
    let found = findings.reduction.episodes.indices.contains { findings.level($0) >= failLevel }
    return found ? .nothing : .done
  }

  /// Under pseudonyms, if they are asked for.
  func told(_ content: ReportContent) -> ReportContent {
    pseudonyms.map { content.pseudonymised(by: $0) } ?? content
  }

  /// When and where the report was made.
  var run: ManifestRun {
    ManifestRun(finished: Invocation.clock, directory: pseudonyms == nil ? SystemDirectory.current : "")
  }

  private func write(_ content: ReportContent, _ reduction: Reduction) throws(ReportError) {
    guard let directory else { return }
    var options = reports
    // What lacks alerts is not published.
    options.interrupted = { SweepReport.isInterrupted() || reduction.hasLostAlerts }
    try ReportWriter(content, options).write(to: directory, run: run)
  }

  private func show(_ content: ReportContent) {
    lines(content, interrupted: SweepReport.isInterrupted) { console.results.write($0) }
    if format == .text, let directory { console.note("report: \(directory)/report.html") }
  }

  private static let isInterrupted: @Sendable () -> Bool = { Interrupt.seen.load(ordering: .relaxed) }

  /// What goes to standard output, some at a time.
  ///
  /// - Parameter interrupted: whether to leave the rest; what a state remembers is whole.
  func lines(
    _ content: ReportContent, interrupted: @escaping @Sendable () -> Bool = { false }, _ take: ([UInt8]) -> Void
  ) {
    // Whoever wants silence hears of news only.
    if console.isQuiet, content.alerts.count == 0, content.summary.isComplete { return }
    if showsLine { return take(SummaryLine(content).bytes) }
    switch format {
    case .jsonl:
      AlertLines(content.alerts, reports.alertFormat, jobs: reports.jobs, interrupted: interrupted).write(take)
    case .text:
      let text = SweepText(
        content.alerts, content.summary, width: Console.width, zone: reports.zone, color: console.paintsResults,
        hasFiles: directory != nil)
      let bytes = text.bytes
      if !interrupted() { take(bytes) }
    }
  }
}
