import Events
import Synchronization

/// The texts that alerts show, and tuples of them, when all of them are known.
public struct ReduceTexts: Sendable {
  private let texts: TextTable
  private let tuples: WordTable
  private let sources: [FactSource]

  fileprivate init(_ texts: TextTable, _ tuples: WordTable, _ sources: [FactSource]) {
    self.texts = texts
    self.tuples = tuples
    self.sources = sources
  }

  public func text(_ id: UInt32) -> [UInt8] { Array(texts[id]) }
  public func tuple(_ id: UInt32) -> [UInt32] { Array(tuples[id]) }

  /// The event's own id; empty without one.
  public func id(of event: EventReference) throws(SegmentError) -> [UInt8] {
    event.id == 0 ? [] : try sources[Int(event.source)].segment.text(event.id)
  }
}

/// One numbering of texts for all threads of a reduce. Which number a text gets is chance, and shows nowhere.
final class SharedTexts: Sendable {
  private struct Tables {
    var texts: TextTable
    var tuples: WordTable
  }

  private let tables: Mutex<Tables>

  init() {
    let seed = UInt64.random(in: .min ... .max)
    tables = Mutex(Tables(texts: TextTable(seed: seed), tuples: WordTable(seed: seed)))
  }

  func text(_ bytes: [UInt8]) -> UInt32 {
    tables.withLock { tables in bytes.withUnsafeBytes { tables.texts.intern($0) } }
  }

  func tuple(_ ids: [UInt32]) -> UInt32 {
    tables.withLock { tables in ids.withUnsafeBufferPointer { tables.tuples.intern($0) } }
  }

  func text(of id: UInt32) -> [UInt8] { tables.withLock { Array($0.texts[id]) } }
  func tuple(of id: UInt32) -> [UInt32] { tables.withLock { Array($0.tuples[id]) } }

  /// What reports read; no thread adds anything afterwards.
  func sealed(_ sources: [FactSource]) -> ReduceTexts {
    tables.withLock { ReduceTexts($0.texts, $0.tuples, sources) }
  }
}

/// What one thread brings into the common numbering: texts and tuples of segments, each looked up once.
struct TextIntake {
  private let shared: SharedTexts
  private(set) var sources: [FactSource]
  private var knownTexts = NumberMap()
  private var knownTuples = NumberMap()
  private let recent = RecentTexts()
  private let pages = SegmentPages()

  // A tuple is numbered anew in each segment, and of a year of logs there are thousands: what was looked up long ago
  // is looked up again. 4 MiB for each of the two.
  private static let knownMax = 1 << 17

  /// - Parameter sources: in the order in which facts name them.
  init(_ shared: SharedTexts, _ sources: [FactSource]) {
    self.shared = shared
    self.sources = sources
  }

  mutating func add(_ source: FactSource) { sources.append(source) }

  /// Whether a fact is an alert of another correlation; its key is the alert's id then.
  func isAlert(_ fact: GroupFact) -> Bool { sources[Int(fact.source)].part == nil }

  mutating func text(_ id: UInt32, _ source: Int) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    let known = knownTexts.number(source, id)
    if known != 0 { return known }
    let own = text(try read(text: id, source))
    knownTexts.forget(beyond: TextIntake.knownMax)
    if own != 0 { knownTexts.set(source, id, own) }
    return own
  }

  func text(_ bytes: [UInt8]) -> UInt32 { shared.text(bytes) }

  mutating func tuple(_ id: UInt32, _ source: Int) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    let known = knownTuples.number(source, id)
    if known != 0 { return known }
    var ids: [UInt32] = []
    for part in try read(tuple: id, source) { ids.append(try text(part, source)) }
    let own = tuple(ids)
    knownTuples.forget(beyond: TextIntake.knownMax)
    knownTuples.set(source, id, own)
    return own
  }

  /// A scene: its resources are a tuple themselves.
  ///
  /// - Parameter isShown: without what joins alerts and no alert tells; of that there is something new in each session.
  mutating func scene(_ id: UInt32, _ source: Int, isShown: Bool) throws(SegmentError) -> UInt32 {
    if id == 0 { return 0 }
    var ids: [UInt32] = []
    for (place, part) in try read(tuple: id, source).enumerated() {
      if isShown, place == SceneField.mintedKey.rawValue || place == SceneField.sessionKey.rawValue {
        ids.append(0)
        continue
      }
      let isList = place == SceneField.resources.rawValue
      ids.append(isList ? try tuple(part, source) : try text(part, source))
    }
    return tuple(ids)
  }

  /// The parts of a tuple as its source numbers them, for those who need few of them.
  func parts(ofTuple id: UInt32, _ source: Int) throws(SegmentError) -> [UInt32] {
    id == 0 ? [] : try read(tuple: id, source)
  }

  private func read(tuple id: UInt32, _ source: Int) throws(SegmentError) -> [UInt32] {
    try pages.tuple(id, sources[source].segment, source)
  }

  private func read(text id: UInt32, _ source: Int) throws(SegmentError) -> [UInt8] {
    try pages.text(id, sources[source].segment, source)
  }

  /// A text under the number of its source.
  func part(_ id: UInt32, _ source: Int) throws(SegmentError) -> [UInt8] {
    if id == 0 { return [] }
    if let known = recent.text(source, id) { return known }
    let text = try read(text: id, source)
    recent.note(text, source, id)
    return text
  }

  func tuple(_ ids: [UInt32]) -> UInt32 { shared.tuple(ids) }

  /// The event's own id; empty without one.
  func id(of event: EventReference) throws(SegmentError) -> [UInt8] {
    event.id == 0 ? [] : try sources[Int(event.source)].segment.text(event.id)
  }

  func text(_ id: UInt32) -> [UInt8] { shared.text(of: id) }
  func tuple(_ id: UInt32) -> [UInt32] { shared.tuple(of: id) }
}

/// Texts that were read not long ago: names of accounts, callers and actions come again and again, and a segment may be
/// in a file.
private final class RecentTexts {
  // With the longest texts that are kept these are 4 MiB a thread; nearly all of what repeats is shorter.
  private static let slotCount = 1 << 14
  private static let bytesMax = 256

  private var slots = [(key: UInt64, text: [UInt8])](repeating: (0, []), count: slotCount)

  // Number 0 is the missing text, which nobody asks for.
  @inline(__always)
  private static func key(_ source: Int, _ id: UInt32) -> UInt64 { UInt64(source) << 32 | UInt64(id) }

  @inline(__always)
  private static func place(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slotCount - 1)
  }

  func text(_ source: Int, _ id: UInt32) -> [UInt8]? {
    let key = RecentTexts.key(source, id)
    let slot = slots[RecentTexts.place(key)]
    return slot.key == key ? slot.text : nil
  }

  func note(_ text: [UInt8], _ source: Int, _ id: UInt32) {
    guard text.count <= RecentTexts.bytesMax else { return }
    let key = RecentTexts.key(source, id)
    slots[RecentTexts.place(key)] = (key, text)
  }
}
