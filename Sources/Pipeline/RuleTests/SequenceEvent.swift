/// The events of a correlation's tests, as records of a log. `docs/RULES.md` describes the form:
///
///     - {at: 0s, n: 5, every: 60s, service: signin, action: ConsoleLogin, outcome: failure}     columns
///     - {at: 10m, eventName: ConsoleLogin, sourceIPAddress: 192.0.2.1}                         as in the log
///     - '{"eventName": "ConsoleLogin", "eventTime": "2026-01-05T00:00:00Z", ...}'              a whole record
///
/// What is given as columns is written down as CloudTrail writes it, so that it goes the way of every event: through the
/// provider's table and the matcher into the exchanges.

import Events
import Matching
import Rules

/// Why a sequence cannot be run.
struct SequenceFault: Error {
  let message: String
}

/// One entry of a sequence: how often and when, and what.
struct SequenceEvent {
  // Monday, 2026-01-05T00:00Z: days and hours of the week can be counted from it.
  static let start: Int64 = 1_767_571_200_000
  // A test shows a case; a load has its own place.
  static let repetitionsMax = 100_000
  private static let control: Set<String> = ["at", "n", "every"]
  private static let columns: Set<String> = [
    "service", "action", "actor", "actor_type", "actor_key", "actor_issuer", "src_ip", "account", "region", "mfa",
    "user_agent", "outcome", "error_code", "error_message", "actor_account", "request", "response", "shared", "details",
  ]

  private enum Shape {
    case record([UInt8])
    /// By key: what was given, without the keys of the sequence itself.
    case columns([(key: String, value: YAMLNode)])
    case keys([(key: String, value: YAMLNode)])
  }

  private let shape: Shape
  private let count: Int
  /// Milliseconds after the start.
  private let first: Int64
  private let step: Int64
  private let place: Int

  /// - Parameter takesKeys: whether all rules are about CloudTrail, so that single keys of a record are enough.
  init(_ node: YAMLNode, place: Int, takesKeys: Bool) throws(SequenceFault) {
    self.place = place
    guard let pairs = node.mapping else {
      shape = .record(Array((node.scalar?.text ?? "").utf8))
      (count, first, step) = (1, 0, 0)
      return
    }
    let own = pairs.filter { !SequenceEvent.control.contains($0.key) }.map { (key: $0.key, value: $0.value) }
    let stranger = own.first { !SequenceEvent.columns.contains($0.key) }
    if stranger == nil {
      shape = .columns(own)
    } else if takesKeys {
      shape = .keys(own)
    } else if pairs.count == own.count {
      var json: [UInt8] = []
      YAMLJSON.write(node, to: &json)
      shape = .record(json)
    } else {
      throw SequenceFault(
        message: "'\(stranger?.key ?? "")' is no column that a test can give; columns are "
          + SequenceEvent.columns.sorted().joined(separator: ", ") + "; a whole record has its own time")
    }
    first = try SequenceEvent.time(node, "at") ?? 0
    step = try SequenceEvent.time(node, "every") ?? 1000
    count = try SequenceEvent.repetitions(node)
  }

  private static func time(_ node: YAMLNode, _ key: String) throws(SequenceFault) -> Int64? {
    guard let value = node[key] else { return nil }
    let text = value.scalar?.text ?? ""
    if text == "0" || text == "0s" { return 0 }
    guard let span = Timespan.span(text) else {
      throw SequenceFault(message: "'\(key)' must be a time span like 90s, 15m or 2d, not '\(text)'")
    }
    return span
  }

  private static func repetitions(_ node: YAMLNode) throws(SequenceFault) -> Int {
    guard let value = node["n"] else { return 1 }
    guard case .number(.int(let count))? = value.scalar?.value, count > 0, count <= Int64(repetitionsMax) else {
      throw SequenceFault(message: "'n' must be a whole number from 1 to \(repetitionsMax)")
    }
    return Int(count)
  }

  // MARK: Records

