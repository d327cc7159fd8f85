import Configuration
import Events
import Rules

/// `unexpected`: what is not as the configuration says that it should be.
///
/// The configuration is asked here and not when events are read: what `map` gives does not depend on it.
struct UnexpectedEvaluator: Evaluator {
  private let check: ExpectationCheck
  private let span: Int64
  private var moment = Moment()
  private var violation: Violation?

  init(_ check: ExpectationCheck, span: Int64) {
    self.check = check
    self.span = span
  }

  mutating func begin(_ context: GroupContext) { moment.reset() }

  mutating func add(_ fact: GroupFact, _ context: GroupContext) {
    let delivered = context.files.delivery(ofRank: fact.fact.file)
    // Two moments are compared, nearly always in vain; nobody need be asked who it was.
    if check == .clock, !context.estate.configuration.isAhead(fact.fact.time, ofDelivery: delivered) { return }
    guard var event = context.question(fact) else { return }
    event.delivered = delivered
    guard let answer = context.estate.configuration.violation(of: check, event, context.estate.locations)
    else { return }
    if moment.isEmpty { violation = answer }
    moment.append(fact, context)
  }

  mutating func settle(_ time: Int64, _ context: GroupContext) {
    guard !moment.isEmpty, let violation else { return }
    let texts = violation.texts.map { context.recorder.texts.text(Array($0.utf8)) }
    context.recorder.find(at: time, moment.facts, gap: span, note: .unexpected(violation.kind, texts: texts))
    moment.clear()
  }

  mutating func end(_ context: GroupContext) {}
}

/// What a reduce knows of accounts, people, hours and places.
public struct Estate: Sendable {
  public var configuration: Configuration
  public var locations: Locations?

  public init(_ configuration: Configuration = .standard, _ locations: Locations? = nil) {
    self.configuration = configuration
    self.locations = locations
  }
}

extension GroupContext {
  /// An event as the configuration is asked about it; nil if its segment cannot be read, which the recorder remembers.
  func question(_ fact: GroupFact) -> QuestionedEvent? {
    do throws(SegmentError) { return try recorder.texts.question(fact) } catch {
      recorder.note(error)
      return nil
    }
  }
}

extension TextIntake {
  /// - Precondition: the values of the fact are `ExpectationCheck.fields`.
  fileprivate func question(_ fact: GroupFact) throws(SegmentError) -> QuestionedEvent {
    let shown = try Shown(fact, self)
    let values = try parts(ofTuple: fact.fact.value, shown.source)
    func value(_ place: Int) throws(SegmentError) -> [UInt8] { try shown.text(values, place) }
    var event = try shown.event(id: try value(0), ownAccount: try value(1))
    event.region = try shown.text(.region)
    event.action = try shown.text(.action)
    event.target = try shown.text(.target)
    event.targetType = try value(2)
    event.resources = try shown.resources()
    return event
  }
}

extension Locations: PlaceLocator {
  public func place(of address: IPAddress) -> Place? {
    position(of: address).map { Place(latitude: $0.latitude, longitude: $0.longitude, name: $0.name) }
  }
}
