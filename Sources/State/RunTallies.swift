import Archive
import Correlation
import Events

/// What a run adds to the counts of all runs: reports that are made again tell of everything that was ever read, long after
/// the events themselves are forgotten.
public struct RunTallies: Sendable {
  // Names come from events, and whoever can write events can invent them: the most frequent of a run.
  static let valuesMax = 10_000
  // Behind the dimensions.
  static let denied = Int64(Dimension.allCases.count)

  public var counts: DimensionCounts
  public var activity: Activity
  public var times: EventTimes

  public init(counts: DimensionCounts, activity: Activity, times: EventTimes) {
    self.counts = counts
    self.activity = activity
    self.times = times
  }

  static let tables = """
    ALTER TABLE run ADD COLUMN first_time INTEGER;
    ALTER TABLE run ADD COLUMN last_time INTEGER;
    ALTER TABLE file ADD COLUMN first_time INTEGER;
    ALTER TABLE file ADD COLUMN last_time INTEGER;
    ALTER TABLE file ADD COLUMN skips BLOB;
    ALTER TABLE part ADD COLUMN sha256 BLOB;
    ALTER TABLE detection ADD COLUMN held_since INTEGER;
    ALTER TABLE publication ADD COLUMN complete INTEGER NOT NULL DEFAULT 1;
    CREATE TABLE tally (dimension INTEGER NOT NULL, value BLOB NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (dimension, value)) WITHOUT ROWID;
    CREATE TABLE day (provider BLOB NOT NULL, account BLOB NOT NULL, region BLOB NOT NULL, day INTEGER NOT NULL,
      count INTEGER NOT NULL, PRIMARY KEY (provider, account, region, day)) WITHOUT ROWID;
    """
}

/// The counts of all runs, as they are kept.
public struct KeptTallies: Sendable {
  /// By dimension, the most frequent first.
  public var values: [[(text: [UInt8], count: Int)]] = []
  public var denied: [(text: [UInt8], count: Int)] = []
  public var days: [Day] = []
  /// Nil where no run has noted any.
  public var firstTime: Int64?
  public var lastTime: Int64?

  public struct Day: Sendable {
    public var site: Activity.Site
    /// Days since 1970; 0 for events without a time.
    public var day: Int
    public var count: Int
  }
}

extension State {
  /// Adds what a run has read. The caller holds a transaction.
  func add(_ tallies: RunTallies, run: Int64) throws(StateError) {
    if tallies.times != EventTimes() {
      try database.run(
        "UPDATE run SET first_time = ?, last_time = ? WHERE id = ?", .number(tallies.times.first),
        .number(tallies.times.last), .number(run))
    }
    for (place, values) in tallies.counts.values.enumerated() { try add(values, to: Int64(place)) }
    try add(tallies.counts.denied, to: RunTallies.denied)
    var days: [Int: Int] = [:]
    var site = -1
    for cell in tallies.activity.cells {
      if cell.site != site {
        try add(days, tallies.activity, site)
        (site, days) = (cell.site, [:])
      }
      days[cell.hour / 24, default: 0] += cell.count
    }
    try add(days, tallies.activity, site)
  }

  private func add(_ values: [(text: [UInt8], count: Int)], to dimension: Int64) throws(StateError) {
    for (text, count) in values.prefix(RunTallies.valuesMax) {
      try database.run(
        """
        INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count
        """, .number(dimension), .bytes(text), .number(Int64(count)))
    }
  }

  private func add(_ days: [Int: Int], _ activity: Activity, _ place: Int) throws(StateError) {
    guard activity.sites.indices.contains(place) else { return }
    let site = activity.sites[place]
    for (day, count) in days {
      try database.run(
        """
        INSERT INTO day VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count
        """, .bytes(site.provider), .bytes(site.account), .bytes(site.region), .number(Int64(day)),
        .number(Int64(count)))
    }
  }

  public func tallies() throws(StateError) -> KeptTallies {
    var kept = KeptTallies()
    kept.values = Array(repeating: [], count: Dimension.allCases.count)
    let values = try database.prepare(
      "SELECT dimension, value, count FROM tally ORDER BY dimension, count DESC, value")
    while try values.step() {
      let value = (text: values.bytes(1), count: Int(clamping: values.number(2)))
      let dimension = values.number(0)
      if dimension == RunTallies.denied { kept.denied.append(value) }
      if dimension >= 0, dimension < RunTallies.denied { kept.values[Int(dimension)].append(value) }
    }
    let days = try database.prepare(
      "SELECT provider, account, region, day, count FROM day ORDER BY provider, account, region, day"
    )
    while try days.step() {
      let site = Activity.Site(
        provider: days.bytes(0), account: days.bytes(1), region: days.bytes(2))
      kept.days.append(
        KeptTallies.Day(
          site: site, day: Int(clamping: days.number(3)), count: Int(clamping: days.number(4))))
    }
    let times = try database.prepare("SELECT min(first_time), max(last_time) FROM run")
    while try times.step() {
      if !times.isNull(0), !times.isNull(1) {
        (kept.firstTime, kept.lastTime) = (times.number(0), times.number(1))
      }
    }
    return kept
  }

  /// All accounts of which any run has read an event.
  public func accounts() throws(StateError) -> Set<[UInt8]> {
    var accounts: Set<[UInt8]> = []
    let values = try database.prepare("SELECT value FROM tally WHERE dimension = ?")
    try values.bind([.number(Int64(Dimension.account.rawValue))])
    while try values.step() { accounts.insert(values.bytes(0)) }
    // Only then a run may have had more than it counts by name.
    guard accounts.count >= RunTallies.valuesMax else { return accounts }
    let sites = try database.prepare("SELECT DISTINCT account FROM day")
    while try sites.step() { accounts.insert(sites.bytes(0)) }
    return accounts
  }

  /// Whether any run has read an event of some days since 1970.
  public func hasEvents(on days: ClosedRange<Int>) throws(StateError) -> Bool {
    let rows = try database.prepare("SELECT 1 FROM day WHERE day BETWEEN ? AND ? LIMIT 1")
    try rows.bind([.number(Int64(days.lowerBound)), .number(Int64(days.upperBound))])
    defer { rows.reset() }
    return try rows.step()
  }

  /// Whether all that was read is in the counts: an older version kept none, and its runs have no times.
  public func countsAllEvents() throws(StateError) -> Bool {
    let untimed = try database.prepare("SELECT 1 FROM run WHERE events > 0 AND first_time IS NULL LIMIT 1")
    defer { untimed.reset() }
    guard try untimed.step() else { return true }
    let counts = try database.prepare("SELECT (SELECT sum(count) FROM day) >= (SELECT sum(events) FROM run)")
    defer { counts.reset() }
    return try counts.step() && counts.number(0) == 1
  }

  // MARK: What the last run said

  /// What a run said of the detections and of the accounts that it knows: as JSON, which reports read back.
  public func set(overview: [UInt8]) throws(StateError) {
    try database.run("INSERT OR REPLACE INTO setting VALUES ('overview', ?)", .bytes(overview))
  }

  public func overview() throws(StateError) -> [UInt8]? {
    let statement = try database.prepare("SELECT value FROM setting WHERE name = 'overview'")
    defer { statement.reset() }
    return try statement.step() ? statement.bytes(0) : nil
  }
}
