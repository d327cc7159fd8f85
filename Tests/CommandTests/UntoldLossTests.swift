import Foundation
import Testing

/// A damaged file counts in the run that reads it. Where that run is killed before it can say so, the next one that ends
/// says it: in its exit code, in its line, and in every file of its report.
@Suite struct UntoldLossTests {
  private static let damaged = "broken.json"

  /// Runs that have been, and a damaged file that is to be read.
  struct Scene: Sendable {
    let folder: String
    let rules: [String]
    let clock = "\(Int(Date().timeIntervalSince1970) + 86_400)"

    init(_ folder: Folder) throws {
      self.folder = folder.path
      rules = ["--no-builtin", "--rules", try folder.write("rules.yml", StateRules.each("One", "one"))]
      try folder.write("base/logs/a.json", Scene.event(1))
      let first = try run("\(folder.path)/base")
      guard first.code == 0 else { throw StateDump.Failure(description: first.errors) }
      try folder.write("base/logs/\(UntoldLossTests.damaged)", Scene.event(2) + "{\"Records\":[}{\n" + Scene.event(3))
    }

    static func event(_ number: Int) -> String {
      Sample.event(number, action: "StopLogging", time: "2026-01-05T10:0\(number):00Z") + "\n"
    }

    func run(
      _ place: String, _ environment: [String: String] = [:], out: String? = "out", _ flags: String...
    ) throws -> Harrier.Result {
      let own = ["LD_PRELOAD": Fault.library, "HARRIER_CLOCK": clock]
      let report = out.map { ["--out", "\(place)/\($0)"] } ?? []
      return try Harrier.run(
        ["sweep", "\(place)/logs", "--state", "\(place)/state", "-j", "1", "-q", "--summary-line"] + report + rules
          + flags,
        environment: own.merging(environment) { $1 })
    }

