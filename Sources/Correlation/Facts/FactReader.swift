import Events
import Matching

/// Reads from an event what facts hold: the fields that detections group by and count, and the scene.
///
/// The fields are in the scan's plan, or, where hits are few, are read from the record again.
public struct FactReader: Sendable {
  private enum Bound: Sendable {
    case column(Int)
    case list
    case path(Int)
    case provider, time, record, file
  }

  // An array of a record may be as long as the attacker likes; what a hit is grouped by is one or a few values.
  static let valuesMax = 16

  public let late: LateReader?
  private let fields: [[Bound]]
  private let derivations: [FactField.Derivation?]
  private let scene: [Bound?]
  /// By field: where its values of the row in hand stand in `values`.
  private var ranges: [(start: Int, count: Int)]
  /// Whether any field of the row has more values than are followed.
  private var isCut = false
  private var values: [UInt32] = []
  private var isKnown: [Bool]
  private var fileName: [UInt8] = []
  private var people: PersonReader
  private var sceneIDs = [UInt32](repeating: 0, count: SceneField.allCases.count)
  private var lists: [UInt32] = []
  private var ids: [UInt32] = []

  /// What must be in a plan for facts to be read from it.
  public static func sources(_ plan: DetectionPlan) -> [FieldSource] {
    plan.fields.flatMap(\.sources) + SceneField.allCases.map { .column($0.column) }
  }

