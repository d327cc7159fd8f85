import Foundation
import Testing

@Suite struct SearchTests {
  static let columns = [
    "time", "provider", "category", "account", "region", "service", "action", "class", "rw", "actor_type", "actor",
    "actor_id", "actor_account", "actor_key", "actor_issuer", "mfa", "src_ip", "src_label", "user_agent", "outcome",
    "error_code", "error_message", "resources", "target", "target_type", "minted_key", "session_key", "login_method",
    "event_id", "request_id", "cross_account", "grants", "environment", "src_asn", "src_country", "file", "record",
  ]

  @Test func everyRowHasEveryColumnInOrder() throws {
    let result = try Harrier.run("search", "*", "-", input: Sample.lines(2))
    #expect(result.code == 0)
    for line in result.lines {
      var rest = line[...]
      for column in SearchTests.columns {
        let place = try #require(rest.range(of: "\"\(column)\":"))
        rest = rest[place.upperBound...]
      }
    }
    let row = try #require(result.rows.last)
    #expect(row["time"] as? String == "2026-01-05T10:00:00.000Z")
    #expect(row["provider"] as? String == "aws")
    #expect(row["action"] as? String == "GetUser")
    #expect(row["event_id"] as? String == "e-1")
    #expect(row["record"] as? Int == 2)
    #expect(row["file"] as? String == "-")
  }

  @Test func rowsComeInTheOrderOfTheFilesWhateverTheThreads() throws {
    let folder = try Folder()
    for file in 0..<40 {
      let events = (0..<(file % 7) * 40).map { Sample.event(file * 1000 + $0) }.joined(separator: "\n")
      try folder.write("d\(file % 3)/f\(file).json", events + "\n")
    }
    let one = try Harrier.run("search", "*", folder.path, "--jobs", "1")
    for jobs in ["2", "3", "8"] {
      #expect(try Harrier.run("search", "*", folder.path, "--jobs", jobs).output == one.output)
    }
    let expected = (0..<40).map { file in file % 7 * 40 }.reduce(0, +)
    #expect(one.rows.count == expected)
  }

  @Test func aLimitStopsTheReading() throws {
    let folder = try Folder()
    for file in 0..<20 { try folder.write("f\(file).json", Sample.lines(2000)) }
    let result = try Harrier.run("search", "*", folder.path, "--limit", "5")
    #expect(result.code == 0)
    #expect(result.rows.count == 5)
    #expect(result.rows.compactMap { $0["event_id"] as? String } == (0..<5).map { "e-\($0)" })
    #expect(try Harrier.run("search", "*", folder.path, "--limit", "0").output.isEmpty)
  }

  @Test func whatHasNoTimeIsInNoRangeAndThatIsSaid() throws {
    let input = Sample.event(1) + "\n" + Sample.event(2, time: "2026/01/05 10:00:00") + "\n"
    let result = try Harrier.run("search", "*", "-", "--since", "2020-01-01", input: input)
    #expect(result.code == 0 && result.rows.count == 1)
    #expect(result.errors.contains("1 event without a readable time, in no range of --since and --until: left out"))
    #expect(try Harrier.run("search", "*", "-", input: input).errors.isEmpty)
  }

  @Test func timesBoundTheEventsHalfOpen() throws {
    let hours = (8...12).map { Sample.event($0, time: "2026-01-05T\($0 < 10 ? "0" : "")\($0):00:00Z") }
    let input = hours.joined(separator: "\n")
    let result = try Harrier.run(
      "search", "*", "-", "--since", "2026-01-05T09:00:00Z", "--until", "2026-01-05 20:00", "--tz", "+08:00",
      input: input)
    #expect(result.rows.compactMap { $0["event_id"] as? String } == ["e-9", "e-10", "e-11"])
    let epoch = try Harrier.run("search", "*", "-", "--since", "1767607200", input: input)
    #expect(epoch.rows.count == 3)
  }

  @Test func pathDatesOnlySkipWhatCannotMatch() throws {
    let folder = try Folder()
    let root = "AWSLogs/111122223333/CloudTrail/us-east-1"
    for day in ["01", "04", "05", "06", "09"] {
      try folder.write("\(root)/2026/01/\(day)/x.json", Sample.event(Int(day) ?? 0) + "\n")
    }
    // The path is a hint, widened by a day: the event of 5 January in the folder of the 4th or 6th is found.
    let result = try Harrier.run("search", "*", folder.path, "--since", "2026-01-05", "--until", "2026-01-06")
    #expect(result.rows.compactMap { $0["event_id"] as? String } == ["e-4", "e-5", "e-6"])
  }

