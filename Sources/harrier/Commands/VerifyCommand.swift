import Reports

/// `harrier verify REPORT...`: whether a report, the chain of manifests behind it and what it was made from are unchanged.
struct VerifyCommand {
  private static let names = ["state", "what", "file", "note"]

  private let console: Console
  private let paths: [String]
  private let format: Format

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    guard !invocation.operands.isEmpty else {
      throw UsageError("no report given", remedy: "name the directory of --out, or its manifest.json")
    }
    self.console = console
    paths = try Invocation.texts(invocation.operands)
    format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
  }

  func run() throws(UsageError) -> ExitCode {
    var rows: [[Cell]] = []
    var isSound = true
    for path in paths {
      let found = Verification(path, interrupted: { Interrupt.seen.load(ordering: .relaxed) })
      guard found.manifests > 0 else {
        let reason = found.lines.first.map { $0.note.isEmpty ? $0.state.rawValue : $0.note } ?? "missing"
        throw UsageError(
          "\(Escape.terminal(path)): no manifest to check by (manifest.json: \(reason))",
          remedy: "sweep --out writes one")
      }
      isSound = isSound && found.isSound
      rows += found.lines.filter { format != .table || $0.state != .ok || console.isVerbose }.map { line in
        [
          .string(line.state.rawValue), .string(line.subject.rawValue), .text(line.name),
          line.note.isEmpty ? .missing : .string(line.note),
        ]
      }
      tell(path, found)
    }
    var out: [UInt8] = []
    if format != .table || !rows.isEmpty {
      RowWriter.writeAll(
        rows, names: VerifyCommand.names, format: format, rightAligned: [], terminalWidth: Console.width, to: &out)
    }
    console.results.write(out)
    if Interrupt.seen.load(ordering: .relaxed) { return .interrupted }
    return isSound ? .done : .nothing
  }

  private func tell(_ path: String, _ found: Verification) {
    var parts: [String] = []
    for subject in [Verification.Subject.manifest, .report, .input] {
      let own = found.lines.filter { $0.subject == subject }
      let good = own.count { $0.state == .ok || $0.state == .grown }
      let noun = subject == .report ? "report file" : subject.rawValue
      parts.append("\(good) of \(Amount.of(own.count, noun)) verified")
    }
    if let first = found.firstKept {
      console.note(
        "\(Escape.terminal(path)): the chain begins with manifest \(first): earlier ones were not to be kept")
    }
    console.note(
      "\(Escape.terminal(path)): \(found.isSound ? "sound" : "DOES NOT VERIFY"); \(parts.joined(separator: ", "))")
  }
}
