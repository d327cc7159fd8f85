import Foundation
import Testing

/// Runs that are killed, or whose calls fail, at any moment: after one that goes well, everything is as if nothing had
/// happened. Faults come from outside (Tests/Faults): the binary is the one that is installed.
@Suite struct StateFaultTests {
  private static let isTorture = StateRunsTests.isTorture

  /// Runs that have been, and one that is to come.
  struct Scene: Sendable {
    let base: String
    let logs: String
    let rules: [String]
    /// Later than the files' own times: what was looked at can be relied on.
    let clock: String

    /// - Parameter begins: whether the run to come is the first one.
    init(_ folder: Folder, begins: Bool) throws {
      let text = StateRules.all(
        StateRules.each("One", "one"), StateRules.each("Alone", "alone"),
        StateRules.several("Three", "three", of: "one", atLeast: 3))
      rules = ["--no-builtin", "--rules", try folder.write("rules.yml", text)]
      logs = "\(folder.path)/logs"
      base = "\(folder.path)/base"
      clock = "\(Int(Date().timeIntervalSince1970) + 86_400)"
      try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
      try folder.write("logs/a.json", Scene.event(1, "10:00") + Scene.event(2, "10:30"))
      try folder.write("logs/b.json", Scene.event(3, "11:10"))
      if begins { return }
      let first = try run(base)
      guard first.code == 0 else { throw StateDump.Failure(description: first.errors) }
      // Grown, moved and new: alerts begin, grow and have another beginning.
      try folder.write("logs/a.json", Scene.event(1, "10:00") + Scene.event(2, "10:30") + Scene.event(4, "10:40"))
      try FileManager.default.moveItem(atPath: "\(logs)/b.json", toPath: "\(logs)/z.json")
      try folder.write("logs/c.json", Scene.event(6, "09:40") + Scene.event(5, "18:00"))
    }

    private static func event(_ number: Int, _ time: String) -> String {
      Sample.event(number, action: "StopLogging", time: "2026-01-05T\(time):00Z") + "\n"
    }

    func run(_ place: String, _ environment: [String: String] = [:]) throws -> Harrier.Result {
      let own = ["LD_PRELOAD": Fault.library, "HARRIER_CLOCK": clock]
      let flags = [
        "sweep", logs, "--state", "\(place)/state", "--out", "\(place)/out", "--keep-reports", "3", "--format", "jsonl",
        "-j", "1", "-q",
      ]
      return try Harrier.run(flags + rules, environment: own.merging(environment) { $1 })
    }

    func calls(_ folder: Folder) throws -> (changes: Int, looks: Int) {
      let place = "\(folder.path)/counted"
      try FileManager.default.copyItem(atPath: base, toPath: place)
      return try Fault.counted(folder) { try run(place, $0.environment) }
    }
  }

  /// What there is after a run that nothing disturbed, and one more.
  struct Reference: Sendable {
    let news: String
    let alerts: String
    let dump: [String]

    init(_ scene: Scene, _ folder: Folder) throws {
      let place = "\(folder.path)/undisturbed"
      try FileManager.default.copyItem(atPath: scene.base, toPath: place)
      _ = try scene.run(place)
      news = try String(contentsOfFile: "\(place)/out/alerts.jsonl", encoding: .utf8)
      _ = try scene.run(place)
      alerts = try Harrier.run("alerts", "--state", "\(place)/state", "--format", "jsonl").output
      dump = try Reference.rows("\(place)/state")
    }

    /// Without what says which manifest is the newest: where a run was broken, the chain has one more of them.
    static func rows(_ state: String) throws -> [String] {
      try StateDump.of(state).filter { !$0.hasPrefix("delivered: ") }
    }
  }

  /// What is wrong after a run with a fault and one without.
  private static func wrong(_ fault: Fault, _ scene: Scene, _ reference: Reference, begins: Bool, root: String) throws
    -> String?
  {
    let place = "\(root)/\(fault.kind)-\(fault.at)"
    try FileManager.default.copyItem(atPath: scene.base, toPath: place)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let broken = try scene.run(place, fault.environment)
    if let words = fault.unlike(broken, [0, 4]) { return words }
    if broken.code == 4, !broken.errors.contains(place) { return "its message names no place: \(broken.errors)" }
    return try wrongAfterAnother(fault, scene, reference, begins: begins, place)
  }

