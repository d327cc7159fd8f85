import Rules

/// `travel` with a location database: two places too far apart for the time between.
struct TravelEvaluator: Evaluator {
  // Databases place many addresses in the next large town; nobody's commute is worth an alert.
  private static let kilometresMin: Int64 = 100
  private static let millisecondsPerHour: Int64 = 3_600_000

  // Addresses of a flood do not come again; some megabytes.
  private static let placesMax = 1 << 16

  private let locator: any PlaceLocator
  private let span: Int64
  private let speed: Int64
  private var addresses: AddressTable
  /// By value.
  private var places: [ValueNumber: Place?] = [:]
  /// The last hit from a known place.
  private var last: (fact: GroupFact, place: Place)?
  private var moment = Moment()

  init(_ settings: HistorySettings, span: Int64, locator: any PlaceLocator) {
    self.locator = locator
    self.span = span
    speed = Int64(settings.speed)
    addresses = AddressTable(excluding: settings.exclude)
  }

  mutating func begin(_ context: GroupContext) {
    last = nil
    moment.reset()
  }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    let reading = addresses.read(fact, context)
    if case .noAddress = reading {
      _ = moment.noteValue(fact, isUsable: false, context)
      return
    }
    guard case .address(let address, _) = reading else {
      _ = moment.noteValue(fact, isUsable: true, context)
      return
    }
    let known = place(of: address, fact.value)
    guard moment.noteValue(fact, isUsable: known != nil, context), let place = known else { return }
    if let last {
      // Of several addresses of one event the first counts.
      if last.fact.fact.isSameEvent(as: fact.fact) { return }
      // Whoever arrives in a trusted network has passed its door.
      if !context.estate.configuration.isTrusted(address) { compare(last, (fact, place), context) }
    }
    last = (fact, place)
  }

  private mutating func place(of address: IPAddress, _ value: ValueNumber) -> Place? {
    if let known = places[value] { return known }
    let place = locator.place(of: address)
    if places.count >= TravelEvaluator.placesMax { places = [:] }
    places[value] = .some(place)
    return place
  }

  private func compare(
    _ a: (fact: GroupFact, place: Place), _ b: (fact: GroupFact, place: Place), _ context: GroupContext
  ) {
    let duration = b.fact.fact.time - a.fact.fact.time
    guard duration <= span, a.fact.value != b.fact.value, a.place != b.place else { return }
    let kilometres = a.place.kilometres(to: b.place)
    guard kilometres >= TravelEvaluator.kilometresMin,
      kilometres * TravelEvaluator.millisecondsPerHour > speed * duration
    else { return }
    let texts = context.recorder
    let note = Note.travel(
      from: context.shown(a.fact), fromPlace: texts.text(a.place.name), to: context.shown(b.fact),
      toPlace: texts.text(b.place.name), kilometres: Int(kilometres), since: a.fact.fact.time)
    texts.find(at: b.fact.fact.time, [a.fact, b.fact], gap: Joining.gap, note: note)
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {}
  mutating func end(_ context: GroupContext) {}
}

extension EpisodeRecorder {
  fileprivate func text(_ text: String) -> UInt32 { texts.text(Array(text.utf8)) }
}
