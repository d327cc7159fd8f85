// Which thread decides what. Detections are decided in waves: those that feed others come before them. Within a wave
// each is cut in two by its groups, so that one detection with most of the hits does not keep the other threads waiting.

import Configuration
import Events
import Rules
import Synchronization
import Threads

struct DetectionRun {
  private(set) var counters: [DetectionCounters]
  private var episodes: [Episodes] = []
  /// Of detections that raise no alerts.
  private var unraised: [Episodes] = []
  /// What feeds other detections, if it is to be explained.
  private var feeders: [Episodes] = []
  private let plan: DetectionPlan
  private let files: FileIndex
  private let distinct: DistinctEvents
  private let options: ReduceOptions
  private let highWater: Int64
  private let silence: AccountSilence
  private let shared = SharedTexts()
  /// Under it values have their numbers.
  private let hash: KeyedHash
  private let workers: [ReduceWorker]
  private var sources: [FactSource]
  private var chains: ChainFeed
  /// Alerts that feed others, by id, for as long as something may be built on them.
  private var feeding: [Hash128: Episode] = [:]
  /// Those that something was built on.
  private(set) var basis: [Hash128: Episode] = [:]

  init(
    _ parts: [Part], _ plan: DetectionPlan, _ files: FileIndex, _ distinct: DistinctEvents, _ options: ReduceOptions,
    highWater: Int64, silence: AccountSilence
  ) throws(SegmentError) {
    guard let hash = KeyedHash(.random()) else { throw SegmentError(message: "out of memory") }
    self.hash = hash
    self.plan = plan
    self.files = files
    self.distinct = distinct
    self.options = options
    self.highWater = highWater
    self.silence = silence
    counters = Array(repeating: DetectionCounters(), count: plan.detections.count)
    sources = parts.enumerated().flatMap { part, own in own.segments.map { FactSource(segment: $0, part: part) } }
    chains = ChainFeed(plan)
    var workers: [ReduceWorker] = []
    let log = EpisodeLog(options.alerts)
    for _ in 0..<max(options.jobs, 1) {
      workers.append(try ReduceWorker(TextIntake(shared, sources), log, options.estate.configuration))
    }
    self.workers = workers
  }

  /// Complete once all is decided.
  var texts: ReduceTexts { shared.sealed(sources) }

  mutating func decideAll() throws(SegmentError) {
    for wave in plan.waves { try decide(wave) }
    feeding = [:]
  }

  private mutating func decide(_ wave: [Int]) throws(SegmentError) {
    for detection in wave {
      guard let source = try chains.source(for: detection) else { continue }
      sources.append(source)
      for worker in workers { worker.recorder.texts.add(source) }
    }
    let tasks = wave.flatMap { detection in GroupShard.all.map { (detection: detection, shard: $0) } }
    let found = decide(tasks)
    for (task, found) in zip(tasks, found) {
      if let failure = found.failure { throw failure }
      counters[task.detection].add(found.counters)
      if !plan.feeds[task.detection].isEmpty {
        try chains.add(found.episodes, found.hits, of: task.detection, workers[0].recorder.texts)
        if options.explained != nil { feeders.append(found.episodes) }
      }
      keepReasons(found.episodes, of: task.detection)
      if plan.detections[task.detection].raisesAlerts {
        episodes.append(found.episodes)
      } else {
        unraised.append(found.episodes)
      }
    }
    for detection in wave {
      if let until = counters[detection].learningUntil, until <= highWater { counters[detection].learningUntil = nil }
    }
  }

  /// What an alert is built on tells why: what is usual is known there.
  private mutating func keepReasons(_ found: Episodes, of detection: Int) {
    if plan.detections[detection].isChained {
      for episode in found {
        for id in episode.basis where basis[id] == nil { basis[id] = feeding[id] }
      }
    }
    guard !plan.feeds[detection].isEmpty else { return }
    for episode in found where episode.note.isOfHistory {
      var reason = episode
      reason.head = []
      reason.tail = []
      feeding[episode.id] = reason
    }
  }

  private func decide(_ tasks: [(detection: Int, shard: GroupShard)]) -> [Finding] {
    let results = Slots<Finding>(count: tasks.count)
    let next = NextTask()
    let judge = Judge(
      plan: plan, sources: sources, files: files, distinct: distinct, options: options, highWater: highWater,
      silence: silence, hash: hash)
    _ = inParallel(workers) { worker in
      while let place = next.take(below: tasks.count) {
        results.values[place] = judge.decide(tasks[place].detection, tasks[place].shard, worker.recorder)
      }
    }
    return results.values.map { $0 ?? Finding() }
  }

  /// Those that others were built on, if they are to be explained.
  mutating func links() -> Episodes { Episodes(joining: &feeders) }

  /// What was found and raises no alerts. Nothing is left of them here afterwards.
  mutating func takeUnraised() -> Episodes { Episodes(joining: &unraised) }

