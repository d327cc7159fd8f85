// The numbers that several detections share and that differ from company to company. A number that belongs to one rule
// stands in the rule, and is overridden by the rule's id.

/// A number with a name.
public enum Threshold: String, Sendable, CaseIterable {
  case dormantDays = "dormant_days"
  case accessKeyAgeDays = "access_key_age_days"
  case sessionHours = "session_hours"
  case elevationMinutes = "elevation_minutes"
  case breakGlassRevertHours = "break_glass_revert_hours"
  case travelKilometresPerHour = "travel_kmh"
  case baselineDays = "baseline_days"
  case newAccountHours = "new_account_hours"
  case logGapMinutes = "log_gap_minutes"
  case clockSkewMinutes = "clock_skew_minutes"

  public var standard: Int {
    switch self {
    case .dormantDays: 30
    case .accessKeyAgeDays: 90
    case .sessionHours: 12
    case .elevationMinutes: 60
    case .breakGlassRevertHours: 24
    // The cruising speed of an airliner.
    case .travelKilometresPerHour: 900
    case .baselineDays: 14
    case .newAccountHours: 24
    case .logGapMinutes: 720
    case .clockSkewMinutes: 15
    }
  }

  /// For spans of time.
  public var millisecondsEach: Int64? {
    switch self {
    case .dormantDays, .accessKeyAgeDays, .baselineDays: 86_400_000
    case .sessionHours, .breakGlassRevertHours, .newAccountHours: 3_600_000
    case .elevationMinutes, .logGapMinutes, .clockSkewMinutes: 60_000
    case .travelKilometresPerHour: nil
    }
  }

  public var range: ClosedRange<Int> {
    switch self {
    case .dormantDays, .accessKeyAgeDays, .baselineDays: 1...3650
    case .sessionHours, .breakGlassRevertHours, .newAccountHours: 1...8760
    case .elevationMinutes, .logGapMinutes, .clockSkewMinutes: 1...525_600
    case .travelKilometresPerHour: 100...100_000
    }
  }

  public var meaning: String {
    switch self {
    case .dormantDays: "an identity is dormant after so many days without an event"
    case .accessKeyAgeDays: "an access key is old after so many days"
    case .sessionHours: "a session is overlong after so many hours"
    case .elevationMinutes: "an elevation is overstayed after so many minutes"
    case .breakGlassRevertHours: "what a break-glass identity changed is reverted within so many hours"
    case .travelKilometresPerHour: "faster than this nobody travels"
    case .baselineDays: "so many days are needed to know what is normal"
    case .newAccountHours: "a new account has a trail and MFA within so many hours"
    case .logGapMinutes: "a busy account that is silent for so many minutes has a gap"
    case .clockSkewMinutes: "a clock may be wrong by so many minutes"
    }
  }
}
