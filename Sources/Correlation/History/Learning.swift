/// Since when a key has been seen, and whether that is long enough to know what is usual for it, provided that anything is
/// known of that time (`KnownTime`).
struct Learning {
  let span: Int64
  /// The first hit.
  private(set) var first: Int64?

  init(_ span: Int64) { self.span = span }

  mutating func note(_ time: Int64) { first = min(first ?? time, time) }

  mutating func reset() { first = nil }

  func isLearned(at time: Int64) -> Bool {
    guard let first else { return false }
    return time - first >= span
  }

  /// Tells until when nothing can be judged; it is left out in the end if time has come so far.
  func report(_ context: GroupContext) {
    guard let first else { return }
    context.counters.learningUntil = min(context.counters.learningUntil ?? .max, first + span)
  }
}
