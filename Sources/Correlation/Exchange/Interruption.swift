/// Whether somebody wants a reduce to end: asked now and then while rows are walked, so that it ends within a moment however
/// many there are.
struct Interruption: Sendable {
  // A few thousand rows take less than a millisecond; asking for each would show.
  private static let rowsBetween = 4096

  /// How many rows have gone by since it was asked last.
  struct Pace {
    fileprivate var rows = 0
  }

  static let none = Interruption { false }

  private let isWanted: @Sendable () -> Bool

  init(_ isWanted: @escaping @Sendable () -> Bool) { self.isWanted = isWanted }

  func check() throws(SegmentError) {
    if isWanted() { throw .interrupted }
  }

  @inline(__always)
  func check(_ pace: inout Pace) throws(SegmentError) {
    pace.rows += 1
    guard pace.rows == Interruption.rowsBetween else { return }
    pace.rows = 0
    try check()
  }
}