  /// Writes the records, one a line.
  func write(to out: inout [UInt8]) {
    for number in 0..<count {
      var line: [UInt8] = []
      switch shape {
      case .record(let json): line = json
      case .columns(let columns): write(SequenceRecord(columns).fields, number, to: &line)
      case .keys(let keys): write(keys.map { ($0.key, .node($0.value)) }, number, to: &line)
      }
      out += line
      out.append(UInt8(ascii: "\n"))
    }
  }

  /// What an event of CloudTrail has whatever it is about, where the test does not say otherwise.
  private func write(_ own: [(key: String, value: SequenceValue)], _ number: Int, to line: inout [UInt8]) {
    let time = Timestamp.string(SequenceEvent.start + first + Int64(number) * step)
    let standard: [(key: String, value: SequenceValue)] = [
      ("eventVersion", .text("1.08")), ("eventTime", .text(time)), ("eventID", .text("\(place)-\(number)")),
      ("eventSource", .text("iam.amazonaws.com")), ("eventName", .text("Nothing")), ("awsRegion", .text("us-east-1")),
      ("recipientAccountId", .text(SequenceRecord.account)),
    ]
    let given = Set(own.map(\.key))
    var object: [UInt8] = []
    SequenceValue.object(standard.filter { !given.contains($0.key) } + own).write(to: &object)
    // Each repetition may differ by its number.
    for byte in object {
      if byte == UInt8(ascii: "#") { line += Array(String(number).utf8) } else { line.append(byte) }
    }
  }
}

/// JSON in the making.
indirect enum SequenceValue {
  case text(String)
  case node(YAMLNode)
  case object([(key: String, value: SequenceValue)])

  func write(to out: inout [UInt8]) {
    switch self {
    case .text(let text): YAMLJSON.write(text: text, to: &out)
    case .node(let node): YAMLJSON.write(node, to: &out)
    case .object(let pairs):
      out.append(UInt8(ascii: "{"))
      for (place, pair) in pairs.enumerated() {
        if place > 0 { out.append(UInt8(ascii: ",")) }
        YAMLJSON.write(text: pair.key, to: &out)
        out.append(UInt8(ascii: ":"))
        pair.value.write(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }
}

/// Columns as the fields of CloudTrail that make them.
private struct SequenceRecord {
  static let account = "111122223333"

  private let given: [String: YAMLNode]

  init(_ columns: [(key: String, value: YAMLNode)]) {
    given = Dictionary(columns.map { ($0.key, $0.value) }) { $1 }
  }

  private func text(_ column: String) -> String? { given[column]?.scalar?.text }

  var fields: [(key: String, value: SequenceValue)] {
    var fields: [(key: String, value: SequenceValue)] = [("userIdentity", identity)]
    func add(_ key: String, _ text: String?) { if let text { fields.append((key, .text(text))) } }
    add("eventSource", text("service").map { "\($0).amazonaws.com" })
    add("eventName", text("action"))
    add("sourceIPAddress", text("src_ip") ?? "192.0.2.200")
    add("recipientAccountId", text("account"))
    add("awsRegion", text("region"))
    add("userAgent", text("user_agent"))
    add("errorCode", text("error_code") ?? (text("outcome") == "denied" ? "AccessDenied" : nil))
    add("errorMessage", text("error_message") ?? (text("outcome") == "failure" ? "Failed authentication" : nil))
    if let mfa = text("mfa") { fields.append(("additionalEventData", .object([("MFAUsed", .text(mfa))]))) }
    if let request = given["request"] { fields.append(("requestParameters", .node(request))) }
    add("sharedEventID", text("shared"))
    if let details = given["details"] { fields.append(("serviceEventDetails", .node(details))) }
    if let response = given["response"] { fields.append(("responseElements", .node(response))) }
    return fields
  }

  private var identity: SequenceValue {
    var identity: [(key: String, value: SequenceValue)] = [
      ("type", .text(text("actor_type") ?? "IAMUser")), ("userName", .text(text("actor") ?? "ann")),
      ("accountId", .text(text("actor_account") ?? SequenceRecord.account)),
    ]
    if let key = text("actor_key") { identity.append(("accessKeyId", .text(key))) }
    if let issuer = text("actor_issuer") {
      identity.append(("sessionContext", .object([("sessionIssuer", .object([("arn", .text(issuer))]))])))
    }
    return .object(identity)
  }
}
