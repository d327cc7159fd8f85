import Configuration
import Events
import Reports
import Rules
import State

/// `harrier outbox`: what people are to be told and have not been, or have been lately.
struct OutboxCommand {
  enum Task: String, CaseIterable { case list, retry, drop }
  private enum Status: String, CaseIterable { case waiting, sent, dead }

  private static let names = ["id", "status", "target", "level", "filed", "tries", "next", "sent", "key", "error"]

  private let invocation: Invocation
  private let console: Console
  private let state: State
  private let task: Task
  private let ids: Set<Int64>

  static func run(_ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
    do {
      return try OutboxCommand(invocation, console).perform()
    } catch {
      return try StateSweep.ended(by: error, console)
    }
  }

  private init(_ invocation: Invocation, _ console: Console) throws {
    self.invocation = invocation
    self.console = console
    var operands = try Invocation.texts(invocation.operands)
    let names = Task.allCases.map(\.rawValue)
    if let first = operands.first, Int64(first) == nil {
      guard let task = Task(rawValue: first) else {
        throw UsageError("unknown task 'outbox \(Escape.terminal(first))'\(Suggestion.among(names, for: first))")
      }
      self.task = task
      operands.removeFirst()
    } else {
      task = .list
    }
    ids = Set(
      try operands.map { text in
        guard let id = Int64(text) else { throw UsageError("\(Escape.terminal(text)): not the id of a row") }
        return id
      })
    guard let path = invocation.value("state") else { throw UsageError("which state? --state FILE") }
    state = try State.existing(path)
  }

  private func perform() throws -> ExitCode {
    let rows = try chosen()
    switch task {
    case .list: try list(rows)
    case .retry:
      try state.retry(rows.map(\.id))
      console.note("\(Amount.of(rows.count, "row")) will be tried again")
    case .drop:
      try state.drop(rows.map(\.id))
      console.note("\(Amount.of(rows.count, "row")) dropped")
    }
    return .done
  }

  private func chosen() throws -> [OutboxRow] {
    let status = try invocation.choice("status", Status.self)
    let wanted = status.flatMap { status in OutboxRow.Status.allCases.first { $0.name == status.rawValue } }
    if task == .drop, ids.isEmpty, wanted == nil, !invocation.has("target") {
      throw UsageError("drop what?", remedy: "ids of rows, --status dead or --target NAME")
    }
    var rows = try state.outbox(wanted, target: invocation.value("target"))
    if !ids.isEmpty {
      rows.removeAll { !ids.contains($0.id) }
      if let missing = ids.subtracting(rows.map(\.id)).min() {
        throw UsageError("there is no row \(missing)", remedy: "harrier outbox --state FILE lists them")
      }
    } else if wanted == nil, task == .retry {
      rows.removeAll { $0.status != .dead }
    }
    // What was sent cannot be sent again: nothing is kept of it but that it was.
    if task == .retry { rows.removeAll { $0.status == .sent } }
    return rows
  }

  private func list(_ rows: [OutboxRow]) throws(UsageError) {
    let format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
    let levels = Level.allCases
    let cells = rows.map { row -> [Cell] in
      let next = row.status == .waiting && row.due > 0 ? Timestamp.string(row.due) : nil
      return [
        .number(row.id), .string(row.status.name), .string(row.target == Notify.pingName ? "(ping)" : row.target),
        levels.indices.contains(row.level) ? .string(levels[row.level].name) : .missing,
        .string(Timestamp.string(row.created)), .number(Int64(row.attempts)), next.map { .string($0) } ?? .missing,
        row.done.map { .string(Timestamp.string($0)) } ?? .missing, .string(row.key),
        row.error.map { .string($0) } ?? .missing,
      ]
    }
    var out: [UInt8] = []
    RowWriter.writeAll(
      cells, names: OutboxCommand.names, format: format,
      rightAligned: OutboxCommand.names.map { $0 == "id" || $0 == "tries" }, terminalWidth: Console.width, to: &out)
    console.results.write(out)
  }
}
