import Reports

/// What was asked of `harrier-notify`.
struct NotifyArguments {
  struct Mistake: Error { let words: String }

  var state: String?
  var configuration: String?
  var trial: String?
  var isOnce = false
  var isQuiet = false
  var wantsHelp = false
  var wantsVersion = false

  init(_ arguments: some Sequence<String>) throws(Mistake) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      func value() throws(Mistake) -> String {
        if parts.count == 2 { return parts[1] }
        guard let next = rest.popFirst() else { throw Mistake(words: "\(argument) needs a value") }
        return next
      }
      switch parts.first ?? "" {
      case "--state": state = try value()
      case "--config": configuration = try value()
      case "--try": trial = try value()
      case "--once": isOnce = true
      case "-q", "--quiet": isQuiet = true
      case "-h", "--help": wantsHelp = true
      case "-V", "--version": wantsVersion = true
      default: throw Mistake(words: "what is '\(Escape.terminal(argument))'? harrier-notify --help lists the flags")
      }
    }
  }

  static var help: String {
    var page = HelpPage()
    page.add(text)
    return page.text
  }

  private static let text = """
    Takes to people what a sweep has found: the second half of 'notify' in the configuration

    Usage: harrier-notify --state FILE --config FILE

    A sweep with --state files in the state what people are to be told, and starts harrier-notify, which delivers it. It
    may also be run by hand or by a timer, together with 'harrier sweep --no-notify'. Only one at a time delivers.

    Flags:
          --state FILE    the state of the sweeps
          --config FILE   the configuration with 'notify'
          --once          one try for everything that is due; no waiting for further tries
          --try TARGET    send a message that says nothing to TARGET now, past the outbox
      -q, --quiet         no messages
      -h, --help          this help
      -V, --version       the version

    Exit codes:
      0   everything that was due has been delivered
      2   usage or config error: nothing was done
      3   something could not be delivered; it stays in the outbox (harrier outbox list)
      4   the state cannot be read or written
      75  another harrier-notify delivers from this state
      130 interrupted

    """
}
