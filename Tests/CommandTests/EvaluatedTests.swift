import Foundation
import Testing

/// Silence is no safety: one event that nothing is about leaves nearly every built-in detection without anything to look
/// at, and each of them says so, once.
@Suite struct EvaluatedTests {
  /// What can be told from any event at all, whatever was called, and why.
  static let ofAnyEvent = [
    "Root or main account changed something": "asks who calls",
    "Access key of the root or main account used": "asks who calls",
    "Change by nobody": "asks who calls",
    "Break-glass identity in use": "asks who calls",
    "Break-glass identity used outside its approved window": "asks who calls",
    "Client names a tool that attackers like": "asks with which client",
    "Client runs on a distribution made for attacks": "asks with which client",
    "Credentials of a machine used from a desktop": "asks with which client",
    "Same call refused again and again": "asks how a call ended",
    "Many errors of one key": "asks how a call ended",
    "Many different calls refused": "asks how a call ended",
    "Event dated after the delivery of its file": "asks for the time of an event",
    // The event below is such a reading call.
    "Many kinds of things read with one key": "counts what is read",
    "Somebody looks at everything": "counts what is read",
  ]

  static let alone = [
    "aws": Sample.event(1, action: "ListBuckets").replacing("iam.amazonaws", with: "s3.amazonaws"),
    "tencent": """
    {"eventID":"t-1","resourceType":"cvm","eventRegion":"ap-guangzhou","actionType":"Read","eventName":"DescribeInstances",\
    "eventTime":1767607200,"sourceIPAddress":"203.0.113.9","errorCode":"0","apiErrorCode":0,"accountID":100000000001,\
    "userIdentity":{"type":"CAMUser","userName":"ann","accountId":"100000000001","secretId":"AKIDX"},"requestParameters":"{}"}
    """,
    "alibaba": """
    {"eventId":"a-1","eventVersion":"1","serviceName":"Ecs","acsRegion":"cn-hangzhou","eventRW":"Read",\
    "eventName":"DescribeInstances","eventTime":"2026-01-05T10:00:00Z","sourceIpAddress":"203.0.113.9",\
    "eventSource":"ecs.aliyuncs.com","eventType":"ApiCall","recipientAccountId":"1000000000000001",\
    "userIdentity":{"type":"ram-user","accountId":"1000000000000001","userName":"ann","accessKeyId":"LTAIX"}}
    """,
  ]

  private static func run(_ provider: String) throws -> (detections: [[String: Any]], text: String) {
    let folder = try Folder()
    let archive = try folder.write("a.json", (alone[provider] ?? "") + "\n")
    let run = try Harrier.run("sweep", archive, "--out", "\(folder.path)/out")
    #expect(run.code == 0, "\(run.errors)")
    let bytes = try Data(contentsOf: folder.url.appendingPathComponent("out/summary.json"))
    let all = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
    #expect(all?["distinct"] as? Int == 1)
    return (all?["detections"] as? [[String: Any]] ?? [], run.output)
  }

  @Test(arguments: ["aws", "tencent", "alibaba"])
  func oneEventFeedsOnlyWhatIsAboutAnyEvent(provider: String) throws {
    let detections = try Self.run(provider).detections
    for line in detections {
      let title = line["title"] as? String ?? ""
      if line["evaluated"] as? Bool == true {
        #expect(Self.ofAnyEvent[title] != nil, "\(title)")
      } else {
        #expect((line["reason"] as? String ?? "").isEmpty == false, "\(title)")
      }
    }
    if provider == "aws" {
      let evaluated = Set(detections.filter { $0["evaluated"] as? Bool == true }.compactMap { $0["title"] as? String })
      #expect(evaluated == Set(Self.ofAnyEvent.keys))
    }
  }

  @Test func eachDetectionHasOneLineWithItsTitle() throws {
    let (detections, text) = try Self.run("aws")
    let page = try String(
      contentsOf: DocumentedTests.root.appendingPathComponent("docs/DETECTIONS.md"), encoding: .utf8)
    let count = try #require(
      page.split(separator: "\n").first { $0.contains(" detections: ") }?.split(separator: " ").first)
    #expect(detections.count == Int(count))
    #expect(Set(detections.compactMap { $0["rule_id"] as? String }).count == detections.count)
    let titles = detections.compactMap { $0["title"] as? String }
    #expect(titles.count == detections.count && !titles.contains { $0.hasPrefix("Base:") || $0.isEmpty })
    // The numbers of the terminal add up.
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(lines.contains { $0.contains(" of \(count) detections were evaluated") }, "\(text)")
  }

  /// Text of a test that looks like a placeholder is none.
  @Test func pageOfDetectionsNamesOnlyListsAsNeeded() throws {
    let page = try String(
      contentsOf: DocumentedTests.root.appendingPathComponent("docs/DETECTIONS.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| **") }
    let needs = rows.flatMap { row in
      (row.split(separator: "|").last ?? "").split(separator: "`").filter { $0.contains { $0 != " " } }
    }
    #expect(needs.count > 20)
    #expect(needs.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } }, "\(needs)")
  }
}
