import Archive

/// What a manifest is known by: its place in the chain, and its bytes.
public struct ManifestMark: Sendable, Equatable {
  public var sequence: Int
  /// In hexadecimal digits.
  public var sha256: String

  public init(sequence: Int, sha256: String) {
    self.sequence = sequence
    self.sha256 = sha256
  }
}

/// The newest manifest of each directory that reports were delivered to. Every other manifest is named by the one after it;
/// the newest one only here, away from whoever may change the reports.
extension State {
  static let deliveredTable = """
    CREATE TABLE delivered (
      target BLOB PRIMARY KEY, sequence INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
    """

  public func note(_ mark: ManifestMark, in target: [UInt8]) throws(StateError) {
    try database.run(
      "INSERT OR REPLACE INTO delivered VALUES (?, ?, ?)", .bytes(target), .number(Int64(mark.sequence)),
      .text(mark.sha256))
  }

  /// By directory.
  public func delivered() throws(StateError) -> [(target: [UInt8], mark: ManifestMark)] {
    var all: [(target: [UInt8], mark: ManifestMark)] = []
    let rows = try database.prepare("SELECT target, sequence, sha256 FROM delivered ORDER BY target")
    while try rows.step() {
      all.append((rows.bytes(0), ManifestMark(sequence: Int(clamping: rows.number(1)), sha256: rows.text(2))))
    }
    return all
  }
}
