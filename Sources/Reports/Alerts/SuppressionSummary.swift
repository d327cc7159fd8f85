import Configuration
import Correlation
import Events
import Rules

/// What became of one suppression, as a value.
public struct SuppressionLine: Sendable {
  public var rule: String
  /// Of the rule that is meant; nil if a pattern says which.
  public var title: String?
  public var actor: [UInt8]?
  public var account: [UInt8]?
  public var person: [UInt8]?
  public var networks: [String]
  public var reason: String
  public var until: Int64
  /// Of the configuration's file.
  public var line: Int
  public var hasEnded: Bool
  public var alerts: Int
  public var byRule: [Summary.Named]
  /// The same under the titles of the rules, for people.
  public var byTitle: [Summary.Named]
  /// Of the first alerts that it hides.
  public var ids: [String]
  /// Alerts that it would hide if it had not ended.
  public var shownAgain: Int

  static func all(_ findings: Findings) -> [SuppressionLine] {
    zip(findings.configuration.suppressions, findings.reduction.suppressions).map { suppression, count in
      SuppressionLine(
        rule: suppression.rule, title: title(of: suppression.rule, findings),
        actor: suppression.actor.map { Array($0.text.utf8) },
        account: suppression.actor?.account.map { Array($0.utf8) },
        person: suppression.person.isEmpty ? nil : Array(suppression.person.utf8),
        networks: (suppression.networks?.entries ?? []).map(\.text), reason: suppression.reason,
        until: suppression.until, line: suppression.origin.line, hasEnded: count.hasEnded, alerts: count.total,
        byRule: named(count.alerts, findings), byTitle: named(count.alerts, findings, \.title),
        ids: count.ids.map(\.hex), shownAgain: count.shownAgain)
    }
  }

  static func byRule(_ findings: Findings) -> [Summary.Named] {
    var counts: [Int: Int] = [:]
    let suppressed = findings.reduction.suppressed
    for place in suppressed.indices { counts[suppressed.detection(place), default: 0] += 1 }
    return named(counts, findings)
  }

  private static func named(
    _ counts: [Int: Int], _ findings: Findings, _ name: (RuleAttributes) -> String = \.label
  ) -> [Summary.Named] {
    counts.map { (name(findings.plan.detections[$0.key].attributes), $0.value) }.sorted { $0.0 < $1.0 }
  }

  private static func title(of rule: String, _ findings: Findings) -> String? {
    findings.plan.detections.first { $0.attributes.names.contains(rule) }?.attributes.title
  }
}

/// What a summary says of suppressions: nothing that is left out is left out in silence.
enum SuppressionSummary {
  static func write(_ summary: Summary, _ json: inout JSONText) {
    json.key("suppressed")
    json.begin()
    json.member("total", summary.suppressed)
    rules(summary.suppressedByRule, &json)
    json.end()
    json.key("suppressions")
    json.begin(UInt8(ascii: "["))
    for line in summary.suppressions {
      json.begin()
      describe(line, &json)
      json.member("ended", line.hasEnded)
      json.member("alerts", line.alerts)
      rules(line.byRule, &json)
      json.member("ids", list: line.ids.map { Array($0.utf8) })
      json.member("shown_again", line.shownAgain)
      json.end()
    }
    json.end(UInt8(ascii: "]"))
  }

  private static func describe(_ line: SuppressionLine, _ json: inout JSONText) {
    json.member("rule", line.rule)
    json.member("title", orNull: line.title.map { Array($0.utf8) })
    json.member("actor", orNull: line.actor)
    json.member("account", orNull: line.account)
    json.member("person", orNull: line.person)
    json.member("networks", list: line.networks.map { Array($0.utf8) })
    json.member("reason", line.reason)
    json.member("until", Timestamp.string(line.until))
    json.member("line", line.line)
  }

  private static func rules(_ counts: [Summary.Named], _ json: inout JSONText) {
    json.key("by_rule")
    json.begin()
    for (label, count) in counts {
      json.key(Array(label.utf8))
      json.word(count)
    }
    json.end()
  }

  // MARK: For people

  /// `2 alerts suppressed: Many denied calls until 2026-06-30 (the agent probes)`; empty if there is nothing to say.
  static func lines(_ summary: Summary, _ language: Language = .english) -> [String] {
    let isChinese = language == .chinese
    var lines: [String] = []
    for line in summary.suppressions where line.alerts > 0 {
      let count = isChinese ? "\(line.alerts) 条告警被抑制：" : "\(Amount.of(line.alerts, "alert")) suppressed: "
      lines.append("  \(count)\(words(line, language))")
    }
    for line in summary.suppressions where line.hasEnded {
      let count = isChinese ? "；重新显示 \(line.shownAgain) 条告警" : "; \(Amount.of(line.shownAgain, "alert")) shown again"
      let again = line.shownAgain == 0 ? "" : count
      lines.append("  \(isChinese ? "抑制已到期：" : "suppression has ended: ")\(words(line, language))\(again)")
    }
    return lines
  }

  private static func words(_ line: SuppressionLine, _ language: Language) -> String {
    let titles = PageWords.titles(language)
    // Of a pattern it is told what it hides.
    let hidden = line.byTitle.map { "\(titles[$0.0] ?? $0.0) \(Amount.grouped(UInt64($0.1)))" }.joined(separator: ", ")
    let pattern = hidden.isEmpty ? line.rule : "\(line.rule) (\(hidden))"
    let rule = line.title.map { titles[$0] ?? $0 } ?? pattern
    let until = Timestamp.string(line.until)
    return language == .english
      ? "\(rule) until \(until) (\(line.reason))" : "\(rule)，至 \(until) 为止（\(line.reason)）"
  }
}
