/// `harrier config show|check|init`
struct ConfigCommand {
  enum Task: String, CommandTask { case show, check, `init` }

  // The flags of every command.
  private static let common: Set<String> = ["color", "progress", "quiet", "verbose"]

  private let task: Task
  private let invocation: Invocation
  private let console: Console
  private let operands: ArraySlice<[UInt8]>

  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {
    task = try Task.named(in: invocation)
    self.invocation = invocation
    self.console = console
    operands = invocation.operands.dropFirst()
    try checkFlags()
  }

  /// Each task takes some of the command's flags; the others would be ignored.
  private func checkFlags() throws(UsageError) {
    let rules: Set<String> = ["rules", "no-builtin"]
    let isKnown: (String) -> Bool =
      switch task {
      case .show: { ["config", "format"].contains($0) }
      case .check: { $0 == "config" || $0 == "fail-level" || rules.contains($0) }
      case .`init`: { !["config", "format", "fail-level"].contains($0) && !rules.contains($0) }
      }
    for name in invocation.values.keys.sorted() where !ConfigCommand.common.contains(name) && !isKnown(name) {
      throw UsageError("--\(name) is no flag of 'harrier config \(task.rawValue)'", remedy: "harrier config --help")
    }
  }

  func run() throws(UsageError) -> ExitCode {
    switch task {
    case .show: try ConfigShow(invocation, console, operands: operands).run()
    case .check: try ConfigCheck(invocation, console, operands: operands).run()
    case .`init`: try ConfigInit(invocation, console, paths: operands).run()
    }
  }
}

/// What `harrier config --help` says of its tasks.
enum ConfigHelp {
  static let text = """

    Tasks:
      harrier config show [--config FILE]      what is in force, and where each value came from
      harrier config check FILE                what is wrong or unusual: file:line: severity: message
      harrier config init PATH...              a draft made from an archive, with a reason for each guess

    A configuration with errors ends with exit code 2; --fail-level warning also fails on warnings, with 1.
    'show' takes --format yaml (the default) or json. 'check' compares names of rules with the
    built-in ones and those of --rules.

    Examples:
      harrier config init logs/ > harrier.yaml
      harrier config check harrier.yaml
      harrier config show --config harrier.yaml --format json | jq '.settings[] | select(.from != "default")'

    """
}
