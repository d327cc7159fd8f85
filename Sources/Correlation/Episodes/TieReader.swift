import Events
import Matching

/// Reads from events what joins alerts. Events of one alert are much alike: what the last one had is not looked up again.
struct TieReader {
  // Names come again and again; whoever makes them up makes this begin anew.
  private static let knownMax = 1 << 16
  private static let fields = TieSight.fields + [.mintedKey]

  /// An event under the numbers of its source, and what was read of it.
  private struct Look {
    let source: UInt32
    let dimensions: UInt32
    let scene: SIMD8<UInt32>
    var sight = TieSight()
  }

  /// Of the event that the scene of the alert in hand is told of.
  private(set) var first = TieSight()
  /// The event that was looked at last.
  private var last: Look?
  /// Whether the alert in hand has had an event.
  private var hasBegun = false
  /// By number of a text: that of the same text without its case.
  private var folded: [UInt32: UInt32] = [:]

  mutating func begin(_ trigger: GroupFact, _ texts: inout TextIntake) throws(SegmentError) {
    first = try look(at: trigger, &texts).sight
    hasBegun = false
  }

  /// Nil if the last event of the alert had the same.
  mutating func sight(of fact: GroupFact, _ texts: inout TextIntake) throws(SegmentError) -> TieSight? {
    let before = hasBegun ? last : nil
    let now = try look(at: fact, &texts)
    hasBegun = true
    if let before, before.source == now.source, before.dimensions == now.dimensions, before.scene == now.scene {
      return nil
    }
    return now.sight
  }

  /// What the event before had as well is not looked up again.
  private mutating func look(at fact: GroupFact, _ texts: inout TextIntake) throws(SegmentError) -> Look {
    let source = Int(fact.source)
    let parts = try texts.parts(ofTuple: fact.fact.scene, source)
    var scene = SIMD8<UInt32>()
    for (place, field) in TieReader.fields.enumerated() where field.rawValue < parts.count {
      scene[place] = parts[field.rawValue]
    }
    var look = Look(source: fact.source, dimensions: fact.fact.dimensions, scene: scene)
    let known = last?.source == fact.source ? last : nil
    for (place, field) in TieReader.fields.enumerated() {
      if let known, known.scene[place] == scene[place] {
        look.sight[field] = known.sight[field]
        if field == .actorIssuer { look.sight.issuer = known.sight.issuer }
        continue
      }
      look.sight[field] = try hash(scene[place], source, texts)
      if field == .actorIssuer { look.sight.issuer = try fold(scene[place], source, &texts) }
    }
    if let known, known.dimensions == look.dimensions {
      (look.sight.account, look.sight.actor) = (known.sight.account, known.sight.actor)
    } else {
      let dimensions = try texts.parts(ofTuple: look.dimensions, source)
      func dimension(_ one: Dimension) -> UInt32 { one.rawValue < dimensions.count ? dimensions[one.rawValue] : 0 }
      look.sight.account = try fold(dimension(.account), source, &texts)
      look.sight.actor = try fold(dimension(.actor), source, &texts)
    }
    last = look
    return look
  }

  private func hash(_ id: UInt32, _ source: Int, _ texts: TextIntake) throws(SegmentError) -> UInt64 {
    Ties.hash(folded: CaseFolding.folded(try texts.part(id, source)))
  }

  private mutating func fold(_ id: UInt32, _ source: Int, _ texts: inout TextIntake) throws(SegmentError) -> UInt32 {
    let own = try texts.text(id, source)
    if own == 0 { return 0 }
    if let known = folded[own] { return known }
    if folded.count >= TieReader.knownMax { folded.removeAll(keepingCapacity: true) }
    let text = texts.text(CaseFolding.folded(texts.text(own)))
    folded[own] = text
    return text
  }
}
