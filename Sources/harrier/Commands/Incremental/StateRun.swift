import Archive
import Correlation
import Events
import Reports
import Rules
import State

/// One run with a state, decided: everything that is to be written, and nothing written yet.
struct StateRun {
  // Parts are brought together while the next one is at most so many times larger: each byte is written again only as
  // often as the state grows by this factor.
  private static let mergeRatio = 4
  // What lies behind the horizons is taken out once events have gone on for so long.
  private static let cutInterval: Int64 = 86_400_000
  // A merged segment; its rows are held in memory twice while it is made.
  private static let segmentShare: UInt64 = 8

  let intake: Intake
  let findings: Findings
  let counts: RunCounts
  let news: AlertNews
  /// In the order of the reduction's episodes, then the suppressed ones.
  let found: [KnownAlert]
  let state: State
  private let plan: DetectionPlan
  private let identities: [SHA256Value]
  /// The ids of the merged part's files, as far as they were known before.
  private let keptIDs: [FileKey: Int64]
  /// Parts that the merged one takes the place of.
  private let dropped: [Int64]
  private let merged: Part
  private let heldSince: [Int64]
  private let highWater: Int64
  /// Events before this are too late for every later run.
  private let settled: Int64

  var reduction: Reduction { findings.reduction }

  init(
    _ state: State, _ intake: Intake, known: [KnownFile], detecting: Detecting, report: SweepReport, flags: StateFlags,
    highWater: Int64, memory: UInt64
  ) throws {
    self.state = state
    self.intake = intake
    plan = detecting.plan
    identities = plan.identities(
      everyMatch: detecting.everyMatch, configuration: detecting.configuration.fingerprint ?? "")
    let bytesMax = Int(clamping: memory / StateRun.segmentShare)
    var kept = try state.parts(
      known, memory: Int(clamping: memory / 2), temporaryDirectory: ArchiveRun.temporaryDirectory)
    // In the order of the ids: what is brought together below has an order of its own.
    let asKept = kept
    let isRenumbered = try StateRun.renumber(&kept, state, plan, identities, bytesMax)
    let isReadAnew = flags.backfills ? try StateRun.forget(intake, known, &kept, plan, bytesMax) : false
    let old = kept.map(\.part)
    let earlier = try StateRun.earlier(state, highWater: max(highWater, intake.part.highWater))
    let reduction = try report.reduction(of: old + [intake.part], detecting, earlier: earlier)
    findings = Findings(
      plan, reduction, configuration: detecting.configuration,
      locations: detecting.estate.locations, redactor: report.redactor)
    counts = try RunCounts(
      intake.part, known: old, rereadings: intake.readings.map(\.isAgain),
      readBefore: intake.readings.map(\.readBefore))
    let found = try StateRun.found(findings, identities)
    self.found = found
    let arrivals = LateArrivals(intake, reduction, plan)
    let knownAlerts = try state.alerts()
    let held = try state.heldSince(identities, known: knownAlerts, highWater: highWater)
    news = AlertNews(
      known: knownAlerts, found: found, suppressed: Set(reduction.episodes.count..<found.count),
      settled: flags.horizons.settled(plan, identities, highWater: highWater, heldSince: held),
      takesSettled: flags.backfills, arrival: arrivals.arrival)
    self.highWater = max(highWater, intake.part.highWater)
    let limits = flags.horizons.limits(plan, highWater: self.highWater)
    // What is read again from the beginning is there again.
    heldSince = flags.backfills ? limits.hitsSince : zip(held, limits.hitsSince).map { max($0, $1) }
    let taken = StateRun.toMerge(kept, intake.part, highWater: self.highWater, all: isRenumbered || isReadAnew)
    dropped = taken.map(\.id)
    let droppedIDs = Set(dropped)
    keptIDs = StateRun.ids(of: asKept.filter { droppedIDs.contains($0.id) })
    settled = flags.horizons.earliest(highWater: self.highWater)
    let thinning = Thinning(plan, reduction, settled: settled)
    merged = try PartMerge.run(
      taken.map(\.part) + [intake.part], plan: plan, limits: limits, thinning: thinning, bytesMax: bytesMax)
  }

  /// Gives the hits of kept parts the numbers that detections have now, and their files the order of their paths. True if
  /// they had others.
  private static func renumber(
    _ kept: inout [KeptPart], _ state: State, _ plan: DetectionPlan, _ identities: [SHA256Value], _ bytesMax: Int
  ) throws -> Bool {
    let before = try state.detections()
    // Rows that say the same stand in the order of their files: where files have moved, that may be another.
    guard before != identities || kept.contains(where: { !$0.part.isInOrder }) else { return false }
    let places = before.map { identity in identities.firstIndex(of: identity) }
    for place in kept.indices {
      kept[place].part = try PartMerge.run(
        [kept[place].part], plan: plan, detections: places, limits: .none(plan), bytesMax: bytesMax)
    }
    return true
  }

  /// Leaves out what is kept of readings that new ones begin with. True if there was any: all parts are then written anew.
  private static func forget(
    _ intake: Intake, _ known: [KnownFile], _ kept: inout [KeptPart], _ plan: DetectionPlan, _ bytesMax: Int
  ) throws(SegmentError) -> Bool {
    let keys = Set(
      intake.readings.flatMap(\.begunWith).map { FileKey(path: known[$0].path, generation: known[$0].generation) })
    var found = false
    for place in kept.indices {
      let files = kept[place].part.files.enumerated().filter {
        keys.contains(FileKey(path: $0.element.path, generation: $0.element.generation))
      }
      guard !files.isEmpty else { continue }
      found = true
      kept[place].part = try PartMerge.run(
        [kept[place].part], plan: plan, limits: .none(plan), bytesMax: bytesMax,
        forgotten: Set(files.map { UInt32($0.offset) }))
    }
    return found
  }

