import Correlation
import Events
import Rules

/// The parts of the page that need no script, from top to bottom.
struct PageParts {
  private static let storiesMax = 6
  private static let titlesMax = 4
  private static let countsMax = 12
  private static let rulesMax = 200
  private static let inputsMax = 200
  private static let silentAccountsMax = 200

  let content: ReportContent
  let options: ReportOptions
  let words: PageWords
  private let times: PageTimes

  init(_ content: ReportContent, _ options: ReportOptions, _ words: PageWords) {
    self.content = content
    self.options = options
    self.words = words
    times = PageTimes(zone: options.zone, words: words)
  }

  func write(_ take: ([UInt8]) -> Void) {
    var page = HTMLText()
    page.element("a", [("class", "skip"), ("href", "#alerts")], words["skip"])
    header(&page)
    page.begin("main")
    happened(&page)
    take(page.bytes)
    page.removeAll()
    page.single("section", [("id", "explorer"), ("hidden", "")])
    alerts(&page, take)
    PageCharts(words: words, zone: options.zone).week(content, &page)
    coverage(&page)
    counts(&page)
    completeness(&page)
    page.end()
    footer(&page)
    take(page.bytes)
  }

  private func section(_ id: String, _ page: inout HTMLText, _ body: (inout HTMLText) -> Void) {
    page.line()
    page.inside("section", [("id", id), ("aria-labelledby", "h-\(id)")]) { page in
      page.element("h2", [("id", "h-\(id)")], words[id])
      body(&page)
    }
  }

  private func files(_ count: Int) -> String {
    "\(Amount.grouped(UInt64(count))) \(words[count == 1 ? "oneFile" : "files"])"
  }

  private func records(_ count: Int) -> String {
    "\(Amount.grouped(UInt64(count))) \(words[count == 1 ? "oneRecord" : "skippedRecords"])"
  }

  // MARK: The top

  private func header(_ page: inout HTMLText) {
    let summary = content.summary
    page.inside("header", [("class", "top")]) { page in
      page.inside("div", [("class", "brand")]) { page in
        page.raw(PageCharts.mark)
        page.element("span", [], "Harrier")
      }
      page.element("h1", [], words["title"])
      page.inside("p", [("class", "range")]) { page in
        if summary.hasTimes {
          page.text("\(times.minute(summary.firstTime)) – \(times.minute(summary.lastTime)) ")
          page.element("span", [("class", "offset")], times.offset)
        }
      }
      page.inside("dl", [("class", "facts")]) { page in
        fact(words["eventCount"], Amount.grouped(UInt64(summary.distinct)), &page)
        fact(words["fileCount"], Amount.grouped(UInt64(summary.fileCount)), &page)
        fact(words["bytesRead"], Amount.bytes(summary.bytes), &page)
      }
    }
  }

  private func fact(_ name: String, _ value: String, _ page: inout HTMLText) {
    page.inside("div") { page in
      page.element("dt", [], name)
      page.element("dd", [], value)
    }
  }

  private func happened(_ page: inout HTMLText) {
    let summary = content.summary
    section("happened", &page) { page in
      if !summary.isComplete { incompleteness(&page) }
      if options.isPseudonymised { page.element("p", [("class", "note")], words["pseudonyms"]) }
      guard summary.alertCount > 0 else { return page.element("p", [("class", "calm")], words["quiet"]) }
      page.inside("div", [("class", "tiles")]) { page in tiles(&page) }
      let incidents = AlertIncident.all(content.alerts)
      page.inside("ol", [("class", "stories")]) { page in
        for incident in incidents.prefix(PageParts.storiesMax) { story(incident, &page) }
      }
    }
  }

  private func incompleteness(_ page: inout HTMLText) {
    page.inside("p", [("class", "warning"), ("role", "note")]) { page in
      page.element("strong", [], words["incomplete"])
      page.text(": ")
      let summary = content.summary
      var parts = summary.files.filter { !["ok", "empty", "skipped"].contains($0.name) }.map {
        "\(files($0.count)) \(words[$0.name])"
      }
      if summary.skipCount > 0 { parts.append(records(summary.skipCount)) }
      parts += summary.issues.prefix(3)
      page.text(parts.joined(separator: ", "))
      page.text(". ")
      page.element("a", [("href", "#completeness")], words["completeness"])
    }
  }

  /// A tile for each level: how many, and when.
  private func tiles(_ page: inout HTMLText) {
    let charts = PageCharts(words: words, zone: options.zone)
    let curves = charts.curves(content)
    for level in Level.allCases.reversed() {
      page.inside("div", [("class", "tile \(level.name)"), ("data-level", "\(level.rawValue)")]) { page in
        page.element("span", [("class", "number")], Amount.grouped(UInt64(content.summary.alerts[level.rawValue])))
        page.element("span", [("class", "name")], words[level.name])
        charts.spark(curves[level.rawValue], &page)
      }
    }
  }

