import Reports

/// One invocation from its arguments to its exit code.
func run(_ arguments: [[UInt8]]) -> ExitCode {
  do throws(UsageError) {
    let invocation = try Invocation(arguments)
    let console = try Console(invocation)
    if invocation.has("version") {
      console.results.write(Array("harrier \(Version.text)\n".utf8))
      return finished(.done, console)
    }
    guard let command = invocation.command else {
      console.results.write(Array(Help.overview.utf8))
      return finished(invocation.has("help") ? .done : .usage, console)
    }
    if invocation.has("help") {
      let task = command == .rules ? RulesHelp.of(invocation.operands.first) : nil
      console.results.write(Array((task ?? Help.of(command)).utf8))
      return finished(.done, console)
    }
    let code = try performTelling(command, invocation, console)
    return finished(code, console)
  } catch {
    Console().fail(error.message, remedy: error.remedy, excerpt: error.excerpt)
    return .usage
  }
}

/// A run that did nothing or could not finish has its line of `--summary-line` as well.
private func performTelling(
  _ command: Command, _ invocation: Invocation, _ console: Console
) throws(UsageError) -> ExitCode {
  func tell(_ error: String?) {
    guard invocation.has("summary-line") else { return }
    var line = SummaryLine()
    line.error = error ?? "could not finish"
    console.results.write(line.bytes)
  }
  do throws(UsageError) {
    let code = try perform(command, invocation, console)
    if [.usage, .failed, .busy].contains(code) { tell(console.lastFailure) }
    return code
  } catch {
    tell(error.message)
    throw error
  }
}

private func perform(_ command: Command, _ invocation: Invocation, _ console: Console) throws(UsageError) -> ExitCode {
  switch command {
  case .sweep where invocation.has("state"): try StateSweep.run(invocation, console)
  case .sweep: try SweepCommand(invocation, console).run()
  case .map: try MapCommand(invocation, console).run()
  case .reduce: try ReduceCommand(invocation, console).run()
  case .search: try SearchCommand(invocation, console).run()
  case .alerts: try AlertsCommand.run(invocation, console)
  case .outbox: try OutboxCommand.run(invocation, console)
  case .state: try StateCommand.run(invocation, console)
  case .verify: try VerifyCommand(invocation, console).run()
  case .sources: try SourcesCommand(invocation, console).run()
  case .fields: try FieldsCommand(invocation, console).run()
  case .rules: try RulesCommand(invocation, console).run()
  case .config: try ConfigCommand(invocation, console).run()
  case .generate: try GenerateCommand(invocation, console).run()
  case .help: try Help.command(invocation, console)
  case .completion: try Completion.command(invocation, console)
  }
}

/// A result that could not be written was not delivered, whatever else went well.
private func finished(_ code: ExitCode, _ console: Console) -> ExitCode {
  guard console.results.errorNumber != 0 else { return code }
  console.fail("cannot write the results: \(SystemMessage.of(console.results.errorNumber))")
  return .failed
}

enum Version {
  static let text = Tool.version
}
