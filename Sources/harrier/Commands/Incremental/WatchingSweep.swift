import Reports
import State

/// `harrier sweep PATH... --state FILE --watch`: stays, and sweeps again whenever something has changed. Each round is what
/// a run of its own would be; the state is held from the first to the last.
struct WatchingSweep {
  private let console: Console
  private let watch: Watch

  init(_ invocation: Invocation, _ console: Console, state: String) throws(UsageError) {
    self.console = console
    for name in ["fail-on", "dry-run", "backfill"] where invocation.has(name) {
      throw UsageError("--\(name) does not go with --watch, which has no end of its own")
    }
    guard !invocation.operands.contains(where: { $0.elementsEqual("-".utf8) || $0.elementsEqual("@-".utf8) }) else {
      throw UsageError("--watch: standard input is read once", remedy: "name a directory")
    }
    do throws(WatchError) {
      watch = try Watch(
        invocation.operands, followsLinks: invocation.has("follow"), state: state, out: invocation.value("out"))
    } catch {
      throw UsageError("--watch: \(SystemMessage.of(error.errorNumber))")
    }
  }

  /// - Parameter round: one sweep.
  func run(_ round: () throws -> ExitCode) throws -> ExitCode {
    var rounds = 0
    var hasWarned = false
    repeat {
      // First, so that what comes while the sweep looks for files is noticed.
      watch.watchAll()
      if let number = watch.trouble, !hasWarned {
        hasWarned = true
        console.warn(
          "not all directories can be watched (\(SystemMessage.of(number))): looking every "
            + "\(Watch.pollMillis / 1000) seconds; fs.inotify.max_user_watches bounds how many can be")
      }
      let code = try round()
      if code == .failed || code == .interrupted { return code }
      rounds += 1
    } while watch.wait(interrupted: { Interrupt.seen.load(ordering: .relaxed) })
    console.note("stopped after \(Amount.of(rounds, "sweep"))")
    return .interrupted
  }
}