  /// - Parameters:
  ///   - plan: of the batches that facts are read from: the scan's, or the late reader's.
  public init(_ detections: DetectionPlan, plan: FieldPlan, late: LateReader?) {
    self.late = late
    people = PersonReader(detections.people)
    fields = detections.fields.map { $0.sources.compactMap { FactReader.bind($0, plan) } }
    derivations = detections.fields.map(\.derivation)
    scene = SceneField.allCases.map { FactReader.bind(.column($0.column), plan) }
    ranges = Array(repeating: (0, 0), count: fields.count)
    isKnown = Array(repeating: false, count: fields.count)
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
      case .resources: return plan.index(of: column) == nil ? nil : .list
      default: return plan.index(of: column).map { .column($0) }
      }
    }
  }

  public mutating func begin(file name: [UInt8]) { fileName = name }

  /// Forgets the last row.
  public mutating func beginRow() {
    for i in isKnown.indices { isKnown[i] = false }
    isCut = false
    values.removeAll(keepingCapacity: true)
  }

  /// The scene of the row, as a tuple of the segment.
  public mutating func scene(_ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder) -> UInt32 {
    let reading = late == nil ? 0 : 1
    for (place, bound) in scene.enumerated() {
      switch bound {
      case .column(let column): sceneIDs[place] = segment.text(batch.symbol(column, row), batch, reading: reading)
      case .list: sceneIDs[place] = list(batch, row, &segment)
      default: sceneIDs[place] = 0
      }
    }
    return segment.tuple(sceneIDs)
  }

  /// The members of a list as one tuple; its number stands in the scene.
  private mutating func list(_ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder) -> UInt32 {
    let items = batch.list(row)
    guard !items.isEmpty else { return 0 }
    lists.removeAll(keepingCapacity: true)
    for item in items.prefix(FactReader.valuesMax) { lists.append(segment.text(item)) }
    return segment.tuple(lists)
  }

  /// Adds the facts of one hit.
  public mutating func add(
    _ base: Fact, _ tap: Tap, _ batch: borrowing EventBatch, _ row: Int, to segment: inout SegmentBuilder
  ) {
    for field in tap.group where !isKnown[field] { read(field, batch, row, &segment) }
    for field in tap.values where !isKnown[field] { read(field, batch, row, &segment) }
    var fact = base
    fact.member = UInt32(tap.member)
    let isMissing = tap.group.contains { ranges[$0].count == 0 }
    guard !isMissing || tap.groupMayBeMissing else {
      fact.group = 0
      return segment.append(fact, to: tap.detection)
    }
    if hasOne(tap.group), hasOne(tap.values) {
      // Nearly always: nothing is combined, nothing allocated.
      if isCut { fact.markCut() }
      fact.group = tuple(tap.group, &segment)
      let hasValue = tap.values.allSatisfy { ranges[$0].count > 0 }
      fact.value = hasValue && !tap.values.isEmpty ? tuple(tap.values, &segment) : 0
      return segment.append(fact, to: tap.detection)
    }
    addAll(fact, tap, to: &segment)
  }

  private func hasOne(_ fields: [Int]) -> Bool { fields.allSatisfy { ranges[$0].count <= 1 } }

  private mutating func tuple(_ fields: [Int], _ segment: inout SegmentBuilder) -> UInt32 {
    ids.removeAll(keepingCapacity: true)
    for field in fields { ids.append(ranges[field].count == 0 ? 0 : values[ranges[field].start]) }
    return segment.tuple(ids)
  }

  /// A fact for each combination of values.
  private mutating func addAll(_ base: Fact, _ tap: Tap, to segment: inout SegmentBuilder) {
    var fact = base
    let groups = combinations(tap.group)
    let hasValue = tap.values.allSatisfy { ranges[$0].count > 0 } && !tap.values.isEmpty
    let values = hasValue ? combinations(tap.values) : []
    if isCut { fact.markCut() }
    for group in groups {
      fact.group = segment.tuple(group)
      if values.isEmpty { segment.append(fact, to: tap.detection) }
      for value in values {
        fact.value = segment.tuple(value)
        segment.append(fact, to: tap.detection)
      }
    }
  }

  /// One member of each field: an event belongs to the groups of all members of its arrays.
  private mutating func combinations(_ fields: [Int]) -> [[UInt32]] {
    var result: [[UInt32]] = [[]]
    for field in fields {
      let (start, count) = ranges[field]
      if count <= 1 {
        let id = count == 0 ? 0 : values[start]
        for i in result.indices { result[i].append(id) }
      } else {
        result = result.flatMap { head in (0..<count).map { head + [values[start + $0]] } }
        if result.count > FactReader.valuesMax {
          result.removeLast(result.count - FactReader.valuesMax)
          isCut = true
        }
      }
    }
    return result
  }

  private mutating func read(
    _ field: Int, _ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder
  ) {
    isKnown[field] = true
    let start = values.count
    if let derivation = derivations[field], derivation == .person || derivation == .personAccount {
      readPerson(derivation, fields[field], batch, row, &segment)
      ranges[field] = (start, values.count - start)
      return
    }
    for bound in fields[field] where values.count == start { read(bound, batch, row, &segment, from: start) }
    if let derivation = derivations[field], values.count > start {
      values[start] = Derived.text(derivation, of: values[start], &segment)
      if values[start] == 0 { values.removeLast() }
    }
    ranges[field] = (start, values.count - start)
  }

  private mutating func readPerson(
    _ derivation: FactField.Derivation, _ bounds: [Bound], _ batch: borrowing EventBatch, _ row: Int,
    _ segment: inout SegmentBuilder
  ) {
    var texts: [Text] = []
    for bound in bounds {
      if case .column(let column) = bound { texts.append(batch.text(column, row)) }
    }
    if let person = people.person(texts) {
      append(segment.text(derivation == .person ? person : PersonReader.everywhere), from: values.count)
    } else if let own = derivation == .person ? texts.first : texts.last, !own.isEmpty {
      append(segment.text(own), from: values.count)
    }
  }

  private mutating func read(
    _ bound: Bound, _ batch: borrowing EventBatch, _ row: Int, _ segment: inout SegmentBuilder, from start: Int
  ) {
    let reading = late == nil ? 0 : 1
    switch bound {
    case .column(let column): append(segment.text(batch.symbol(column, row), batch, reading: reading), from: start)
    case .list: for item in batch.list(row) { append(segment.text(item), from: start) }
    case .path(let path):
      for index in 0..<batch.pathValueCount(path, row) {
        let value = batch.pathValue(path, row, index)
        if value.kind != .null { append(segment.text(value.symbol, batch, reading: reading), from: start) }
      }
    case .provider: append(segment.text(of: batch.providers[row]), from: start)
    case .time:
      guard batch.times[row] != Timestamp.missing else { return }
      append(segment.text(Array(Timestamp.string(batch.times[row]).utf8)), from: start)
    case .record: append(segment.text(Array(String(batch.numbers[row]).utf8)), from: start)
    case .file: append(segment.text(fileName), from: start)
    }
  }

  /// Distinct values only.
  private mutating func append(_ id: UInt32, from start: Int) {
    guard id != 0, !values[start...].contains(id) else { return }
    if values.count - start < FactReader.valuesMax { values.append(id) } else { isCut = true }
  }
}
