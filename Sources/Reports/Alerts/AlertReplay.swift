import Correlation
import Events
import Rules

/// How an alert came about, event by event: which rule each one matched, where the condition held, what it was compared
/// with, and the same for the alerts that it is made of.
public struct AlertReplay {
  // As deep as correlations may refer to each other.
  private static let depthMax = 10

  private let findings: Findings
  private let links: [Hash128: Episode]
  private var lines: [[UInt8]] = []

  /// - Parameter findings: of a reduction that kept the evidence of the alert.
  public static func bytes(_ findings: Findings, _ place: Int) -> [UInt8] {
    var replay = AlertReplay(findings)
    replay.say("Replay", 0)
    replay.tell(findings.reduction.episodes[place], depth: 1)
    var out: [UInt8] = []
    for line in replay.lines {
      line.withUnsafeBytes { Escape.terminal($0, to: &out) }
      out.append(0x0A)
    }
    out.append(0x0A)
    return out
  }

  private init(_ findings: Findings) {
    self.findings = findings
    links = Dictionary(findings.reduction.links.map { ($0.id, $0) }) { first, _ in first }
  }

  private mutating func say(_ text: String, _ depth: Int) { say(Array(text.utf8), depth) }

  private mutating func say(_ text: [UInt8], _ depth: Int) {
    lines.append([UInt8](repeating: 0x20, count: depth * 2) + text)
  }

  private mutating func tell(_ episode: Episode, depth: Int) {
    guard let evidence = episode.evidence else { return }
    let detection = findings.plan.detections[episode.detection]
    for event in evidence.events { say(line(event, evidence, detection), depth) }
    let rest = episode.count - evidence.events.count
    if rest > 0 { say("and \(Amount.of(rest, "more event"))", depth) }
    compare(episode.note, depth)
    guard depth < AlertReplay.depthMax else { return }
    for id in episode.links {
      guard let link = links[id] else { continue }
      let title = findings.plan.detections[link.detection].attributes.title
      say("from the alert \(id.hex) of '\(title)', raised at \(AlertReplay.time(link.time))", depth)
      tell(link, depth: depth + 1)
    }
  }

  private func line(_ event: Evidence.Event, _ evidence: Evidence, _ detection: Detection) -> [UInt8] {
    var words = Words()
    words.say("\(AlertReplay.time(event.reference.time))  ")
    words.say(event.action == 0 ? Array("-".utf8) : findings.text(event.action, "action"))
    if event.outcome != 0 {
      words.say(" (")
      words.say(findings.text(event.outcome, "outcome"))
      words.say(")")
    }
    if event.actor != 0 {
      words.say(" by ")
      words.say(findings.text(event.actor, "actor"))
    }
    let id = findings.id(of: event.reference)
    words.say("  \(id.isEmpty ? "record \(event.reference.record)" : "event ")")
    words.say(id)
    let titles = detection.memberTitles.indices.filter { $0 < 32 && event.reference.members >> UInt32($0) & 1 == 1 }
    if !titles.isEmpty {
      words.say(": matched ")
      words.titles(titles.map { detection.memberTitles[$0] })
    }
    if event.value != 0 {
      words.say(", value ")
      words.say(findings.text(event.value, ""))
    }
    if case .correlation = detection.kind, evidence.isTrigger(event.reference) {
      words.say("  <- here the condition held")
    }
    return words.bytes
  }

  /// The history that a finding was compared with.
  private mutating func compare(_ note: Note, _ depth: Int) {
    var words = Words()
    switch note {
    case .newValue(_, let usual, let distinct, let peers, let known):
      words.say("compared with the records since \(AlertReplay.time(known)): \(Amount.of(distinct, "value"))")
      if !usual.isEmpty {
        words.say(", most often ")
        words.list(usual.map { findings.text($0, "") })
      }
      words.say("; \(Amount.of(peers, "other")) with the new one")
    case .newKey(_, let known):
      words.say("compared with the records since \(AlertReplay.time(known)): none of this group")
    case .rare(_, let having, let peers):
      words.say("compared with \(Amount.of(peers, "other")), \(having) with the value")
    case .silence(_, _, let longest, let since):
      words.say("compared with the silences since \(AlertReplay.time(since)): \(SpanWords.elapsed(longest)) at most")
    default: return
    }
    say(words.bytes, depth)
  }

  private static func time(_ time: Int64) -> String {
    time == Timestamp.missing ? "no time" : Timestamp.string(time)
  }
}
