import Correlation
import Events

/// Which account had events in which region on which day, and where there is a gap.
///
/// A gap is a silent stretch between the first and the last day that anything was read of, of a row that has events on most
/// days: a region that is used once a month has none.
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
  /// Events of days before `firstDay`.
  public private(set) var earlierEvents = 0
  /// By hour of the week, Monday 00:00 UTC first.
  public private(set) var week = [Int](repeating: 0, count: 168)

  public init(_ summary: Summary) {
    let cells = summary.activity.cells.filter { $0.hour > 0 }
    guard let last = cells.map({ $0.hour / 24 }).max(), let first = cells.map({ $0.hour / 24 }).min() else { return }
    firstDay = max(first, last - Coverage.daysMax + 1)
    dayCount = last - firstDay + 1
    var bySite: [Int: [Int]] = [:]
    for cell in cells {
      // 1 January 1970 was a Thursday.
      week[(cell.hour + 72) % 168] += cell.count
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

  /// `2026-01-03`.
  public static func name(day: Int) -> String {
    String(Timestamp.string(Int64(day) * 86_400_000).prefix(10))
  }
}
