import Matching
import Rules

/// The rules that a command works with: those of `--rules` and, unless told otherwise, the built-in ones.
struct LoadedRules {
  let set: RuleSet
  let paths: [String]

  init(_ invocation: Invocation, also operands: [String] = []) throws(UsageError) {
    paths = (invocation.values["rules"] ?? []) + operands
    guard !paths.isEmpty else {
      throw UsageError("no rules given", remedy: "name files or directories of rules with --rules")
    }
    set = RuleSet.load(paths: paths, options: try invocation.configuration().ruleOptions)
    try checkPaths()
  }

  /// A path that the user named and that cannot be read is a slip of the command line, not of a rule.
  private func checkPaths() throws(UsageError) {
    for found in set.diagnostics where found.code == .fileUnreadable && found.line == 0 && paths.contains(found.file) {
      throw UsageError("\(found.file): \(found.message)", remedy: "name files or directories of rules that are there")
    }
  }

  /// Says which rules were rejected, one line each; gives their number.
  func tellRejections(_ program: MatchProgram, _ console: Console) -> Int {
    let errors = set.diagnostics.filter { $0.severity == .error }
    for error in errors { console.warn(error.description) }
    for rejection in program.rejections { console.warn(rejection.description) }
    return errors.count + program.rejections.count
  }
}