  /// Who, what one after another, when, where.
  private func story(_ incident: AlertIncident, _ page: inout HTMLText) {
    let first = content.alerts.sketch(incident.places[0])
    var titles: [String] = []
    var accounts: [[UInt8]] = []
    for place in incident.places.prefix(200) {
      let alert = content.alerts.sketch(place)
      if !titles.contains(alert.title) { titles.append(alert.title) }
      if let account = alert.account, !accounts.contains(account) { accounts.append(account) }
    }
    page.inside("li", [("class", "story \(incident.level.name)"), ("data-incident", incident.id)]) { page in
      page.inside("p", [("class", "who")]) { page in
        page.element("span", [("class", "badge \(incident.level.name)")], words[incident.level.name])
        page.text(" ")
        page.element("strong", [], first.actor ?? first.sourceIP ?? Array(words["several"].utf8))
        if let issuer = first.actorIssuer, issuer != first.actor {
          page.element("span", [("class", "quiet")], Array(" (".utf8) + issuer + Array(")".utf8))
        }
      }
      page.inside("p", [("class", "steps"), ("lang", "en")]) { page in
        for (place, title) in titles.prefix(PageParts.titlesMax).enumerated() {
          if place > 0 { page.raw("<span class=\"arrow\" aria-hidden=\"true\">→</span><span class=\"sr\">; </span>") }
          page.element("span", [], title)
        }
        if titles.count > PageParts.titlesMax {
          page.element("span", [("class", "quiet")], " +\(titles.count - PageParts.titlesMax)")
        }
      }
      page.inside("p", [("class", "meta")]) { page in
        page.text(times.span(incident.firstTime, incident.lastTime))
        page.text(" · ")
        page.text(accounts.prefix(3).joined(separator: Array(", ".utf8)).map { $0 })
        page.text(" · \(incident.places.count) \(words[incident.places.count == 1 ? "alert" : "alerts"])")
        page.text(" · \(words["score"]) \(incident.score)")
      }
    }
  }

  // MARK: Alerts

  private func alerts(_ page: inout HTMLText, _ take: ([UInt8]) -> Void) {
    let alerts = content.alerts
    page.line()
    page.begin("section", [("id", "alerts"), ("class", "static"), ("aria-labelledby", "h-alerts")])
    page.element("h2", [("id", "h-alerts")], words["topAlerts"])
    if alerts.count > 0 { groups(&page) }
    if alerts.count > HTMLReport.staticAlertsMax {
      let values = ["n": "\(HTMLReport.staticAlertsMax)", "m": Amount.grouped(UInt64(alerts.count))]
      page.element("p", [("class", "note")], words["topAlertsOf", values])
    }
    for place in alerts.gravest(HTMLReport.staticAlertsMax) {
      alert(alerts[place], &page)
      take(page.bytes)
      page.removeAll()
    }
    page.end()
  }

  private func groups(_ page: inout HTMLText) {
    var byRule: [String: (title: String, level: Level, count: Int)] = [:]
    for place in 0..<content.alerts.count {
      let alert = content.alerts.sketch(place)
      byRule[alert.ruleID, default: (alert.title, alert.level, 0)].count += 1
    }
    let rows = byRule.sorted { a, b in
      let (x, y) = (a.value, b.value)
      return x.level != y.level ? x.level > y.level : x.count != y.count ? x.count > y.count : a.key < b.key
    }
    page.inside("table", [("class", "groups")]) { page in
      page.element("caption", [], words["groups"])
      page.raw("<thead><tr>")
      for name in ["level", "rule", "byAlert"] { page.element("th", [("scope", "col")], words[name]) }
      page.raw("</tr></thead><tbody>")
      for (_, row) in rows.prefix(PageParts.rulesMax) {
        page.inside("tr") { page in
          page.inside("td") { $0.element("span", [("class", "badge \(row.level.name)")], words[row.level.name]) }
          page.element("td", [("lang", "en")], row.title)
          page.element("td", [("class", "n")], Amount.grouped(UInt64(row.count)))
        }
      }
      page.raw("</tbody>")
    }
  }

  private func alert(_ alert: Alert, _ page: inout HTMLText) {
    page.line()
    page.inside("article", [("class", "alert \(alert.level.name)")]) { page in
      page.inside("h3") { page in
        page.element("span", [("class", "badge \(alert.level.name)")], words[alert.level.name])
        page.text(" ")
        page.element("span", [("lang", "en")], alert.title)
        page.element("time", [], " \(times.second(alert.time))")
      }
      if options.language == .chinese { page.element("p", [], ChineseSentence.of(alert)) }
      page.element("p", [("lang", "en")], alert.why)
      page.inside("p", [("class", "events")]) { page in
        for event in alert.events.prefix(2) {
          page.element("code", [], event.id + Array(" ".utf8) + event.file + Array(":\(event.record)".utf8))
        }
      }
      page.inside("p", [("class", "next")]) { $0.element("code", [], alert.next) }
    }
  }

