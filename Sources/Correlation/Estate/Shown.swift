import Configuration
import Events
import Rules

/// What alerts show of an event, text by text: the configuration is asked about some of it.
struct Shown {
  let source: Int
  private let texts: TextIntake
  private let fact: GroupFact
  private let scene: [UInt32]
  private let dimensions: [UInt32]

  init(_ fact: GroupFact, _ texts: TextIntake) throws(SegmentError) {
    self.fact = fact
    self.texts = texts
    source = Int(fact.source)
    scene = try texts.parts(ofTuple: fact.fact.scene, source)
    dimensions = try texts.parts(ofTuple: fact.fact.dimensions, source)
  }

  func text(_ ids: [UInt32], _ place: Int) throws(SegmentError) -> [UInt8] {
    place < ids.count ? try texts.part(ids[place], source) : []
  }

  func text(_ field: SceneField) throws(SegmentError) -> [UInt8] { try text(scene, field.rawValue) }
  func text(_ dimension: Dimension) throws(SegmentError) -> [UInt8] { try text(dimensions, dimension.rawValue) }

  func resources() throws(SegmentError) -> [[UInt8]] {
    guard SceneField.resources.rawValue < scene.count else { return [] }
    var all: [[UInt8]] = []
    for id in try texts.parts(ofTuple: scene[SceneField.resources.rawValue], source) {
      all.append(try texts.part(id, source))
    }
    return all
  }

  /// Who did it, when and from where.
  func event(id: [UInt8], ownAccount: [UInt8]) throws(SegmentError) -> QuestionedEvent {
    var event = QuestionedEvent(
      names: [try text(.actor), id, try text(.actorKey), try text(.actorIssuer)],
      ownAccount: ownAccount, account: try text(.account), time: fact.fact.time)
    event.address = IPAddress(try text(.sourceIP))
    return event
  }
}
