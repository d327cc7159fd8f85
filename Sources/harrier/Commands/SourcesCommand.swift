import Events
import Investigate
import Reports

/// `harrier sources PATH...`
struct SourcesCommand {
  private let archive: ArchiveRun
  private let console: Console
  private let format: Format

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    self.console = console
    archive = try ArchiveRun(invocation, console, paths: invocation.operands[...])
    format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
  }

  func run() throws(UsageError) -> ExitCode {
    let plan = try archive.plan([], also: [.time])
    guard let result = archive.scan(plan, { _ in TallySink() }) else { return .failed }
    let forPeople = format == .table || format == .markdown
    let rows = SourcesReport.rows(
      result.ledger, wanted: TallySink.merge(result.sinks), offsetSeconds: archive.zone, forPeople: forPeople)
    let names = forPeople ? SourcesReport.tableNames : SourcesReport.names
    var out: [UInt8] = []
    RowWriter.writeAll(
      rows, names: names, format: format, rightAligned: names.map { $0 == "events" }, terminalWidth: Console.width,
      to: &out)
    console.results.write(out)
    if forPeople { console.note(SourcesReport.total(result.ledger)) }
    return archive.conclude(result.ledger)
  }
}
