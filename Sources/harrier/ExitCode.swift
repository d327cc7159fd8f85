/// How a run ended: the same everywhere, printed in `--help`.
enum ExitCode: Int32 {
  case done = 0
  case nothing = 1
  case usage = 2
  case incomplete = 3
  case failed = 4
  case busy = 75
  case interrupted = 130

  var meaning: String {
    switch self {
    case .done: "done, everything was read; search: something matched"
    case .nothing:
      "search: nothing matched; sweep --fail-on: such alerts; rules check, test: a rule failed; verify, state check: it is not sound"
    case .usage: "usage or config error, or no usable rule: nothing was done"
    case .incomplete: "done, but some input was skipped or damaged, or some rules were rejected"
    case .failed: "could not finish"
    case .busy: "another sweep holds the state"
    case .interrupted: "interrupted: totals so far are printed"
    }
  }

  static let all: [ExitCode] = [.done, .nothing, .usage, .incomplete, .failed, .busy, .interrupted]
}
