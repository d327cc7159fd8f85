import Foundation
import Testing

/// `sweep`, `map` and `reduce` from outside: the same bytes however the work is cut, the files of the contract, the exit
/// codes.
@Suite struct SweepTests {
  static let archive = DocumentedTests.root.appendingPathComponent("fixtures/archive").path
  static let rules = ["--no-builtin", "--rules", DocumentedTests.root.appendingPathComponent("fixtures/rules").path]

  struct Report: Equatable {
    var alerts: Data
    var summary: Data
  }

  static func report(_ folder: Folder, _ name: String) throws -> Report {
    let directory = folder.url.appendingPathComponent(name)
    return Report(
      alerts: try Data(contentsOf: directory.appendingPathComponent("alerts.jsonl")),
      summary: try Data(contentsOf: directory.appendingPathComponent("summary.json")))
  }

  static func sweep(_ folder: Folder, _ name: String, _ arguments: [String]) throws -> Report {
    let result = try Harrier.run(["sweep", "--out", "\(folder.path)/\(name)"] + rules + arguments)
    // 3: the archive holds a damaged file on purpose.
    #expect(result.code == 3, "\(result.errors)")
    return try report(folder, name)
  }

  static func files() throws -> [String] {
    let found = try Harrier.run("sources", archive, "--format", "jsonl").rows.compactMap { $0["file"] as? String }
    #expect(found.count > 10)
    return found
  }

  @Test(arguments: [
    ["--jobs", "1"], ["--jobs", "2"], ["--jobs", "7"], ["--memory", "1M"], ["--memory", "16M", "--jobs", "1"],
  ])
  func reportDoesNotDependOnThreadsAndMemory(flags: [String]) throws {
    let folder = try Folder()
    let usual = try SweepTests.sweep(folder, "usual", [SweepTests.archive])
    #expect(usual.alerts.count > 10_000)
    #expect(try SweepTests.sweep(folder, "other", flags + [SweepTests.archive]) == usual)
  }

  /// The truth that lies in a generated archive is no record that was lost.
  @Test func onlyWhatMayBeAnEventIsSkipped() throws {
    let folder = try Folder()
    let made = try Harrier.run(
      "generate", "--out", folder.path + "/a", "--events", "20", "--files", "2", "--incidents", "none")
    #expect(made.code == 0)
    let arguments = ["sweep", folder.path + "/a", "--out", folder.path + "/r"] + SweepTests.rules
    let quiet = try Harrier.run(arguments)
    #expect(quiet.code == 0 && !quiet.output.contains("skipped"), "\(quiet.output)")
    try folder.write("a/x.json", Sample.event(1) + "\n{\"broken\n" + Sample.event(2) + "\n")
    #expect(try Harrier.run(arguments).output.contains("1 record skipped"))
  }

  @Test func reportDoesNotDependOnTheOrderOfFiles() throws {
    let folder = try Folder()
    let usual = try SweepTests.sweep(folder, "usual", [SweepTests.archive])
    let files = try SweepTests.files()
    #expect(try SweepTests.sweep(folder, "reversed", files.reversed()) == usual)
    #expect(try SweepTests.sweep(folder, "shuffled", files.shuffled()) == usual)
  }

  @Test func anyCutIntoPartialsGivesTheSameReport() throws {
    let folder = try Folder()
    let usual = try SweepTests.sweep(folder, "usual", [SweepTests.archive])
    for round in 0..<3 {
      var cuts = [[String]](repeating: [], count: round + 2)
      for file in try SweepTests.files().shuffled() { cuts[Int.random(in: cuts.indices)].append(file) }
      var partials: [String] = []
      var codes: [Int32] = []
      for (place, cut) in cuts.enumerated() where !cut.isEmpty {
        let path = "\(folder.path)/\(round)-\(place).partial"
        let mapped = try Harrier.run(["map", "-o", path] + SweepTests.rules + cut)
        #expect([0, 3].contains(mapped.code), "\(mapped.errors)")
        partials.append(path)
        codes.append(mapped.code)
      }
      // Some of them are brought together first; what was damaged stays so.
      let joined = "\(folder.path)/\(round)-joined.partial"
      let code = try Harrier.run(["reduce", "-o", joined] + SweepTests.rules + partials.prefix(2)).code
      #expect(code == codes.prefix(2).max())
      let rest = [joined] + partials.dropFirst(2).shuffled()
      let memory = round == 1 ? ["--memory", "1M"] : []
      let reduced = try Harrier.run(["reduce", "--out", "\(folder.path)/r\(round)"] + memory + SweepTests.rules + rest)
      #expect(reduced.code == 3)
      #expect(try SweepTests.report(folder, "r\(round)") == usual)
    }
  }

  @Test func everyFileTwiceChangesNothingButTheDuplicates() throws {
    let folder = try Folder()
    let files = try SweepTests.files()
    for file in files {
      let name = file.replacingOccurrences(of: SweepTests.archive + "/", with: "")
      for copy in ["a", "b"] { try folder.write("\(copy)/\(name)", try Data(contentsOf: URL(fileURLWithPath: file))) }
    }
    let once = try SweepTests.sweep(folder, "once", ["\(folder.path)/a"])
    let twice = try SweepTests.sweep(folder, "twice", ["\(folder.path)/b", "\(folder.path)/a"])
    #expect(twice.alerts == once.alerts)
    let first = try #require(try JSONSerialization.jsonObject(with: once.summary) as? [String: Any])
    let second = try #require(try JSONSerialization.jsonObject(with: twice.summary) as? [String: Any])
    #expect(second["distinct"] as? Int == first["distinct"] as? Int)
    #expect(second["duplicates"] as? Int == first["distinct"] as? Int)
    #expect(second["actions"] as? [String: Int] == first["actions"] as? [String: Int])
  }

