/// How much is known at a moment, read literally: all hits are listed, and the time after each is added up.

import Rules

extension ReferenceRun {
  /// The moments of any group, with a value where values matter.
  private var momentsOfAll: [Int64] {
    let all = groups.values.flatMap { $0 }
    let matters = correlation.kind == .firstSeen || correlation.kind == .rare
    return ReferenceRun.moments(matters ? ReferenceRun.values(all).map(\.hit) : all)
  }

  /// How much of the time before a moment is known: after each hit until the next one, but no longer than a quarter.
  private func known(before time: Int64) -> Int64 {
    let earlier = momentsOfAll.filter { $0 < time }
    return zip(earlier, earlier.dropFirst() + [time]).map { min($1 - $0, settings.learning / 4) }.reduce(0, +)
  }

  func isPopulationLearned(at time: Int64) -> Bool { known(before: time) >= settings.learning }

  func learningUntil() -> Int64? {
    switch correlation.kind {
    case .firstSeen, .rare, .rate:
      guard let first = momentsOfAll.first else { return nil }
      guard let highWater, first <= highWater else { return first + settings.learning }
      if isPopulationLearned(at: highWater) { return nil }
      return highWater + settings.learning - known(before: highWater)
    case .gap:
      let since = groups.values.compactMap { hits in
        let starts = beginnings(ReferenceRun.moments(hits))
        return starts.last { $0 <= highWater ?? .min } ?? starts.first
      }
      guard let until = since.min().map({ $0 + settings.learning }), until > highWater ?? .min else { return nil }
      return until
    default: return nil
    }
  }

  /// The moments before which there is nothing, or a silence that is longer than what is learned.
  func beginnings(_ moments: [Int64]) -> [Int64] {
    moments.enumerated().filter { $0 == 0 || $1 - moments[$0 - 1] > settings.learning }.map(\.element)
  }
}
