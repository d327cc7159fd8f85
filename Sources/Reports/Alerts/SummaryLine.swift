import Events
import Rules

/// One line of JSON about a run: for whoever watches over sweeps.
public enum SummaryLine {
  // A line stays a line; summary.json has all.
  private static let missingMax = 3

  public static func text(_ content: ReportContent) -> [UInt8] {
    let summary = content.summary
    var levels = [Int](repeating: 0, count: Level.allCases.count)
    var changes: [String: Int] = [:]
    for place in 0..<content.alerts.count {
      let change = content.alerts.sketch(place).change?.name
      if let change { changes[change, default: 0] += 1 }
      if change != "withdrawn" { levels[content.alerts.level(place).rawValue] += 1 }
    }
    var json = JSONText()
    json.begin()
    json.member("files", summary.fileCount)
    json.member("events", summary.distinct + summary.duplicates)
    json.member("skipped", summary.skipCount)
    for (name, time) in [("first_time", summary.firstTime), ("last_time", summary.lastTime)] {
      json.key(named: name)
      if time == Timestamp.missing { json.word("null") } else { json.text(Timestamp.string(time)) }
    }
    json.member("alerts", levels.reduce(0, +))
    for level in Level.allCases.reversed() { json.member(named: level.name, levels[level.rawValue]) }
    if summary.known != nil {
      for name in ["new", "updated", "withdrawn"] { json.member(named: name, changes[name] ?? 0) }
    }
    json.member("incidents", summary.incidentCount)
    json.member("complete", summary.isComplete)
    if !summary.isComplete {
      json.member("rejected_rules", summary.rejections.count)
      json.member("missing", list: summary.missing.prefix(missingMax).map { Array($0.utf8) })
    }
    json.end()
    json.line()
    return json.bytes
  }

  /// Of a run that somebody ended.
  public static func interrupted(files: Int, events: Int) -> [UInt8] {
    var json = JSONText()
    json.begin()
    json.member("files", files)
    json.member("events", events)
    json.member("interrupted", true)
    json.member("complete", false)
    json.end()
    json.line()
    return json.bytes
  }
}