  @Test func countsAreMostFirstAndTiesByValue() throws {
    let events = [("B", 2), ("A", 2), ("C", 3)].flatMap { name, count in
      (0..<count).map { Sample.event($0, action: name) }
    }
    let input = events.joined(separator: "\n")
    let tsv = try Harrier.run("search", "*", "-", "--count-by", "action", "--format", "tsv", input: input)
    #expect(tsv.output == "action\tcount\nC\t3\nA\t2\nB\t2\n")
    let two = try Harrier.run("search", "*", "-", "--count-by", "action,actor", "--top", "1", input: input)
    #expect(two.lines == [#"{"action":"A","actor":"u0","count":1}"#])
    let path = try Harrier.run("search", "*", "-", "--count-by", "userIdentity.type", input: input)
    #expect(path.lines == [#"{"userIdentity.type":"IAMUser","count":7}"#])
  }

  @Test func rawRowsAreTheRecordsThemselves() throws {
    let result = try Harrier.run("search", "*", "-", "--raw", input: Sample.records(3))
    #expect(result.lines == (0..<3).map { Sample.event($0) })
  }

  @Test func copiesAreCountedOnceAndBorrowedIDsAreKept() throws {
    let folder = try Folder()
    try folder.write("b.json", Sample.records(50))
    try folder.write("a.json", Sample.lines(50))
    let borrowed = Sample.event(7, extra: #","additionalEventData":{"x":1}"#)
    try folder.write("c.json", borrowed + "\n")
    for memory in ["1M", "512M"] {
      let result = try Harrier.run("search", "*", folder.path, "--dedupe", "--memory", memory)
      #expect(result.code == 0)
      #expect(result.rows.count == 51)
      #expect(result.rows.prefix(50).allSatisfy { ($0["file"] as? String)?.hasSuffix("/a.json") == true })
      #expect(result.errors.contains("shares the id"))
    }
    let sources = try Harrier.run("sources", folder.path, "--dedupe").rows
    #expect(sources.compactMap { $0["events"] as? Int } == [50, 0, 1])
    #expect(sources.compactMap { $0["records"] as? Int } == [50, 50, 1])
    let fields = try Harrier.run("fields", folder.path, "--dedupe", "--top", "1").rows
    #expect(fields.first?["events"] as? Int == 51)
    let piped = try Harrier.run("search", "*", "-", "--dedupe", input: Sample.lines(30) + Sample.lines(40))
    #expect(piped.rows.count == 40)
  }

  @Test func hostileTextReachesNoFormatUnescaped() throws {
    let evil = #"=cmd|' /C calc'!A0\u001b[31m<b>|\u202e\u0007\u0085\u009b31m\udb40\udc41"#
    let harmful: Set<UInt32> = [0x1B, 0x07, 0x85, 0x9B, 0x202E, 0xE0041]
    let input = Sample.event(1, action: evil)
    let csv = try Harrier.run("search", "*", "-", "--columns", "action", "--format", "csv", input: input)
    #expect(csv.lines.last?.hasPrefix("\"'=cmd") == true)
    for format in ["csv", "tsv", "table", "markdown", "jsonl"] {
      let result = try Harrier.run("search", "*", "-", "--columns", "action", "--format", format, input: input)
      #expect(!result.output.unicodeScalars.contains { harmful.contains($0.value) }, "\(format)")
    }
    let tsv = try Harrier.run("search", "*", "-", "--columns", "action", "--format", "tsv", input: input)
    #expect(tsv.lines.last == #"'=cmd|' /C calc'!A0\x1b[31m<b>|\u{202e}\x07\u{85}\u{9b}31m\u{e0041}"#)
    let markdown = try Harrier.run("search", "*", "-", "--columns", "action", "--format", "markdown", input: input)
    #expect(!markdown.output.contains("<b>"))
    let json = try Harrier.run("search", "*", "-", "--columns", "action", "--format", "jsonl", input: input)
    #expect(
      json.rows.first?["action"] as? String == "=cmd|' /C calc'!A0\u{1B}[31m<b>|\u{202E}\u{07}\u{85}\u{9B}31m\u{E0041}")
  }

  @Test func namesThatNoRecordHasAreNamed() throws {
    let input = Sample.lines(3)
    for arguments in [
      ["*", "--columns", "time,acton"], ["*", "--count-by", "acton"], ["acton = GetUser"],
      ["*", "--columns", "time,acton", "--limit", "1"],
    ] {
      let result = try Harrier.run(
        ["search", arguments[0], "-"] + arguments.dropFirst(), input: Data(input.utf8))
      #expect(result.errors.contains("'acton' (did you mean 'action'?)"), "\(arguments): \(result.errors)")
    }
    let good = try Harrier.run(
      "search", "userIdentity.type = IAMUser", "-", "--columns", "action,userIdentity.userName", input: input)
    #expect(good.errors.isEmpty && good.rows.count == 3)
  }

