import Archive
import Correlation
import Events
import Rules

/// What was read, what was found, and what could not be told, as a value: reports are made of it and of alerts alone.
public struct Summary: Sendable {
  public typealias Named = (name: String, count: Int)
  public typealias Counted = (text: [UInt8], count: Int)

  /// What became of one detection.
  public struct DetectionLine: Sendable {
    public var ruleID: String
    public var title: String?
    /// Missing for a detection that was left out because the configuration lacks what it is about.
    public var kind: String?
    /// Why it could not be evaluated; nil if it was.
    public var reason: String?
    /// Why it was evaluated by less than it asks for; nil if it was not.
    public var limited: String?
    /// Accounts in which it had nothing to look at.
    public var gaps: [Evaluability.Gap] = []
    /// Names and numbers, in the order of the report.
    public var counters: [Named] = []
    public var learningUntil: Int64?
  }

  public var distinct = 0
  public var duplicates = 0
  public var conflicts = 0
  /// Records that gave no event, by reason.
  public var skips: [Named] = []
  /// Files by status.
  public var files: [Named] = []
  public var bytes: UInt64 = 0
  /// Of the events; `Timestamp.missing` without any.
  public var firstTime = Timestamp.missing
  public var lastTime = Timestamp.missing
  /// The high-water mark: later events are dated after the clock. Nil if no event made time pass.
  public var latest: Int64?
  /// Paths that were asked for and could not be read.
  public var issues: [String] = []
  /// What was not read on purpose, as sentences.
  public var leftOut: [String] = []
  /// By dimension, the most frequent first.
  public var counts: [[Counted]] = []
  public var denied: [Counted] = []
  /// With a state: when the first alert from an address began, of all that are known.
  public var addressesSince: [[UInt8]: Int64] = [:]
  /// By level.
  public var alerts = [Int](repeating: 0, count: Level.allCases.count)
  public var alertsByRule: [Named] = []
  /// By level.
  public var incidents = [Int](repeating: 0, count: Level.allCases.count)
  public var suppressed = 0
  public var suppressedByRule: [Named] = []
  public var suppressions: [SuppressionLine] = []
  public var detections: [DetectionLine] = []
  public var activity = Activity(sites: [], cells: [])
  /// Whether the hours of the activity say more than its days.
  public var knowsHours = true
  /// Accounts that the configuration names and of which no event was read.
  public var silentAccounts: [SilentAccount] = []
  /// Whether all that was asked for was read.
  public var readsAll = true
  /// Rules that were left out because they cannot be run, with the reason.
  public var rejections: [String] = []
  /// With a state: what of the files was known before.
  public var known: Known?

  /// What a run found that earlier runs had read.
  public struct Known: Sendable {
    /// Files that are as they were.
    public var unchangedFiles = 0
    /// Files of the same content under another path.
    public var movedFiles = 0
    /// Files that have more at their end.
    public var grownFiles = 0
    /// Files that hold something else.
    public var replacedFiles = 0
    /// Records that were read before.
    public var alreadySeen = 0
    /// Events so far behind the newest that only rules of single events looked at them.
    public var tooLate = 0

    public init() {}
  }

  public init() {}

  /// Whether all that was asked for was read and looked for.
  public var isComplete: Bool { readsAll && rejections.isEmpty }

  /// What files have lost: those of a status, or records skipped for some reasons.
  enum Loss {
    case files(String)
    case records(Set<String>)
  }

  /// What is missing, the gravest first: files, records, paths, rules.
  ///
  /// - Parameter names: where, as the end of a sentence.
  func missing(_ names: (Loss) -> String) -> [String] {
    guard !isComplete else { return [] }
    let lost = files.filter { !["ok", "empty", "skipped"].contains($0.name) }.map {
      "\(Amount.of($0.count, "file")) \($0.name)\(names(.files($0.name)))"
    }
    let reasons = Set(lossySkips.map(\.name))
    let records = skipCount > 0 ? ["\(Amount.of(skipCount, "record")) skipped\(names(.records(reasons)))"] : []
    return lost + records + issues + rejections
  }

  /// With those that were read before.
  public var eventsRead: Int { distinct + (known?.alreadySeen ?? 0) }
  public var fileCount: Int { files.reduce(0) { $0 + $1.count } }
  /// Records that may have been events: digests and the like are not.
  public var skipCount: Int { lossySkips.reduce(0) { $0 + $1.count } }
  private var lossySkips: [Named] {
    let harmless = Set(SkipReason.allCases.filter { !$0.isLoss }.map(\.name))
    return skips.filter { !harmless.contains($0.name) }
  }
  public var alertCount: Int { alerts.reduce(0, +) }
  public var incidentCount: Int { incidents.reduce(0, +) }
  public var hasTimes: Bool { firstTime != Timestamp.missing }

  public func counts(_ dimension: Dimension) -> [Counted] {
    dimension.rawValue < counts.count ? counts[dimension.rawValue] : []
  }

