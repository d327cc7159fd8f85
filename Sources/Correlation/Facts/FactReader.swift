import Events
import Matching

/// Reads from an event what facts hold: the fields that detections group by and count, and the scene.
///
/// The fields are in the scan's plan, or, where hits are few, are read from the record again.
public struct FactReader: Sendable {
  enum Bound: Sendable {
    case column(Int)
    case list(Int)
    case path(Int)
    case provider, time, record, file
  }

  // An array of a record may be as long as the attacker likes; what a hit is grouped by is one or a few values.
  static let valuesMax = 16
  // A call that deletes this many things is a mass deletion by itself; more of them need not be told apart.
  static let thingsMax = 64

  private struct Home {
    let detection: Int
    let group: UInt32
    /// Whether one of its facts says that values were left out.
    var isCut = false
  }

  public let late: LateReader?
  let fields: [[Bound]]
  private let derivations: [FactField.Derivation?]
  private let scene: [Bound?]
  /// By field: where its values of the row in hand stand in `values`.
  private var ranges: [(start: Int, count: Int)]
  /// By field: whether the row has more values of it than are followed.
  private var isCut: [Bool]
  /// The group in which each detection counts the row: others only have it, too.
  private var homes: [Home] = []
  private let shapes: [[Int]]
  private let handover: FactTap
  /// By shape.
  private var rowShapes: [RowShape]
  var values: [UInt32] = []
  private var isKnown: [Bool]
  var fileName: [UInt8] = []
  var people: PersonReader
  private var sceneIDs = [UInt32](repeating: 0, count: SceneField.allCases.count)
  private var lists: [UInt32] = []
  private var ids: [UInt32] = []
  private var compact: [UInt8] = []

  /// What must be in a plan for facts to be read from it.
  public static func sources(_ plan: DetectionPlan) -> [FieldSource] {
    plan.fields.flatMap(\.sources) + SceneField.allCases.map { .column($0.column) }
  }

  /// - Parameters:
  ///   - plan: of the batches that facts are read from: the scan's, or the late reader's.
  public init(_ detections: DetectionPlan, _ taps: FactTaps, plan: FieldPlan, late: LateReader?) {
    self.late = late
    shapes = taps.shapes
    handover = taps.handover
    rowShapes = Array(repeating: RowShape(), count: shapes.count)
    people = PersonReader(detections.people)
    fields = detections.fields.map { $0.sources.compactMap { FactReader.bind($0, plan) } }
    derivations = detections.fields.map(\.derivation)
    scene = SceneField.allCases.map { FactReader.bind(.column($0.column), plan) }
    ranges = Array(repeating: (0, 0), count: fields.count)
    isKnown = Array(repeating: false, count: fields.count)
    isCut = isKnown
  }

  private static func bind(_ source: FieldSource, _ plan: FieldPlan) -> Bound? {
    switch source {
    case .path(let path): return plan.paths.firstIndex(of: path).map { .path($0) }
    case .column(let column):
      switch column {
      case .provider: return .provider
      case .record: return .record
      case .file: return .file
      case .time: return .time
      case _ where column.isList: return plan.index(of: column).map { .list($0) }
      default: return plan.index(of: column).map { .column($0) }
      }
    }
  }

  public mutating func begin(file name: [UInt8]) { fileName = name }

