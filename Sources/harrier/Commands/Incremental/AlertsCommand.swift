import Configuration
import Events
import Glibc
import Reports
import Rules
import State

/// `harrier alerts`: the alerts of a state, or of an `alerts.jsonl`: listed, shown, decided about, reported again.
struct AlertsCommand {
  enum Task: String, CaseIterable { case list, show, ack, close, note }

  let console: Console
  let source: AlertSource
  private let invocation: Invocation

  static func run(_ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
    var operands = invocation.operands[...]
    let first = operands.first.flatMap { Task(rawValue: String(decoding: $0, as: UTF8.self)) }
    if first != nil { operands = operands.dropFirst() }
    do {
      return try AlertsCommand(invocation, console, first ?? .list, &operands).perform(first ?? .list, operands)
    } catch {
      return try StateSweep.ended(by: error, console)
    }
  }

  private init(
    _ invocation: Invocation, _ console: Console, _ task: Task, _ operands: inout ArraySlice<[UInt8]>
  ) throws {
    self.invocation = invocation
    self.console = console
    if let path = invocation.value("state") {
      var options = State.Options()
      options.checksPages = true
      source = .state(try State.existing(path, options))
    } else {
      guard let last = operands.popLast() else {
        throw UsageError("no alerts given", remedy: "name the state with --state FILE, or an alerts.jsonl")
      }
      source = .lines(try AlertFile.read(Invocation.text(last, of: "an argument")))
    }
  }

  private func perform(_ task: Task, _ operands: ArraySlice<[UInt8]>) throws -> ExitCode {
    switch task {
    case .list:
      guard operands.isEmpty else {
        throw UsageError(
          "what is '\(Escape.terminal(String(decoding: operands[operands.startIndex], as: UTF8.self)))'?",
          remedy: "harrier alerts --help tells the tasks and the flags that filter")
      }
      return try AlertListing(self, invocation).run()
    case .show: return try show(id(of: operands))
    case .ack, .close, .note: return try decide(task, id(of: operands))
    }
  }

  // MARK: One alert

  // So few digits tell alerts apart and can be typed.
  private static let digitsMin = 4

  private func id(of operands: ArraySlice<[UInt8]>) throws -> String {
    guard operands.count == 1, let operand = operands.first else {
      throw UsageError("which alert?", remedy: "harrier alerts show ID --state FILE; the list shows the ids")
    }
    let text = String(decoding: operand, as: UTF8.self).lowercased()
    guard text.allSatisfy(\.isHexDigit), text.isEmpty || text.count >= AlertsCommand.digitsMin else {
      if !text.isEmpty, text.allSatisfy(\.isHexDigit) {
        throw UsageError("\(text): give at least the first \(AlertsCommand.digitsMin) digits of an id")
      }
      throw UsageError("\(Escape.terminal(text)): not the id of an alert", remedy: "the list shows the ids")
    }
    let ids = try source.ids.filter { $0.hasPrefix(text) }
    guard let id = ids.first else { throw UsageError("there is no alert \(text)", remedy: "the list shows the ids") }
    guard ids.count == 1 else { throw UsageError("\(ids.count) alerts begin with \(text): give more digits") }
    return id
  }

  private func show(_ id: String) throws -> ExitCode {
    guard let line = try source.line(of: id), let alert = Alert(line: line) else { return .failed }
    if invocation.has("suppress") {
      let yaml = SuppressionDraft.yaml(
        rule: alert.ruleID, title: alert.title, actor: alert.actor, account: alert.account, address: alert.sourceIP,
        after: alert.lastTime)
      console.results.write(Array(yaml.utf8))
      return .done
    }
    if try format() == .jsonl {
      console.results.write(try AlertHistory.line(line, id, source))
      return .done
    }
    let zone = try invocation.zone()
    console.results.write(AlertText.bytes(alert, zone: zone, width: Console.width))
    console.results.write(AlertText.next(alert, width: Console.width))
    guard case .state(let state) = source else { return .done }
    var entries: [String] = []
    for entry in try state.history(ofAlert: id) {
      let replaces = entry.change.replaces.map { ", for \($0)" } ?? ""
      let time = Timestamp.string(entry.finished, offsetSeconds: zone)
      entries.append("\(time) \(entry.change.kind.name) in run \(entry.run)\(replaces)")
    }
    entries += (try state.decisions()[id] ?? []).map { AlertsCommand.words($0, id, zone: zone) }
    console.results.write(AlertText.history(entries, width: Console.width))
    return .done
  }

