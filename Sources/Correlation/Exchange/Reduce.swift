import Archive
import Configuration
import Events
import Rules

public struct ReduceOptions: Sendable {
  /// `--every-match`.
  public var everyMatch = false
  /// Where addresses are, for `travel`; without it, networks are counted.
  public var places: (any PlaceLocator)?
  /// Whose suppressions apply.
  public var configuration = Configuration.standard
  public init() {}
}

/// What reduce found: everything that reports are made of. Texts are numbers in `texts`.
public struct Reduction: Sendable {
  /// In the order of the paths' bytes; each file once.
  public let files: [PartFile]
  public let issues: [PartIssue]
  /// Sorted by time, then id; without those that are suppressed.
  public let episodes: [Episode]
  /// The same for those that nobody wants to see.
  public let suppressed: [Episode]
  /// By place in the configuration.
  public let suppressions: [SuppressionCount]
  public let texts: ReduceTexts
  /// By detection.
  public let counters: [DetectionCounters]
  public let counts: DimensionCounts
  public let distinct: Int
  public let duplicates: Int
  public let conflicts: Int
  public let times: EventTimes
  public let highWater: Int64
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
  let distinct = try DistinctEvents(parts, files)
  let counts = try DimensionCounts(parts, distinct)
  var times = EventTimes()
  for part in parts { times.merge(part.times) }
  let highWater = max(parts.map(\.highWater).max() ?? Timestamp.missing, beforeAllEvents)
  var run = try DetectionRun(parts, plan, files, distinct, options, highWater: highWater)
  for detection in plan.detections.indices { try run.decide(detection) }
  let alerts = run.alerts()
  return Reduction(
    files: files.places.map { parts[$0.part].files[$0.place] },
    issues: Set(parts.flatMap(\.issues)).sorted(), episodes: alerts.shown, suppressed: alerts.suppressed,
    suppressions: alerts.counts, texts: run.recorder.texts, counters: run.counters, counts: counts,
    distinct: distinct.events, duplicates: distinct.duplicates, conflicts: distinct.conflicts, times: times,
    highWater: highWater)
}

/// Decides one detection after another.
private struct DetectionRun {
  let recorder: EpisodeRecorder
  private(set) var counters: [DetectionCounters]
  private var episodes: [Episode] = []
  private let plan: DetectionPlan
  private let files: FileIndex
  private let distinct: DistinctEvents
  private let options: ReduceOptions
  private let highWater: Int64
  private var sources: [FactSource]
  private var chains: ChainFeed

  init(
    _ parts: [Part], _ plan: DetectionPlan, _ files: FileIndex, _ distinct: DistinctEvents, _ options: ReduceOptions,
    highWater: Int64
  ) throws(SegmentError) {
    let hasSuppressions = !options.configuration.suppressions.isEmpty
    recorder = try EpisodeRecorder(suppressor: hasSuppressions ? Suppressor(options.configuration) : nil)
    counters = Array(repeating: DetectionCounters(), count: plan.detections.count)
    self.plan = plan
    self.files = files
    self.distinct = distinct
    self.options = options
    self.highWater = highWater
    sources = parts.enumerated().flatMap { part, own in own.segments.map { FactSource(segment: $0, part: part) } }
    chains = ChainFeed(plan)
    for source in sources { recorder.texts.add(source) }
  }

  func alerts() -> (shown: [Episode], suppressed: [Episode], counts: [SuppressionCount]) {
    let all = episodes.sorted { a, b in a.time == b.time ? a.id < b.id : a.time < b.time }
    let suppressions = options.configuration.suppressions
    guard let suppressor = recorder.suppressor else { return (all, [], []) }
    var counts = [SuppressionCount](repeating: SuppressionCount(), count: suppressions.count)
    for place in counts.indices { counts[place].hasEnded = suppressions[place].until <= highWater }
    var shown: [Episode] = []
    var suppressed: [Episode] = []
    for episode in all {
      guard let place = suppressor.suppression(of: episode) else {
        for ended in episode.coverings { counts[Int(ended)].shownAgain += 1 }
        shown.append(episode)
        continue
      }
      suppressed.append(episode)
      counts[place].alerts[episode.detection, default: 0] += 1
      if counts[place].ids.count < SuppressionCount.idsMax { counts[place].ids.append(episode.id) }
    }
    return (shown, suppressed, counts)
  }

  mutating func decide(_ number: Int) throws(SegmentError) {
    let detection = plan.detections[number]
    if let chain = try chains.segment(for: number) {
      let source = FactSource(segment: chain, part: nil)
      sources.append(source)
      recorder.texts.add(source)
    }
    let context = GroupContext(
      recorder: recorder, highWater: highWater, everyMatch: options.everyMatch, places: options.places,
      values: ValueTable(sources: sources.count))
    recorder.begin(number, detection.attributes)
    let walk = DetectionWalk(
      detection: number, sources: sources, files: files, distinct: distinct, context: context,
      takesAnything: detection.isSingle)
    try walk.run(detection)
    counters[number] = context.counters
    try chains.add(recorder.episodes, of: number, recorder.texts)
    if detection.raisesAlerts { episodes += recorder.episodes }
  }
}

extension Detection {
  var isSingle: Bool {
    if case .single = kind { return true }
    return false
  }
}
