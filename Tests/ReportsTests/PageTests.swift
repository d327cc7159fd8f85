import Foundation
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
    #expect(PageFiles.words == (try text(".tsv")))
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
}
