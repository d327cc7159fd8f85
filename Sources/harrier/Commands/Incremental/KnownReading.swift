import Archive
import Correlation
import Events
import Reports
import State

/// What a report that is made again says of what was read: all that a state keeps of it.
struct KnownReading {
  private(set) var inputs: [InputFile] = []
  private(set) var rules = ""
  private(set) var configuration: String?

  private static let ofLines = "made of a list of alerts: what was read for them is not known"
  private static let ofState =
    "made again from the state: hours of the week, and directories that could not be read, are not kept"

  init(_ source: AlertSource, _ summary: inout Summary) throws(StateError) {
    guard case .state(let state) = source else {
      summary.issues = [KnownReading.ofLines]
      summary.readsAll = false
      return
    }
    summary.leftOut = [KnownReading.ofState]
    let totals = try state.totals()
    summary.distinct = totals.events
    summary.duplicates = totals.duplicates
    summary.files = totals.files.map { (name: $0.status.name, count: $0.count) }
    summary.bytes = totals.bytes
    rules = totals.rules
    configuration = totals.configuration
    let files = try state.readFiles()
    inputs = files.map(InputFile.init)
    summary.readsAll = !files.contains(where: \.isLoss)
    summary.skips = SkipReason.allCases.map { reason in
      (reason.name, files.reduce(0) { $0 + Int($1.entry.tally.skips[Int(reason.rawValue)]) })
    }.filter { $0.1 > 0 }
    try KnownReading.count(state, &summary)
    if let overview = try state.overview() { Overview.read(overview, into: &summary, seen: try state.accounts()) }
  }

  private static func count(_ state: State, _ summary: inout Summary) throws(StateError) {
    let kept = try state.tallies()
    summary.counts = kept.values
    summary.denied = kept.denied
    let highWater = try state.highWater()
    if highWater != Timestamp.missing { summary.latest = highWater }
    if let first = kept.firstTime, let last = kept.lastTime { (summary.firstTime, summary.lastTime) = (first, last) }
    summary.knowsHours = false
    summary.activity = activity(kept, until: min(summary.lastTime, summary.latest ?? .max))
    let counted = kept.days.reduce(0) { $0 + $1.count }
    if counted < summary.distinct {
      summary.leftOut.append(
        "counts and coverage are those of \(Amount.of(counted, "event")) of \(Amount.grouped(UInt64(summary.distinct))): "
          + "an older version kept none")
    }
  }

  /// Each day stands at its first hour; the last event has one of its own, where pictures end.
  private static func activity(_ kept: KeptTallies, until last: Int64) -> Activity {
    var sites: [Activity.Site] = []
    var cells: [Activity.Cell] = []
    for day in kept.days {
      if sites.last != day.site { sites.append(day.site) }
      cells.append(Activity.Cell(site: sites.count - 1, hour: day.day * 24, count: day.count))
    }
    if !sites.isEmpty, last > 0 {
      cells.append(Activity.Cell(site: sites.count - 1, hour: Int(last / Activity.hour), count: 0))
    }
    return Activity(sites: sites, cells: cells)
  }
}
