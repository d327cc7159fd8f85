import Events

/// What an alert was found by, event by event: kept for the one that is to be explained.
public struct Evidence: Sendable {
  // What somebody reads; the alert itself cites fewer.
  static let eventsMax = 1000

  public struct Event: Sendable {
    public let reference: EventReference
    public let action: UInt32
    public let outcome: UInt32
    public let actor: UInt32
    /// The value that the rule is about.
    public let value: UInt32
  }

  public internal(set) var events: [Event] = []
  /// With the event at this time, file and record the condition held; nil if it was no event, but the end of a silence.
  public let trigger: EventReference?

  public func isTrigger(_ event: EventReference) -> Bool {
    guard let trigger else { return false }
    return event.time == trigger.time && event.file == trigger.file && event.record == trigger.record
  }
}
