import Rules

/// Time spans as people say them.
public enum SpanWords {
  private static let units: [(milliseconds: Int64, name: String, chinese: String)] = [
    (86_400_000, "day", "天"), (3_600_000, "hour", "小时"), (60_000, "minute", "分钟"), (1_000, "second", "秒"),
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
    let shown = shown(milliseconds)
    return isWhole(shown) ? of(shown) : Amount.duration(shown / 1000)
  }

  /// `15 分钟`
  static func chinese(_ milliseconds: Int64) -> String {
    guard let unit = units.first(where: { milliseconds % $0.milliseconds == 0 }) else { return "\(milliseconds) 毫秒" }
    return "\(Amount.grouped(UInt64(clamping: milliseconds / unit.milliseconds))) \(unit.chinese)"
  }

  /// `15 分钟`, `13 分钟 53 秒`, `12 天`
  static func chineseElapsed(_ milliseconds: Int64) -> String {
    let shown = shown(milliseconds)
    guard !isWhole(shown) else { return chinese(shown) }
    // The two largest units, as the English form has them.
    let seconds = shown / 1000
    let parts =
      seconds < 3600
      ? [(seconds / 60, 60_000), (seconds % 60, 1000)] : [(seconds / 3600, 3_600_000), (seconds / 60 % 60, 60_000)]
    return parts.filter { $0.0 > 0 }.map { chinese($0.0 * Int64($0.1)) }.joined(separator: " ")
  }

  private static func shown(_ milliseconds: Int64) -> Int64 {
    milliseconds >= 2 * day ? milliseconds / day * day : milliseconds
  }

  private static func isWhole(_ milliseconds: Int64) -> Bool {
    milliseconds < 1000 || milliseconds >= 2 * day
      || units.contains { milliseconds % $0.milliseconds == 0 && milliseconds / $0.milliseconds <= countMax }
  }
}

/// Working hours: `08:00 to 19:00 on mon, tue (UTC+08:00)`.
public enum HoursWords {
  static let fullNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  static let names = fullNames.map { $0.prefix(3).lowercased() }

  public static func of(_ hours: HistorySettings.Hours) -> String {
    let span = "\(clock(hours.startMinute)) to \(clock(hours.endMinute))"
    return "\(span) on \(days(hours).joined(separator: ", ")) (\(zone(hours.offsetSeconds)))"
  }

  static func days(_ hours: HistorySettings.Hours) -> [String] {
    names.enumerated().filter { hours.days >> UInt8($0.offset) & 1 == 1 }.map(\.element)
  }

  /// What a clock there shows: `03:10` on a `sat`.
  static func local(_ time: Int64, _ hours: HistorySettings.Hours) -> (clock: String, weekday: String) {
    let minutes = Int((time + Int64(hours.offsetSeconds) * 1000) / 60_000)
    let inDay = (minutes % 1440 + 1440) % 1440
    // 1970-01-01 was a Thursday.
    let weekday = (((minutes - inDay) / 1440 + 3) % 7 + 7) % 7
    return (clock(inDay), names[weekday])
  }

  static func zone(_ offset: Int) -> String { "UTC\(offset < 0 ? "-" : "+")\(clock(abs(offset) / 60))" }

  static func clock(_ minutes: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(padded(minutes / 60)):\(padded(minutes % 60))"
  }
}
