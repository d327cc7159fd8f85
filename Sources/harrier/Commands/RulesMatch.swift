import Events
import Investigate
import Matching
import Pipeline

/// `harrier rules match --rules DIR PATH...`
struct RulesMatch {
  private let archive: ArchiveRun
  private let console: Console
  private let rules: LoadedRules
  private let limit: UInt64?

  init(_ invocation: Invocation, _ console: Console, paths: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    rules = try LoadedRules(invocation)
    archive = try ArchiveRun(invocation, console, paths: paths)
    limit = try invocation.number("limit", in: 0...Int.max).map { UInt64($0) }
  }

  func run() throws(UsageError) -> ExitCode {
    let program = MatchProgram(rules: rules.set.rules)
    let rejected = rules.tellRejections(program, console)
    guard !program.entries.isEmpty else {
      throw UsageError("no usable rule in \(rules.paths.joined(separator: ", "))")
    }
    let plan = try archive.plan(program.sources.map { Field($0) }, also: [.eventID])
    let output = OrderedOutput(console.results, limit: limit)
    let result = archive.scan(plan) { _ in
      MatchSink(program, plan: plan, files: archive.discovery.files, output: output)
    }
    guard let result else { return .failed }
    let code = archive.conclude(result.ledger)
    return code == .done && rejected > 0 ? .incomplete : code
  }
}
