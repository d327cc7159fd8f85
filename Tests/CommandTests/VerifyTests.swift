import Foundation
import Testing

/// `harrier verify`: who vouches for the newest manifest, and what becomes of logs that have moved.
@Suite struct VerifyTests {
  typealias Desk = StateRunsTests.Desk

  private static func desk() throws -> (Desk, out: String) {
    let desk = try Desk(rules: StateRules.each("One", "one"))
    let out = "\(desk.folder.path)/out"
    for name in ["a", "b"] {
      try desk.write("\(name).json", Sample.event(name == "a" ? 1 : 2, action: "StopLogging") + "\n")
      try desk.sweep("--out", out)
    }
    return (desk, out)
  }

  private static func verify(_ out: String, _ flags: String...) throws -> Harrier.Result {
    try Harrier.run(["verify", out, "--format", "jsonl"] + flags)
  }

  private static func edit(_ path: String, _ change: (String) -> String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(change(text).utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func bad(_ result: Harrier.Result) -> [String: String] {
    var bad: [String: String] = [:]
    for row in result.rows where row["state"] as? String != "ok" {
      bad[(row["file"] as? String ?? "").split(separator: "/").last.map(String.init) ?? ""] = row["state"] as? String
    }
    return bad
  }

  @Test func changeOfTheNewestManifestIsNoticedByTheStateAlone() throws {
    let (desk, out) = try Self.desk()
    let sound = try Self.verify(out, "--state", desk.state)
    #expect(sound.code == 0 && sound.errors.hasSuffix("is the one that the state keeps\n"), "\(sound.errors)")
    // Of what no other file says: which rules were used.
    try Self.edit("\(out)/manifest.json") { $0.replacing(#""rules":""#, with: #""rules":"0"#) }
    let alone = try Self.verify(out)
    #expect(alone.code == 0)
    #expect(alone.errors.contains("nothing vouches for manifest.json itself: --state FILE does"), "\(alone.errors)")
    let known = try Self.verify(out, "--state", desk.state)
    #expect(known.code == 1 && Self.bad(known) == ["manifest.json": "changed"], "\(known.output)")
    #expect(known.errors.contains("DOES NOT VERIFY"))
  }

  @Test func neitherForgedNorOlderManifestTakesItsPlace() throws {
    let (desk, out) = try Self.desk()
    let genuine = try Data(contentsOf: URL(fileURLWithPath: "\(out)/manifest.json"))
    // One more, linked as it should be.
    #expect(try Harrier.run(["sweep", desk.logs, "--out", out] + desk.rules).code == 0)
    #expect(try Self.verify(out).code == 0)
    let forged = try Self.verify(out, "--state", desk.state)
    #expect(forged.code == 1 && forged.output.contains("no run of this state has written it"), "\(forged.errors)")
    // The next sweep goes on from there, and says so by its chain.
    try desk.write("c.json", Sample.event(3, action: "StopLogging") + "\n")
    try desk.sweep("--out", out)
    #expect(try Self.verify(out, "--state", desk.state).code == 0)
    try genuine.write(to: URL(fileURLWithPath: "\(out)/manifest.json"))
    let older = try Self.verify(out, "--state", desk.state)
    #expect(older.code == 1 && older.output.contains("the state knows of a later one"), "\(older.errors)")
  }

  @Test func reportMadeAgainFromTheStateIsKnownToIt() throws {
    let (desk, out) = try Self.desk()
    #expect(try Harrier.run("alerts", "--state", desk.state, "--out", out).code == 0)
    let known = try Self.verify("\(out)/", "--state", desk.state)
    #expect(known.code == 0 && known.errors.contains("the one that the state keeps"), "\(known.errors)")
  }

  @Test func stateThatKnowsNothingOfAReportSaysSo() throws {
    let (desk, _) = try Self.desk()
    let other = "\(desk.folder.path)/other"
    #expect(try Harrier.run(["sweep", desk.logs, "--out", other] + desk.rules).code == 0)
    let unknown = try Self.verify(other, "--state", desk.state)
    #expect(unknown.code == 0 && unknown.errors.contains("the state knows of no report here"))
    #expect(try Self.verify(other, "--state", "\(desk.folder.path)/none").code == 4)
  }

  @Test func keptReportIsVouchedForByTheManifestAfterIt() throws {
    let (desk, out) = try Self.desk()
    try desk.write("c.json", Sample.event(3, action: "StopLogging") + "\n")
    try desk.sweep("--out", out, "--keep-reports", "5")
    let kept = "\(out)/reports/000002"
    let sound = try Self.verify(kept)
    #expect(sound.code == 0 && sound.errors.contains("manifest 3, which came after it, vouches"), "\(sound.errors)")
    try Self.edit("\(kept)/manifest.json") { $0.replacing(#""rules":""#, with: #""rules":"0"#) }
    #expect(try Self.verify(kept).code == 1)
  }

  @Test(arguments: [true, false]) func movedLogIsNotMissing(hasState: Bool) throws {
    let (desk, out) = try Self.desk()
    let moved = hasState ? "\(desk.logs)/old/a.json" : "\(desk.logs)/z.json"
    try FileManager.default.createDirectory(atPath: "\(desk.logs)/old", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: "\(desk.logs)/a.json", toPath: moved)
    // Elsewhere than beside the others only a sweep finds it.
    if hasState {
      #expect(Self.bad(try Self.verify(out)) == ["a.json": "missing"])
      try desk.sweep("--out", out)
    }
    let result = try hasState ? Self.verify(out, "--state", desk.state) : Self.verify(out)
    #expect(result.code == 0 && Self.bad(result) == ["a.json": "moved"], "\(result.output)")
    #expect(result.output.contains("it lies at \(moved) now"), "\(result.output)")
    #expect(result.errors.contains("sound") && result.errors.contains("(1 moved)"), "\(result.errors)")
    try Self.edit(moved) { $0.replacing("StopLogging", with: "ListTrails_") }
    #expect(try Self.verify(out, "--state", desk.state).code == 1)
  }

  /// Who changes a log and leaves a copy of what it was has changed it.
  @Test func copyIsNoExcuseForAChangedLog() throws {
    let (desk, out) = try Self.desk()
    try FileManager.default.copyItem(atPath: "\(desk.logs)/a.json", toPath: "\(desk.logs)/a.json.bak")
    try Self.edit("\(desk.logs)/a.json") { $0.replacing("StopLogging", with: "ListTrails_") }
    let result = try Self.verify(out)
    #expect(result.code == 1 && Self.bad(result) == ["a.json": "changed"], "\(result.output)")
    #expect(result.output.contains("what was read lies at \(desk.logs)/a.json.bak"), "\(result.output)")
  }

  @Test func pseudonymsSayWhatCannotBeChecked() throws {
    let (desk, _) = try Self.desk()
    let key = try desk.folder.write("key", String(repeating: "k", count: 32))
    let out = "\(desk.folder.path)/hidden"
    #expect(try Harrier.run(["sweep", desk.logs, "--out", out, "--pseudonymise", key] + desk.rules).code == 0)
    let result = try Self.verify(out)
    #expect(result.code == 0)
    #expect(result.rows.count { $0["note"] as? String == "its name is a pseudonym" } == 2)
    #expect(result.errors.contains("0/2 inputs (2 not checked)"), "\(result.errors)")
    try Self.edit("\(out)/alerts.jsonl") { $0 + "\n" }
    #expect(try Self.verify(out).code == 1)
  }

  /// What was verified stands in one line of a terminal, however long the path is.
  @Test func everyLineFitsATerminal() throws {
    let (desk, out) = try Self.desk()
    let long = "\(desk.folder.path)/\(String(repeating: "long", count: 30))"
    try FileManager.default.moveItem(atPath: out, toPath: long)
    for flags in [[], ["--state", desk.state]] {
      let lines = try Harrier.run(["verify", long] + flags).errors.split(separator: "\n")
      #expect(lines.count == 2 && lines[0].contains("sound; 2/2 manifests, "), "\(lines)")
      for line in lines { #expect(line.count <= 80, "\(line)") }
    }
  }
}
