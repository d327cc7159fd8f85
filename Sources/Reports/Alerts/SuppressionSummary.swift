import Configuration
import Correlation
import Events
import Rules

/// What a summary says of suppressions: nothing that is left out is left out in silence.
enum SuppressionSummary {
  static func write(_ findings: Findings, _ json: inout JSONText) {
    let reduction = findings.reduction
    var byRule: [Int: Int] = [:]
    for episode in reduction.suppressed { byRule[episode.detection, default: 0] += 1 }
    json.key("suppressed")
    json.begin()
    json.member("total", reduction.suppressed.count)
    json.key("by_rule")
    rules(byRule, findings, &json)
    json.end()
    json.key("suppressions")
    json.begin(UInt8(ascii: "["))
    for (suppression, count) in zip(findings.configuration.suppressions, reduction.suppressions) {
      json.begin()
      describe(suppression, &json)
      json.member("ended", count.hasEnded)
      json.member("alerts", count.total)
      json.key("by_rule")
      rules(count.alerts, findings, &json)
      json.member("ids", list: count.ids.map { Array($0.hex.utf8) })
      json.member("shown_again", count.shownAgain)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private static func describe(_ suppression: Suppression, _ json: inout JSONText) {
    json.member("rule", suppression.rule)
    json.member("actor", orNull: suppression.actor.map { Array($0.text.utf8) })
    json.member("account", orNull: suppression.actor?.account.map { Array($0.utf8) })
    json.member("person", orNull: suppression.person.isEmpty ? nil : Array(suppression.person.utf8))
    json.member("networks", list: (suppression.networks?.entries ?? []).map { Array($0.text.utf8) })
    json.member("reason", suppression.reason)
    json.member("until", Timestamp.string(suppression.until))
    json.member("line", suppression.origin.line)
  }

  private static func rules(_ counts: [Int: Int], _ findings: Findings, _ json: inout JSONText) {
    json.begin()
    let labels = counts.map { (findings.plan.detections[$0.key].attributes.label, $0.value) }.sorted { $0.0 < $1.0 }
    for (label, count) in labels {
      json.key(Array(label.utf8))
      json.word(count)
    }
    json.end()
  }

  // MARK: For people

  /// `2 alerts are suppressed: many-denied-calls until 2026-06-30 (the agent probes)`; empty if there is nothing to say.
  static func lines(_ findings: Findings) -> [String] {
    var lines: [String] = []
    let pairs = zip(findings.configuration.suppressions, findings.reduction.suppressions)
    for (suppression, count) in pairs where count.total > 0 {
      lines.append("  \(alerts(count.total)) suppressed: \(words(suppression))")
    }
    for (suppression, count) in pairs where count.hasEnded {
      let again = count.shownAgain == 0 ? "" : "; \(alerts(count.shownAgain)) shown again"
      lines.append("  suppression has ended: \(words(suppression))\(again)")
    }
    return lines
  }

  private static func alerts(_ count: Int) -> String {
    "\(Amount.grouped(UInt64(count))) \(count == 1 ? "alert" : "alerts")"
  }

  private static func words(_ suppression: Suppression) -> String {
    "\(suppression.rule) until \(Timestamp.string(suppression.until)) (\(suppression.reason))"
  }
}
