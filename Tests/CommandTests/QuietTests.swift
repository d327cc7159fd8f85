import Foundation
import Testing

/// What is usual is told as less, what could not be looked at is named, and neither depends on how the work is cut.
@Suite struct QuietTests {
  static let rules = """
    title: Changes
    name: changes
    logsource: {product: cloud}
    detection: {s: {action: CreateUser}, condition: s}
    level: medium
    lowered-by: [automation]
    ---
    title: Stops
    name: stops
    logsource: {product: cloud}
    detection: {s: {action: StopLogging}, condition: s}
    level: medium
    """

  static let config = "automation: [{identity: u1, networks: [203.0.113.0/28]}]\n"

  private static func levels(_ folder: Folder, _ events: [(number: Int, action: String)]) throws -> [String: String] {
    let lines = events.map { Sample.event($0.number, action: $0.action) }
    let found = try Harrier.run(
      "sweep", try folder.write("a.json", lines.joined(separator: "\n") + "\n"), "--no-builtin", "--rules",
      try folder.write("r.yml", rules), "--config", try folder.write("h.yaml", config), "--format", "jsonl", "-q")
    #expect(found.code == 0, "\(found.errors)")
    return Dictionary(
      found.rows.map {
        ("\($0["actor"] as? String ?? "") \($0["title"] as? String ?? "")", $0["level"] as? String ?? "")
      }
    ) { $1 }
  }

  /// Event N is by user N modulo 3, from 203.0.113.N.
  @Test func programAtHomeLowersItsOrdinaryChangesAndNothingElse() throws {
    let folder = try Folder()
    #expect(
      try Self.levels(folder, [(1, "CreateUser"), (4, "CreateUser"), (2, "CreateUser"), (7, "StopLogging")]) == [
        "u1 Changes": "informational", "u2 Changes": "medium", "u1 Stops": "medium",
      ])
    // One event from elsewhere is enough.
    #expect(try Self.levels(folder, [(1, "CreateUser"), (16, "CreateUser")]) == ["u1 Changes": "medium"])
    #expect(try Self.levels(folder, [(16, "CreateUser")]) == ["u1 Changes": "medium"])
  }

  private static func summary(_ folder: Folder, _ lines: [String]) throws -> [String: [String: Any]] {
    let archive = try folder.write("a.json", lines.joined(separator: "\n") + "\n")
    let run = try Harrier.run("sweep", archive, "--out", "\(folder.path)/out", "-q")
    #expect(run.code == 0, "\(run.errors)")
    let bytes = try Data(contentsOf: folder.url.appendingPathComponent("out/summary.json"))
    let all = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
    let detections = all?["detections"] as? [[String: Any]] ?? []
    return Dictionary(detections.map { ($0["title"] as? String ?? "", $0) }) { $1 }
  }

  @Test func detectionWithoutItsEventsIsNamedForEachProviderAndAccount() throws {
    let folder = try Folder()
    let tencent = """
      {"eventID":"t-1","resourceType":"cvm","eventRegion":"ap-guangzhou","actionType":"Read","eventName":"DescribeInstances",\
      "eventTime":1767607200,"sourceIPAddress":"203.0.113.9","errorCode":"0","apiErrorCode":0,"accountID":100000000001,\
      "userIdentity":{"type":"CAMUser","userName":"ann","accountId":"100000000001","secretId":""},"requestParameters":"{}"}
      """
    let detections = try Self.summary(
      folder, [Sample.event(1, action: "StopLogging"), Sample.event(2, action: "ConsoleLogin"), tencent])
    let guessed = try #require(detections["Many failed sign-ins of one identity"]?["not_evaluable"] as? [[String: Any]])
    let of = Dictionary(guessed.map { ($0["provider"] as? String ?? "", $0) }) { $1 }
    #expect((of["tencent"]?["reason"] as? String)?.contains("how tencent logs them is a guess") == true)
    #expect(of["tencent"]?["accounts"] as? [String] == ["100000000001"])
    let stopped = try #require(detections["Logging switched off"])
    #expect(stopped["evaluated"] as? Bool == true)
    let elsewhere = stopped["not_evaluable"] as? [[String: Any]]
    #expect(elsewhere?.compactMap { $0["provider"] as? String } == ["tencent"])
    let young = try #require(detections["User who was never seen reads secrets or lists identities"])
    #expect(young["evaluated"] as? Bool == false)
  }

  static let expectations = """
    working_hours: {from: '08:00', to: '19:00'}
    change_freeze: [{from: '2026-01-05T10:02:00Z', to: 2026-01-06, reason: audit}]
    automation: [{identity: u1, networks: [198.51.100.0/24]}]
    networks: {blocked: [203.0.113.8/29]}
    allowed_regions: [eu-central-1]
    naming: {user: '[a-z]+'}
    offboarded: [{identity: u2, since: 2026-01-01}]
    break_glass: [{identity: u0}]
    """

  @Test func expectationsAreTheSameHoweverTheWorkIsCut() throws {
    let folder = try Folder()
    let config = ["--config", try folder.write("h.yaml", Self.expectations)]
    var files: [String] = []
    for file in 0..<3 {
      let lines = (0..<20).map { place in
        let number = file * 20 + place
        return Sample.event(
          number, action: ["CreateUser", "StopLogging", "ListUsers"][number % 3],
          time: String(format: "2026-01-05T%02d:%02d:00Z", 6 + file * 4, place)
        )
        // Who may do what is in no region; a trail is.
        .replacing("iam.amazonaws", with: number % 3 == 1 ? "cloudtrail.amazonaws" : "iam.amazonaws")
      }
      files.append(try folder.write("logs/\(file).json", lines.joined(separator: "\n") + "\n"))
    }
    func report(_ name: String, _ arguments: [String]) throws -> SweepTests.Report {
      let run = try Harrier.run(arguments + config + ["--out", "\(folder.path)/\(name)", "-q"])
      #expect(run.code == 0, "\(run.errors)")
      return try SweepTests.report(folder, name)
    }
    let whole = try report("whole", ["sweep", "\(folder.path)/logs"])
    let text = String(decoding: whole.alerts, as: UTF8.self)
    for title in [
      "Change outside working hours", "Change during a change freeze", "Call from a blocked network",
      "Change in a region that is not allowed", "Identity used after its owner left",
      "Break-glass identity used outside its approved window", "Program calls from a foreign network",
    ] { #expect(text.contains("\"\(title)\""), "\(title)") }
    var partials: [String] = []
    for (place, file) in files.enumerated() {
      partials.append("\(folder.path)/\(place).partial")
      #expect(try Harrier.run(["map", file, "-o", partials[place], "-q"] + config).code == 0)
    }
    #expect(try report("cut", ["reduce"] + partials.reversed()) == whole)
  }
}
