import Archive
import Configuration
import Events
import Matching
import Rules

/// Something that raises alerts: a rule by itself, or a correlation.
public struct Detection: Sendable {
  public enum Kind: Sendable {
    /// A rule's hits, put together while no two that follow each other are further apart than `gap` milliseconds.
    case single(gap: Int64)
    case correlation(Correlation)
  }

  public let kind: Kind
  public let attributes: RuleAttributes
  /// The names of the group's fields, as alerts show them.
  public let groupNames: [String]
  /// By name: the fields of events that it stands for, which differ from it where it is an alias.
  public let groupFields: [[String]]
  /// The titles of what a correlation refers to, in its order.
  public let memberTitles: [String]
  /// False if it only feeds other detections.
  public let raisesAlerts: Bool
  /// False if it is about what never happened.
  public var looksAtEvents: Bool {
    if case .correlation(let correlation) = kind { return correlation.looksAtEvents }
    return true
  }
  /// Sigma's name of the type, or `single`.
  public var kindName: String {
    switch kind {
    case .single: "single"
    case .correlation(let correlation): correlation.kind.rawValue
    }
  }
}

/// What a hit of a rule gives to a detection.
public struct Tap: Sendable {
  public let detection: Int
  /// The rule's place among the correlation's members.
  public let member: Int
  /// Places in `DetectionPlan.fields`.
  public let group: [Int]
  public let values: [Int]
  /// A single rule's alert is grouped by what is known; a correlation leaves out what has no group.
  public let groupMayBeMissing: Bool
  /// The values are looked at one by one; else a fact lacks all if it lacks one.
  public let valuesMayBeMissing: Bool
  /// Whether each hit is judged by itself.
  public var isOfSingleRule: Bool { groupMayBeMissing }
}

/// All detections of a run, each after those that feed it, and what has to be noted of an event for them.
///
/// Example: rule 0 raises alerts and feeds a count by `src_ip`:
///
///     detections   0 single(rule 0)    1 correlation(event_count)
///     taps[0]      (detection 0, group [account, actor])  (detection 1, member 0, group [src_ip])
public struct DetectionPlan: Sendable {
  // The contract: hits of a rule by one actor form one alert while gaps are at most an hour.
  static let gapStandard: Int64 = 3_600_000

  public let detections: [Detection]
  /// By rule position.
  public let taps: [[Tap]]
  /// By detection: the detections that its alerts feed.
  public let feeds: [[(detection: Int, member: Int)]]
  /// What an event gives in which a key makes another: grouped by the key that was made, with the one that made it.
  let handover: Tap
  public let fields: [FactField]
  /// Correlations that cannot be run; the others are.
  public let rejections: [RuleDiagnostic]
  /// Correlations that look at something which is not configured, and what builds on them.
  public let idle: [RuleDiagnostic]
  /// Rules whose hits are needed.
  public let rules: [Rule]
  /// The raw fields that the rules cannot do without.
  public let watched: WatchedFields
  /// Of everything that alerts depend on: partials of other rules cannot be reduced together.
  public let fingerprint: SHA256Value
  /// Who people are; nil if nobody is named.
  let people: Configuration?

  public init(_ set: RuleSet, estate: Estate = Estate()) {
    people = estate.configuration.people.isEmpty ? nil : estate.configuration
    var builder = PlanBuilder(set.rules, estate)
    for (position, rule) in set.rules.enumerated() where rule.raisesAlerts { builder.add(rule, at: position) }
    for correlation in set.correlations { builder.add(correlation, set) }
    handover = builder.handover()
    detections = builder.detections
    taps = builder.taps
    feeds = builder.feeds
    rejections = builder.rejections
    idle = builder.idle
    fields = builder.fields
    rules = set.rules
    watched = WatchedFields(set.rules)
    fingerprint = DetectionPlan.fingerprint(set, builder.sections(of: set), estate.configuration)
  }

  /// How many kinds of facts there are: those of each detection, and handovers behind them.
  public var factKinds: Int { detections.count + 1 }

  /// That of its rule, or less if all that happened is usual.
  public func level(of episode: Episode) -> Level { level(episode.detection, isUsual: episode.usual != nil) }

