/// Times of events: milliseconds since 1970 in UTC, read from the spellings that providers use.
public enum Timestamp {
  /// An event without a usable time.
  public static let missing = Int64.min

  // Nothing outside these years is an event time; a number outside is an id or an attack on the arithmetic.
  static let yearMin = 1970
  static let yearMax = 9999
  // Above this an epoch number counts milliseconds: as seconds it would lie in the year 5138.
  static let epochSecondsMax: Int64 = 100_000_000_000

  // From the first year to the last, and a day more on both sides for offsets.
  private static let possible: ClosedRange<Int64> = -86_400_000...253_402_387_199_999

  /// Whether an event can have this time, or none.
  public static func isPossible(_ millis: Int64) -> Bool { millis == missing || possible.contains(millis) }

  /// Days since 1970-01-01 of a date of the Gregorian calendar.
  public static func days(year: Int, month: Int, day: Int) -> Int {
    // The year begins in March, so that the leap day is its last.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `2026-01-05T10:00:00Z`, with a space for the T, any number of fractional digits, `Z`, an offset or, with none of
  /// them, the offset given. A date alone is its first moment.
  public static func parse(_ text: Text, offsetSeconds: Int = 0) -> Int64 {
    var cursor = Cursor(text: text)
    guard let year = cursor.digits(4), cursor.take("-"), let month = cursor.digits(2), cursor.take("-"),
      let day = cursor.digits(2), year >= yearMin, year <= yearMax, month >= 1, month <= 12, day >= 1,
      day <= daysIn(month: month, year: year)
    else { return missing }
    let midnight = Int64(days(year: year, month: month, day: day)) * 86_400_000
    if cursor.atEnd { return midnight - Int64(offsetSeconds) * 1000 }
    guard cursor.take("T") || cursor.take("t") || cursor.take(" "), let hour = cursor.digits(2), cursor.take(":"),
      let minute = cursor.digits(2), hour <= 23, minute <= 59
    else { return missing }
    var millis = Int64(hour * 3600 + minute * 60) * 1000
    if cursor.take(":") {
      // A leap second is written 60; it becomes the first moment of the next minute.
      guard let second = cursor.digits(2), second <= 60 else { return missing }
      millis += Int64(second) * 1000
      if cursor.take(".") || cursor.take(",") {
        guard let fraction = cursor.fraction() else { return missing }
        millis += fraction
      }
    }
    guard let offset = cursor.offset(default: offsetSeconds) else { return missing }
    return midnight + millis - Int64(offset) * 1000
  }

  /// Seconds or milliseconds since 1970, as a number or its text; a fraction of a second is kept to the millisecond.
  public static func parseEpoch(_ text: Text) -> Int64 {
    var value: Int64 = 0
    var i = 0
    while i < text.count, text[i] >= 0x30, text[i] <= 0x39 {
      guard value < 1_000_000_000_000_000 else { return missing }
      value = value * 10 + Int64(text[i] - 0x30)
      i += 1
    }
    guard i > 0 else { return missing }
    var fraction: Int64 = 0
    if i < text.count {
      var cursor = Cursor(text: text.slice(i))
      guard cursor.take("."), let digits = cursor.fraction(), cursor.atEnd else { return missing }
      fraction = digits
    }
    let millis = value > epochSecondsMax ? value : value * 1000 + fraction
    return millis <= 253_402_300_799_999 ? millis : missing
  }

  /// Appends `2026-01-05T10:00:00.000Z`, or with an offset `2026-01-05T18:00:00.000+08:00`.
  public static func append(_ millis: Int64, offsetSeconds: Int = 0, to out: inout [UInt8]) {
    guard millis != missing else { return }
    let local = millis + Int64(offsetSeconds) * 1000
    let day = Int((local >= 0 ? local : local - 86_399_999) / 86_400_000)
    let inDay = Int(local - Int64(day) * 86_400_000)
    let (year, month, date) = civil(day)
    digits(year, 4, &out)
    out.append(0x2D)
    digits(month, 2, &out)
    out.append(0x2D)
    digits(date, 2, &out)
    out.append(0x54)
    digits(inDay / 3_600_000, 2, &out)
    out.append(0x3A)
    digits(inDay / 60_000 % 60, 2, &out)
    out.append(0x3A)
    digits(inDay / 1000 % 60, 2, &out)
    out.append(0x2E)
    digits(inDay % 1000, 3, &out)
    guard offsetSeconds != 0 else { return out.append(0x5A) }
    out.append(offsetSeconds < 0 ? 0x2D : 0x2B)
    digits(abs(offsetSeconds) / 3600, 2, &out)
    out.append(0x3A)
    digits(abs(offsetSeconds) / 60 % 60, 2, &out)
  }

  public static func string(_ millis: Int64, offsetSeconds: Int = 0) -> String {
    var out: [UInt8] = []
    append(millis, offsetSeconds: offsetSeconds, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Year, month and day of a day number.
  public static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func digits(_ value: Int, _ width: Int, _ out: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      out.append(UInt8(0x30 + value / divisor % 10))
      divisor /= 10
    }
  }
}

/// Reads a text from its beginning.
private struct Cursor {
  let text: Text
  var at = 0

  init(text: Text) { self.text = text }

  var atEnd: Bool { at == text.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < text.count, text[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func digits(_ width: Int) -> Int? {
    guard at + width <= text.count else { return nil }
    var value = 0
    for i in at..<at + width {
      guard text[i] >= 0x30, text[i] <= 0x39 else { return nil }
      value = value * 10 + Int(text[i] - 0x30)
    }
    at += width
    return value
  }

  /// The digits behind a decimal point, in milliseconds; further digits are cut off.
  mutating func fraction() -> Int64? {
    var millis: Int64 = 0
    var scale: Int64 = 100
    let start = at
    while at < text.count, text[at] >= 0x30, text[at] <= 0x39 {
      millis += Int64(text[at] - 0x30) * scale
      scale /= 10
      at += 1
    }
    return at > start ? millis : nil
  }

  /// `Z`, `+08:00`, `+0800`, `+08`, also behind a space, `UTC` or `GMT`; nothing else may follow.
  mutating func offset(default fallback: Int) -> Int? {
    if atEnd { return fallback }
    if take("Z") || take("z") { return atEnd ? 0 : nil }
    _ = take(" ")
    if text.slice(at).hasPrefix("GMT") || text.slice(at).hasPrefix("UTC") {
      at += 3
      if atEnd { return 0 }
    }
    let negative = take("-")
    guard negative || take("+"), let hours = digits(2) else { return nil }
    _ = take(":")
    let minutes = atEnd ? 0 : digits(2) ?? 99
    guard hours <= 23, minutes <= 59, atEnd else { return nil }
    return (hours * 3600 + minutes * 60) * (negative ? -1 : 1)
  }
}
