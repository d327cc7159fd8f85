import Events

/// Whom and what most of the events and alerts name.
extension PageParts {
  private static let countsMax = 12

  func counts(_ page: inout HTMLText) {
    let addresses = tally.addresses.top(PageParts.countsMax, known: content.summary.addressesSince)
    let seen = addresses.map { (text: $0.text, count: $0.alerts) }
    let notes = Dictionary(addresses.map { ($0.text, note($0)) }) { first, _ in first }
    let lists = [
      ("actors", content.summary.counts(.actor)), ("addresses", seen), ("denied", content.summary.denied),
      ("actions", content.summary.counts(.action)),
    ]
    page.line()
    page.inside("div", [("class", "counts")]) { page in
      for (name, list) in lists where !list.isEmpty {
        page.inside("section", [("aria-labelledby", "h-\(name)")]) { page in
          page.element("h2", [("id", "h-\(name)")], words[name])
          bars(Array(list.prefix(PageParts.countsMax)), name, notes: name == "addresses" ? notes : [:], &page)
        }
      }
    }
  }

  /// Where an address is, and how new.
  private func note(_ line: AddressLine) -> [UInt8] {
    var parts = [line.origin.map { Array($0.words.utf8) }].compactMap { $0 }
    if line.firstTime != Timestamp.missing {
      parts.append(Array("\(words["since"]) \(times.minute(line.firstTime))".utf8))
    }
    if !line.newTo.isEmpty {
      parts.append(Array("\(words["newTo"]) ".utf8) + line.newTo.joined(separator: Array(", ".utf8)))
    }
    return Array(parts.joined(separator: Array(" · ".utf8)))
  }

  private func bars(
    _ list: [Summary.Counted], _ name: String, notes: [[UInt8]: [UInt8]], _ page: inout HTMLText
  ) {
    let top = list.map(\.count).max() ?? 1
    page.inside("ol", [("class", "bars"), ("data-list", name)]) { page in
      for (text, count) in list {
        page.inside("li") { page in
          page.element("span", [("class", "what")], text)
          page.element("span", [("class", "n")], Amount.grouped(UInt64(count)))
          if let note = notes[text], !note.isEmpty { page.element("span", [("class", "note")], note) }
          page.raw("<svg class=\"bar\" viewBox=\"0 0 100 2\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
          page.raw("<rect width=\"\(max(1, count * 100 / max(top, 1)))\" height=\"2\"/></svg>")
        }
      }
    }
  }
}
