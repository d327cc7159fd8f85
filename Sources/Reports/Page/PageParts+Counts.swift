/// Whom and what most of the events and alerts name.
extension PageParts {
  private static let countsMax = 12

  func counts(_ page: inout HTMLText) {
    let seen = tally.addresses.map { (text: $0.key, count: $0.value) }.sorted { a, b in
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
}
