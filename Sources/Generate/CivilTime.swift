// Calendar dates from seconds since 1970, without Foundation: the same result everywhere, and cheap enough to do for
// every event.

/// A moment in UTC (or, after adding an offset to the seconds, in a fixed zone).
struct CivilTime {
  static let secondsPerDay: Int64 = 86_400

  let year: Int
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  /// 0 is Monday.
  let weekday: Int

  /// Days are turned into a date by counting years from 1 March, so that the leap day comes last.
  init(epochSeconds: Int64) {
    let days = epochSeconds >= 0 ? epochSeconds / 86_400 : (epochSeconds - 86_399) / 86_400
    let rest = Int(epochSeconds - days * 86_400)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
    weekday = Int(((days + 3) % 7 + 7) % 7)
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `YYYYMMDD`, with the hour, minute and second after it as far as `through` asks.
  enum Precision: Int {
    case day, hour, minute, second
  }

  func digits(through precision: Precision, separator: String = "") -> String {
    var text = CivilTime.padded(year, 4) + separator + CivilTime.padded(month, 2) + separator + CivilTime.padded(day, 2)
    let clock = [hour, minute, second]
    for part in clock.prefix(precision.rawValue) { text += CivilTime.padded(part, 2) }
    return text
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