  private static func wrongAfterAnother(
    _ fault: Fault, _ scene: Scene, _ reference: Reference, begins: Bool, _ place: String
  ) throws -> String? {
    let lines = { try? String(contentsOfFile: "\(place)/out/alerts.jsonl", encoding: .utf8) }
    let early = lines()
    let clean = try scene.run(place)
    if clean.code != 0 { return "the next run ended with \(clean.code): \(clean.errors)" }
    let late = lines()
    if late != reference.news, late != "" || early != reference.news { return "news are lost or doubled" }
    for entry in try FileManager.default.subpathsOfDirectory(atPath: place) where entry.contains("/.") {
      return "\(entry) is left"
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    if names != ["out", "state", "state.lock"] { return "\(names) are there" }
    if !begins {
      let kept = try? Data(contentsOf: URL(fileURLWithPath: "\(place)/out/reports/000001/alerts.jsonl"))
      let first = try Data(contentsOf: URL(fileURLWithPath: "\(scene.base)/out/alerts.jsonl"))
      if kept != first { return "the earlier report was not kept" }
    }
    if isTorture || fault.at % 3 == 0, let words = try unsound("\(place)/out") { return words }
    return try unlike(reference, place, begins: begins)
  }

  private static func unsound(_ report: String) throws -> String? {
    let verified = try Harrier.run("verify", report, "--state", "\(report)/../state")
    // One of the logs lies elsewhere by now.
    let unsound = verified.rows.filter { row in
      ["changed", "missing", "unreadable"].contains(row["state"] as? String) && row["what"] as? String != "input"
    }
    return verified.rows.isEmpty || !unsound.isEmpty ? "the report does not verify: \(verified.output)" : nil
  }

  /// What is otherwise in a state than in the undisturbed one.
  private static func unlike(_ reference: Reference, _ place: String, begins: Bool) throws -> String? {
    if begins {
      let alerts = try Harrier.run("alerts", "--state", "\(place)/state", "--format", "jsonl").output
      return alerts == reference.alerts ? nil : "other alerts are known"
    }
    let dump = try Reference.rows("\(place)/state")
    let difference = Set(dump).symmetricDifference(reference.dump)
    return dump == reference.dump ? nil : "the state is another: \(difference.map { $0.prefix(200) })"
  }

  /// How densely each kind of fault is tried; a torture tries every call.
  private static func faults(_ calls: (changes: Int, looks: Int), kill: Int, others: Int) -> [Fault] {
    let steps = ["kill": kill, "tear": others, "short": others, "ENOSPC": others, "EIO": others, "stuck": others]
    var faults: [Fault] = []
    for (offset, step) in steps.sorted(by: { $0.key < $1.key }).enumerated() {
      let width = isTorture ? 1 : step.value
      // Each kind begins elsewhere, so that together they meet most calls.
      faults += stride(from: 1 + offset % width, through: calls.changes, by: width).map {
        Fault(kind: step.key, at: $0)
      }
    }
    return faults + stride(from: 1, through: calls.looks, by: isTorture ? 1 : 3).map { Fault(kind: "read", at: $0) }
  }

  private func tryAll(begins: Bool, kill: Int, others: Int) throws -> Int {
    let folder = try Folder(in: Folder.memory)
    let scene = try Scene(folder, begins: begins)
    let reference = try Reference(scene, folder)
    #expect(reference.news.split(separator: "\n").count >= 2)
    let faults = StateFaultTests.faults(try scene.calls(folder), kill: kill, others: others)
    let root = folder.path
    let failures = Failures.of(faults) { fault in
      try StateFaultTests.wrong(fault, scene, reference, begins: begins, root: root)
    }
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    return faults.count(where: \.kills)
  }

  @Test func whateverBreaksARunTheNextOneMakesGood() throws {
    #expect(try tryAll(begins: false, kill: 1, others: 24) >= 200)
  }

  @Test func theSameHoldsForTheFirstRun() throws {
    #expect(try tryAll(begins: true, kill: 12, others: 48) >= 15)
  }
}
