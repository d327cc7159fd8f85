import Configuration
import Foundation
import Rules
import Testing

@testable import Reports

/// Notices in every shape, against files that were looked at. `HARRIER_UPDATE_GOLDEN=1` writes them anew; the difference is
/// then reviewed.
@Suite struct NoticeTests {
  static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures/notices")

  /// An alert whose texts try to be markup, escape sequences, fields of their own.
  static func alert(_ number: Int = 1, level: Level = .high) -> Alert {
    var alert = Alert(id: String(repeating: "\(number % 10)", count: 32))
    alert.level = level
    alert.title = "Log | stopped = \"now\" ] <!channel>"
    alert.ruleID = "log|stopped"
    alert.kind = "single"
    alert.time = 1_767_607_200_000
    alert.firstTime = 1_767_607_200_000
    alert.lastTime = 1_767_607_260_000
    alert.provider = Array("aws".utf8)
    alert.account = Array("111122223333".utf8)
    alert.environment = Array("prod".utf8)
    alert.region = Array("eu-central-1".utf8)
    alert.actor = Array("<at user_id=\"all\">张伟</at>\u{1B}[31m\nFrom: x".utf8)
    alert.sourceIP = Array("203.0.113.9".utf8)
    alert.userAgent = Array("curl\\8 = |x".utf8)
    alert.actions = [Array("StopLogging".utf8)]
    alert.outcome = Array("success".utf8)
    alert.count = 2
    alert.why = Array("张伟 stopped *the* [trail](http://evil.example) & more\u{202E}".utf8)
    alert.next = Array("harrier timeline --alert 1".utf8)
    alert.runbook = "https://wiki.example/log"
    alert.change = ("new", nil)
    return alert
  }

  static func one() throws -> Notice {
    var json = AlertJSON()
    return try #require(Notice(key: "1111-new-7", line: json.line(alert())))
  }

  static func many() -> Notice {
    var json = AlertJSON()
    let lines = (0..<25).map { json.line(alert($0, level: $0 < 2 ? .critical : .medium)) }
    return Notice(digest: "digest-1-30-30", counts: [5, 0, 23, 0, 2], lines: lines)
  }

