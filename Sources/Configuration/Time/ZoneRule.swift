// The rule of a zone behind the last change that its table lists, in the form of POSIX's TZ:
//   CST-8                         always 8 hours east (the sign is the other way round)
//   CET-1CEST,M3.5.0,M10.5.0/3    summer time from the last (5) Sunday (0) of March 2:00 to the last of October 3:00

import Events

struct ZoneRule: Sendable, Equatable {
  /// When clocks change, in local time of what applied before.
  struct Change: Sendable, Equatable {
    enum Day: Sendable, Equatable {
      case weekday(month: Int, week: Int, day: Int)
      /// From 1; 29 February is never counted.
      case julian(Int)
      /// From 0.
      case ordinal(Int)
    }

    var day: Day
    var seconds: Int
  }

  var standard: Int
  var summer: Int?
  var start: Change?
  var end: Change?

  init?(_ text: some Sequence<UInt8>) {
    var scan = RuleScanner(Array(text))
    guard scan.name(), let standard = scan.clock() else { return nil }
    self.standard = -standard
    if scan.isAtEnd { return }
    guard scan.name() else { return nil }
    summer = scan.peek == UInt8(ascii: ",") ? self.standard + 3600 : scan.clock().map { -$0 }
    guard summer != nil, scan.take(","), let start = scan.change(), scan.take(","), let end = scan.change(),
      scan.isAtEnd
    else { return nil }
    self.start = start
    self.end = end
  }

  func offset(at seconds: Int64) -> Int {
    guard let summer, let start, let end else { return standard }
    let local = seconds + Int64(standard)
    let day = Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
    let year = Timestamp.civil(day).year
    let from = start.moment(in: year) - Int64(standard)
    let to = end.moment(in: year) - Int64(summer)
    // South of the equator summer time spans the turn of the year.
    let isSummer = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to
    return isSummer ? summer : standard
  }
}

extension ZoneRule.Change {
  /// Seconds since 1970 of the local clock.
  fileprivate func moment(in year: Int) -> Int64 {
    let first = Timestamp.days(year: year, month: 1, day: 1)
    let isLeap = Timestamp.days(year: year + 1, month: 1, day: 1) - first == 366
    let number: Int
    switch day {
    case .julian(let n): number = first + n - 1 + (isLeap && n >= 60 ? 1 : 0)
    case .ordinal(let n): number = first + n
    case .weekday(let month, let week, let weekday):
      let begin = Timestamp.days(year: year, month: month, day: 1)
      let next =
        month == 12
        ? Timestamp.days(year: year + 1, month: 1, day: 1) : Timestamp.days(year: year, month: month + 1, day: 1)
      // Day 0 of 1970 was a Thursday.
      var date = begin + (weekday - Weekday.of(day: begin) + 7) % 7 + (week - 1) * 7
      while date >= next { date -= 7 }
      number = date
    }
    return Int64(number) * 86_400 + Int64(seconds)
  }
}

enum Weekday {
  static let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// 0 is Sunday.
  static func of(day: Int) -> Int { ((day + 4) % 7 + 7) % 7 }
}

private struct RuleScanner {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }
  var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  /// `CET` or `<+08>`.
  mutating func name() -> Bool {
    let start = at
    if take("<") {
      while !isAtEnd, peek != UInt8(ascii: ">") { at += 1 }
      return take(">")
    }
    while let byte = peek, (byte | 0x20) >= 0x61, (byte | 0x20) <= 0x7A { at += 1 }
    return at - start >= 3
  }

  mutating func number() -> Int? {
    var value = 0
    let start = at
    while let byte = peek, byte >= 0x30, byte <= 0x39, at - start < 4 {
      value = value * 10 + Int(byte - 0x30)
      at += 1
    }
    return at > start ? value : nil
  }

  /// `[+-]h[:m[:s]]` in seconds.
  mutating func clock() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number() else { return nil }
    var seconds = hours * 3600
    if take(":") {
      guard let minutes = number() else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let rest = number() else { return nil }
        seconds += rest
      }
    }
    return isNegative ? -seconds : seconds
  }

  mutating func change() -> ZoneRule.Change? {
    let day: ZoneRule.Change.Day
    if take("M") {
      guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
        (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
      else { return nil }
      day = .weekday(month: month, week: week, day: weekday)
    } else if take("J") {
      guard let n = number(), (1...365).contains(n) else { return nil }
      day = .julian(n)
    } else {
      guard let n = number(), n <= 365 else { return nil }
      day = .ordinal(n)
    }
    // Two o'clock is the default of the standard.
    guard take("/") else { return ZoneRule.Change(day: day, seconds: 7200) }
    return clock().map { ZoneRule.Change(day: day, seconds: $0) }
  }
}
