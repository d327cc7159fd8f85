import Archive
import Correlation

/// A file that a run could not read in full, while nobody has seen that run's report for sure.
public struct UntoldLoss: Sendable {
  public var file: PartFile
  public var run: Int64
}

/// What runs have lost and not told. A damaged file counts in the run that reads it: where that run was killed, or could not
/// write its report, the next one has to tell it, however many were killed in between. A loss is noted in the transaction
/// that remembers the file, and forgotten in the one that knows the report with it to be in its place.
extension State {
  static let untoldTable = """
    CREATE TABLE untold (file INTEGER PRIMARY KEY);
    INSERT INTO untold SELECT DISTINCT file.id FROM file JOIN publication
      ON file.run BETWEEN publication.first_run AND publication.run WHERE publication.complete = 0 AND file.losses > 0;
    ALTER TABLE publication DROP COLUMN complete;
    """

  /// The caller holds a transaction.
  ///
  /// - Parameter file: the id of its row.
  public func note(lossOf file: Int64) throws(StateError) {
    try database.run("INSERT OR IGNORE INTO untold VALUES (?)", .number(file))
  }

  /// In the order of their paths.
  public func untoldLosses() throws(StateError) -> [UntoldLoss] {
    try readFiles("id IN (SELECT file FROM untold)").map { row in
      var file = row.file
      file.isLoss = true
      return UntoldLoss(file: file, run: row.run)
    }
  }

  func forgetLosses() throws(StateError) { try database.run("DELETE FROM untold") }
}
