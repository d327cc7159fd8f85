import Events
import Rules

/// Parts of a timestamp in an event, as it is written there: no conversion of its zone. Epoch numbers are read in UTC.
enum TimeText {
  // Smaller numbers are counts, codes and ports; as seconds they would lie before March 1973.
  private static let epochMin = 100_000_000

  /// The moment that the text's date and time of day would be in UTC, in milliseconds.
  static func written(_ text: Text) -> Int64 {
    let epoch = Timestamp.parseEpoch(text)
    if epoch != Timestamp.missing { return epoch / 1000 >= epochMin ? epoch : Timestamp.missing }
    guard Timestamp.parse(text) != Timestamp.missing else { return Timestamp.missing }
    // `2026-01-05T10:00` or `2026-01-05T10:00:00`: what comes behind is a fraction and a zone.
    let hasSeconds = text.count > 16 && text[16] == UInt8(ascii: ":")
    return Timestamp.parse(text.slice(0, hasSeconds ? 19 : 16))
  }

  static func value(of part: TimePart, in millis: Int64) -> Int {
    let day = Int((millis >= 0 ? millis : millis - 86_399_999) / 86_400_000)
    let minutes = Int(millis - Int64(day) * 86_400_000) / 60_000
    switch part {
    case .minute: return minutes % 60
    case .hour: return minutes / 60
    case .day: return Timestamp.civil(day).day
    case .month: return Timestamp.civil(day).month
    case .year: return Timestamp.civil(day).year
    case .week: return week(day)
    }
  }

  /// The week of ISO 8601: the one that holds the day's Thursday, counted in the Thursday's year.
  private static func week(_ day: Int) -> Int {
    // 1970-01-01 was a Thursday; Monday is 0.
    let weekday = ((day + 3) % 7 + 7) % 7
    let thursday = day - weekday + 3
    let newYear = Timestamp.days(year: Timestamp.civil(thursday).year, month: 1, day: 1)
    return (thursday - newYear) / 7 + 1
  }
}
