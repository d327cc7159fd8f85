import Foundation
import Testing

/// Runs with a state at the edges: before any time has passed, with files read again that have grown, with alerts that held
/// others together.
@Suite struct StateEdgeTests {
  typealias Desk = StateRunsTests.Desk

  private static let rules = StateRules.each("Counted", "counted")

  private static func event(_ id: String, _ name: String, _ time: String?, user: String = "alice") -> String {
    let time = time.map { #""eventTime":"\#($0)","# } ?? ""
    return #"{"eventVersion":"1.08",\#(time)"eventSource":"iam.amazonaws.com","awsRegion":"us-east-1","#
      + #""eventName":"\#(name)","recipientAccountId":"111122223333","eventID":"\#(id)","#
      + #""userIdentity":{"type":"IAMUser","userName":"\#(user)"},"sourceIPAddress":"203.0.113.1"}"# + "\n"
  }

  /// Nothing, no event, an event without a time, and one whose date is forged.
  @Test(
    arguments: [
      "", "{\"Records\":[]}", event("x", "StopLogging", nil), event("x", "StopLogging", "2099-01-01T00:00:00Z"),
    ])
  func manyRunsMayPassBeforeTimeDoes(content: String) throws {
    let desk = try Desk(rules: Self.rules)
    for number in 0..<3 {
      try desk.write("\(number).json", content.replacing("\"x\"", with: "\"x\(number)\""))
      let result = try Harrier.run(["sweep", desk.logs, "--state", desk.state, "--format", "jsonl"] + desk.rules)
      #expect(result.code == 0, "\(result.errors)")
    }
    try desk.write("last.json", Self.event("last", "StopLogging", "2026-01-05T10:00:00Z"))
    try desk.sweep()
    #expect(try desk.alerts().output == desk.oneShot())
  }

  /// What a file brought each time it grew is replaced by what is read of it from the beginning, also where it was turned.
  @Test(arguments: [false, true]) func backfillReadsAFileThatGrewOnce(isTurned: Bool) throws {
    let desk = try Desk(rules: Self.rules)
    var content = ""
    for month in 1...4 {
      content += Self.event("e\(month)", "StopLogging", "2026-0\(month)-05T10:00:00Z")
      try StateEdgeTests.append(content, to: "\(desk.logs)/a.json")
      try desk.sweep()
    }
    if isTurned {
      try FileManager.default.moveItem(atPath: "\(desk.logs)/a.json", toPath: "\(desk.logs)/a.json.1")
      try desk.write("a.json", Self.event("next", "StopLogging", "2026-04-06T10:00:00Z"))
      try desk.sweep()
    }
    let whole = try desk.oneShot()
    #expect(try desk.alerts().output == whole)
    #expect(try desk.sweep("--backfill").output.isEmpty)
    #expect(try desk.alerts().output == whole)
  }

  private static func append(_ content: String, to path: String) throws {
    if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    let file = try #require(FileHandle(forWritingAtPath: path))
    defer { try? file.close() }
    let size = try file.seekToEnd()
    try file.write(contentsOf: Array(content.utf8).dropFirst(Int(size)))
  }

  /// A late event withdraws what made one incident of two, long after those were settled.
  @Test func incidentsThatFallApartDoSoForSettledAlerts() throws {
    let absent = """
      title: Second
      name: second
      status: test
      logsource: {product: aws, service: cloudtrail}
      detection: {one: {eventName: StartLogging}, condition: one}
      ---
      title: Absent
      name: absent
      status: test
      correlation:
        type: temporal
        rules: [counted, second]
        group-by: [recipientAccountId]
        timespan: 1d
        condition: counted and not second
      ---
      title: Each
      name: each
      status: test
      correlation:
        type: event_count
        rules: [counted]
        group-by: [userIdentity.userName]
        timespan: 10m
        condition: {gte: 1}

      """
    let desk = try Desk(rules: StateRules.all(Self.rules, absent))
    func run() throws -> String {
      let result = try Harrier.run(
        ["sweep", desk.logs, "--state", desk.state, "--format", "jsonl", "--late", "2d"] + desk.rules)
      #expect(result.code == 0, "\(result.errors)")
      return result.output
    }
    let both = ["alice", "bob"].map { Self.event($0, "StopLogging", "2026-01-05T10:00:00Z", user: $0) }.joined()
    try desk.write("a.json", both + Self.event("clock", "Clock", "2026-01-06T12:00:00Z"))
    #expect(try run().contains("\"title\":\"Absent\""))
    try desk.write("b.json", Self.event("clock2", "Clock", "2026-01-07T20:00:00Z"))
    _ = try run()
    try desk.write("c.json", Self.event("late", "StartLogging", "2026-01-06T02:00:00Z"))
    #expect(try run().contains("withdrawn"))
    #expect(try desk.alerts().output == desk.oneShot())
    let incidents = Set(try desk.alerts().rows.compactMap { ($0["incident"] as? [String: Any])?["id"] as? String })
    #expect(incidents.count == 2)
  }
}
