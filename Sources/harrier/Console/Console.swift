import Glibc
import Reports
import Synchronization

/// The terminal and the two streams: stdout carries results only, everything else goes to stderr.
struct Console: Sendable {
  enum When: String, CaseIterable, Sendable { case auto, always, never }

  let results = Output(descriptor: STDOUT_FILENO)
  private let failures = FailureNote()
  private let messages = Output(descriptor: STDERR_FILENO)
  var isQuiet = false
  var isVerbose = false
  var usesColor = false
  /// Whether results are painted: what goes into a file or a pipe is not, unless somebody asks for it.
  var paintsResults = false
  var showsProgress = false

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var hasMessageTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  init() {}

  init(_ invocation: Invocation) throws(UsageError) {
    isQuiet = invocation.has("quiet")
    isVerbose = invocation.has("verbose")
    let noColor = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    switch try invocation.choice("color", When.self) ?? .auto {
    case .always: (usesColor, paintsResults) = (true, true)
    case .never: usesColor = false
    case .auto:
      usesColor = Console.hasMessageTerminal && !noColor
      paintsResults = Console.isTerminal && !noColor
    }
    switch try invocation.choice("progress", When.self) ?? .auto {
    case .always: showsProgress = true
    case .never: showsProgress = false
    case .auto: showsProgress = Console.hasMessageTerminal && !isQuiet
    }
  }

  /// Cells in a line of the terminal; tables into files are as wide as they need.
  static var width: Int { Terminal.width(STDOUT_FILENO) ?? (isTerminal ? Terminal.usualWidth : fileWidth) }
  /// The same of where messages go: results may go elsewhere.
  static var messageWidth: Int { Terminal.width(STDERR_FILENO) ?? Terminal.usualWidth }

  private static let fileWidth = 240

  // A message is one line, which a terminal that is narrower wraps between words; below it its place may be shown. It may
  // speak of paths, rules and events, whose text must not steer the terminal.

  func warn(_ text: String) { if !isQuiet { insist(text) } }

  /// A warning that is given also where warnings are switched off.
  func insist(_ text: String) {
    say("warning", "33", text)
  }

  /// What `fail` has said last.
  var lastFailure: String? { failures.last.withLock { $0 } }

  func fail(_ text: String, remedy: String = "", excerpt: String = "") {
    failures.last.withLock { $0 = text }
    say("harrier", "31", text)
    for line in excerpt.split(separator: "\n") { draw(Escape.terminal(String(line)) + "\n") }
    if !remedy.isEmpty { say(remedy, indent: 2) }
  }

  func note(_ text: String) { if !isQuiet { say(text) } }

  private func say(_ kind: String, _ code: String, _ text: String) {
    say(text, head: painted(kind, code) + ": ", indent: kind.count + 2)
  }

  /// - Parameters:
  ///   - head: what stands before it; blanks otherwise.
  ///   - indent: how many cells that takes.
  private func say(_ text: String, head: String? = nil, indent: Int = 0) {
    let text = Escape.terminal(text)
    var lines = [text]
    let width = Console.hasMessageTerminal ? Console.messageWidth : Int.max
    if indent + Width.of(text) > width {
      // Words stay whole: a path can be copied.
      lines = Wrapping.lines(
        text, first: width - indent, rest: max(Terminal.textWidthMin, width - Console.indent), cutsWords: false)
    }
    let margin = "\n" + String(repeating: " ", count: Console.indent)
    draw((head ?? String(repeating: " ", count: indent)) + lines.joined(separator: margin) + "\n")
  }

  // Of further lines of a message.
  private static let indent = 4

  /// Writes to stderr as it is: for the line of progress.
  func draw(_ text: String) { messages.write(Array(text.utf8)) }

  private func painted(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// Copies of a console share what went wrong.
private final class FailureNote: Sendable {
  let last = Mutex<String?>(nil)
}

/// Whether the user pressed Ctrl-C (or the process was asked to end).
enum Interrupt {
  static let seen = Atomic<Bool>(false)

  /// The first signal asks the scan to stop and print what there is; the second ends the process.
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is a disk that is full: the write says so.
    signal(SIGXFSZ, SIG_IGN)
    // A parent may have blocked the signals that a user ends us with.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&wanted, number) }
    sigprocmask(SIG_UNBLOCK, &wanted, nil)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { received in
        if Interrupt.seen.exchange(true, ordering: .relaxed) { _exit(128 + received) }
      }
    }
  }
}
