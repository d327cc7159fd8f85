import Foundation
import Testing

/// A rule that asks for a field which no event has is silent, and not because nothing happened: the summary says so, for
/// each account, and the same however the work is cut.
@Suite struct FieldPresenceTests {
  private static func rule(_ name: String, _ detection: String) -> String {
    """
    title: \(name)
    name: \(name)
    logsource: {product: aws, service: cloudtrail}
    detection: {\(detection)}
    level: medium

    """
  }

  static let rules = [
    rule("own", "s: {eventName: CreateUser, requestParameters.userName: bob}, condition: s"),
    rule("misspelt", "s: {eventName: CreateUser, requestParameters.userNane: bob}, condition: s"),
    rule("either", "s: {requestParameters.userNane: bob}, t: {requestParameters.userName: bob}, condition: 1 of them"),
    rule("absent", "s: {eventName: CreateUser}, t: {requestParameters.userNane: bob}, condition: s and not t"),
    rule("missing", "s: {eventName: CreateUser, requestParameters.userNane: null}, condition: s"),
    // Called up by a value that never occurs; the field does.
    rule("root", "s: {userIdentity.type: Root}, condition: s"),
    // Looked for only where the action calls up the rule.
    rule("deep", "s: {eventName: CreateUser, requestParameters.path: x}, condition: s"),
    rule("deeper", "s: {eventName: CreateUser, requestParameters.parth: x}, condition: s"),
    rule("elsewhere", "s: {eventName: DeleteUser, requestParameters.other: x}, condition: s"),
    rule("never", "s: {userIdentity.typo: Root}, condition: s"),
    """
    title: pair
    name: pair
    correlation: {type: temporal, rules: [own, misspelt], group-by: [userIdentity.arn], timespan: 1h, generate: true}
    level: high
    """,
  ].joined(separator: "---\n")

  /// Of two accounts; only the second has users with names.
  static let events: [String] = (0..<40).map { number in
    let account = number % 2 == 0 ? "111122223333" : "444455556666"
    let parameters = number % 2 == 0 ? "null" : "{\"userName\":\"u\(number)\",\"path\":\"/\"}"
    return Sample.event(number, action: "CreateUser").replacing("111122223333", with: account)
      .replacing("\"requestParameters\":null", with: "\"requestParameters\":\(parameters)")
  }

  struct Folders {
    let folder: Folder
    let files: [String]
    let flags: [String]

    init() throws {
      folder = try Folder()
      var files: [String] = []
      for file in 0..<4 {
        let lines = (0..<10).map { FieldPresenceTests.events[file * 10 + $0] }
        files.append(try folder.write("logs/\(file).json", lines.joined(separator: "\n") + "\n"))
      }
      self.files = files
      flags = ["--no-builtin", "--rules", try folder.write("r.yml", FieldPresenceTests.rules)]
    }

    func report(_ name: String, _ arguments: [String]) throws -> SweepTests.Report {
      let run = try Harrier.run(arguments + flags + ["--out", "\(folder.path)/\(name)", "-q"])
      #expect(run.code == 0, "\(run.errors)")
      return try SweepTests.report(folder, name)
    }
  }

  @Test func detectionWithoutItsFieldIsNamedForEachAccount() throws {
    let summary = try Folders().whole().summary
    let all = try JSONSerialization.jsonObject(with: summary) as? [String: Any]
    let lines = (all?["detections"] as? [[String: Any]] ?? []).map { line -> String in
      let gaps = (line["not_evaluable"] as? [[String: Any]] ?? []).map { gap in
        "\((gap["accounts"] as? [String] ?? []).joined(separator: "+")): \(gap["reason"] ?? "")"
      }
      let reason = line["evaluated"] as? Bool == true ? "evaluated" : "\(line["reason"] ?? "")"
      return (["\(line["rule_id"] ?? "")", reason] + gaps).joined(separator: " | ")
    }
    let both = "111122223333+444455556666"
    let lack = "events of this kind lack"
    #expect(
      Set(lines) == [
        "own | evaluated | 111122223333: \(lack) requestParameters.userName",
        "misspelt | \(lack) requestParameters.userNane | \(both): \(lack) requestParameters.userNane",
        "either | evaluated | 111122223333: \(lack) requestParameters.userName, requestParameters.userNane",
        "absent | evaluated", "missing | evaluated", "root | evaluated",
        "deep | evaluated | 111122223333: \(lack) requestParameters.path",
        "deeper | \(lack) requestParameters.parth | \(both): \(lack) requestParameters.parth",
        "elsewhere | no event of this kind was seen | \(both): no event of this kind",
        "never | \(lack) userIdentity.typo | \(both): \(lack) userIdentity.typo",
        "pair | \(lack) requestParameters.userName, requestParameters.userNane"
          + " | 111122223333: \(lack) requestParameters.userName, requestParameters.userNane"
          + " | 444455556666: \(lack) requestParameters.userNane",
      ])
  }

  @Test func fieldsThatOccurDoNotDependOnHowTheWorkIsCut() throws {
    let folders = try Folders()
    let whole = try folders.whole()
    for jobs in ["1", "2", "5"] {
      #expect(try folders.report("jobs", ["sweep"] + folders.files + ["--jobs", jobs]) == whole)
    }
    var partials: [String] = []
    for (place, file) in folders.files.enumerated() {
      partials.append("\(folders.folder.path)/\(place).partial")
      #expect(try Harrier.run(["map", file, "-o", partials[place], "-q"] + folders.flags).code == 0)
    }
    #expect(try folders.report("cut", ["reduce"] + partials.reversed()) == whole)
    let joined = "\(folders.folder.path)/joined.partial"
    #expect(try Harrier.run(["reduce"] + partials + folders.flags + ["-o", joined, "-q"]).code == 0)
    #expect(try folders.report("joined", ["reduce", joined]) == whole)
    #expect(
      try folders.report("state", ["sweep"] + folders.files + ["--state", "\(folders.folder.path)/s.db"])
        .detections == whole.detections)
  }
}

extension FieldPresenceTests.Folders {
  func whole() throws -> SweepTests.Report { try report("whole", ["sweep"] + files) }
}

extension SweepTests.Report {
  /// What the summary says of the detections.
  fileprivate var detections: String? {
    let text = String(decoding: summary, as: UTF8.self)
    return text.firstRange(of: "\"detections\":").map { String(text[$0.lowerBound...]) }
  }
}
