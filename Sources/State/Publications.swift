/// A report that was promised with the transaction that made it: its files are kept here until they are delivered, so that
/// whatever happens in between, the next run delivers the same.
public struct Publication: Sendable {
  public var id: Int64
  /// The runs whose news it tells; nil if there was none to tell.
  public var runs: ClosedRange<Int64>?
  /// The path of a directory; empty for standard output.
  public var target: [UInt8]
}

extension State {
  // A row of SQLite is read whole: small enough to hold, large enough that calls do not count.
  private static let pageBytes = 1 << 20

  /// Promises a report.
  ///
  /// - Returns: its number.
  public func promise(runs: ClosedRange<Int64>?, target: [UInt8]) throws(StateError) -> Int64 {
    try database.run(
      "INSERT INTO publication (first_run, run, target) VALUES (?, ?, ?)", .number(runs?.lowerBound ?? 1),
      .number(runs?.upperBound ?? 0), .bytes(target))
    return database.lastRow
  }

  /// Adds bytes to a file of a promised report. Files are delivered in the order of their numbers.
  public func append(_ bytes: [UInt8], to publication: Int64, file: Int, name: String) throws(StateError) {
    var next =
      try database.number(
        "SELECT coalesce(max(number) + 1, 0) FROM page WHERE publication = ? AND file = ?", .number(publication),
        .number(Int64(file))) ?? 0
    var start = 0
    repeat {
      let end = min(start + State.pageBytes, bytes.count)
      try database.run(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?)", .number(publication), .number(Int64(file)), .text(name),
        .number(next), .bytes(Array(bytes[start..<end])))
      next += 1
      start = end
    } while start < bytes.count
  }

  /// Reports that were promised and are not known to have been delivered, the oldest first.
  public func promised() throws(StateError) -> [Publication] {
    var all: [Publication] = []
    let rows = try database.prepare("SELECT id, first_run, run, target FROM publication ORDER BY id")
    defer { rows.reset() }
    while try rows.step() {
      let runs = rows.number(1) <= rows.number(2) ? rows.number(1)...rows.number(2) : nil
      all.append(Publication(id: rows.number(0), runs: runs, target: rows.bytes(3)))
    }
    return all
  }

  /// The files of a promised report, in their order.
  public func pages(of publication: Int64) throws(StateError) -> [(file: Int, name: String)] {
    var files: [(file: Int, name: String)] = []
    let rows = try database.prepare(
      "SELECT file, name FROM page WHERE publication = ? AND number = 0 ORDER BY file")
    try rows.bind([.number(publication)])
    defer { rows.reset() }
    while try rows.step() { files.append((Int(rows.number(0)), rows.text(1))) }
    return files
  }

  public func read(
    _ publication: Int64, file: Int, _ take: ([UInt8]) -> Void
  ) throws(StateError) {
    let rows = try database.prepare("SELECT bytes FROM page WHERE publication = ? AND file = ? ORDER BY number")
    try rows.bind([.number(publication), .number(Int64(file))])
    defer { rows.reset() }
    while try rows.step() { take(rows.bytes(0)) }
  }

  /// A report that was delivered is forgotten.
  ///
  /// - Parameters:
  ///   - mark: its manifest; nil on standard output.
  ///   - tellsLosses: whether it is the report of this run, which tells all that was not told before.
  public func acknowledge(
    _ publication: Publication, _ mark: ManifestMark?, tellsLosses: Bool
  ) throws(StateError) {
    try transaction { () throws(StateError) in
      try forget(publication.id)
      if let mark { try note(mark, in: publication.target) }
      if tellsLosses { try forgetLosses() }
    }
  }

  /// The same within a transaction: another report tells what it would have told.
  public func forget(_ publication: Int64) throws(StateError) {
    try database.run("DELETE FROM page WHERE publication = ?", .number(publication))
    try database.run("DELETE FROM publication WHERE id = ?", .number(publication))
  }
}
