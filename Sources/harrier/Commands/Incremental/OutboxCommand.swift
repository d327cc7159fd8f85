import Configuration
import Events
import Reports
import Rules
import State

/// `harrier outbox`: what people are to be told and have not been, or have been lately.
struct OutboxCommand {
  enum Task: String, CaseIterable { case list, retry, drop }
  enum Status: String, CaseIterable { case waiting, sent, dead }

  private static let columns = [
    TableColumn("id", rank: 0, isRightAligned: true), TableColumn("status", rank: 1),
    TableColumn("target", cellsMin: 8, rank: 2), TableColumn("level", rank: 4), TableColumn("filed", rank: 7),
    TableColumn("tries", rank: 5, isRightAligned: true), TableColumn("next", rank: 6), TableColumn("sent", rank: 8),
    TableColumn("key", cellsMin: 16, rank: 9), TableColumn("error", cellsMin: 14, rank: 3, weight: 2),
  ]

  private let invocation: Invocation
  private let console: Console
  private let state: State
  private let task: Task
  private let ids: Set<Int64>
  private let limit: Int

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
    limit = try invocation.number("limit", in: 1...Int.max) ?? .max
    if limit < .max, task != .list {
      throw UsageError("--limit goes with 'outbox list'", remedy: "ids of rows, --status or --target choose them")
    }
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
    let isNarrow = format == .table && Console.width < ShortTime.narrowWidth
    func time(_ time: Int64) -> Cell {
      let text = Timestamp.string(time)
      return .string(isNarrow ? ShortTime.minute(text) : text)
    }
    let cells = rows.prefix(limit).map { row -> [Cell] in
      [
        .number(row.id), .string(row.status.name), .string(row.target == Notify.pingName ? "(ping)" : row.target),
        levels.indices.contains(row.level) ? .string(levels[row.level].name) : .missing, time(row.created),
        .number(Int64(row.attempts)), row.status == .waiting && row.due > 0 ? time(row.due) : .missing,
        row.done.map(time) ?? .missing, .string(row.key), row.error.map { .string($0) } ?? .missing,
      ]
    }
    var out: [UInt8] = []
    RowWriter.writeAll(
      cells, columns: OutboxCommand.columns, format: format, terminalWidth: Console.width, to: &out)
    console.results.write(out)
  }
}
