import Correlation
import Events

/// A report under pseudonyms: every text of an event, every path and every sentence.
extension ReportContent {
  public func pseudonymised(by pseudonyms: Pseudonyms) -> ReportContent {
    let names = Pseudonymiser(pseudonyms, self)
    var content = self
    content.alerts = AlertList(
      count: alerts.count, level: alerts.level, glance: { names.glance(self.alerts.glance($0)) },
      sketch: { names.alert(self.alerts.sketch($0)) },
      alert: { names.alert(self.alerts[$0]) },
      // Each thread remembers its own texts.
      again: { self.again(pseudonyms) })
    content.summary = names.summary(summary)
    content.inputs = inputs.map { input in
      var input = input
      input.path = names.text(input.path)
      return input
    }
    return content
  }

  private func again(_ pseudonyms: Pseudonyms) -> AlertList {
    var copy = self
    copy.alerts = alerts.forAnotherThread()
    return copy.pseudonymised(by: pseudonyms).alerts
  }
}

extension Pseudonymiser {
  func alert(_ alert: Alert) -> Alert {
    var alert = alert
    for field in [
      \Alert.account, \.actor, \.actorKey, \.actorIssuer, \.sourceIP, \.userAgent, \.target, \.environment,
    ] {
      alert[keyPath: field] = alert[keyPath: field].map(text)
    }
    alert.resources = alert.resources.map(text)
    alert.group = alert.group.map { ($0.name, text($0.value)) }
    alert.events = alert.events.map { event in
      var event = event
      event.file = text(event.file)
      return event
    }
    alert.interval = alert.interval.map { interval in
      Alert.Interval(since: end(interval.since), until: interval.until.map(end))
    }
    alert.why = text(alert.why)
    alert.reasons = alert.reasons?.map(reason)
    alert.next = text(alert.next)
    return alert
  }

  private func end(_ end: Alert.Interval.End) -> Alert.Interval.End {
    Alert.Interval.End(
      time: end.time, event: end.event, actor: text(end.actor), issuer: text(end.issuer), person: text(end.person))
  }

  /// Titles of rules and numbers are nobody's names.
  private func reason(_ reason: Reason) -> Reason {
    var reason = reason
    reason.facts = facts(reason.facts)
    reason.group = reason.group?.map { ($0.name, text($0.value)) }
    return reason
  }

  private func facts(_ facts: [Fact]) -> [Fact] {
    facts.map { fact in
      var fact = fact
      switch (fact.name.form, fact.value) {
      case (.text, .text(let own)): fact.value = .text(text(own))
      case (.texts, .texts(let own)): fact.value = .texts(own.map { text($0) })
      case (.deed, .facts(let own)): fact.value = .facts(self.facts(own))
      default: break
      }
      return fact
    }
  }

  func glance(_ alert: AlertGlance) -> AlertGlance {
    var alert = alert
    alert.account = alert.account.map(text)
    alert.sourceIP = alert.sourceIP.map(text)
    alert.newTo = alert.newTo.map(text)
    return alert
  }

  func summary(_ summary: Summary) -> Summary {
    var summary = summary
    for place in summary.counts.indices {
      let isNamed = place == Dimension.actor.rawValue || place == Dimension.account.rawValue
      if isNamed { summary.counts[place] = joined(summary.counts[place]) }
    }
    let sites = summary.activity.sites.map {
      Activity.Site(provider: $0.provider, account: text($0.account), region: $0.region)
    }
    summary.activity = Activity(sites: sites, cells: summary.activity.cells)
    summary.addressesSince = Dictionary(
      summary.addressesSince.map { (text($0.key), $0.value) }, uniquingKeysWith: Timestamp.earlier)
    summary.issues = summary.issues.map { text($0) }
    summary.leftOut = summary.leftOut.map { text($0) }
    summary.silentAccounts = summary.silentAccounts.map {
      SilentAccount(id: text($0.id), name: text($0.name), provider: $0.provider)
    }
    for place in summary.detections.indices {
      for gap in summary.detections[place].gaps.indices {
        summary.detections[place].gaps[gap].accounts = summary.detections[place].gaps[gap].accounts.map(text)
      }
    }
    summary.suppressions = summary.suppressions.map { line in
      var line = line
      line.actor = line.actor.map(text)
      line.account = line.account.map(text)
      line.person = line.person.map(text)
      line.networks = line.networks.map { text($0) }
      line.reason = text(line.reason)
      return line
    }
    return summary
  }

  /// Values that have become equal are counted together.
  private func joined(_ counts: [Summary.Counted]) -> [Summary.Counted] {
    var totals: [[UInt8]: Int] = [:]
    for (value, count) in counts { totals[text(value), default: 0] += count }
    return totals.map { (text: $0.key, count: $0.value) }.sorted { a, b in
      a.count == b.count ? a.text.lexicographicallyPrecedes(b.text) : a.count > b.count
    }
  }
}
