/// The parts of the page that need no script, from top to bottom.
struct PageParts {
  let content: ReportContent
  let options: ReportOptions
  let words: PageWords
  let times: PageTimes
  let tally: AlertTally

  init(_ content: ReportContent, _ options: ReportOptions, _ words: PageWords, _ tally: AlertTally) {
    self.content = content
    self.tally = tally
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
    PageCharts(words: words, zone: options.zone).week(content, alerts: tally.week, &page)
    coverage(&page)
    counts(&page)
    completeness(&page)
    page.end()
    footer(&page)
    take(page.bytes)
  }

  func section(_ id: String, _ page: inout HTMLText, _ body: (inout HTMLText) -> Void) {
    page.line()
    page.inside("section", [("id", id), ("aria-labelledby", "h-\(id)")]) { page in
      page.element("h2", [("id", "h-\(id)")], words[id])
      body(&page)
    }
  }

  func files(_ count: Int) -> String {
    "\(Amount.grouped(UInt64(count))) \(words[count == 1 ? "oneFile" : "files"])"
  }

  func records(_ count: Int) -> String {
    "\(Amount.grouped(UInt64(count))) \(words[count == 1 ? "oneRecord" : "skippedRecords"])"
  }

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
        fact(words["eventCount"], Amount.grouped(UInt64(summary.eventsRead)), &page)
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