  @Test func filesAreTheOwnersOnly() throws {
    let folder = try Folder()
    _ = try SweepTests.sweep(folder, "out", [SweepTests.archive])
    for name in ["alerts.jsonl", "summary.json"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/out/\(name)")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out").count == 5)
  }

  @Test func alertHasTheFieldsOfTheContract() throws {
    let result = try Harrier.run(["sweep", "--format", "jsonl"] + SweepTests.rules + [SweepTests.archive])
    let names: Set<String> = [
      "id", "time", "first_time", "last_time", "level", "title", "rule_id", "kind", "tags", "provider", "account",
      "environment", "region", "class", "actor", "actor_type", "actor_key", "actor_issuer", "src_ip", "user_agent",
      "actions", "target", "resources", "outcome", "count", "group", "events", "why", "reasons", "next", "runbook",
      "incident",
    ]
    // Where it is known.
    let further: Set<String> = ["src_country", "src_asn", "src_new"]
    #expect(!result.rows.isEmpty)
    for row in result.rows { #expect(Set(row.keys).subtracting(further) == names) }
    let order = result.rows.map { ($0["time"] as? String ?? "") + ($0["id"] as? String ?? "") }
    #expect(order == order.sorted())
  }

  @Test func everyAlertIsExplainedByItsEvents() throws {
    let sweep = try Harrier.run(["sweep", "--format", "jsonl"] + SweepTests.rules + [SweepTests.archive])
    let alert = try #require(sweep.rows.first { $0["kind"] as? String == "value_count" })
    let id = try #require(alert["id"] as? String)
    let explain = ["rules", "explain"] + SweepTests.rules + [SweepTests.archive]
    let text = try Harrier.run(explain + ["--alert", String(id.prefix(10))])
    #expect(text.code == 3)
    for event in try #require(alert["events"] as? [[String: Any]]) {
      #expect(text.output.contains(try #require(event["id"] as? String)))
    }
    #expect(text.output.contains(try #require(alert["why"] as? String)))
    #expect(text.output.contains("value_count"))
    let unknown = try Harrier.run(explain + ["--alert", "0123456789"])
    #expect(unknown.code == 2 && unknown.errors.contains("--every-match"), "\(unknown.errors)")
    #expect(try Harrier.run(explain + ["--alert", "xyz"]).code == 2)
    #expect(try Harrier.run("rules", "explain", "x", "--jobs", "2").code == 2)
  }

  @Test func levelToFailOnDecidesTheExitCode() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", Sample.event(1, action: "StopLogging"))
    let sweep = ["sweep"] + SweepTests.rules
    #expect(try Harrier.run(sweep + [file]).code == 0)
    #expect(try Harrier.run(sweep + [file, "--fail-on", "high"]).code == 1)
    #expect(try Harrier.run(sweep + [file, "--fail-on", "critical"]).code == 0)
    #expect(try Harrier.run(sweep + [file, "--fail-on", "hgh"]).errors.contains("did you mean 'high'"))
    #expect(try Harrier.run(sweep + [file, "\(folder.path)/missing", "--fail-on", "high"]).code == 3)
  }

  @Test func mistakesAreNamedAndNothingIsWritten() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", Sample.event(1))
    #expect(try Harrier.run(["map", file] + SweepTests.rules).code == 2)
    #expect(try Harrier.run(["reduce"] + SweepTests.rules).code == 2)
    let partial = "\(folder.path)/a.partial"
    #expect(try Harrier.run(["map", file, "-o", partial] + SweepTests.rules).code == 0)
    let other = try folder.write(
      "other.yml", "title: x\nlogsource: {product: aws}\ndetection: {s: {eventName: x}, condition: s}\n")
    let mixed = try Harrier.run(["reduce", partial, "--no-builtin", "--rules", other])
    #expect(mixed.code == 2)
    #expect(mixed.errors.contains("made with other rules"))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: partial))
    bytes[bytes.count / 2] ^= 1
    let damaged = try folder.write("damaged.partial", bytes)
    #expect(try Harrier.run(["reduce", damaged] + SweepTests.rules).errors.contains("damaged"))
    let cut = try folder.write("cut.partial", bytes.prefix(bytes.count / 2))
    #expect(try Harrier.run(["reduce", cut] + SweepTests.rules).code == 3)
    let blocked = try folder.write("blocked", "a file")
    let failed = try Harrier.run(["sweep", file, "--out", blocked] + SweepTests.rules)
    #expect(failed.code == 2)
  }

  @Test func partialThatCannotBeReadIsToldOfLikeAPath() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", Sample.event(1, action: "StopLogging"))
    let partial = "\(folder.path)/a.partial"
    #expect(try Harrier.run(["map", file, "-o", partial] + SweepTests.rules).code == 0)
    let whole = try Harrier.run(["reduce", partial, "--format", "jsonl"] + SweepTests.rules)
    #expect(whole.code == 0 && whole.rows.count == 1)
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for other in ["\(folder.path)/missing", file, folder.path, pipe] {
      let run = ["reduce", partial, other, "--format", "jsonl", "--out", "\(folder.path)/out"]
      let result = try Harrier.run(run + SweepTests.rules)
      #expect(result.code == 3)
      #expect(result.errors.contains(other))
      #expect(result.output == whole.output)
      let summary = try String(contentsOfFile: "\(folder.path)/out/summary.json", encoding: .utf8)
      #expect(summary.contains(#""complete":false"#))
      let joined = "\(folder.path)/joined"
      #expect(try Harrier.run(["reduce", partial, other, "-o", joined] + SweepTests.rules).code == 3)
      #expect(try Harrier.run(["reduce", joined, "-q"] + SweepTests.rules).code == 3)
    }
  }
}
