import Investigate
import Matching
import Pipeline
import Rules

/// `harrier rules list|check|test|match|explain|export`
struct RulesCommand {
  enum Task: String, CommandTask { case list, check, test, match, explain, export }

  private let task: Task
  private let invocation: Invocation
  private let console: Console
  private let operands: ArraySlice<[UInt8]>

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    let task = try Task.named(in: invocation)
    try RulesFlags.check(invocation, task)
    self.task = task
    self.invocation = invocation
    self.console = console
    operands = invocation.operands.dropFirst()
  }

  func run() throws(UsageError) -> ExitCode {
    switch task {
    case .match: try RulesMatch(invocation, console, paths: operands).run()
    case .list: try RulesList(invocation, console, operands: operands).run()
    case .check: try RulesCheck(invocation, console, operands: operands).run()
    case .test where invocation.has("replay"): try RulesReplay(invocation, console, operands: operands).run()
    case .test: try RulesTest(invocation, console, operands: operands).run()
    case .export: try RulesExport(invocation, console, operands: operands).run()
    case .explain: try RulesExplain(invocation, console, operands: operands).run()
    }
  }
}
