import Events

/// The texts that alerts show, under one numbering for all segments of a reduce.
public struct ReduceTexts: Sendable {
  private var texts: TextTable
  private var tuples: WordTable
  private var sources: [FactSource] = []
  private var knownTexts: [[UInt32: UInt32]] = []
  private var knownTuples: [[UInt32: UInt32]] = []

  init() {
    let seed = UInt64.random(in: .min ... .max)
    texts = TextTable(seed: seed)
    tuples = WordTable(seed: seed)
  }

  /// Sources are numbered in the order in which they are added.
  mutating func add(_ source: FactSource) {
    sources.append(source)
    knownTexts.append([:])
    knownTuples.append([:])
  }

  var byteCount: Int {
    texts.byteCount + tuples.byteCount
      + zip(knownTexts, knownTuples).reduce(0) { $0 + ($1.0.count + $1.1.count) * 16 }
  }

  mutating func text(_ id: UInt32, _ source: Int) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    if let known = knownTexts[source][id] { return known }
    let bytes = try sources[source].segment.text(id)
    let own = text(bytes)
    knownTexts[source][id] = own
    return own
  }

  mutating func text(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { texts.intern($0) } }

  mutating func tuple(_ id: UInt32, _ source: Int) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    if let known = knownTuples[source][id] { return known }
    var ids: [UInt32] = []
    for part in try sources[source].segment.tuple(id) { ids.append(try text(part, source)) }
    let own = tuple(ids)
    knownTuples[source][id] = own
    return own
  }

  /// A scene: its resources are a tuple themselves.
  mutating func scene(_ id: UInt32, _ source: Int) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    var ids: [UInt32] = []
    for (place, part) in try sources[source].segment.tuple(id).enumerated() {
      let isList = place == SceneField.resources.rawValue
      ids.append(isList ? try tuple(part, source) : try text(part, source))
    }
    return tuple(ids)
  }

  /// The parts of a tuple as its source numbers them, for those who need few of them.
  func parts(ofTuple id: UInt32, _ source: Int) throws(SegmentError) -> [UInt32] {
    id == 0 ? [] : try sources[source].segment.tuple(id)
  }

  /// A text under the number of its source.
  func part(_ id: UInt32, _ source: Int) throws(SegmentError) -> [UInt8] {
    id == 0 ? [] : try sources[source].segment.text(id)
  }

  mutating func tuple(_ ids: [UInt32]) -> UInt32 { ids.withUnsafeBufferPointer { tuples.intern($0) } }

  /// The event's own id; empty without one.
  public func id(of event: EventReference) throws(SegmentError) -> [UInt8] {
    event.id == 0 ? [] : try sources[Int(event.source)].segment.text(event.id)
  }

  public func text(_ id: UInt32) -> [UInt8] { Array(texts.text(id)) }
  public func tuple(_ id: UInt32) -> [UInt32] { Array(tuples.tuple(id)) }
}
