import Rules

/// Time spans as people say them.
public enum SpanWords {
  private static let units: [(milliseconds: Int64, name: String)] = [
    (86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1_000, "second"),
  ]
  private static let day: Int64 = 86_400_000
  // `90 minutes` is a time that somebody set, `833 seconds` is none.
  private static let countMax = 90

  /// In the largest unit that holds the span whole: `15 minutes`.
  public static func of(_ milliseconds: Int64) -> String {
    guard let unit = units.first(where: { milliseconds % $0.milliseconds == 0 }) else { return "\(milliseconds) ms" }
    return Amount.of(Int(milliseconds / unit.milliseconds), unit.name)
  }

  /// Of what was measured: `15 minutes`, `13m53s`, `12 days`.
  static func elapsed(_ milliseconds: Int64) -> String {
    if milliseconds >= 2 * day { return of(milliseconds / day * day) }
    let isRound = units.contains { milliseconds % $0.milliseconds == 0 && milliseconds / $0.milliseconds <= countMax }
    return isRound || milliseconds < 1000 ? of(milliseconds) : Amount.duration(milliseconds / 1000)
  }
}

/// Working hours: `08:00 to 19:00 on mon, tue (UTC+08:00)`.
public enum HoursWords {
  private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  public static func of(_ hours: HistorySettings.Hours) -> String {
    let names = days.enumerated().filter { hours.days >> UInt8($0.offset) & 1 == 1 }.map { $0.element.prefix(3) }
    let span = "\(clock(hours.startMinute)) to \(clock(hours.endMinute))"
    return "\(span) on \(names.joined(separator: ", ").lowercased()) (\(zone(hours.offsetSeconds)))"
  }

  /// What a clock there shows: `03:10 on a Saturday`.
  static func local(_ time: Int64, _ hours: HistorySettings.Hours) -> String {
    let minutes = Int((time + Int64(hours.offsetSeconds) * 1000) / 60_000)
    let inDay = (minutes % 1440 + 1440) % 1440
    // 1970-01-01 was a Thursday.
    let weekday = (((minutes - inDay) / 1440 + 3) % 7 + 7) % 7
    return "\(clock(inDay)) on a \(days[weekday])"
  }

  private static func zone(_ offset: Int) -> String { "UTC\(offset < 0 ? "-" : "+")\(clock(abs(offset) / 60))" }

  private static func clock(_ minutes: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(padded(minutes / 60)):\(padded(minutes % 60))"
  }
}
