// What the correlation type `unexpected` compares events with: each is a section of the configuration.

public enum ExpectationCheck: String, Sendable, CaseIterable {
  case workingHours = "working_hours"
  case changeFreeze = "change_freeze"
  case ticket
  case approvedRole = "approved_role"
  case allowedRegion = "allowed_region"
  case allowedCountry = "allowed_country"
  /// An identity of one environment in an account of another.
  case environment
  case naming
  /// A service or automation identity away from its networks.
  case usualNetwork = "usual_network"
  case blockedNetwork = "blocked_network"
  /// A break-glass identity outside its windows.
  case breakGlassWindow = "break_glass_window"
  case offboarded
  /// What is done to the one who does it.
  case oneself
  /// An event that is dated after the delivery of its file.
  case clock
  /// An account of which there are no events at all.
  case silentAccount = "silent_account"

  /// Whether it asks about events, one by one; else about what there is none of, and no rule finds that.
  public var looksAtEvents: Bool { self != .silentAccount }

  /// What events are asked for besides what alerts tell anyway; each may be missing.
  public static let fields = ["actor_id", "actor_account", "target_type"]
}
