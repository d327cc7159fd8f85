/// What was read, and what was not: without it nobody knows what silence means.
extension PageParts {
  private static let inputsMax = 200
  private static let silentAccountsMax = 200

  func coverage(_ page: inout HTMLText) {
    let matrix = Coverage(content.summary)
    let leftOut = [("eventsBefore", matrix.earlierEvents), ("eventsAfter", matrix.laterEvents)].filter { $0.1 > 0 }
    guard !matrix.rows.isEmpty || !content.summary.silentAccounts.isEmpty || !leftOut.isEmpty else { return }
    section("coverage", &page) { page in
      page.element("p", [("class", "note")], words["coverageHelp"])
      for account in content.summary.silentAccounts.prefix(PageParts.silentAccountsMax) {
        page.inside("p", [("class", "warning")]) { page in
          page.element("strong", [], [account.id, account.name].filter { !$0.isEmpty }.joined(separator: " · "))
          page.text(" — \(words["silentAccount"])")
        }
      }
      PageCharts(words: words, zone: options.zone).matrix(matrix, &page)
      for (name, count) in leftOut {
        page.element("p", [("class", "note")], "\(Amount.grouped(UInt64(count))) \(words[name])")
      }
    }
  }

  func completeness(_ page: inout HTMLText) {
    let summary = content.summary
    section("completeness", &page) { page in
      page.inside("ul", [("class", "plain")]) { page in
        for (status, count) in summary.files {
          page.element("li", [], "\(files(count))\(words["colon"])\(words[status])")
        }
        if summary.duplicates > 0 {
          page.element("li", [], "\(Amount.grouped(UInt64(summary.duplicates))) \(words["copies"])")
        }
        for (reason, count) in summary.skips {
          page.element("li", [], "\(records(count))\(words["colon"])\(words.skip(reason))")
        }
        for issue in summary.issues + summary.rejections + summary.leftOut {
          let notice = words.notice(issue)
          page.inside("li", notice.attributes) { page in
            page.text(notice.text)
            guard let original = notice.original else { return }
            page.text(words["colon"])
            page.element("code", [("lang", "en")], original)
          }
        }
        for line in SuppressionSummary.lines(summary, words.language) { page.element("li", [], line) }
      }
      inputs(&page)
      let reasons = summary.unevaluated
      guard !reasons.isEmpty else { return }
      page.element("h3", [], words["notEvaluated"])
      page.inside("ul", [("class", "plain")]) { page in
        for (reason, count) in reasons {
          if words.language == .chinese, let known = ChineseReason.of(reason) {
            page.element("li", [], "\(count) 条检测：\(known)")
          } else {
            page.element("li", [("lang", "en")], "\(Amount.of(count, "detection")): \(reason)")
          }
        }
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
          let skips = input.skips.map { "\($0.count) \(words.skip($0.name))" }.joined(separator: ", ")
          page.element("td", [], words[input.status] + (skips.isEmpty ? "" : " (\(skips))"))
          page.inside("td") { $0.element("code", [], input.path) }
          page.element("td", [("class", "n")], Amount.grouped(input.records))
        }
      }
      page.raw("</tbody>")
    }
  }
}
