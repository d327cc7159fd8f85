/// `rate`, read literally: the buckets before are listed, sorted, and looked at in the middle.

import Rules

extension ReferenceRun {
  private static let week: Int64 = 7 * 86_400_000

  // MARK: Buckets

  /// Weeks begin on a Monday: 1969-12-29.
  private var origin: Int64 { span % ReferenceRun.week == 0 ? -3 * 86_400_000 : 0 }

  private func bucket(_ time: Int64) -> Int64 { (time - origin) / span * span + origin }

  /// How many buckets begin in a range: those that begin before its end less those that begin before it.
  private func count(_ range: Range<Int64>) -> Int {
    func before(_ time: Int64) -> Int64 { (time - origin + span - 1) / span }
    return Int(before(range.upperBound) - before(range.lowerBound))
  }

  /// How many of them begin in the hour of the week of its end: week by week.
  private func countSameHour(_ range: Range<Int64>) -> Int {
    let monday: Int64 = 3 * 86_400_000
    var hour = (range.upperBound + monday) / 3_600_000 * 3_600_000 - monday
    var total = 0
    while hour + 3_600_000 > range.lowerBound {
      total += count(max(hour, range.lowerBound)..<max(min(hour + 3_600_000, range.upperBound), range.lowerBound))
      hour -= ReferenceRun.week
    }
    return total
  }

  private static func hourOfWeek(_ time: Int64) -> Int64 {
    (time + 3 * 86_400_000) % week / 3_600_000
  }

  /// The median and the median of the distances to it, together.
  private static func usual(_ numbers: [Int], zeros: Int) -> Int {
    func middle(_ numbers: [(Int, Int)]) -> Int {
      let sorted = numbers.sorted { $0.0 < $1.0 }
      var place = (sorted.reduce(0) { $0 + $1.1 } - 1) / 2
      for (number, count) in sorted {
        if place < count { return number }
        place -= count
      }
      return 0
    }
    let all = numbers.map { ($0, 1) } + (zeros > 0 ? [(0, zeros)] : [])
    let median = middle(all)
    return median + middle(all.map { (abs($0.0 - median), $0.1) })
  }

  /// - Parameters:
  ///   - own: the key's buckets that are not absent, by their beginnings.
  ///   - emptyFrom: the bucket from which on those without events count; nil if they are absent.
  private func usual(
    at start: Int64, first: Int64, own: [Int64: Int], all: [(start: Int64, number: Int)], countsEmpty: Bool
  ) -> Int? {
    guard isPopulationLearned(at: start) else { return nil }
    if start - first >= settings.learning {
      let before = own.filter { $0.key < start }
      let same = before.filter { ReferenceRun.hourOfWeek($0.key) == ReferenceRun.hourOfWeek(start) }
      var (zeros, sameZeros) = (0, 0)
      if countsEmpty {
        zeros = count(bucket(first)..<start) - before.count
        sameZeros = countSameHour(bucket(first)..<start) - same.count
      }
      if same.count + sameZeros >= 4 { return ReferenceRun.usual(Array(same.values), zeros: sameZeros) }
      if before.count + zeros > 0 { return ReferenceRun.usual(Array(before.values), zeros: zeros) }
    }
    let others = all.filter { $0.start < start }.map(\.number)
    return others.count >= 4 ? ReferenceRun.usual(others, zeros: 0) : nil
  }

  /// `usual * ratio`, rounded up.
  private func times(_ number: Int) -> Int128 {
    let ratio: Int128 =
      switch settings.ratio {
      case .int(let value): Int128(value) * 1_000_000_000
      case .uint(let value): Int128(value) * 1_000_000_000
      case .double(let value): billionths("\(value)")!
      }
    return (ratio * Int128(number) + 999_999_999) / 1_000_000_000
  }

  // MARK: Volume

  func volume(_ hits: [ReferenceHit]) -> [ReferenceMatch] {
    let counts = buckets(hits)
    let all = groups.values.flatMap { buckets($0).map { (start: $0.key, number: $0.value) } }
    var found: [ReferenceMatch] = []
    for (start, count) in counts where count >= settings.floor {
      let first = hits.map(\.time).min()!
      guard let usual = usual(at: start, first: first, own: counts, all: all, countsEmpty: true) else { continue }
      let limit = max(Int128(settings.floor), times(max(1, usual)))
      guard Int128(count) >= limit else { continue }
      let inBucket = hits.filter { bucket($0.time) == start }
      let reached = ReferenceRun.events(inBucket)[Int(limit) - 1]
      let later = inBucket.filter { isOrdered(reached, $0.event) }
      let needed = inBucket.filter { !isOrdered(reached, $0.event) }
      found.append(ReferenceMatch(time: reached.time!, hits: needed, later: later))
    }
    return found
  }

  private func buckets(_ hits: [ReferenceHit]) -> [Int64: Int] {
    Dictionary(ReferenceRun.events(hits).map { (bucket($0.time!), 1) }, uniquingKeysWith: +)
  }

  // MARK: Share

  func share(_ hits: [ReferenceHit], _ result: inout ReferenceResult) -> [ReferenceMatch] {
    let shares = shares(hits)
    let all = groups.values.flatMap { self.shares($0).map { (start: $0.key, number: $0.value) } }
    let first = hits.map(\.time).min()!
    var found: [ReferenceMatch] = []
    for (start, share) in shares {
      let part = hits.filter { $0.member == 0 && bucket($0.time) == start }
      guard ReferenceRun.events(part).count >= settings.floor,
        let usual = usual(at: start, first: first, own: shares, all: all, countsEmpty: false),
        Int128(share) >= min(times(max(10_000, usual)), 1_000_000)
      else { continue }
      if let highWater, highWater >= start + span {
        found.append(ReferenceMatch(time: start + span, hits: part))
      } else {
        result.undecided += 1
      }
    }
    return found
  }

  /// By bucket, in millionths; without a whole there is none.
  private func shares(_ hits: [ReferenceHit]) -> [Int64: Int] {
    let part = buckets(hits.filter { $0.member == 0 })
    let whole = buckets(hits.filter { $0.member == 1 })
    return Dictionary(uniqueKeysWithValues: whole.map { ($0, min(1_000_000, (part[$0] ?? 0) * 1_000_000 / $1)) })
  }
}
