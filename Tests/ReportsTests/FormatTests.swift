import Foundation
import Rules
import Testing

@testable import Reports

/// Each format says what it has to, and no text of an event can break out of its place.
@Suite struct FormatTests {
  @Test(arguments: Samples.hostile) func linesOfJSONStayLines(text: String) throws {
    for format in [AlertFormat.native, .ocsf, .timesketch] {
      let bytes = Samples.lines(Samples.alert(text: text), format)
      #expect(bytes.count { $0 == 0x0A } == 1)
      #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [String: Any])
      // Nothing that a terminal or a reader of lines would act on.
      let shown = String(decoding: bytes, as: UTF8.self)
      for mark in ["\u{1B}", "\u{202E}", "\u{2028}", "\u{0}"] { #expect(!shown.contains(mark)) }
    }
  }

  /// RFC 4180, by hand: rows of fields.
  static func fields(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    var rest = Array(text.unicodeScalars)[...]
    while let c = rest.popFirst() {
      if isQuoted {
        if c == "\"", rest.first == "\"" {
          field.unicodeScalars.append(rest.removeFirst())
        } else if c == "\"" {
          isQuoted = false
        } else {
          field.unicodeScalars.append(c)
        }
      } else if c == "\"" {
        isQuoted = true
      } else if c == "," || c == "\n" {
        rows[rows.count - 1].append(field)
        field = ""
        if c == "\n" { rows.append([]) }
      } else {
        field.unicodeScalars.append(c)
      }
    }
    return rows.dropLast()
  }

  @Test(arguments: Samples.hostile) func aSpreadsheetFindsNoFormula(text: String) {
    let rows = FormatTests.fields(String(decoding: Samples.lines(Samples.alert(text: text), .csv), as: UTF8.self))
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    for field in rows[1] {
      let first = field.unicodeScalars.first ?? "x"
      #expect(!"=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first), "\(field)")
    }
  }

  /// Spreadsheets keep fifteen digits, drop zeros in front and take `12e5` for a number.
  @Test(arguments: [
    ("5100000000000033", true), ("012345678901", true), ("00", true), ("12e5", true), ("1E400", true),
    ("'quoted", true), ("=1", true), ("＝1", true), ("＠SUM(A1)", true), ("全角", false), ("111122223333", false),
    ("999999999999999", false), ("0", false), ("7", false),
    ("12e", false), ("12ef", false), ("0x12", false), ("203.0.113.7", false), ("", false), ("5100000000000033a", false),
  ])
  func aSpreadsheetChangesNoText(text: String, isMarked: Bool) throws {
    let rows = FormatTests.fields(String(decoding: Samples.lines(Samples.alert(text: text), .csv), as: UTF8.self))
    let actor = rows[1][try #require(AlertCSVTests.place(of: "actor"))]
    #expect(actor == (isMarked ? "'" + text : text))
    // One apostrophe off, and it is as it was.
    #expect((actor.hasPrefix("'") ? String(actor.dropFirst()) : actor) == text)
  }

  @Test(arguments: [
    ["a"], ["a", "b"], ["a;b", "c"], ["a; b", "\\", "c\\;"], ["a b", "b a"], ["", "x"], ["=1", "2"],
  ])
  func listsCanBeTakenApart(items: [String]) throws {
    var alert = Samples.alert()
    alert.resources = items.map { Array($0.utf8) }
    let rows = FormatTests.fields(String(decoding: Samples.lines(alert, .csv), as: UTF8.self))
    let field = rows[1][try #require(AlertCSVTests.place(of: "resources"))]
    #expect(AlertCSVTests.items(field.hasPrefix("'") ? String(field.dropFirst()) : field) == items, "\(field)")
  }

  @Test(arguments: Samples.hostile) func markdownIsNoMarkup(text: String) {
    let report = MarkdownReport(Samples.content([Samples.alert(text: text)]), zone: 0)
    let shown = String(decoding: report.bytes, as: UTF8.self)
    #expect(!shown.contains("<script"))
    #expect(!shown.contains("<img"))
    #expect(!shown.contains("\u{1B}"))
    // Rows of tables have as many cells as their heads.
    #expect(!shown.contains("\n| x | y |"))
  }

  /// What begins with these is a heading, a list, a rule or a block of code at the beginning of a line, and a link anywhere.
  @Test(arguments: [
    ("# All is well", "\\# All is well"), ("- x", "\\- x"), ("+ x", "\\+ x"), ("=====", "\\====="), ("---", "\\---"),
    ("1. x", "1\\. x"), ("12) x", "12\\) x"), ("12", "12"), ("192.0.2.1", "192.0.2.1"), ("1.", "1\\."),
    ("    x", "&#32;   x"), ("* x", "\\* x"),
    ("> x", "&gt; x"), ("see http://evil.example", "see http\\://evil.example"),
    ("WWW.evil.example", "WWW\\.evil.example"),
    ("arn:aws:iam::1:user/x", "arn:aws:iam::1:user/x"), ("2026-01-05T01:31:25Z", "2026-01-05T01:31:25Z"), ("", ""),
    ("a.b", "a.b"), ("\u{202E}# x", "\\\\u{202e}# x"),
  ])
  func markdownIsText(text: String, written: String) {
    var out: [UInt8] = []
    Array(text.utf8).withUnsafeBytes { Escape.markdown($0, to: &out) }
    #expect(String(decoding: out, as: UTF8.self) == written)
  }

  @Test(arguments: [
    ("https://wiki.example/run?a=1&b=2", true), ("https://wiki.example/a b", false), ("ask ops", false),
  ])
  func theAddressOfARunbookStaysOne(runbook: String, isLink: Bool) {
    var alert = Samples.alert()
    alert.runbook = runbook
    let report = String(decoding: MarkdownReport(Samples.content([alert]), zone: 0).bytes, as: UTF8.self)
    #expect(report.contains("- runbook: <\(runbook)>\n") == isLink)
  }

  /// What the schema asks of a Detection Finding, class 2004.
  @Test func findingsHaveTheAttributesThatOCSFRequires() throws {
    for level in Level.allCases {
      let bytes = Samples.lines(Samples.alert(level: level), .ocsf)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      #expect(object["class_uid"] as? Int == 2004)
      #expect(object["category_uid"] as? Int == 2)
      #expect(object["activity_id"] as? Int == 1)
      #expect(object["type_uid"] as? Int == 200_401)
      #expect(object["severity_id"] as? Int == level.rawValue + 1)
      #expect(object["time"] as? Int64 == Samples.time)
      let metadata = try #require(object["metadata"] as? [String: Any])
      #expect(metadata["version"] as? String == "1.8.0")
      #expect((metadata["product"] as? [String: Any])?["name"] as? String == "Harrier")
      let info = try #require(object["finding_info"] as? [String: Any])
      #expect((info["uid"] as? String)?.count == 32)
      #expect(info["title"] is String)
      #expect((info["analytic"] as? [String: Any])?["type_id"] as? Int == 1)
      #expect((object["cloud"] as? [String: Any])?["provider"] as? String == "aws")
      #expect(object["is_alert"] as? Bool == true)
      for evidence in try #require(object["evidences"] as? [[String: Any]]) {
        #expect(evidence["actor"] != nil)
        #expect((evidence["src_endpoint"] as? [String: Any])?["ip"] as? String == "203.0.113.7")
        #expect((evidence["api"] as? [String: Any])?["operation"] is String)
      }
      for attack in try #require(info["attacks"] as? [[String: Any]]) {
        #expect(attack["technique"] != nil || attack["sub_technique"] != nil || attack["tactic"] != nil)
      }
    }
  }

  /// The table of the schema's class, as (path, value or nil for any): every base attribute and every required one.
  @Test(
    arguments: [
      ("category_uid", 2), ("class_uid", 2004), ("activity_id", 1), ("type_uid", 200_401), ("severity_id", nil),
      ("time", nil), ("status_id", 1), ("message", nil), ("metadata.product.name", nil), ("metadata.version", nil),
      ("metadata.product.vendor_name", nil), ("finding_info.uid", nil), ("finding_info.title", nil),
      ("finding_info.analytic.type_id", 1), ("cloud.provider", nil), ("is_alert", 1), ("observables", nil),
      ("evidences", nil), ("resources", nil), ("unmapped", nil),
    ] as [(String, Int?)])
  func everyRequiredAttributeIsInEveryFinding(path: String, wanted: Int?) throws {
    let alerts = Level.allCases.map { Samples.alert(level: $0) } + Samples.hostile.map { Samples.alert(text: $0) }
    for alert in alerts {
      var value: Any? = try JSONSerialization.jsonObject(with: Data(Samples.lines(alert, .ocsf)))
      for name in path.split(separator: ".") { value = (value as? [String: Any])?[String(name)] }
      #expect(value != nil && !(value is NSNull), "\(path)")
      if let wanted { #expect((value as? NSNumber)?.intValue == wanted) }
    }
  }

  /// The schema asks for a country, a city, a region or a postal code of a location, and for a number or a name of a system.
  @Test(arguments: [("SE", 29_518), ("SE", nil), (nil, 29_518), (nil, nil)] as [(String?, UInt32?)])
  func findingsSayWhereTheirAddressesAre(country: String?, network: UInt32?) throws {
    var alert = Samples.alert()
    alert.origin = AddressOrigin(country: country, network: network)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(Samples.lines(alert, .ocsf))) as? [String: Any])
    let evidence = try #require((object["evidences"] as? [[String: Any]])?.first)
    let endpoint = try #require(evidence["src_endpoint"] as? [String: Any])
    #expect(endpoint["location"] as? [String: String] == country.map { ["country": $0] })
    #expect(endpoint["autonomous_system"] as? [String: UInt32] == network.map { ["number": $0] })
  }

