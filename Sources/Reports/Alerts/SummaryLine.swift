import Archive
import Events
import Rules

/// One line of JSON about a run: for whoever watches over sweeps. It has the same keys however a run ends.
public struct SummaryLine {
  // A line stays a line; summary.json and the manifest have all.
  private static let missingMax = 3
  private static let namesMax = 3

  public var files = 0
  public var events = 0
  public var skipped = 0
  public var firstTime = Timestamp.missing
  public var lastTime = Timestamp.missing
  /// Of the alerts that are there now, by level.
  public var levels = [Int](repeating: 0, count: Level.allCases.count)
  /// `new`, `updated` and `withdrawn`.
  public var changes: [String: Int] = [:]
  public var incidents = 0
  public var isComplete = false
  public var rejectedRules = 0
  /// What is missing, as sentences.
  public var missing: [String] = []
  /// Whether somebody ended the run.
  public var isInterrupted = false
  /// Why the run did nothing or could not finish.
  public var error: String?

  public init() {}

  public init(_ content: ReportContent) {
    let summary = content.summary
    for place in 0..<content.alerts.count {
      // Without a state, every alert is new.
      let change = content.alerts.sketch(place).change?.name ?? "new"
      changes[change, default: 0] += 1
      if change != "withdrawn" { levels[content.alerts.level(place).rawValue] += 1 }
    }
    (files, events, skipped) = (summary.fileCount, summary.distinct + summary.duplicates, summary.skipCount)
    (firstTime, lastTime) = (summary.firstTime, summary.lastTime)
    incidents = summary.incidentCount
    isComplete = summary.isComplete
    rejectedRules = summary.rejections.count
    missing = Array(summary.missing { SummaryLine.names($0, content.inputs) }.prefix(SummaryLine.missingMax))
  }

  /// `: logs/a.json, logs/b.json and 3 more`
  private static func names(_ loss: Summary.Loss, _ inputs: [InputFile]) -> String {
    let own = inputs.filter { input in
      switch loss {
      case .files(let status): input.status == status
      case .records(let reasons): input.skips.contains { reasons.contains($0.name) }
      }
    }
    guard !own.isEmpty else { return "" }
    let names = own.prefix(namesMax).map { String(decoding: $0.path, as: UTF8.self) }.joined(separator: ", ")
    return ": \(names)" + (own.count > namesMax ? " and \(own.count - namesMax) more" : "")
  }

  public var bytes: [UInt8] {
    var json = JSONText()
    json.begin()
    json.member("files", files)
    json.member("events", events)
    json.member("skipped", skipped)
    for (name, time) in [("first_time", firstTime), ("last_time", lastTime)] {
      json.key(named: name)
      if time == Timestamp.missing { json.null() } else { json.text(Timestamp.string(time)) }
    }
    json.member("alerts", levels.reduce(0, +))
    for level in Level.allCases.reversed() { json.member(named: level.name, levels[level.rawValue]) }
    for name in ["new", "updated", "withdrawn"] { json.member(named: name, changes[name] ?? 0) }
    json.member("incidents", incidents)
    json.member("complete", isComplete)
    json.member("rejected_rules", rejectedRules)
    json.member("missing", list: missing.map { Array($0.utf8) })
    json.member("interrupted", isInterrupted)
    json.member("error", orNull: error.map { Array($0.utf8) })
    json.end()
    json.line()
    return json.bytes
  }
}
