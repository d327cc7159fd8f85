/// Time in equal pieces, aligned to 1970-01-01T00:00Z, or to a Monday if they are weeks.
struct Buckets {
  private static let hour: Int64 = 3_600_000
  static let hoursOfWeek = 168
  private static let week = hour * Int64(hoursOfWeek)
  // The Monday before 1970-01-01, a Thursday.
  private static let monday: Int64 = -3 * 24 * hour

  let span: Int64
  private let origin: Int64

  init(span: Int64) {
    self.span = span
    origin = span % Buckets.week == 0 ? Buckets.monday : 0
  }

  func number(at time: Int64) -> Int64 { (time - origin).flooredDivision(by: span).quotient }

  func start(_ bucket: Int64) -> Int64 { origin + bucket * span }

  /// In which hour of the week a bucket begins.
  func hourOfWeek(_ bucket: Int64) -> Int {
    Int(start(bucket).flooredDivision(by: Buckets.week).remainder / Buckets.hour)
  }

  /// How many buckets of a range begin in an hour of the week.
  ///
  /// A number `x` lies in `[a, b)` modulo `w` just if `floor((x - a) / w) - floor((x - b) / w)` is 1 and not 0; the sums of
  /// such quotients over evenly spaced numbers need no walk over a billion of empty seconds.
  func count(_ range: Range<Int64>, hourOfWeek hour: Int) -> Int {
    guard !range.isEmpty else { return 0 }
    let first = start(range.lowerBound).flooredDivision(by: Buckets.week).remainder
    // One week more, so that nothing is negative.
    let begin = first - Int64(hour) * Buckets.hour + Buckets.week
    let count = Int128(range.count)
    return Int(
      Buckets.sum(count, Int128(Buckets.week), Int128(span), Int128(begin))
        - Buckets.sum(count, Int128(Buckets.week), Int128(span), Int128(begin - Buckets.hour)))
  }

  /// The sum of `floor((step * i + first) / divisor)` for `i` below `count`, by Euclid's algorithm.
  private static func sum(_ count: Int128, _ divisor: Int128, _ step: Int128, _ first: Int128) -> Int128 {
    var (count, divisor, step, first) = (count, divisor, step, first)
    var total: Int128 = 0
    while true {
      total += (count - 1) * count / 2 * (step / divisor) + count * (first / divisor)
      step %= divisor
      first %= divisor
      let last = step * count + first
      if last < divisor { return total }
      count = last / divisor
      first = last % divisor
      swap(&divisor, &step)
    }
  }
}
