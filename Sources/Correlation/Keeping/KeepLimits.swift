/// What is left out when parts are brought together to be kept: what is so far behind the newest event that no new one
/// is compared with it any more. Times are those of events, in milliseconds, never of a clock.
public struct KeepLimits: Sendable {
  /// Events before this are no longer known: a copy of one that is read later is not told from an event.
  public var eventsSince: Int64
  /// By detection, and behind them for handovers: hits before this are left out.
  public var hitsSince: [Int64]

  public init(eventsSince: Int64, hitsSince: [Int64]) {
    self.eventsSince = eventsSince
    self.hitsSince = hitsSince
  }

  /// Nothing is left out.
  public static func none(_ plan: DetectionPlan) -> KeepLimits {
    KeepLimits(eventsSince: .min, hitsSince: Array(repeating: .min, count: plan.factKinds))
  }
}
