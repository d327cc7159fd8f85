import Foundation
import TestSupport
import Testing

@testable import Events

/// Sample events and archives that are not part of the project; skipped where they are absent.
struct SharedSampleTests {
  static let shared = URL(filePath: Shared.root)
  static let isPresent = FileManager.default.fileExists(atPath: shared.appending(path: "formats/samples").path)

  struct Sample {
    let name: String
    let event: String
  }

  static func samples(_ file: String) throws -> [Sample] {
    let text = try String(contentsOf: shared.appending(path: "formats/samples/\(file).ndjson"), encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let event = try #require(object?["event"] ?? object?["api_event"])
      let data = try JSONSerialization.data(withJSONObject: event, options: .sortedKeys)
      return Sample(name: try #require(object?["_case"] as? String), event: String(decoding: data, as: UTF8.self))
    }
  }

  static let ours = [
    ("aws_cloudtrail", "aws"), ("alibaba_actiontrail", "alibaba"), ("alibaba_constructed", "alibaba"),
    ("tencent_cloudaudit", "tencent"), ("tencent_constructed", "tencent"),
  ]
  static let others = ["azure_activity", "entra", "gcp_audit", "okta_system_log", "k8s_audit", "huawei_cts"]

  @Test(.enabled(if: isPresent), arguments: ours.map(\.0))
  func samplesGiveTheExpectedColumns(file: String) throws {
    let actual = try Self.samples(file).map { GoldenTests.render($0.name, try EventTable.one($0.event)) }
    try GoldenTests.compare(actual, with: "samples-" + file)
  }

  @Test(.enabled(if: isPresent))
  func everySampleIsRecognisedAsItsProvider() throws {
    for (file, provider) in Self.ours {
      for sample in try Self.samples(file) {
        #expect(try EventTable.one(sample.event)["provider"] == provider, "\(sample.name)")
      }
    }
  }

  @Test(.enabled(if: isPresent), arguments: others)
  func samplesOfOtherProvidersAreNotTaken(file: String) throws {
    let ours = ["aws", "alibaba", "tencent"]
    for sample in try Self.samples(file) {
      let provider = try #require(try EventTable.one(sample.event)["provider"])
      #expect(!ours.contains(provider), "\(sample.name)")
    }
  }

  /// Truncated events: whatever one key was lost, the provider stays known.
  @Test(.enabled(if: isPresent))
  func losingAnyOneKeyKeepsTheProvider() throws {
    for (file, provider) in Self.ours {
      for sample in try Self.samples(file) {
        let object = try JSONSerialization.jsonObject(with: Data(sample.event.utf8)) as? [String: Any] ?? [:]
        for key in object.keys where key != "CloudAuditEvent" {
          let less = object.filter { $0.key != key }
          let text = String(
            decoding: try JSONSerialization.data(withJSONObject: less, options: .sortedKeys), as: UTF8.self)
          #expect(try EventTable.one(text)["provider"] == provider, "\(sample.name) without \(key)")
        }
      }
    }
  }

  static let archives = [
    ("data/cloudtrail/invictus/invictus.ndjson", "aws"), ("data/cloudtrail/stratus/stratus.ndjson", "aws"),
    ("data/cloudtrail/otrf/otrf.ndjson", "aws"), ("data/cloudtrail/traildiscover/traildiscover.ndjson", "aws"),
    ("data/plaso/aws_cloudtrail.jsonl", "aws"), ("data/plaso/aws_cloudtrail.ndjson", "aws"),
    ("data/alibaba/streamalert-actiontrail.ndjson", "alibaba"),
    ("data/alibaba/synthetic-actiontrail.array.json", "alibaba"),
    ("data/alibaba/synthetic-lookupevents.json", "alibaba"), ("data/alibaba/synthetic-sls-export.ndjson", "alibaba"),
    ("data/tencent/cloudaudit.ndjson", "tencent"), ("data/tencent/synthetic-describeevents.json", "tencent"),
    ("data/tencent/synthetic-eventbridge.ndjson", "tencent"),
    ("data/tencent/tccli-DescribeEvents-response.json", "tencent"),
    ("data/tencent/tccli-LookUpEvents-response.json", "tencent"),
  ]

  @Test(.enabled(if: isPresent), arguments: archives)
  func everyEventOfAnArchiveHasItsProviderAndTimeAndAction(path: String, provider: String) throws {
    let text = try String(contentsOf: Self.shared.appending(path: path), encoding: .utf8)
    let events = try EventTable.read(text)
    #expect(!events.isEmpty)
    for event in events {
      #expect(event["provider"] == provider)
      for column in ["time", "action", "category", "rw", "actor_type", "mfa", "outcome"] {
        #expect(event[column] != nil, "\(column) of \(event)")
      }
    }
  }

  /// The export shapes of one archive tell the same events.
  @Test(.enabled(if: isPresent))
  func everyShapeOfAnArchiveTellsTheSame() throws {
    let archives: [(String, [String])] = [
      (
        "data/alibaba/synthetic-actiontrail.ndjson",
        [
          "data/alibaba/synthetic-actiontrail.array.json", "data/alibaba/synthetic-lookupevents.json",
          "data/alibaba/synthetic-sls-export.ndjson",
        ]
      ),
      (
        "data/tencent/synthetic-cloudaudit.ndjson",
        [
          "data/tencent/synthetic-describeevents.json", "data/tencent/synthetic-eventbridge.ndjson",
        ]
      ),
    ]
    for (plain, shapes) in archives {
      let read = { (path: String) throws -> [[String: String]] in
        try EventTable.read(String(contentsOf: Self.shared.appending(path: path), encoding: .utf8))
      }
      let expected = try read(plain)
      for shape in shapes { #expect(try read(shape) == expected, "\(shape)") }
    }
  }
}
