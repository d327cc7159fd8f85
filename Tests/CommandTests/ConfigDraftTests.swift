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

  @Test func oneIsNotWrittenAsMany() throws {
    let folder = try Folder()
    let one = try Harrier.run("config", "init", try folder.write("a.json", Sample.event(1)))
    #expect(one.lines.contains("  - id: '111122223333'  # 1 event"))
    #expect(one.lines.contains("# 1 identity is none of these: too few events, or nothing to tell by."))
  }
}
