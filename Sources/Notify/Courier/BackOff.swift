/// When to come again after failures: twice as long each time, at most an hour, and not all at the same moment.
struct BackOff: Sendable {
  static let longestMillis: Int64 = 3_600_000
  // Doubled so often, any pause is longer than the longest.
  private static let doublingsMax = 22

  let firstMillis: Int64

  /// Between half and the whole of the pause.
  ///
  /// - Parameter failures: so far, this one included.
  func pause<G: RandomNumberGenerator>(after failures: Int, using random: inout G) -> Int64 {
    let doublings = min(max(failures - 1, 0), BackOff.doublingsMax)
    let whole = min(firstMillis << Int64(doublings), BackOff.longestMillis)
    return whole - Int64.random(in: 0...whole / 2, using: &random)
  }
}
