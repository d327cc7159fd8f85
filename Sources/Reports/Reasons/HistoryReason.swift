import Configuration
import Correlation
import Events
import Rules

/// The facts of the reasons of Harrier's own types: what is usual for the group, and what happened now.
struct HistoryReason {
  // What a sentence names; how many there are is told beside it.
  private static let valuesMax = 5

  private let alert: AlertView
  private let correlation: Correlation
  private let settings: HistorySettings
  private var members: [String] { alert.detection.memberTitles }

  init(_ alert: AlertView, _ correlation: Correlation) {
    self.alert = alert
    self.correlation = correlation
    settings = correlation.history ?? HistorySettings()
  }

  private func value(_ id: UInt32) -> [UInt8] { alert.shown(id, under: settings.field ?? "") }

  private func reason(_ kind: Reason.Kind, hasField: Bool = false, _ add: (inout [Fact]) -> Void) -> Reason {
    var facts: [Fact] = []
    facts.reserveCapacity(8)
    facts.add(.timespan, correlation.timespanMilliseconds)
    if hasField { facts.add(.field, settings.field ?? "value") }
    add(&facts)
    return Reason(kind, facts)
  }

  var reason: Reason? {
    switch alert.episode.note {
    case .newValue, .newKey, .rare: newness
    case .rate, .share: rate
    case .networks, .travel: places
    case .overlap, .sameActor, .interval: values
    case .quiet, .unanswered, .overstay, .silence: silence
    case .after, .outsideHours: dates
    case .none, .held, .matched, .absent, .unexpected: nil
    }
  }

  private var newness: Reason? {
    switch alert.episode.note {
    case .newValue(let new, let usual, let distinct, let peers, let known):
      reason(.newValue, hasField: true) { facts in
        facts.add(.value, .text(value(new)))
        facts.add(.usual, .texts(usual.map(value)))
        facts.add(.distinct, distinct)
        facts.add(.peers, peers)
        facts.add(.knownSince, known)
      }
    case .newKey(let values, let known):
      reason(.newKey, hasField: true) { facts in
        facts.add(.values, .texts(values.prefix(HistoryReason.valuesMax).map(value)))
        facts.add(.distinct, values.count)
        facts.add(.knownSince, known)
      }
    case .rare(let new, let having, let peers):
      reason(.rare, hasField: true) { facts in
        facts.add(.value, .text(value(new)))
        facts.add(.having, having)
        facts.add(.peers, peers)
        facts.add(.fewerThan, settings.fewerThan)
      }
    default: nil
    }
  }

  private var rate: Reason? {
    let ratio = Ratio(settings.ratio)
    switch alert.episode.note {
    case .rate(let count, let median, let deviation, let buckets, let usual, let bucket):
      return reason(.rate) { facts in
        facts.add(.count, count)
        facts.add(.median, median)
        facts.add(.deviation, deviation)
        facts.add(.threshold, max(settings.floor, ratio.times(max(1, median + deviation))))
        period(buckets, usual, bucket, &facts)
      }
    case .share(let part, let whole, let median, let deviation, let buckets, let usual, let bucket):
      let threshold = min(ratio.times(max(ShareLimits.usualMin, median + deviation)), ShareLimits.whole)
      return reason(.share) { facts in
        facts.add(.part, part)
        facts.add(.whole, whole)
        facts.add(.share, whole == 0 ? 0 : part * ShareLimits.whole / whole)
        facts.add(.medianShare, median)
        facts.add(.deviationShare, deviation)
        facts.add(.thresholdShare, threshold)
        period(buckets, usual, bucket, &facts)
      }
    default: return nil
    }
  }

  private func period(_ buckets: Int, _ usual: Note.Usual, _ bucket: Int64, _ facts: inout [Fact]) {
    facts.add(.buckets, buckets)
    facts.add(.usualOf, usual.rawValue)
    facts.add(.from, bucket)
    facts.add(.ratio, Decimal(settings.ratio)?.description ?? "\(settings.ratio)")
    facts.add(.floor, settings.floor)
  }

  private var places: Reason? {
    switch alert.episode.note {
    case .networks(let networks, let count):
      reason(.networks) { facts in
        facts.add(.networks, .texts(networks.map(value)))
        facts.add(.count, count)
        facts.add(.within, settings.within)
        facts.add(.atLeast, settings.networks)
      }
    case .travel(let from, let fromPlace, let to, let toPlace, let kilometres, let since):
      reason(.travel) { facts in
        let texts: [(Fact.Name, UInt32)] = [
          (.fromIP, from), (.fromPlace, fromPlace), (.toIP, to), (.toPlace, toPlace),
        ]
        for (name, id) in texts { facts.add(name, .text(value(id))) }
        facts.add(.kilometres, kilometres)
        facts.add(.since, since)
        facts.add(.speedMax, settings.speed)
      }
    default: nil
    }
  }

