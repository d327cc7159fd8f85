import Events
import Investigate
import Reports

/// `harrier fields PATH...`
struct FieldsCommand {
  private let archive: ArchiveRun
  private let console: Console
  private let format: Format
  private let top: Int?

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    self.console = console
    archive = try ArchiveRun(invocation, console, paths: invocation.operands[...])
    format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
    top = try invocation.number("top", in: 1...Int.max)
  }

  func run() throws(UsageError) -> ExitCode {
    let plan = try archive.plan([])
    guard let result = archive.scan(plan, { _ in FieldsSink(redactor: archive.redactor) }) else { return .failed }
    let summary = FieldsSink.merge(result.sinks)
    var out: [UInt8] = []
    RowWriter.writeAll(
      Array(summary.rows.prefix(top ?? .max)), names: FieldsSink.names, format: format,
      rightAligned: [false, true, true, false, true, false], terminalWidth: Console.width, to: &out)
    console.results.write(out)
    if summary.valuesBeyond > 0 {
      console.warn(
        "beyond what one table holds: \(Amount.of(Int(clamping: summary.valuesBeyond), "value")) under further paths")
    }
    return archive.conclude(result.ledger)
  }
}
