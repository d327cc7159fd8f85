/// `harrier generate --out DIR`
struct GenerateCommand {
  init(_ invocation: Invocation, _ console: Console) throws(UsageError) {}
  func run() throws(UsageError) -> ExitCode { .failed }
}