  /// `151 of 176 detections`; nil where nothing is known of any.
  public var evaluatedShare: String? {
    guard !detections.isEmpty else { return nil }
    return "\(detections.count { $0.reason == nil }) of \(Amount.of(detections.count, "detection"))"
  }

  /// How many detections could not be evaluated, by reason; the most frequent first.
  public var unevaluated: [Named] {
    var reasons: [String: Int] = [:]
    var learning: [Int64] = []
    for line in detections where line.kind != nil {
      guard let reason = line.reason else { continue }
      if let until = line.learningUntil, reason == SummaryLedger.learning(until) {
        learning.append(until)
      } else {
        reasons[reason, default: 0] += 1
      }
    }
    if let first = learning.min(), let last = learning.max() {
      // Nearly every one has a time of its own.
      let words = first == last ? "" : "\(Stamp.of(first)) at the earliest, "
      reasons["learning until \(words)\(Stamp.of(last))" + (first == last ? "" : " at the latest")] = learning.count
    }
    let idleCount = detections.count { $0.kind == nil && $0.reason != nil }
    if idleCount > 0 {
      reasons["a list that they are about is not configured (harrier config init)"] = idleCount
    }
    return reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (name: $0.key, count: $0.value) }
  }
}

/// An account that should have logs and has none.
public struct SilentAccount: Sendable {
  public var id: String
  public var name: String
  public var provider: String

  public init(id: String, name: String, provider: String) {
    self.id = id
    self.name = name
    self.provider = provider
  }
}

extension Summary {
  public init(_ findings: Findings, _ ledger: SummaryLedger) {
    let reduction = findings.reduction
    self.init()
    distinct = reduction.distinct
    duplicates = reduction.duplicates
    conflicts = reduction.conflicts
    skips = ledger.skips.filter { $0.count > 0 }.map { ($0.reason.name, $0.count) }
    files = ledger.files.filter { $0.count > 0 }.map { ($0.status.name, $0.count) }
    bytes = ledger.bytes
    if reduction.times != EventTimes() { (firstTime, lastTime) = (reduction.times.first, reduction.times.last) }
    latest = reduction.hasTimePassed ? reduction.highWater : nil
    issues = reduction.issues.map(\.words)
    counts = reduction.counts.values
    denied = reduction.counts.denied
    activity = reduction.activity
    readsAll = ledger.isComplete
    count(findings)
    detections = Summary.lines(findings, ledger)
    suppressed = findings.reduction.suppressed.count
    suppressedByRule = SuppressionLine.byRule(findings)
    suppressions = SuppressionLine.all(findings)
  }

  private mutating func count(_ findings: Findings) {
    var byRule: [Int: Int] = [:]
    for place in findings.reduction.episodes.indices {
      alerts[findings.level(place).rawValue] += 1
      byRule[findings.reduction.episodes.detection(place), default: 0] += 1
    }
    for incident in findings.incidents.all { incidents[incident.level.rawValue] += 1 }
    alertsByRule = byRule.map { (findings.plan.detections[$0.key].attributes.label, $0.value) }.sorted { $0.0 < $1.0 }
  }

  private static func lines(_ findings: Findings, _ ledger: SummaryLedger) -> [DetectionLine] {
    let statuses = ledger.statuses(findings)
    let raising = findings.plan.detections.indices.filter { findings.plan.detections[$0].raisesAlerts }
    let known = raising.map { place in
      let detection = findings.plan.detections[place]
      let counters = findings.reduction.counters[place]
      return DetectionLine(
        ruleID: detection.attributes.label, title: detection.attributes.title, kind: detection.kindName,
        reason: statuses[place], limited: ledger.limit(of: place, findings),
        gaps: ledger.gaps(of: place), counters: Summary.counters(counters),
        learningUntil: counters.learningUntil)
    }
    let idle = ledger.idle.map { DetectionLine(ruleID: $0.rule, title: $0.title, reason: $0.reason) }
    return (known + idle).sorted { $0.ruleID < $1.ruleID }
  }

  private static func counters(_ counters: DetectionCounters) -> [Named] {
    let groups = counters.groups > 0 ? [("groups", counters.groups)] : []
    let leftOut = LeftOut.allCases.map { ($0.rawValue, $0.count(counters)) }.filter { $0.1 > 0 }
    return [("hits", counters.hits)] + groups + leftOut
  }
}

extension Summary {
  /// Counts alerts that are not, or not only, those that this run has found.
  public mutating func count(_ list: AlertList) {
    alerts = [Int](repeating: 0, count: Level.allCases.count)
    incidents = alerts
    var byRule: [String: Int] = [:]
    for place in 0..<list.count {
      alerts[list.level(place).rawValue] += 1
      byRule[list.glance(place).ruleID, default: 0] += 1
    }
    alertsByRule = byRule.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
    for incident in AlertIncident.all(list) { incidents[incident.level.rawValue] += 1 }
  }
}
