/// The tables of a state, and how older states become newer ones.
///
///     setting      a few values by name: the key of hashes, what the last run said of detections (`overview`),
///                  before when hits have been thinned (`settled`)
///     file         one row for each reading of a file; the newest of a path is current
///     part         what sweeps found, as segments (docs/PARTIAL.md); `piece` holds the bytes
///     detection    the detections that the parts' hits are numbered by
///     alert        alerts in their current form; `change` what each run told of them; `decision` what people decided
///     run          one row for each sweep that read something
///     publication  reports that were promised; `page` holds the bytes of their files until they are delivered
///     outbox       what people are to be told (`Outbox`)
///     tally, day   counts of what all runs have read (`RunTallies`)
///     untold       files whose losses nobody was told of yet (`UntoldLoss`)
///     delivered    the newest manifest of each directory of reports (`ManifestMark`)
enum Schema {
  /// "hrST": tells a state from any other SQLite file.
  static let application: Int64 = 0x6872_5354
  static let version: Int64 = 5

  // The steps from nothing to the newest version; a state of version n runs those from n on.
  static let migrations: [String] = [
    """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE file (
      id INTEGER PRIMARY KEY, path BLOB NOT NULL, generation INTEGER NOT NULL, current INTEGER NOT NULL,
      device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
      changed INTEGER NOT NULL, sha256 BLOB, status INTEGER NOT NULL, records INTEGER NOT NULL, run INTEGER NOT NULL,
      UNIQUE (path, generation));
    CREATE TABLE run (
      id INTEGER PRIMARY KEY, finished INTEGER NOT NULL, files INTEGER NOT NULL, events INTEGER NOT NULL,
      duplicates INTEGER NOT NULL, already_seen INTEGER NOT NULL, too_late INTEGER NOT NULL, rules TEXT NOT NULL,
      configuration TEXT);
    CREATE TABLE part (
      id INTEGER PRIMARY KEY, files BLOB NOT NULL, sizes BLOB NOT NULL, bytes INTEGER NOT NULL,
      high_water INTEGER NOT NULL, first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, cut_at INTEGER NOT NULL);
    CREATE TABLE piece (part INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL);
    CREATE UNIQUE INDEX piece_order ON piece (part, number);
    CREATE TABLE detection (place INTEGER PRIMARY KEY, identity BLOB NOT NULL, label TEXT NOT NULL);
    CREATE TABLE alert (
      id TEXT PRIMARY KEY, rule TEXT NOT NULL, detection BLOB NOT NULL, group_key BLOB NOT NULL, time INTEGER NOT NULL,
      first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, level INTEGER NOT NULL, essence BLOB NOT NULL,
      line BLOB NOT NULL, status INTEGER NOT NULL, run INTEGER NOT NULL, replaced_by TEXT) WITHOUT ROWID;
    CREATE INDEX alert_order ON alert (time, id);
    CREATE TABLE change (
      run INTEGER NOT NULL, alert TEXT NOT NULL, kind INTEGER NOT NULL, replaces TEXT, PRIMARY KEY (run, alert))
      WITHOUT ROWID;
    CREATE INDEX change_alert ON change (alert);
    CREATE TABLE decision (
      id INTEGER PRIMARY KEY, alert TEXT NOT NULL, original TEXT NOT NULL, time INTEGER NOT NULL, verb TEXT NOT NULL,
      verdict TEXT, name TEXT, note TEXT);
    CREATE INDEX decision_alert ON decision (alert);
    CREATE TABLE publication (
      id INTEGER PRIMARY KEY, first_run INTEGER NOT NULL, run INTEGER NOT NULL, target BLOB NOT NULL);
    CREATE TABLE page (
      publication INTEGER NOT NULL, file INTEGER NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL,
      bytes BLOB NOT NULL);
    CREATE UNIQUE INDEX page_order ON page (publication, file, number);
    """,
    Outbox.tables,
    "ALTER TABLE file ADD COLUMN losses INTEGER NOT NULL DEFAULT 0",
    RunTallies.tables,
    State.untoldTable + State.deliveredTable,
  ]

  /// Makes the newest tables of what is there. The caller holds a transaction.
  static func migrate(_ database: Database, from version: Int64) throws(StateError) {
    for step in migrations.dropFirst(Int(version)) { try database.execute(step) }
    try database.execute("PRAGMA application_id = \(application)")
    try database.execute("PRAGMA user_version = \(Schema.version)")
  }
}
