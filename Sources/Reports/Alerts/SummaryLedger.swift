import Archive
import Correlation
import Events
import Rules

/// A detection that was left out because the configuration lacks what it is about.
public struct IdleDetection: Equatable, Sendable {
  public let rule: String
  public let title: String
  public let level: String
  /// Why, as one sentence.
  public let reason: String

  public init(rule: String, title: String, level: String?, reasons: [String]) {
    self.rule = rule
    self.title = title
    self.level = level ?? Level.medium.name
    var distinct: [String] = []
    for reason in reasons where !distinct.contains(reason) { distinct.append(reason) }
    reason = distinct.isEmpty ? "waits for the configuration" : distinct.joined(separator: "; ")
  }
}

/// What a summary says of files, and of detections that had nothing to look at.
public struct SummaryLedger {
  /// By status.
  public let files: [(status: ReadStatus, count: Int)]
  /// Records that gave no event, by reason.
  public let skips: [(reason: SkipReason, count: Int)]
  /// Compressed, as read.
  public let bytes: UInt64
  public let isComplete: Bool
  public let idle: [IdleDetection]
  /// By detection: the providers whose events it looks at.
  private let providers: [Set<String>]
  private let evaluability: Evaluability

  /// - Parameter providers: by rule of the plan: the providers on whose events it runs.
  public init(_ reduction: Reduction, _ plan: DetectionPlan, providers: [Set<String>], idle: [IdleDetection]) {
    self.idle = idle.sorted { $0.rule < $1.rule }
    let entries = reduction.files.map(\.entry)
    files = ReadStatus.allCases.map { status in (status, entries.count { $0.status == status }) }
    skips = SkipReason.allCases.map { reason in
      (reason, entries.reduce(0) { $0 + Int($1.tally.skips[Int(reason.rawValue)]) })
    }
    // Partials say what they like of the sizes of files.
    bytes = entries.reduce(0) { total, entry in
      let (sum, overflow) = total.addingReportingOverflow(entry.content.bytesIn)
      return overflow ? .max : sum
    }
    isComplete = reduction.issues.isEmpty && !reduction.files.contains { $0.isLoss }
    self.providers = plan.providers(ofRules: providers)
    evaluability = Evaluability(plan, reduction, providers: providers)
  }

  /// By detection: why it could not be evaluated; nil if it was.
  ///
  /// Each detection stands behind those that feed it, so what is known of those is known once it is asked for.
  public func statuses(_ findings: Findings) -> [String?] {
    let plan = findings.plan
    let seen = Set(
      findings.reduction.counts.values[Dimension.provider.rawValue].map { String(decoding: $0.text, as: UTF8.self) })
    var statuses: [String?] = []
    // By detection: why members of it could not be evaluated.
    var lacking = [[Int: String]](repeating: [:], count: plan.detections.count)
    for detection in plan.detections.indices {
      let status = own(detection, seen, findings) ?? starved(detection, lacking[detection], plan)
      statuses.append(status)
      guard let status else { continue }
      for feed in plan.feeds[detection] { lacking[feed.detection][feed.member] = status }
    }
    return statuses
  }

  /// Without regard to what feeds it.
  ///
  /// - Parameter seen: the providers of which there are events.
  private func own(_ detection: Int, _ seen: Set<String>, _ findings: Findings) -> String? {
    guard findings.plan.detections[detection].looksAtEvents else { return silence(findings) }
    if providers[detection].isEmpty { return "it is about logs that are not read" }
    guard !providers[detection].isDisjoint(with: seen) else {
      return "no events of \(providers[detection].sorted().joined(separator: ", "))"
    }
    if !evaluability.isSeenAnywhere(detection) {
      if let lack = evaluability.lackingEverywhere(detection) { return lack }
      let isGuess = gaps(of: detection).contains { $0.reason.contains("guess") }
      return "no event of this kind was seen" + (isGuess ? ", and how it is logged is a guess" : "")
    }
    let counters = findings.reduction.counters[detection]
    if let until = counters.learningUntil { return SummaryLedger.learning(until) }
    if counters.hits == 0, counters.withoutGroup > 0 {
      return "events of this kind lack \(findings.plan.detections[detection].groupNames.joined(separator: ", "))"
    }
    return withoutValue(detection, counters, findings) ?? tooShort(detection, findings)
  }

  /// Of what is about accounts that were never heard of.
  private func silence(_ findings: Findings) -> String? {
    switch findings.reduction.silence.reach {
    case .enough: nil
    case .tooShort: "the records are no longer than the \(SpanWords.of(AccountSilence.span)) that it looks for"
    case .unknown: "an older version did not count what it read"
    }
  }

  /// The reason why something could not be evaluated that a detection cannot do without.
  private func starved(_ detection: Int, _ reasons: [Int: String], _ plan: DetectionPlan) -> String? {
    guard case .correlation(let correlation) = plan.detections[detection].kind,
      let first = reasons.min(by: { $0.key < $1.key })
    else { return nil }
    return evaluability.couldHold(detection, correlation, without: Set(reasons.keys)) ? nil : first.value
  }

  /// No event had what the detection compares or adds up.
  private func withoutValue(_ detection: Int, _ counters: DetectionCounters, _ findings: Findings) -> String? {
    guard counters.withoutValue > 0, counters.withoutValue + counters.untimed >= counters.hits,
      case .correlation(let correlation) = findings.plan.detections[detection].kind
    else { return nil }
    let fields = correlation.valueFields.joined(separator: ", ")
    return correlation.kind == .travel
      ? "events of this kind have no address in \(fields) whose place is known" : "events of this kind lack \(fields)"
  }

  /// What a detection had to do without; nil if it had everything.
  func limit(of detection: Int, _ findings: Findings) -> String? {
    guard case .correlation(let correlation) = findings.plan.detections[detection].kind, correlation.kind == .travel,
      !findings.knowsPlaces
    else { return nil }
    return "no geoip database of cities is configured: networks are counted in the place of distances"
  }

  static func learning(_ until: Int64) -> String { "learning until \(Stamp.of(until))" }

  /// For what has to be watched for longer than the records reach, or learned from more than they hold.
  private func tooShort(_ detection: Int, _ findings: Findings) -> String? {
    guard case .correlation(let correlation) = findings.plan.detections[detection].kind else { return nil }
    let needed: (span: Int64, words: String)
    switch correlation.kind {
    case .dormant: needed = (correlation.timespanMilliseconds, "that it looks for")
    case .overstay where correlation.members.count == 1:
      needed = (correlation.timespanMilliseconds, "that it looks for")
    case .firstSeen, .rare, .rate, .gap:
      needed = (correlation.history?.learning ?? 0, "that it learns from")
    default: return nil
    }
    let times = findings.reduction.times
    guard times == EventTimes() || times.last - times.first <= needed.span else { return nil }
    return "the records are no longer than the \(SpanWords.of(needed.span)) \(needed.words)"
  }

  /// Where it had nothing to look at, though events are read there.
  func gaps(of detection: Int) -> [Evaluability.Gap] {
    evaluability.gaps(of: detection, providers: providers[detection])
  }
}
