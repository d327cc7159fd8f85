/// Why an alert was raised, in two languages and read back: the same facts, whatever the language.

import Archive
import Configuration
import Events
import Rules
import Testing

@testable import Correlation
@testable import Reports

@Suite struct ReasonTests {
  private static func alert(_ one: SentenceTests.Case) throws -> Alert {
    let plan = historyRules(one.testDescription, rules: one.rules, one.body)
    let reduction = try reduce([try mapped([one.events], plan, now: 1000 * day)], plan: plan)
    let findings = Findings(plan, reduction)
    let place = try #require(
      reduction.episodes.indices.first { reduction.episodes[$0].detection == plan.detections.count - 1 })
    return Alert(findings.alert(place))
  }

  private static func chinese(_ alert: Alert) -> String { String(decoding: ChineseSentence.of(alert), as: UTF8.self) }

  /// Three words of English, one after another. Names of events and rules have fewer.
  static func english(in text: String) -> [String] {
    text.matches(of: /(?:[A-Za-z][A-Za-z'’,;:.]*\s+){2,}[A-Za-z]+/).map { String($0.0) }
  }

  @Test(arguments: SentenceTests.sigma + SentenceTests.newness + SentenceTests.others)
  func reasonIsToldInChineseAndReadsBack(one: SentenceTests.Case) throws {
    var alert = try ReasonTests.alert(one)
    // It is of the run, and not read back.
    alert.habit = nil
    let told = ReasonTests.chinese(alert)
    #expect(ReasonTests.english(in: told) == [] && !told.contains("{") && told.hasSuffix("。"), "\(told)")
    // Every number of the English reason stands in the Chinese one too.
    for number in one.reason.matches(of: /\d[\d:.,TZ\/-]*\d|\d/).map({ String($0.0) }) {
      #expect(told.contains(number), "\(number): \(told)")
    }
    var json = AlertJSON()
    let line = json.line(alert)
    let read = try #require(Alert(line: line))
    #expect(ReasonTests.chinese(read) == told)
    #expect(json.line(read) == line)
  }

  @Test func alertOfAnOlderVersionKeepsItsEnglishSentence() throws {
    var alert = try ReasonTests.alert(SentenceTests.sigma[0])
    var json = AlertJSON()
    #expect(alert.isToldInChinese(.chinese) && !alert.isToldInChinese(.english))
    alert.reasons = nil
    let read = try #require(Alert(line: json.line(alert)))
    #expect(read.reasons == nil && !read.isToldInChinese(.chinese))
    #expect(ReasonTests.chinese(read).contains("调用了"))
    // As is one of a kind that only a newer version knows.
    let newer = Array(#"{"id":"0","rule_id":"r","why":"x","reasons":[{"kind":"of_tomorrow"}]}"#.utf8)
    #expect(try #require(Alert(line: newer)).reasons == nil)
  }

  @Test func everyPhraseHasTheSameFactsInBothLanguages() throws {
    let rows = PageWords.rows(PageFiles.reasons)
    #expect(rows.map { $0[0] } == Phrase.allCases.map { "\($0)" })
    for row in rows {
      #expect(row.count == 3 && row[1] != row[2], "\(row)")
      let facts = try row[1...2].map { text in
        try #require(PhraseTemplate(text), "\(text)").pieces.compactMap { piece -> String? in
          if case .fact(let name, _) = piece { name.rawValue } else { nil }
        }
      }
      // A sentence may name a value twice in one language only.
      #expect(Set(facts[0]) == Set(facts[1]), "\(row[0])")
      let bare = row[2].replacing(/\{[^}]*\}/, with: "")
      #expect(!bare.contains(/[A-Za-z]/), "\(row[2])")
    }
  }

  /// What the configuration expects: each kind with texts of its parts, as an alert reads it.
  @Test(arguments: Violation.Kind.allCases) func violationIsTold(kind: Violation.Kind) throws {
    var facts = "\"check\":\"\(kind)\""
    for part in kind.parts {
      let name = try #require(Fact.Name(rawValue: part.rawValue), "\(part)")
      switch name.form {
      case .time: facts += ",\"\(part.rawValue)\":\"2026-01-05T00:00:00Z\""
      case .texts: facts += ",\"\(part.rawValue)\":[\"x1\",\"x2\"]"
      case .weekdays: facts += ",\"\(part.rawValue)\":[\"mon\",\"sun\"]"
      default: facts += ",\"\(part.rawValue)\":\"<\(part.rawValue)>\""
      }
    }
    let value = try #require(JSONValue(Array("{\"kind\":\"unexpected\",\(facts)}".utf8)))
    let reason = try #require(Reason(value))
    #expect(reason.facts.count == kind.parts.count + 1)
    let setting = ReasonTeller.Setting(time: 0, group: [], account: nil, actor: nil)
    let chinese = String(decoding: ReasonTeller.text([reason], setting, .chinese), as: UTF8.self)
    let english = String(decoding: ReasonTeller.text([reason], setting, .english), as: UTF8.self)
    #expect(chinese.hasSuffix("。") && english.hasSuffix(".") && ReasonTests.english(in: chinese) == [], "\(chinese)")
    for text in [chinese, english] {
      for part in kind.parts {
        let shown: String =
          switch Fact.Name(rawValue: part.rawValue)?.form {
          case .time: "2026-01-05T00:00:00Z"
          case .texts: "x2"
          case .weekdays: text == chinese ? "周一、周日" : "mon, sun"
          default: "<\(part.rawValue)>"
          }
        #expect(text.contains(shown), "\(text)")
      }
    }
  }

  @Test func namesInReasonsArePseudonyms() throws {
    let one = try #require(SentenceTests.others.first { $0.testDescription == "interval" })
    var alert = try ReasonTests.alert(one)
    alert.reasons?.append(
      Reason(.raisedBy, [Fact(name: .target, value: .text(Array("user/alice".utf8)))]))
    let content = ReportContent(alerts: AlertList([alert]), summary: Summary(), inputs: [], rules: "0")
    let pseudonyms = try #require(Pseudonyms(key: [UInt8](repeating: 7, count: 32)))
    let hidden = content.pseudonymised(by: pseudonyms).alerts[0]
    var json = AlertJSON()
    for text in [String(decoding: json.line(hidden), as: UTF8.self), ReasonTests.chinese(hidden)] {
      for name in ["alice", "203.0.113.1", "111122223333"] { #expect(!text.contains(name), "\(name): \(text)") }
    }
    #expect(ReasonTests.chinese(hidden).contains("开始者为 actor-"))
    #expect(ReasonTests.chinese(alert).contains("开始者为 alice"))
  }

  /// Words and values are parted where scripts meet, and nowhere else.
  @Test func chineseHasSpacesAroundOtherScripts() {
    var words = Words(.chinese)
    for part in ["未知主体", "从", "203.0.113.1", "和", "甲", "，", "x", "。", "y"] { words.say(part) }
    #expect(String(decoding: words.bytes, as: UTF8.self) == "未知主体从 203.0.113.1 和甲，x。y")
  }
}