  /// Forgets the last row.
  public mutating func beginRow() {
    for i in isKnown.indices { isKnown[i] = false }
    for i in rowShapes.indices { rowShapes[i] = RowShape() }
    homes.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// The scene of the row, as a tuple of the segment.
  public mutating func scene(_ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder) -> UInt32 {
    let reading = late == nil ? 0 : 1
    for (place, bound) in scene.enumerated() {
      switch bound {
      case .column(let column): sceneIDs[place] = segment.text(batch.symbol(column, row), batch, reading: reading)
      case .list(let column): sceneIDs[place] = list(column, batch, row, &segment)
      default: sceneIDs[place] = 0
      }
    }
    return segment.tuple(sceneIDs)
  }

  /// The members of a list as one tuple; its number stands in the scene.
  private mutating func list(
    _ column: Int, _ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder
  ) -> UInt32 {
    let items = batch.list(column, row)
    guard !items.isEmpty else { return 0 }
    lists.removeAll(keepingCapacity: true)
    for item in items.prefix(FactReader.valuesMax) { lists.append(segment.text(item)) }
    return segment.tuple(lists)
  }

  /// Adds the facts of one hit.
  public mutating func add(
    _ base: Fact, _ tap: FactTap, _ batch: borrowing EventBatch, _ row: Int, to segment: inout SegmentBuilder
  ) {
    let group = look(tap.group, batch, row, &segment)
    let values = look(tap.values, batch, row, &segment)
    var fact = base
    fact.member = tap.member
    // A single rule's alert is grouped by what is known; a correlation leaves out what has no group.
    guard !group.isMissing || tap.isOfSingleRule else {
      fact.group = 0
      return segment.append(fact, to: tap.detection)
    }
    let hasValue = tap.hasValues && (!values.isMissing || tap.valuesMayBeMissing)
    guard !group.isSeveral, !values.isSeveral else { return addAll(fact, tap, hasValue: hasValue, to: &segment) }
    // Nearly always: nothing is combined, nothing allocated, nothing cut.
    fact.group = tuple(tap.group, &segment)
    fact.value = hasValue ? tuple(tap.values, &segment) : 0
    mark(&fact, tap.detection, isCut: false, segment)
    segment.append(fact, to: tap.detection)
  }

  /// Adds that one key made another, if the row says which ones.
  public mutating func addHandover(
    _ base: Fact, _ batch: borrowing EventBatch, _ row: Int, to segment: inout SegmentBuilder
  ) {
    let (group, values) = (look(handover.group, batch, row, &segment), look(handover.values, batch, row, &segment))
    guard !group.isMissing, !values.isMissing else { return }
    add(base, handover, batch, row, to: &segment)
  }

  /// What the row has of a shape; looked up once for all detections.
  @inline(__always)
  private mutating func look(
    _ shape: Int, _ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder
  ) -> RowShape {
    if rowShapes[shape].isKnown { return rowShapes[shape] }
    var own = RowShape()
    own.isKnown = true
    for field in shapes[shape] {
      if !isKnown[field] { read(field, batch, row, &segment) }
      own.isMissing = own.isMissing || ranges[field].count == 0
      own.isSeveral = own.isSeveral || ranges[field].count > 1
    }
    rowShapes[shape] = own
    return own
  }

  private mutating func tuple(_ shape: Int, _ segment: inout SegmentBuilder) -> UInt32 {
    if rowShapes[shape].tuple != 0 { return rowShapes[shape].tuple }
    ids.removeAll(keepingCapacity: true)
    for field in shapes[shape] { ids.append(ranges[field].count == 0 ? 0 : values[ranges[field].start]) }
    let tuple = segment.tuple(ids)
    rowShapes[shape].tuple = tuple
    return tuple
  }

  /// A fact for each combination of values.
  private mutating func addAll(_ base: Fact, _ tap: FactTap, hasValue: Bool, to segment: inout SegmentBuilder) {
    var fact = base
    let (groups, cutsGroups) = combinations(shapes[tap.group])
    let (values, cutsValues) = combinations(shapes[tap.values])
    for group in groups {
      fact.group = segment.tuple(group)
      mark(&fact, tap.detection, isCut: cutsGroups || cutsValues, segment)
      guard hasValue else {
        segment.append(fact, to: tap.detection)
        continue
      }
      for value in values {
        fact.value = segment.tuple(value)
        segment.append(fact, to: tap.detection)
        fact.clearCut()
      }
    }
  }

  /// So that a detection counts the row once, in whichever groups it is.
  private mutating func mark(_ fact: inout Fact, _ detection: Int, isCut: Bool, _ segment: borrowing SegmentBuilder) {
    let place = homes.firstIndex { $0.detection == detection } ?? homes.count
    if place == homes.count { homes.append(Home(detection: detection, group: fact.group)) }
    let home = homes[place].group
    let isElsewhere = home != fact.group && segment.foldedKey(home) != segment.foldedKey(fact.group)
    fact.setFlags(isCut: isCut && !homes[place].isCut, isRepeated: isElsewhere)
    homes[place].isCut = homes[place].isCut || isCut
  }

  /// One member of each field: an event belongs to the groups of all members of its arrays.
  private func combinations(_ fields: [Int]) -> (all: [[UInt32]], isCut: Bool) {
    var result: [[UInt32]] = [[]]
    var isCut = false
    for field in fields {
      let (start, count) = ranges[field]
      isCut = isCut || self.isCut[field]
      if count <= 1 {
        let id = count == 0 ? 0 : values[start]
        for i in result.indices { result[i].append(id) }
      } else {
        result = result.flatMap { head in (0..<count).map { head + [values[start + $0]] } }
        let most = mostValues(field)
        if result.count > most {
          result.removeLast(result.count - most)
          isCut = true
        }
      }
    }
    return (result, isCut)
  }

  private mutating func read(
    _ field: Int, _ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder
  ) {
    isKnown[field] = true
    isCut[field] = false
    let start = values.count
    if let derivation = derivations[field], derivation.isMade {
      make(derivation, field, batch, row, &segment)
      ranges[field] = (start, values.count - start)
      return
    }
    for bound in fields[field] where values.count == start { read(bound, field, batch, row, &segment, from: start) }
    if let derivation = derivations[field], values.count > start {
      values[start] = Derived.text(derivation, of: values[start], &segment)
      if values[start] == 0 { values.removeLast() }
    }
    ranges[field] = (start, values.count - start)
  }

  private mutating func read(
    _ bound: Bound, _ field: Int, _ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder,
    from start: Int
  ) {
    let reading = late == nil ? 0 : 1
    switch bound {
    case .column(let column):
      append(segment.text(batch.symbol(column, row), batch, reading: reading), field, from: start)
    case .list(let column): for item in batch.list(column, row) { append(segment.text(item), field, from: start) }
    case .path(let path):
      for index in 0..<batch.pathValueCount(path, row) {
        let value = batch.pathValue(path, row, index)
        if value.kind == .null || value.kind == .array && FactReader.isEmptyList(batch.text(value.symbol)) { continue }
        append(text(value, batch, reading, &segment), field, from: start)
      }
    case .provider: append(segment.text(of: batch.providers[row]), field, from: start)
    case .time:
      guard batch.times[row] != Timestamp.missing else { return }
      append(segment.text(Array(Timestamp.string(batch.times[row]).utf8)), field, from: start)
    case .record: append(segment.text(Array(String(batch.numbers[row]).utf8)), field, from: start)
    case .file: append(segment.text(fileName), field, from: start)
    }
  }

  /// An object is its compact form: who writes it with blanks is in the same group.
  private mutating func text(
    _ value: PathValue, _ batch: borrowing EventBatch, _ reading: Int, _ segment: inout SegmentBuilder
  ) -> UInt32 {
    guard value.kind == .object || value.kind == .array else {
      return segment.text(value.symbol, batch, reading: reading)
    }
    CompactJSON.write(batch.text(value.symbol), into: &compact)
    return segment.text(compact)
  }

  /// A list without members is no value.
  private static func isEmptyList(_ text: Text) -> Bool {
    text.bytes.allSatisfy { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") || $0 <= UInt8(ascii: " ") }
  }

  private func mostValues(_ field: Int) -> Int {
    derivations[field] == .namedThing ? FactReader.thingsMax : FactReader.valuesMax
  }

  /// Distinct values only.
  mutating func append(_ id: UInt32, _ field: Int, from start: Int) {
    guard id != 0, !values[start...].contains(id) else { return }
    if values.count - start < mostValues(field) { values.append(id) } else { isCut[field] = true }
  }
}