  // MARK: Below

  private func coverage(_ page: inout HTMLText) {
    let matrix = Coverage(content.summary)
    guard !matrix.rows.isEmpty || !content.summary.silentAccounts.isEmpty else { return }
    section("coverage", &page) { page in
      page.element("p", [("class", "note")], words["coverageHelp"])
      for account in content.summary.silentAccounts.prefix(PageParts.silentAccountsMax) {
        page.inside("p", [("class", "warning")]) { page in
          page.element("strong", [], [account.id, account.name].filter { !$0.isEmpty }.joined(separator: " · "))
          page.text(" — \(words["silentAccount"])")
        }
      }
      PageCharts(words: words, zone: options.zone).matrix(matrix, &page)
    }
  }

  private func counts(_ page: inout HTMLText) {
    var addresses: [[UInt8]: Int] = [:]
    for place in 0..<content.alerts.count {
      if let address = content.alerts.sketch(place).sourceIP { addresses[address, default: 0] += 1 }
    }
    let seen = addresses.map { (text: $0.key, count: $0.value) }.sorted { a, b in
      a.count == b.count ? a.text.lexicographicallyPrecedes(b.text) : a.count > b.count
    }
    let lists = [
      ("actors", content.summary.counts(.actor)), ("addresses", seen), ("denied", content.summary.denied),
      ("actions", content.summary.counts(.action)),
    ]
    page.line()
    page.inside("div", [("class", "counts")]) { page in
      for (name, list) in lists where !list.isEmpty {
        page.inside("section", [("aria-labelledby", "h-\(name)")]) { page in
          page.element("h2", [("id", "h-\(name)")], words[name])
          bars(Array(list.prefix(PageParts.countsMax)), name, &page)
        }
      }
    }
  }

  private func bars(_ list: [Summary.Counted], _ name: String, _ page: inout HTMLText) {
    let top = list.map(\.count).max() ?? 1
    page.inside("ol", [("class", "bars"), ("data-list", name)]) { page in
      for (text, count) in list {
        page.inside("li") { page in
          page.element("span", [("class", "what")], text)
          page.element("span", [("class", "n")], Amount.grouped(UInt64(count)))
          page.raw("<svg class=\"bar\" viewBox=\"0 0 100 2\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
          page.raw("<rect width=\"\(max(1, count * 100 / max(top, 1)))\" height=\"2\"/></svg>")
        }
      }
    }
  }

  private func completeness(_ page: inout HTMLText) {
    let summary = content.summary
    section("completeness", &page) { page in
      page.inside("ul", [("class", "plain")]) { page in
        for (status, count) in summary.files { page.element("li", [], "\(files(count)): \(words[status])") }
        if summary.duplicates > 0 {
          page.element("li", [], "\(Amount.grouped(UInt64(summary.duplicates))) \(words["copies"])")
        }
        for (reason, count) in summary.skips { page.element("li", [], "\(records(count)): \(reason)") }
        for issue in summary.issues { page.element("li", [], issue) }
        for line in SuppressionSummary.lines(summary) { page.element("li", [], line) }
      }
      inputs(&page)
      let reasons = summary.unevaluated
      guard !reasons.isEmpty else { return }
      page.element("h3", [], words["notEvaluated"])
      page.inside("ul", [("class", "plain"), ("lang", "en")]) { page in
        for (reason, count) in reasons { page.element("li", [], "\(Amount.of(count, "detection")): \(reason)") }
      }
    }
  }

  /// Files that were not read in full.
  private func inputs(_ page: inout HTMLText) {
    let bad = content.inputs.filter { !["ok", "empty"].contains($0.status) || !$0.skips.isEmpty }
    guard !bad.isEmpty else { return }
    page.inside("table", [("class", "inputs")]) { page in
      page.raw("<thead><tr>")
      for name in ["status", "file", "eventCount"] { page.element("th", [("scope", "col")], words[name]) }
      page.raw("</tr></thead><tbody>")
      for input in bad.prefix(PageParts.inputsMax) {
        page.inside("tr") { page in
          let skips = input.skips.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
          page.element("td", [], words[input.status] + (skips.isEmpty ? "" : " (\(skips))"))
          page.inside("td") { $0.element("code", [], input.path) }
          page.element("td", [("class", "n")], Amount.grouped(input.records))
        }
      }
      page.raw("</tbody>")
    }
  }

  private func footer(_ page: inout HTMLText) {
    page.line()
    page.inside("footer") { page in
      page.text("Harrier \(Tool.version) · \(words["rules"]) ")
      page.element("code", [], String(content.rules.prefix(12)))
      if let configuration = content.configuration {
        page.text(" · \(words["config"]) ")
        page.element("code", [], String(configuration.prefix(12)))
      }
      page.text(" · \(words["zone", ["z": times.offset]])")
    }
  }
}
