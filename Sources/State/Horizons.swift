import Archive
import Correlation
import Events

/// How far back a state remembers, in milliseconds behind the newest event: never by a clock, and a forged date in the
/// future, which does not make time pass, ages nothing.
public struct Horizons: Sendable {
  static let day: Int64 = 86_400_000

  /// A copy of an event is told from an event for so long: providers deliver twice within days.
  public var events = 7 * day
  /// Hits of rules.
  public var hits = 90 * day
  /// Hits of detections that compare with what was usual: a year, and the month that it takes to look at it.
  public var baselines = 400 * day
  /// Events that are later than this meet rules of single events only.
  public var late = 7 * day

  public init() {}

  /// What a run may leave out, once events up to `highWater` are known.
  public func limits(_ plan: DetectionPlan, highWater: Int64) -> KeepLimits {
    guard highWater > Int64.min / 2 else { return .none(plan) }
    let reaches = plan.reaches()
    let hitsSince = plan.detections.indices.map { place in
      let detection = plan.detections[place]
      let own = detection.comparesWithHistory ? baselines : hits
      // However short the horizon: late events have to find what they belong to.
      let least = detection.isOfSingleRule ? reaches[place] : late + 2 * reaches[place] + Horizons.day
      return highWater - max(own, least)
    }
    // As long as a hit may be one of an alert that a key's maker explains.
    return KeepLimits(eventsSince: highWater - max(events, late), hitsSince: hitsSince + [highWater - max(hits, late)])
  }

  /// Until where alerts can still change in a run that begins with events up to `highWater` known.
  ///
  /// - Parameter heldSince: by detection, as the state has it.
  public func settled(
    _ plan: DetectionPlan, _ identities: [SHA256Value], highWater: Int64, heldSince: [Int64]
  ) -> [(SHA256Value, Settled)] {
    let limits = limits(plan, highWater: highWater)
    let reaches = plan.reaches()
    return plan.detections.indices.map { place in
      let kept = limits.hitsSince[place]
      let held = heldSince[place]
      guard kept > Int64.min else {
        return (identities[place], Settled(before: .min, keptSince: .min, heldSince: held))
      }
      let before =
        plan.detections[place].isOfSingleRule
        ? kept + reaches[place] : highWater - late - reaches[place]
      return (identities[place], Settled(before: max(before, kept), keptSince: kept, heldSince: held))
    }
  }

  /// Events before this are too late.
  public func earliest(highWater: Int64) -> Int64 { highWater > Int64.min / 2 ? highWater - late : .min }
}
