import Archive
import Foundation
import Rules
import Testing

@testable import Reports

/// `report.html` without a browser: what is embedded, what is escaped, what the policy allows. `make browser` looks at it.
@Suite struct PageTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func page(_ alerts: [Alert], _ options: ReportOptions = ReportOptions()) -> String {
    var bytes: [UInt8] = []
    HTMLReport(Samples.content(alerts), options).write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func whatIsEmbeddedIsWhatLiesInTheFolder() throws {
    let folder = PageTests.root.appendingPathComponent("page")
    func text(_ kind: String) throws -> String {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(kind) }.sorted()
        .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }.joined()
    }
    #expect(PageFiles.style == (try text(".css")))
    #expect(PageFiles.script == "(() => {\n\"use strict\";\n" + (try text(".js")) + "})();\n")
    #expect(PageFiles.words == (try text("words.tsv")))
    #expect(PageFiles.titles == (try text("titles.tsv")))
    #expect(PageFiles.reasons == (try text("reasons.tsv")))
  }

  @Test func everyWordIsThereInBothLanguages() {
    let (english, chinese) = (PageWords(.english), PageWords(.chinese))
    #expect(english.all.map(\.key) == chinese.all.map(\.key))
    #expect(Set(english.all.map(\.key)).count == english.all.count)
    for (one, other) in zip(english.all, chinese.all) {
      #expect(!one.word.isEmpty && !other.word.isEmpty && one.word != other.word, "\(one.key)")
    }
    let keys = Set(english.all.map(\.key))
    for match in PageFiles.script.matches(of: /words\.(\w+)/) {
      #expect(keys.contains(String(match.1)), "\(match.1)")
    }
  }

  /// Documents of `rules/` but filters: those that raise alerts, and those that feed others, which reasons name.
  private static func titles() throws -> Set<String> {
    let folder = PageTests.root.appendingPathComponent("rules")
    var titles: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".yml") {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      for document in text.components(separatedBy: "\n---\n") where !document.contains("\nfilter:") {
        guard let match = document.firstMatch(of: /(?m)^title: '?(.*?)'?$/) else { continue }
        titles.insert(String(match.1).replacing("''", with: "'"))
      }
    }
    return titles
  }

  @Test func everyBuiltInDetectionHasAChineseTitleAndNoTitleIsLeftOver() throws {
    let table = PageWords(.chinese).titles
    let rules = try PageTests.titles()
    #expect(rules.count > 150)
    #expect(rules.subtracting(table.keys).sorted() == [], "page/titles.tsv lacks these")
    #expect(Set(table.keys).subtracting(rules).sorted() == [], "no rule has these titles of page/titles.tsv")
    for (title, word) in table {
      #expect(word.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "\(title)")
    }
    #expect(Set(table.values).count == table.count)
    #expect(PageFiles.titles.split(separator: "\n").count == table.count + 1)
  }

  @Test(arguments: [
    ("no event of this kind was seen", "没有出现此类事件"), ("no events of aws, tencent", "没有 aws, tencent 的事件"),
    ("learning until 2026-01-17T01:48:50Z", "仍在学习，到 2026-01-17T01:48:50Z 为止"),
    ("learning until A at the earliest, B at the latest", "仍在学习，最早到 A，最晚到 B"),
    ("the records are no longer than the 30 days that it looks for", "记录的时间跨度不超过它要观察的 30 天"),
    ("events of this kind lack user, day", "此类事件缺少 user, day"), ("something else", nil),
  ]) func reasonsAreToldInChinese(reason: String, words: String?) {
    #expect(ChineseReason.of(reason) == words)
  }

  @Test func everyFaultOfARuleHasAKindInChinese() {
    for code in RuleDiagnostic.Code.allCases {
      let text = RuleDiagnostic(
        severity: .error, code: code, file: "rules/x.yml", line: 14, rule: "Ours: error: [bad] in rule 'T'",
        message: "unknown modifier 'startwith' [or other]"
      ).description
      let told = ChineseRejection.of(text)
      #expect(told?.chinese.hasPrefix("rules/x.yml:14（规则 'Ours: error: [bad] in rule ") == true, "\(text)")
      #expect(told?.chinese.hasSuffix("）：\(ChineseRejection.kinds[code] ?? "?")") == true)
      #expect(told?.original == "unknown modifier 'startwith' [or other]")
    }
    #expect(Set(ChineseRejection.kinds.values).count == RuleDiagnostic.Code.allCases.count)
  }

  @Test(
    arguments: [
      ("logs/a: cannot be read: Permission denied", "logs/a：无法读取：没有权限", nil),
      ("logs/a: cannot be read: something new", "logs/a：无法读取：something new", nil),
      ("x.yml: error: cannot be read: Is a directory [file-unreadable]", "x.yml：文件无法读取：是目录", nil),
      ("x.yml:2: error: <b> is no mapping [not-a-rule]", "x.yml:2：不是规则", "<b> is no mapping"),
      ("x.yml:2: error: of a later version [of-a-later-version]", nil, nil),
    ] as [(String, String?, String?)]) func whatWasLeftOutIsToldInChinese(
      text: String, chinese: String?, original: String?
    )
  {
    let notice = PageWords(.chinese).notice(text)
    #expect(notice.text == chinese ?? text && notice.original == original)
    #expect(notice.attributes.isEmpty == (chinese != nil))
    #expect(PageWords(.english).notice(text).text == text)
  }

  @Test func everyReasonForASkippedRecordHasAWordInBothLanguages() {
    for language in Language.allCases {
      let words = PageWords(language)
      for reason in SkipReason.allCases {
        #expect(
          words.all.contains { $0.key == "skip \(reason.name)" && words.skip(reason.name) == $0.word }, "\(reason)")
      }
    }
  }

  @Test func titlesAreTranslatedWhereTheTableKnowsThem() {
    let titles = ["Logging switched off", "A rule of <ours>"]
    let alerts = titles.enumerated().map { number, title in
      var alert = Samples.alert(number, text: "x")
      alert.title = title
      return alert
    }
    var options = ReportOptions()
    let english = PageTests.page(alerts, options)
    #expect(english.contains(titles[0]) && !english.contains("日志记录被关闭"))
    options.language = .chinese
    let chinese = PageTests.page(alerts, options)
    #expect(!chinese.contains(titles[0]))
    #expect(chinese.contains("<span>日志记录被关闭</span>"))
    #expect(chinese.contains("<span lang=\"en\">A rule of &lt;ours&gt;</span>"))
  }

  @Test(arguments: Samples.hostile) func textsOfEventsAreNoMarkup(text: String) {
    for language in Language.allCases {
      var options = ReportOptions()
      options.language = language
      let page = PageTests.page([Samples.alert(text: text)], options)
      // The two of the page itself, and no more.
      #expect(page.components(separatedBy: "<script").count == 3)
      #expect(page.components(separatedBy: "</script>").count == 3)
      #expect(!page.contains("<img"))
      #expect(!page.contains("onerror=alert(1)>"))
      for mark in ["\u{1B}", "\u{202E}", "\u{0}"] { #expect(!page.contains(mark)) }
    }
  }

  @Test func dataOfThePageIsJSONWithoutMarkup() throws {
    let alerts = Samples.hostile.enumerated().map { Samples.alert($0, text: $1) }
    let data = PageData(Samples.content(alerts), Array(alerts.indices), words: PageWords(.english), zone: 0)
    #expect(!data.bytes.contains { [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&")].contains($0) })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(data.bytes)) as? [String: Any])
    #expect((object["a"] as? [Any])?.count == alerts.count)
    let texts = try #require(object["s"] as? [String])
    #expect(texts.contains("<img src=x onerror=alert(1)>"))
    // The script shows what it is given: nothing that turns or hides other text.
    func hidden(_ value: Any) -> Bool {
      if let list = value as? [Any] { return list.contains(where: hidden) }
      guard let text = value as? String else { return false }
      return text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0.properties.isBidiControl }
        || text.contains("\u{2028}")
    }
    #expect(!hidden(texts) && !hidden(object["a"] ?? 0))
    #expect(texts.contains("\\x1B[2J\\u{202e}txt.exe") || texts.contains("\\x1b[2J\\u{202e}txt.exe"))
  }

  @Test func thePolicyNamesTheHashesOfStyleAndScriptAndNothingElse() throws {
    let page = PageTests.page([Samples.alert()])
    let policy = try #require(page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)?.1)
    #expect(policy.hasPrefix("default-src &#39;none&#39;;"))
    #expect(!policy.contains("unsafe") && !policy.contains("http"))
    #expect(policy.components(separatedBy: "sha256-").count == 3)
    // Neither styles in attributes nor handlers, which the policy would refuse.
    #expect(!page.contains(" style=\"") && !page.contains(" onclick=\""))
    for outside in ["http://", "https://", "//cdn", "@import", "url("] {
      #expect(!PageFiles.style.contains(outside))
    }
  }

  @Test func withoutAScriptThereAreGroupsAndTheGravestAlerts() {
    let alerts = (0..<600).map { Samples.alert($0, level: $0 % 100 == 0 ? .critical : .low) }
    let page = PageTests.page(alerts)
    #expect(page.components(separatedBy: "<article").count == 501)
    #expect(page.components(separatedBy: "alert critical\"").count == 7)
    #expect(page.contains("500"))
    #expect(page.contains("<caption>"))
  }

  @Test func base64IsThatOfFoundation() {
    for count in 0..<10 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 77) }
      #expect(Base64.text(bytes) == Data(bytes).base64EncodedString())
    }
  }

  @Test func storyNamesEverybodyTheAddressesAndTheGravest() {
    let alerts = ["ann", "ben", "cleo"].enumerated().map { number, person in
      var alert = Samples.alert(number, text: person, level: number == 2 ? .high : .low)
      alert.title = "Title \(number)"
      alert.origin = AddressOrigin(country: "SE", network: nil)
      alert.actorIssuer = nil
      alert.incident = ("0", 30)
      return alert
    }
    let page = PageTests.page(alerts)
    #expect(page.contains("<strong>ann</strong><span class=\"quiet\">, ben, cleo</span>"))
    #expect(page.contains("111122223333 · 203.0.113.7 (SE) · 3 alerts"))
    #expect(page.contains("<span>Title 0</span> <span class=\"arrow\""))
    #expect(page.contains("SE · since 2026-01-05 01:31</span>"))
  }
}