  private var values: Reason? {
    switch alert.episode.note {
    case .overlap(let one, let other, let first, let between):
      reason(.overlap, hasField: true) { facts in
        facts.add(.value, .text(value(one)))
        facts.add(.other, .text(value(other)))
        facts.add(.firstAt, first)
        facts.add(.otherAt, between)
      }
    case .sameActor(let one, let other, let event):
      reason(.sameActor, hasField: true) { facts in
        facts.add(.value, .text(value(one)))
        facts.add(.rules, members)
        facts.add(.otherAt, other)
        if event != 0 { facts.add(.event, value(event)) }
      }
    case .interval(let one, let since, let until, let begun, let ended):
      reason(.interval, hasField: one != 0) { facts in
        if one != 0 { facts.add(.value, .text(value(one))) }
        facts.add(.since, since)
        if let until { facts.add(.until, until) }
        facts.add(.begun, .facts(deed(begun)))
        if let ended { facts.add(.ended, .facts(deed(ended))) }
      }
    default: nil
    }
  }

  private func deed(_ deed: Deed) -> [Fact] {
    var facts: [Fact] = []
    let ids: [(Fact.Name, UInt32)] = [
      (.event, deed.event), (.actor, deed.actor), (.actorIssuer, deed.issuer), (.person, deed.person),
    ]
    for (name, id) in ids where id != 0 { facts.add(name, value(id)) }
    return facts
  }

  private var silence: Reason? {
    switch alert.episode.note {
    case .quiet(let since): reason(.quiet) { $0.add(.since, since) }
    case .unanswered(let since, let values):
      answer(correlation.kind == .unmatched ? .unmatched : .unanswered, since, values)
    case .overstay(let since) where members.count == 2: answer(.unanswered, since, [])
    case .overstay(let since):
      reason(members.count == 1 ? .overstay : .notEnded) { facts in
        facts.add(.since, since)
        if members.count == 1 {
          facts.add(.rules, members)
        } else {
          facts.add(.answer, Array(members[1...1]))
          facts.add(.still, Array(members[2...2]))
        }
      }
    case .silence(let from, let until, let longest, let since):
      reason(.silence) { facts in
        facts.add(.rules, members)
        facts.add(.from, from)
        if let until { facts.add(.until, until) }
        facts.add(.longest, longest)
        facts.add(.since, since)
      }
    default: nil
    }
  }

  /// - Parameter values: those that the answer had to have, if any would not do.
  private func answer(_ kind: Reason.Kind, _ since: Int64, _ values: [UInt32]) -> Reason {
    reason(kind, hasField: !values.isEmpty) { facts in
      facts.add(.since, since)
      facts.add(.answer, Array(members.dropFirst().prefix(1)))
      if members.count > 2 { facts.add(.nor, Array(members[2...2])) }
      if !values.isEmpty { facts.add(.values, .texts(values.map(value))) }
    }
  }

  private var dates: Reason? {
    switch alert.episode.note {
    case .after(let date): return reason(.after) { $0.add(.date, date) }
    case .outsideHours(let time):
      guard let hours = settings.hours else { return nil }
      let local = HoursWords.local(time, hours)
      return reason(.outsideHours) { facts in
        facts.add(.at, time)
        facts.add(.localClock, local.clock)
        facts.add(.weekday, local.weekday)
        facts.add(.days, HoursWords.days(hours))
        facts.add(.start, HoursWords.clock(hours.startMinute))
        facts.add(.end, HoursWords.clock(hours.endMinute))
        facts.add(.zone, HoursWords.zone(hours.offsetSeconds))
      }
    default: return nil
    }
  }

  func violation(_ kind: Violation.Kind, _ texts: [UInt32]) -> Reason {
    var facts: [Fact] = []
    facts.add(.check, "\(kind)")
    for (part, id) in zip(kind.parts, texts) {
      guard let name = Fact.Name(rawValue: part.rawValue) else { continue }
      let text = alert.shown(id)
      switch name.form {
      case .time: facts.add(name, Alert.time(.text(text)))
      case .texts, .weekdays: facts.add(name, .texts(text.split(separator: 0x0A).map(Array.init)))
      default: facts.add(name, text)
      }
    }
    return Reason(.unexpected, facts)
  }
}
