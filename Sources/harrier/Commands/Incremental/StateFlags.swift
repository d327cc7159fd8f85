import State

/// What the flags say of a sweep with a state.
struct StateFlags {
  let path: String
  let options: State.Options
  let horizons: Horizons
  let learns: Bool
  let isDryRun: Bool
  let backfills: Bool

  // They would make what is kept of a file depend on the run that read it.
  private static let excluded = ["since", "until", "provider"]
  private static let dependent = [
    "state-on-network", "late", "keep-events", "keep-hits", "keep-baselines", "learn", "dry-run", "backfill",
    "no-notify", "watch",
  ]

  init(_ invocation: Invocation) throws(UsageError) {
    for name in StateFlags.excluded where invocation.has(name) {
      throw UsageError("--\(name) does not go with --state: a file is read once, in full")
    }
    path = invocation.value("state") ?? ""
    guard !path.isEmpty, path != "-" else { throw UsageError("--state needs a file: --state FILE") }
    var options = State.Options()
    options.allowsNetwork = invocation.has("state-on-network")
    options.checksPages = true
    self.options = options
    var horizons = Horizons()
    horizons.late = try StateFlags.span("late", invocation) ?? horizons.late
    horizons.events = try StateFlags.span("keep-events", invocation) ?? horizons.events
    horizons.hits = try StateFlags.span("keep-hits", invocation) ?? horizons.hits
    horizons.baselines = try StateFlags.span("keep-baselines", invocation) ?? horizons.baselines
    self.horizons = horizons
    learns = invocation.has("learn")
    isDryRun = invocation.has("dry-run")
    backfills = invocation.has("backfill")
  }

  /// Without a state these say nothing.
  static func refuseAlone(_ invocation: Invocation) throws(UsageError) {
    for name in dependent where invocation.has(name) {
      throw UsageError("--\(name) goes with --state FILE")
    }
  }

  private static func span(_ flag: String, _ invocation: Invocation) throws(UsageError) -> Int64? {
    guard let text = invocation.value(flag) else { return nil }
    guard let span = Invocation.duration(text) else {
      throw UsageError("--\(flag) \(text): not a time span", remedy: "write it like 12h, 7d or 4w")
    }
    return span
  }
}