  /// Who made the keys that alerts are about.
  func handovers(behind alerts: Episodes) throws(SegmentError) -> [Handover] {
    var handovers = Handovers()
    for episode in alerts where episode.firstTime != Timestamp.missing {
      handovers.note(episode.ties, from: episode.firstTime, until: episode.lastTime)
    }
    var texts = workers[0].recorder.texts
    return try handovers.find(&texts) { () throws(SegmentError) in
      try GroupWalk(plan.handover.detection, .whole, sources, files, distinct)
    }
  }

  // MARK: Suppressions

  /// Nothing is left of them here afterwards.
  mutating func alerts() -> (shown: Episodes, suppressed: Episodes, counts: [SuppressionCount]) {
    var episodes = Episodes(joining: &self.episodes)
    episodes.sort()
    let suppressions = options.estate.configuration.suppressions
    guard let suppressor = workers[0].recorder.suppressor else { return (episodes, Episodes(), []) }
    var counts = [SuppressionCount](repeating: SuppressionCount(), count: suppressions.count)
    for place in counts.indices { counts[place].hasEnded = suppressions[place].until <= highWater }
    var shown: [Int] = []
    var suppressed: [Int] = []
    for (alert, episode) in episodes.enumerated() {
      guard let place = suppressor.suppression(of: episode, highWater: highWater) else {
        for ended in episode.coverings { counts[Int(ended)].shownAgain += 1 }
        shown.append(alert)
        continue
      }
      suppressed.append(alert)
      counts[place].alerts[episode.detection, default: 0] += 1
      if counts[place].ids.count < SuppressionCount.idsMax { counts[place].ids.append(episode.id) }
    }
    return (Episodes(shown, of: episodes), Episodes(suppressed, of: episodes), counts)
  }
}

private struct Finding: Sendable {
  var episodes = Episodes()
  var hits: [Hash128: AlertHits] = [:]
  var counters = DetectionCounters()
  var failure: SegmentError?
}

/// What the threads of a wave share.
private struct Judge: Sendable {
  let plan: DetectionPlan
  let sources: [FactSource]
  let files: FileIndex
  let distinct: DistinctEvents
  let options: ReduceOptions
  let highWater: Int64
  let silence: AccountSilence
  let hash: KeyedHash

  func decide(_ number: Int, _ shard: GroupShard, _ recorder: EpisodeRecorder) -> Finding {
    let detection = plan.detections[number]
    let context = GroupContext(
      recorder: recorder, highWater: highWater, everyMatch: options.everyMatch, places: options.places,
      estate: options.estate, silence: silence, files: files, values: ValueTable(hash, calculates: detection.calculates)
    )
    recorder.begin(
      number, detection.attributes, feeding: plan.feeding(number), isChained: detection.isChained,
      explained: options.explained)
    let walk = DetectionWalk(
      detection: number, shard: shard, sources: sources, files: files, distinct: distinct, context: context,
      takesAnything: detection.isSingle, calculates: detection.calculates,
      countsValues: detection.countsValues)
    do throws(SegmentError) {
      try walk.run(detection)
      let found = try recorder.finish()
      return Finding(episodes: found.episodes, hits: found.hits, counters: context.counters)
    } catch {
      return Finding(failure: error)
    }
  }
}

/// One thread's recorder.
private final class ReduceWorker: @unchecked Sendable {
  // @unchecked: one thread uses it within a wave, and between waves none does.
  let recorder: EpisodeRecorder

  init(_ texts: TextIntake, _ log: EpisodeLog, _ configuration: Configuration) throws(SegmentError) {
    let hasSuppressions = !configuration.suppressions.isEmpty
    recorder = try EpisodeRecorder(
      texts, log, suppressor: hasSuppressions ? Suppressor(configuration) : nil, lowering: Lowering(configuration))
  }
}

/// Hands out places, each once.
private final class NextTask: Sendable {
  private let next = Atomic<Int>(0)

  func take(below end: Int) -> Int? {
    let place = next.add(1, ordering: .relaxed).oldValue
    return place < end ? place : nil
  }
}

extension DetectionPlan {
  /// Detections that can be decided together, those that feed others before them.
  fileprivate var waves: [[Int]] {
    var levels = [Int](repeating: 0, count: detections.count)
    for (detection, feeds) in feeds.enumerated() {
      for feed in feeds { levels[feed.detection] = max(levels[feed.detection], levels[detection] + 1) }
    }
    var waves = [[Int]](repeating: [], count: (levels.max() ?? -1) + 1)
    for (detection, level) in levels.enumerated() { waves[level].append(detection) }
    return waves
  }
}

extension Detection {
  /// Whether it is about values as numbers.
  fileprivate var calculates: Bool {
    guard case .correlation(let correlation) = kind else { return false }
    switch correlation.kind {
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian: return true
    default: return false
    }
  }

  fileprivate var countsValues: Bool {
    guard case .correlation(let correlation) = kind else { return false }
    return correlation.kind == .valueCount
  }

  fileprivate var isSingle: Bool {
    if case .single = kind { return true }
    return false
  }
}
