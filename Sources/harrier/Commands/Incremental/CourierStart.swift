import Glibc

/// Starts `harrier-notify` beside this program, on its own: in a session of its own and without our streams, so that nobody
/// who waits for a sweep waits for a network.
struct CourierStart {
  private static let name = "harrier-notify"

  let state: String
  let configuration: String

  /// - Returns: why it could not be started; nil if it was.
  func start() -> String? {
    // One that a watching sweep started before may have ended.
    var status: Int32 = 0
    while waitpid(-1, &status, WNOHANG) > 0 {}
    guard let program = CourierStart.program else { return "\(CourierStart.name) does not lie beside harrier" }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_WRONLY), (STDERR_FILENO, O_WRONLY)] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", mode, 0)
    }
    // Ours are closed by themselves; whoever started us may wait for the end of others.
    for descriptor in CourierStart.descriptors { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var usual = sigset_t()
    sigemptyset(&usual)
    for number in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP] { sigaddset(&usual, number) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | CourierStart.newSession)
    let words = [program, "--quiet", "--state", state, "--config", configuration]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for text in arguments { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, program, &actions, &attributes, &arguments, environ)
    return code == 0 ? nil : "\(CourierStart.name): \(SystemMessage.of(code))"
  }

  private static var descriptors: [Int32] {
    guard let stream = opendir("/proc/self/fd") else { return [] }
    defer { closedir(stream) }
    var found: [Int32] = []
    while let entry = readdir(stream) {
      // SAFETY: the entry is good until the next call; its name ends with a zero.
      let number = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { Int32(String(cString: $0)) }
      }
      if let number, number > STDERR_FILENO { found.append(number) }
    }
    return found
  }

  // Of spawn.h; a macro that only GNU sources see.
  private static let newSession: Int16 = 0x80

  private static var program: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard readlink("/proc/self/exe", &path, Int(PATH_MAX)) > 0 else { return nil }
    let own = String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let beside = own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex) + name
    return access(String(beside), X_OK) == 0 ? String(beside) : nil
  }
}
