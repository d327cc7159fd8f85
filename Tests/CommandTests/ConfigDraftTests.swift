import Foundation
import Testing

/// Who a draft takes for a person and who for a program, on archives in which both are active at all hours.
@Suite struct ConfigDraftTests {
  /// By section: the lines below its name.
  private static func sections(_ lines: [String]) -> [String: [String]] {
    var sections: [String: [String]] = [:]
    var name = ""
    for line in lines {
      if let first = line.first, first.isLetter, line.contains(":") { name = String(line.prefix { $0 != ":" }) }
      sections[name, default: []].append(line)
    }
    return sections
  }

  @Test(arguments: ["11", "12"]) func peopleOfAGeneratedArchiveAreNoServices(seed: String) throws {
    let folder = try Folder()
    let archive = "\(folder.path)/archive"
    let made = try Harrier.run("generate", "--out", archive, "--events", "60000", "--files", "40", "--seed", seed, "-q")
    #expect(made.code == 0)
    let draft = try Harrier.run("config", "init", archive, "-q")
    let sections = Self.sections(draft.lines)
    let machines = ((sections["automation"] ?? []) + (sections["service"] ?? [])).filter { $0.hasPrefix("  # ") }
    let people = (sections["people"] ?? []).filter { $0.hasPrefix("  '") }
    #expect(people.count > 100 && machines.count > 20)
    // The generator's people have a first name and a tree.
    let taken = machines.filter {
      $0.contains(#/ [a-z]+\.[a-z]+(@corp\.example)?: guess/#) || $0.contains("ReservedSSO")
    }
    #expect(taken.isEmpty, "\(taken)")
    #expect(people.allSatisfy { $0.contains(/^  '[a-z]+\.[a-z]+':  # guess: \d+ events?, .*; .*named like a person/) })
    for name in ["svc-backup", "terraform-runner", "ci-deploy", "order-events-lambda"] {
      #expect(machines.contains { $0.hasPrefix("  # \(name): guess: ") }, "\(name)")
    }
    #expect(machines.contains { $0.hasPrefix("  # svc-backup") && $0.contains("; as much at night as by day") })
  }

  /// Three weeks without a pause. Whoever signs in is a person; whoever does the same every hour, from one place and with
  /// one program, is none, whatever the name says.
  @Test func whoNeverRestsIsJudgedByWhatElseIsSeen() throws {
    let folder = try Folder()
    var lines: [String] = []
    func add(_ name: String, _ action: String, _ address: String, _ agent: String, day: Int, hour: Int) {
      let time = String(format: "2026-01-%02dT%02d:15:00Z", day, hour)
      lines.append(
        Sample.event(lines.count, action: action, time: time)
          .replacing(/user\/u\d/, with: "user/\(name)").replacing(/"userName":"u\d"/, with: "\"userName\":\"\(name)\"")
          .replacing(/203\.0\.113\.\d+/, with: address).replacing("aws-cli/2", with: agent)
          .replacing("iam.amazonaws.com", with: action == "ConsoleLogin" ? "signin.amazonaws.com" : "iam.amazonaws.com")
      )
    }
    for day in 5...25 {
      for hour in 0..<24 {
        let isAtDesk = hour == 9
        add(
          "night.owl", isAtDesk ? "ConsoleLogin" : "GetUser", "203.0.113.9", isAtDesk ? "Mozilla/5.0" : "aws-cli/2",
          day: day, hour: hour)
        add("rover", "GetUser", "192.0.\(hour % 6).1", "Mozilla/5.0", day: day, hour: hour)
        add("data.sync", "GetUser", "203.0.113.10", "aws-cli/2", day: day, hour: hour)
      }
    }
    let draft = try Harrier.run("config", "init", try folder.write("a.json", lines.joined(separator: "\n")))
    #expect(draft.code == 0, "\(draft.errors)")
    let sections = Self.sections(draft.lines)
    let all = "2026-01-05 to 2026-01-25"
    #expect(
      sections["people"]?.filter { $0.hasPrefix("  '") } == [
        "  'night.owl':  # guess: 504 events, \(all); named like a person, signs in on the console, uses a browser",
        "  'rover':  # guess: 504 events, \(all); uses a browser, changes networks",
      ])
    #expect(
      sections["service"]?.filter { $0.hasPrefix("  # ") } == [
        "  # data.sync: guess: 504 events, \(all), 0 changes, in up to 24 of 24 hours on 7 of 7 days; agents: aws-cli"
          + "; as much at night as by day; one network; one program"
      ])
  }

  /// Nothing that was read is no reason to write down that nothing is usual.
  @Test func nothingReadGivesNoDraft() throws {
    let folder = try Folder()
    let missing = try Harrier.run("config", "init", "\(folder.path)/nosuch")
    #expect(missing.code == 3 && missing.output.isEmpty && missing.errors.contains("no event was read"))
    let empty = try Harrier.run("config", "init", try folder.write("a.json", "{\"Records\":[]}"))
    #expect(empty.code == 2 && empty.output.isEmpty && empty.errors.contains("no event was read"))
  }

  @Test func aCopyOfAFileChangesNothing() throws {
    let folder = try Folder()
    let events = (0..<30).map { Sample.event($0) }.joined(separator: "\n")
    let one = try folder.write("a.json", events)
    let other = try folder.write("b.json", events)
    let draft = try Harrier.run("config", "init", one, other)
    #expect(draft.code == 0 && draft.lines.contains("  - id: '111122223333'  # 30 events"), "\(draft.output)")
    #expect(draft.lines.dropFirst() == (try Harrier.run("config", "init", one)).lines.dropFirst())
  }

  /// - Parameter names: whose each event is.
  private static func draft(_ names: [String], hours: [Int] = [11, 12], days: Int) throws -> [String] {
    let folder = try Folder()
    var lines: [String] = []
    for day in 0..<days {
      for (place, name) in names.enumerated() {
        let time = String(format: "2026-01-%02dT%02d:%02d:00Z", 5 + day, hours[place % hours.count], place % 60)
        let event = Sample.event(lines.count, time: time)
        lines.append(
          event.replacing(/user\/u\d/, with: "user/\(name)").replacing(
            /"userName":"u\d"/, with: "\"userName\":\"\(name)\""))
      }
    }
    let draft = try Harrier.run("config", "init", try folder.write("a.json", lines.joined(separator: "\n")))
    #expect(draft.code == 0, "\(draft.errors)")
    return draft.lines
  }

  @Test(
    arguments: [
      (["dev-joe"], 38, nil, "too little to guess by; dev-joe: 1 of 39 events"),
      (["dev-joe", "dev-joe", "dev-ann", "dev-ann"], 35, "dev", "2 of 2 names"),
      (["dev-joe", "dev-ann"], 37, nil, "too little to guess by; dev-ann, dev-joe: 2 of 39 events"),
      (["prod-api", "prod-api", "prod-api"], 1, "prod", "1 of 1 names"),
      (["prod-api", "dev-joe"], 0, nil, "too little to guess by"),
    ] as [([String], Int, String?, String)])
  func oneVisitorIsNoEnvironment(names: [String], others: Int, stage: String?, reason: String) throws {
    let lines = try Self.draft(names + (0..<others).map { "ann\($0)" }, days: 1)
    let line = try #require(lines.first { $0.contains("environment: ") })
    #expect(line.hasPrefix(stage.map { "    environment: \($0)  # guess: " } ?? "    # environment: "), "\(line)")
    #expect(line.contains(reason), "\(line)")
    #expect(lines.contains("environments:") == (stage != nil))
  }

  @Test(
    arguments: [
      (1, ["# working_hours: people are seen on 1 of 7 days; 5, or two weeks, are needed to see a rhythm"]),
      (4, ["# working_hours: people are seen on 4 of 7 days; 5, or two weeks, are needed to see a rhythm"]),
      (
        5,
        ["working_hours:", "  timezone: UTC", "  days: [mon, tue, wed, thu, fri]", "  from: '11:00'", "  to: '13:00'"]
      ),
    ] as [(Int, [String])])
  func hoursAreGuessedFromAWeekOfWork(days: Int, expected: [String]) throws {
    let lines = try Self.draft([String](repeating: "ann.lee", count: 120), days: days)
    let start = try #require(lines.firstIndex { $0.contains("working_hours:") })
    #expect(Array(lines[start...].prefix(expected.count)) == expected)
  }

  @Test func oneIsNotWrittenAsMany() throws {
    let folder = try Folder()
    let one = try Harrier.run("config", "init", try folder.write("a.json", Sample.event(1)))
    #expect(one.lines.contains("  - id: '111122223333'  # 1 event"))
    #expect(one.lines.contains("# 1 identity is none of these: too few events, or nothing to tell by."))
  }
}
