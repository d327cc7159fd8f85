import Configuration

// Which phrases a reason is told with, one after another. What they are filled with, the phrases name.

extension ReasonTeller {
  mutating func sentence(_ kind: Reason.Kind) {
    switch kind {
    case .eventCount, .alertCount, .eventOrAlertCount, .valueCount, .rulesInOrder, .valueSum, .valueAverage,
      .valueMedian, .valuePercentile:
      held(kind)
    case .matched, .matchedInOrder, .absent: matched(kind)
    case .newValue: newValue()
    case .newKey:
      say(.newKey)
      if number(.knownSince) < time { say(.newKeySince) }
      say(.newKeyValues)
    case .rare: rare()
    case .rate, .share: rate(kind)
    case .networks: say(.networks)
    case .travel: say(.travel, elapsed > 0 ? .travelSpeed : .travelAtOnce, .travelAllows)
    case .quiet: say(.quiet)
    case .unanswered, .unmatched: answer(isAround: kind == .unmatched)
    case .overstay: say(.overstay)
    case .notEnded: say(.notEnded)
    case .overlap: say(.overlap)
    case .sameActor:
      say(.sameActor)
      if has(.event) { say(.sameActorEvent) }
      say(.full)
    case .silence: say(has(.until) ? .silence : .silenceOpen, .silenceLongest)
    case .interval: interval()
    case .after: say(elapsed > 0 ? .afterLater : .afterAtOnce)
    case .outsideHours: say(.outsideHours)
    case .unexpected: unexpected()
    case .usualProgram: say(.usualProgram)
    case .approvedWindow: say(.approvedWindow)
    case .furtherFindings: say(.further)
    case .raisedBy: break
    }
  }

  private mutating func held(_ kind: Reason.Kind) {
    let isOne = facts[.number] == .text([UInt8(ascii: "1")])
    let phrase: Phrase =
      switch kind {
      case .alertCount: isOne ? .alertsOne : .alerts
      case .eventOrAlertCount: isOne ? .eventsOrAlertsOne : .eventsOrAlerts
      case .valueCount: isOne ? .differentOne : .different
      case .rulesInOrder: .rulesInOrder
      case .valueSum: .sum
      case .valueAverage: .average
      case .valueMedian: .median
      case .valuePercentile: .percentile
      default: isOne ? .eventsOne : .events
      }
    say(phrase, .asks)
  }

  private mutating func matched(_ kind: Reason.Kind) {
    if kind == .absent {
      say(.absent)
      if !facts.texts(.missing).isEmpty { say(.missing) }
      return say(.full)
    }
    say(kind == .matched ? .matched : .matchedInOrder)
    if kind == .matchedInOrder, facts.texts(.matched).count > 1 { say(.inThisOrder) }
    say(has(.of) ? .asksOf : .full)
  }

  private mutating func newValue() {
    // Records that do not go back so far say nothing of the whole span.
    let isShort = number(.knownSince) > time - number(.timespan)
    say(isShort ? .newSince : .newWithin)
    let usual = facts.texts(.usual)
    if isShort, number(.distinct) == 1, !usual.isEmpty {
      say(.usualAlways)
    } else if !usual.isEmpty {
      say(usual.count == 1 ? .usualOne : .usualMany)
      if usual.count > 1, number(.distinct) > usual.count { say(.usualOf) }
    }
    say(number(.peers) == 0 ? .peersNone : .peers)
  }

  private mutating func rare() {
    say(.rare)
    switch (number(.having), number(.peers)) {
    case (0, 1): say(.rareOneWithout)
    case (_, 1): say(.rareOneWith)
    case (0, _): say(.rareNone)
    default: say(.rareSome)
    }
    say(.rareAsks)
  }

  private mutating func rate(_ kind: Reason.Kind) {
    let isShare = kind == .share
    say(isShare ? .share : .rate)
    switch facts[.usualOf] {
    case .text(let text) where text.elementsEqual("sameHour".utf8): say(.sameHour)
    case .text(let text) where text.elementsEqual("own".utf8): say(.ownPeriods)
    default: say(.everyone)
    }
    say(isShare ? .shareAsks : .rateAsks)
  }

  private mutating func answer(isAround: Bool) {
    if has(.values) {
      say(isAround ? .answerWithAround : .answerWithAfter)
    } else {
      say(isAround ? .answerAround : .answerAfter)
    }
    if has(.nor) { say(.nor) }
    say(.full)
  }

  private mutating func interval() {
    switch (has(.value), has(.until)) {
    case (true, true): say(.valueLasted)
    case (true, false): say(.valueLasts)
    case (false, true): say(.lasted)
    case (false, false): say(.lasts)
    }
    say(.begun, has(.ended) ? .ended : .notEndedYet)
  }

  private mutating func unexpected() {
    guard case .text(let check)? = facts[.check],
      let kind = Violation.Kind.allCases.first(where: { "\($0)".utf8.elementsEqual(check) })
    else { return }
    switch kind {
    case .personalHours: say(.personalHours)
    case .commonHours: say(.commonHours)
    case .frozen: say(has(.who) ? .frozen : .frozenForAll)
    case .noTicket: say(.noTicket)
    case .neverApproved: say(.neverApproved)
    case .outsideWindow: say(.outsideWindow)
    case .offboarded: say(.offboarded)
    case .fromTheFuture: say(.fromTheFuture)
    case .region: say(.region)
    case .country: say(.country)
    case .network: say(.network)
    case .blocked: say(.blocked)
    case .environment: say(.environment)
    case .name: say(.name)
    case .role: say(.role)
    case .ownRole: say(.ownRole)
    case .oneself: say(.oneself)
    case .onePerson: say(.onePerson)
    case .silentAccount: say(.silentAccount)
    }
  }
}
