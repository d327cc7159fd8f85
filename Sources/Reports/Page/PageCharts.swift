import Correlation
import Events
import Rules

/// The pictures of the page: drawn here, in shapes that a style colours.
struct PageCharts {
  static let sparkBins = 60
  private static let matrixRowsMax = 300
  // Of a heat map: so many shades besides empty.
  private static let shades = 5

  let words: PageWords
  let zone: Int

  /// The bird of the masthead.
  static let mark =
    "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><path "
    + "d=\"M2 11c6-1 9 1 14 7 5-6 8-8 14-7-5 2-8 5-10 10l-4 5-4-5C10 16 7 13 2 11z\"/></svg>"

  // MARK: Small curves

  func spark(_ bins: [Int], _ page: inout HTMLText) {
    let top = max(bins.max() ?? 0, 1)
    page.raw(
      "<svg class=\"spark\" viewBox=\"0 0 \(bins.count * 3) 24\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
    for (place, count) in bins.enumerated() where count > 0 {
      // One alert is to be seen beside a hundred.
      let height = 4 + 20 * count / top
      page.raw("<rect x=\"\(place * 3)\" y=\"\(24 - height)\" width=\"2\" height=\"\(min(height, 24))\"/>")
    }
    page.raw("</svg>")
  }

  // MARK: Hours of the week

  /// - Parameter alerts: by hour of the week in UTC.
  func week(_ content: ReportContent, alerts: [Int], _ page: inout HTMLText) {
    let coverage = Coverage(content.summary)
    guard coverage.week.contains(where: { $0 > 0 }) else { return }
    page.line()
    page.inside("section", [("id", "week"), ("aria-labelledby", "h-week")]) { page in
      page.element("h2", [("id", "h-week")], words["week"])
      page.inside("div", [("class", "heats")]) { page in
        heat(shifted(coverage.week), "weekEvents", &page)
        heat(shifted(alerts), "weekAlerts", &page)
      }
    }
  }

  private func shifted(_ week: [Int]) -> [Int] {
    let hours = Int((Double(zone) / 3600).rounded(.down))
    return week.indices.map { week[(($0 - hours) % 168 + 168) % 168] }
  }

  private func heat(_ week: [Int], _ name: String, _ page: inout HTMLText) {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let top = max(week.max() ?? 0, 1)
    page.inside("figure", [("class", "heat \(name)")]) { page in
      page.element("figcaption", [], words[name])
      let label = "\(words[name]): \(words["week"])"
      page.begin("svg", [("viewBox", "0 0 460 150"), ("role", "img"), ("aria-label", label)])
      for hour in stride(from: 0, to: 24, by: 3) {
        page.element(
          "text", [("x", "\(44 + hour * 17)"), ("y", "12"), ("class", "axis")], "\(hour < 10 ? "0" : "")\(hour)")
      }
      for (day, key) in days.enumerated() {
        page.element("text", [("x", "36"), ("y", "\(30 + day * 18)"), ("class", "axis end")], words[key])
        for hour in 0..<24 {
          let count = week[day * 24 + hour]
          let clock = "\(hour < 10 ? "0" : "")\(hour):00"
          page.begin(
            "rect",
            [
              ("x", "\(44 + hour * 17)"), ("y", "\(18 + day * 18)"), ("width", "15"), ("height", "16"), ("rx", "2"),
              ("class", "s\(shade(count, top))"),
            ])
          page.element("title", [], "\(words[key]) \(clock): \(Amount.grouped(UInt64(count)))")
          page.end()
        }
      }
      page.end()
    }
  }

  /// By the square root: what is rare is not lost beside what is usual.
  private func shade(_ count: Int, _ top: Int) -> Int {
    guard count > 0 else { return 0 }
    let share = (Double(count) / Double(top)).squareRoot()
    return min(PageCharts.shades, 1 + Int(share * Double(PageCharts.shades - 1) + 0.5))
  }

  // MARK: Coverage

  func matrix(_ coverage: Coverage, _ page: inout HTMLText) {
    guard !coverage.rows.isEmpty else { return }
    let cell = coverage.dayCount <= 45 ? 14 : coverage.dayCount <= 120 ? 8 : 3
    page.inside("div", [("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", "h-coverage")])
    { page in
      page.begin("table", [("class", "matrix")])
      page.raw("<thead><tr>")
      for name in ["account", "region"] { page.element("th", [("scope", "col")], words[name]) }
      page.inside("th", [("scope", "col")]) { page in
        page.text(
          "\(Coverage.name(day: coverage.firstDay)) – \(Coverage.name(day: coverage.firstDay + coverage.dayCount - 1))")
      }
      for name in ["eventCount", "gapDays"] { page.element("th", [("scope", "col"), ("class", "n")], words[name]) }
      page.raw("</tr></thead><tbody>")
      var account: [UInt8]?
      for row in coverage.rows.prefix(PageCharts.matrixRowsMax) {
        let own = row.site.provider + Array(" ".utf8) + row.site.account
        page.inside("tr", own == account ? [] : [("class", "new")]) { page in
          page.element("th", [("scope", "row")], own == account ? [] : own)
          page.element("td", [], row.site.region)
          page.inside("td") { page in strip(row, coverage, cell, &page) }
          page.element("td", [("class", "n")], Amount.grouped(UInt64(row.events)))
          page.element(
            "td", [("class", row.gaps.isEmpty ? "quiet" : "gaps")],
            row.gaps.isEmpty ? "–" : row.gaps.joined(separator: ", "))
        }
        account = own
      }
      page.raw("</tbody>")
      page.end()
      let rest = coverage.rows.count - PageCharts.matrixRowsMax
      if rest > 0 { page.element("p", [("class", "note")], "+\(rest)") }
    }
  }

  /// One row of days. Days that look the same are one shape.
  private func strip(_ row: Coverage.Row, _ coverage: Coverage, _ cell: Int, _ page: inout HTMLText) {
    let top = row.days.max() ?? 1
    let gap = cell > 4 ? 2 : 0
    let label = "\(row.days.count { $0 > 0 }) / \(row.days.count) \(words["days"])"
    let width = coverage.dayCount * cell
    page.begin(
      "svg",
      [
        ("class", "strip"), ("width", "\(width)"), ("height", "14"), ("viewBox", "0 0 \(width) 14"), ("role", "img"),
        ("aria-label", label),
      ])
    func look(_ day: Int) -> String { row.isGap[day] ? "gap" : "s\(shade(row.days[day], top))" }
    var day = 0
    while day < row.days.count {
      var next = day + 1
      while gap == 0, next < row.days.count, look(next) == look(day) { next += 1 }
      page.begin(
        "rect",
        [
          ("x", "\(day * cell)"), ("y", "1"), ("width", "\((next - day) * cell - gap)"), ("height", "12"),
          ("class", look(day)),
        ])
      let name = Coverage.name(day: coverage.firstDay + day)
      page.element("title", [], "\(name): \(Amount.grouped(UInt64(row.days[day..<next].reduce(0, +))))")
      page.end()
      day = next
    }
    page.end()
  }
}
