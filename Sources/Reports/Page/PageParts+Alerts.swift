import Rules

/// The alerts of a page without a script: by rule, then the gravest in full.
extension PageParts {
  private static let rulesMax = 200

  func alerts(_ page: inout HTMLText, _ take: ([UInt8]) -> Void) {
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
    let rows = tally.rules.sorted { a, b in
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
          let title = words.title(row.title)
          page.element("td", title.attributes, title.text)
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
        let title = words.title(alert.title)
        page.element("span", title.attributes, title.text)
        page.element("time", [], " \(times.second(alert.time))")
      }
      if options.language == .chinese { page.element("p", [], ChineseSentence.of(alert)) }
      if !alert.isToldInChinese(options.language) { page.element("p", [("lang", "en")], AlertSentence.whole(alert)) }
      page.inside("p", [("class", "events")]) { page in
        for event in alert.events.prefix(2) {
          page.element("code", [], event.id + Array(" ".utf8) + event.file + Array(":\(event.record)".utf8))
        }
      }
      page.inside("p", [("class", "next")]) { $0.element("code", [], alert.next) }
    }
  }
}
