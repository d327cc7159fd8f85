// When things happen: the hours of the working day by time zone, quiet weekends, deploy storms. Activity is a whole
// number for each quarter of an hour, so that events can be shared out over files and seconds without rounding errors.

/// The activity of one account over the archive's span.
struct Activity: Sendable {
  /// A storm lasts one slot; files are at least that coarse in most archives.
  static let slotSeconds: Int64 = 900
  /// What machines do around the clock, against about 100 when every office is at work.
  private static let machineLevel: UInt64 = 40
  private static let stormFactor: UInt64 = 3

  let seed: UInt64
  let start: Int64
  let end: Int64
  /// By hour of the week, Monday 00:00 UTC first.
  private let hourLevels: [UInt64]

  init(seed: UInt64, start: Int64, end: Int64, zones: [Int]) {
    self.seed = mixed(seed, 0xAC7)
    self.start = start
    self.end = end
    hourLevels = (0..<168).map { hour in
      let working = zones.count { Activity.isWorkingHour(utcHourOfWeek: hour, zone: Zone.all[$0], dayStart: 8) }
      return Activity.machineLevel + UInt64(working * 60 / max(zones.count, 1))
    }
  }

  static func isWorkingHour(utcHourOfWeek hour: Int, zone: Zone, dayStart: Int64) -> Bool {
    let local = (Int64(hour) + zone.offsetHours + 168) % 168
    return local / 24 < 5 && local % 24 >= dayStart && local % 24 < dayStart + 10
  }

  static func hourOfWeek(_ time: Int64) -> Int {
    // 1 January 1970 was a Thursday.
    Int((time / 3600 + 72) % 168)
  }

  /// About one slot in 60 of the busier hours.
  func isStorm(_ time: Int64) -> Bool {
    let busy = hourLevels[Activity.hourOfWeek(time)] > Activity.machineLevel + 15
    return busy && mixed(seed, UInt64(time / Activity.slotSeconds)) % 60 == 0
  }

  /// Events per second, in arbitrary units.
  func level(_ time: Int64) -> UInt64 {
    hourLevels[Activity.hourOfWeek(time)] * (isStorm(time) ? Activity.stormFactor : 1)
  }

  /// The level times seconds, over a window.
  func total(_ window: Range<Int64>) -> UInt64 {
    var sum: UInt64 = 0
    var time = window.lowerBound
    while time < window.upperBound {
      let next = min((time / Activity.slotSeconds + 1) * Activity.slotSeconds, window.upperBound)
      sum += level(time) * UInt64(next - time)
      time = next
    }
    return sum
  }
}

/// Walks through a window as the events of a file are counted off, giving each its second.
struct TimeWalk {
  private let activity: Activity
  private let window: Range<Int64>
  private let total: UInt64
  private let count: UInt64
  private var slotStart: Int64
  private var slotEnd: Int64
  private var slotLevel: UInt64
  private var before: UInt64 = 0

  init(activity: Activity, window: Range<Int64>, count: UInt64) {
    self.activity = activity
    self.window = window
    self.count = count
    total = activity.total(window)
    slotStart = window.lowerBound
    slotEnd = min((slotStart / Activity.slotSeconds + 1) * Activity.slotSeconds, window.upperBound)
    slotLevel = activity.level(slotStart)
  }

  /// The moment of the n-th event; to be called with growing n below `count`.
  mutating func time(of index: UInt64) -> Int64 {
    let product = total.multipliedFullWidth(by: index)
    let target = count.dividingFullWidth(product).quotient
    while target >= before + slotLevel * UInt64(slotEnd - slotStart), slotEnd < window.upperBound {
      before += slotLevel * UInt64(slotEnd - slotStart)
      slotStart = slotEnd
      slotEnd = min(slotStart + Activity.slotSeconds, window.upperBound)
      slotLevel = activity.level(slotStart)
    }
    return min(slotStart + Int64((target - before) / max(slotLevel, 1)), window.upperBound - 1)
  }
}
