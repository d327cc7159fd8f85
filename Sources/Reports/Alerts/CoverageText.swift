/// Which accounts and regions had events on which days, for a terminal: a block for each day, a mark for each silent one.
enum CoverageText {
  // The page and summary.json have all.
  private static let rowsMax = 8
  private static let daysMax = 60
  private static let daysMin = 7
  private static let siteMin = 24
  private static let gap: Character = "·"

  /// Rows with gaps first, then those with most events; nothing of a single day, which is no matrix.
  static func write(_ coverage: Coverage, _ page: inout TextPage) {
    guard coverage.dayCount > 1, !coverage.rows.isEmpty else {
      if let leftOut = coverage.leftOut {
        page.heading("Events by day")
        page.wrap(leftOut, indent: 2)
      }
      return
    }
    let rows = coverage.rows.enumerated().sorted { a, b in
      let (x, y) = (silent(a.element), silent(b.element))
      return x != y ? x > y : (b.element.events, a.offset) < (a.element.events, b.offset)
    }.map(\.element)
    let days = min(coverage.dayCount, daysMax, max(daysMin, page.width - siteMin - 4))
    let sites = rows.prefix(rowsMax).map { row in
      [row.site.provider, row.site.account, row.site.region].map(TextPage.shown).joined(separator: " ")
    }
    let room = min(page.width - days - 4, sites.map { Width.of($0) }.max() ?? 0)
    let first = Coverage.name(day: coverage.firstDay + coverage.dayCount - days)
    let last = Coverage.name(day: coverage.firstDay + coverage.dayCount - 1)
    page.heading("Events by day, \(first) to \(last)")
    for (row, site) in zip(rows, sites) {
      page.say("  \(Width.fit(site, room))  \(blocks(row, days))".trimmedAtEnd)
      if !row.gaps.isEmpty { page.wrap("silent on \(row.gaps.joined(separator: ", "))", indent: 4) }
    }
    if rows.count > rowsMax { page.say("  and \(Amount.of(rows.count - rowsMax, "more row"))") }
    if let leftOut = coverage.leftOut { page.wrap(leftOut, indent: 2) }
  }

  private static func silent(_ row: Coverage.Row) -> Int { row.isGap.count { $0 } }

  private static func blocks(_ row: Coverage.Row, _ days: Int) -> String {
    let curve = AlertCurve.text(Array(row.days.suffix(days)))
    return String(zip(curve, row.isGap.suffix(days)).map { $1 ? gap : $0 })
  }
}
