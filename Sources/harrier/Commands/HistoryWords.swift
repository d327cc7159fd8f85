import Correlation
import Reports
import Rules

/// What Harrier's own correlation types look for, in words.
enum HistoryWords {
  static func of(_ settings: HistorySettings, _ kind: CorrelationKind) -> [String] {
    let field = settings.field ?? ""
    let learning = "once \(SpanWords.of(settings.learning)) of history are known"
    switch kind {
    case .firstSeen:
      let peers = settings.unlessPeers.map { ["unless \($0) or more others have used it"] } ?? []
      return ["the group has a value of \(field) that it did not have within that time", learning] + peers
    case .rare:
      let few = "fewer than \(Amount.of(settings.fewerThan, "other")) have the value of \(field)"
      return [few, "of at least \(Amount.of(settings.peersMin, "other"))", learning]
    case .rate:
      let what = settings.measure == .share ? "the first rule's share of the second's events" : "the number of events"
      return [
        "\(what) is \(settings.ratio) times the usual", "and at least \(Amount.of(settings.floor, "event"))", learning,
      ]
    case .travel: return travel(settings, field)
    case .dormant: return ["it acts after that long in silence"]
    case .neverUsed: return ["what the first rule gives, the second does not see used\(byValue(settings))"]
    case .overlap: return ["two values of \(field) are in use at one time"]
    case .overstay: return ["what the first rule starts, the second does not end"]
    case .outsideHours:
      return [settings.hours.map { "it acts outside \(HoursWords.of($0))" } ?? "it acts outside working hours"]
    case .after:
      return [
        "it acts after its date; \(settings.dates.count == 1 ? "1 date is" : "\(settings.dates.count) dates are") listed"
      ]
    case .sameActor: return ["both rules have the same value of \(field)"]
    case .unmatched: return ["the first rule matches and the second does not follow"]
    case .unexpected where settings.check?.looksAtEvents == false:
      return [
        "the configuration names it, and no event of it was ever read",
        "once the records reach over \(SpanWords.of(AccountSilence.span))",
      ]
    case .unexpected: return ["it is not as the configuration says (\(settings.check?.rawValue ?? ""))"]
    case .interval:
      return [
        "what the first rule begins lasts longer than that, or has not been ended by the second\(byValue(settings))"
      ]
    case .gap: return ["events that used to come stop coming", learning]
    default: return []
    }
  }

  private static func byValue(_ settings: HistorySettings) -> String {
    settings.field.map { ", each value of \($0) by itself; a third rule is an answer to all values" } ?? ""
  }

  private static func travel(_ settings: HistorySettings, _ field: String) -> [String] {
    var lines = [
      "the places of two values of \(field) are farther apart than \(settings.speed) km/h allow",
      "or, where places are not known, there are \(settings.networks) networks within \(SpanWords.of(settings.within))",
    ]
    if !settings.exclude.isEmpty {
      lines.append("not counting \(settings.exclude.map(\.description).joined(separator: ", "))")
    }
    return lines
  }
}
