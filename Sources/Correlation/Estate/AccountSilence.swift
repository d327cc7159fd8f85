import Configuration
import Events
import Rules

/// What earlier runs have read: of most of it no event is left.
public struct EarlierReading: Sendable {
  public var accounts: Set<[UInt8]> = []
  /// Whether there was an event on one of `AccountSilence.days`.
  public var reachesBack = false
  /// Whether the accounts of all that was read are known.
  public var isWhole = true

  public init() {}
}

/// Which accounts were ever heard of, and whether the records are long enough to call the others silent: logs are delivered
/// within minutes or hours, and what is read first may be those of one account.
///
/// Time passes by events alone, to the hour: there must be one that is older than the newest by more than `span`. A date in
/// the future, and one further back than pictures of coverage go, may be forged, and says nothing of how long records are.
public struct AccountSilence: Sendable {
  public enum Reach: Sendable { case enough, tooShort, unknown }

  public static let span: Int64 = 86_400_000
  // As far as coverage is shown.
  private static let daysMax = 400

  /// The accounts of which any event was read.
  public let seen: Set<[UInt8]>
  public let reach: Reach

  init(_ counts: DimensionCounts, _ activity: Activity, highWater: Int64, _ earlier: EarlierReading) {
    seen = earlier.accounts.union(counts.values[Dimension.account.rawValue].map(\.text))
    if !earlier.isWhole {
      reach = .unknown
    } else if earlier.reachesBack || AccountSilence.reachesBack(activity, highWater) {
      reach = .enough
    } else {
      reach = .tooShort
    }
  }

  /// Days since 1970, the first and the last, which are over for more than `span` at a time; nil if no time has passed.
  public static func days(before highWater: Int64) -> ClosedRange<Int>? {
    guard highWater > span else { return nil }
    let last = Int((highWater - span) / (24 * Activity.hour)) - 1
    let first = firstDay(before: highWater)
    return first <= last ? first...last : nil
  }

  private static func firstDay(before highWater: Int64) -> Int {
    max(1, Int(highWater / (24 * Activity.hour)) - daysMax + 1)
  }

  private static func reachesBack(_ activity: Activity, _ highWater: Int64) -> Bool {
    guard highWater > span else { return false }
    let first = firstDay(before: highWater) * 24
    // The hour must be over as well.
    let end = Int((highWater - span) / Activity.hour)
    return activity.cells.contains { $0.hour >= first && $0.hour < end }
  }

  /// Those of the configuration that were never heard of, once that can be said.
  func missing(_ accounts: [Account]) -> [Account] {
    reach == .enough ? accounts.filter { !seen.contains(Array($0.id.utf8)) } : []
  }
}

extension DetectionWalk {
  /// An alert for each account of the configuration that was never heard of. There are no facts to cut in shards.
  func tellSilence() throws(SegmentError) {
    guard shard.isFirst else { return }
    let accounts = context.estate.configuration.accounts
    context.counters.groups = accounts.count
    for account in context.silence.missing(accounts) {
      let violation = Violation.silence(of: account)
      let texts = violation.texts.map { context.recorder.texts.text(Array($0.utf8)) }
      try context.recorder.raise(
        account: Array(account.id.utf8), provider: Array(account.provider.utf8),
        note: .unexpected(violation.kind, texts: texts))
    }
  }
}