  static func compare(_ bytes: [UInt8], _ name: String) throws {
    let file = golden.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["HARRIER_UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: golden, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    #expect(try Data(contentsOf: file) == Data(bytes), "\(name): \(String(decoding: bytes, as: UTF8.self))")
  }

  @Test(arguments: NotifyTarget.Shape.allCases) func webhooksHaveTheShapeOfTheirService(shape: NotifyTarget.Shape)
    throws
  {
    for (notice, name) in [(try Self.one(), "alert"), (Self.many(), "digest")] {
      let body = WebhookBody(notice, shape, secret: nil, time: 1_767_607_300_000)
      #expect(try JSONSerialization.jsonObject(with: Data(body.bytes)) is [String: Any])
      #expect(body.query.isEmpty && body.headers.isEmpty)
      try Self.compare(body.bytes, "\(shape.rawValue)-\(name).json")
    }
  }

  @Test(arguments: NotifyTarget.SyslogFormat.allCases) func syslogIsOneLineInItsFormat(
    format: NotifyTarget.SyslogFormat
  ) throws {
    for (notice, name) in [(try Self.one(), "alert"), (Self.many(), "digest")] {
      let line = SyslogLine(notice, format, host: "host 1", now: 1_767_607_300_000, bytesMax: 8192)
      #expect(!line.bytes.contains { $0 < 0x20 })
      try Self.compare(line.bytes, "\(format.rawValue)-\(name).txt")
      #expect(SyslogLine(notice, format, host: "h", now: 0, bytesMax: 300).bytes.count <= 300)
    }
  }

  @Test func mailHasNoHeaderOfSomebodyElse() throws {
    for (notice, name) in [(try Self.one(), "alert"), (Self.many(), "digest")] {
      let mail = MailMessage(
        notice, to: ["a@corp.example", "b@corp.example"], from: "", host: "host1", now: 1_767_607_300_000)
      let text = String(decoding: mail.bytes, as: UTF8.self)
      #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
      #expect(text.contains("Date: Mon, 05 Jan 2026 10:01:40 +0000\n"))
      #expect(text.components(separatedBy: "From: ").count == 2)
      try Self.compare(mail.bytes, "mail-\(name).txt")
    }
  }

  /// Against signatures made by OpenSSL: printf ... | openssl dgst -sha256 -hmac KEY -binary | base64.
  @Test func signaturesAreThoseOfTheServices() throws {
    let notice = try Self.one()
    let feishu = WebhookBody(notice, .feishu, secret: "SEC1", time: 1_767_607_300_000)
    let body = try #require(try JSONSerialization.jsonObject(with: Data(feishu.bytes)) as? [String: Any])
    #expect(body["timestamp"] as? String == "1767607300")
    #expect(body["sign"] as? String == "hEcVtGYwyDDEZB/Z5WE+gVhNNLhQHd6sfieEKuhNug0=")
    let ding = WebhookBody(notice, .dingtalk, secret: "SEC2", time: 1_767_607_300_123)
    #expect(ding.query == "timestamp=1767607300123&sign=GyyZpvvjrGZVJKvPwuHqgwMkeZkywH3VKmeaWGnH%2FpY%3D")
    let json = WebhookBody(notice, .json, secret: "SEC3", time: 1_767_607_300_123)
    let header = try #require(json.headers.first)
    #expect(header.0 == "Harrier-Signature" && header.1.hasPrefix("t=1767607300,v1="))
    #expect(header.1.count == "t=1767607300,v1=".count + 64)
    let other = WebhookBody(Self.many(), .json, secret: "SEC3", time: 1_767_607_300_123)
    #expect(other.headers.first?.1 != header.1)
    #expect(json.bytes == WebhookBody(notice, .json, secret: nil, time: 0).bytes)
  }

  @Test func longTextsAreCutBetweenCharacters() throws {
    var alert = Self.alert()
    alert.why = Array(String(repeating: "张", count: 5000).utf8)
    alert.title = String(repeating: "伟", count: 500)
    var json = AlertJSON()
    let notice = try #require(Notice(key: "k", line: json.line(alert)))
    let wecom = WebhookBody(notice, .wecom, secret: nil, time: 0)
    #expect(wecom.bytes.count < 2100)
    #expect(String(validating: wecom.bytes, as: UTF8.self) != nil)
    let line = SyslogLine(notice, .rfc5424, host: "h", now: 0, bytesMax: 2048)
    #expect(line.bytes.count <= 2048)
    #expect(String(validating: line.bytes, as: UTF8.self) != nil)
  }

  /// An alert whose every text is as long as it can be, of characters that grow in each format.
  static func greedy(_ character: Character) throws -> (one: Notice, many: Notice) {
    var alert = Self.alert()
    let long = Array(String(repeating: character, count: 3000).utf8)
    alert.title = String(repeating: character, count: 300)
    alert.ruleID = String(repeating: character, count: 300)
    (alert.actor, alert.actorIssuer, alert.account, alert.region, alert.target) = (long, long, long, long, long)
    (alert.userAgent, alert.why, alert.environment, alert.outcome, alert.provider) = (long, long, long, long, long)
    alert.actions = [long]
    var json = AlertJSON()
    let line = json.line(alert)
    return (
      try #require(Notice(key: "k", line: line)),
      Notice(digest: "d", counts: [0, 0, 0, 30, 0], lines: [[UInt8]](repeating: line, count: 20))
    )
  }

  /// What somebody names a thing must not keep others from being told: a request that is too long is not taken at all.
  @Test(arguments: ["\"", "\\", "]", "|", "=", "<", "&", "张", "e\u{301}\u{301}\u{301}", "\u{7}"] as [Character])
  func noServiceIsSentMoreThanItTakes(character: Character) throws {
    let (one, many) = try Self.greedy(character)
    for notice in [one, many] {
      #expect(WebhookBody(notice, .feishu, secret: "s", time: 0).bytes.count < 20_000)
      #expect(WebhookBody(notice, .dingtalk, secret: "s", time: 0).bytes.count < 20_000)
      let wecom = try Self.object(WebhookBody(notice, .wecom, secret: nil, time: 0))
      let content = try #require((wecom["text"] as? [String: Any])?["content"] as? String)
      #expect(content.utf8.count <= 2048)
      let slack = try Self.object(WebhookBody(notice, .slack, secret: nil, time: 0))
      for block in try #require(slack["blocks"] as? [[String: Any]]) {
        let text = try #require((block["text"] as? [String: Any])?["text"] as? String)
        #expect(text.utf16.count <= (block["type"] as? String == "header" ? 150 : 3000))
      }
    }
  }