  /// What was ever read, long after the events themselves are forgotten.
  private static func earlier(_ state: State, highWater: Int64) throws(StateError) -> EarlierReading {
    var earlier = EarlierReading()
    earlier.accounts = try state.accounts()
    if let days = AccountSilence.days(before: highWater) { earlier.reachesBack = try state.hasEvents(on: days) }
    earlier.isWhole = try state.countsAllEvents()
    return earlier
  }

  private static func toMerge(_ kept: [KeptPart], _ new: Part, highWater: Int64, all: Bool) -> [KeptPart] {
    // Before any time has passed, nothing lies behind it.
    let hasTimePassed = highWater > Int64.min / 2
    if all || hasTimePassed && kept.contains(where: { $0.cutAt < highWater - cutInterval }) { return kept }
    var taken: [KeptPart] = []
    var bytes = new.byteCount
    for part in kept.reversed() {
      guard part.part.byteCount <= bytes * mergeRatio else { break }
      taken.insert(part, at: 0)
      bytes += part.part.byteCount
    }
    return taken
  }

  private static func ids(of parts: [KeptPart]) -> [FileKey: Int64] {
    var ids: [FileKey: Int64] = [:]
    for part in parts {
      for (file, id) in zip(part.part.files, part.fileIDs) {
        ids[FileKey(path: file.path, generation: file.generation)] = id
      }
    }
    return ids
  }

  private static func found(_ findings: Findings, _ identities: [SHA256Value]) throws -> [KnownAlert] {
    let reduction = findings.reduction
    return try [reduction.episodes, reduction.suppressed].joined().enumerated().map { place, episode in
      let attributes = findings.plan.detections[episode.detection].attributes
      let level = place < reduction.episodes.count ? findings.level(place) : attributes.level ?? .medium
      return KnownAlert(
        id: episode.id.hex, rule: attributes.label, detection: identities[episode.detection],
        groupKey: reduction.groupKey(episode), time: episode.time, firstTime: episode.firstTime,
        lastTime: episode.lastTime, level: level.rawValue,
        essence: try reduction.essence(episode))
    }
  }

  /// Nothing is remembered of alerts that could not be read back.
  func requireAlerts() throws(StateError) {
    guard reduction.hasLostAlerts else { return }
    throw StateError(.failed, SweepReport.lostAlerts, remedy: "run this again; nothing was changed")
  }

  // MARK: Writing

  /// Writes what is to be remembered. The caller holds a transaction.
  ///
  /// - Returns: the number of the run.
  func write(_ row: RunRow, _ choice: FileChoice, learns: Bool) throws(StateError) -> Int64 {
    let run = try state.begin(
      row, RunTallies(counts: counts.counts, activity: counts.activity, times: intake.part.times))
    try MovedFiles.note(choice, state)
    try writeParts(run)
    try state.set(settled: settled)
    try state.set(
      detections: identities, labels: plan.detections.map(\.attributes.label), heldSince: heldSince)
    try writeAlerts(run, learns: learns)
    return run
  }

  private func writeParts(_ run: Int64) throws(StateError) {
    var ids = keptIDs
    for (place, file) in intake.part.files.enumerated() {
      let reading = intake.readings[place]
      let none = FileStamp(device: 0, inode: 0, size: -1, modified: 0, changed: -1)
      var row = KnownFile(
        id: 0, path: file.path, generation: reading.generation, isCurrent: true, stamp: reading.stamp ?? none,
        sha256: file.entry.content.sha256, losses: intake.losses[place])
      if file.entry.status == .unreadable {
        // Looked at again by the next run.
        row.stamp.changed = -1
        row.sha256 = nil
      }
      let id = try state.add(row, file.entry, run: run)
      ids[FileKey(path: file.path, generation: reading.generation)] = id
      if file.isLoss { try state.note(lossOf: id) }
    }
    for id in dropped { try state.drop(part: id) }
    let fileIDs = merged.files.map { ids[FileKey(path: $0.path, generation: $0.generation)] ?? 0 }
    try state.keep(merged, fileIDs: fileIDs, cutAt: highWater)
  }

  private func writeAlerts(_ run: Int64, learns: Bool) throws(StateError) {
    let list = AlertList(findings)
    var json = AlertJSON()
    for change in news.changes {
      if let place = change.place {
        var alert = found[place]
        alert.run = run
        alert.status = learns ? .learned : .current
        try state.put(alert, line: json.line(list[place]))
      } else {
        try state.retire(change.id, replacedBy: nil, run: run)
      }
      if !learns { try state.note(change, run: run) }
    }
    for (id, other) in news.replaced { try state.retire(id, replacedBy: other, run: run) }
    let grown = Set(news.changes.compactMap { change in change.place.flatMap { incident(of: $0) } })
    // What is gone or is another alert now may have held an incident together: any alert may be in another one.
    let mayHaveSplit = news.changes.contains { $0.kind != .new }
    let mates = news.settledTwins.filter { place in mayHaveSplit || incident(of: place).map(grown.contains) ?? false }
    for place in news.unchanged + mates { try state.reword(found[place].id, line: json.line(list[place])) }
  }

  private func incident(of place: Int) -> Hash128? {
    place < reduction.episodes.count ? findings.incidents.of(place)?.id : nil
  }
}

/// A reading of a path.
struct FileKey: Hashable {
  let path: [UInt8]
  let generation: UInt32
}
