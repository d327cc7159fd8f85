import Rules

/// `outside_hours`: what happens when nobody works.
struct OutsideHoursEvaluator: Evaluator {
  private static let minute: Int64 = 60_000
  private static let day: Int64 = 86_400_000
  // 1970-01-01 was a Thursday, Monday is day 0.
  private static let firstWeekday: Int64 = 3

  private let hours: HistorySettings.Hours
  private let span: Int64
  private var moment = Moment()

  init(_ hours: HistorySettings.Hours, span: Int64) {
    self.hours = hours
    self.span = span
  }

  mutating func begin(_ context: GroupContext) { moment.reset() }
  mutating func add(_ fact: GroupFact, _ context: GroupContext) { moment.append(fact, context) }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    if !isWithin(time) {
      context.recorder.find(at: time, moment.facts, gap: span, note: .outsideHours(at: time))
    }
    moment.clear()
  }

  func isWithin(_ time: Int64) -> Bool {
    let local = time + Int64(hours.offsetSeconds) * 1000
    let (day, inDay) = local.flooredDivision(by: OutsideHoursEvaluator.day)
    let start = Int64(hours.startMinute) * OutsideHoursEvaluator.minute
    let end = Int64(hours.endMinute) * OutsideHoursEvaluator.minute
    if start < end { return inDay >= start && inDay < end && works(day) }
    // What is after midnight belongs to the day on which the hours began.
    return inDay >= start && works(day) || inDay < end && works(day - 1)
  }

  private func works(_ day: Int64) -> Bool {
    let weekday = (day + OutsideHoursEvaluator.firstWeekday).flooredDivision(by: 7).remainder
    return hours.days & 1 << UInt8(weekday) != 0
  }

  mutating func end(_ context: GroupContext) {}
}

extension Int64 {
  /// Towards the past, also for times before 1970: an offset can lead there.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
