// When people work, and spans of time in general. All comparisons are with event time.

import Events

/// A half-open span of time.
public struct Window: Sendable, Equatable {
  /// Milliseconds since 1970.
  public var from: Int64
  public var to: Int64
  public var reason: String
  public var ticket: String
  public var origin: Origin

  @inlinable
  public func contains(_ time: Int64) -> Bool { time >= from && time < to }
}

/// The hours of a week in which work is expected.
public struct WorkingHours: Sendable, Equatable {
  /// Monday to Friday.
  static let standardDays: UInt8 = 0b011_1110

  public internal(set) var zone: Zone
  /// Bit 0 is Sunday.
  public internal(set) var days: UInt8
  /// Minutes from midnight; `to` may be smaller, then the shift ends on the next day, and belongs to the day it began.
  public internal(set) var fromMinute: Int
  public internal(set) var toMinute: Int
  /// Day numbers (from 1970) on which nobody works, sorted.
  public internal(set) var holidays: [Int]
  public internal(set) var origin: Origin

  public func contains(_ millis: Int64) -> Bool {
    let local = millis + Int64(zone.offsetSeconds(at: millis)) * 1000
    let day = Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000)
    let minute = Int((local - Int64(day) * 86_400_000) / 60_000)
    guard fromMinute >= toMinute else { return minute >= fromMinute && minute < toMinute && isWorkday(day) }
    return minute >= fromMinute ? isWorkday(day) : minute < toMinute && isWorkday(day - 1)
  }

  private func isWorkday(_ day: Int) -> Bool {
    days & (1 << UInt8(Weekday.of(day: day))) != 0 && !holidays.contains(day)
  }

  static func clock(_ minute: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }
}
