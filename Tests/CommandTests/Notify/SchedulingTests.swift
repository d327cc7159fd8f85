import Foundation
import Testing

/// What sweeps are to whoever starts them: silence, one line, exit codes, earlier reports.
@Suite struct SchedulingTests {
  static func post() throws -> (Watchpost, [String]) {
    let post = try Watchpost()
    let base = ["sweep", post.logs, "--no-builtin", "--rules", "\(post.folder.path)/rules.yml"]
    return (post, base)
  }

  @Test func quietSweepThatFindsNothingIsSilent() throws {
    let (post, base) = try Self.post()
    let state = base + ["--state", post.state, "-q"]
    let first = try Harrier.run(state)
    #expect(first.code == 0 && !first.output.isEmpty)
    for more in [[], ["--summary-line"], ["--format", "jsonl"], ["--out", "\(post.folder.path)/out"]] {
      try post.deliver("n\(more.count)\(more.first ?? "").json", [Sample.event(9, action: "ListUsers")])
      let clean = try Harrier.run(state + more)
      #expect(
        clean.code == 0 && clean.output.isEmpty && clean.errors.isEmpty, "\(more): \(clean.output)\(clean.errors)")
      let again = try Harrier.run(state + more)
      #expect(again.output.isEmpty && again.errors.isEmpty)
    }
    let alone = try Harrier.run(
      "sweep", "\(post.logs)/n0.json", "--no-builtin", "--rules", "\(post.folder.path)/rules.yml", "-q")
    #expect(alone.code == 0 && alone.output.isEmpty)
    // Damage is no silence.
    try post.deliver("broken.json", ["{\"Records\":[", "}{"])
    let damaged = try Harrier.run(state)
    #expect(damaged.code == 3 && !damaged.output.isEmpty)
  }

  /// Whoever looks at one of them alone knows that not everything was looked for: in every run, until it is mended.
  @Test func rejectedRuleIsNoSilence() throws {
    let (post, base) = try Self.post()
    let rule = try post.folder.write("more/c.yml", ": :\n")
    let out = "\(post.folder.path)/out"
    let state = base + ["--rules", "\(post.folder.path)/more", "--state", post.state, "-q"]
    for _ in 0..<2 {
      let line = try Harrier.run(state + ["--summary-line"])
      #expect(line.code == 3 && line.errors.contains(rule), "\(line.errors)")
      #expect(line.rows.first?["complete"] as? Bool == false)
      #expect((line.rows.first?["missing"] as? [String])?.contains { $0.contains(rule) } == true, "\(line.output)")
      let text = try Harrier.run(state + ["--out", out])
      #expect(text.code == 3 && text.output.contains("not everything was looked for"), "\(text.output)")
      #expect(text.output.contains("c.yml") && text.errors.contains(rule))
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(out)/summary.json"))
      let summary = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
      #expect(summary["complete"] as? Bool == false)
      #expect((summary["rejected_rules"] as? [String])?.first?.contains(rule) == true)
      #expect(
        try String(contentsOfFile: "\(out)/report.html", encoding: .utf8).contains("Not everything was looked for"))
    }
    let alone = try Harrier.run(base + ["--rules", "\(post.folder.path)/more", "--summary-line", "-q"])
    #expect(alone.code == 3 && alone.rows.first?["complete"] as? Bool == false && alone.errors.contains(rule))
  }

  /// `harrier-notify` lies beside the program, or nobody is told: a quiet run says so.
  @Test func sweepThatCanTellNobodySaysSo() throws {
    let (post, base) = try Self.post()
    let alone = "\(post.folder.path)/harrier"
    try FileManager.default.copyItem(atPath: Harrier.path, toPath: alone)
    let config = try post.folder.write(
      "nobody.yaml", "notify: {targets: {t: {command: [/bin/cat]}}, routes: [{to: t}]}\n")
    let result = try Tool.run(alone, base + ["--config", config, "--state", post.state, "-q"])
    #expect(
      result.errors.contains("nobody is told now: harrier-notify does not lie beside harrier"), "\(result.errors)")
  }

  /// As when a file system is not mounted: neither the first run nor any later one is silent.
  @Test func logsThatAreGoneAreNoSilence() throws {
    let (post, base) = try Self.post()
    let state = base + ["--state", post.state, "-q"]
    #expect(try Harrier.run(state).code == 0)
    try FileManager.default.moveItem(atPath: post.logs, toPath: "\(post.folder.path)/elsewhere")
    for _ in 0..<2 {
      let gone = try Harrier.run(state)
      #expect(gone.code == 3)
      #expect(gone.output.contains("not everything could be read"), "\(gone.output)")
      #expect(gone.output.contains("\(post.logs): no such file"), "\(gone.output)")
    }
    #expect(try Harrier.run(state + ["--summary-line"]).rows.first?["complete"] as? Bool == false)
    #expect(try Harrier.run(state + ["--format", "jsonl"]).output.isEmpty)
  }

  @Test func summaryLineIsOneLineOfJSON() throws {
    let (post, base) = try Self.post()
    let alone = try Harrier.run(base + ["--summary-line"])
    #expect(alone.rows.count == 1 && alone.lines.count == 1)
    #expect(alone.rows[0]["alerts"] as? Int == 3)
    #expect(alone.rows[0]["new"] as? Int == 3)
    let state = base + ["--state", post.state, "--summary-line", "--out", "\(post.folder.path)/out"]
    let first = try Harrier.run(state)
    #expect(first.lines.count == 1)
    let row = try #require(first.rows.first)
    #expect(row["files"] as? Int == 1 && row["events"] as? Int == 3 && row["skipped"] as? Int == 0)
    #expect(row["critical"] as? Int == 1 && row["low"] as? Int == 2 && row["new"] as? Int == 3)
    #expect(row["complete"] as? Bool == true)
    #expect(row["last_time"] as? String == "2026-01-05T10:00:00.000Z")
    let again = try Harrier.run(state)
    #expect(again.lines.count == 1)
    #expect(again.rows.first?["alerts"] as? Int == 0)
    #expect(again.rows.first?["files"] as? Int == 0)
    #expect(try Harrier.run(base + ["--summary-line", "--format", "jsonl"]).code == 2)
  }

  @Test func quietSummaryLineSpeaksWhenThereIsSomethingToSay() throws {
    let (post, base) = try Self.post()
    let state = base + ["--state", post.state, "--summary-line", "-q"]
    let found = try Harrier.run(state)
    #expect(found.lines.count == 1 && found.rows.first?["new"] as? Int == 3 && found.errors.isEmpty)
    let clean = try Harrier.run(state)
    #expect(clean.code == 0 && clean.output.isEmpty && clean.errors.isEmpty)
    try post.deliver("broken.json", ["{\"Records\":[", "}{"])
    let damaged = try Harrier.run(state)
    #expect(damaged.code == 3 && damaged.rows.first?["complete"] as? Bool == false)
  }

  @Test func failOnIsAboutTheNewsOfTheRun() throws {
    let (post, base) = try Self.post()
    let state = base + ["--state", post.state, "-q", "--fail-on", "high"]
    #expect(try Harrier.run(state).code == 1)
    #expect(try Harrier.run(state).code == 0)
    try post.deliver("b.json", [Sample.event(5, time: "2026-01-06T10:00:00Z")])
    #expect(try Harrier.run(state).code == 0)
    try post.deliver("c.json", [Sample.event(6, action: "StopLogging", time: "2026-01-07T10:00:00Z")])
    #expect(try Harrier.run(state).code == 1)
  }

  static let units = DocumentedTests.root.appendingPathComponent("packaging/systemd")
  static let canVerify = FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")

  /// The units as systemd reads them, with a program that is there in the place of ours.
  @Test(.enabled(if: canVerify)) func systemdTakesTheUnitsAndFindsThemHardened() throws {
    let folder = try Folder()
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.units.path).sorted()
    #expect(names.count == 4)
    for name in names {
      let text = try String(contentsOf: Self.units.appendingPathComponent(name), encoding: .utf8)
      try folder.write(
        name,
        text.replacing("/usr/local/bin/harrier-notify", with: "/bin/true").replacing(
          "/usr/local/bin/harrier", with: "/bin/true"))
    }
    for name in names {
      let result = try Tool.run(
        "/usr/bin/systemd-analyze", ["verify", "\(folder.path)/\(name)"],
        environment: ["SYSTEMD_UNIT_PATH": "\(folder.path):"])
      #expect(result.code == 0 && result.errors.isEmpty, "\(name): \(result.errors)")
    }
    for (name, tenths) in [("harrier-sweep", 10), ("harrier-notify", 20)] {
      let result = try Tool.run(
        "/usr/bin/systemd-analyze",
        ["security", "--offline=yes", "--threshold=\(tenths)", "\(folder.path)/\(name).service"])
      #expect(result.code == 0, "\(name): \(result.output.suffix(200))")
    }
  }

  @Test func unitsAndCronCallTheProgramsWithFlagsThatTheyHave() throws {
    let known = DocumentedTests.flags(try Harrier.run("sweep", "--help").output)
    let delivering = DocumentedTests.flags(try Tool.run(Watchpost.notify, ["--help"]).output)
    let page = try DocumentedTests.text("docs/SCHEDULING.md")
    let units = try ["harrier-sweep", "harrier-notify"].map { name in
      try String(contentsOf: Self.units.appendingPathComponent("\(name).service"), encoding: .utf8)
    }.joined()
    var calls = 0
    for line in (page + units).split(separator: "\n") {
      let isDelivery = line.contains("harrier-notify --")
      guard isDelivery || line.contains("harrier sweep ") else { continue }
      calls += 1
      let flags = DocumentedTests.flags(String(line)).filter { $0 != "--no-create-home" }
      #expect(flags.isSubset(of: isDelivery ? delivering : known), "\(line)")
    }
    #expect(calls >= 5)
  }
}
