import Events
import Matching

/// Notes what reduce needs of the events of one worker, until it takes too much room: then it is sealed as a
/// `Segment` and begun again.
public struct SegmentBuilder: ~Copyable {
  private(set) var texts: TextTable
  private(set) var tuples: WordTable
  var skeletons: [Skeleton] = []
  /// By detection.
  var facts: [[Fact]]
  private(set) var factCount = 0
  /// How often each tuple of dimensions occurred, by the tuple's number.
  private(set) var counts: [Int64] = [0]
  /// The text of each symbol of a batch, by reading (early, late) and symbol.
  private var symbolTexts: [[UInt32]] = [[], []]
  private var providerTexts = [UInt32](repeating: 0, count: 256)
  private var room: [UInt32] = []

  public init(detections: Int) {
    let seed = UInt64.random(in: .min ... .max)
    texts = TextTable(seed: seed)
    tuples = WordTable(seed: seed)
    facts = [[Fact]](repeating: [], count: detections)
  }

  /// About how much memory what it notes takes; room that is kept for more does not count.
  public var byteCount: Int {
    skeletons.count * MemoryLayout<Skeleton>.stride + factCount * MemoryLayout<Fact>.stride
      + texts.byteCount + tuples.byteCount + counts.count * 8
  }

  /// Begins again in the room that there is.
  mutating func removeAll() {
    texts.removeAll()
    tuples.removeAll()
    skeletons.removeAll(keepingCapacity: true)
    factCount = 0
    counts.removeAll(keepingCapacity: true)
    counts.append(0)
    for reading in symbolTexts.indices { symbolTexts[reading].removeAll(keepingCapacity: true) }
    for provider in providerTexts.indices { providerTexts[provider] = 0 }
  }

  public var isEmpty: Bool { skeletons.isEmpty && factCount == 0 }

  // MARK: Texts

  public mutating func text(_ text: Text) -> UInt32 { texts.intern(text.bytes) }
  public mutating func text(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { texts.intern($0) } }

  /// A text that hardly any other event has: it is not looked for among those that there are.
  public mutating func textOfItsOwn(_ text: Text) -> UInt32 { texts.append(text.bytes) }

  /// The text of a symbol; looked up once for each symbol of the dictionary.
  @inline(__always)
  mutating func text(_ symbol: Symbol, _ batch: borrowing EventBatch, reading: Int) -> UInt32 {
    if symbol.isMissing { return 0 }
    if symbol.isLocal { return texts.intern(batch.text(symbol).bytes) }
    let place = Int(symbol.raw)
    if place < symbolTexts[reading].count {
      let known = symbolTexts[reading][place]
      if known != 0 { return known }
    } else {
      let more = max(place + 1, symbolTexts[reading].count * 2) - symbolTexts[reading].count
      symbolTexts[reading].append(contentsOf: repeatElement(0, count: more))
    }
    let id = texts.intern(batch.text(symbol).bytes)
    symbolTexts[reading][place] = id
    return id
  }

  mutating func text(of provider: Provider) -> UInt32 {
    let place = Int(provider.rawValue)
    if providerTexts[place] == 0 { providerTexts[place] = text(Array(provider.name.utf8)) }
    return providerTexts[place]
  }

  mutating func tuple(_ ids: [UInt32]) -> UInt32 { ids.withUnsafeBufferPointer { tuples.intern($0) } }

  // MARK: Events

  /// Notes an event.
  ///
  /// - Parameter columns: the places of `Dimension.columns` in the batch.
  /// - Returns: the tuple of its dimensions.
  @inline(__always)
  public mutating func note(
    _ batch: borrowing EventBatch, _ row: Int, columns: InlineArray<5, Int>, file: UInt32
  ) -> UInt32 {
    var ids: InlineArray<6, UInt32> = [text(of: batch.providers[row]), 0, 0, 0, 0, 0]
    for i in 0..<5 { ids[i + 1] = text(batch.symbol(columns[i], row), batch, reading: 0) }
    let dimensions = ids.span.withUnsafeBufferPointer { tuples.intern($0) }
    while counts.count <= Int(dimensions) { counts.append(0) }
    counts[Int(dimensions)] += 1
    skeletons.append(
      Skeleton(
        key: batch.eventKeys[row], content: batch.contentHashes[row], file: file, dimensions: dimensions,
        record: batch.numbers[row], time: batch.times[row]))
    return dimensions
  }

  /// Notes an event that was noted before, under this builder's numbers.
  mutating func append(_ skeleton: Skeleton) {
    let dimensions = Int(skeleton.dimensions)
    while counts.count <= dimensions { counts.append(0) }
    counts[dimensions] += 1
    skeletons.append(skeleton)
  }

  public mutating func append(_ fact: Fact, to detection: Int) {
    facts[detection].append(fact)
    factCount += 1
  }
}
