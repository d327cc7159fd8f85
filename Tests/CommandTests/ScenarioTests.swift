import Foundation
import Testing

/// Whole stories, told to the built-in detections: what an analyst would see of them, and nothing else.
@Suite struct ScenarioTests {
  // MARK: A key of a pipeline in other hands

  private static let day = 86_400
  private static let start = 1_767_225_600  // 2026-01-01T00:00Z

  private static func event(
    _ number: Int, at seconds: Int, _ service: String, _ action: String, _ parameters: String, from address: String,
    by identity: String
  ) -> String {
    let time = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: TimeInterval(start + seconds)))
    return """
      {"eventVersion":"1.08","userIdentity":\(identity),"eventTime":"\(time)","eventSource":"\(service).amazonaws.com",\
      "eventName":"\(action)","awsRegion":"us-east-1","sourceIPAddress":"\(address)","userAgent":"terraform/1.7",\
      "requestParameters":\(parameters),"responseElements":null,"eventID":"e-\(number)","eventType":"AwsApiCall",\
      "readOnly":false,"managementEvent":true,"recipientAccountId":"111122223333"}
      """
  }

  private static let bot = """
    {"type":"IAMUser","principalId":"AIDABOT","arn":"arn:aws:iam::111122223333:user/deploy-bot","accountId":"111122223333",\
    "accessKeyId":"AKIABOT0000000000001","userName":"deploy-bot"}
    """

  /// 5,000 changes within thirty days from four addresses of one network, and then two from elsewhere.
  private static func month() -> [String] {
    let changes: [(service: String, action: String, parameters: String)] = [
      ("ec2", "CreateTags", #"{"resourcesSet":{"items":[{"resourceId":"i-1"}]}}"#),
      ("ec2", "AuthorizeSecurityGroupIngress", #"{"groupId":"sg-1","cidrIp":"10.0.0.0/8","fromPort":443}"#),
      ("lambda", "UpdateFunctionCode20150331v2", #"{"functionName":"shop"}"#),
      ("s3", "PutBucketTagging", #"{"bucketName":"shop"}"#),
      ("iam", "PutRolePolicy", #"{"roleName":"shop","policyName":"read","policyDocument":"{}"}"#),
    ]
    var lines = (0..<5000).map { number in
      let change = changes[number % changes.count]
      return event(
        number, at: number * 29 * day / 5000, change.service, change.action, change.parameters,
        from: "198.51.100.\(10 + number % 4)", by: bot)
    }
    let late = 29 * day + 72_000
    lines.append(
      event(5000, at: late, "iam", "CreateUser", #"{"userName":"svc-x"}"#, from: "203.0.113.99", by: bot))
    lines.append(
      event(
        5001, at: late + 60, "iam", "AttachUserPolicy",
        #"{"userName":"svc-x","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#, from: "203.0.113.99",
        by: bot))
    return lines
  }

  private static func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private static func alerts(_ text: String) -> [[String: Any]] {
    text.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  private static func incidents(_ alerts: [[String: Any]], _ level: String) -> Set<String> {
    Set(
      alerts.filter { $0["level"] as? String == level }.compactMap {
        ($0["incident"] as? [String: Any])?["id"] as? String
      })
  }

  @Test(arguments: [nil, "automation: [{identity: deploy-bot, networks: [198.51.100.0/24]}]"])
  func keyOfAPipelineFromElsewhereIsOneHighIncidentAndIsToldOnce(config: String?) throws {
    let folder = try Folder()
    let archive = try folder.write("logs/month.json", Self.month().joined(separator: "\n") + "\n")
    var arguments = ["sweep", archive, "--state", "\(folder.path)/state.db", "-q"]
    if let config { arguments += ["--config", try folder.write("harrier.yaml", config)] }
    let first = try Harrier.run(arguments + ["--out", "\(folder.path)/first"])
    #expect(first.code == 0, "\(first.errors)")
    let found = Self.alerts(try Self.read("\(folder.path)/first/alerts.jsonl"))
    #expect(Self.incidents(found, "high").count == 1)
    #expect(Self.incidents(found, "critical").isEmpty)
    let high = found.filter { $0["level"] as? String == "high" }
    #expect(!high.isEmpty)
    for alert in high {
      #expect(alert["actor"] as? String == "deploy-bot")
      #expect((alert["why"] as? String)?.contains("198.51.100.0/24") == true, "\(alert["why"] ?? "")")
      #expect((alert["first_time"] as? String)?.hasPrefix("2026-01-30T20:00:00") == true)
    }
    // What it did for a month is no more than a record, and not the beginning of what came after it.
    let attack = Self.incidents(found, "high")
    var routine = 0
    for alert in found where (alert["first_time"] as? String ?? "") < "2026-01-30T20:00:00" {
      routine += alert["count"] as? Int ?? 0
      #expect(alert["level"] as? String == "informational", "\(alert["title"] ?? "")")
      #expect(
        !attack.contains((alert["incident"] as? [String: Any])?["id"] as? String ?? ""), "\(alert["title"] ?? "")")
    }
    #expect(routine >= 3000)
    // The suppression of an alert, with a date, from what is known.
    let id = high.first?["id"] as? String ?? ""
    let hidden = try Harrier.run("alerts", "show", id, "--state", "\(folder.path)/state.db", "--suppress")
    #expect(hidden.code == 0, "\(hidden.errors)")
    #expect(
      hidden.output.contains("actor: 'deploy-bot'") && hidden.output.contains("until: 2026-03-01"), "\(hidden.output)")
    let second = try Harrier.run(arguments + ["--out", "\(folder.path)/second"])
    #expect(second.code == 0)
    #expect(Self.alerts(try Self.read("\(folder.path)/second/alerts.jsonl")).isEmpty)
  }

  // MARK: A port that is open for a while

  private static func session(_ name: String) -> String {
    """
    {"type":"AssumedRole","principalId":"AROAOPS:\(name)","arn":"arn:aws:sts::111122223333:assumed-role/ops/\(name)",\
    "accountId":"111122223333","accessKeyId":"ASIAOPS000000000001","sessionContext":{"sessionIssuer":{"type":"Role",\
    "principalId":"AROAOPS","arn":"arn:aws:iam::111122223333:role/ops","accountId":"111122223333","userName":"ops"}}}
    """
  }

  private static func door(_ number: Int, at hour: Int, _ action: String, _ group: String, by name: String) -> String {
    event(
      number, at: hour * 3600, "ec2", action,
      #"{"groupId":"\#(group)","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,"#
        + #""ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}"#,
      from: "192.0.2.9", by: session(name))
  }

  @Test func openPortHasAnIntervalWithWhoOpenedAndWhoClosedIt() throws {
    let folder = try Folder()
    let lines = [
      Self.door(1, at: 1, "AuthorizeSecurityGroupIngress", "sg-1", by: "ann.lee"),
      Self.door(2, at: 5, "RevokeSecurityGroupIngress", "sg-1", by: "ben.day"),
      Self.door(3, at: 8, "AuthorizeSecurityGroupIngress", "sg-1", by: "ben.day"),
      Self.door(4, at: 9, "AuthorizeSecurityGroupIngress", "sg-2", by: "ann.lee"),
      Self.door(5, at: 10, "RevokeSecurityGroupIngress", "sg-3", by: "ann.lee"),
    ]
    let archive = try folder.write("a.json", lines.joined(separator: "\n") + "\n")
    let config = try folder.write("harrier.yaml", "people: {ann: {sessions: ann.lee}}\n")
    let run = try Harrier.run("sweep", archive, "--config", config, "--format", "jsonl", "-q")
    let found = run.rows.filter { ($0["kind"] as? String)?.contains("interval") == true }
    let told = found.map { alert -> [String] in
      let interval = alert["interval"] as? [String: Any]
      return ["since", "until"].flatMap { end in
        ["time", "event", "actor", "actor_issuer", "person"].map {
          (interval?[end] as? [String: Any])?[$0] as? String ?? "-"
        }
      }
    }
    let role = "arn:aws:iam::111122223333:role/ops"
    let time = { (hour: Int) in "2026-01-01T0\(hour):00:00.000Z" }
    let open = Array(repeating: "-", count: 5)
    #expect(
      told == [
        [time(1), "e-1", "ops/ann.lee", role, "ann", time(5), "e-2", "ops/ben.day", role, "-"],
        [time(8), "e-3", "ops/ben.day", role, "-"] + open,
        [time(9), "e-4", "ops/ann.lee", role, "ann"] + open,
      ])
    let why = found.first?["why"] as? String ?? ""
    #expect(why.contains("from 2026-01-01T01:00:00Z to 2026-01-01T05:00:00Z, 4 hours"), "\(why)")
    #expect(why.contains("begun by ann as ops/ann.lee (of \(role)), event e-1, ended by ops/ben.day"), "\(why)")
    let ids = (found.first?["events"] as? [[String: Any]])?.compactMap { $0["id"] as? String }
    #expect(ids == ["e-1", "e-2"])
  }

  // MARK: What the built-in rules say of themselves

  @Test func allTestsOfTheBuiltInRulesPassAlsoWhenTheyAreExported() throws {
    let own = try Harrier.run("rules", "test", "--format", "jsonl")
    #expect(own.code == 0, "\(own.errors)")
    #expect(own.rows.allSatisfy { $0["result"] as? String == "passed" })
    // Both kinds of tests are run: of rules, and sequences of correlations.
    #expect(own.rows.contains { $0["title"] as? String == "Audit trail or log store deleted" })
    #expect(own.rows.contains { $0["title"] as? String == "One key works in two environments" })
    let folder = try Folder()
    #expect(try Harrier.run("rules", "export", "\(folder.path)/rules").code == 0)
    let exported = try Harrier.run("rules", "test", "\(folder.path)/rules")
    #expect(exported.code == 0, "\(exported.output) \(exported.errors)")
    #expect(exported.errors.contains(", 0 failed"))
  }
}
