import Events
import Matching

/// Reads from events what joins alerts. Events of one alert are much alike: what the last one had is not looked up again.
struct TieReader {
  // Names come again and again; whoever makes them up makes this begin anew.
  private static let knownMax = 1 << 16
  private static let fields = TieSight.fields + [.mintedKey]

  /// Of the event that the scene of the alert in hand is told of.
  private(set) var first = TieSight()
  /// The event that was looked at last, under the numbers of its source.
  private var last: (source: UInt32, dimensions: UInt32, scene: SIMD8<UInt32>)?
  /// By number of a text: that of the same text without its case.
  private var folded: [UInt32: UInt32] = [:]

  mutating func begin(_ trigger: GroupFact, _ texts: inout TextIntake) throws(SegmentError) {
    last = nil
    if let sight = try sight(of: trigger, &texts) { first = sight }
    last = nil
  }

  /// Nil if the last event had the same.
  mutating func sight(of fact: GroupFact, _ texts: inout TextIntake) throws(SegmentError) -> TieSight? {
    let source = Int(fact.source)
    let parts = try texts.parts(ofTuple: fact.fact.scene, source)
    var own = SIMD8<UInt32>()
    for (place, field) in TieReader.fields.enumerated() where field.rawValue < parts.count {
      own[place] = parts[field.rawValue]
    }
    if let last, last.source == fact.source, last.dimensions == fact.fact.dimensions, last.scene == own { return nil }
    last = (fact.source, fact.fact.dimensions, own)
    var sight = TieSight()
    for (place, field) in TieReader.fields.enumerated() { sight[field] = try fold(own[place], source, &texts) }
    let dimensions = try texts.parts(ofTuple: fact.fact.dimensions, source)
    func dimension(_ one: Dimension) -> UInt32 { one.rawValue < dimensions.count ? dimensions[one.rawValue] : 0 }
    sight.account = try fold(dimension(.account), source, &texts)
    sight.actor = try fold(dimension(.actor), source, &texts)
    return sight
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
