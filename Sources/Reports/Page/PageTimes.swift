import Events

/// Times as a page shows them: short, with the offset said once beside them.
struct PageTimes {
  let zone: Int
  let words: PageWords

  /// `UTC` or `UTC+08:00`.
  var offset: String {
    guard zone != 0 else { return "UTC" }
    let minutes = abs(zone) / 60
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "UTC\(zone < 0 ? "−" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// `2026-01-05 03:40`.
  func minute(_ time: Int64) -> String { shown(time, 16) }
  /// `2026-01-05 03:40:04`.
  func second(_ time: Int64) -> String { shown(time, 19) }

  private func shown(_ time: Int64, _ length: Int) -> String {
    guard time != Timestamp.missing else { return words["noTime"] }
    return String(Timestamp.string(time, offsetSeconds: zone).prefix(length)).replacing("T", with: " ")
  }

  /// `2026-01-05 03:40 – 04:12`, with the second date if it is another one.
  func span(_ first: Int64, _ last: Int64) -> String {
    guard first != Timestamp.missing else { return words["noTime"] }
    let (a, b) = (minute(first), minute(last))
    if a == b { return a }
    let end = a.prefix(10) == b.prefix(10) ? String(b.suffix(5)) : b
    return "\(a) – \(end)"
  }
}
