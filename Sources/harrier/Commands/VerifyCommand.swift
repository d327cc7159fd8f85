import Glibc
import Reports
import State

/// `harrier verify REPORT...`: whether a report, the chain of manifests behind it and what it was made from are unchanged.
struct VerifyCommand {
  private static let names = ["state", "what", "file", "note"]
  // Of a terminal: what was verified stands in one line of it.
  private static let lineMax = 80

  private let console: Console
  private let paths: [String]
  private let format: Format
  private let statePath: String?

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    guard !invocation.operands.isEmpty else {
      throw UsageError("no report given", remedy: "name the directory of --out, or its manifest.json")
    }
    self.console = console
    paths = try Invocation.texts(invocation.operands)
    format = try invocation.choice("format", Format.self) ?? (Console.isTerminal ? .table : .jsonl)
    statePath = invocation.value("state")
  }

  func run() throws(UsageError) -> ExitCode {
    do {
      return try verify(try statePath.map { path throws(StateError) in try KnownReports(try State.existing(path)) })
    } catch {
      return try StateSweep.ended(by: error, console)
    }
  }

  private func verify(_ known: KnownReports?) throws(UsageError) -> ExitCode {
    var rows: [[Cell]] = []
    var isSound = true
    for path in paths {
      let witness = known?.witness(of: Verification.directory(of: path))
      let found = Verification(path, witness: witness) { Interrupt.seen.load(ordering: .relaxed) }
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
    if let first = found.firstKept {
      console.note(
        "\(Escape.terminal(path)): the chain begins with manifest \(first): earlier ones were not to be kept")
    }
    console.note(VerifyCommand.line(path, found))
    console.note(VerifyCommand.voucher(found))
  }

  /// `report: sound; 3/3 manifests, 4/4 report files, 12/12 inputs (1 moved)`, in one line of a terminal.
  static func line(_ path: String, _ found: Verification) -> String {
    let parts = [(Verification.Subject.manifest, "manifests"), (.report, "report files"), (.input, "inputs")]
    let counts = parts.map { subject, noun in
      let own = found.lines.filter { $0.subject == subject }
      return "\(own.count { [.ok, .grown, .moved].contains($0.state) })/\(own.count) \(noun)"
    }
    let besides = [Verification.State.moved, .unchecked].map { state in
      (state.rawValue, found.lines.count { $0.state == state })
    }.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    let verdict = found.isSound ? "sound" : "DOES NOT VERIFY"
    let words =
      "\(verdict); \(counts.joined(separator: ", "))"
      + (besides.isEmpty ? "" : " (\(besides.joined(separator: ", ")))")
    // Of a long path its end tells most.
    let name = Escape.terminal(path)
    let room = lineMax - words.count - 2
    if name.count <= room { return "\(name): \(words)" }
    return room > 1 ? "…\(name.suffix(room - 1)): \(words)" : words
  }

  /// Who says that the newest manifest is as it was written.
  private static func voucher(_ found: Verification) -> String {
    switch found.voucher {
    case .nobody: "nothing vouches for manifest.json itself: --state FILE does, or a copy elsewhere"
    case .state: "manifest.json is the one that the state keeps"
    case .manifest(let number): "manifest \(number), which came after it, vouches for manifest.json"
    case .notTheState(let words): "manifest.json is not vouched for: \(words)"
    }
  }
}

/// What a state knows of the reports of its sweeps.
private struct KnownReports {
  private let delivered: [(target: [UInt8], mark: ManifestMark)]
  private let promised: [[UInt8]]
  private let places: [String: [[UInt8]]]

  init(_ state: State) throws(StateError) {
    delivered = try state.delivered()
    promised = try state.promised().map(\.target)
    var places: [String: [[UInt8]]] = [:]
    for file in try state.files() where file.isCurrent {
      if let sha256 = file.sha256 { places[sha256.hex, default: []].append(file.path) }
    }
    self.places = places
  }

  func witness(of directory: String) -> Witness {
    let own = KnownReports.real(directory)
    func isOwn(_ target: [UInt8]) -> Bool { KnownReports.real(String(decoding: target, as: UTF8.self)) == own }
    // A directory may have been named in several ways: the last one stands.
    let newest = delivered.filter { isOwn($0.target) }.map(\.mark).max { $0.sequence < $1.sequence }
    return Witness(
      newest: newest.map { ManifestSeal(sequence: $0.sequence, sha256: $0.sha256) },
      isPending: promised.contains(where: isOwn), places: places)
  }

  private static func real(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
