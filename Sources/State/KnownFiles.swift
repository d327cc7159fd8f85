import Archive

/// The rows of the table of files.
public struct KnownFile: Sendable {
  public var id: Int64
  public var path: [UInt8]
  /// Which reading of the path.
  public var generation: UInt32
  /// Whether it is the newest reading.
  public var isCurrent: Bool
  public var stamp: FileStamp
  /// Of the compressed bytes; nil where not all could be read.
  public var sha256: SHA256Value?
  /// How many records were read of it.
  public var records: UInt32
  /// How much of it could not be read.
  public var losses: UInt32

  public init(
    id: Int64, path: [UInt8], generation: UInt32, isCurrent: Bool, stamp: FileStamp, sha256: SHA256Value?,
    records: UInt32 = 0, losses: UInt32 = 0
  ) {
    self.records = records
    self.losses = losses
    self.id = id
    self.path = path
    self.generation = generation
    self.isCurrent = isCurrent
    self.stamp = stamp
    self.sha256 = sha256
  }
}

extension State {
  /// All readings of all files, by their ids.
  public func files() throws(StateError) -> [KnownFile] {
    var files: [KnownFile] = []
    let statement = try database.prepare(
      "SELECT id, path, generation, current, device, inode, size, modified, changed, sha256, records, losses FROM file ORDER BY id"
    )
    defer { statement.reset() }
    while try statement.step() {
      let stamp = FileStamp(
        device: UInt64(bitPattern: statement.number(4)), inode: UInt64(bitPattern: statement.number(5)),
        size: statement.number(6), modified: statement.number(7), changed: statement.number(8))
      files.append(
        KnownFile(
          id: statement.number(0), path: statement.bytes(1), generation: UInt32(clamping: statement.number(2)),
          isCurrent: statement.number(3) != 0, stamp: stamp, sha256: SHA256Value(bytes: statement.bytes(9)),
          records: UInt32(clamping: statement.number(10)), losses: UInt32(clamping: statement.number(11))))
    }
    return files
  }

  /// A file that was read; older readings of its path are no longer current.
  ///
  /// - Returns: its id.
  public func add(_ file: KnownFile, _ entry: FileEntry, run: Int64) throws(StateError) -> Int64 {
    try database.run("UPDATE file SET current = 0 WHERE path = ? AND current = 1", .bytes(file.path))
    let stamp = file.stamp
    let tally = entry.tally
    let hasTimes = tally.firstTime <= tally.lastTime
    try database.run(
      """
      INSERT INTO file (path, generation, current, device, inode, size, modified, changed, sha256, status, records, losses,
        run, first_time, last_time, skips)
      VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .bytes(file.path), .number(Int64(file.generation)), .number(Int64(bitPattern: stamp.device)),
      .number(Int64(bitPattern: stamp.inode)), .number(stamp.size), .number(stamp.modified), .number(stamp.changed),
      file.sha256.map { .bytes($0.bytes) } ?? .null, .number(Int64(entry.status.rawValue)),
      .number(Int64(clamping: entry.tally.records)), .number(Int64(file.losses)), .number(run),
      hasTimes ? .number(tally.firstTime) : .null, hasTimes ? .number(tally.lastTime) : .null,
      tally.skipBytes.map { .bytes($0) } ?? .null)
    return database.lastRow
  }

  /// A file that lies elsewhere now, or looks different from outside, with the same content.
  public func update(_ file: KnownFile) throws(StateError) {
    try database.run(
      """
      UPDATE file SET path = ?, generation = ?, device = ?, inode = ?, size = ?, modified = ?, changed = ?, sha256 = ?
      WHERE id = ?
      """,
      .bytes(file.path), .number(Int64(file.generation)), .number(Int64(bitPattern: file.stamp.device)),
      .number(Int64(bitPattern: file.stamp.inode)), .number(file.stamp.size), .number(file.stamp.modified),
      .number(file.stamp.changed), file.sha256.map { .bytes($0.bytes) } ?? .null, .number(file.id))
  }
}

extension SHA256Value {
  init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    self.init(words: words)
  }

  var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }
}
