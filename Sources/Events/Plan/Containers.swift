import Archive

/// The keys under which exports put their events.
///
/// An *envelope* is an object around many events: `{"Records":[...]}`. A *wrapper* is an object around one event:
/// `{"EventId":"...","CloudTrailEvent":"{...}"}`; its own keys stay visible, but the event's win.
public enum Containers {
  public struct Envelope: Sendable {
    public let key: StaticString
    /// The key holds an object in which the array stands: `{"Response":{"Events":[...]}}`.
    public let wraps: Bool
  }

  public struct Wrapper: Sendable {
    public let key: StaticString
    /// Exports also spread the event over keys that begin so: `event.eventName`.
    public let flattens: Bool
  }

  /// At most 255; the place in this list is what the parser reports.
  public static let envelopes: [Envelope] = [
    Envelope(key: "Records", wraps: false),  // CloudTrail files
    Envelope(key: "Events", wraps: false),  // LookupEvents and DescribeEvents replies
    Envelope(key: "records", wraps: false),  // Azure Event Hub
    Envelope(key: "value", wraps: false),  // Azure and Microsoft Graph REST
    Envelope(key: "items", wraps: false),  // Kubernetes EventList
    Envelope(key: "Response", wraps: true),  // Tencent API
    Envelope(key: "entries", wraps: false),  // Google Cloud entries.list
    Envelope(key: "traces", wraps: false),  // Huawei CTS API
    Envelope(key: "logEvents", wraps: false),  // CloudWatch Logs subscription
    Envelope(key: "logs", wraps: false),
    Envelope(key: "hits", wraps: true),  // Elasticsearch: {"hits":{"hits":[...]}}
    Envelope(key: "hits", wraps: false),
  ]

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
