import Events
import Generate
import Glibc
import Reports
import Synchronization

/// `harrier generate --out DIR`
struct GenerateCommand {
  private let options: GenerateOptions
  private let console: Console

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    guard let directory = try invocation.directory("out"), !directory.isEmpty else {
      throw UsageError("generate needs --out DIR", remedy: "harrier generate --out archive --events 100000")
    }
    if let extra = invocation.operands.first {
      throw UsageError("generate takes no operand: \(String(decoding: extra, as: UTF8.self))")
    }
    self.console = console
    var options = GenerateOptions(outputDirectory: directory)
    options.events = try invocation.number("events", in: 1...GenerateOptions.eventsMax) ?? 100_000
    options.files = try invocation.number("files", in: 1...GenerateOptions.filesMax) ?? 100
    options.days = try invocation.number("days", in: 1...GenerateOptions.daysMax) ?? 30
    options.level = try invocation.number("level", in: 0...3) ?? options.level
    options.jobs =
      try invocation.number("jobs", in: 1...GenerateOptions.jobsMax) ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    options.seed = try GenerateCommand.seed(invocation)
    options.providers = try GenerateCommand.providers(invocation)
    options.start = try GenerateCommand.start(invocation) ?? options.start
    options.overwrite = invocation.has("force")
    do throws(GenerateError) {
      options.incidents = try IncidentSelection(parsing: invocation.value("incidents") ?? "all")
    } catch {
      throw UsageError(error.description)
    }
    self.options = options
  }

  private static func seed(_ invocation: Invocation) throws(UsageError) -> UInt64 {
    guard let text = invocation.value("seed") else { return 1 }
    guard let seed = UInt64(text) else { throw UsageError("--seed \(text): not a whole number from 0 on") }
    return seed
  }

  private static func providers(_ invocation: Invocation) throws(UsageError) -> [Generate.Provider] {
    guard let text = invocation.value("provider") else { return [.aws, .tencent, .alibaba] }
    var providers: [Generate.Provider] = []
    for name in text.split(separator: ",").map(String.init) {
      guard let provider = Generate.Provider(rawValue: name) else {
        let known = Generate.Provider.allCases.map(\.rawValue)
        throw UsageError(
          "--provider \(name): not one of \(known.joined(separator: ", "))"
            + Suggestion.among(known, for: name))
      }
      if !providers.contains(provider) { providers.append(provider) }
    }
    guard !providers.isEmpty else { throw UsageError("--provider names no provider") }
    return providers
  }

  private static func start(_ invocation: Invocation) throws(UsageError) -> Int64? {
    guard let text = invocation.value("start") else { return nil }
    // A span before now would make the archive depend on the clock.
    guard Invocation.duration(text) == nil, let millis = try? invocation.moment("start", zone: 0) else {
      throw UsageError("--start \(text): not a date", remedy: "write it like 2026-01-05 or 2026-01-05T10:00:00Z")
    }
    return millis / 1000
  }

  func run() throws(UsageError) -> ExitCode {
    let cancellation = GenerateCancellation()
    let clock = ContinuousClock()
    let start = clock.now
    let shown = Atomic<Int64>(0)
    do throws(GenerateError) {
      let summary = try generate(options, cancellation: cancellation) { [console] progress in
        if Interrupt.seen.load(ordering: .relaxed) { cancellation.cancel() }
        let seconds = start.duration(to: clock.now).components.seconds
        guard console.showsProgress, seconds >= 1, shown.exchange(seconds, ordering: .relaxed) != seconds else {
          return
        }
        console.draw(
          "\r\u{1B}[K\(progress.filesDone)/\(progress.filesTotal) files  \(Amount.of(progress.eventsDone, "event"))")
      }
      if shown.load(ordering: .relaxed) > 0 { console.draw("\r\u{1B}[K") }
      tell(summary)
      return .done
    } catch {
      return try ended(error)
    }
  }

  private func ended(_ error: GenerateError) throws(UsageError) -> ExitCode {
    switch error {
    case .cancelled:
      console.note("interrupted: \(error.description)")
      return .interrupted
    case .invalidOption, .unknownIncident, .directoryNotEmpty: throw UsageError(error.description)
    case .system, .compression:
      console.fail(error.description)
      return .failed
    }
  }

  private func tell(_ summary: GenerateSummary) {
    let incidents = summary.planted.count { !$0.benign }
    console.note(
      "\(options.outputDirectory): \(Amount.of(summary.files, "file")), "
        + "\(Amount.of(summary.events, "event")), \(Amount.bytes(summary.compressedBytes)) holding "
        + "\(Amount.bytes(summary.decompressedBytes)); \(Amount.of(incidents, "incident")) and "
        + "\(Amount.of(summary.planted.count - incidents, "look-alike")), told in truth.json")
    for kind in summary.omitted { console.warn("\(kind.rawValue): the archive is too small for it") }
  }
}