  private static func words(_ decision: Decision, _ id: String, zone: Int = 0) -> String {
    var words = "\(Timestamp.string(decision.time, offsetSeconds: zone)) \(decision.verb.rawValue)"
    if let verdict = decision.verdict { words += " as \(verdict.rawValue)" }
    if let name = decision.name { words += " by \(Escape.terminal(name))" }
    if let note = decision.note { words += ": \(Escape.terminal(note))" }
    return decision.original == id ? words : words + " (then \(decision.original))"
  }

  func format() throws(UsageError) -> Format {
    try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
  }

  // MARK: Deciding

  // What a person writes about an alert; a file pasted by mistake is longer.
  private static let noteBytesMax = 8192

  private func decide(_ task: Task, _ id: String) throws -> ExitCode {
    guard case .state(let state) = source, let verb = Decision.Verb(rawValue: task.rawValue) else {
      throw UsageError("decisions are kept in a state: --state FILE")
    }
    let verdict = try invocation.choice("as", Decision.Verdict.self)
    let name = invocation.value("by")
    let note = invocation.value("note")
    if verb == .close, verdict == nil {
      throw UsageError("close it as what?", remedy: "--as expected, --as true (an attack) or --as false")
    }
    guard let name, !name.isEmpty else { throw UsageError("who decides?", remedy: "--by NAME") }
    if verb == .note, note == nil { throw UsageError("which note?", remedy: "--note TEXT") }
    guard (note ?? "").utf8.count + name.utf8.count <= AlertsCommand.noteBytesMax else {
      throw UsageError("--note: longer than \(AlertsCommand.noteBytesMax) bytes")
    }
    let decision = Decision(
      verb: verb, verdict: verdict, name: name, note: note, time: Invocation.clock, original: id)
    try state.add(decision, to: id)
    console.note("\(id): \(AlertsCommand.words(decision, id))")
    return .done
  }
}

/// Where alerts come from.
enum AlertSource {
  case state(State)
  case lines([(id: String, line: [UInt8])])

  /// Those that are alerts now.
  func lines() throws(StateError) -> [(id: String, line: [UInt8])] {
    switch self {
    case .lines(let lines): return lines
    case .state(let state):
      var all: [(id: String, line: [UInt8])] = []
      try state.currentLines { all.append(($0, $1)) }
      return all
    }
  }

  /// With those that were.
  var ids: [String] {
    get throws(StateError) {
      switch self {
      case .lines(let lines): return lines.map(\.id)
      case .state(let state): return try state.alerts().map(\.id)
      }
    }
  }

  func line(of id: String) throws(StateError) -> [UInt8]? {
    switch self {
    case .lines(let lines): return lines.first { $0.id == id }?.line
    case .state(let state): return try state.line(ofAlert: id)
    }
  }
}

/// An `alerts.jsonl`, as a sweep writes it.
enum AlertFile {
  // A million alerts of two kilobytes.
  private static let bytesMax = 2 << 30

  static func read(_ path: String) throws(UsageError) -> [(id: String, line: [UInt8])] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw UsageError("\(Escape.terminal(path)): \(SystemMessage.of(errno))") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw UsageError("\(Escape.terminal(path)): \(SystemMessage.of(errno))") }
      if count == 0 { break }
      bytes += piece[..<count]
      guard bytes.count <= bytesMax else { throw UsageError("\(Escape.terminal(path)): too large for alerts") }
    }
    var all: [(id: String, line: [UInt8])] = []
    for (number, line) in bytes.split(separator: 0x0A).enumerated() {
      guard let alert = Alert(line: Array(line)) else {
        throw UsageError(
          "\(Escape.terminal(path)):\(number + 1): no alert", remedy: "name an alerts.jsonl in the native format")
      }
      all.append((alert.id, Array(line) + [0x0A]))
    }
    return all
  }
}
