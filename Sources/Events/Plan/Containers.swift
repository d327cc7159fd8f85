import Archive

/// The keys under which exports put their events.
///
/// An *envelope* is an object around many events: `{"Records":[...]}`. A *wrapper* is an object around one event:
/// `{"EventId":"...","CloudTrailEvent":"{...}"}`; its own keys stay visible, but the event's win.
public enum Containers {
  public struct Envelope: Sendable {
    public let key: StaticString
    public let kind: Kind

    init(key: StaticString, _ kind: Kind = .records) {
      self.key = key
      self.kind = kind
    }

    public enum Kind: UInt8, Sendable {
      /// Its array holds records.
      case records
      /// The key holds an object in which the array stands: `{"Response":{"Events":[...]}}`.
      case wraps
      /// In any letter case, where an element of its array is marked as an event. Other objects have such a key for
      /// something else, or for one event. The array may stand in an object: `{"Events":{"Event":[...]}}`.
      case marked
    }
  }

  public struct Wrapper: Sendable {
    public let key: StaticString
    /// Exports also spread the event over keys that begin so: `event.eventName`.
    public let flattens: Bool
  }

  /// At most 255; the place in this list is what the parser reports.
  public static let envelopes: [Envelope] =
    [
      Envelope(key: "Records"),  // CloudTrail files
      Envelope(key: "Events"),  // LookupEvents and DescribeEvents replies
      Envelope(key: "records"),  // Azure Event Hub
      Envelope(key: "value"),  // Azure and Microsoft Graph REST
      Envelope(key: "items"),  // Kubernetes EventList
      Envelope(key: "Response", .wraps),  // Tencent API
      Envelope(key: "entries"),  // Google Cloud entries.list
      Envelope(key: "traces"),  // Huawei CTS API
      Envelope(key: "logEvents"),  // CloudWatch Logs subscription
      Envelope(key: "logs"),
      Envelope(key: "hits", .wraps),  // Elasticsearch: {"hits":{"hits":[...]}}
      Envelope(key: "hits"),
      Envelope(key: "events", .marked),  // filter-log-events of CloudWatch Logs, Alibaba's {"Events":{"Event":[...]}}
      Envelope(key: "items", .marked),  // with a capital
    ]
    // The key of one event may hold a list of them.
    + wrappers.map { Envelope(key: $0.key, .marked) }

  /// Keys that, all present, tell an object that is no event whoever wrote it: the truth of a generated archive.
  static let notEvents = ["generator", "planted_events"]

  public static let wrappers: [Wrapper] = [
    Wrapper(key: "event", flattens: true),  // Alibaba SLS
    Wrapper(key: "CloudTrailEvent", flattens: false),  // AWS LookupEvents
    Wrapper(key: "CloudAuditEvent", flattens: false),  // Tencent LookUpEvents, DescribeEvents
    Wrapper(key: "detail", flattens: false),  // AWS EventBridge
    Wrapper(key: "data", flattens: false),  // CloudEvents, Pub/Sub
    Wrapper(key: "message", flattens: false),  // CloudWatch Logs
    Wrapper(key: "AuditData", flattens: false),  // Microsoft 365
    Wrapper(key: "_source", flattens: false),  // Elasticsearch
  ]
}

extension Container {
  public var name: String {
    switch self {
    case .none: ""
    case .lines: "lines"
    case .array: "array"
    case .envelope(let index): Containers.envelopes[Int(index)].key.description
    }
  }
}