  /// The same, without reading the alert.
  public func level(of episodes: Episodes, _ place: Int) -> Level {
    level(episodes.rows[place].detection, isUsual: episodes.rows[place].isUsual)
  }

  private func level(_ detection: Int, isUsual: Bool) -> Level {
    isUsual ? .informational : detections[detection].attributes.level ?? .medium
  }

  /// By rule: the names of the providers on whose events it runs.
  public func providers(of program: MatchProgram) -> [Set<String>] {
    var names = [Set<String>](repeating: [], count: rules.count)
    for entry in program.entries { names[entry.position] = Set(entry.providers.map(\.name)) }
    return names
  }

  /// By detection: what is known of the rules that feed it, directly or through other detections.
  public func providers(ofRules known: [Set<String>]) -> [Set<String>] {
    var result = [Set<String>](repeating: [], count: detections.count)
    for (rule, taps) in taps.enumerated() {
      for tap in taps { result[tap.detection].formUnion(known[rule]) }
    }
    for (detection, feeds) in feeds.enumerated() {
      for feed in feeds { result[feed.detection].formUnion(result[detection]) }
    }
    return result
  }

  private static func fingerprint(_ set: RuleSet, _ sections: [String], _ configuration: Configuration) -> SHA256Value {
    guard var digest = Digest() else { return SHA256Value(words: (0, 0, 0, 0)) }
    // The parsed form says all that matters, and nothing of the files' names and places.
    for rule in set.rules { add("\(rule.fingerprintText)\n", to: &digest) }
    for correlation in set.correlations { add("\(correlation.fingerprintText)\n", to: &digest) }
    if !sections.isEmpty { add(configuration.fingerprintText(of: sections), to: &digest) }
    return digest.end()
  }

  private static func add(_ text: String, to digest: inout Digest) {
    Array(text.utf8).withUnsafeBytes { digest.update($0) }
  }
}

extension RuleAttributes {
  fileprivate var fingerprintText: String {
    let level = level?.name ?? ""
    // Its tests say nothing of what it finds.
    let extra = custom.filter { $0.key != "tests" }.map { "\($0.key)=\($0.value.meaningText)" }.joined(separator: ",")
    return "\(label)|\(title)|\(level)|\(tags)|\(extra)"
  }
}

extension Rule {
  fileprivate var fingerprintText: String { "\(attributes.fingerprintText)|\(meaningText)" }

  /// Which events it matches.
  var meaningText: String {
    let source = "\(logsource.category ?? "")/\(logsource.product ?? "")/\(logsource.service ?? "")"
    return "\(source)|\(conditions)|\(raisesAlerts)"
  }
}

extension Correlation {
  fileprivate var fingerprintText: String { "\(attributes.fingerprintText)|\(meaningText)" }

  /// What it makes of the hits of its members.
  var meaningText: String {
    let names = aliases.map { alias in
      alias.name + alias.fields.sorted { $0.key < $1.key }.map { ":\($0.key)=\($0.value)" }.joined()
    }
    var settings = history
    settings?.dates = [:]
    let dates = (history?.dates ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(kind)|\(members)|\(groupBy)|\(names)|\(timespanMilliseconds)|\(condition)"
      + "|\(generate)|\(raisesAlerts)|\(String(describing: settings))|\(dates)"
  }
}

extension Correlation {
  /// Whether its groups are those of callers. Dates of leavers stand under the names of identities.
  func groupsByActor(ofMember number: Int) -> Bool {
    kind != .after && groupFields(ofMember: number).contains { Column(name: $0) == .actor }
  }

  /// The group's fields under the names that they have in a member.
  public func groupFields(ofMember number: Int) -> [String] {
    groupBy.map { name in
      aliases.first { $0.name == name }?.fields[number] ?? name
    }
  }
}

/// What a rule says of its own alerts, in the custom attribute `alert: {group-by: [...], gap: 30m}`.
struct AlertSettings {
  var groupBy: [String]?
  var gap: Int64?

  init(_ rule: Rule) {
    guard let node = rule.attributes.custom("alert") else { return }
    if let list = node["group-by"] { groupBy = (list.sequence ?? [list]).compactMap { $0.scalar?.text } }
    if let text = node["gap"]?.scalar?.text { gap = Timespan.span(text) }
  }
}
