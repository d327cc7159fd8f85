import Archive
import Correlation
import Events
import Rules

/// `summary.json`: what was read, what was found, and what could not be told.
public enum SummaryJSON {
  public static func text(_ findings: Findings, _ ledger: SummaryLedger) -> [UInt8] {
    var json = JSONText()
    json.begin()
    read(findings, ledger, &json)
    for dimension in Dimension.allCases { counts(dimension, findings, &json) }
    alerts(findings, &json)
    SuppressionSummary.write(findings, &json)
    detections(findings, ledger, &json)
    json.member("complete", ledger.isComplete)
    json.end()
    json.line()
    return json.bytes
  }

  private static func read(_ findings: Findings, _ ledger: SummaryLedger, _ json: inout JSONText) {
    let reduction = findings.reduction
    json.member("events", reduction.distinct + reduction.duplicates)
    json.member("distinct", reduction.distinct)
    json.member("duplicates", reduction.duplicates)
    json.member("id_conflicts", reduction.conflicts)
    json.key("skipped")
    json.begin()
    for (reason, count) in ledger.skips where count > 0 { json.member(reason.name, count) }
    json.end()
    json.key("files")
    json.begin()
    for (status, count) in ledger.files where count > 0 { json.member(status.name, count) }
    json.end()
    json.member("bytes", Int(clamping: ledger.bytes))
    for (name, time) in [("first_time", reduction.times.first), ("last_time", reduction.times.last)] {
      json.key(name)
      if reduction.times == EventTimes() { json.word("null") } else { json.text(Timestamp.string(time)) }
    }
    json.member("issues", list: reduction.issues.map { Array($0.words.utf8) })
  }

  private static func counts(_ dimension: Dimension, _ findings: Findings, _ json: inout JSONText) {
    json.key(dimension.plural)
    json.begin()
    for (text, count) in findings.reduction.counts.values[dimension.rawValue] {
      json.key(text)
      json.word(count)
    }
    json.end()
  }

  private static func alerts(_ findings: Findings, _ json: inout JSONText) {
    var byLevel: [Level: Int] = [:]
    var byRule: [Int: Int] = [:]
    for episode in findings.reduction.episodes {
      byLevel[findings.plan.detections[episode.detection].attributes.level ?? .medium, default: 0] += 1
      byRule[episode.detection, default: 0] += 1
    }
    json.key("alerts")
    json.begin()
    levels(byLevel, &json)
    json.key("by_rule")
    json.begin()
    let labels = byRule.map { (findings.plan.detections[$0.key].attributes.label, $0.value) }.sorted { $0.0 < $1.0 }
    for (label, count) in labels {
      json.key(Array(label.utf8))
      json.word(count)
    }
    json.end()
    json.end()
    json.key("incidents")
    json.begin()
    var incidents: [Level: Int] = [:]
    for incident in findings.incidents.all { incidents[incident.level, default: 0] += 1 }
    levels(incidents, &json)
    json.end()
  }

  private static func levels(_ counts: [Level: Int], _ json: inout JSONText) {
    json.member("total", counts.values.reduce(0, +))
    for level in Level.allCases.reversed() { json.member(level.name, counts[level] ?? 0) }
  }

  private static func detections(_ findings: Findings, _ ledger: SummaryLedger, _ json: inout JSONText) {
    json.key("detections")
    json.begin(UInt8(ascii: "["))
    let order = findings.plan.detections.indices.sorted {
      findings.plan.detections[$0].attributes.label < findings.plan.detections[$1].attributes.label
    }
    for place in order {
      let detection = findings.plan.detections[place]
      let status = ledger.status(of: place, findings)
      json.begin()
      json.member("rule_id", detection.attributes.label)
      json.member("title", detection.attributes.title)
      json.member("kind", detection.kindName)
      json.member("evaluated", status == nil)
      if let status { json.member("reason", status) }
      counters(findings.reduction.counters[place], &json)
      json.end()
    }
    for finding in ledger.idle {
      json.begin()
      json.member("rule_id", finding.rule)
      json.member("evaluated", false)
      json.member("reason", finding.message)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private static func counters(_ counters: DetectionCounters, _ json: inout JSONText) {
    json.member("hits", counters.hits)
    if counters.groups > 0 { json.member("groups", counters.groups) }
    for reason in LeftOut.allCases where reason.count(counters) > 0 {
      json.member(reason.rawValue, reason.count(counters))
    }
    if let until = counters.learningUntil { json.member("learning_until", Timestamp.string(until)) }
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
