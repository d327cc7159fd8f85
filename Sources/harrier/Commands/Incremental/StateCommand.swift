import Archive
import Events
import Reports
import State

/// `harrier state`: whether a state is sound, putting one aside, and what can be read of it.
struct StateCommand {
  enum Task: String, CaseIterable { case check, reset, export }

  private let console: Console
  private let invocation: Invocation
  private let path: String
  private let options: State.Options

  static func run(_ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
    let typed = invocation.operands.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let task = Task(rawValue: typed) else {
      let names = Task.allCases.map(\.rawValue)
      throw UsageError(
        typed.isEmpty
          ? "which task?" : "unknown task '\(Escape.terminal(typed))'\(Suggestion.among(names, for: typed))",
        remedy: "harrier state check|reset|export --state FILE")
    }
    let command = try StateCommand(invocation, console)
    do {
      switch task {
      case .check: return try command.check()
      case .reset: return try command.reset()
      case .export: return try command.export()
      }
    } catch {
      return try StateSweep.ended(by: error, console)
    }
  }

  private init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    self.console = console
    self.invocation = invocation
    let operands = invocation.operands.dropFirst()
    guard let path = invocation.value("state") ?? operands.first.map({ String(decoding: $0, as: UTF8.self) }),
      operands.count == (invocation.has("state") ? 0 : 1), !path.isEmpty
    else { throw UsageError("which state?", remedy: "name one with --state FILE") }
    self.path = path
    var options = State.Options()
    options.allowsNetwork = invocation.has("state-on-network")
    self.options = options
  }

  // MARK: check

  // Half of what a sweep takes: nothing but the state is in memory.
  private static let memory = Int(ArchiveRun.memoryDefault / 2)
  private static let names = [
    "state", "sound", "version", "bytes", "runs", "files", "parts", "alerts", "decisions", "undelivered", "problems",
  ]

  private func check() throws -> ExitCode {
    var check = StateCheck()
    var (verdict, remedy) = ("\(path) is damaged", StateError.remedyOfDamage(path))
    do throws(StateError) {
      let state = try State.existing(path, options)
      check = try state.check(memory: StateCommand.memory, temporaryDirectory: ArchiveRun.temporaryDirectory)
      var unreadable = 0
      try? state.currentLines { if Alert(line: $1) == nil { unreadable += 1 } }
      if unreadable > 0 { check.problems.append("\(Amount.of(unreadable, "alert")) cannot be read") }
    } catch {
      guard error.code == .corrupt else { throw error }
      check.problems.append(error.message)
      (verdict, remedy) = (error.message, error.remedy)
    }
    let format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
    if format == .table { tell(check) } else { row(check, format) }
    guard check.problems.isEmpty else {
      console.fail(verdict, remedy: remedy)
      return .nothing
    }
    return .done
  }

  private func tell(_ check: StateCheck) {
    var text = "\(Escape.terminal(path)): \(check.problems.isEmpty ? "sound" : "DAMAGED")\n"
    for problem in check.problems { text += "  \(Escape.terminal(problem))\n" }
    if check.version > 0 {
      let parts = [
        Amount.of(Int(check.runs), "run"), Amount.of(Int(check.files), "file"), Amount.of(Int(check.alerts), "alert"),
        Amount.of(Int(check.decisions), "decision"),
      ]
      text += "  version \(check.version), \(Amount.bytes(UInt64(clamping: check.bytes))): "
      text += parts.joined(separator: ", ") + "\n"
    }
    if check.promised > 0 {
      text += "  \(Amount.of(Int(check.promised), "report")) not delivered yet: the next sweep does it\n"
    }
    console.results.write(Array(text.utf8))
  }

  private func row(_ check: StateCheck, _ format: Format) {
    let numbers = [
      check.version, check.bytes, check.runs, check.files, check.parts, check.alerts, check.decisions, check.promised,
    ]
    let cells: [Cell] =
      [.string(path), .bool(check.problems.isEmpty)] + numbers.map { .number($0) }
      + [.list(check.problems.map { Array($0.utf8) })]
    var out: [UInt8] = []
    RowWriter.writeAll(
      [cells], names: StateCommand.names, format: format, rightAligned: [], terminalWidth: Console.width, to: &out)
    console.results.write(out)
  }

  // MARK: reset

  private func reset() throws(StateError) -> ExitCode {
    if let aside = try State.putAside(path, options) {
      console.note("\(path) is now \(aside)")
    } else {
      console.note("\(path) is gone, and is forgotten now")
    }
    console.note("the next sweep begins anew: it reads everything and tells of everything, unless with --learn")
    return .done
  }

  // MARK: export

  private func export() throws -> ExitCode {
    let state = try State.existing(path, options)
    var isWhole = true
    for table in State.exported {
      let failure = state.export(table) { console.results.write(StateCommand.line(table, $0)) }
      if let failure {
        isWhole = false
        console.warn("not every \(table.kind) can be read: \(failure.message)")
      }
      if console.results.errorNumber != 0 { break }
    }
    return isWhole ? .done : .incomplete
  }

  /// `{"kind":"run","id":1,...}`
  private static func line(_ table: State.Exported, _ values: [State.ExportedValue]) -> [UInt8] {
    var out = Array(#"{"kind":"\#(table.kind)""#.utf8)
    for (name, value) in zip(table.columns, values) {
      out += Array(#","\#(name)":"#.utf8)
      switch value {
      case .missing: out += Array("null".utf8)
      case .number(let number) where name == "finished" || name == "time":
        out += Array("\"\(Timestamp.string(number))\"".utf8)
      case .number(let number): out += Array(String(number).utf8)
      case .text(let bytes) where bytes.isEmpty: out += Array("null".utf8)
      // The line of `alerts.jsonl`, if it still is one.
      case .text(let bytes) where name == "alert" && table.kind == "alert" && Alert(line: bytes) != nil:
        out += bytes.filter { $0 != UInt8(ascii: "\n") }
      case .text(let bytes):
        let text = name == "path" ? FileName(bytes).text : bytes
        text.withUnsafeBytes { Escape.json($0, to: &out) }
      }
    }
    return out + Array("}\n".utf8)
  }
}
