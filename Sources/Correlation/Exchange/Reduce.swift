import Archive
import Configuration
import Events
import Matching
import Rules

public struct ReduceOptions: Sendable {
  /// `--every-match`.
  public var everyMatch = false
  /// Where addresses are, for `travel`; without it, networks are counted.
  public var places: (any PlaceLocator)?
  /// How many threads decide; the result does not depend on it.
  public var jobs = 1
  /// Whose suppressions apply, and what is expected.
  public var estate = Estate()
  /// What earlier runs have read and is no part of this.
  public var earlier = EarlierReading()
  /// Whose evidence is to be kept, by the id; that of alerts that feed others is kept with it.
  public var explained: (@Sendable (Hash128) -> Bool)?
  /// For the alerts that are found.
  public var alerts = AlertMemory.unlimited
  /// Whether to end early, with an error that says so.
  public var interrupted: @Sendable () -> Bool = { false }
  public init() {}
}

/// What reduce found: everything that reports are made of. Texts are numbers in `texts`.
public struct Reduction: Sendable {
  /// In the order of the paths' bytes; each file once.
  public internal(set) var files: [PartFile]
  public internal(set) var issues: [PartIssue]
  /// Sorted by time, then id; without those that are suppressed.
  public internal(set) var episodes: Episodes
  /// The same for those that nobody wants to see.
  public internal(set) var suppressed: Episodes
  /// Of detections that raise no alerts and only feed others.
  let unraised: Episodes
  /// What alerts are built on, by id; without the events.
  public internal(set) var basis: [Hash128: Episode]
  /// With `explained`: alerts that feed others, whether they are shown themselves or not.
  public let links: Episodes
  /// Who made the keys of `episodes`, and the keys of those; in the order of their times.
  public let handovers: [Handover]
  /// By place in the configuration.
  public let suppressions: [SuppressionCount]
  public let texts: ReduceTexts
  /// By detection.
  public let counters: [DetectionCounters]
  public internal(set) var counts: DimensionCounts
  /// What is usual where alerts were raised that compare nothing with the past.
  public internal(set) var habits: Habits
  public internal(set) var activity: Activity
  /// Which fields occurred in which account.
  public internal(set) var presence: FieldPresence
  /// Which accounts were ever heard of; not of one run alone.
  public let silence: AccountSilence
  public internal(set) var distinct: Int
  public internal(set) var duplicates: Int
  public internal(set) var conflicts: Int
  public internal(set) var times: EventTimes
  public let highWater: Int64
  /// Whether alerts could not be read back from a temporary file: nothing that was made of them is to be believed.
  public var hasLostAlerts: Bool { episodes.haveLost || suppressed.haveLost }
  /// Whether there is an event that time passes by: not one of a forged date alone.
  public var hasTimePassed: Bool { highWater > beforeAllEvents }
}

// Without an event that time passes by, nothing is decided that has to wait; a time span added to it still is a time.
private let beforeAllEvents = Int64.min / 4

/// Brings parts together: what they hold counts once, and the detections are decided.
///
/// The result depends on the events alone: not on how they were cut into parts and segments, nor on any order.
public func reduce(
  _ parts: [Part], plan: DetectionPlan, options: ReduceOptions = ReduceOptions()
) throws(SegmentError) -> Reduction {
  let files = FileIndex(parts)
  let interruption = Interruption(options.interrupted)
  let distinct = try DistinctEvents(parts, files, interruption)
  let counts = try DimensionCounts(parts, distinct)
  var times = EventTimes()
  var presence = FieldPresence()
  for part in parts {
    times.merge(part.times)
    presence.merge(part.presence)
  }
  let highWater = max(parts.map(\.highWater).max() ?? Timestamp.missing, beforeAllEvents)
  let activity = distinct.activity.activity
  let silence = AccountSilence(counts, activity, highWater: highWater, options.earlier)
  var run = try DetectionRun(parts, plan, files, distinct, options, highWater: highWater, silence: silence)
  try run.decideAll()
  let alerts = run.alerts()
  let unraised = run.takeUnraised()
  let handovers = try run.handovers(behind: alerts.shown)
  let texts = run.texts
  let habits = try Habits(
    alerts.shown, plan, texts, parts, uncounted: distinct.uncounted, activity: activity, handovers: handovers)
  try interruption.check()
  return Reduction(
    files: files.places.map { parts[$0.part].files[$0.place] },
    issues: Set(parts.flatMap(\.issues)).sorted(), episodes: alerts.shown, suppressed: alerts.suppressed,
    unraised: unraised,
    basis: run.basis, links: run.links(), handovers: handovers, suppressions: alerts.counts, texts: texts,
    counters: run.counters,
    counts: counts,
    habits: habits,
    activity: activity, presence: presence, silence: silence, distinct: distinct.events,
    duplicates: distinct.duplicates,
    conflicts: distinct.conflicts, times: times, highWater: highWater)
}
