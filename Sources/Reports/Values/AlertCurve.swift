import Events
import Rules

/// Alerts over time, by level: as numbers, or as blocks of eight heights.
struct AlertCurve {
  // More bins than that are no curve but a list.
  static let binsMax = 56
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// By level, then by time.
  private(set) var bins: [[Int]]
  /// Nil if there are no times to draw.
  private var shown: (first: Int64, last: Int64, latest: Int64, width: Int64)?

  init(_ summary: Summary, bins count: Int) {
    bins = Level.allCases.map { _ in [Int](repeating: 0, count: max(count, 0)) }
    guard count > 0, summary.hasTimes else { return }
    let times = summary.shownTimes
    // Events may be far apart: further than numbers are long.
    let (span, overflow) = times.upperBound.subtractingReportingOverflow(times.lowerBound)
    guard !overflow else { return }
    shown = (times.lowerBound, times.upperBound, summary.latest ?? .max, span / Int64(count) + 1)
  }

  mutating func add(_ alert: AlertGlance) {
    guard let shown, alert.time != Timestamp.missing, alert.time >= shown.first, alert.time <= shown.latest else {
      return
    }
    bins[alert.level.rawValue][Int((min(alert.time, shown.last) - shown.first) / shown.width)] += 1
  }

  static func of(_ alerts: AlertList, _ summary: Summary, bins: Int) -> [[Int]] {
    var curve = AlertCurve(summary, bins: bins)
    for place in 0..<alerts.count { curve.add(alerts.glance(place)) }
    return curve.bins
  }

  static func text(_ bins: [Int]) -> String {
    let top = max(bins.max() ?? 0, 1)
    return String(bins.map { $0 == 0 ? " " : blocks[($0 * blocks.count - 1) / top] })
  }
}