    func calls(_ folder: Folder, out: String?) throws -> Int {
      let place = "\(folder.path)/counted-\(out ?? "none")"
      try FileManager.default.copyItem(atPath: "\(self.folder)/base", toPath: place)
      // The run that is counted reads the damaged file: it ends with 3.
      let file = "\(place)/count"
      let result = try run(place, Fault(kind: "count", at: 0, counts: file).environment, out: out)
      guard result.code == 3 else { throw StateDump.Failure(description: "\(result.code): \(result.errors)") }
      let numbers = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isWhitespace)
      return numbers.first.flatMap { Int($0) } ?? 0
    }
  }

  private static func json(_ path: String) -> [String: Any]? {
    (try? Data(contentsOf: URL(fileURLWithPath: path))).flatMap {
      try? JSONSerialization.jsonObject(with: $0) as? [String: Any]
    }
  }

  /// Whether all that a report says of losses is the same, and names the file; nil if it says that nothing is missing.
  private static func names(_ out: String) throws -> Bool? {
    guard let summary = json("\(out)/summary.json"), let manifest = json("\(out)/manifest.json") else { return nil }
    let isComplete = summary["complete"] as? Bool
    guard isComplete == manifest["complete"] as? Bool else { return false }
    if isComplete == true { return nil }
    let inputs = (manifest["inputs"] as? [[String: Any]] ?? []).filter {
      ($0["skipped"] as? [String: Any])?.isEmpty == false
    }
    let page = try String(contentsOfFile: "\(out)/report.html", encoding: .utf8)
    return inputs.contains { ($0["file"] as? String)?.hasSuffix(damaged) == true } && page.contains(damaged)
  }

  private static func names(_ row: [String: Any]) -> Bool {
    (row["missing"] as? [String])?.contains { $0.contains(damaged) } == true
  }

  /// What is wrong after some runs that were killed at a call, and one that ends.
  ///
  /// - Parameters:
  ///   - kills: how many runs are killed, one after another.
  ///   - hasNews: whether there is another file to read for the last one.
  ///   - outs: where the killed runs' reports go, and that of the last one.
  private static func wrong(
    _ scene: Scene, at: Int, kills: Int, hasNews: Bool, outs: (String?, String?), root: String
  ) throws -> String? {
    let place = "\(root)/\(at)-\(kills)-\(hasNews)-\(outs.0 ?? "none")-\(outs.1 ?? "none")"
    try FileManager.default.copyItem(atPath: "\(scene.folder)/base", toPath: place)
    defer { try? FileManager.default.removeItem(atPath: place) }
    var printed = ""
    for _ in 0..<kills {
      let killed = try scene.run(place, Fault(kind: "kill", at: at).environment, out: outs.0)
      printed += killed.output
      // Later runs have less to do.
      if killed.code != SIGKILL { return killed.code == 3 || killed.code == 0 ? nil : "\(killed.code)" }
    }
    let early = try outs.0.flatMap { try names("\(place)/\($0)") }
    if hasNews { try Data(Scene.event(7).utf8).write(to: URL(fileURLWithPath: "\(place)/logs/new.json")) }
    let clean = try scene.run(place, out: outs.1)
    let row = clean.rows.last ?? [:]
    if clean.code == 0 {
      // The last of the killed ones had told it.
      let wasTold = outs.0 == nil ? printed.contains(damaged) : early == true
      let isSilent = try outs.1.flatMap { try names("\(place)/\($0)") } == nil && row["complete"] as? Bool != false
      return wasTold && isSilent ? nil : "nobody was told: \(printed)\(clean.output)"
    }
    guard clean.code == 3 else { return "the next run ended with \(clean.code): \(clean.errors)" }
    guard row["complete"] as? Bool == false, names(row) else { return "its line says \(clean.output)" }
    if let out = outs.1, try names("\(place)/\(out)") != true { return "its report does not name the file" }
    let next = try scene.run(place, out: outs.1)
    return next.code == 0 && next.output.isEmpty ? nil : "it was told twice: \(next.code) \(next.output)"
  }

  @Test(arguments: [("out", "out"), ("out", "other"), (nil, nil), (nil, "out"), ("out", nil)] as [(String?, String?)])
  func whatKilledRunsHaveLostIsToldByTheNextOne(first: String?, second: String?) throws {
    let folder = try Folder(in: Folder.memory)
    let scene = try Scene(folder)
    let calls = try scene.calls(folder, out: first)
    let step = StateRunsTests.isTorture ? 1 : 9
    let faults = stride(from: 1, through: calls, by: step).map { Fault(kind: "kill", at: $0) }
    #expect(faults.count >= 10 || StateRunsTests.isTorture)
    let root = folder.path
    let failures = Failures.of(faults) { fault in
      for (kills, hasNews) in [(1, false), (1, true), (3, false)] {
        let outs = (first, second)
        let words = try UntoldLossTests.wrong(
          scene, at: fault.at, kills: kills, hasNews: hasNews, outs: outs, root: root)
        if let words { return "\(kills) killed, \(hasNews ? "news" : "no news"): \(words)" }
      }
      return nil
    }
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }

  /// A report that cannot be written is another reason why nobody has heard of a loss.
  @Test(arguments: [true, false]) func placeThatIsGoneKeepsNoLossBack(hasNews: Bool) throws {
    let folder = try Folder()
    let scene = try Scene(folder)
    let place = "\(folder.path)/base"
    try FileManager.default.removeItem(atPath: "\(place)/out")
    try folder.write("base/out", "in the way")
    #expect(try scene.run(place).code == 4)
    #expect(try scene.run(place).code == 4)
    if hasNews { try folder.write("base/logs/new.json", Scene.event(7)) }
    let other = try scene.run(place, out: "other", "--lang", "zh")
    #expect(other.code == 3 && other.errors.contains(Self.damaged), "\(other.errors)")
    #expect(try Self.names("\(place)/other") == true)
    let page = try String(contentsOfFile: "\(place)/other/report.html", encoding: .utf8)
    #expect(page.contains("\(Self.damaged)：第 2 次运行未能读取其全部内容"), "\(page.count)")
    #expect(other.rows.last.map(Self.names) == true, "\(other.output)")
    #expect(try scene.run(place, out: "other").code == 0)
  }

  /// What could not be opened then, and was read now, is not lost.
  @Test(.enabled(if: geteuid() != 0)) func fileThatCanBeReadAgainIsNoLoss() throws {
    let folder = try Folder()
    let scene = try Scene(folder)
    let place = "\(folder.path)/base"
    let file = "\(place)/logs/\(Self.damaged)"
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
    try FileManager.default.removeItem(atPath: "\(place)/out")
    try folder.write("base/out", "in the way")
    #expect(try scene.run(place).code == 4)
    try Data(Scene.event(5).utf8).write(to: URL(fileURLWithPath: "\(file).new"))
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.moveItem(atPath: "\(file).new", toPath: file)
    let other = try scene.run(place, out: "other")
    #expect(other.code == 0, "\(other.errors)")
  }
}
