import Glibc

/// Runs a program with a text on its standard input: without a shell, with a small environment, in a process group of its
/// own, and not for longer than was agreed.
struct Program {
  // Of what it says about a failure, a line is kept.
  private static let wordsBytesMax = 200
  private static let heardBytesMax = 4096
  // Taken from it at once: one that talks without an end must not keep anybody from looking at the clock.
  private static let piecesMax = 16
  private static let pollMillis: Int32 = 50
  private static let kept = ["PATH", "HOME", "LANG", "TZ", "USER", "LOGNAME"]

  let arguments: [String]
  /// Beside the few variables that programs need: secrets in ours are none of its business.
  let environment: [(String, String)]

  enum Failure: Error, Equatable {
    case start(String)
    case late
    case code(Int32, String)
  }

  func run(input: [UInt8], _ patience: Patience) throws(Failure) {
    var given: (Int32, Int32) = (-1, -1)
    var said: (Int32, Int32) = (-1, -1)
    guard Program.pipe(&given), Program.pipe(&said) else { throw .start(Machine.words(errno)) }
    let started = start(input: given.0, errors: said.1)
    close(given.0)
    close(said.1)
    defer { close(said.0) }
    guard case .success(let process) = started else {
      close(given.1)
      guard case .failure(let failure) = started else { return }
      throw failure
    }
    var talk = Talk(input: input, given: given.1, said: said.0)
    let end = patience.end
    while true {
      talk.step(Program.pollMillis)
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        // What it left behind must not hold anybody up.
        kill(-process, SIGKILL)
        talk.finish()
        return try Program.judge(status, talk.words)
      }
      guard Clock.monotonic < end, !patience.interrupted() else {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        talk.finish()
        throw .late
      }
    }
  }

  private static func judge(_ status: Int32, _ words: String) throws(Failure) {
    let signal = status & 0x7F
    let code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
    guard code != 0 else { return }
    throw .code(code, words)
  }

  private static func pipe(_ ends: inout (Int32, Int32)) -> Bool {
    var pair: [Int32] = [-1, -1]
    guard Glibc.pipe(&pair) == 0 else { return false }
    for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    ends = (pair[0], pair[1])
    return true
  }

  private func start(input: Int32, errors: Int32) -> Result<pid_t, Failure> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var usual = sigset_t()
    sigemptyset(&usual)
    for number in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP] { sigaddset(&usual, number) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = Program.kept.compactMap { name in getenv(name).map { strdup("\(name)=\(String(cString: $0))") } }
    variables += environment.map { strdup("\($0.0)=\($0.1)") }
    var places = variables + [nil]
    defer { for text in words + places { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, arguments[0], &actions, &attributes, &words, &places)
    return code == 0 ? .success(process) : .failure(.start(Machine.words(code)))
  }

  /// Both pipes at once: a program may talk before it has read everything, or read nothing.
  private struct Talk {
    var left: ArraySlice<UInt8>
    var given: Int32
    let said: Int32
    var heard: [UInt8] = []

    init(input: [UInt8], given: Int32, said: Int32) {
      left = input[...]
      self.given = given
      self.said = said
      _ = fcntl(given, F_SETFL, O_NONBLOCK)
      _ = fcntl(said, F_SETFL, O_NONBLOCK)
      if input.isEmpty { closeInput() }
    }

    mutating func step(_ millis: Int32) {
      var waiting = [pollfd(fd: said, events: Int16(POLLIN), revents: 0)]
      if given >= 0 { waiting.append(pollfd(fd: given, events: Int16(POLLOUT), revents: 0)) }
      poll(&waiting, nfds_t(waiting.count), millis)
      let isOver = waiting[0].revents & Int16(POLLHUP) != 0
      listen()
      if given >= 0 { give() } else if isOver { usleep(UInt32(millis) * 100) }
    }

    mutating func finish() {
      listen()
      closeInput()
    }

    private mutating func give() {
      let count = left.withUnsafeBytes { write(given, $0.baseAddress, $0.count) }
      if count > 0 { left = left.dropFirst(count) }
      // A program that does not read its input may have succeeded all the same.
      if left.isEmpty || count < 0 && errno != EAGAIN && errno != EINTR { closeInput() }
    }

    private mutating func closeInput() {
      if given >= 0 { close(given) }
      given = -1
    }

    private mutating func listen() {
      var piece = [UInt8](repeating: 0, count: Program.heardBytesMax)
      for _ in 0..<Program.piecesMax {
        let count = read(said, &piece, piece.count)
        guard count > 0 else { return }
        heard += piece[..<count].prefix(max(0, Program.heardBytesMax - heard.count))
      }
    }

    /// The first line that says something.
    var words: String {
      let line = heard.split(separator: 0x0A).first ?? []
      return String(decoding: line.prefix(Program.wordsBytesMax), as: UTF8.self)
    }
  }
}
