import Archive
import Correlation
import Events
import Rules

/// `summary.json`: what was read, what was found, and what could not be told.
public enum SummaryJSON {
  // Beside a list of all alerts, which has every one.
  private static let addressesMax = 1000

  /// Without the addresses that alerts came from.
  public static func text(_ summary: Summary) -> [UInt8] { text(summary, AddressTally()) }

  static func text(_ summary: Summary, _ addresses: AddressTally) -> [UInt8] {
    var json = JSONText()
    json.begin()
    read(summary, &json)
    for dimension in Dimension.allCases {
      json.key(named: dimension.plural)
      counts(summary.counts(dimension), &json)
    }
    json.key("denied_actions")
    counts(summary.denied, &json)
    json.key("addresses")
    list(addresses.top(addressesMax, known: summary.addressesSince), &json)
    alerts(summary, &json)
    SuppressionSummary.write(summary, &json)
    coverage(summary, &json)
    detections(summary, &json)
    json.member("complete", summary.isComplete)
    json.end()
    json.line()
    return json.bytes
  }

  private static func read(_ summary: Summary, _ json: inout JSONText) {
    json.member("events", summary.eventsRead + summary.duplicates)
    json.member("distinct", summary.distinct)
    json.member("duplicates", summary.duplicates)
    json.member("id_conflicts", summary.conflicts)
    if let known = summary.known {
      json.member("already_seen", known.alreadySeen)
      json.member("too_late", known.tooLate)
      json.key("known_files")
      json.begin()
      json.member("unchanged", known.unchangedFiles)
      json.member("moved", known.movedFiles)
      json.member("grown", known.grownFiles)
      json.member("replaced", known.replacedFiles)
      json.end()
    }
    for (name, list) in [("skipped", summary.skips), ("files", summary.files)] {
      json.key(named: name)
      json.begin()
      for (name, count) in list { json.member(named: name, count) }
      json.end()
    }
    json.member("bytes", Int(clamping: summary.bytes))
    for (name, time) in [("first_time", summary.firstTime), ("last_time", summary.lastTime)] {
      json.key(named: name)
      if time == Timestamp.missing { json.word("null") } else { json.text(Timestamp.string(time)) }
    }
    json.member("issues", list: summary.issues.map { Array($0.utf8) })
    if !summary.rejections.isEmpty { json.member("rejected_rules", list: summary.rejections.map { Array($0.utf8) }) }
    if !summary.leftOut.isEmpty { json.member("left_out", list: summary.leftOut.map { Array($0.utf8) }) }
  }

  private static func counts(_ counts: [Summary.Counted], _ json: inout JSONText) {
    json.begin()
    for (text, count) in counts {
      json.key(text)
      json.word(count)
    }
    json.end()
  }

  /// Where alerts came from, most alerts first.
  private static func list(_ addresses: [AddressLine], _ json: inout JSONText) {
    json.begin(UInt8(ascii: "["))
    for line in addresses {
      json.begin()
      json.key("address")
      json.text(line.text)
      json.member("alerts", line.alerts)
      if let country = line.origin?.country { json.member("country", country) }
      if let network = line.origin?.network { json.member("asn", Int(network)) }
      json.key("first_time")
      if line.firstTime == Timestamp.missing { json.word("null") } else { json.text(Timestamp.string(line.firstTime)) }
      if !line.newTo.isEmpty { json.member("new_to", list: line.newTo) }
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private static func alerts(_ summary: Summary, _ json: inout JSONText) {
    json.key("alerts")
    json.begin()
    levels(summary.alerts, &json)
    json.key("by_rule")
    json.begin()
    for (label, count) in summary.alertsByRule {
      json.key(Array(label.utf8))
      json.word(count)
    }
    json.end()
    json.end()
    json.key("incidents")
    json.begin()
    levels(summary.incidents, &json)
    json.end()
  }

  private static func levels(_ counts: [Int], _ json: inout JSONText) {
    json.member("total", counts.reduce(0, +))
    for level in Level.allCases.reversed() { json.member(named: level.name, counts[level.rawValue]) }
  }

  /// Where events came from, and on which days they did not.
  private static func coverage(_ summary: Summary, _ json: inout JSONText) {
    json.key("coverage")
    json.begin(UInt8(ascii: "["))
    let coverage = Coverage(summary)
    for row in coverage.rows {
      json.begin()
      json.member("provider", orNull: row.site.provider)
      json.member("account", orNull: row.site.account)
      json.member("region", orNull: row.site.region)
      json.member("events", row.events)
      json.member("first_day", Coverage.name(day: row.firstDay))
      json.member("last_day", Coverage.name(day: row.lastDay))
      json.member("days", row.days.count { $0 > 0 })
      json.key("events_by_day")
      json.begin(UInt8(ascii: "["))
      for count in row.shownDays { json.word(count) }
      json.end(UInt8(ascii: "]"))
      json.member("silent_days", list: row.gaps.map { Array($0.utf8) })
      json.end()
    }
    json.end(UInt8(ascii: "]"))
    json.member("events_before_coverage", coverage.earlierEvents)
    json.member("events_after_coverage", coverage.laterEvents)
    json.key("accounts_without_events")
    json.begin(UInt8(ascii: "["))
    for account in summary.silentAccounts { json.text(account.id) }
    json.end(UInt8(ascii: "]"))
  }

  static func detections(_ summary: Summary, _ json: inout JSONText) {
    json.key("detections")
    json.begin(UInt8(ascii: "["))
    for line in summary.detections {
      json.begin()
      json.member("rule_id", line.ruleID)
      if let title = line.title { json.member("title", title) }
      if let kind = line.kind { json.member("kind", kind) }
      json.member("evaluated", line.reason == nil)
      if let reason = line.reason { json.member("reason", reason) }
      if let limited = line.limited { json.member("limited", limited) }
      gaps(line.gaps, &json)
      for (name, count) in line.counters { json.member(named: name, count) }
      if let until = line.learningUntil { json.member("learning_until", Timestamp.string(until)) }
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  /// Accounts of each provider in which a detection had nothing to look at.
  private static func gaps(_ gaps: [Evaluability.Gap], _ json: inout JSONText) {
    guard !gaps.isEmpty else { return }
    json.key("not_evaluable")
    json.begin(UInt8(ascii: "["))
    for gap in gaps {
      json.begin()
      json.member("provider", gap.provider)
      json.member("reason", gap.reason)
      json.member("accounts", list: gap.accounts)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }
}

extension Dimension {
  var plural: String {
    switch self {
    case .provider: "providers"
    case .account: "accounts"
    case .region: "regions"
    case .actor: "actors"
    case .action: "actions"
    case .outcome: "outcomes"
    }
  }
}
