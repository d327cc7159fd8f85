import Events
import Glibc

/// What sweeps remember from one run to the next: one SQLite file for its owner only.
///
/// A sweep opens it with `forSweep`, which takes the lock; whoever looks at alerts or decides about them opens it
/// without. Everything that a run leaves is written in one transaction.
public final class State {
  let database: Database
  public let path: String
  private let lock: StateLock?

  public struct Options: Sendable {
    public var allowsNetwork = false
    /// Whether every page is looked at first: who goes on with a damaged state loses more than who stops.
    public var checksPages = false

    public init() {}
  }

  /// Opens a state; makes one where nothing is.
  public static func forSweep(_ path: String, _ options: Options = Options()) throws(StateError) -> State {
    try StatePlace.check(path, allowsNetwork: options.allowsNetwork)
    let lock = try StateLock(path)
    var status = stat()
    if StateLock.remembersState(path), stat(path, &status) != 0, errno == ENOENT { throw lostState(path) }
    try makeForOwnerOnly(path)
    return try State(path, options, lock: lock)
  }

  /// Whether something lies where a state is asked for.
  public static func isThere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Opens a state that is there, to look at it or to decide about alerts.
  ///
  /// It is opened for writing in any case: what a run that was killed left half-done is taken back by whoever comes next.
  public static func existing(_ path: String, _ options: Options = Options()) throws(StateError) -> State {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let number = errno
      guard number == ENOENT else { throw StateError(system: number, "cannot open \(path)") }
      // A sweep would refuse to make another one.
      guard !StateLock.remembersState(path) else { throw lostState(path) }
      throw StateError(.missing, "there is no state \(path)", remedy: "harrier sweep PATH... --state \(path) makes one")
    }
    return try State(path, options, lock: nil)
  }

  /// Opens a state to see what a sweep would do; makes nothing where nothing is, and keeps nothing of what is written.
  public static func forTrial(_ path: String, _ options: Options = Options()) throws(StateError) -> State {
    try StatePlace.check(path, allowsNetwork: options.allowsNetwork)
    let lock = try StateLock.ofExisting(path)
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw StateError(system: errno, "cannot open \(path)") }
      if StateLock.remembersState(path) { throw lostState(path) }
      return try State(trial: nil, path, options, lock: lock)
    }
    // A sweep would begin it.
    if status.st_size == 0, !StateLock.remembersState(path) {
      return try State(trial: nil, path, options, lock: lock)
    }
    return try State(trial: path, path, options, lock: lock)
  }

  private init(_ path: String, _ options: Options, lock: StateLock?) throws(StateError) {
    self.path = path
    self.lock = lock
    database = try Database(path)
    if options.checksPages { try checkPages() }
    try prepare()
  }

  private init(trial file: String?, _ path: String, _ options: Options, lock: StateLock?) throws(StateError) {
    self.path = path
    self.lock = lock
    database = try Database(file)
    if options.checksPages { try checkPages() }
    guard file != nil else {
      try create()
      return
    }
    guard let version = try checkedVersion() else { throw State.lostState(path) }
    guard version < Schema.version else { return }
    // Never committed: closing takes it back.
    try database.execute("BEGIN IMMEDIATE")
    try Schema.migrate(database, from: version)
  }

  private static func lostState(_ path: String) -> StateError {
    StateError(.corrupt, "\(path) is empty or gone, and there was a state", remedy: StateError.remedyOfLoss(path))
  }

  /// SQLite would make the file for everyone that the umask allows.
  private static func makeForOwnerOnly(_ path: String) throws(StateError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor < 0 else {
      close(descriptor)
      return
    }
    guard errno == EEXIST else { throw StateError(system: errno, "cannot make \(path)") }
  }

  private func prepare() throws(StateError) {
    guard let version = try checkedVersion() else {
      guard !StateLock.remembersState(path) else { throw State.lostState(path) }
      guard let lock else {
        throw StateError(.missing, "\(path) is empty", remedy: "a sweep with --state \(path) begins it")
      }
      try create()
      return lock.noteState()
    }
    guard version < Schema.version else { return }
    // Whoever comes first brings it up to date, and no sweep may be going on meanwhile.
    let own = lock == nil ? try StateLock(path) : nil
    try database.transaction { () throws(StateError) in
      let version = try database.number("PRAGMA user_version") ?? 0
      if version < Schema.version { try Schema.migrate(database, from: version) }
    }
    withExtendedLifetime(own) {}
  }

  /// The version of the tables; nil in an empty file.
  private func checkedVersion() throws(StateError) -> Int64? {
    let application = try database.number("PRAGMA application_id") ?? 0
    let version = try database.number("PRAGMA user_version") ?? 0
    let tables = try database.number("SELECT count(*) FROM sqlite_schema") ?? 0
    if application == 0, tables == 0 { return nil }
    guard application == Schema.application else {
      throw StateError(.corrupt, "\(path) is no state of Harrier", remedy: "name another file with --state")
    }
    guard version >= 1 else { throw damaged("it has no version") }
    guard version <= Schema.version else {
      throw StateError(
        .newer, "\(path) was written by a newer Harrier (version \(version) of the state)", remedy: "update harrier")
    }
    return version
  }

  private func create() throws(StateError) {
    try database.execute("PRAGMA auto_vacuum = NONE")
    try database.execute("PRAGMA page_size = 8192")
    try database.execute("PRAGMA journal_mode = DELETE")
    try database.transaction { () throws(StateError) in
      try Schema.migrate(database, from: 0)
      let key = HashKey.random()
      var bytes: [UInt8] = []
      for place in 0..<4 { withUnsafeBytes(of: key.words[place].littleEndian) { bytes.append(contentsOf: $0) } }
      try database.run("INSERT INTO setting VALUES ('hash_key', ?)", .bytes(bytes))
    }
  }

  /// The secret under which events' contents are hashed: those of one state can be compared with each other.
  public func hashKey() throws(StateError) -> HashKey {
    let statement = try database.prepare("SELECT value FROM setting WHERE name = 'hash_key'")
    defer { statement.reset() }
    guard try statement.step() else { throw damaged("its key is missing") }
    let bytes = statement.bytes(0)
    guard bytes.count == 32 else { throw damaged("its key is damaged") }
    var words = SIMD4<UInt64>()
    for place in 0..<32 { words[place / 8] |= UInt64(bytes[place]) << UInt64(place % 8 * 8) }
    return HashKey(words)
  }

  func damaged(_ how: String) -> StateError {
    StateError(.corrupt, "\(path) is damaged: \(StateError.oneLine(how))", remedy: StateError.remedyOfDamage(path))
  }

  /// Everything or nothing of what `body` writes.
  public func transaction<T>(_ body: () throws(StateError) -> T) throws(StateError) -> T {
    try database.transaction(body)
  }
}