  static func object(_ body: WebhookBody) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(body.bytes)) as? [String: Any])
  }

  @Test(arguments: 130...150) func titleOfSlackHasRoomForWhatBecameOfTheAlert(count: Int) throws {
    var alert = Self.alert()
    alert.title = String(repeating: "x", count: count)
    alert.change = ("withdrawn", nil)
    var json = AlertJSON()
    let text = NoticeText(try #require(Notice(key: "k", line: json.line(alert))))
    #expect(text.title.utf8.count <= 150 && text.title.hasSuffix(" (withdrawn)"), "\(text.title)")
  }

  @Test func nobodyIsCalledInWeComByTheNameOfSomething() throws {
    var alert = Self.alert()
    alert.actor = Array("<@all> <@u1>".utf8)
    alert.title = "<@all>"
    var json = AlertJSON()
    let notice = try #require(Notice(key: "k", line: json.line(alert)))
    let text = String(decoding: WebhookBody(notice, .wecom, secret: nil, time: 0).bytes, as: UTF8.self)
    #expect(!text.contains("<@") && text.contains("< @all>"), "\(text)")
  }

  /// A message that is cut within its fields is no message to a receiver.
  @Test(arguments: ["\"", "\\", "]", "|", "=", "张", "x"] as [Character], [2048, 8192])
  func syslogEndsAsItsFormatWantsHoweverLongNamesAre(character: Character, bytesMax: Int) throws {
    let (one, many) = try Self.greedy(character)
    for notice in [one, many] {
      let line = SyslogLine(notice, .rfc5424, host: "h", now: 0, bytesMax: bytesMax).bytes
      #expect(line.count <= bytesMax)
      let text = String(decoding: line, as: UTF8.self)
      #expect(text.wholeMatch(of: Self.structured) != nil, "\(text)")
      let cef = String(decoding: SyslogLine(notice, .cef, host: "h", now: 0, bytesMax: bytesMax).bytes, as: UTF8.self)
      #expect(cef.utf8.count <= bytesMax)
      #expect(cef.wholeMatch(of: Self.extended) != nil && cef.contains(" msg="), "\(cef)")
    }
  }

  // HEADER, one SD-ELEMENT, MSG of RFC 5424.
  nonisolated(unsafe) static let structured =
    /(?s)<\d+>1 \S+ \S+ \S+ \S+ \S+ \[\S+( \w+="([^"\\\]]|\\.)*")*\] \u{FEFF}.+/

  // Seven fields between bars, then names with values in which `=` and `\` are escaped.
  nonisolated(unsafe) static let extended =
    #/(?s)<\d+>[^|]* CEF:0\|(([^|\\]|\\.)*\|){6}\w+=([^=\\]|\\.)*( \w+=([^=\\]|\\.)*)*/#

  @Test func subjectOfManyMarksIsCutWithinThem() throws {
    var alert = Self.alert()
    alert.title = "e" + String(repeating: "\u{301}", count: 60)
    var json = AlertJSON()
    let notice = try #require(Notice(key: "k", line: json.line(alert)))
    let mail = MailMessage(notice, to: ["a@corp.example"], from: "", host: "h", now: 0)
    for word in String(decoding: mail.bytes, as: UTF8.self).matches(of: /=\?utf-8\?B\?([^?]*)\?=/) {
      #expect(word.output.0.utf8.count <= 75 && !word.output.1.isEmpty, "\(word.output.0)")
      let bytes = Data(base64Encoded: String(word.output.1)) ?? Data()
      #expect(String(data: bytes, encoding: .utf8) != nil)
    }
  }

  @Test(arguments: [
    (NotifyTarget.Shape.feishu, #"{"code":0,"msg":"success"}"#, ServiceAnswer.taken),
    (.feishu, #"{"StatusCode":0,"StatusMessage":"success"}"#, .taken),
    (.feishu, #"{"code":19021,"msg":"sign match fail"}"#, .refused("code 19021: sign match fail")),
    (.feishu, #"{"code":9499,"msg":"Bad Request"}"#, .refused("code 9499: Bad Request")),
    (.feishu, #"{"code":9499,"msg":"too many request"}"#, .busy("code 9499: too many request")),
    (.feishu, #"{"code":11232,"msg":"frequency limited"}"#, .busy("code 11232: frequency limited")),
    (.dingtalk, #"{"errcode":0,"errmsg":"ok"}"#, .taken),
    (
      .dingtalk, #"{"errcode":310000,"errmsg":"keywords not in content"}"#,
      .refused("code 310000: keywords not in content")
    ),
    (.dingtalk, #"{"errcode":130101,"errmsg":"send too fast"}"#, .busy("code 130101: send too fast")),
    (.wecom, #"{"errcode":45009,"errmsg":"api freq out of limit"}"#, .busy("code 45009: api freq out of limit")),
    (.wecom, #"{"errcode":93000,"errmsg":"invalid webhook url"}"#, .refused("code 93000: invalid webhook url")),
    (.wecom, "<html>", .unreadable("something else than JSON")), (.wecom, "{}", .unreadable("no code")),
  ])
  func answersOfServicesAreUnderstood(shape: NotifyTarget.Shape, text: String, answer: ServiceAnswer) {
    #expect(ServiceAnswer(shape, Array(text.utf8)) == answer)
  }

  @Test func statusOfOtherServicesSaysEverything() {
    #expect(ServiceAnswer(.json, Array("{\"code\":1}".utf8)) == nil && ServiceAnswer(.slack, Array("no".utf8)) == nil)
  }

  @Test func restOfARunComesBackAsItWasCounted() {
    #expect(NoticeRest.counts(NoticeRest.text([1, 2, 3, 4, 5])) == [1, 2, 3, 4, 5])
    #expect(NoticeRest.counts(Array("{\"id\":\"x\"}".utf8)) == nil)
  }

  @Test func whatIsNoAlertIsNoNotice() { #expect(Notice(key: "k", line: Array("{}".utf8)) == nil) }
}
