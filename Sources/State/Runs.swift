import Archive
import Correlation

/// The row of a run that read something.
public struct RunRow: Sendable {
  public var finished: Int64
  public var files: Int
  public var events: Int
  public var duplicates: Int
  public var alreadySeen: Int
  public var tooLate: Int
  /// SHA-256 of the rules and of the configuration.
  public var rules: String
  public var configuration: String?

  public init(
    finished: Int64, files: Int, events: Int, duplicates: Int, alreadySeen: Int, tooLate: Int, rules: String,
    configuration: String?
  ) {
    self.finished = finished
    self.files = files
    self.events = events
    self.duplicates = duplicates
    self.alreadySeen = alreadySeen
    self.tooLate = tooLate
    self.rules = rules
    self.configuration = configuration
  }
}

extension State {
  /// - Returns: the number of the run.
  public func begin(_ run: RunRow, _ tallies: RunTallies? = nil) throws(StateError) -> Int64 {
    try database.run(
      """
      INSERT INTO run (finished, files, events, duplicates, already_seen, too_late, rules, configuration)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .number(run.finished), .number(Int64(run.files)), .number(Int64(run.events)), .number(Int64(run.duplicates)),
      .number(Int64(run.alreadySeen)), .number(Int64(run.tooLate)), .text(run.rules), .text(orNull: run.configuration))
    let number = database.lastRow
    if let tallies { try add(tallies, run: number) }
    return number
  }
}

/// What all runs together have read.
public struct RunTotals: Sendable {
  public var events = 0
  public var duplicates = 0
  public var bytes: UInt64 = 0
  public var files: [(status: ReadStatus, count: Int)] = []
  /// Of the last run.
  public var rules = ""
  public var configuration: String?
}

extension State {
  public func totals() throws(StateError) -> RunTotals {
    var totals = RunTotals()
    let runs = try database.prepare("SELECT events, duplicates, rules, configuration FROM run ORDER BY id")
    while try runs.step() {
      totals.events += Int(clamping: runs.number(0))
      totals.duplicates += Int(clamping: runs.number(1))
      totals.rules = runs.text(2)
      totals.configuration = runs.optionalText(3)
    }
    let files = try database.prepare(
      "SELECT status, count(*), sum(max(size, 0)) FROM file WHERE current = 1 GROUP BY status ORDER BY status")
    while try files.step() {
      guard let status = ReadStatus(rawValue: UInt8(clamping: files.number(0))) else { continue }
      totals.files.append((status, Int(clamping: files.number(1))))
      totals.bytes += UInt64(clamping: files.number(2))
    }
    return totals
  }

  /// The ledger's lines of all files that are known, as far as they are kept.
  public func readFiles() throws(StateError) -> [PartFile] { try readFiles("current = 1").map(\.file) }

  /// - Parameter condition: which rows, as SQL has it.
  func readFiles(_ condition: String) throws(StateError) -> [(file: PartFile, run: Int64)] {
    var files: [(file: PartFile, run: Int64)] = []
    let rows = try database.prepare(
      """
      SELECT path, size, sha256, status, records, losses, first_time, last_time, skips, run FROM file
      WHERE \(condition) ORDER BY path, id
      """)
    while try rows.step() {
      var entry = FileEntry()
      entry.status = ReadStatus(rawValue: UInt8(clamping: rows.number(3))) ?? .ok
      entry.content.bytesIn = UInt64(clamping: rows.number(1))
      entry.content.sha256 = SHA256Value(bytes: rows.bytes(2))
      entry.tally.records = UInt64(clamping: rows.number(4))
      if !rows.isNull(6) {
        (entry.tally.firstTime, entry.tally.lastTime) = (rows.number(6), rows.number(7))
      }
      entry.tally.read(skips: rows.bytes(8))
      let file = PartFile(path: rows.bytes(0), entry: entry, isLoss: rows.number(5) > 0)
      files.append((file, rows.number(9)))
    }
    return files
  }
}

extension ReadTally {
  // Four bytes for each reason, the lowest first.
  private static let reasonBytes = 4

  /// Nil where nothing was skipped.
  var skipBytes: [UInt8]? {
    guard skipCount > 0 else { return nil }
    var bytes: [UInt8] = []
    for reason in SkipReason.allCases {
      withUnsafeBytes(of: skips[Int(reason.rawValue)].littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  mutating func read(skips bytes: [UInt8]) {
    for reason in SkipReason.allCases {
      let start = Int(reason.rawValue) * ReadTally.reasonBytes
      guard start + ReadTally.reasonBytes <= bytes.count else { return }
      skips[Int(reason.rawValue)] = bytes[start..<start + ReadTally.reasonBytes].reversed().reduce(0) {
        $0 << 8 | UInt32($1)
      }
    }
  }
}