  @Test func anAlertOfWhichLittleIsKnownIsStillAFinding() throws {
    var alert = Alert(id: "00")
    alert.title = "x"
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(Samples.lines(alert, .ocsf))) as? [String: Any])
    for name in ["time", "severity_id", "metadata", "finding_info", "cloud", "type_uid"] {
      #expect(object[name] != nil)
    }
    #expect((object["unmapped"] as? [String: Any])?["time_is_unknown"] as? Bool == true)
    #expect(Samples.lines(alert, .timesketch).isEmpty)
  }

  @Test func theTimelineHasTheFieldsThatTimesketchAsksFor() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(Samples.lines(Samples.alert(), .timesketch))) as? [String: Any])
    #expect(object["datetime"] as? String == "2026-01-05T01:31:25.000+00:00")
    #expect(object["timestamp"] as? Int64 == Samples.time * 1000)
    #expect(object["timestamp_desc"] as? String == "Alert raised")
    #expect((object["message"] as? String)?.contains("ConsoleLogin") == true)
  }

  @Test func aTacticIsOneByItsNameAndByItsNumber() {
    let tags = ["attack.persistence", "attack.ta0003", "attack.t1098", "attack.c0027", "attack.ta0004", "tlp.red"]
    #expect(AttackTag.tactics(tags) == ["persistence", "privilege-escalation"])
  }

  @Test func theLayerCountsTechniques() throws {
    let alerts = (0..<3).map { Samples.alert($0) } + [Samples.alert(3, level: .critical)]
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(NavigatorLayer.text(AlertList(alerts)))) as? [String: Any])
    #expect((object["versions"] as? [String: String])?["layer"] == "4.5")
    #expect(object["domain"] as? String == "enterprise-attack")
    let techniques = try #require(object["techniques"] as? [[String: Any]])
    #expect(techniques.map { $0["techniqueID"] as? String } == ["T1078.004"])
    #expect(techniques.first?["score"] as? Int == 4)
    let gradient = try #require(object["gradient"] as? [String: Any])
    #expect(gradient["maxValue"] as? Int == 4)
    #expect((gradient["colors"] as? [String])?.count == 3)
  }

  @Test func threadsDoNotChangeTheLines() {
    let alerts = (0..<5000).map { Samples.alert($0) }
    func lines(_ jobs: Int) -> [UInt8] {
      var out: [UInt8] = []
      AlertLines(AlertList(alerts), .native, jobs: jobs).write { out += $0 }
      return out
    }
    #expect(lines(1) == lines(3))
  }
}

/// What a program does with `alerts.csv`.
private enum AlertCSVTests {
  static func place(of name: String) -> Int? {
    FormatTests.fields(String(decoding: Samples.lines(Samples.alert(), .csv), as: UTF8.self))[0].firstIndex(of: name)
  }

  static func items(_ list: String) -> [String] {
    var items = [""]
    var rest = Array(list)[...]
    while let c = rest.popFirst() {
      if c == "\\", let next = rest.popFirst() {
        items[items.count - 1].append(next)
      } else if c == ";" {
        if rest.first == " " { rest.removeFirst() }
        items.append("")
      } else {
        items[items.count - 1].append(c)
      }
    }
    return items
  }
}