  @Test func anAddressThatIsComparedWithANetworkAsTextIsAMistake() throws {
    let input = Sample.lines(3)
    let result = try Harrier.run("search", "src_ip = 203.0.113.0/24", "-", input: input)
    #expect(result.code == 1 && result.errors.contains("write 'src_ip in 203.0.113.0/24'"), "\(result.errors)")
    for filter in ["src_ip in 203.0.113.0/24", "src_ip = 203.0.113.*", "src_label = 203.0.113.0/24", "src_ip = a/b"] {
      #expect(try Harrier.run("search", filter, "-", input: input).errors.isEmpty, "\(filter)")
    }
  }

  @Test func aNarrowTableDropsColumnsRatherThanCutTheTime() throws {
    for (width, names) in [
      ("80", ["TIME", "ACTOR", "ACTION", "OUTCOME", "SRC_IP"]), ("60", ["TIME", "ACTOR", "ACTION", "OUTCOME"]),
      ("30", ["TIME"]),
    ] {
      let result = try Harrier.run(
        ["search", "*", "-", "--format", "table"], input: Data(Sample.lines(1).utf8), environment: ["COLUMNS": width])
      #expect(result.lines.first?.split(separator: " ").map(String.init) == names, "\(result.output)")
      #expect(result.lines.last?.hasPrefix("2026-01-05T10:00:00.000Z") == true)
      #expect(result.lines.allSatisfy { $0.count <= Int(width) ?? 0 })
      #expect(!names.contains("SRC_IP") || result.lines.last?.hasSuffix("  203.0.113.0") == true, "\(result.output)")
      #expect(result.errors.contains("too narrow"))
    }
  }

  @Test func aFieldHasNoMoreDistinctValuesThanItWasMet() throws {
    let rows = try Harrier.run("fields", "-", input: Sample.lines(3000)).rows
    #expect(rows.count > 5)
    for row in rows where row["types"] as? [String] == ["string"] {
      #expect((row["distinct"] as? Int ?? 0) <= (row["events"] as? Int ?? 0), "\(row)")
    }
  }

  @Test func eventsThatAreJSONTextAreFoundByTheirFields() throws {
    let text = Sample.lines(3).split(separator: "\n").map { line in
      "\"" + line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    for input in [text.joined(separator: "\n"), "[" + text.joined(separator: ",") + "]"] {
      let found = try Harrier.run("search", "userIdentity.userName = u1 and eventID = e-1", "-", input: input)
      #expect(found.rows.compactMap { $0["provider"] as? String } == ["aws"], "\(found.errors)")
      let fields = try Harrier.run("fields", "-", input: input).rows
      #expect(fields.contains { $0["field"] as? String == "userIdentity.type" && $0["events"] as? Int == 3 })
    }
  }

  @Test func aBadFilterIsShownWithAMarkUnderItsPlace() throws {
    let result = try Harrier.run("search", "action = ConsoleLogin and =", "-", input: "")
    #expect(result.code == 2)
    #expect(
      result.errors == """
        harrier: filter, line 1, column 27: expected a field or a search word, found an operator
          action = ConsoleLogin and =
                                    ^

        """)
    let hostile = try Harrier.run("search", "a = \u{1B}[31m\nb ( c", "-", input: "")
    #expect(hostile.errors.split(separator: "\n").last == "  ^")
    #expect(!hostile.errors.unicodeScalars.contains("\u{1B}"))
  }

  @Test func theFilterOfAnExplainedRuleCanBePastedBack() throws {
    let folder = try Folder()
    let rule = try folder.write("r.yml", RulesCommandTests.rule("'eventName': \"a\\tb\\u200bc\""))
    let explained = try Harrier.run("rules", "explain", "T", "--rules", rule)
    let filter = try #require(explained.lines.last?.trimmingCharacters(in: .whitespaces))
    #expect(filter.contains(#"'a\u{9}b\u{200b}c'"#), "\(filter)")
    let events = Sample.event(1, action: "a\\tb\u{200B}c") + "\n" + Sample.event(2)
    #expect(try Harrier.run("search", filter, "-", input: events).rows.count == 1)
  }

  @Test func rawRecordsAreEscapedOnATerminalAndVerbatimInAPipe() throws {
    let folder = try Folder()
    let record = Sample.event(1, action: "a\u{9B}31m\u{202E}b\u{7F}")
    let file = try folder.write("a.json", record + "\n")
    #expect(try Harrier.run("search", "*", file, "--raw").output == record + "\n")
    let shown = try Shell.run("script -qec \"\(Harrier.path) search '*' \(file) --raw\" /dev/null")
    #expect(shown.output.contains(#"a\u009b31m\u202eb\u007f"#), "\(shown.output)")
    #expect(!shown.output.unicodeScalars.contains { [0x9B, 0x202E, 0x7F].contains($0.value) })
  }
}
