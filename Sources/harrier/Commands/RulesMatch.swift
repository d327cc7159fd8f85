import Configuration
import Events
import Investigate
import Matching
import Pipeline

/// `harrier rules match --rules DIR PATH...`
struct RulesMatch {
  // Taking the id from every event costs about a tenth of reading one record again.
  private static let callsPerMilleMin = 100.0

  private let archive: ArchiveRun
  private let console: Console
  private let rules: LoadedRules
  private let limit: UInt64?

  init(_ invocation: Invocation, _ console: Console, paths: ArraySlice<[UInt8]>) throws(UsageError) {
    self.console = console
    rules = try LoadedRules(invocation)
    var archive = try ArchiveRun(invocation, console, paths: paths)
    archive.annotator = EstateColumns(rules.configuration, try rules.configuration.locations())
    self.archive = archive
    limit = try invocation.number("limit", in: 0...Int.max).map { UInt64($0) }
  }

  func run() throws(UsageError) -> ExitCode {
    let program = MatchProgram(rules: rules.set.rules)
    let rejected = rules.tellRejections(program, console)
    guard !program.entries.isEmpty else {
      throw UsageError("no usable rule in \(rules.paths.joined(separator: ", "))")
    }
    if let idle = IdleRules(program, rules.set.rules).sentence { console.note(idle) }
    let takesIDs = program.callsPerMille >= RulesMatch.callsPerMilleMin
    let plan = try archive.plan(program.earlySources.map { Field($0) }, also: takesIDs ? [.eventID] : [])
    let output = OrderedOutput(console.results, limit: limit)
    let matchers = try archive.matchers(program, plan)
    let readers = takesIDs ? [] : try archive.lateReaders(at: [.eventID])
    let column = plan.index(of: .eventID) ?? 0
    let result = archive.scan(plan) { worker in
      MatchSink(
        program, matcher: matchers[worker], eventIDs: takesIDs ? .early(column) : .late(readers[worker]),
        files: archive.discovery.files, output: output)
    }
    guard let result else { return .failed }
    let code = archive.conclude(result.ledger)
    return code == .done && rejected > 0 ? .incomplete : code
  }
}

extension ArchiveRun {
  /// For each worker a reader of single records.
  func lateReaders(at columns: [Column]) throws(UsageError) -> [LateReader] {
    do throws(PlanError) {
      let plan = try FieldPlan(columns: columns)
      var looks: [LateReader] = []
      for _ in 0..<options.jobs { looks.append(try LateReader(plan)) }
      return looks
    } catch {
      throw UsageError("the field plan cannot be made: \(error)")
    }
  }

  /// A matcher for each worker.
  func matchers(_ program: MatchProgram, _ plan: FieldPlan) throws(UsageError) -> [Matcher] {
    do throws(PlanError) {
      let bound = try BoundProgram(program, plan: plan)
      var matchers: [Matcher] = []
      for _ in 0..<options.jobs { matchers.append(try Matcher(bound)) }
      return matchers
    } catch {
      throw UsageError("the rules or the filter cannot be run: \(error)")
    }
  }
}
