/// Short events of a correlation's tests, and the whole chain that decides whether they are found.
///
///     tests:
///       positive:
///         - events:
///             - {at: 0s, service: signin, action: ConsoleLogin, outcome: failure, n: 5, every: 60s}
///             - {at: 10m, service: signin, action: ConsoleLogin}
///
/// `at` counts from a Monday at midnight; `n` and `every` repeat an event, and `#` in
/// any of its texts is then its number. The others are written down as CloudTrail would: `actor`, `type`, `key`,
/// `ip`, `account`, `mfa`, `issuer`, `outcome`, `error`, `request`, `response`,
/// `region`, `owner` (the caller's account), `shared` (the id that two accounts' records have in common), `details` (of
/// an event of the service itself).

import Archive
import Configuration
import Correlation
import Events
import Pipeline
import ReadingSupport
import Rules

struct SequenceFault: Error, CustomStringConvertible {
  let description: String
}

enum Sequences {
  // 2026-01-05T00:00Z.
  private static let start: Int64 = 1_767_571_200_000
  private static let keys: Set<String> = [
    "at", "n", "every", "service", "action", "actor", "type", "key", "ip", "account", "mfa", "issuer", "outcome",
    "error", "request", "response", "region", "owner", "shared", "details",
  ]

  /// The names of the correlations and rules that raise alerts on a sequence.
  static func found(_ sequence: YAMLNode, _ plan: DetectionPlan) throws -> Set<String> {
    let events = try (sequence["events"]?.sequence ?? []).enumerated().flatMap { try lines($0.element, $0.offset) }
    let file = TemporaryFile(Array(events.map { $0 + "\n" }.joined().utf8))
    var options = SweepOptions()
    options.annotator = EstateColumns(SampleEstate.configuration, nil)
    options.now = start + 400 * 86_400_000
    let part = try SweepMap(plan, options).run(
      discover([Array(file.path.utf8)]), progress: Progress(), interrupted: { false }
    ).part
    var reducing = ReduceOptions()
    reducing.estate = SampleEstate.estate
    let reduction = try reduce([part], plan: plan, options: reducing)
    return Set(reduction.episodes.compactMap { plan.detections[$0.detection].attributes.name })
  }

  private static func lines(_ event: YAMLNode, _ place: Int) throws -> [String] {
    for pair in event.mapping ?? [] where !keys.contains(pair.key) {
      throw SequenceFault(description: "line \(event.line): no key '\(pair.key)'")
    }
    let count = Int(event["n"]?.scalar?.text ?? "1") ?? 1
    let step = Timespan.span(event["every"]?.scalar?.text ?? "1s") ?? 1000
    let at = event["at"]?.scalar?.text ?? "0s"
    let first = at == "0s" ? 0 : Timespan.span(at) ?? 0
    return (0..<count).map { line(event, time: start + first + Int64($0) * step, id: "\(place)-\($0)", number: $0) }
  }

  private static func line(_ event: YAMLNode, time: Int64, id: String, number: Int) -> String {
    func text(_ key: String) -> String? { event[key]?.scalar?.text }
    let actor = text("actor") ?? "ann"
    var identity =
      #""type":"\#(text("type") ?? "IAMUser")","userName":"\#(actor)","accountId":"\#(text("owner") ?? "111122223333")""#
    if let key = text("key") { identity += #","accessKeyId":"\#(key)""# }
    if let issuer = text("issuer") { identity += #","sessionContext":{"sessionIssuer":{"arn":"\#(issuer)"}}"# }
    let service = text("service") ?? "iam"
    let account = text("account") ?? "111122223333"
    var fields = [
      #""eventVersion":"1.08","eventTime":"\#(Timestamp.string(time))","awsRegion":"\#(text("region") ?? "us-east-1")","eventID":"\#(id)""#,
      #""eventSource":"\#(service).amazonaws.com","eventName":"\#(text("action") ?? "")""#,
      #""userIdentity":{\#(identity)},"recipientAccountId":"\#(account)""#,
      #""sourceIPAddress":"\#(text("ip") ?? "192.0.2.200")""#,
    ]
    if let mfa = text("mfa") { fields.append(#""additionalEventData":{"MFAUsed":"\#(mfa)"}"#) }
    if text("outcome") == "denied" { fields.append(#""errorCode":"AccessDenied""#) }
    if text("outcome") == "failure" { fields.append(#""errorMessage":"Failed authentication""#) }
    if let error = text("error") { fields.append(#""errorCode":"\#(error)""#) }
    if let request = event["request"] { fields.append(#""requestParameters":\#(json(request))"#) }
    if let shared = text("shared") { fields.append(#""sharedEventID":"\#(shared)""#) }
    if let details = event["details"] { fields.append(#""serviceEventDetails":\#(json(details))"#) }
    if let response = event["response"] { fields.append(#""responseElements":\#(json(response))"#) }
    return "{"
      + fields.joined(separator: ",").split(separator: "#", omittingEmptySubsequences: false)
      .joined(separator: "\(number)") + "}"
  }

  private static func json(_ node: YAMLNode) -> String {
    if let pairs = node.mapping {
      return "{" + pairs.map { #""\#($0.key)":\#(json($0.value))"# }.joined(separator: ",") + "}"
    }
    if let items = node.sequence { return "[" + items.map(json).joined(separator: ",") + "]" }
    return #""\#(node.scalar?.text ?? "")""#
  }
}
