import Rules

/// What happened, in a few lines: the first thing that is read.
extension PageParts {
  private static let storiesMax = 6
  private static let titlesMax = 4
  // Names of more are hardly others.
  private static let storyAlertsMax = 200
  private static let namesMax = 3

  func happened(_ page: inout HTMLText) {
    let summary = content.summary
    section("happened", &page) { page in
      if !summary.isComplete { incompleteness(&page) }
      if options.isPseudonymised { page.element("p", [("class", "note")], words["pseudonyms"]) }
      guard summary.alertCount > 0 else { return page.element("p", [("class", "calm")], words["quiet"]) }
      page.inside("div", [("class", "tiles")]) { page in tiles(&page) }
      let incidents = tally.incidents
      page.inside("ol", [("class", "stories")]) { page in
        for incident in incidents.prefix(PageParts.storiesMax) { story(incident, &page) }
      }
    }
  }

  private func incompleteness(_ page: inout HTMLText) {
    page.inside("p", [("class", "warning"), ("role", "note")]) { page in
      page.element("strong", [], words[content.summary.readsAll ? "rulesRejected" : "incomplete"])
      page.text(words["colon"])
      let summary = content.summary
      var parts = summary.files.filter { !["ok", "empty", "skipped"].contains($0.name) }.map {
        "\(files($0.count)) \(words[$0.name])"
      }
      if summary.skipCount > 0 { parts.append(records(summary.skipCount)) }
      parts += (summary.issues + summary.rejections).prefix(3).map { words.notice($0).text }
      page.text(parts.joined(separator: words["comma"]))
      page.text(words["stop"])
      page.element("a", [("href", "#completeness")], words["completeness"])
    }
  }

  /// A tile for each level: how many, and when.
  private func tiles(_ page: inout HTMLText) {
    let charts = PageCharts(words: words, zone: options.zone)
    for level in Level.allCases.reversed() {
      page.inside("div", [("class", "tile \(level.name)"), ("data-level", "\(level.rawValue)")]) { page in
        page.element("span", [("class", "number")], Amount.grouped(UInt64(content.summary.alerts[level.rawValue])))
        page.element("span", [("class", "name")], words[level.name])
        charts.spark(tally.curves[level.rawValue], &page)
      }
    }
  }

  /// Who, what one after another, when, where.
  private func story(_ incident: AlertIncident, _ page: inout HTMLText) {
    let first = content.alerts.sketch(incident.places[0])
    let (titles, more) = incident.gravestTitles(content.alerts, PageParts.titlesMax)
    var accounts: [[UInt8]] = []
    var addresses: [[UInt8]] = []
    var others: [[UInt8]] = []
    for place in incident.places.prefix(PageParts.storyAlertsMax) {
      let alert = content.alerts.sketch(place)
      if let account = alert.account, !accounts.contains(account) { accounts.append(account) }
      if let actor = alert.actor, actor != first.actor, !others.contains(actor) { others.append(actor) }
      guard let address = alert.sourceIP else { continue }
      let shown = address + Array((alert.origin.map { " (\($0.words))" } ?? "").utf8)
      if !addresses.contains(shown) { addresses.append(shown) }
    }
    page.inside("li", [("class", "story \(incident.level.name)"), ("data-incident", incident.id)]) { page in
      page.inside("p", [("class", "who")]) { page in
        page.element("span", [("class", "badge \(incident.level.name)")], words[incident.level.name])
        page.text(" ")
        page.element("strong", [], first.actor ?? first.sourceIP ?? Array(words["several"].utf8))
        if let issuer = first.actorIssuer, issuer != first.actor {
          page.element("span", [("class", "quiet")], Array(" (".utf8) + issuer + Array(")".utf8))
        }
        if !others.isEmpty { page.element("span", [("class", "quiet")], Array(", ".utf8) + PageParts.some(others)) }
      }
      page.inside("p", [("class", "steps")]) { page in
        for (place, title) in titles.enumerated() {
          if place > 0 { page.raw(" <span class=\"arrow\" aria-hidden=\"true\">→</span><span class=\"sr\">; </span> ") }
          let title = words.title(title)
          page.element("span", title.attributes, title.text)
        }
        if more > 0 { page.element("span", [("class", "quiet")], " +\(more)") }
      }
      page.inside("p", [("class", "meta")]) { page in
        page.text(times.span(incident.firstTime, incident.lastTime))
        page.text(" · ")
        page.text(PageParts.some(accounts))
        if !addresses.isEmpty, first.actor != nil { page.text(Array(" · ".utf8) + PageParts.some(addresses)) }
        page.text(" · \(incident.places.count) \(words[incident.places.count == 1 ? "alert" : "alerts"])")
        page.text(" · \(words["score"]) \(incident.score)")
      }
    }
  }

  private static func some(_ names: [[UInt8]]) -> [UInt8] {
    let rest = names.count - namesMax
    return Array(names.prefix(namesMax).joined(separator: Array(", ".utf8))) + Array((rest > 0 ? " +\(rest)" : "").utf8)
  }
}
