import Correlation
import Events

/// Which account had events in which region on which day, and where there is a gap.
///
/// A gap is a silent stretch between the first and the last day that anything was read of, of a row that has events on most
/// days: a region that is used once a month has none. A date that no clock shows yet, and one long before all others, are
/// counted apart: one such event would be the whole picture.
public struct Coverage: Sendable {
  public struct Row: Sendable {
    public var site: Activity.Site
    /// By day from `firstDay` of the matrix.
    public var days: [Int]
    public var events: Int
    /// Days since 1970.
    public var firstDay: Int
    public var lastDay: Int
    /// Silent days, `2026-01-03` or `2026-01-03..2026-01-05`.
    public var gaps: [String]
    /// By day: whether it belongs to a gap.
    public var isGap: [Bool]

    /// From its first day with events to its last.
    public var shownDays: ArraySlice<Int> {
      let first = days.firstIndex { $0 > 0 } ?? days.endIndex
      return days[first..<max(first, (days.lastIndex { $0 > 0 } ?? -1) + 1)]
    }
  }

  // More days make no picture; what lies before the last of them is left out of it, and of nothing else.
  public static let daysMax = 400

  /// Days since 1970.
  public private(set) var firstDay = 0
  public private(set) var dayCount = 0
  public private(set) var rows: [Row] = []
  /// Events of days that are left out because they are too long ago.
  public private(set) var earlierEvents = 0
  /// Events that are dated after the high-water mark: forged, or by a clock that is wrong.
  public private(set) var laterEvents = 0
  /// From the first hour that is shown to the end of the last one.
  public private(set) var span: ClosedRange<Int64>?
  /// By hour of the week, Monday 00:00 UTC first.
  public private(set) var week = [Int](repeating: 0, count: 168)

  public init(_ summary: Summary) {
    let latest = summary.latest.map { Int($0 / Activity.hour) } ?? .max
    let timed = summary.activity.cells.filter { $0.hour > 0 }
    let cells = timed.filter { $0.hour <= latest }
    laterEvents = timed.reduce(0) { $0 + ($1.hour > latest ? $1.count : 0) }
    guard let last = cells.map(\.hour).max() else { return }
    // One old event makes no year of empty days.
    let earliest = (last / 24 - Coverage.daysMax + 1) * 24
    guard let first = cells.map(\.hour).filter({ $0 >= earliest }).min() else { return }
    span = Int64(first) * Activity.hour...Int64(last + 1) * Activity.hour - 1
    firstDay = first / 24
    dayCount = last / 24 - firstDay + 1
    var bySite: [Int: [Int]] = [:]
    for cell in cells {
      // 1 January 1970 was a Thursday.
      if summary.knowsHours { week[(cell.hour + 72) % 168] += cell.count }
      guard cell.hour / 24 >= firstDay else {
        earlierEvents += cell.count
        continue
      }
      bySite[cell.site, default: [Int](repeating: 0, count: dayCount)][cell.hour / 24 - firstDay] += cell.count
    }
    for site in bySite.keys.sorted() {
      if let days = bySite[site] { rows.append(row(summary.activity.sites[site], days)) }
    }
  }

  private func row(_ site: Activity.Site, _ days: [Int]) -> Row {
    let first = days.firstIndex { $0 > 0 } ?? 0
    let last = days.lastIndex { $0 > 0 } ?? 0
    let active = days.count { $0 > 0 }
    // From its first event on: an account may be new. To the end: an account that falls silent is a gap.
    let isSteady = active * 2 > days.count - first
    let isGap = days.indices.map { isSteady && $0 > first && days[$0] == 0 }
    return Row(
      site: site, days: days, events: days.reduce(0, +), firstDay: firstDay + first, lastDay: firstDay + last,
      gaps: Coverage.stretches(isGap, firstDay), isGap: isGap)
  }

  private static func stretches(_ isGap: [Bool], _ firstDay: Int) -> [String] {
    var result: [String] = []
    var start: Int?
    for day in 0...isGap.count {
      let inside = day < isGap.count && isGap[day]
      if inside, start == nil { start = day }
      if !inside, let from = start {
        let name = Coverage.name(day: firstDay + from)
        result.append(from == day - 1 ? name : "\(name)..\(Coverage.name(day: firstDay + day - 1))")
        start = nil
      }
    }
    return result
  }

  /// What of the events it does not show, as a sentence; nil if that is nothing.
  public var leftOut: String? {
    var parts: [String] = []
    if earlierEvents > 0 { parts.append("\(Amount.of(earlierEvents, "event")) before these days") }
    if laterEvents > 0 { parts.append("\(Amount.of(laterEvents, "event")) dated in the future") }
    return parts.isEmpty ? nil : "left out: " + parts.joined(separator: ", ")
  }

  /// `2026-01-03`.
  public static func name(day: Int) -> String {
    String(Timestamp.string(Int64(day) * 86_400_000).prefix(10))
  }
}

extension Summary {
  /// What pictures are about: from the first to the last event, but for dates that would make the others a dot.
  var shownTimes: ClosedRange<Int64> {
    guard let span = Coverage(self).span, span.overlaps(firstTime...lastTime) else { return firstTime...lastTime }
    // The high-water mark is an event's time, and not the end of its hour.
    let end = min(span.upperBound, max(latest ?? .max, span.lowerBound))
    return (span.lowerBound...end).clamped(to: firstTime...lastTime)
  }

  /// Where something must lie for pictures to be made so wide that it is in them; nil if that is everywhere.
  var pictureLimits: ClosedRange<Int64>? {
    guard let latest, let span = Coverage(self).span else { return nil }
    let least = span.upperBound + 1 - Int64(Coverage.daysMax) * 24 * Activity.hour
    return least...max(latest, span.upperBound)
  }
}
